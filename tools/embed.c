/* embed.c - turn files into C tables that are compiled into the program.
 *
 * usage: embed migrations FILE.sql...          -> app_migrations (db.h)
 *        embed static FILE|NAME=FILE...        -> app_static (statics.h), with gzip and brotli
 *        embed catalogues FILE.mo...           -> app_catalogues (embed.h)
 *        embed seed FILE...                    -> app_seed (embed.h)
 * Bytes become string literals of octal escapes, which compilers read some ten times faster than
 * lists of numbers.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "app.h"
#include <brotli/encode.h>
#include <zlib.h>

typedef struct {
    char *name;
    guchar *data;
    gsize size;
} File;

static void file_free(void *data)
{
    File *file = data;

    g_free(file->name);
    g_free(file->data);
    g_free(file);
}

static void put_bytes(const char *name, const guchar *data, gsize size)
{
    printf("static const unsigned char %s[] =\n    \"", name);
    for (gsize i = 0; i < size; i++) {
        guchar c = data[i];

        if (i && i % 64 == 0)
            printf("\"\n    \"");
        if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '?')
            putchar(c);
        else
            printf("\\%03o", c);
    }
    printf("\";\n");
}

/* NAME=FILE or FILE, whose base name is the name; NULL with a message when it cannot be read. */
static File *file_read(const char *argument)
{
    const char *eq = strchr(argument, '=');
    const char *path = eq ? eq + 1 : argument;
    g_autoptr(GError) why = NULL;
    File *file = g_new0(File, 1);
    gchar *bytes = NULL;

    if (!g_file_get_contents(path, &bytes, &file->size, &why)) {
        fprintf(stderr, "embed: %s\n", why->message);
        g_free(file);
        return NULL;
    }
    file->data = (guchar *)bytes;
    file->name = eq ? g_strndup(argument, (gsize)(eq - argument)) : g_path_get_basename(path);
    return file;
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp((*(File *const *)a)->name, (*(File *const *)b)->name);
}

static GPtrArray *read_all(char **arguments)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(file_free);

    for (; *arguments; arguments++) {
        File *file = file_read(*arguments);

        if (!file)
            return NULL;
        g_ptr_array_add(files, file);
    }
    g_ptr_array_sort(files, by_name);
    for (guint i = 1; i < files->len; i++) {
        if (!strcmp(((File *)files->pdata[i - 1])->name, ((File *)files->pdata[i])->name)) {
            fprintf(stderr, "embed: two files are called %s\n", ((File *)files->pdata[i])->name);
            return NULL;
        }
    }
    return g_steal_pointer(&files);
}

static bool put_migrations(const GPtrArray *files)
{
    printf("#include \"db.h\"\n#include \"migrations.h\"\n");
    for (guint i = 0; i < files->len; i++) {
        const File *f = files->pdata[i];
        g_autofree char *id = g_strdup_printf("sql_%u", i);

        if (strlen(f->name) < 9 || strspn(f->name, "0123456789") != 4 || f->name[4] != '-' ||
            !g_str_has_suffix(f->name, ".sql")) {
            fprintf(stderr, "embed: %s: a migration is called NNNN-what.sql\n", f->name);
            return false;
        }
        if (i && !strncmp(f->name, ((File *)files->pdata[i - 1])->name, 4)) {
            fprintf(stderr, "embed: %s: its number is taken\n", f->name);
            return false;
        }
        put_bytes(id, f->data, f->size);
    }
    printf("const Migration app_migrations[] = {\n");
    for (guint i = 0; i < files->len; i++) {
        const File *f = files->pdata[i];
        g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, f->data, f->size);

        printf("    { %d, \"%.*s\", (const char *)sql_%u, \"%s\" },\n",
               (int)g_ascii_strtoll(f->name, NULL, 10), (int)strlen(f->name) - 4, f->name, i, sum);
    }
    printf("    { 0 }\n};\nconst size_t app_n_migrations = %u;\n", files->len);
    return true;
}

static bool put_embedded(const GPtrArray *files, const char *what)
{
    printf("#include \"embed.h\"\n");
    for (guint i = 0; i < files->len; i++) {
        const File *f = files->pdata[i];
        g_autofree char *id = g_strdup_printf("bytes_%u", i);

        put_bytes(id, f->data, f->size);
    }
    printf("const Embedded app_%s[] = {\n", what);
    for (guint i = 0; i < files->len; i++) {
        const File *f = files->pdata[i];

        printf("    { \"%s\", bytes_%u, %zu },\n", f->name, i, f->size);
    }
    printf("    { 0 }\n};\nconst size_t app_n_%s = %u;\n", what, files->len);
    return true;
}

/* --- static files --- */

static const char *media_type(const char *name)
{
    static const char *const types[] = {
        ".css",         "text/css; charset=utf-8",
        ".js",          "text/javascript; charset=utf-8",
        ".svg",         "image/svg+xml",
        ".png",         "image/png",
        ".woff2",       "font/woff2",
        ".ico",         "image/x-icon",
        ".txt",         "text/plain; charset=utf-8",
        ".webmanifest", "application/manifest+json",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(types); i += 2) {
        if (g_str_has_suffix(name, types[i]))
            return types[i + 1];
    }
    return NULL;
}

/* The bytes shrunk, or NULL when that saves nothing. */
static guchar *gzip(const File *f, gsize *ret_size)
{
    z_stream z = { .next_in = f->data, .avail_in = (uInt)f->size };
    g_autofree guchar *out = NULL;

    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    uLong room = deflateBound(&z, (uLong)f->size);

    out = g_malloc(room);
    z.next_out = out;
    z.avail_out = (uInt)room;
    int done = deflate(&z, Z_FINISH);

    *ret_size = z.total_out;
    deflateEnd(&z);
    return done == Z_STREAM_END && *ret_size < f->size ? g_steal_pointer(&out) : NULL;
}

static guchar *brotli(const File *f, gsize *ret_size)
{
    size_t size = BrotliEncoderMaxCompressedSize(f->size) + 64;
    g_autofree guchar *out = g_malloc(size);

    if (!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT,
                               f->size, f->data, &size, out) ||
        size >= f->size)
        return NULL;
    *ret_size = size;
    return g_steal_pointer(&out);
}

static void put_static(const File *f, guint i)
{
    g_autofree char *hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256, f->data, f->size);
    const char *dot = strrchr(f->name, '.');
    gsize gz = 0, br = 0;
    g_autofree guchar *zipped = gzip(f, &gz);
    g_autofree guchar *brotlied = brotli(f, &br);
    g_autofree char *plain_id = g_strdup_printf("plain_%u", i);
    g_autofree char *gzip_id = g_strdup_printf("gzip_%u", i);
    g_autofree char *brotli_id = g_strdup_printf("brotli_%u", i);

    put_bytes(plain_id, f->data, f->size);
    if (zipped)
        put_bytes(gzip_id, zipped, gz);
    if (brotlied)
        put_bytes(brotli_id, brotlied, br);
    printf(
        "#define FILE_%u { \"%s\", \"%.*s.%.16s%s\", \"%s\", \"\\\"%.32s\\\"\", plain_%u, %s, %s, "
        "%zu, %zu, %zu }\n",
        i, f->name, (int)(dot - f->name), f->name, hash, dot, media_type(f->name), hash, i,
        zipped ? gzip_id : "NULL", brotlied ? brotli_id : "NULL", f->size, zipped ? gz : 0,
        brotlied ? br : 0);
}

static bool put_statics(const GPtrArray *files)
{
    printf("#include \"statics.h\"\n");
    for (guint i = 0; i < files->len; i++) {
        const File *f = files->pdata[i];

        if (!media_type(f->name)) {
            fprintf(stderr, "embed: %s: no media type is known for it\n", f->name);
            return false;
        }
        put_static(f, i);
    }
    printf("const StaticFile app_static[] = {\n");
    for (guint i = 0; i < files->len; i++)
        printf("    FILE_%u,\n", i);
    printf("    { 0 }\n};\nconst size_t app_n_static = %u;\n", files->len);
    return true;
}

int main(int argc, char **argv)
{
    g_autoptr(GPtrArray) files = argc >= 2 ? read_all(argv + 2) : NULL;

    if (argc < 2) {
        fprintf(stderr, "usage: embed migrations|static|catalogues|seed FILE...\n");
        return 2;
    }
    if (!files)
        return 1;
    printf("/* made by tools/embed; do not edit */\n");
    if (!strcmp(argv[1], "migrations"))
        return put_migrations(files) ? 0 : 1;
    if (!strcmp(argv[1], "static"))
        return put_statics(files) ? 0 : 1;
    if (!strcmp(argv[1], "catalogues") || !strcmp(argv[1], "seed"))
        return put_embedded(files, argv[1]) ? 0 : 1;
    fprintf(stderr, "embed: no such kind: %s\n", argv[1]);
    return 2;
}
