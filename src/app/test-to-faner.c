/* test-to-faner.c - the same form open twice: nothing that one of them stored is lost by the other.
 *
 * Each row fetches a page as two people would, stores what the first wrote, and sends the second's with
 * its old base: 409, both texts on the page, the first's in the store. Every POST route of the program
 * stands in a row, or among those that change nothing that stands, with the reason.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "organ.h"
#include "testing-sider.h"
#include "testing-skjema.h"

typedef struct {
    const char *route; /* as in the table of routes */
    const char *page;  /* {r} the report, {k} a chapter about a theme, {o} a body, {m} its member */
    const char *form;  /* field by which the form is known; NULL: the one changed */
    const char *field, *one, *two;
    const char *also, *as; /* a field that both set, and to what; NULL */
    const char *stored;    /* SQL that counts the first's, and 0 when the second's took its place */
    ReportState state;
    const char *make; /* posted first, to `making`: what is then changed */
    const char *making;
    const char *role; /* NULL: FS */
} Row;

#define R "/tilstandsrapport/{id}"
#define K R "/kapittel/{kapittel}"
static const Row rows[] = {
    { K, "{k}", "tekst", "tekst", "Ord fra den ene", "Ord fra den andre", NULL, NULL,
      "SELECT COUNT(*) FROM rapport_kapittel WHERE body = 'Ord fra den ene'", 0, NULL, NULL, NULL },
    { K "/utvalg", "{k}/utvalg", "sett", "visning", "series", "compare", NULL, NULL,
      "SELECT COUNT(*) FROM rapport_kapittel WHERE views = 'series'", 0, NULL, NULL, NULL },
    { K "/maal", "{k}/maal?post={maal}", "maal", "maal", "Mål fra den ene", "Mål fra den andre",
      "gjor", "lagre", "SELECT COUNT(*) FROM rapport_maal WHERE goal = 'Mål fra den ene'", 0,
      "maal=Lese&gjor=lagre", "{k}/maal", NULL },
    { K "/tiltak", "{k}/tiltak?post={tiltak}", "tiltak", "tiltak", "Fra den ene", "Fra den andre",
      "gjor", "lagre", "SELECT COUNT(*) FROM rapport_tiltak WHERE measure = 'Fra den ene'", 0,
      "tiltak=Kurs&status=planlagt&gjor=lagre", "{k}/tiltak", NULL },
    { R "/kapitler", "{r}/kapitler", "frist", "frist", "2026-08-01", "2026-08-02", "gjor", "gi",
      "SELECT COUNT(*) FROM rapport_kapittel_arbeid WHERE due = '2026-08-01'", 0, NULL, NULL,
      NULL },
    { R "/ifjor", "{r}/ifjor", "versjon", "merknad", "Sagt av den ene", "Sagt av den andre",
      "status", "gjennomfort", "SELECT COUNT(*) FROM rapport_ifjor WHERE note = 'Sagt av den ene'",
      0, "gjor=ny&oppgave=Noe+fra+i+fjor", "{r}/ifjor", NULL },
    { "/innstillinger/rapportmal", "/innstillinger/rapportmal?kapittel=1", "nb", "nb", "Den ene",
      "Den andre", "gjor", "lagre",
      "SELECT COUNT(*) FROM rapportmal_kapittel WHERE title_nb = 'Den ene'", 0, NULL, NULL, NULL },
    { "/lov/{lov}", "/lov", "merknad", "merknad", "Lest av den ene", "Lest av den andre", "gjor",
      "kontrollert", "SELECT COUNT(*) FROM lov_kontroll WHERE note = 'Lest av den ene'", 0, NULL,
      NULL, NULL },
    { R "/dialogmote", "{r}/dialogmote", "sted", "sted", "Sal en", "Sal to", NULL, NULL,
      "SELECT COUNT(*) FROM rapport_dialogmote WHERE place = 'Sal en'", 0, NULL, NULL, NULL },
    { R "/innspill/svar", "{r}/dialogmote", "svar-1", "svar-1", "Svar fra en", "Svar fra to",
      "utfall-1", "tatt_inn", "SELECT COUNT(*) FROM rapport_innspill WHERE answer = 'Svar fra en'",
      0, "gruppe=fau_su&kapittel=0&anledning=for&tekst=Lekser", "{r}/innspill", NULL },
    { R "/innspill/eget", "{r}/dialogmote", "endret-1", "endret-1", "Ord en", "Ord to", NULL, NULL,
      "SELECT COUNT(*) FROM rapport_innspill WHERE text = 'Ord en'", 0,
      "gruppe=fau_su&kapittel=0&anledning=for&tekst=Lekser", "{r}/innspill", NULL },
    { R "/dialogpunkt/svar", "{r}/dialogmote", "grunn-1", "grunn-1", "Grunn en", "Grunn to",
      "vedta-1", "avvist", "SELECT COUNT(*) FROM rapport_dialogpunkt WHERE reason = 'Grunn en'", 0,
      "punkt-gruppe=fau_su&punkt-tekst=Lekser", "{r}/dialogpunkt", NULL },
    { R "/protokoll", "{r}/protokoll", "sett", NULL, "Forslag en", "Forslag to", NULL, NULL,
      "SELECT COUNT(*) FROM rapport_protokoll WHERE text = 'Forslag en'", STATE_SENDT_FORMANNSKAP,
      "slag=forslag&forslag-hvem=NN&forslag-ordlyd=Noe&forslag-for=3&forslag-mot=4&forslag-"
      "holdning=mot",
      "{r}/protokoll", "AR" },
    { R "/plan", "{r}/behandling", "steg-4", "steg-6", "2026-12-08", "2026-12-09", "bare", "1",
      "SELECT COUNT(*) FROM rapport_steg WHERE planned = '2026-12-08'", 0, NULL, NULL, NULL },
    { R "/oppfolging", "{r}/oppfolging", "svar-1", "svar-1", "Svar en", "Svar to", NULL, NULL,
      "SELECT COUNT(*) FROM rapport_oppfolging WHERE answer = 'Svar en'", STATE_ETTERARBEID_KOMITE,
      NULL, NULL, NULL },
    { R "/saksframlegg/{steg}/rediger", "{r}/saksframlegg/3/rediger", "tittel", "tittel",
      "Tittel en", "Tittel to", NULL, NULL,
      "SELECT COUNT(*) FROM saksframlegg_versjon WHERE title = 'Tittel en' AND nr = "
      "(SELECT MAX(nr) FROM saksframlegg_versjon)",
      0, NULL, NULL, NULL },
    { "/organer/{id}/endre", "/organer/{o}/endre", "mandat", "mandat", "Mandat en", "Mandat to",
      NULL, NULL, "SELECT COUNT(*) FROM organ WHERE mandate = 'Mandat en'", 0, NULL, NULL, "FS" },
    { "/organer/{id}/plass", "/organer/{o}/plass?sete={m}", "siste", "siste", "2026-08-01",
      "2026-08-02", "sikker", "1",
      "SELECT COUNT(*) FROM organ_medlem WHERE valid_to = '2026-08-01'", 0, NULL, NULL, "FS" },
    { "/organer/{id}/slutt", "/organer/{o}/slutt", "siste", "siste", "2026-08-01", "2026-08-02",
      "sikker", "1", "SELECT COUNT(*) FROM organ WHERE valid_to = '2026-08-01'", 0, NULL, NULL,
      "FS" },
    { "/innstillinger/kommune", "/innstillinger/kommune", "farge", "farge", "#112233", "#332211",
      NULL, NULL, "SELECT COUNT(*) FROM eier_innstilling WHERE value = '#112233'", 0, NULL, NULL,
      "AD" },
    { "/innstillinger/e-post", "/innstillinger/e-post", "avsendernavn", "avsendernavn", "Post en",
      "Post to", NULL, NULL, "SELECT COUNT(*) FROM varsel_oppsett WHERE sender_name = 'Post en'", 0,
      NULL, NULL, "AD" },
    { "/innstillinger/lagring", "/innstillinger/lagring", "dager-sesjon", "dager-sesjon", "41",
      "42", NULL, NULL, "SELECT COUNT(*) FROM eier_innstilling WHERE value = '41'", 0, NULL, NULL,
      "AD" },
    { "/innstillinger/tilgjengelighet", "/innstillinger/tilgjengelighet", NULL, "mangler",
      "Mangel en", "Mangel to", NULL, NULL,
      "SELECT COUNT(*) FROM eier_innstilling WHERE value = 'Mangel en'", 0, NULL, NULL, "AD" },
    { "/kilder/{id}", "/kilder/{q}", "navn", "navn", "Kilde en", "Kilde to", NULL, NULL,
      "SELECT COUNT(*) FROM kilde WHERE name = 'Kilde en'", 0,
      "navn=Kilde&adresse=https%3A%2F%2Fdata.ssb.no%2F&slag=json&timer=24", "/kilder/ny", "IA" },
    { "/arkiv/{id}/dokument", "/arkiv/{a}?dokument=rapport", "hjemmel", "hjemmel", "lov en",
      "lov to", NULL, NULL, "SELECT COUNT(*) FROM arkiv_dokument WHERE hjemmel = 'lov en'",
      STATE_GODKJENT, NULL, NULL, "AR" },
};

/* --- a page with something to change --- */

#define BODY 600 /* of owner 1, with one seat */

static void prepare(TestReport *t, const Row *row)
{
    static const char *const sql[] = {
        "INSERT INTO stilling (owner, id, unit, title, valid_from) "
        "VALUES (1, 71, 1, 'Leder', '2000-01-01')",
        "INSERT INTO organ (owner, id, kind, name, mandate, decides, open, case_prefix, "
        "valid_from, "
        "origin, legal_basis) VALUES (1, 600, 'komite', 'Komiteen', '', 0, 0, '', '2020-01-01', "
        "'register', '')",
        "INSERT INTO organ_medlem (owner, id, organ, stilling, duty, represents, valid_from) "
        "VALUES (1, 601, 600, 71, 'medlem', '', '2020-01-01')",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(sql); i++)
        test_db_exec(t->app->db, sql[i], NULL);
    if (row->state)
        test_report_move(t, row->state);
    t->app->today = row->state ? TEST_AFTER_ALL : "2026-07-10";
    test_report_become(t, row->role ? row->role : "FS");
}

static void replace_id(GString *text, const char *name, int64_t value)
{
    char id[ID_TEXT];

    g_string_replace(text, name, id_text(value, id), 0);
}

static char *address(TestReport *t, const char *pattern)
{
    GString *path = g_string_new(pattern);

    g_string_replace(path, "{k}", "{r}/kapittel/{kap}", 0);
    g_string_replace(path, "{r}", t->path, 0);
    replace_id(path, "{kap}", test_report_chapter(t, "tema"));
    replace_id(path, "{a}", t->id);
    replace_id(path, "{o}", BODY);
    replace_id(path, "{m}", 601);
    if (strstr(path->str, "{maal}"))
        replace_id(path, "{maal}", test_db_int(t->app->db, "SELECT id FROM rapport_maal"));
    if (strstr(path->str, "{tiltak}"))
        replace_id(path, "{tiltak}", test_db_int(t->app->db, "SELECT id FROM rapport_tiltak"));
    if (strstr(path->str, "{q}"))
        replace_id(path, "{q}", test_db_int(t->app->db, "SELECT id FROM kilde"));
    return g_string_free(path, FALSE);
}

static PageForm *opened(TestReport *t, const Row *row, const char *path)
{
    const char *end = strrchr(row->route, '}');
    g_autoptr(Reply) page = test_get(t->app, path);

    if (page->status != 200)
        g_error("GET %s: %d %.3000s", path, page->status, page->body);
    PageForm *form = page_form(page, end && strcmp(row->route, K) && end[1] ? end + 1 : "",
                               row->form ? row->form : row->field);
    if (row->also)
        page_form_set(form, row->also, row->as);
    return form;
}

/* The field that carries text, when its name has an id in it. */
static char *field_of(const Row *row, const PageForm *form)
{
    for (guint i = 0; !row->field && i < form->names->len; i++)
        if (strstr(form->names->pdata[i], "ordlyd"))
            return g_strdup(form->names->pdata[i]);
    return g_strdup(row->field);
}

/* All rows are tried, so that one run tells all that is wrong. */
static bool is_status(const Row *row, const Reply *reply, int status)
{
    const char *words = strstr(reply->body, "<main");

    if (reply->status == status)
        return true;
    g_test_message("POST %s: %d, not %d: %.2500s", row->route, reply->status, status,
                   words ? words : reply->body);
    g_test_fail();
    return false;
}

static void check_row(const Row *row)
{
    g_autoptr(TestReport) t = test_report();

    g_test_message("%s", row->route);
    prepare(t, row);
    if (row->make) {
        g_autofree char *where = address(t, row->making);
        g_autoptr(Reply) made = test_post(t->app, where, row->make);

        g_assert_cmpint(made->status, ==, 303);
    }
    g_autofree char *path = address(t, row->page);
    g_autoptr(PageForm) mine = opened(t, row, path), theirs = opened(t, row, path);
    g_autofree char *field = field_of(row, mine);
    page_form_set(mine, field, row->one);
    page_form_set(theirs, field, row->two);
    g_autoptr(Reply) first = page_form_send(t->app, mine);
    if (!is_status(row, first, 303))
        return;
    g_assert_cmpint(test_db_int(t->app->db, g_intern_string(row->stored)), ==, 1);
    g_autoptr(Reply) second = page_form_send(t->app, theirs);
    if (!is_status(row, second, 409))
        return;
    g_autofree char *again = g_strconcat(row->stored, " ", NULL); /* asked anew */
    g_assert_cmpint(test_db_int(t->app->db, g_intern_string(again)), ==, 1);
    if (strcmp(row->route, R "/kapitler") && strcmp(row->route, K "/utvalg"))
        assert_shows(second, row->two);                    /* those word it otherwise */
    g_autoptr(Reply) twice = page_form_send(t->app, mine); /* the first one's, sent again */
    g_assert_true(twice->status == 303 || twice->status == 409);
}

static void the_second_tab_loses_nothing(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        check_row(&rows[i]);
}

/* --- the rest, and why --- */

static const struct {
    const char *why, *routes;
} others[] = {
    { "makes something new; what is just so already is found again (test-to-ganger)",
      "/brukere/inviter /enheter/ny /enheter/{id}/etterfolger /enheter/{id}/faktum /personer/ny "
      "/roller/ny /stillinger/ny /stillinger/{id}/stedfortreder /organer/ny /organer/{id}/medlem "
      "/import /import/filer/{id} /tilstandsrapport/ny " K "/kommentar " R "/innspill " R
      "/dialogpunkt /arkiv/{id} /arkiv/{id}/kvittering /kilder/ny" },
    { "adds a dated line to a history; the lines before stay",
      "/enheter/{id}/navn /enheter/{id}/nummer /enheter/{id}/steng /personer/{id}/navn "
      "/stillinger/{id}/tittel /stillinger/{id}/innehaver /stillinger/{id}/ledig "
      "/stillinger/{id}/slutt /stillinger/{id}/beskrivelse/utkast "
      "/enheter/{id}/etterfolger/{n}/trekk /stillinger/{id}/stedfortreder/slutt "
      "/roller/{id}/slutt" },
    { "a step in a state machine: refused in any other state, and nothing typed is stored over",
      "/brukere/{person}/{handling} /enheter/forslag /roller/forslag/{id} "
      "/roller/forslag/{id}/trekk /stillinger/{id}/beskrivelse/forkast "
      "/stillinger/{id}/beskrivelse/godkjenn /jobber/{id}/avbryt /jobber/{id}/igjen "
      "/innstillinger/e-post/{id}/dropp /innstillinger/e-post/{id}/igjen /import/historikk/{id} " R
      "/trekk " R "/slett " R "/saksframlegg/{steg}/angre /nodtilgang /nodtilgang/slutt "
      "/nodtilgang/{id} /innstillinger/lagring/sletting /kilder/{id}/hent /kilder/{id}/slett "
      "/kilder/{id}/svar/{svar}" },
    { "has a base of its own, tested beside it (test-sider-steg, test-saksframlegg, test-utganger, "
      "test-to-ganger, test-totrinn)",
      "/innstillinger/sikkerhet " R "/behandling " R "/rettelse " R
      "/saksframlegg/{steg}/godkjenn " R "/saerutskrift/{hendelse} " R "/protokoll/fjern" },
    { "keeps what stood: it is fetched back from the earlier texts", K "/historikk" },
    { "takes in what the data say; nothing is typed", R "/tall" },
    { "one's own account, session or browser alone",
      "/glemt-passord /invitasjon/{token} /logg-inn /logg-inn/kode /logg-inn/totrinn /logg-ut "
      "/min-konto/logg-ut-alle /min-konto/passord /min-konto/sprak /min-konto/totrinn "
      "/min-konto/totrinn/av /min-konto/totrinn/bekreft /rolle /sprak" },
    { "tries something out", "/dato /jobber/prove /innstillinger/e-post/prove" },
    { "answers are kept by what they answer: each its own, in words of the file",
      "/import/tilordning /import/filer/{id}/svar /import/filer/{id}/tabell/{fil}" },
};

static bool stands_in(const char *list, const char *route)
{
    g_auto(GStrv) all = g_strsplit(list, " ", -1);

    return g_strv_contains((const char *const *)all, route);
}

static bool is_decided(const char *route)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (!strcmp(rows[i].route, route))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        if (stands_in(others[i].routes, route))
            return true;
    return false;
}

static void every_route_is_decided_on(void)
{
    int missing = 0, n = 0;

    for (const Slice *const *s = app_slices; *s; s++)
        for (const Route *r = (*s)->routes; r && r->method; r++) {
            if (strcmp(r->method, "POST"))
                continue;
            n++;
            if (is_decided(r->path))
                continue;
            missing++;
            g_test_message("POST %s: has it a base? Add a row, or say why not", r->path);
        }
    g_assert_cmpint(n, >, 80);
    g_assert_cmpint(missing, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/to-faner/rader/nothing-lost", the_second_tab_loses_nothing);
    g_test_add_func("/to-faner/ruter/decided", every_route_is_decided_on);
    return g_test_run();
}
