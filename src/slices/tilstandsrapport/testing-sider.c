/* testing-sider.c - a report of a made-up municipality, moved to any state. Linked into tests alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-sider.h"
#include "eier.h"
#include "tilgang.h"

static void fill(TestReport *t)
{
    static const char csv[] =
        "enhet;indikator;periode;trinn;kjonn;verdi;usikkerhet;n;teller;nevner\n"
        "9999;SYK.TOT;2025K1;;;;;120;140;1000\n"
        "9999;SYK.TOT;2026K1;;;;;120;60;1000\n"
        "9999;NP.LES.5;2025/26;5;alle;49,2;1,1;136;;\n"
        "975283518;NP.LES.5;2025/26;5;alle;37;5,0;4;;\n";
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    ImportResult result;
    const ImportSpec spec = { .owner = 1,
                              .filename = "egne.csv",
                              .data = csv,
                              .size = sizeof csv - 1,
                              .format = "values-csv",
                              .now = 1,
                              .today = "2026-07-01" };

    test_db_exec(t->app->db,
                 "INSERT INTO enhet_identitet (owner, enhet, kind, value, valid_from) "
                 "VALUES (1, 1, 'orgnr', '975283518', '0001-01-01')",
                 NULL);
    test_db_exec(t->app->db,
                 "INSERT INTO eier (id, number, name, language, demo, created_at) "
                 "VALUES (8, '8888', 'Nabo kommune', 'nb', 0, 1)",
                 NULL);
    test_db_exec(t->app->db,
                 "INSERT INTO person (owner, id, name, origin, created_at) "
                 "VALUES (8, 1, 'Nabo', 'syntetisk', 1)",
                 NULL);
    indikator_import(t->app->db, arena, &spec, &result, &why);
    g_assert_no_error(why);
    for (size_t i = 0; i < result.n_errors; i++)
        g_test_message("%s", result.errors[i].message);
    g_assert_cmpuint(result.n_errors, ==, 0);
}

/* Every chapter gets a text, a judgement and measures, and is finished. */
static void write_chapters(TestReport *t)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    ChapterList all;

    tilstandsrapport_chapters(t->app->db, arena, 1, t->id, &all, &why);
    g_assert_no_error(why);
    for (size_t i = 0; i < all.n; i++) {
        Chapter c = all.v[i];

        c.body = "Teksten om dette.";
        c.judgement = "Vurderingen av dette.";
        c.measures = "Tiltaket mot dette.";
        c.status = "ferdig";
        tilstandsrapport_write(t->app->db, 1, &c, 1, 1, &why);
        g_assert_no_error(why);
    }
}

TestReport *test_report(void)
{
    TestReport *t = g_new0(TestReport, 1);
    g_autoptr(GError) why = NULL;
    char id[ID_TEXT];

    t->app = test_app(NULL, PERM_USER, PERM_USER);
    t->app->today = "2026-07-01";
    fill(t);
    const ReportNew report = { .year = "2025/26",
                               .language = LANG_NB,
                               .council = TEST_COUNCIL,
                               .person = 1,
                               .today = "2026-07-01",
                               .now = 1 };
    tilstandsrapport_begin(t->app->db, 1, &report, &t->id, &why);
    g_assert_no_error(why);
    g_snprintf(t->path, sizeof t->path, "/tilstandsrapport/%s", id_text(t->id, id));
    write_chapters(t);
    test_report_become(t, "FS");
    return t;
}

void test_report_free(TestReport *t)
{
    if (!t)
        return;
    test_app_free(t->app);
    g_free(t);
}

static void become(TestReport *t, int64_t owner, const char *role)
{
    static const char *const of_unit[] = { "RK", "ST", "AL", "LR", "AS", "SL", NULL };

    t->app->signed_out = role == NULL;
    if (!role)
        return;
    t->app->user = (User){ .owner = owner, .id = 1, .name = "Åse <rektor>", .role = role };
    t->app->user.unit = g_strv_contains(of_unit, role) ? 1 : 0;
    if (!strcmp(role, "IA"))
        t->app->user.owner = 0;
    tilgang_fill(&t->app->user);
}

void test_report_become(TestReport *t, const char *role)
{
    become(t, 1, role);
}

void test_report_become_other(TestReport *t, const char *role)
{
    become(t, 8, role);
}

/* --- moving it on --- */

static const struct {
    ReportState to;
    const char *action, *on, *outcome;
} moves[] = {
    { STATE_SKISSE, "skisse", "2026-07-21", NULL },
    { STATE_DIALOG_GJENNOMFORT, "dialog", "2026-08-04", NULL },
    { STATE_SENDT_FORMANNSKAP, "send", "2026-08-20", NULL },
    { STATE_INNSTILT, "innstilling", "2026-09-01", NULL },
    { STATE_GODKJENT, "vedtak", "2026-09-10", "godkjent" },
    { STATE_ETTERARBEID_KOMITE, "komite", "2026-11-24", NULL },
    { STATE_ETTERARBEID_LEDERGRUPPE, "ledergruppe", "2026-12-01", NULL },
    { STATE_AVSLUTTET, "avslutt", "2026-12-10", NULL },
};

static void answer_items(TestReport *t)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    FollowUpList items;

    test_db_exec(t->app->db,
                 "INSERT INTO stilling (owner, id, unit, title, valid_from) "
                 "VALUES (1, 70, 1, 'Rektor', '2000-01-01')",
                 NULL);
    tilstandsrapport_follow_ups(t->app->db, arena, 1, t->id, TEST_AFTER_ALL, &items, &why);
    g_assert_no_error(why);
    for (size_t i = 0; i < items.n; i++) {
        items.v[i].responsible = 70;
        items.v[i].due = "2026-12-05";
        items.v[i].answer = "Gjort.";
        tilstandsrapport_follow_up_store(t->app->db, 1, &items.v[i], "2026-12-01", &why);
        g_assert_no_error(why);
    }
}

static void record(TestReport *t, size_t i)
{
    g_autoptr(GError) why = NULL;
    const StepRecord r = { .action = moves[i].action,
                           .outcome = moves[i].outcome,
                           .on = moves[i].on,
                           .case_number = i == 3   ? "PS 31/26"
                                          : i == 4 ? "PS 45/26"
                                                   : "",
                           .decision = i == 3   ? "Innstillingens ordlyd."
                                       : i == 4 ? "Vedtakets ordlyd."
                                                : "",
                           .votes_for = i == 3   ? 7
                                        : i == 4 ? 17
                                                 : NO_INT,
                           .votes_against = i == 3 || i == 4 ? 0 : NO_INT,
                           .tasks = i == 5 ? "Følge opp lesing" : NULL,
                           .person = 1,
                           .today = moves[i].on,
                           .now = (int64_t)(i + 1) * G_USEC_PER_SEC };

    tilstandsrapport_record(t->app->db, 1, t->id, &r, &why);
    g_assert_no_error(why);
    if (i == 5)
        answer_items(t);
}

void test_report_move(TestReport *t, ReportState state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(moves) && test_report_state(t) < state; i++)
        if (moves[i].to > test_report_state(t))
            record(t, i);
    g_assert_cmpint(test_report_state(t), ==, state);
}

ReportState test_report_state(TestReport *t)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    Report report = { 0 };

    tilstandsrapport_find(t->app->db, arena, t->id, &report, &why);
    g_assert_no_error(why);
    return report.state;
}

int64_t test_report_chapter(TestReport *t, const char *kind)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    ChapterList all;

    tilstandsrapport_chapters(t->app->db, arena, 1, t->id, &all, &why);
    g_assert_no_error(why);
    for (size_t i = 0; i < all.n; i++)
        if (!strcmp(all.v[i].kind, kind))
            return all.v[i].id;
    g_assert_not_reached();
}

const char *test_report_path(TestReport *t, const char *rest)
{
    static _Thread_local char path[256];

    g_snprintf(path, sizeof path, "%s%s", t->path, rest);
    return path;
}

Reply *test_report_get(TestReport *t, const char *rest, int status)
{
    Reply *reply = test_get(t->app, test_report_path(t, rest));

    if (reply->status != status)
        g_test_message("GET %s -> %d: %.2000s", rest, reply->status, reply->body);
    g_assert_cmpint(reply->status, ==, status);
    return reply;
}

Reply *test_report_post(TestReport *t, const char *rest, const char *body, int status)
{
    Reply *reply = test_post(t->app, test_report_path(t, rest), body);

    if (reply->status != status)
        g_test_message("POST %s -> %d: %.6000s", rest, reply->status, reply->body);
    g_assert_cmpint(reply->status, ==, status);
    return reply;
}

void test_report_gets(TestReport *t, const char *rest, int status)
{
    reply_free(test_report_get(t, rest, status));
}

void test_report_posted(TestReport *t, const char *rest, const char *body, int status)
{
    reply_free(test_report_post(t, rest, body, status));
}

char *test_report_body(const char *name, ...)
{
    GString *body = g_string_new(NULL);
    va_list args;

    va_start(args, name);
    for (const char *n = name; n; n = va_arg(args, const char *)) {
        g_autofree char *value = g_uri_escape_string(va_arg(args, const char *), NULL, FALSE);

        g_string_append_printf(body, "%s%s=%s", body->len ? "&" : "", n, value);
    }
    va_end(args);
    return g_string_free(body, FALSE);
}
