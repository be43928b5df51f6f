/* test-arkiv.c - case papers, excerpts, packages and receipts, through the routes.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <sys/wait.h>
#include <zip.h>
#include "arkiv-inside.h"
#include "jobb.h"
#include "testing-sider.h"

#define NOW INT64_C(1797336000000000) /* 2026-12-15T12:00Z */
#define PAPER                                                                                      \
    "tittel=Tilstandsrapport+2025%2F26&saksbehandler=Fagsjef&arkivsak=2026%2F456&arkivkode=A20"    \
    "&innstilling=1.+Rapporten+godkjennes.&vedlegg=&saksopplysninger=Fakta+om+lesing."             \
    "&vurdering=Vi+vurderer.&okonomi=Ingen.&barnas_beste=Barna+er+h%C3%B8rt."

/* Over which body's paper, with the number of the version it was made from. */
static void store(TestReport *t, int step, int seen, int status)
{
    g_autofree char *path = g_strdup_printf("/saksframlegg/%d/rediger", step);
    g_autofree char *body = g_strdup_printf("%s&sett=%d", PAPER, seen);

    test_report_posted(t, path, body, status);
}

static void approve(TestReport *t, int step, int version, int status)
{
    g_autofree char *path = g_strdup_printf("/saksframlegg/%d/godkjenn", step);
    g_autofree char *body = g_strdup_printf("bekreft=1&lest=%d", version);

    test_report_posted(t, path, body, status);
}

/* --- case papers --- */

static void a_new_paper_begins_with_the_report(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autoptr(Reply) page = test_report_get(t, "/saksframlegg/3/rediger", 200);

    assert_shows(page, "Teksten om dette.");   /* the summary */
    assert_shows(page, "Tiltaket mot dette."); /* the measures */
    assert_shows(page, "## ");
    assert_shows(page, "godkjenner");
    test_report_gets(t, "/saksframlegg/3", 404); /* nothing is stored by looking */
    test_report_gets(t, "/saksframlegg/5", 404);
}

static void a_paper_is_kept_in_versions(void)
{
    g_autoptr(TestReport) t = test_report();

    store(t, 3, 0, 303);
    store(t, 3, 0, 303); /* the same words again: a double press */
    test_report_posted(t, "/saksframlegg/3/rediger", PAPER "&konklusjon=Ja&sett=0", 409);
    test_report_posted(t, "/saksframlegg/3/rediger", PAPER "&konklusjon=Ja&sett=1", 303);
    test_report_posted(t, "/saksframlegg/3/rediger", "tittel=&sett=2", 422);
    g_autoptr(Reply) page = test_report_get(t, "/saksframlegg/3", 200);

    assert_shows(page, "Version 2");
    assert_shows(page, "Version 1");
    assert_hides(page, "Version 3");
    assert_shows(page, "Rapporten godkjennes.");
    assert_shows(page, "2026/456");
}

static void only_a_whole_paper_is_approved(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_posted(t, "/saksframlegg/3/rediger", "tittel=T&innstilling=Ja&sett=0", 303);
    approve(t, 3, 1, 403); /* the fagsjef does not */
    test_report_become(t, "KD");
    approve(t, 3, 1, 422);
    store(t, 3, 1, 303);
    approve(t, 3, 1, 409); /* read before the newest */
    test_report_posted(t, "/saksframlegg/3/godkjenn", "lest=2", 422);
    approve(t, 3, 2, 303);
    approve(t, 3, 2, 303);
    test_report_posted(t, "/saksframlegg/3/angre", "", 303);
    g_autoptr(Reply) page = test_report_get(t, "/saksframlegg/3", 200);

    assert_shows(page, "Draft. Not approved.");
}

static void the_public_reads_it_when_it_is_sent(void)
{
    g_autoptr(TestReport) t = test_report();

    store(t, 3, 0, 303);
    test_report_become(t, "KD");
    approve(t, 3, 1, 303);
    test_report_become(t, "PO");
    test_report_gets(t, "/saksframlegg/3", 404); /* a draft is internal: offentleglova § 14 */
    test_report_become(t, NULL);
    test_report_gets(t, "/saksframlegg", 404);
    test_report_move(t, STATE_SENDT_FORMANNSKAP);
    g_autoptr(Reply) page = test_report_get(t, "/saksframlegg/3", 200);

    assert_shows(page, "Rapporten godkjennes.");
    assert_hides(page, "Version 1");
    test_report_gets(t, "/saksframlegg/4", 404);
    test_report_gets(t, "/saksframlegg/3/pdf", 200);
    test_report_gets(t, "/saksframlegg/3/docx", 200);
    test_report_become_other(t, "FS");
    test_report_gets(t, "/saksframlegg/3/rediger", 404);
    test_report_become(t, "FS");
    test_report_posted(t, "/saksframlegg/3/rediger", PAPER "&konklusjon=Ny&sett=1", 409);
}

static void roles_without_the_right_do_not_write(void)
{
    static const char *const roles[] = { "RK", "ST", "PO", "TV", "LR", "AD" };
    g_autoptr(TestReport) t = test_report();

    for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
        test_report_become(t, roles[i]);
        test_report_gets(t, "/saksframlegg/3/rediger", 403);
        store(t, 3, 0, 403);
        approve(t, 3, 1, 403);
    }
    test_report_become(t, "AR");
    store(t, 3, 0, 303);
}

static void the_councils_paper_goes_on_from_the_committees(void)
{
    g_autoptr(TestReport) t = test_report();

    store(t, 3, 0, 303);
    test_report_move(t, STATE_INNSTILT);
    g_autoptr(Reply) form = test_report_get(t, "/saksframlegg/4/rediger", 200);

    assert_shows(form, "Fakta om lesing.");
    assert_shows(form, "Innstillingens ordlyd."); /* what the committee said, as the proposal */
    store(t, 4, 0, 303);
    g_autoptr(Reply) page = test_report_get(t, "/saksframlegg/4", 200);

    assert_shows(page, "PS 31/26"); /* saksgang */
}

static void hostile_words_stay_words(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *body =
        test_report_body("tittel", "<script>alert(1)</script>]]>", "saksopplysninger",
                         "<img src=x onerror=a>", "sett", "0", NULL);

    test_report_posted(t, "/saksframlegg/3/rediger", body, 303);
    g_autoptr(Reply) page = test_report_get(t, "/saksframlegg/3", 200);

    assert_hides(page, "<script>alert");
    assert_hides(page, "<img src=x");
}

/* --- excerpts --- */

static char *excerpt_path(TestReport *t, const char *action)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    StepEventList events;
    char id[ID_TEXT];

    tilstandsrapport_events(t->app->db, arena, 1, t->id, &events, &why);
    g_assert_no_error(why);
    for (size_t i = 0; i < events.n; i++)
        if (!strcmp(events.v[i].action, action))
            return g_strdup_printf("/saerutskrift/%s", id_text(events.v[i].id, id));
    g_assert_not_reached();
}

#define CERTIFIED                                                                                  \
    "mottakere=Bakken+skole%0AKomiteen&bekrefter=Sekretariatet&dato=2026-09-15&rett_utskrift=1"

static void an_excerpt_is_public_when_it_is_certified(void)
{
    g_autoptr(TestReport) t = test_report();

    test_report_move(t, STATE_GODKJENT);
    t->app->today = TEST_AFTER_ALL;
    g_autofree char *path = excerpt_path(t, "vedtak");

    test_report_become(t, NULL);
    test_report_gets(t, path, 404);
    test_report_become(t, "FS");
    test_report_gets(t, path, 200);
    test_report_posted(t, path, CERTIFIED "&sett=0", 403);
    test_report_become(t, "AR");
    test_report_posted(t, path, "mottakere=x&bekrefter=y&dato=2026-09-01&rett_utskrift=1&sett=0",
                       422);
    test_report_posted(t, path, CERTIFIED "&sett=0", 303);
    test_report_posted(t, path, CERTIFIED "&sett=0", 409);
    test_report_become(t, NULL);
    g_autoptr(Reply) page = test_report_get(t, path, 200);

    assert_shows(page, "Vedtakets ordlyd."); /* word for word */
    assert_shows(page, "PS 45/26");
    assert_shows(page, "17");
    assert_shows(page, "Sekretariatet");
    assert_shows(page, "Komiteen");
}

/* --- packages --- */

static char *unzipped(const void *zip, size_t size, const char *name, size_t *ret_size)
{
    zip_source_t *source = zip_source_buffer_create(zip, size, 0, NULL);
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY, NULL);
    zip_stat_t about;
    char *data;

    g_assert_nonnull(archive);
    zip_stat_init(&about);
    g_assert_cmpint(zip_stat(archive, name, 0, &about), ==, 0);
    data = g_malloc0(about.size + 1);
    zip_file_t *file = zip_fopen(archive, name, 0);
    g_assert_cmpint(zip_fread(file, data, about.size), ==, (zip_int64_t)about.size);
    zip_fclose(file);
    zip_discard(archive);
    if (ret_size)
        *ret_size = about.size;
    return data;
}

/* Empty when it has the structure of its schema. */
static char *structure(TestReport *t, const char *xml, size_t size, const char *generation)
{
    static const char catalogue[] = "/work/shared/data/noark/noark5_metadatakatalog.xsd";
    g_autofree char *path = g_build_filename(t->app->dir, "m.xml", NULL);
    const char *argv[] = {
        "/usr/bin/python3", "src/slices/arkiv/testing-arkiv.py", path, generation, NULL, NULL
    };
    char *out = NULL;
    g_autoptr(GError) why = NULL;

    g_assert_true(g_file_set_contents(path, xml, (gssize)size, NULL));
    if (g_file_test(catalogue, G_FILE_TEST_EXISTS))
        argv[4] = catalogue;
    g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, NULL, &why);
    g_assert_no_error(why);
    return out;
}

static void prepare(TestReport *t, ReportState state)
{
    store(t, 3, 0, 303);
    test_report_become(t, "KD");
    approve(t, 3, 1, 303);
    test_report_move(t, state);
    t->app->today = TEST_AFTER_ALL;
    test_report_become(t, "AR");
}

static GBytes *package(TestReport *t, int generation, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    const ArkivWish wish = { .generation = generation, .today = TEST_AFTER_ALL, .now = NOW };
    GBytes *zip = NULL;
    Report report;

    g_assert_true(tilstandsrapport_get(t->app->db, arena, 1, t->id, &report, error));
    return arkiv_package(t->app->db, arena, &report, &wish, &zip, NULL, error) ? zip : NULL;
}

static void both_generations_have_their_structure(void)
{
    g_autoptr(TestReport) t = test_report();

    prepare(t, STATE_GODKJENT);
    for (int generation = 1; generation <= 2; generation++) {
        g_autoptr(GError) why = NULL;
        g_autoptr(GBytes) zip = package(t, generation, &why);
        size_t size, len, pdf_size;

        g_assert_no_error(why);
        const char *data = g_bytes_get_data(zip, &size);
        g_autofree char *xml = unzipped(data, size, "arkivmelding.xml", &len);
        g_autofree char *manifest = unzipped(data, size, "manifest-sha256.txt", NULL);
        g_autofree char *pdf = unzipped(data, size, "tilstandsrapport.pdf", &pdf_size);
        g_autofree char *wrong = structure(t, xml, len, generation == 1 ? "1" : "2");
        g_autofree char *hash =
            g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)pdf, pdf_size);

        g_assert_cmpstr(wrong, ==, "");
        g_assert_true(g_str_has_prefix(pdf, "%PDF-1.7"));
        g_assert_nonnull(strstr(manifest, hash));
        g_assert_nonnull(strstr(xml, hash));
        g_assert_nonnull(strstr(xml, "<saksaar>2026</saksaar>"));
        g_assert_nonnull(strstr(xml, "<sakssekvensnummer>456</sakssekvensnummer>"));
        g_assert_nonnull(strstr(xml, "vedlegg-tilstandsrapport-formannskap.pdf"));
        g_assert_null(strstr(xml, "Åse")); /* positions, not people */
    }
}

/* What stands after a tag for the n-th time. */
static char *nth(const char *xml, const char *tag, int n)
{
    const char *at = xml;

    while (n-- > 0 && at)
        if ((at = strstr(at, tag)))
            at += strlen(tag);
    g_assert_nonnull(at);
    return g_strndup(at, strcspn(at, "<"));
}

static void keys_are_the_same_each_time(void)
{
    g_autoptr(TestReport) t = test_report();

    prepare(t, STATE_GODKJENT);
    g_autoptr(GBytes) one = package(t, 2, NULL), two = package(t, 2, NULL);
    size_t a_size, b_size;
    const char *a_zip = g_bytes_get_data(one, &a_size), *b_zip = g_bytes_get_data(two, &b_size);
    g_autofree char *a = unzipped(a_zip, a_size, "arkivmelding.xml", NULL);
    g_autofree char *b = unzipped(b_zip, b_size, "arkivmelding.xml", NULL);

    for (int i = 1; i <= 3; i++) {
        g_autofree char *key = nth(a, "<noekkel>", i), *again = nth(b, "<noekkel>", i);

        g_assert_cmpstr(key, ==, again);
        if (i > 1) {
            g_autofree char *before = nth(a, "<noekkel>", i - 1);

            g_assert_cmpstr(key, !=, before);
        }
    }
    g_autofree char *message = nth(a, "<meldingId>", 1), *other = nth(b, "<meldingId>", 1);

    g_assert_cmpstr(message, !=, other);
}

static void nothing_ready_is_told(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autoptr(GError) why = NULL;
    g_autoptr(GBytes) zip = package(t, 2, &why);

    g_assert_null(zip);
    g_assert_error(why, APP_ERROR, APP_ERROR_CONFLICT);
}

/* Titles of a hostile mind, in a message that must be well formed all the same. */
static void hostile_titles_are_escaped(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autofree char *huge = g_strnfill(100 * 1024, 'x');
    const char *titles[] = { "]]> & <b>\"'", "\x01\x02 kontroll \x1f",
                             "🎒 \xF0\x9F\x98\x80 \xff\xfe", huge };

    prepare(t, STATE_GODKJENT);
    for (int g = 1; g <= 2; g++)
        for (size_t i = 0; i < G_N_ELEMENTS(titles); i++) {
            g_autoptr(Arena) arena = arena_new();
            ArchiveDocs docs;
            Report report;
            size_t len;

            tilstandsrapport_get(t->app->db, arena, 1, t->id, &report, NULL);
            g_assert_true(arkiv_documents(t->app->db, arena, &report, &docs, NULL));
            ArchiveFile files[16] = { 0 }, attached[16] = { 0 };

            files[0] = (ArchiveFile){
                "a.pdf", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", 1
            };
            report.title = docs.v[0].title = docs.v[0].public_title = titles[i];
            docs.v[0].hjemmel = "offentleglova § 13";
            docs.v[0].until = "2086-01-01";
            const Message m = {
                &report, &docs,          files, attached, 1, "0123456789ab-0123456789ab-0123456789",
                g,       TEST_AFTER_ALL, NOW
            };
            g_autofree char *xml = arkiv_message_xml(&m, &len);
            g_autofree char *wrong = structure(t, xml, len, g == 1 ? "1" : "2");

            g_assert_cmpstr(wrong, ==, "");
            g_assert_nonnull(strstr(xml, "offentleglova § 13"));
        }
}

/* --- through the pages: a package as a job, and its receipt --- */

static void a_package_is_made_by_a_job(void)
{
    g_autoptr(TestReport) t = test_report();
    g_autoptr(GError) why = NULL;
    char id[ID_TEXT];
    int n;

    prepare(t, STATE_GODKJENT);
    g_autofree char *self = g_strdup_printf("/arkiv/%s", id_text(t->id, id));
    g_autoptr(Reply) before = test_get(t->app, self);

    assert_shows(before, "Ready. Not delivered yet.");
    assert_shows(before, "Waits for somebody to certify the excerpt.");
    g_autoptr(Reply) wrong = test_post(t->app, self, "generasjon=3");
    g_assert_cmpint(wrong->status, ==, 422);
    g_autoptr(Reply) asked = test_post(t->app, self, "generasjon=2");
    g_assert_cmpint(asked->status, ==, 303);
    g_assert_true(g_str_has_prefix(asked->location, "/jobber/"));
    jobb_run_due(t->app->db, NOW, &n, &why);
    g_assert_no_error(why);
    g_autoptr(Reply) after = test_get(t->app, self);
    assert_shows(after, "Delivered ");
    const char *link = strstr(after->body, "/pakke/");
    g_assert_nonnull(link);
    g_autofree char *rest = g_strndup(link, strcspn(link, "\""));
    g_autofree char *path = g_strconcat(self, rest, NULL);
    g_autoptr(Reply) zip = test_get(t->app, path);

    g_assert_cmpint(zip->status, ==, 200);
    g_assert_cmpstr(zip->type, ==, "application/zip");
    g_autofree char *xml = unzipped(zip->body, zip->size, "arkivmelding.xml", NULL);
    g_assert_nonnull(strstr(xml, "<antallFiler>3</antallFiler>")); /* report, paper, attachment */
    test_report_become_other(t, "AR");
    g_autoptr(Reply) others = test_get(t->app, path);
    g_assert_cmpint(others->status, ==, 404);
    test_report_become(t, "KD");
    g_autoptr(Reply) refused = test_get(t->app, self);
    g_assert_cmpint(refused->status, ==, 403);
}

static Reply *upload(TestReport *t, const char *xml, size_t size)
{
    g_autoptr(GString) body = g_string_new(NULL);
    char id[ID_TEXT];
    g_autofree char *path = g_strdup_printf("/arkiv/%s", id_text(t->id, id));
    g_autofree char *target = g_strconcat(path, "/kvittering", NULL);
    g_autoptr(Reply) page = test_get(t->app, path);
    const char *mark = "name=\"csrf\" value=\"";
    const char *at = strstr(page->body, mark);

    g_assert_nonnull(at);
    at += strlen(mark);
    g_string_append_printf(body,
                           "--B\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%.*s\r\n"
                           "--B\r\nContent-Disposition: form-data; name=\"fil\"; "
                           "filename=\"k.xml\"\r\nContent-Type: text/xml\r\n\r\n",
                           (int)strcspn(at, "\""), at);
    g_string_append_len(body, xml, (gssize)size);
    g_string_append(body, "\r\n--B--\r\n");
    return test_send(t->app, "POST", target, "multipart/form-data; boundary=B", body->str,
                     body->len);
}

#define RECEIPT                                                                                    \
    "<?xml version=\"1.0\"?><k:arkivmeldingKvittering "                                            \
    "xmlns:k=\"http://www.arkivverket.no/standarder/noark5/arkivmeldingkvittering/v2\">"           \
    "<k:system>Arkiv</k:system><k:meldingId>m</k:meldingId><k:mappeKvittering>"                    \
    "<k:systemID>11111111-2222-3333-4444-555555555555</k:systemID>"                                \
    "<k:referanseEksternNoekkel><k:fagsystem>oppvekst</k:fagsystem><k:noekkel>%s</k:noekkel>"      \
    "</k:referanseEksternNoekkel><k:registreringKvittering><k:systemID>abc</k:systemID>"           \
    "<k:referanseEksternNoekkel><k:fagsystem>oppvekst</k:fagsystem><k:noekkel>%s</k:noekkel>"      \
    "</k:referanseEksternNoekkel><k:registreringsID>2026/777-3</k:registreringsID>"                \
    "</k:registreringKvittering><k:saksaar>2026</k:saksaar>"                                       \
    "<k:sakssekvensnummer>777</k:sakssekvensnummer></k:mappeKvittering>"                           \
    "</k:arkivmeldingKvittering>"

static void a_receipt_gives_the_numbers(void)
{
    g_autoptr(TestReport) t = test_report();
    char folder[UUID_TEXT], document[UUID_TEXT];

    prepare(t, STATE_GODKJENT);
    const Report report = { .id = t->id };
    g_autofree char *xml = g_strdup_printf(RECEIPT, arkiv_uuid(&report, NULL, folder),
                                           arkiv_uuid(&report, "rapport", document));
    g_autofree char *path = g_strdup_printf("/arkiv%s", t->path + strlen("/tilstandsrapport"));
    g_autoptr(Reply) done = upload(t, xml, strlen(xml));

    g_assert_cmpint(done->status, ==, 303);
    g_autoptr(Reply) page = test_get(t->app, path);
    assert_shows(page, "2026/777-3");
    assert_shows(page, "<strong>2026/777</strong>");
    g_autofree char *foreign = g_strdup_printf(RECEIPT, "x", "y");
    g_autoptr(Reply) other = upload(t, foreign, strlen(foreign));
    g_assert_cmpint(other->status, ==, 422);
}

static void hostile_xml_is_refused(void)
{
    static const char *const files[] = { "xxe.xml", "billion_laughs.xml" };
    static const char *const made[] = {
        "<!DOCTYPE a [<!ENTITY b \"c\">]><arkivmeldingKvittering>&b;</arkivmeldingKvittering>",
        "<arkivmeldingKvittering>",
        "<a/>",
        "",
        "\xff\xfe",
        "<arkivmeldingKvittering>&b;"
    };
    g_autoptr(TestReport) t = test_report();

    prepare(t, STATE_SENDT_FORMANNSKAP);
    for (size_t i = 0; i < G_N_ELEMENTS(made); i++) {
        g_autoptr(Reply) r = upload(t, made[i], strlen(made[i]));

        g_assert_cmpint(r->status, ==, 422);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename("/work/shared/data/hostile/xml", files[i], NULL),
                        *xml = NULL;
        size_t len;

        if (!g_file_get_contents(path, &xml, &len, NULL))
            continue; /* not on this machine: those above say the same */
        g_autoptr(Reply) r = upload(t, xml, len);

        g_assert_cmpint(r->status, ==, 422);
        assert_shows(r, "DTD");
        assert_hides(r, "root:");
    }
}

static void numbers_and_publicity_by_hand(void)
{
    g_autoptr(TestReport) t = test_report();

    prepare(t, STATE_GODKJENT);
    g_autofree char *path = g_strdup_printf("/arkiv%s", t->path + strlen("/tilstandsrapport"));
    g_autofree char *target = g_strconcat(path, "/dokument", NULL);
    g_autoptr(Reply) half = test_post(t->app, target, "dokument=rapport&arkivnummer=2026/1-2");
    g_autoptr(Reply) unknown = test_post(t->app, target, "dokument=x");
    g_autoptr(Reply) done = test_post(
        t->app, target,
        "dokument=rapport&arkivnummer=2026/1-2&mottatt=2026-12-01&hjemmel=offentleglova+%C2%A7+13");

    g_assert_cmpint(half->status, ==, 422);
    g_assert_cmpint(unknown->status, ==, 404);
    g_assert_cmpint(done->status, ==, 303);
    g_autoptr(Reply) page = test_get(t->app, path);
    assert_shows(page, "2026/1-2");
    assert_shows(page, "offentleglova § 13");
    test_report_become(t, "FS"); /* makes packages, records no receipts */
    g_autoptr(Reply) refused = test_post(t->app, target, "dokument=rapport");
    g_assert_cmpint(refused->status, ==, 403);
}

static void case_numbers_are_read(void)
{
    int year, number;

    g_assert_true(arkiv_case_parse("2013/456", &year, &number));
    g_assert_cmpint(year, ==, 2013);
    g_assert_cmpint(number, ==, 456);
    g_assert_true(arkiv_case_parse("13/456", &year, &number));
    g_assert_cmpint(year, ==, 2013);
    g_assert_false(arkiv_case_parse("x/4", &year, &number));
    g_assert_false(arkiv_case_parse("2013-4", &year, &number));
    g_assert_false(arkiv_case_parse("2013/", &year, &number));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/arkiv/paper/begins", a_new_paper_begins_with_the_report);
    g_test_add_func("/arkiv/paper/versions", a_paper_is_kept_in_versions);
    g_test_add_func("/arkiv/paper/approve", only_a_whole_paper_is_approved);
    g_test_add_func("/arkiv/paper/public", the_public_reads_it_when_it_is_sent);
    g_test_add_func("/arkiv/paper/roles", roles_without_the_right_do_not_write);
    g_test_add_func("/arkiv/paper/council", the_councils_paper_goes_on_from_the_committees);
    g_test_add_func("/arkiv/paper/hostile", hostile_words_stay_words);
    g_test_add_func("/arkiv/excerpt/certified", an_excerpt_is_public_when_it_is_certified);
    g_test_add_func("/arkiv/message/structure", both_generations_have_their_structure);
    g_test_add_func("/arkiv/message/keys", keys_are_the_same_each_time);
    g_test_add_func("/arkiv/message/nothing", nothing_ready_is_told);
    g_test_add_func("/arkiv/message/hostile", hostile_titles_are_escaped);
    g_test_add_func("/arkiv/package/job", a_package_is_made_by_a_job);
    g_test_add_func("/arkiv/receipt/numbers", a_receipt_gives_the_numbers);
    g_test_add_func("/arkiv/receipt/hostile", hostile_xml_is_refused);
    g_test_add_func("/arkiv/document/hand", numbers_and_publicity_by_hand);
    g_test_add_func("/arkiv/case/parse", case_numbers_are_read);
    return g_test_run();
}
