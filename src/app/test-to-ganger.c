/* test-to-ganger.c - what makes something, sent twice: one thing is made, and both answers lead to it.
 * And what differs in anything is another thing, never swallowed.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "testing-sider.h"
#include "testing-skjema.h"

typedef struct {
    const char
        *path; /* {k}: a chapter about a theme; "/..." after the report's, "//": the program's */
    const char *body, *other; /* other: what differs from it a little; NULL: nothing may */
    const char *count;
    ReportState state;
    const char *role;
} Making;

static const Making makings[] = {
    { "{k}/maal", "maal=Lese&indikator=&verdi=&frist=2027-06-20&gjor=lagre",
      "maal=Lese&indikator=&frist=2028-06-20&gjor=lagre", "SELECT COUNT(*) FROM rapport_maal", 0,
      NULL },
    { "{k}/tiltak", "tiltak=Kurs&status=planlagt&frist=2027-06-20&gjor=lagre",
      "tiltak=Kurs&status=pagar&frist=2027-06-20&gjor=lagre", "SELECT COUNT(*) FROM rapport_tiltak",
      0, NULL },
    { "{k}/kommentar", "gjor=ny&svar=Hvorfor%3F&sitat=", "gjor=ny&svar=Hvorfor%3F&sitat=Teksten",
      "SELECT COUNT(*) FROM rapport_kommentar", 0, NULL },
    { "/ifjor", "gjor=ny&oppgave=Noe", "gjor=ny&oppgave=Noe+annet",
      "SELECT COUNT(*) FROM rapport_ifjor", 0, NULL },
    { "/kapitler", "gjor=ny&tittel=Eget&enhet=", "gjor=ny&tittel=Eget+to&enhet=",
      "SELECT COUNT(*) FROM rapport_kapittel", 0, NULL },
    { "/innspill", "gruppe=fau_su&kapittel=0&anledning=for&tekst=Lekser",
      "gruppe=fau_su&kapittel=0&anledning=mote&tekst=Lekser",
      "SELECT COUNT(*) FROM rapport_innspill", 0, NULL },
    { "/dialogpunkt", "punkt-gruppe=fau_su&punkt-tekst=Lekser",
      "punkt-gruppe=elevrad&punkt-tekst=Lekser", "SELECT COUNT(*) FROM rapport_dialogpunkt", 0,
      NULL },
    { "/protokoll",
      "slag=forslag&forslag-hvem=NN&forslag-ordlyd=Noe&forslag-for=3&forslag-mot=4&forslag-"
      "holdning=mot",
      "slag=forslag&forslag-hvem=NN&forslag-ordlyd=Noe&forslag-for=4&forslag-mot=5&forslag-"
      "holdning=mot",
      "SELECT COUNT(*) FROM rapport_protokoll", STATE_SENDT_FORMANNSKAP, "AR" },
    { "/oppfolging", "oppgave=Ring+skolene", "oppgave=Ring+skolene+igjen",
      "SELECT COUNT(*) FROM rapport_oppfolging", STATE_GODKJENT, NULL },
    { "//innstillinger/rapportmal", "gjor=ny&tema=&nb=Eget&nn=", "gjor=ny&tema=&nb=Eget&nn=Eige",
      "SELECT COUNT(*) FROM rapportmal_kapittel", 0, NULL },
    { "//kilder/ny", "navn=Klass&adresse=https%3A%2F%2Fdata.ssb.no%2F&slag=json&timer=24",
      "navn=Klass+to&adresse=https%3A%2F%2Fdata.ssb.no%2F&slag=json&timer=24",
      "SELECT COUNT(*) FROM kilde", 0, "IA" },
    { "//organer/600/medlem", "stilling={s}&verv=medlem&fra=2026-01-01&representerer=X",
      "stilling={t}&verv=medlem&fra=2026-01-01&representerer=X",
      "SELECT COUNT(*) FROM organ_medlem", 0, "FS" },
};

static char *filled(TestReport *t, const char *pattern)
{
    GString *text = g_string_new(pattern);
    char id[ID_TEXT];

    g_string_replace(text, "{k}", "/kapittel/{kap}", 0);
    g_string_replace(text, "{kap}", id_text(test_report_chapter(t, "tema"), id), 0);
    g_string_replace(text, "600", id_text(600, id), 0);
    g_string_replace(text, "{s}", id_text(71, id), 0);
    g_string_replace(text, "{t}", id_text(72, id), 0);
    return g_string_free(text, FALSE);
}

static Reply *post(TestReport *t, const char *path, const char *body)
{
    Reply *r = g_str_has_prefix(path, "//") ? test_post(t->app, path + 1, body)
                                            : test_post(t->app, test_report_path(t, path), body);

    if (r->status != 303)
        g_error("POST %s %s: %d %.5000s", path, body, r->status, r->body);
    return r;
}

static int64_t count(TestReport *t, const char *sql)
{
    static int n;
    g_autofree char *fresh = g_strdup_printf("%s -- %d", sql, ++n);

    return test_db_int(t->app->db, g_intern_string(fresh));
}

static void check(const Making *m)
{
    g_autoptr(TestReport) t = test_report();

    test_db_exec(t->app->db,
                 "INSERT INTO stilling (owner, id, unit, title, valid_from) VALUES "
                 "(1, 71, 1, 'Leder', '2000-01-01'), (1, 72, 1, 'Nestleder', '2000-01-01')",
                 NULL);
    test_db_exec(t->app->db,
                 "INSERT INTO organ (owner, id, kind, name, mandate, decides, open, case_prefix, "
                 "valid_from, origin, legal_basis) VALUES (1, 600, 'komite', 'Komiteen', '', 0, 0, "
                 "'', '2020-01-01', 'register', '')",
                 NULL);
    if (m->state)
        test_report_move(t, m->state);
    t->app->today = m->state ? TEST_AFTER_ALL : "2026-07-10";
    test_report_become(t, m->role ? m->role : "FS");
    g_autofree char *path = filled(t, m->path), *body = filled(t, m->body),
                    *other = filled(t, m->other);
    g_autoptr(Reply) first = post(t, path, body);
    int64_t made = count(t, m->count);
    g_autoptr(Reply) second = post(t, path, body);

    g_test_message("%s -> %s", path, first->location);
    g_assert_cmpstr(first->location, ==, second->location);
    g_assert_cmpint(count(t, m->count), ==, made);
    G_GNUC_UNUSED g_autoptr(Reply) third = post(t, path, other); /* differs: it is another */
    g_assert_cmpint(count(t, m->count), ==, made + 1);
}

static void sent_twice_is_made_once(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(makings); i++)
        check(&makings[i]);
}

static void both_answers_lead_to_what_was_stored(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = filled(t, "{k}/maal");
    g_autoptr(Reply) a = post(t, path, "maal=Lese&gjor=lagre"),
                     b = post(t, path, "maal=Lese&gjor=lagre");
    const char *anchor = strstr(b->location, "#post-");
    char id[ID_TEXT];

    g_assert_nonnull(anchor);
    g_assert_cmpstr(a->location, ==, b->location);
    g_assert_cmpstr(anchor + 6, ==, id_text(count(t, "SELECT id FROM rapport_maal"), id));
    g_autofree char *listed = g_strdup_printf("id=\"post-%s\"", id);
    g_autoptr(Reply) page = test_report_get(t, path, 200);
    assert_shows(page, listed);
}

/* The same short answer in two threads is two answers. */
static void an_answer_belongs_to_its_thread(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = filled(t, "{k}/kommentar");

    reply_free(post(t, path, "gjor=ny&svar=En&sitat="));
    reply_free(post(t, path, "gjor=ny&svar=To&sitat="));
    for (int i = 0; i < 4; i++) { /* each thread twice */
        char id[ID_TEXT];
        g_autofree char *body =
            g_strdup_printf("gjor=svar&svar=Enig&trad=%s",
                            id_text(count(t, i % 2 ? "SELECT MIN(thread) FROM rapport_kommentar"
                                                   : "SELECT MAX(thread) FROM rapport_kommentar"),
                                    id));
        reply_free(post(t, path, body));
    }
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_kommentar WHERE body = 'Enig'"), ==, 2);
}

static void a_package_is_ordered_once(void)
{
    g_autoptr(TestReport) t = test_report();
    char id[ID_TEXT];
    g_autofree char *path = g_strdup_printf("/arkiv/%s", id_text(t->id, id));

    test_report_move(t, STATE_GODKJENT);
    t->app->today = TEST_AFTER_ALL;
    test_report_become(t, "AR");
    g_autoptr(Reply) page = test_get(t->app, path);
    g_autoptr(PageForm) form = page_form(page, path, "generasjon");
    g_autoptr(Reply) a = page_form_send(t->app, form), b = page_form_send(t->app, form);
    g_assert_cmpint(a->status, ==, 303);
    g_assert_cmpstr(a->location, ==, b->location);
    g_autoptr(Reply) later = test_get(t->app, path);
    g_autoptr(PageForm) fresh = page_form(later, path, "generasjon");
    g_autoptr(Reply) c = page_form_send(t->app, fresh);
    g_assert_cmpstr(a->location, !=, c->location);
}

static void a_correction_is_published_once(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_GODKJENT);
    t->app->today = TEST_AFTER_ALL;
    g_autoptr(Reply) page = test_report_get(t, "/versjoner", 200);
    g_autoptr(PageForm) form = page_form(page, "/rettelse", "feil");
    page_form_set(form, "slag", "tekst");
    page_form_set(form, "kapittel", "1");
    page_form_set(form, "feil", "Teksten om dette.");
    page_form_set(form, "rett", "Den rette teksten.");
    page_form_set(form, "bekreft", "1");
    g_autoptr(Reply) a = page_form_send(t->app, form), b = page_form_send(t->app, form);
    g_assert_cmpint(a->status, ==, 303);
    g_assert_cmpint(b->status, ==, 303);
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_rettelse"), ==, 1);
}

static void what_was_changed_is_not_taken_away(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *path = filled(t, "{k}/maal");

    reply_free(post(t, path, "maal=Lese&gjor=lagre"));
    g_autoptr(Reply) list = test_report_get(t, path, 200);
    g_autoptr(PageForm) old = page_form(list, "/maal", "bekreft");
    g_autofree char *edit = g_strdup_printf("maal=Lese+bedre&gjor=lagre&versjon=1&post=%s",
                                            page_form_value(old, "post"));
    reply_free(post(t, path, edit));
    page_form_set(old, "bekreft", "1");
    page_form_set(old, "gjor", "slett");
    g_autoptr(Reply) refused = page_form_send(t->app, old);
    g_assert_cmpint(refused->status, ==, 409);
    assert_shows(refused, "Lese bedre");
    g_assert_cmpint(count(t, "SELECT COUNT(*) FROM rapport_maal"), ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/to-ganger/lager/once", sent_twice_is_made_once);
    g_test_add_func("/to-ganger/lager/leads-to-it", both_answers_lead_to_what_was_stored);
    g_test_add_func("/to-ganger/kommentar/thread", an_answer_belongs_to_its_thread);
    g_test_add_func("/to-ganger/arkiv/package", a_package_is_ordered_once);
    g_test_add_func("/to-ganger/rettelse/once", a_correction_is_published_once);
    g_test_add_func("/to-ganger/slett/changed", what_was_changed_is_not_taken_away);
    return g_test_run();
}
