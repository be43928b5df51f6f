/* parse-zip.c - the files of a ZIP archive, within limits that no honest archive meets.
 *
 * What an archive says of its sizes is believed only as an upper bound: each file is read into a
 * buffer of the size told, and one that holds more is refused.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <zip.h>
#include "i18n.h"
#include "indikator.h"
#include "parse.h"
#include "sandbox.h"

void indikator_zipped_free(void *file)
{
    ZippedFile *f = file;

    if (f == NULL)
        return;
    g_free(f->name);
    g_clear_pointer(&f->bytes, g_bytes_unref);
    g_free(f);
}

static bool looks_zipped(const void *bytes, size_t len)
{
    return len >= 4 && memcmp(bytes, "PK\003\004", 4) == 0;
}

static zip_t *open_zip(const void *bytes, size_t len)
{
    zip_error_t why;
    zip_source_t *source;
    zip_t *zip;

    zip_error_init(&why);
    source = zip_source_buffer_create(bytes, len, 0, &why);
    zip = source ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL;
    if (source && !zip)
        zip_source_free(source);
    zip_error_fini(&why);
    return zip;
}

bool indikator_is_archive(const void *bytes, size_t len)
{
    return looks_zipped(bytes, len) && memmem(bytes, len, "xl/workbook.xml", 15) == NULL;
}

/* The name without folders, as UTF-8; NULL for what is no file of anybody's. */
static char *file_name(const char *path)
{
    g_autofree char *base = NULL;

    if (path == NULL || *path == '\0' || g_str_has_suffix(path, "/") || strstr(path, "__MACOSX/"))
        return NULL;
    base = g_path_get_basename(path);
    if (base[0] == '.' || g_ascii_strcasecmp(base, "thumbs.db") == 0)
        return NULL;
    return g_utf8_validate(base, -1, NULL) ? g_steal_pointer(&base) : g_utf8_make_valid(base, -1);
}

static bool refuse_size(const zip_stat_t *stat, const char *name, size_t sum, GError **error)
{
    if (stat->encryption_method != ZIP_EM_NONE)
        return !app_fail(error, APP_ERROR_INVALID,
                         _("“%s” is locked with a password. Pack the files again without one"),
                         name);
    if (stat->size > ZIP_MAX_BYTES || sum + stat->size > ZIP_MAX_BYTES)
        return !app_fail(error, APP_ERROR_INVALID,
                         _("The files of the archive are more than %u MB unpacked. Send them in "
                           "several archives"),
                         ZIP_MAX_BYTES / (1024 * 1024));
    if (stat->size > 1024 * 1024 && stat->size / MAX(stat->comp_size, 1) > ZIP_MAX_RATIO)
        return !app_fail(error, APP_ERROR_INVALID,
                         _("“%s” is packed more tightly than any table. The archive may be made "
                           "to do harm; send the file itself"),
                         name);
    return false;
}

static GBytes *read_entry(zip_t *zip, zip_uint64_t index, size_t size, const char *name,
                          GError **error)
{
    g_autofree char *bytes = g_malloc(size + 1);
    zip_file_t *file = zip_fopen_index(zip, index, 0);
    zip_int64_t n = 0;
    size_t have = 0;

    while (file && have <= size && (n = zip_fread(file, bytes + have, size + 1 - have)) > 0)
        have += (size_t)n;
    if (file)
        zip_fclose(file);
    if (file == NULL || n < 0 || have != size) {
        app_fail(error, APP_ERROR_INVALID,
                 _("“%s” in the archive is damaged. Pack the files again"), name);
        return NULL;
    }
    return g_bytes_new_take(g_steal_pointer(&bytes), size);
}

static bool take_entry(zip_t *zip, zip_uint64_t index, GPtrArray *files, size_t *sum,
                       GError **error)
{
    zip_stat_t stat;
    g_autofree char *name = NULL;
    GBytes *bytes;
    ZippedFile *file;

    if (zip_stat_index(zip, index, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE))
        return app_fail(error, APP_ERROR_INVALID,
                        _("The archive is damaged. Pack the files again"));
    name = file_name(stat.name);
    if (name == NULL)
        return true;
    if (files->len >= ZIP_MAX_FILES)
        return app_fail(error, APP_ERROR_INVALID,
                        _("The archive has more than %d files. Send them in several archives"),
                        ZIP_MAX_FILES);
    if (refuse_size(&stat, name, *sum, error))
        return false;
    bytes = read_entry(zip, index, stat.size, name, error);
    if (bytes == NULL)
        return false;
    *sum += stat.size;
    file = g_new0(ZippedFile, 1);
    *file = (ZippedFile){ g_steal_pointer(&name), bytes };
    g_ptr_array_add(files, file);
    return true;
}

static bool take_entries(zip_t *zip, GPtrArray *files, GError **error)
{
    zip_int64_t n = zip_get_num_entries(zip, 0);
    size_t sum = 0;

    if (n > 10 * ZIP_MAX_FILES)
        return app_fail(error, APP_ERROR_INVALID,
                        _("The archive has more than %d files. Send them in several archives"),
                        ZIP_MAX_FILES);
    for (zip_int64_t i = 0; i < n; i++)
        if (!take_entry(zip, (zip_uint64_t)i, files, &sum, error))
            return false;
    if (files->len == 0)
        return app_fail(error, APP_ERROR_INVALID, _("There is no file in the archive"));
    return true;
}

bool indikator_unzip_here(const void *bytes, size_t len, GPtrArray **ret, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(indikator_zipped_free);
    zip_t *zip = open_zip(bytes, len);
    bool good;

    if (zip == NULL)
        return app_fail(error, APP_ERROR_INVALID,
                        _("The archive is damaged. Pack the files again"));
    good = take_entries(zip, files, error);
    zip_discard(zip);
    if (good)
        *ret = g_steal_pointer(&files);
    return good;
}

/* --- in the child: a frame with the name, one with the bytes, for each file --- */

static bool unzip_work(const char *args, size_t args_size, const char *input, size_t size,
                       SandboxOut *out, GError **error)
{
    g_autoptr(GPtrArray) files = NULL;

    (void)args_size;
    i18n_use(i18n_lang(args));
    if (!indikator_unzip_here(input, size, &files, error))
        return false;
    for (guint i = 0; i < files->len; i++) {
        const ZippedFile *f = files->pdata[i];
        gsize n;
        const void *data = g_bytes_get_data(f->bytes, &n);

        sandbox_write(out, f->name, strlen(f->name));
        sandbox_write(out, data ? data : "", n);
    }
    return true;
}

typedef struct {
    GPtrArray *files;
    char *name; /* of the file whose bytes come next */
} Taking;

static bool take_frame(void *arg, const char *data, size_t size, GError **error)
{
    Taking *t = arg;
    ZippedFile *file;

    if (t->name == NULL) {
        t->name = g_strndup(data, size);
        return g_utf8_validate(t->name, -1, NULL) ||
               app_fail(error, APP_ERROR_INVALID, "the archive gave no sense");
    }
    file = g_new0(ZippedFile, 1);
    *file = (ZippedFile){ g_steal_pointer(&t->name), g_bytes_new(data, size) };
    g_ptr_array_add(t->files, file);
    return true;
}

bool indikator_unzip(const void *bytes, size_t len, GPtrArray **ret, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(indikator_zipped_free);
    const char *lang = i18n_tag(i18n_current());
    Taking taking = { files, NULL };
    bool good =
        sandbox_run(unzip_work, lang, strlen(lang), bytes, len, NULL, take_frame, &taking, error);

    g_free(taking.name);
    if (good)
        *ret = g_steal_pointer(&files);
    return good;
}
