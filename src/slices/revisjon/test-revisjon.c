/* test-revisjon.c - the audit log through the routes: what a request leaves in it, and who may read it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "revisjon-sider.h"
#include "eier.h"
#include "jobb.h"
#include "testing-db.h"

static TestApp *fresh(Perm a, Perm b)
{
    TestApp *app = test_app(&revisjon_slice, a, b);

    app->user.role = "AD";
    return app;
}

static int64_t lines(TestApp *app)
{
    return test_db_int(app->db, "SELECT count(*) FROM revisjon WHERE owner = 1");
}

static void add(TestApp *app, const char *act, int64_t person, int64_t subject, const char *detail)
{
    const AuditNote note = { .owner = 1,
                             .at = g_get_real_time(),
                             .person = person,
                             .role = "FS",
                             .act = act,
                             .object = 77,
                             .subject = subject,
                             .detail = detail,
                             .client = "10.0.0.7" };

    g_assert_true(revisjon_add(app->db, &note, NULL));
}

/* --- what a request leaves --- */

/* Every rule's field, as the page sends it, with these days for the log. */
static Reply *post_days(TestApp *app, int days)
{
    g_autoptr(GPtrArray) rules = revisjon_rules();
    g_autoptr(GString) body = g_string_new(NULL);

    for (guint i = 0; i < rules->len; i++) {
        const Retention *rule = rules->pdata[i];

        g_string_append_printf(body, "%sdager-%s=%d", i ? "&" : "", rule->code,
                               strcmp(rule->code, "revisjon") ? rule->days : days);
    }
    return test_post(app, "/innstillinger/lagring", body->str);
}

static void a_change_leaves_one_line_in_its_transaction(void)
{
    g_autoptr(TestApp) app = fresh(PERM_RETENTION, PERM_PUBLIC);
    g_autoptr(Reply) r = post_days(app, 2000);

    g_assert_cmpint(r->status, ==, 303);
    g_assert_cmpint(lines(app), ==, 1);
    g_assert_cmpint(test_db_int(app->db,
                                "SELECT count(*) FROM revisjon WHERE owner = 1 AND seq = 1 "
                                "AND act = 'lagring.endret' AND person = 1 AND role = 'AD' "
                                "AND client = '127.0.0.1'"),
                    ==, 1);
    /* what is refused changes nothing, and leaves nothing */
    g_autoptr(Reply) bad = post_days(app, 3);

    g_assert_cmpint(bad->status, ==, 422);
    g_assert_cmpint(lines(app), ==, 1);
}

static bool keep_quiet(Req *req, GError **error)
{
    return eier_option_set(req->db, req->user->owner, "prove", "1", error) &&
           eier_option_set(req->db, req->user->owner, "prove", "2", error) &&
           req_redirect(req, "/");
}

static const Route quiet_routes[] = { { "POST", "/prove/{id}/stille", PERM_USER, keep_quiet },
                                      { 0 } };
static const Slice quiet = { "prove", quiet_routes };

static void without_a_word_the_line_names_the_route(void)
{
    g_autoptr(TestApp) app = test_app(&quiet, PERM_USER, PERM_USER);
    char id[ID_TEXT];
    g_autofree char *path = g_strdup_printf("/prove/%s/stille", id_text(4711, id));
    g_autoptr(Reply) r = test_post(app, path, "");

    g_assert_cmpint(r->status, ==, 303);
    /* two lone writes: two lines */
    g_assert_cmpint(lines(app), ==, 2);
    g_assert_cmpint(test_db_int(app->db, "SELECT count(*) FROM revisjon WHERE owner = 1 AND "
                                         "act = 'POST /prove/{id}/stille' AND object = 4711"),
                    ==, 2);
}

static void the_same_reading_within_ten_minutes_leaves_one_line(void)
{
    g_autoptr(TestApp) app = fresh(PERM_USER, PERM_USER);
    AuditNote note = { .owner = 1,
                       .at = 3600 * (int64_t)G_USEC_PER_SEC,
                       .person = 1,
                       .act = "innsyn.person",
                       .subject = 2,
                       .reading = true };

    g_assert_true(revisjon_note(NULL, app->db, &note, NULL));
    note.at += 9 * G_TIME_SPAN_MINUTE;
    g_assert_true(revisjon_note(NULL, app->db, &note, NULL));
    g_assert_cmpint(lines(app), ==, 1);
    note.subject = 3; /* another person */
    g_assert_true(revisjon_note(NULL, app->db, &note, NULL));
    g_assert_cmpint(lines(app), ==, 2);
    note.subject = 2;
    note.at += 2 * G_TIME_SPAN_MINUTE; /* eleven after the first */
    g_assert_true(revisjon_note(NULL, app->db, &note, NULL));
    g_assert_cmpint(lines(app), ==, 3);
    note.reading = false; /* what changes is always written */
    g_assert_true(revisjon_note(NULL, app->db, &note, NULL));
    g_assert_cmpint(lines(app), ==, 4);
}

/* --- the page and the file --- */

static void lines_are_for_those_who_may(void)
{
    g_autoptr(TestApp) leader = fresh(PERM_AUDIT_READ, PERM_PUBLIC);
    g_autoptr(TestApp) admin = fresh(PERM_AUDIT_READ, PERM_AUDIT_LINES);
    g_autoptr(TestApp) nobody = fresh(PERM_PUBLIC, PERM_PUBLIC);

    add(leader, "innlogging", 1, 1, "hemmelig");
    add(admin, "innlogging", 1, 1, "<b>hemmelig");
    g_autoptr(Reply) counts = test_get(leader, "/revisjon");
    g_autoptr(Reply) all = test_get(admin, "/revisjon");
    g_autoptr(Reply) file = test_get(leader, "/revisjon/fil.csv");
    g_autoptr(Reply) none = test_get(nobody, "/revisjon");

    g_assert_cmpint(counts->status, ==, 200);
    g_assert_nonnull(strstr(counts->body, "Signed in"));
    g_assert_null(strstr(counts->body, "hemmelig"));
    g_assert_null(strstr(counts->body, "rektor&gt;</td>"));
    g_assert_nonnull(strstr(all->body, "&lt;b&gt;hemmelig"));
    g_assert_nonnull(strstr(all->body, "10.0.0.7"));
    g_assert_cmpint(file->status, ==, 403);
    g_assert_cmpint(none->status, ==, 403);
}

static void the_filter_finds_and_pages(void)
{
    g_autoptr(TestApp) app = fresh(PERM_AUDIT_READ, PERM_AUDIT_LINES);

    for (int i = 0; i < 60; i++)
        add(app, "innlogging", 1, 1, i == 3 ? "den fjerde" : "en");
    add(app, "rapport.noe", 1, 0, "ukjent kode");
    g_autoptr(Reply) first = test_get(app, "/revisjon");

    g_assert_null(strstr(first->body, "den fjerde"));
    /* an act without words shows its code */
    g_assert_nonnull(strstr(first->body, "<td>rapport.noe"));
    g_assert_nonnull(strstr(first->body, "foer=12"));
    g_autoptr(Reply) second = test_get(app, "/revisjon?foer=12");

    g_assert_nonnull(strstr(second->body, "den fjerde"));
    g_autoptr(Reply) act = test_get(app, "/revisjon?hva=rapport.noe");

    g_assert_nonnull(strstr(act->body, "ukjent kode"));
    g_assert_null(strstr(act->body, "<td>Signed in"));
    g_autoptr(Reply) past = test_get(app, "/revisjon?til=2001-01-01");

    g_assert_nonnull(strstr(past->body, "No line fits"));
    g_autoptr(Reply) wrong = test_get(app, "/revisjon?fra=i%20fjor&objekt=x");

    g_assert_cmpint(wrong->status, ==, 422);
}

static void the_file_is_noted_and_holds_no_formula(void)
{
    g_autoptr(TestApp) app = fresh(PERM_AUDIT_READ, PERM_AUDIT_LINES);

    add(app, "innlogging", 1, 1, "=1+1;\"x\"");
    g_autoptr(Reply) file = test_get(app, "/revisjon/fil.csv");

    g_assert_cmpint(file->status, ==, 200);
    g_assert_nonnull(strstr(file->body, ";\"'=1+1;\"\"x\"\"\";"));
    g_assert_cmpint(test_db_int(app->db, "SELECT count(*) FROM revisjon WHERE owner = 1 AND "
                                         "act = 'eksport.revisjon' AND person = 1"),
                    ==, 1);
}

static void the_installations_log_is_another(void)
{
    g_autoptr(TestApp) app = fresh(PERM_AUDIT_READ, PERM_AUDIT_LINES);
    const AuditNote note = { .owner = 0, .at = 1, .act = "prove.felles", .detail = "for alle" };

    g_assert_true(revisjon_add(app->db, &note, NULL));
    add(app, "innlogging", 1, 1, "for en");
    g_autoptr(Reply) own = test_get(app, "/revisjon");

    g_assert_null(strstr(own->body, "for alle"));
    test_app_grant(app, PERM_AUDIT_SHARED);
    g_autoptr(Reply) shared = test_get(app, "/revisjon");

    g_assert_nonnull(strstr(shared->body, "for alle"));
    g_assert_null(strstr(shared->body, "for en"));
}

/* --- one's own --- */

static void one_sees_who_has_looked(void)
{
    g_autoptr(TestApp) app = fresh(PERM_PUBLIC, PERM_PUBLIC);

    test_db_exec(app->db,
                 "INSERT INTO person (owner, id, name, origin, created_at) "
                 "VALUES (1, 9, 'Kari Prøve', 'syntetisk', 1)",
                 NULL);
    g_autoptr(Reply) before = test_get(app, "/mine-data");

    g_assert_nonnull(strstr(before->body, "Nobody but you"));
    add(app, "innsyn.person", 9, 1, "siden om deg");
    add(app, "innsyn.person", 1, 9, "en annen");
    g_autoptr(Reply) r = test_get(app, "/mine-data");

    g_assert_nonnull(strstr(r->body, "Kari Prøve"));
    g_assert_nonnull(strstr(r->body, "siden om deg"));
    g_autoptr(Reply) file = test_get(app, "/mine-data/fil.json");

    g_assert_cmpstr(file->type, ==, "application/json");
    g_assert_nonnull(strstr(file->body, "\"hva\": \"innsyn.person\""));
    g_assert_cmpint(test_db_int(app->db, "SELECT count(*) FROM revisjon WHERE owner = 1 AND "
                                         "act = 'eksport.mine'"),
                    ==, 1);
    app->signed_out = true;
    g_autoptr(Reply) out = test_get(app, "/mine-data");

    g_assert_cmpint(out->status, ==, 303);
}

static void ones_file_has_ones_own_lines(void)
{
    g_autoptr(TestApp) app = fresh(PERM_PUBLIC, PERM_PUBLIC);
    g_autoptr(Arena) arena = arena_new();
    const AuditNote by_another = { .owner = 1,
                                   .at = 1,
                                   .person = 9,
                                   .act = "innsyn.person",
                                   .subject = 1,
                                   .detail = "om den ene",
                                   .client = "192.0.2.77" };
    json_t *into = json_object();

    add(app, "prove.endre", 1, 0, "plantet av den ene");
    add(app, "prove.endre", 9, 0, "plantet av den andre");
    g_assert_true(revisjon_add(app->db, &by_another, NULL));
    g_assert_true(revisjon_slice.person_data(app->db, arena, 1, 1, into, NULL));
    g_autofree char *text = json_dumps(into, 0);

    json_decref(into);
    g_assert_nonnull(strstr(text, "plantet av den ene"));
    g_assert_nonnull(strstr(text, "om den ene"));
    g_assert_null(strstr(text, "plantet av den andre"));
    g_assert_null(strstr(text, "192.0.2.77")); /* from where another looked is the other's */
}

/* --- what is deleted when --- */

/* What the daily job writes to the log of the machine, read from outside of its process. */
static void the_daily_job_notes_the_end_of_the_chain(void)
{
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, 0);
        g_test_trap_assert_passed();
        g_test_trap_assert_stderr("*event=audit_end owner=1 line=2 hash=????????*");
        g_test_trap_assert_stderr("*event=audit_end owner=0 line=0 hash=00000000*");
        return;
    }
    g_autoptr(TestApp) app = fresh(PERM_RETENTION, PERM_PUBLIC);
    g_autoptr(GError) why = NULL;
    const JobNew job = { .owner = 1, .kind = "lagring", .title = "Sletting" };
    int n = 0;

    add(app, "prove.endre", 1, 0, "en");
    add(app, "prove.endre", 1, 0, "to");
    g_assert_true(jobb_add(app->db, &job, 2 * G_USEC_PER_SEC, NULL, &why));
    jobb_run_due(app->db, 2 * G_USEC_PER_SEC, &n, &why);
    g_assert_no_error(why);
    g_assert_cmpint(n, ==, 1);
}

static void an_owner_may_keep_longer_but_not_shorter(void)
{
    g_autoptr(TestApp) app = fresh(PERM_RETENTION, PERM_PUBLIC);
    g_autoptr(Reply) blank = test_get(app, "/innstillinger/lagring");
    g_autoptr(Reply) low = post_days(app, 364);
    g_autoptr(Reply) high = post_days(app, 3650);
    g_autoptr(Reply) after = test_get(app, "/innstillinger/lagring");

    g_assert_nonnull(strstr(blank->body, "value=\"1825\""));
    g_assert_cmpint(low->status, ==, 422);
    g_assert_cmpint(high->status, ==, 303);
    g_assert_nonnull(strstr(after->body, "value=\"3650\""));
}

static void deleting_is_shown_first_and_told_of_after(void)
{
    g_autoptr(TestApp) app = fresh(PERM_RETENTION, PERM_PUBLIC);
    const AuditNote old = { .owner = 1, .at = 1, .act = "prove.gammel" };

    g_assert_true(revisjon_add(app->db, &old, NULL) && revisjon_add(app->db, &old, NULL));
    g_autoptr(Reply) dry = test_get(app, "/innstillinger/lagring/sletting");

    g_assert_nonnull(strstr(dry->body, "<strong>2</strong>"));
    g_assert_cmpint(lines(app), ==, 2);
    g_autoptr(Reply) unsure = test_post(app, "/innstillinger/lagring/sletting", "");

    g_assert_cmpint(unsure->status, ==, 422);
    g_assert_cmpint(lines(app), ==, 2);
    g_autoptr(Reply) sure = test_post(app, "/innstillinger/lagring/sletting", "slett-bekreft=1");

    g_assert_cmpint(sure->status, ==, 303);
    g_assert_cmpint(lines(app), ==, 1);
    g_assert_cmpint(test_db_int(app->db, "SELECT count(*) FROM revisjon WHERE owner = 1 AND "
                                         "act = 'lagring.slettet' AND detail = 'revisjon: 2'"),
                    ==, 1);
    g_autoptr(Reply) again = test_post(app, "/innstillinger/lagring/sletting", "slett-bekreft=1");

    g_assert_cmpint(again->status, ==, 303);
    g_assert_cmpint(lines(app), ==, 1);
}

static void the_data_map_is_for_everybody(void)
{
    g_autoptr(TestApp) app = fresh(PERM_PUBLIC, PERM_PUBLIC);

    app->signed_out = true;
    g_autoptr(Reply) r = test_get(app, "/personvern");

    g_assert_cmpint(r->status, ==, 200);
    g_assert_nonnull(strstr(r->body, "The audit log: who changed"));
    g_assert_nonnull(strstr(r->body, "<dd>5 years</dd>"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/revisjon/note/change", a_change_leaves_one_line_in_its_transaction);
    g_test_add_func("/revisjon/note/no-word", without_a_word_the_line_names_the_route);
    g_test_add_func("/revisjon/note/reading", the_same_reading_within_ten_minutes_leaves_one_line);
    g_test_add_func("/revisjon/page/permission", lines_are_for_those_who_may);
    g_test_add_func("/revisjon/page/filter", the_filter_finds_and_pages);
    g_test_add_func("/revisjon/page/csv", the_file_is_noted_and_holds_no_formula);
    g_test_add_func("/revisjon/page/installation", the_installations_log_is_another);
    g_test_add_func("/revisjon/mine/looked", one_sees_who_has_looked);
    g_test_add_func("/revisjon/mine/file", ones_file_has_ones_own_lines);
    g_test_add_func("/revisjon/retention/chain-end", the_daily_job_notes_the_end_of_the_chain);
    g_test_add_func("/revisjon/retention/days", an_owner_may_keep_longer_but_not_shorter);
    g_test_add_func("/revisjon/retention/delete", deleting_is_shown_first_and_told_of_after);
    g_test_add_func("/revisjon/privacy/public", the_data_map_is_for_everybody);
    return g_test_run();
}
