/* parse-trygt.c - the one place where bytes from outside meet a parser: in a child of the sandbox.
 *
 * The child gets what to do as text (language, name, format, meanings of columns) and hands back one
 * packed result, in frames. A child that was stopped gives a file that cannot be read, in words.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "parse.h"
#include "sandbox.h"

#define FRAME (1024u * 1024)
#define MOST_PACKED (400u * 1024 * 1024)

/* language, name, format, then text and meaning of each column; a NUL after each. */
static GByteArray *pack_args(const ParseSpec *spec)
{
    GByteArray *args = g_byte_array_new();
    const char *head[] = { i18n_tag(i18n_current()), spec->name,
                           spec->format ? spec->format : "auto" };

    for (size_t i = 0; i < G_N_ELEMENTS(head); i++)
        g_byte_array_append(args, (const guint8 *)head[i], (guint)strlen(head[i]) + 1);
    for (size_t i = 0; i < spec->n_columns; i++) {
        g_byte_array_append(args, (const guint8 *)spec->columns[i].text,
                            (guint)strlen(spec->columns[i].text) + 1);
        g_byte_array_append(args, (const guint8 *)spec->columns[i].as,
                            (guint)strlen(spec->columns[i].as) + 1);
    }
    return args;
}

static const char *next_arg(const char **at, const char *end)
{
    const char *arg = *at;

    if (arg >= end)
        return NULL;
    *at += strlen(arg) + 1;
    return arg;
}

static bool parse_work(const char *args, size_t args_size, const char *input, size_t size,
                       SandboxOut *out, GError **error)
{
    const char *at = args, *end = args + args_size;
    g_autoptr(GArray) columns = g_array_new(FALSE, TRUE, sizeof(ColumnMeaning));
    ParseSpec spec = { .bytes = input, .len = size, .no_hash = true };
    ColumnMeaning column;

    (void)error;
    i18n_use(i18n_lang(next_arg(&at, end)));
    spec.name = next_arg(&at, end);
    spec.format = next_arg(&at, end);
    while ((column.text = next_arg(&at, end)) && (column.as = next_arg(&at, end)))
        g_array_append_val(columns, column);
    spec.columns = (const ColumnMeaning *)(void *)columns->data;
    spec.n_columns = columns->len;
    g_autoptr(ParsedFile) file = indikator_parse_spec(&spec);
    g_autoptr(GByteArray) packed = indikator_parse_pack(file);
    for (guint done = 0; done < packed->len; done += FRAME)
        sandbox_write(out, packed->data + done, MIN(FRAME, packed->len - done));
    return true;
}

static bool take_frame(void *arg, const char *data, size_t size, GError **error)
{
    GByteArray *packed = arg;

    if (packed->len + size > MOST_PACKED)
        return app_fail(error, APP_ERROR_INVALID, "the file is too large");
    g_byte_array_append(packed, (const guint8 *)data, (guint)size);
    return true;
}

/* A file that the child could not read, as a parser would have said it. */
static ParsedFile *unreadable(const ParseSpec *spec, const char *why)
{
    ParsedFile *file = g_new0(ParsedFile, 1);

    file->strings = g_string_chunk_new(256);
    file->file = g_string_chunk_insert(file->strings, spec->name);
    file->errors = g_new0(ParsedProblem, 1);
    file->errors[0] =
        (ParsedProblem){ .file = file->file, .message = g_string_chunk_insert(file->strings, why) };
    file->n_errors = file->n_errors_all = 1;
    return file;
}

/* The hash of a large file takes as long as reading it: a thread finds it meanwhile. */
static gpointer hash_of(gpointer data)
{
    const ParseSpec *spec = data;

    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, spec->bytes, spec->len);
}

bool indikator_parse_safely(const ParseSpec *spec, ParsedFile **ret, GError **error)
{
    const SandboxLimits limits = { .memory = 1024u * 1024 * 1024, .output = MOST_PACKED };
    g_autoptr(GByteArray) args = pack_args(spec), packed = g_byte_array_new();
    GThread *hashing = g_thread_new("hash", hash_of, (void *)(uintptr_t)spec);
    g_autoptr(GError) why = NULL;
    bool done = sandbox_run(parse_work, (const char *)args->data, args->len, spec->bytes, spec->len,
                            &limits, take_frame, packed, &why);
    g_autofree char *hash = g_thread_join(hashing);
    ParsedFile *file = done ? indikator_parse_unpack(packed->data, packed->len, &why) : NULL;

    if (file == NULL && !g_error_matches(why, APP_ERROR, APP_ERROR_INVALID))
        return app_pass(error, &why);
    if (file == NULL)
        file = unreadable(spec, why->message);
    g_strlcpy(file->sha256, hash, sizeof file->sha256); /* not as the child says it is */
    *ret = file;
    return true;
}
