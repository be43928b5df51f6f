/* test-nod.c - break-glass: reads, never writes, ends, is written down and told.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "konto.h"
#include "testing-db.h"
#include "testing-nettleser.h"

#define PASSWORD NETTLESER_PASSWORD
#define REASON "grunn=Rapporten+viser+feil+tall+og+maa+ses&passord=" PASSWORD

static TestApp *app_new(void)
{
    g_autoptr(TestApp) app = test_app(&tilgang_slice, PERM_PUBLIC, PERM_PUBLIC);

    nettleser_add_user(app, "Ada Admin", "ad@prove.example", "AD");
    nettleser_add_user(app, "Frida Fagsjef", "fs@prove.example", "FS");
    nettleser_add_user(app, "Kåre Direktør", "kd@prove.example", "KD");
    nettleser_add_user(app, "Lise Lærer", "lr@prove.example", "LR");
    return g_steal_pointer(&app);
}

static int get_status(Nettleser *b, const char *path)
{
    g_autoptr(Reply) reply = nettleser_get(b, path);

    return reply->status;
}

static int post_status(Nettleser *b, const char *path, const char *body)
{
    g_autoptr(Reply) reply = nettleser_post(b, path, body);

    return reply->status;
}

static void it_takes_a_reason_and_the_password(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) ad = nettleser_new(app), lr = nettleser_new(app), fs = nettleser_new(app);

    nettleser_sign_in(ad, "ad@prove.example", PASSWORD);
    nettleser_sign_in(lr, "lr@prove.example", PASSWORD);
    nettleser_sign_in(fs, "fs@prove.example", PASSWORD);
    g_assert_cmpint(post_status(ad, "/nodtilgang", "grunn=for+kort&passord=" PASSWORD), ==, 422);
    g_assert_cmpint(post_status(ad, "/nodtilgang", "grunn=&passord=" PASSWORD), ==, 422);
    g_assert_cmpint(post_status(ad, "/nodtilgang",
                                "grunn=Lang+nok+grunn+til+at+det+holder&passord=feil-feil-1"),
                    ==, 422);
    g_assert_cmpint(post_status(lr, "/nodtilgang", REASON), ==, 403);
    g_assert_cmpint(post_status(fs, "/nodtilgang", REASON), ==, 403);
    g_assert_cmpint(get_status(lr, "/nodtilgang"), ==, 403);
    g_assert_cmpint(get_status(fs, "/nodtilgang"), ==, 200);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM nodtilgang"), ==, 0);
}

static void it_reads_writes_nothing_and_ends(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) ad = nettleser_new(app), other = nettleser_new(app);

    nettleser_sign_in(ad, "ad@prove.example", PASSWORD);
    nettleser_sign_in(other, "ad@prove.example", PASSWORD);
    g_assert_cmpint(get_status(ad, "/indikatorer/SYK.TOT?enhet=1"), !=, 500);
    g_assert_cmpint(get_status(ad, "/import"), ==, 403);
    g_assert_cmpint(get_status(ad, "/brukere"), ==, 200);
    g_assert_cmpint(post_status(ad, "/nodtilgang", REASON), ==, 303);
    g_autoptr(Reply) home = nettleser_get(ad, "/hjem");
    g_assert_cmpint(home->status, ==, 200);
    g_assert_nonnull(strstr(home->body, "watch-banner"));
    g_assert_cmpint(get_status(ad, "/roller"), ==, 200); /* reading alone */
    /* nothing is changed: neither what the head of education may change nor the administrator */
    g_assert_cmpint(post_status(ad, "/tilstandsrapport/ny", "aar=2025/26"), ==, 403);
    g_assert_cmpint(post_status(ad, "/brukere/inviter", "navn=X&epost=x@y.example"), ==, 403);
    g_assert_cmpint(post_status(ad, "/nodtilgang", REASON), ==, 403);
    g_assert_cmpint(get_status(other, "/brukere"), ==,
                    200); /* another session of the same person */
    g_assert_cmpint(post_status(ad, "/nodtilgang/slutt", ""), ==, 303);
    g_assert_cmpint(get_status(ad, "/brukere"), ==, 200);
    g_autoptr(Reply) after = nettleser_get(ad, "/hjem");
    g_assert_null(strstr(after->body, "watch-banner"));
}

/* What only content roles read, as the matrix says it. */
static void the_permissions_are_those_of_reading(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) ad = nettleser_new(app);
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    SessionInfo info;
    User user;

    nettleser_sign_in(ad, "ad@prove.example", PASSWORD);
    g_assert_true(
        tilgang_session_user(NULL, app->db, arena, ad->session, ad->now, &user, &info, &error));
    Req req = { .user = &user };
    g_assert_false(req_may(&req, PERM_REPORT_DRAFT));
    g_assert_cmpint(post_status(ad, "/nodtilgang", REASON), ==, 303);
    g_assert_true(
        tilgang_session_user(NULL, app->db, arena, ad->session, ad->now, &user, &info, &error));
    g_assert_true(req_may(&req, PERM_REPORT_DRAFT));
    g_assert_true(req_may(&req, PERM_INDICATOR_INTERN));
    g_assert_cmpint(info.watched, !=, 0);
    for (unsigned p = PERM_USER + 1; p < N_PERM; p++)
        if (req_may(&req, (Perm)p))
            g_assert_true(g_str_has_suffix(perm_info((Perm)p)->row, ":R"));
    ad->now += EMERGENCY_LIFE - 1;
    g_assert_true(tilgang_session_user(NULL, app->db, arena, ad->session, ad->now - 60000000, &user,
                                       &info, &error));
    g_assert_true(req_may(&req, PERM_REPORT_DRAFT));
    g_assert_cmpint(get_status(ad, "/hjem"), ==, 200); /* keeps the session awake */
    ad->now += 2;
    g_assert_true(
        tilgang_session_user(NULL, app->db, arena, ad->session, ad->now, &user, &info, &error));
    g_assert_false(req_may(&req, PERM_REPORT_DRAFT));
    g_assert_true(req_may(&req, PERM_LOGIN_MANAGE));
    g_assert_cmpint(info.watched, ==, 0);
}

/* The answer to who reads with whose eyes is kept while nobody commits; the clock ends it all the same. */
static void it_ends_by_the_clock_within_one_reading(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) ad = nettleser_new(app);
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    const int64_t minute = G_TIME_SPAN_MINUTE;
    int64_t begun;
    SessionInfo info;
    User user;
    Req req = { .user = &user };

    nettleser_sign_in(ad, "ad@prove.example", PASSWORD);
    g_assert_cmpint(post_status(ad, "/nodtilgang", REASON), ==, 303);
    begun = ad->now;
    db_reading_begin(app->db);
    for (int64_t after = EMERGENCY_LIFE - minute; after <= EMERGENCY_LIFE + minute;
         after += 2 * minute) {
        for (int again = 0; again < 2; again++) {
            g_assert_true(tilgang_session_user(NULL, app->db, arena, ad->session, begun + after,
                                               &user, &info, &error));
            g_assert_no_error(error);
            g_assert_cmpint(req_may(&req, PERM_REPORT_DRAFT), ==, after < EMERGENCY_LIFE);
        }
    }
    db_reading_end(app->db);
}

static void assert_speaks_to(Nettleser *b, const char *name, const char *not_name)
{
    g_autoptr(Reply) reply = nettleser_get(b, "/hjem");

    g_assert_cmpint(reply->status, ==, 200);
    g_assert_nonnull(strstr(reply->body, name));
    g_assert_null(strstr(reply->body, not_name));
}

/* Two people on one handle, whose answers are kept between requests: each has the own page, and what
 * another changes stands on the next. */
static void what_is_kept_is_never_anothers_and_never_old(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) ad = nettleser_new(app), lr = nettleser_new(app);

    nettleser_sign_in(ad, "ad@prove.example", PASSWORD);
    nettleser_sign_in(lr, "lr@prove.example", PASSWORD);
    Nettleser second = *lr, *lise = &second;

    lise->db = ad->db;
    for (int i = 0; i < 3; i++) {
        assert_speaks_to(ad, "Ada Admin", "Lise Lærer");
        assert_speaks_to(lise, "Lise Lærer", "Ada Admin");
        g_assert_cmpint(get_status(ad, "/brukere"), ==, 200);
        g_assert_cmpint(get_status(lise, "/brukere"), ==, 403);
    }
    test_db_exec(app->db, "UPDATE person SET name = 'Ada Andersen' WHERE name = 'Ada Admin'", NULL);
    assert_speaks_to(ad, "Ada Andersen", "Ada Admin");
    test_db_exec(app->db,
                 "UPDATE rolle SET role = CASE role WHEN 'AD' THEN 'LR' ELSE 'AD' END "
                 "WHERE role IN ('AD', 'LR')",
                 NULL);
    g_assert_cmpint(get_status(ad, "/brukere"), ==, 403);
    g_assert_cmpint(get_status(lise, "/brukere"), ==, 200);
    test_db_exec(app->db,
                 "DELETE FROM sesjon WHERE person IN (SELECT r.person FROM rolle r "
                 "WHERE r.role = 'AD')",
                 NULL);
    g_assert_cmpint(get_status(lise, "/brukere"), ==, 303);
    g_assert_cmpint(get_status(ad, "/hjem"), ==, 200);
}

static void each_page_is_written_down(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) ad = nettleser_new(app);

    nettleser_sign_in(ad, "ad@prove.example", PASSWORD);
    g_assert_cmpint(get_status(ad, "/enheter"), ==, 200);
    g_assert_cmpint(post_status(ad, "/nodtilgang", REASON), ==, 303);
    g_assert_cmpint(get_status(ad, "/enheter"), ==, 200);
    g_assert_cmpint(get_status(ad, "/rolle"), ==, 200);
    g_assert_cmpint(post_status(ad, "/nodtilgang/slutt", ""), ==, 303);
    g_assert_cmpint(get_status(ad, "/enheter"), ==, 200);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM revisjon WHERE "
                                         "act = 'nodtilgang.lest' AND detail = '/enheter'"),
                    ==, 1);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM revisjon WHERE "
                                         "act = 'nodtilgang.lest' AND detail = '/rolle'"),
                    ==, 1);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM revisjon WHERE "
                                         "act = 'nodtilgang.start' AND detail LIKE 'Rapporten%'"),
                    ==, 1);
    g_assert_cmpint(
        test_db_int(app->db, "SELECT COUNT(*) AS n FROM revisjon WHERE act = 'nodtilgang.slutt'"),
        ==, 1);
}

static void the_head_and_the_chief_are_told_until_they_have_seen_it(void)
{
    static const char *const told[] = { "fs@prove.example", "kd@prove.example" };
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Nettleser) ad = nettleser_new(app), lr = nettleser_new(app);
    char id[ID_TEXT];

    nettleser_sign_in(ad, "ad@prove.example", PASSWORD);
    nettleser_sign_in(lr, "lr@prove.example", PASSWORD);
    g_assert_cmpint(post_status(ad, "/nodtilgang", REASON), ==, 303);
    g_autofree char *path = g_strdup_printf(
        "/nodtilgang/%s", id_text(test_db_int(app->db, "SELECT id AS n FROM nodtilgang"), id));
    for (size_t i = 0; i < G_N_ELEMENTS(told); i++) {
        g_autoptr(Nettleser) b = nettleser_new(app);

        nettleser_sign_in(b, told[i], PASSWORD);
        g_autoptr(Reply) home = nettleser_get(b, "/hjem");
        g_assert_nonnull(strstr(home->body, "Ada Admin used break-glass access"));
        g_autoptr(Reply) page = nettleser_get(b, path);
        g_assert_nonnull(strstr(page->body, "Rapporten viser feil tall og maa ses"));
        g_assert_cmpint(post_status(b, path, ""), ==, 303);
        g_assert_cmpint(post_status(b, path, ""), ==, 303); /* twice does no harm */
        g_autoptr(Reply) again = nettleser_get(b, "/hjem");
        g_assert_null(strstr(again->body, "Ada Admin used break-glass access"));
    }
    g_assert_cmpint(post_status(ad, path, ""), ==, 403); /* not by oneself: it is on */
    g_autoptr(Reply) teacher = nettleser_get(lr, "/hjem");
    g_assert_null(strstr(teacher->body, "used break-glass access"));
    g_assert_cmpint(get_status(lr, path), ==, 403);
    g_assert_cmpint(test_db_int(app->db, "SELECT COUNT(*) AS n FROM nodtilgang_sett"), ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    g_test_add_func("/tilgang/emergency/reason", it_takes_a_reason_and_the_password);
    g_test_add_func("/tilgang/emergency/reads", it_reads_writes_nothing_and_ends);
    g_test_add_func("/tilgang/emergency/permissions", the_permissions_are_those_of_reading);
    g_test_add_func("/tilgang/emergency/clock", it_ends_by_the_clock_within_one_reading);
    g_test_add_func("/tilgang/emergency/log", each_page_is_written_down);
    g_test_add_func("/tilgang/kept/own-and-new", what_is_kept_is_never_anothers_and_never_old);
    g_test_add_func("/tilgang/emergency/told",
                    the_head_and_the_chief_are_told_until_they_have_seen_it);
    return g_test_run();
}
