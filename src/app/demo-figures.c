/* demo-figures.c - the demo's figures: Udir's files for the whole country, and an owner's own values.
 *
 * The import itself knows a file it has read before, so a second run stores nothing.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "demo.h"
#include "cli.h"
#include "embed.h"

const char *demo_seed(Arena *arena, const char *name)
{
    for (size_t i = 0; i < app_n_seed; i++)
        if (!strcmp(app_seed[i].name, name))
            return arena_ndup(arena, (const char *)app_seed[i].data, app_seed[i].size);
    return NULL;
}

static bool import(Demo *demo, ImportSpec *spec, GError **error)
{
    ImportResult result;

    if (!indikator_import(demo->db, demo->arena, spec, &result, error))
        return false;
    if (result.n_errors)
        return app_fail(error, APP_ERROR_INVALID, "%s, line %" G_GINT64_FORMAT ": %s",
                        spec->filename, result.errors[0].line, result.errors[0].message);
    demo->made += !result.known_before;
    return true;
}

static bool import_file(Demo *demo, const char *path, const char *format, GError **error)
{
    g_autofree char *name = g_path_get_basename(path), *data = NULL;
    ImportSpec spec = { .filename = name, .format = format, .now = demo->now };
    char today[DATE_TEXT];

    cli_progress("%s ...", name);
    if (!cli_read_file(path, &data, &spec.size, error))
        return false;
    spec.data = data;
    spec.today = time_date(demo->now, today);
    return import(demo, &spec, error);
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* What municipalities became, so that their series go on under new numbers. */
static bool import_changes(Demo *demo, GError **error)
{
    g_autofree char *path =
        g_build_filename(demo->data_dir, "..", "klass", "kommuneendringer-2020-2024.json", NULL);

    return !g_file_test(path, G_FILE_TEST_EXISTS) || import_file(demo, path, "klass", error);
}

bool demo_import_public(Demo *demo, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(demo->data_dir, 0, NULL);

    for (const char *name; dir && (name = g_dir_read_name(dir));)
        if (g_str_has_suffix(name, ".csv"))
            g_ptr_array_add(names, g_build_filename(demo->data_dir, name, NULL));
    if (names->len == 0)
        return app_fail(
            error, APP_ERROR_NOT_FOUND,
            "Udir's files are not in %s; run in the project's folder, or say where they are "
            "with --data DIR",
            demo->data_dir);
    g_ptr_array_sort(names, by_name);
    for (guint i = 0; i < names->len; i++)
        if (!import_file(demo, names->pdata[i], "udir-csv", error))
            return false;
    return import_changes(demo, error);
}

bool demo_import_own(Demo *demo, const DemoOwner *owner, int64_t id, GError **error)
{
    char today[DATE_TEXT];
    ImportSpec spec = {
        .owner = id, .filename = owner->values, .format = "values-csv", .now = demo->now
    };

    if (!owner->values)
        return true;
    spec.data = demo_seed(demo->arena, owner->values);
    spec.size = strlen(spec.data);
    spec.today = owner->date ? owner->date : time_date(demo->now, today);
    cli_progress("%s: %s ...", owner->name, owner->values);
    return import(demo, &spec, error);
}
