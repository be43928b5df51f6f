/* testing-town.c - two owners with one person a role each, units, a body, and reports.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "serving.h"
#include "auth.h"
#include "testing-town.h"
#include "eier.h"
#include "enhet.h"
#include "migrations.h"
#include "beskrivelse.h"
#include "roller.h"
#include "sesjon.h"
#include "tilstandsrapport.h"

#define SINCE "2020-01-01"
#define VISITOR "testvisitor0123456789"
#define SCHOOL_ORGNR "975283518"

#define SECRET_PERSON "Hemmelig Rektor"
#define SECRET_UNIT "Lukket tjeneste"
#define SECRET_MANDATE "Mandatet som ingen utenfor skal lese."
#define SECRET_DRAFT "Utkastet som ingen utenfor skal lese."

const char *const town_secrets[] = { SECRET_PERSON, SECRET_UNIT, SECRET_MANDATE, SECRET_DRAFT,
                                     NULL };

static void must(bool done, GError **error)
{
    g_assert_no_error(*error);
    g_assert_true(done);
}

/* --- owners and units --- */

static int64_t add_unit(Town *t, TownOwner owner, const EnhetNew *unit)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;

    must(enhet_add(t->db->db, t->owner[owner], unit, &id, &error), &error);
    return id;
}

static void add_owners(Town *t)
{
    static const Eier eiere[TOWN_OWNERS] = {
        { .number = "9991", .name = TOWN_NAME, .demo = true, .date = TOWN_TODAY },
        { .number = "9992", .name = "Andreli kommune", .language = LANG_NN },
    };
    EnhetNew root = { .kind = "kommune", .origin = "syntetisk" };
    EnhetNew school = { .kind = "skole", .origin = "syntetisk" };
    EnhetNew service = { .kind = "ppt", .name = SECRET_UNIT, .origin = "syntetisk" };
    g_autoptr(GError) error = NULL;

    for (int i = 0; i < TOWN_OWNERS; i++) {
        must(eier_add(t->db->db, &eiere[i], TOWN_NOON, &t->owner[i], &error), &error);
        root.name = eiere[i].name;
        root.code = eiere[i].number;
        school.parent = add_unit(t, (TownOwner)i, &root);
        school.name = i == TOWN_FIRST ? "Første skole" : "Andre skole";
        school.code = i == TOWN_FIRST ? SCHOOL_ORGNR : NULL;
        int64_t id = add_unit(t, (TownOwner)i, &school);
        if (i != TOWN_FIRST)
            continue;
        t->school = id;
        service.parent = school.parent;
        add_unit(t, (TownOwner)i, &service);
    }
}

static void add_body(Town *t)
{
    const Organ organ = { .kind = "annet",
                          .name = SECRET_PERSON "s råd",
                          .from = "2011",
                          .mandate = SECRET_MANDATE,
                          .origin = "syntetisk" };
    const PositionNew position = { .unit = t->school, .title = "Rektor", .from = SINCE };
    g_autoptr(GError) error = NULL;
    Db *db = t->db->db;

    must(organ_add(db, t->owner[TOWN_FIRST], &organ, &t->body, &error), &error);
    must(person_add(db, t->owner[TOWN_FIRST], SECRET_PERSON, "syntetisk", 1, &t->person, &error),
         &error);
    must(person_position_add(db, t->owner[TOWN_FIRST], &position, &t->position, &error), &error);
    must(person_hold(db, t->owner[TOWN_FIRST], t->position, t->person, SINCE, &error), &error);
    must(organ_add_member(db, t->owner[TOWN_FIRST], t->body, t->position, "leder", SINCE, &error),
         &error);
}

/* A description of the position with two versions, and a role that somebody proposes for it. */
static void add_role_and_duties(Town *t)
{
    const Proposal proposal = { .position = t->position,
                                .role = "RK",
                                .unit = t->school,
                                .from = TOWN_TODAY,
                                .reason = SECRET_MANDATE,
                                .proposed_by = t->person,
                                .proposed_at = TOWN_NOON };
    DutiesChange change = { t->owner[TOWN_FIRST], t->position, t->person, 0, TOWN_NOON };
    g_autoptr(GError) error = NULL;

    must(tilgang_propose(t->db->db, t->owner[TOWN_FIRST], &proposal, &t->proposal, &error), &error);
    must(person_duties_write(t->db->db, &change, SECRET_MANDATE, &error), &error);
    change.edit = 1;
    must(person_duties_approve_draft(t->db->db, &change, SINCE, "2019-01-01", &error), &error);
}

static void add_figures(Town *t)
{
    static const char csv[] =
        "enhet;indikator;periode;trinn;kjonn;verdi;usikkerhet;n;teller;nevner\n"
        "9991;SYK.TOT;2025K1;;;;;120;140;1000\n"
        "9991;SYK.TOT;2026K1;;;;;120;60;1000\n"
        "9991;NP.LES.5;2025/26;5;alle;49;1,1;136;;\n" SCHOOL_ORGNR
        ";NP.LES.5;2025/26;5;alle;43;5,0;4;;\n";
    const ImportSpec spec = { .owner = t->owner[TOWN_FIRST],
                              .filename = "egne-tall.csv",
                              .data = csv,
                              .size = sizeof csv - 1,
                              .format = "values-csv",
                              .now = TOWN_NOON,
                              .today = TOWN_TODAY };
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    ImportResult result;

    must(indikator_import(t->db->db, arena, &spec, &result, &error), &error);
    g_assert_cmpuint(result.n_errors, ==, 0);
}

/* --- people: one for each role, of both owners --- */

static bool is_of_a_unit(const char *role)
{
    static const char *const roles[] = { "RK", "ST", "AL", "LR", "AS", "SL", NULL };

    return g_strv_contains(roles, role);
}

void town_renew_session(Town *t, TownOwner owner, size_t role)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *email =
        g_strdup_printf("%s@nr%d.example", tilgang_roles_all()[role], (int)owner);
    g_autofree char *sql =
        g_strdup_printf("SELECT person AS n FROM innlogging WHERE email = lower('%s')", email);
    const Signer who = { t->owner[owner], test_db_int(t->db->db, g_intern_string(sql)) };

    must(tilgang_session_start(t->db->db, &who, t->role[owner][role], TOWN_NOON,
                               t->token[owner][role], &error),
         &error);
}

static void add_people(Town *t)
{
    const char *const *roles = tilgang_roles_all();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    Db *db = t->db->db;

    g_assert_cmpuint(g_strv_length((char **)roles), <=, TOWN_MAX_ROLES);
    for (int o = 0; o < TOWN_OWNERS; o++)
        for (size_t r = 0; roles[r]; r++) {
            g_autofree char *email = g_strdup_printf("%s@nr%d.example", roles[r], o);
            int64_t unit = is_of_a_unit(roles[r]) && o == TOWN_FIRST ? t->school : 0;
            RoleTupleList tuples;
            Signer who = { .owner = t->owner[o] };

            must(person_add(db, who.owner, o ? "En nabo" : SECRET_PERSON, "syntetisk", 1,
                            &who.person, &error),
                 &error);
            must(
                tilgang_add_login(db, who.owner, who.person, email, "hest-og-vogn-4711", 1, &error),
                &error);
            must(tilgang_grant(db, who.owner, who.person, roles[r], unit, SINCE, &error), &error);
            must(tilgang_role_list(db, arena, &who, TOWN_TODAY, &tuples, &error), &error);
            g_assert_cmpuint(tuples.n, ==, 1);
            t->role[o][r] = tuples.v[0].id;
            town_renew_session(t, (TownOwner)o, r);
        }
}

/* --- reports --- */

static int64_t add_report(Town *t, const char *text, int64_t *ret_chapter)
{
    const ReportNew fresh = { .year = "2025/26",
                              .language = LANG_NB,
                              .council = "2026-11-19",
                              .today = "2026-08-01",
                              .now = TOWN_NOON };
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    Db *db = t->db->db;
    ChapterList all;
    int64_t id = 0;

    must(tilstandsrapport_begin(db, t->owner[TOWN_FIRST], &fresh, &id, &error), &error);
    must(tilstandsrapport_chapters(db, arena, t->owner[TOWN_FIRST], id, &all, &error), &error);
    for (size_t i = 0; i < all.n; i++) {
        Chapter c = all.v[i];

        c.body = c.judgement = c.measures = text;
        c.status = "ferdig";
        must(tilstandsrapport_write(db, t->owner[TOWN_FIRST], &c, 0, TOWN_NOON, &error), &error);
    }
    *ret_chapter = all.v[0].id;
    return id;
}

static void publish(Town *t, int64_t report)
{
    static const struct {
        const char *action, *on;
    } steps[] = { { "skisse", "2026-10-01" },
                  { "dialog", "2026-10-15" },
                  { "send", "2026-11-01" } };
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        const StepRecord record = { .action = steps[i].action,
                                    .on = steps[i].on,
                                    .votes_for = NO_INT,
                                    .votes_against = NO_INT,
                                    .today = TOWN_TODAY,
                                    .now = TOWN_NOON };

        must(tilstandsrapport_plan(t->db->db, t->owner[TOWN_FIRST], report, (int)i + 1, steps[i].on,
                                   &error),
             &error);
        must(tilstandsrapport_record(t->db->db, t->owner[TOWN_FIRST], report, &record, &error),
             &error);
    }
}

void town_renew_reports(Town *t)
{
    t->draft = add_report(t, SECRET_DRAFT, &t->draft_chapter);
    t->published = add_report(t, "Teksten alle kan lese.", &t->final_chapter);
    publish(t, t->published);
}

/* --- the whole --- */

Town *town_new(void)
{
    static const char *const environment[] = { NULL };
    Town *t = g_new0(Town, 1);
    g_autoptr(GError) error = NULL;
    WebHooks hooks;

    t->db = test_db_new(app_migrations, app_n_migrations);
    t->conf = conf_read(NULL, environment, &error);
    g_assert_no_error(error);
    hooks = serving_hooks(t->conf);
    t->web = web_new(app_slices, &hooks, &error);
    g_assert_no_error(error);
    add_owners(t);
    add_body(t);
    add_role_and_duties(t);
    add_figures(t);
    add_people(t);
    town_renew_reports(t);
    return t;
}

void town_free(Town *t)
{
    if (!t)
        return;
    web_free(t->web);
    conf_free(t->conf);
    test_db_free(t->db);
    g_free(t);
}

void town_ask(Town *t, TownOwner owner, int role, const char *method, const char *path,
              const char *body, Outgoing *ret_reply)
{
    const char *token = role < 0 ? VISITOR : t->token[owner][role];
    const char *jar = role < 0 ? COOKIE_VISITOR : COOKIE_SESSION;
    char csrf[CSRF_TEXT];
    g_autofree char *cookie = g_strdup_printf("%s=%s; " COOKIE_LANGUAGE "=nb", jar, token);
    g_autofree char *posted = NULL, *copy = g_strndup(path, strcspn(path, "?"));
    const Pair headers[] = { { "Host", "localhost:8080" },
                             { "Cookie", cookie },
                             { "Content-Type", "application/x-www-form-urlencoded" } };
    Incoming in = { .method = method,
                    .path = copy,
                    .query = "",
                    .headers = headers,
                    .n_headers = body ? 3 : 2,
                    .body = "",
                    .client = "127.0.0.1",
                    .now = TOWN_NOON,
                    .id = "test" };

    web_csrf(t->web, role < 0 ? "visitor" : "session", token, csrf);
    if (body) {
        posted = g_strdup_printf("%s%scsrf=%s", body, *body ? "&" : "", csrf);
        in.body = posted;
        in.body_size = strlen(posted);
    }
    if (strchr(path, '?'))
        in.query = strchr(path, '?') + 1;
    web_dispatch(t->web, t->db->db, &in, ret_reply);
}
