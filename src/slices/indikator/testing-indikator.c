/* testing-indikator.c - files and values for the tests of this slice. Linked into tests alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-indikator.h"
#include "eier.h"

#define TODAY "2026-11-23"
#define NOW INT64_C(1795435200000000)

const char *const indikator_test_files[UDIR_FILES] = {
    "2022-23_20260224-1157_Nasjonale_proever_5._trinn.csv",
    "2022-23_20260224-1157_Nasjonale_proever_ungdomstrinn.csv",
    "2023-24_20260224-1157_Nasjonale_proever_5._trinn.csv",
    "2023-24_20260224-1156_Nasjonale_proever_ungdomstrinn.csv",
    "2024-25_20260224-1156_Nasjonale_proever_ungdomstrinn.csv",
    "2025-26_20260218-1045_Nasjonale_proever_5._trinn.csv",
};

static void import_bytes(Db *db, Arena *arena, const ImportSpec *what, ImportResult *ret)
{
    g_autoptr(GError) error = NULL;
    ImportSpec spec = *what;

    spec.format = "auto";
    spec.now = NOW;
    spec.today = TODAY;
    indikator_import(db, arena, &spec, ret, &error);
    g_assert_no_error(error);
}

void indikator_test_file(Db *db, Arena *arena, int64_t owner, const char *file, ImportResult *ret)
{
    g_autofree char *path = g_strconcat("demo/data/udir/", file, NULL), *bytes = NULL;
    gsize size;

    g_assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    const ImportSpec spec = { .owner = owner, .filename = file, .data = bytes, .size = size };
    import_bytes(db, arena, &spec, ret);
}

void indikator_test_text(Db *db, Arena *arena, int64_t owner, const char *name, const char *text,
                         ImportResult *ret)
{
    const ImportSpec spec = {
        .owner = owner, .filename = name, .data = text, .size = strlen(text)
    };

    import_bytes(db, arena, &spec, ret);
}

char *indikator_test_udir(const char *period, const char *rows)
{
    static const char *const subjects[] = { "Engelsk", "Lesing", "Regning" };
    static const char *const measures[] = { "Skalapoeng", "Usikkerhet", "Antall elever deltatt" };
    GString *text =
        g_string_new("EnhetNivaa\tNasjonaltkode\tFylkekode\tKommunekode\tOrganisasjonsnummer\t"
                     "Nasjonalt\tFylke\tKommune\tEnhetNavn");

    for (size_t i = 0; i < 9; i++)
        g_string_append_printf(text, "\t%s.%s.5. årstrinn.Alle eierformer.Alle kjønn.%s", period,
                               subjects[i / 3], measures[i % 3]);
    g_string_append_printf(text, "\n%s\n", rows);
    return g_string_free(text, FALSE);
}

int64_t indikator_test_hustadvika(Db *db)
{
    const Eier eier = { .number = "1579", .name = "Hustadvika kommune", .language = LANG_NB };
    const EnhetNew root = {
        .kind = "kommune", .name = "Hustadvika kommune", .code = "1579", .origin = "register"
    };
    g_autoptr(GError) error = NULL;
    int64_t owner = 0, unit;
    int n = 0;

    eier_add(db, &eier, NOW, &owner, &error);
    g_assert_no_error(error);
    enhet_add(db, owner, &root, &unit, &error);
    g_assert_no_error(error);
    indikator_accept(db, owner, "1579", &n, &error);
    g_assert_no_error(error);
    g_assert_cmpint(n, >=, 7); /* those with a fifth grade */
    return owner;
}

MatrixCell indikator_test_cell(Db *db, Arena *arena, int64_t owner, Audience audience,
                               const char *code, const char *indicator, const char *period)
{
    const char *codes[] = { indicator, NULL };
    g_autoptr(GError) error = NULL;
    UnitRef *unit = arena_alloc(arena, sizeof *unit);
    MatrixSpec spec = { .owner = owner,
                        .audience = audience,
                        .lang = LANG_NB,
                        .today = TODAY,
                        .units = unit,
                        .n_units = 1,
                        .indicators = codes,
                        .from = period,
                        .to = period };
    int64_t id = 0;
    Matrix m;

    if (owner)
        enhet_find(db, owner, code, &id, &error);
    g_assert_no_error(error);
    if (id)
        indikator_unit(db, arena, owner, id, TODAY, unit, &error);
    else
        indikator_public_unit(db, arena, code, unit, &error);
    g_assert_no_error(error);
    indikator_matrix(db, arena, &spec, &m, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(m.n_periods, ==, 1);
    return *matrix_at(&m, 0, 0, 0);
}
