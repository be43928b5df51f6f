/* testing-innhold.c - owners with figures and a report's faces, for tests. Linked into tests alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <glib/gstdio.h>
#include <sys/wait.h>
#include "eier.h"
#include "mal.h"
#include "migrations.h"
#include "sandbox.h"
#include "testing-innhold.h"

#define VALUES_HEADER                                                                              \
    "enhet;indikator;periode;trinn;kjonn;verdi;usikkerhet;n;teller;nevner;status;kvalitativ;"      \
    "kilde\n"

static void import_bytes(Given *given, int64_t owner, const char *name, const char *bytes,
                         size_t size)
{
    const ImportSpec spec = { .owner = owner,
                              .filename = name,
                              .data = bytes,
                              .size = size,
                              .format = "auto",
                              .now = INNHOLD_NOW,
                              .today = INNHOLD_TODAY };
    g_autoptr(GError) error = NULL;
    ImportResult result;

    indikator_import(given->db->db, given->arena, &spec, &result, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(result.n_errors, ==, 0);
}

static void import_file(Given *given, int64_t owner, const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL), *bytes = NULL;
    size_t size;

    g_assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    import_bytes(given, owner, name, bytes, size);
}

/* An owner and its municipality as a unit. */
static int64_t add_owner(Given *given, const Eier *eier, int64_t *ret_root)
{
    const EnhetNew unit = {
        .kind = "kommune", .name = eier->name, .code = eier->number, .origin = "register"
    };
    g_autoptr(GError) error = NULL;
    int64_t owner;

    eier_add(given->db->db, eier, INNHOLD_NOW, &owner, &error);
    g_assert_no_error(error);
    enhet_add(given->db->db, owner, &unit, ret_root, &error);
    g_assert_no_error(error);
    return owner;
}

Given innhold_given(void)
{
    g_autoptr(GError) error = NULL;

    sandbox_start(&error); /* imports parse in it; no thread has begun yet */
    g_assert_no_error(error);
    i18n_use(LANG_NB);
    return (Given){ test_db_new(app_migrations, app_n_migrations), arena_new() };
}

void innhold_given_clear(Given *given)
{
    g_clear_pointer(&given->arena, arena_free);
    g_clear_pointer(&given->db, test_db_free);
}

int64_t innhold_given_hustadvika(Given *given)
{
    static const char *const files[] = { "2022-23_20260224-1157_Nasjonale_proever_5._trinn.csv",
                                         "2024-25_20260224-1156_Nasjonale_proever_ungdomstrinn.csv",
                                         "2025-26_20260218-1045_Nasjonale_proever_5._trinn.csv" };
    const Eier eier = { .number = "1579", .name = "Hustadvika kommune", .language = LANG_NB };
    g_autoptr(GError) error = NULL;
    int64_t owner, root;
    int n;

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        import_file(given, 0, "demo/data/udir", files[i]);
    owner = add_owner(given, &eier, &root);
    indikator_accept(given->db->db, owner, eier.number, &n, &error);
    g_assert_no_error(error);
    return owner;
}

void innhold_given_values(Given *given, int64_t owner, const char *name, const char *lines)
{
    g_autofree char *text = g_strconcat(VALUES_HEADER, lines, NULL);

    import_bytes(given, owner, name, text, strlen(text));
}

int64_t innhold_given_eide(Given *given)
{
    const Eier eier = { .number = "1551",
                        .name = "Eide kommune",
                        .language = LANG_NB,
                        .demo = true,
                        .date = "2013-06-06" };
    int64_t owner, root, id;
    g_autoptr(GError) error = NULL;

    owner = add_owner(given, &eier, &root);
    const EnhetNew school = { .kind = "skole",
                              .parent = root,
                              .name = "Eide barneskole",
                              .code = "975283518",
                              .origin = "seed" };
    enhet_add(given->db->db, owner, &school, &id, &error);
    g_assert_no_error(error);
    import_file(given, owner, "src/app/seed", "eide-verdier.csv");
    return owner;
}

Content innhold_draft(Given *given, int64_t owner, const char *year, Lang lang, Audience audience)
{
    const Report report = { .owner = owner, .year = year, .language = lang };
    g_autoptr(GError) error = NULL;
    Content content;

    tilstandsrapport_compose(given->db->db, given->arena, &report, audience, INNHOLD_TODAY,
                             &content, &error);
    g_assert_no_error(error);
    return content;
}

Report innhold_report(Given *given, int64_t owner, const char *year)
{
    const ReportNew new = { .year = year,
                            .language = LANG_NB,
                            .council = INNHOLD_TODAY,
                            .today = INNHOLD_TODAY,
                            .now = INNHOLD_NOW };
    g_autoptr(GError) error = NULL;
    Report report;
    int64_t id;

    tilstandsrapport_begin(given->db->db, owner, &new, &id, &error);
    g_assert_no_error(error);
    tilstandsrapport_get(given->db->db, given->arena, owner, id, &report, &error);
    g_assert_no_error(error);
    return report;
}

/* --- faces --- */

static const Face face = { .created = INNHOLD_NOW, .figures = "/tilstandsrapport/x/figur/" };

char *innhold_face_text(const Content *content)
{
    g_autoptr(Doc) doc = tilstandsrapport_doc(content, &face);

    return doc_text(doc);
}

char *innhold_face_html(const Content *content)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = NULL;

    tilstandsrapport_html_file(content, &face, &bytes, &error);
    g_assert_no_error(error);
    return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

GBytes *innhold_face_pdf(const Content *content)
{
    g_autoptr(GError) error = NULL;
    GBytes *bytes = NULL;

    tilstandsrapport_pdf(content, &face, &bytes, &error);
    g_assert_no_error(error);
    return bytes;
}

int innhold_run_on(const char *program, const char *argument, GBytes *bytes, char **ret_stdout)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    int status, file = g_file_open_tmp("innhold-XXXXXX.pdf", &path, &error);

    g_assert_no_error(error);
    close(file);
    g_file_set_contents(path, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes),
                        &error);
    g_assert_no_error(error);
    char *argv[] = { (char *)(uintptr_t)program, (char *)(uintptr_t)argument, path,
                     !strcmp(program, "pdftotext") ? (char *)(uintptr_t) "-" : NULL, NULL };

    g_spawn_sync(NULL, argv, NULL,
                 G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL |
                     (ret_stdout ? 0 : G_SPAWN_STDOUT_TO_DEV_NULL),
                 NULL, NULL, ret_stdout, NULL, &status, &error);
    g_unlink(path);
    g_assert_no_error(error);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

char *innhold_pdf_text(GBytes *pdf)
{
    g_autofree char *raw = NULL;
    g_autoptr(GString) text = g_string_new(NULL);

    g_assert_cmpint(innhold_run_on("pdftotext", "-layout", pdf, &raw), ==, 0);
    for (const char *c = raw; *c; c = g_utf8_next_char(c))
        if (!g_unichar_isspace(g_utf8_get_char(c))) /* the no-break space is one */
            g_string_append_len(text, c, g_utf8_next_char(c) - c);
        else if (text->len && text->str[text->len - 1] != ' ')
            g_string_append_c(text, ' ');
    return g_strdup(text->str);
}
