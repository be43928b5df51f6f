/* cmd-suppress.c - suppress: hide what must be hidden in a table, and prove that it is enough.
 *
 * Without a proof that every unsafe cell is safe nothing public is written; the internal file then
 * tells which cells stood in the way.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "cli.h"
#include "suppress.h"

/* A file named in the spec: beside the spec, else where the command was started. */
static char *find_file(const char *spec, const char *file)
{
    g_autofree char *folder = g_path_get_dirname(spec);
    g_autofree char *beside = g_build_filename(folder, file, NULL);

    if (!g_path_is_absolute(file) && g_file_test(beside, G_FILE_TEST_EXISTS))
        return g_steal_pointer(&beside);
    return g_strdup(file);
}

static bool read_known(SuppressTable *table, const char *spec_path, GError **error)
{
    for (unsigned i = 0; i < table->spec->known->len; i++) {
        const SuppressKnown *known = table->spec->known->pdata[i];
        g_autofree char *path = find_file(spec_path, known->file), *text = NULL;
        size_t len;

        if (!cli_read_file(path, &text, &len, error) ||
            !suppress_known_read(table, known, text, len, error))
            return false;
    }
    return true;
}

static bool unsafe(const SdcResult *result, unsigned n_exposed, const char *proof, GError **error)
{
    if (n_exposed)
        return app_fail(error, APP_ERROR_INVALID,
                        "%u unsafe cells are public already and cannot be called back; nothing was "
                        "written but %s, which names them (leave them out of the table, or out of "
                        "\"public\" and \"published\" if those files will be withdrawn)",
                        n_exposed, proof);
    return app_fail(
        error, APP_ERROR_INVALID,
        "%u of %u unsafe cells could not be made safe; nothing was written but %s, which "
        "names them (join categories, publish fewer margins, or ask for a smaller "
        "interval)",
        result->n_unsafe, result->n_protected, proof);
}

typedef struct {
    char *spec, *output, *proof;
} Paths;

static bool write_all(const SuppressTable *table, const SdcResult *result, const Paths *paths,
                      SuppressRun *run, GError **error)
{
    bool good = result->n_unsafe == 0;
    g_autofree char *output = good ? suppress_output(table, result) : NULL;
    g_autofree char *sum =
        good ? g_compute_checksum_for_string(G_CHECKSUM_SHA256, output, -1) : NULL;
    g_autofree char *proof = NULL;
    g_autoptr(GError) why = NULL;

    run->output_sha256 = sum;
    proof = suppress_proof(table, result, run);
    if (!g_file_set_contents(paths->proof, proof, -1, &why) ||
        (good && !g_file_set_contents(paths->output, output, -1, &why)))
        return app_fail(error, APP_ERROR_INVALID, "%s", why->message);
    return good || unsafe(result, table->exposed->len, paths->proof, error);
}

static bool suppress(const Paths *paths, const char *input, GError **error)
{
    gint64 start = g_get_monotonic_time();
    g_autofree char *spec_text = NULL, *text = NULL, *sum = NULL;
    g_autoptr(SuppressSpec) spec = NULL;
    g_autoptr(SuppressTable) table = NULL;
    g_autoptr(SdcResult) result = NULL;
    SuppressRun run = { 0 };
    size_t spec_len, len;

    if (!cli_read_file(paths->spec, &spec_text, &spec_len, error) ||
        !(spec = suppress_spec_read(spec_text, spec_len, paths->spec, error)) ||
        !cli_read_file(input, &text, &len, error))
        return false;
    sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, len);
    if (!(table = suppress_table_read(spec, text, len, input, error)) ||
        !read_known(table, paths->spec, error))
        return false;
    /* Without an interval what is asked for is an answer now, not the cheapest one. */
    result = sdc_protect(table->problem, &(SdcOptions){ .rough = !(spec->interval > 1) });
    run.input_sha256 = sum;
    run.seconds = (double)(g_get_monotonic_time() - start) / 1e6;
    cli_progress("%u of %u cells hidden, %u of them unsafe", result->n_hidden, result->n,
                 result->n_protected);
    return write_all(table, result, paths, &run, error);
}

int cli_suppress(int argc, char **argv)
{
    g_autofree char *spec = NULL, *output = NULL, *proof = NULL;
    const GOptionEntry entries[] = {
        { "spec", 0, 0, G_OPTION_ARG_FILENAME, &spec, "what the columns are and what is unsafe",
          "SPEC.json" },
        { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "the public table", "OUT.csv" },
        { "proof", 0, 0, G_OPTION_ARG_FILENAME, &proof,
          "internal: what is hidden, why, and how well", "PROOF.json" },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    int code = cli_parse("suppress TABLE.csv", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (!spec || !output || !proof || argc != 2)
        return cli_misuse("suppress", "--spec, --output, --proof and one table are needed");
    Paths paths = { spec, output, proof };
    return suppress(&paths, argv[1], &error) ? EXIT_DONE : cli_failed(error);
}
