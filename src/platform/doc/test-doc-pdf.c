/* test-doc-pdf.c - the PDF face: the same bytes twice, all text in order, and every rule kept.
 *
 * Files are judged by test/pdf/check.py and qpdf; test/pdf/test-check.py then breaks a good one in
 * each way the rules know. Run from the root of the project.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <glib/gstdio.h>
#include <math.h>
#include "chart.h"
#include "i18n.h"
#include "pdf.h"

#define PARAGRAPH                                                                                   \
    "Skolen skal legge til rette for et trygt og godt skolemiljø der elevene opplever mestring. "  \
    "Resultatene er fine i affæren: fi, ff, ffi og fl. Kommunen følger opp gjennom dialoger, og " \
    "ledelsen drøfter funnene med tillitsvalgte, foreldreutvalg og elevråd før tiltak vedtas."

static ChartColumn periods[12];
static ChartPoint points[12];
static ChartRow series = { .name = "Bakken skole", .points = points };
static Chart chart = { .kind = CHART_SERIES,
                       .title = "Lesing",
                       .unit = "skalapoeng",
                       .reading =
                           "Lesing har ligget mellom 47 og 51 siden 2001; ingen sikker endring.",
                       .columns = periods,
                       .n_columns = 12,
                       .rows = &series,
                       .n_rows = 1 };

static void fill_chart(void)
{
    static char labels[12][8];

    for (int i = 0; i < 12; i++) {
        g_snprintf(labels[i], sizeof labels[i], "%d", 2001 + i);
        periods[i] = (ChartColumn){ .label = labels[i] };
        points[i] = (ChartPoint){ .value = 47 + i * 7 % 5, .uncertainty = 1.2, .status = CHART_OK };
    }
}

static Doc *new_doc(void)
{
    static const DocLabel labels[] = { { "Periode", "Skoleåret 2012/13" }, { "Sak", "2013/412" } };

    return doc_new(&(DocMeta){ .title = "Tilstandsrapport <2012/13> & mer",
                               .subtitle = "Læringsmiljø og læringsresultater",
                               .author = "Prøve kommune",
                               .subject = "Årlig rapport",
                               .lang = "nb",
                               .date = "2013-06-06",
                               .draft = "Utkast – ikke behandlet",
                               .labels = labels,
                               .n_labels = 2,
                               .base_url = "https://prove.example",
                               .created = 1370512800000000 });
}

static void add_table(Doc *doc, int rows, size_t columns)
{
    static const char *const titles[] = { "Skole", "2009", "2010", "2011", "2012" };
    DocColumn shape[DOC_MAX_COLUMNS] = { { "Skole", DOC_LEFT, true } };

    for (size_t i = 1; i < columns; i++)
        shape[i] = (DocColumn){ titles[1 + i % 4], DOC_RIGHT, false };
    DocTable *table = doc_table(doc, "Tabell: Lesing", shape, columns, NULL);
    for (int r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++) {
            g_autofree char *text =
                c ? g_strdup_printf("1\u00a0%03d,%zu", r, c) : g_strdup_printf("Rad nummer %d", r);
            doc_cell(table, text, c == 2 && r == 1 ? "†" : NULL);
        }
    doc_row_total(table);
    doc_table_note(table, "†", "Foreløpig tall.");
}

static void add_runs(Doc *doc)
{
    static const DocRun runs[] = {
        { .text = "Les " },
        { .text = "rammeverket hos Udir", .url = "https://www.udir.no/å" },
        { .text = " og " },
        { .text = "rammeverket for nasjonale prøver hos direktoratet, som er en lang lenke",
          .url = "https://www.udir.no/" },
        { .text = ", " },
        { .text = "her", .url = "/rapporter" },
        { .text = ", " },
        { .text = "kapittel 1", .url = "#en" },
        { .text = " og " },
        { .text = "ingensteds", .url = "#finnes-ikke" },
        { .text = "; " },
        { .text = "fet", .style = DOC_STRONG },
        { .text = " " },
        { .text = "kursiv", .style = DOC_EM },
        { .text = " " },
        { .text = "kode", .style = DOC_CODE },
        { .text = ". " },
        { .text = "In English.", .lang = "en", .line_break = true },
        { .text = "Ny linje." },
    };

    doc_para_runs(doc, runs, G_N_ELEMENTS(runs));
}

static Doc *full_doc(void)
{
    Doc *doc = new_doc();

    doc_heading(doc, 1, "en", "Første kapittel");
    doc_lead(doc, "Elevene trives.");
    add_runs(doc);
    doc_heading(doc, 2, NULL, "Resultater");
    add_table(doc, 6, 5);
    doc_figure(doc, &(DocFigure){
                        .chart = &chart, .caption = "Figur 1: Lesing", .source = "Kilde: Udir" });
    doc_heading(doc, 3, NULL, "Vurdering");
    doc_note_begin(doc, DOC_JUDGEMENT, "Vurdering");
    doc_para(doc, PARAGRAPH);
    doc_end(doc);
    doc_markdown(doc, "1. første\n2. andre\n   - under\n\n> sitat\n\n    kode\n      mer\n", 3);
    doc_term(doc, "Mål", "Alle leser.");
    doc_term(doc, "Ansvarlig", "Rektor");
    doc_page_break(doc);
    for (int i = 0; i < 24; i++)
        doc_para(doc, PARAGRAPH);
    doc_heading(doc, 1, NULL, "Vedlegg 日本 😀");
    add_table(doc, 40, 16);
    doc_para(doc, "Siste ord i rapporten.");
    return doc;
}

/* --- running tools ------------------------------------------------------------------------------ */

static GBytes *pdf_of(const Doc *doc)
{
    g_autoptr(GError) error = NULL;
    GBytes *pdf = NULL;

    doc_pdf(doc, &pdf, &error);
    g_assert_no_error(error);
    g_assert_nonnull(pdf);
    return pdf;
}

/* Writes the file and returns what the command says about it; {} in the command is the file. */
static char *judge(const Doc *doc, const char *command, int *ret_status)
{
    g_autoptr(GBytes) pdf = pdf_of(doc);
    g_autofree char *folder = g_dir_make_tmp("doc-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "t.pdf", NULL);
    g_auto(GStrv) parts = g_strsplit(command, "{}", -1);
    g_autofree char *line = g_strjoinv(path, parts);
    char *out = NULL;
    g_autoptr(GError) error = NULL;

    g_file_set_contents(path, g_bytes_get_data(pdf, NULL), (gssize)g_bytes_get_size(pdf), &error);
    g_assert_no_error(error);
    g_spawn_command_line_sync(line, &out, NULL, ret_status, &error);
    g_remove(path);
    g_rmdir(folder);
    if (error)
        g_test_skip(error->message);
    return error ? NULL : out;
}

static void assert_rules(const Doc *doc)
{
    static const char *const commands[] = { "/usr/bin/python3 test/pdf/check.py {}",
                                            "qpdf --check {}" };

    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        int status = 0;
        g_autofree char *out = judge(doc, commands[i], &status);

        if (out && status)
            g_test_message("%s: %s", commands[i], out);
        g_assert_cmpint(status, ==, 0);
    }
}

static char *text_of(const Doc *doc, const char *command)
{
    int status = 0;
    char *out = judge(doc, command, &status);

    g_assert_cmpint(status, ==, 0);
    return out;
}

static void assert_in_order(const char *text, const char *const *words)
{
    for (size_t i = 0; words[i]; i++) {
        const char *at = strstr(text, words[i]);

        if (!at)
            g_test_message("missing or out of order: %s", words[i]);
        g_assert_nonnull(at);
        text = at + strlen(words[i]);
    }
}

/* --- tests -------------------------------------------------------------------------------------- */

static void the_same_document_gives_the_same_bytes(void)
{
    g_autoptr(Doc) a = full_doc();
    g_autoptr(Doc) b = full_doc();
    g_autoptr(GBytes) first = pdf_of(a);
    g_autoptr(GBytes) again = pdf_of(a);
    g_autoptr(GBytes) other = pdf_of(b);

    g_assert_true(g_bytes_equal(first, again));
    g_assert_true(g_bytes_equal(first, other));
}

static void a_full_document_keeps_the_rules(void)
{
    g_autoptr(Doc) doc = full_doc();

    assert_rules(doc);
}

static void each_rule_can_fail(void)
{
    g_autoptr(Doc) doc = full_doc();
    int status = 0;
    g_autofree char *out = judge(doc, "/usr/bin/python3 test/pdf/test-check.py {}", &status);

    if (out && status)
        g_test_message("%s", out);
    g_assert_cmpint(status, ==, 0);
}

static void text_comes_out_in_order(void)
{
    static const char *const words[] = { "Prøve kommune",
                                         "Tilstandsrapport",
                                         "Utkast – ikke behandlet",
                                         "Periode",
                                         "Første kapittel",
                                         "Resultater",
                                         "Elevene trives.",
                                         "rammeverket hos Udir",
                                         "In English.",
                                         "Tabell: Lesing",
                                         "Skole",
                                         "Rad nummer 0",
                                         "000,1",
                                         "Figur 1: Lesing",
                                         "Kilde: Udir",
                                         "affæren: fi, ff, ffi og fl",
                                         "første",
                                         "under",
                                         "sitat",
                                         "kode",
                                         "Mål",
                                         "Alle leser.",
                                         "Siste ord i rapporten.",
                                         NULL };
    g_autoptr(Doc) doc = full_doc();
    g_autofree char *text = text_of(doc, "pdftotext -raw {} -");

    if (!text)
        return;
    assert_in_order(text, words);
}

static void the_tree_is_as_written(void)
{
    static const char *const words[] = {
        "Document\n  Part\n    P (block)\n      \"Prøve kommune\"",
        "L (block):\n       /ListNumbering /None",
        "TOC\n      TOCI\n        Reference (inline)\n          Link (inline)\n            "
        "\"Første kapittel\"\n            \"3\"",
        "  Part\n    H1 (block)\n      \"Første kapittel\"\n    P (block)\n      \"Elevene "
        "trives.\"\n    P (block)\n      \"Les \"\n      Link (inline)\n        \"rammeverket hos "
        "Udir\"",
        "Span (inline)\n        \"In English.\"",
        "H2 (block)\n      \"Resultater\"",
        "Table (block)\n      Caption\n        \"Tabell: Lesing\"\n      THead\n        TR\n       "
        "   TH:\n             /Scope /Column\n            \"Skole\"",
        "TBody\n        TR\n          TH:\n             /Scope /Row\n            \"Rad nummer "
        "0\"\n          TD\n",
        "    Div\n      Figure:\n         /BBox",
        "Caption\n        \"Figur 1: Lesing\"",
        "H3 (block)\n      \"Vurdering\"",
        "Div\n      P (block)\n        \"Vurdering\"",
        "L (block):\n       /ListNumbering /Decimal\n      LI (block)\n        Lbl (block)\n       "
        "   \"1.\"\n        LBody (block)\n          P (block)\n            \"første\"",
        "BlockQuote\n      P (block)\n        \"sitat\"",
        NULL
    };
    g_autoptr(Doc) doc = full_doc();
    g_autofree char *text = text_of(doc, "pdfinfo -struct-text {}");

    if (!text)
        return;
    assert_in_order(text, words);
    g_assert_null(strstr(text, "NonStruct"));
    g_assert_null(strstr(text, "Side 2")); /* heads and feet are artifacts */
}

static void an_empty_document_is_a_document(void)
{
    g_autoptr(Doc) doc = doc_new(&(DocMeta){ .title = "Tom" });
    g_autoptr(Doc) bare =
        doc_new(&(DocMeta){ .title = NULL, .no_cover = true, .no_contents = true });

    assert_rules(doc);
    assert_rules(bare);
}

static void a_long_table_repeats_its_head_to_the_eye_only(void)
{
    g_autoptr(Doc) doc = new_doc();

    add_table(doc, 200, 5);
    assert_rules(doc);
    g_autofree char *seen = text_of(doc, "pdftotext -layout {} -");
    g_autofree char *read = text_of(doc, "pdfinfo -struct-text {}");
    if (!seen || !read)
        return;
    g_auto(GStrv) heads = g_strsplit(seen, "Skole ", -1);
    g_auto(GStrv) tags = g_strsplit(read, "\"Skole\"", -1);
    g_assert_cmpuint(g_strv_length(heads), >=, 6);
    g_assert_cmpuint(g_strv_length(tags), ==, 2);
    g_assert_nonnull(strstr(read, "Rad nummer 199"));
}

static void a_cell_taller_than_a_page_is_not_lost(void)
{
    g_autoptr(Doc) doc = new_doc();
    g_autoptr(GString) text = g_string_new("begynnelse ");
    static const DocColumn columns[] = { { "Skole", DOC_LEFT, true },
                                         { "Tekst", DOC_LEFT, false } };

    for (int i = 0; i < 200; i++)
        g_string_append(text, PARAGRAPH " ");
    g_string_append(text, "avslutning");
    const char *cells[] = { "Bakken", text->str };
    doc_row(doc_table(doc, "Tabell", columns, 2, NULL), cells);
    assert_rules(doc);
    static const char *const words[] = { "begynnelse", "avslutning", NULL };
    g_autofree char *out = text_of(doc, "pdftotext -raw {} -");
    if (out)
        assert_in_order(out, words);
}

static void forty_figures_stay_whole(void)
{
    g_autoptr(Doc) doc = new_doc();

    for (int i = 0; i < 40; i++) {
        g_autofree char *caption = g_strdup_printf("Figur %d", i + 1);
        doc_figure(doc, &(DocFigure){ .chart = &chart, .caption = caption });
    }
    assert_rules(doc);
    g_autofree char *read = text_of(doc, "pdfinfo -struct {}");
    if (!read)
        return;
    g_auto(GStrv) parts = g_strsplit(read, " Figure:", -1);
    g_assert_cmpuint(g_strv_length(parts), ==, 41);
}

static void hostile_text_keeps_the_rules(void)
{
    g_autoptr(Doc) doc = new_doc();
    g_autoptr(GString) long_word = g_string_new(NULL);

    for (int i = 0; i < 4000; i++)
        g_string_append(long_word, "æ");
    doc_heading(doc, 1, NULL, long_word->str);
    doc_para(doc, long_word->str);
    doc_para(doc, "שלום עולם مرحبا بالعالم 😀👩‍👩‍👧 日本語 "
                  "\u200d\u200f\u0301 "
                  "Ελλάδα "
                  "ᚠᛇᚻ "
                  "\U0001F9FF \u2028x");
    doc_para(doc, "/P <</MCID 0>> BDC (EMC) EMC \\( ) > %");
    doc_para(doc, "\x01\x02\xff\xfe");
    doc_para(doc, "");
    doc_heading(doc, 2, NULL, "");
    for (int i = 0; i < 40; i++)
        doc_note_begin(doc, DOC_WARNING, PARAGRAPH);
    doc_para(doc, PARAGRAPH);
    for (int i = 0; i < 40; i++)
        doc_end(doc);
    doc_list_begin(doc, true);
    doc_end(doc);
    doc_figure(doc, &(DocFigure){ .caption = "Ingen figur" });
    assert_rules(doc);
}

static void a_markdown_bomb_keeps_the_rules(void)
{
    g_autoptr(Doc) doc = new_doc();
    g_autoptr(GString) text = g_string_new(NULL);

    for (int n = 0; n < 10000; n++)
        g_string_append(text, n % 2 ? "> " : "- ");
    g_string_append(text, "dypt\n\n");
    for (int n = 0; n < 300; n++)
        g_string_append(text, "ord *b* [x](https://x.no) `k`\n\n");
    doc_markdown(doc, text->str, 1);
    assert_rules(doc);
}

static void values_are_written_as_pdf_reads_them(void)
{
    static const struct {
        double value;
        const char *text;
    } numbers[] = {
        { 0, "0" },           { -0.0004, "0" },    { 0.5, "0.5" },        { -1.25, "-1.25" },
        { 841.89, "841.89" }, { 12.0996, "12.1" }, { 1e12, "1000000000" }
    };
    g_autoptr(GString) out = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_string_truncate(out, 0);
        pdf_put_number(out, numbers[i].value);
        g_assert_cmpstr(out->str, ==, numbers[i].text);
    }
    g_string_truncate(out, 0);
    pdf_put_text(out, "/A", "(x) \\ EMC");
    pdf_put_text(out, "/B", "å😀");
    g_assert_cmpstr(out->str, ==, "/A(\\(x\\) \\\\ EMC)/B<FEFF00E5D83DDE00>");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    i18n_use(LANG_NB);
    fill_chart();
    g_test_add_func("/doc/pdf/same-bytes", the_same_document_gives_the_same_bytes);
    g_test_add_func("/doc/pdf/rules", a_full_document_keeps_the_rules);
    g_test_add_func("/doc/pdf/rules-can-fail", each_rule_can_fail);
    g_test_add_func("/doc/pdf/text-order", text_comes_out_in_order);
    g_test_add_func("/doc/pdf/structure", the_tree_is_as_written);
    g_test_add_func("/doc/pdf/empty", an_empty_document_is_a_document);
    g_test_add_func("/doc/pdf/long-table", a_long_table_repeats_its_head_to_the_eye_only);
    g_test_add_func("/doc/pdf/tall-cell", a_cell_taller_than_a_page_is_not_lost);
    g_test_add_func("/doc/pdf/forty-figures", forty_figures_stay_whole);
    g_test_add_func("/doc/pdf/hostile-text", hostile_text_keeps_the_rules);
    g_test_add_func("/doc/pdf/markdown-bomb", a_markdown_bomb_keeps_the_rules);
    g_test_add_func("/doc/pdf/values", values_are_written_as_pdf_reads_them);
    return g_test_run();
}
