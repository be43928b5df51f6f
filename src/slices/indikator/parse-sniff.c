/* parse-sniff.c - which format a file is, and what to say of a file that is none of ours.
 *
 * People send what they have: the web page instead of the file behind it, the workbook instead of
 * its export. Saying what it looks like and what to do saves them a telephone call.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-job.h"
#include "parse-cell.h"
#include "parse-udir-eu.h"

typedef struct {
    const char *start;
    size_t len;
    const char *message;
} Magic;

static const Magic binaries[] = {
    { "%PDF-", 5, N_("This is a PDF document, not a table. Download the figures as CSV instead") },
    { "PK\003\004", 4,
      N_("This is a ZIP archive that is not an Excel workbook (XLSX). Send it as it is, or take "
         "out "
         "the files") },
    { "PK\005\006", 4, N_("This is an empty ZIP archive. Take the CSV file itself") },
    { "\xD0\xCF\x11\xE0", 4,
      N_("This is an old Excel or Word document. In Excel, save the sheet as “CSV UTF-8”") },
    { "\x1F\x8B", 2, N_("This is a compressed file (gzip). Unpack it first") },
    { "\x89PNG", 4, N_("This is a picture, not a table. Download the figures as CSV instead") },
    { "\xFF\xD8\xFF", 3,
      N_("This is a picture, not a table. Download the figures as CSV instead") },
};

static const Magic texts[] = {
    { "<!doctype html", 14,
      N_("This is a web page, not a table; perhaps an error message or a log-in page. Open it in a "
         "browser to see, and download the CSV file again") },
    { "<html", 5,
      N_("This is a web page, not a table; perhaps an error message or a log-in page. Open it in a "
         "browser to see, and download the CSV file again") },
    { "<", 1, N_("This is XML or a web page, not a table. Download the figures as CSV instead") },
    { "{", 1,
      N_("This is JSON, but of no kind that is known here. Known are Udir's export, JSON-stat, "
         "units from NSR and changes from Klass; or download the figures as CSV") },
    { "[", 1,
      N_("This is JSON, but of no kind that is known here. Known are Udir's export, JSON-stat, "
         "units from NSR and changes from Klass; or download the figures as CSV") },
    { "CHARSET=", 8, N_("This is a PX file. Choose its format, or download the figures as CSV") },
    { "AXIS-VERSION=", 13,
      N_("This is a PX file. Choose its format, or download the figures as CSV") },
};

char *indikator_parse_foreign(const void *bytes, size_t len)
{
    if (len == 0)
        return g_strdup(_("The file is empty. Download or save it again"));
    for (size_t i = 0; i < G_N_ELEMENTS(binaries); i++)
        if (len >= binaries[i].len && memcmp(bytes, binaries[i].start, binaries[i].len) == 0)
            return g_strdup(i18n_text(binaries[i].message));
    return NULL;
}

char *indikator_parse_foreign_text(const char *text)
{
    while (g_ascii_isspace(*text))
        text++;
    if (*text == '\0')
        return g_strdup(_("The file holds nothing but white space. Download or save it again"));
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        if (g_ascii_strncasecmp(text, texts[i].start, texts[i].len) == 0)
            return g_strdup(i18n_text(texts[i].message));
    return NULL;
}

static bool has(const char *text, size_t len, const char *word)
{
    return memmem(text, len, word, strlen(word)) != NULL;
}

/* A statement first: KEYWORD, perhaps [language] and ("variable"), and an equals sign. */
bool indikator_parse_is_px(const char *bytes, size_t len)
{
    g_autofree char *head = g_strndup(bytes, MIN(len, 300));
    const char *at = g_str_has_prefix(head, "\xEF\xBB\xBF") ? head + 3 : head;
    size_t word;

    at += strspn(at, " \t\r\n");
    word = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    if (word < 4 || *at == '-')
        return false;
    at += word;
    if (*at == '[')
        at += strcspn(at, "]\n") + 1;
    if (at < head + strlen(head) && *at == '(')
        at += strcspn(at, ")\n") + 1;
    if (at >= head + strlen(head))
        return false;
    at += strspn(at, " \t");
    return *at == '=';
}

/* Of the largest kind first that another could be taken for. */
const char *indikator_parse_json_kind(const char *text, size_t len)
{
    size_t i = 0;

    while (i < len && g_ascii_isspace(text[i]))
        i++;
    if (i == len || (text[i] != '{' && text[i] != '['))
        return NULL;
    if (has(text, len, "\"codeChanges\""))
        return "klass";
    if (has(text, len, "\"dimension\"") ||
        (has(text, len, "\"class\"") && has(text, len, "\"version\"")))
        return "jsonstat";
    if (has(text, len, "\"EnhetListe\"") ||
        (has(text, len, "\"Organisasjonsnummer\"") && has(text, len, "\"ErAktiv\"")))
        return "nsr";
    return has(text, len, "\"Skoleaarnavn\"") || has(text, len, "\"feiltype\"") ||
                   has(text, len, "\"TidID\"")
               ? "udir-json"
               : NULL;
}

bool indikator_parse_reads_json(const char *format)
{
    static const char *const formats[] = { "jsonstat", "udir-json", "nsr", "klass" };

    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        if (g_strcmp0(formats[i], format) == 0)
            return true;
    return false;
}

static char *explain_header(const CsvRow *head)
{
    char buf[SHOWN_TEXT];

    return g_strdup_printf(
        _("The columns are not known; the first is “%s”. Known are Udir's export "
          "of national tests (EnhetNivaa, Organisasjonsnummer …), the one from Skoleporten "
          "(Enhetsnavn, Vurderingsområde …), and our own tables "
          "(enhet;indikator;periode …)"),
        indikator_parse_shown(head->field[0].text, buf));
}

/* The end of the first line with text after start, quoted line ends ignored. */
static size_t header_end(const char *text, size_t len, size_t start)
{
    size_t end = start;

    while (end < len && (text[end] == '\r' || text[end] == '\n'))
        end++;
    end += strcspn(text + end, "\r\n");
    return MIN(end, len);
}

const char *indikator_parse_format_of(const char *text, size_t len, char **ret_why)
{
    size_t start;
    unsigned line;
    char separator = csv_sniff(text, len, &start, &line);
    CsvOptions options = { .separator = separator };
    g_autofree char *copy = NULL, *why = indikator_parse_foreign_text(text);
    g_autoptr(CsvReader) reader = NULL;
    CsvRow head;
    CsvStep step;

    if (indikator_parse_json_kind(text, len) != NULL)
        return indikator_parse_json_kind(text, len);
    if (why == NULL && separator == 0)
        why = g_strdup(_("No header with columns parted by TAB, semicolon, comma or vertical bar "
                         "was found. Is this the right file?"));
    if (why != NULL) {
        *ret_why = g_steal_pointer(&why);
        return NULL;
    }
    copy = g_strndup(text + start, header_end(text, len, start) - start);
    reader = csv_reader_new(copy, strlen(copy), line, &options);
    step = csv_next(reader, &head);
    if (step != CSV_ROW) {
        *ret_why =
            step == CSV_END
                ? g_strdup(_("The file has no header and no rows. Download or save it again"))
                : g_strdup_printf(_("The header cannot be read: %s"),
                                  i18n_text(csv_problem(reader)->what));
        return NULL;
    }
    for (unsigned i = 0; i < head.n; i++)
        indikator_parse_trim(head.field[i].text);
    if (indikator_parse_is_udir(&head) || indikator_parse_is_udir_across(&head))
        return "udir-csv";
    if (indikator_parse_is_report(&head))
        return "udir-rapport";
    if (indikator_parse_is_values(&head))
        return "values-csv";
    if (indikator_parse_is_skoleporten(&head))
        return "skoleporten";
    if (indikator_parse_is_facts(&head))
        return "fakta-csv";
    *ret_why = explain_header(&head);
    return NULL;
}
