/* test-arkivpakke.c - packages for the archive, their structure, and receipts, through the routes.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <sys/wait.h>
#include <zip.h>
#include "arkiv-inside.h"
#include "jobb.h"
#include "testing-sider.h"

#define NOW INT64_C(1797336000000000) /* 2026-12-15T12:00Z */

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

/* What is wrong with its structure, a line each; "" when it is as its schema asks. g_free it. */
static char *structure(TestReport *t, const char *xml, size_t size, const char *generation)
{
    static const char catalogue[] = "/work/shared/data/noark/noark5_metadatakatalog.xsd";
    g_autofree char *path = g_build_filename(t->app->dir, "m.xml", NULL);
    const char *argv[] = {
        "/usr/bin/python3", "test/arkiv/structure.py", path, generation, NULL, NULL
    };
    char *out = NULL;
    g_autoptr(GError) why = NULL;
    int status;

    g_assert_true(g_file_set_contents(path, xml, (gssize)size, NULL));
    if (g_file_test(catalogue, G_FILE_TEST_EXISTS))
        argv[4] = catalogue;
    g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, &why);
    g_assert_no_error(why);
    g_assert_true(WIFEXITED(status));
    g_assert_cmpint(WEXITSTATUS(status), ==, *out ? 1 : 0); /* it ran, and says what it means */
    return out;
}

/* An approved paper for the executive committee, and the report in a state. */
static void prepare(TestReport *t, ReportState state)
{
    const Paper paper = { .text = { "Tilstandsrapport 2025/26", "Fagsjef", "2026/456", "A20",
                                    "1. Rapporten godkjennes.", "", "Fakta om lesing.",
                                    "Vi vurderer.", "Ingen.", "Barna er hørt.", "", "" } };
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    Report report;

    tilstandsrapport_get(t->app->db, arena, 1, t->id, &report, &why);
    g_assert_no_error(why);
    arkiv_paper_store(t->app->db, &report, 3, &paper, 0, &(PaperAct){ 1, 1, "2026-07-01" }, &why);
    g_assert_no_error(why);
    arkiv_paper_approve(t->app->db, arena, &report, 3, 1, &(PaperAct){ 1, 2, "2026-07-02" }, &why);
    g_assert_no_error(why);
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
        g_autofree char *broken = g_strndup(xml, len);

        memcpy(strstr(broken, "<saksdato>") + 1, "saksDato", 8); /* the checker sees a difference */
        memcpy(strstr(broken, "</saksdato>") + 2, "saksDato", 8);
        g_autofree char *seen = structure(t, broken, len, generation == 1 ? "1" : "2");

        g_assert_nonnull(strstr(seen, "saksDato does not belong here"));
        g_assert_nonnull(strstr(seen, "0 of saksdato"));
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
