/* testing-innhold.c - owners with figures and a report's faces, for tests. Linked into tests alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <glib/gstdio.h>
#include <sys/wait.h>
#include "eier.h"
#include "mal.h"
#include "migrations.h"
#include "testing-indikator.h"
#include "testing-innhold.h"

#define VALUES_HEADER                                                                              \
    "enhet;indikator;periode;trinn;kjonn;verdi;usikkerhet;n;teller;nevner;status;kvalitativ;"      \
    "kilde\n"

Given innhold_given(void)
{
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
    static const size_t files[] = { 0, 4, 5 };
    ImportResult result;

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        indikator_test_file(given->db->db, given->arena, 0, indikator_test_files[files[i]],
                            &result);
    return indikator_test_hustadvika(given->db->db);
}

void innhold_given_values(Given *given, int64_t owner, const char *name, const char *lines)
{
    g_autofree char *text = g_strconcat(VALUES_HEADER, lines, NULL);
    ImportResult result;

    indikator_test_text(given->db->db, given->arena, owner, name, text, &result);
    g_assert_cmpuint(result.n_errors, ==, 0);
}

int64_t innhold_given_eide(Given *given)
{
    const Eier eide = { .number = "1551",
                        .name = "Eide kommune",
                        .language = LANG_NB,
                        .demo = true,
                        .date = "2013-06-06" };
    EnhetNew unit = {
        .kind = "kommune", .name = "Eide kommune", .code = "1551", .origin = "kontekst"
    };
    g_autoptr(GError) error = NULL;
    g_autofree char *story = NULL;
    ImportResult result;
    int64_t owner, id;

    eier_add(given->db->db, &eide, INNHOLD_NOW, &owner, &error);
    g_assert_no_error(error);
    enhet_add(given->db->db, owner, &unit, &id, &error);
    g_assert_no_error(error);
    unit = (EnhetNew){ .kind = "skole",
                       .parent = id,
                       .name = "Eide barneskole",
                       .code = "975283518",
                       .origin = "seed" };
    enhet_add(given->db->db, owner, &unit, &id, &error);
    g_assert_no_error(error);
    g_assert_true(g_file_get_contents("src/app/seed/eide-verdier.csv", &story, NULL, NULL));
    indikator_test_text(given->db->db, given->arena, owner, "eide-verdier.csv", story, &result);
    g_assert_cmpuint(result.n_errors, ==, 0);
    return owner;
}

Content innhold_draft(Given *given, int64_t owner, const char *year, Lang lang, Audience audience)
{
    const Report report = { .owner = owner, .year = year, .language = lang };
    g_autoptr(GError) error = NULL;
    Content content;

    innhold_compose(given->db->db, given->arena, &report, audience, INNHOLD_TODAY, &content,
                    &error);
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
    g_autoptr(Doc) doc = innhold_doc(content, &face);

    return doc_text(doc);
}

char *innhold_face_html(const Content *content)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = NULL;

    innhold_html_file(content, &face, &bytes, &error);
    g_assert_no_error(error);
    return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

GBytes *innhold_face_pdf(const Content *content)
{
    g_autoptr(GError) error = NULL;
    GBytes *bytes = NULL;

    innhold_pdf(content, &face, &bytes, &error);
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
    for (const char *c = raw; *c; c++)
        if (!g_ascii_isspace(*c))
            g_string_append_c(text, *c);
        else if (text->len && text->str[text->len - 1] != ' ')
            g_string_append_c(text, ' ');
    return g_strdup(text->str);
}
