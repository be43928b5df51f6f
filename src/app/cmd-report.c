/* cmd-report.c - report: a tilstandsrapport as a file, from the stored report or from the data alone.
 *
 * What the public gets is the published version when there is one; else a draft, and it says so.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include "cli.h"
#include "eier.h"
#include "innhold-sprak.h"

typedef struct {
    const char *number, *year, *format, *output, *report;
    Audience audience;
    Lang language;
    bool language_given;
} Wish;

typedef struct {
    Content content;
    Face face;
} Made;

/* Noon of the day the content was made: the same report gives the same file. */
static int64_t noon(const char *day)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autofree char *text = g_strdup_printf("%sT12:00:00", day);
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, utc);

    return time ? g_date_time_to_unix(time) * G_USEC_PER_SEC : 0;
}

/* The stored report asked for; ret->id is 0 when there is none of that year. */
static bool find_report(Cli *cli, const Wish *w, int64_t owner, Report *ret, GError **error)
{
    ReportList list;

    if (w->report)
        return tilstandsrapport_get(cli->db, cli->arena, owner, id_parse(w->report), ret, error);
    if (!tilstandsrapport_list(cli->db, cli->arena, owner, &list, error))
        return false;
    for (size_t i = 0; i < list.n; i++)
        if (!strcmp(list.v[i].year, w->year)) {
            *ret = list.v[i];
            return true;
        }
    return true;
}

/* The frozen version to show; 0: what is being written now. */
static int64_t version_of(const Report *report, Audience audience)
{
    if (report->published)
        return report->published;
    return audience == AUDIENCE_INTERNAL && !tilstandsrapport_writable(report->state)
               ? report->frozen
               : 0;
}

static bool load_frozen(Cli *cli, const Wish *w, const Report *report, int64_t version, Made *ret,
                        GError **error)
{
    return tilstandsrapport_load(cli->db, cli->arena, report->owner, version, w->audience,
                                 &ret->content, NULL, error);
}

/* Into the language asked for: what the program words, not what people wrote. */
static bool turn(Cli *cli, const Wish *w, Report *report, Made *ret, GError **error)
{
    report->language = w->language;
    return tilstandsrapport_turn(cli->db, cli->arena, report, &ret->content, w->language,
                                 &ret->content, error);
}

static bool compose(Cli *cli, const Wish *w, const Eier *eier, Made *ret, GError **error)
{
    Report report = { 0 };
    const char *today;
    int64_t version;

    if (!find_report(cli, w, eier->id, &report, error) ||
        !eier_today(cli->db, cli->arena, eier->id, cli_now(), &today, error))
        return false;
    if (!report.id)
        report = (Report){ .owner = eier->id, .year = w->year, .language = eier->language };
    version = report.id ? version_of(&report, w->audience) : 0;
    if (version) {
        if (!load_frozen(cli, w, &report, version, ret, error))
            return false;
    } else {
        if (w->language_given && !report.id)
            report.language = w->language;
        if (!tilstandsrapport_compose(cli->db, cli->arena, &report, w->audience, today,
                                      &ret->content, error))
            return false;
    }
    if (w->language_given && !turn(cli, w, &report, ret, error))
        return false;
    ret->face.draft = version == 0;
    ret->face.created = noon(ret->content.made_on);
    if (!eier_colour(cli->db, eier->id, &ret->face.accent, error))
        return false;
    return version == 0 || tilstandsrapport_face(cli->db, cli->arena, &report, &ret->face, error);
}

static bool render(const Wish *w, const Made *made, GBytes **ret, GError **error)
{
    size_t len;
    char *csv;

    if (!strcmp(w->format, "pdf"))
        return tilstandsrapport_pdf(&made->content, &made->face, ret, error);
    if (!strcmp(w->format, "html"))
        return tilstandsrapport_html_file(&made->content, &made->face, ret, error);
    if (!strcmp(w->format, "docx"))
        return tilstandsrapport_docx(&made->content, &made->face, ret, error);
    csv = strcmp(w->format, "csv") ? tilstandsrapport_jsonstat(&made->content, &len)
                                   : tilstandsrapport_csv_all(&made->content, &len);
    *ret = g_bytes_new_take(csv, len);
    return true;
}

/* The file appears whole or not at all. */
static bool write_out(const char *path, GBytes *bytes, GError **error)
{
    g_autoptr(GError) why = NULL;
    size_t size;
    const char *data = g_bytes_get_data(bytes, &size);

    if (!strcmp(path, "-")) {
        if (fwrite(data, 1, size, stdout) != size || fflush(stdout))
            return app_fail(error, APP_ERROR_DB, "cannot write: %s", g_strerror(errno));
        return true;
    }
    if (!g_file_set_contents_full(path, data, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT, 0644,
                                  &why))
        return app_fail(error, APP_ERROR_DB, "cannot write %s: %s", path, why->message);
    return true;
}

static bool write_report(Cli *cli, const Wish *w, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    Made made = { 0 };
    Eier eier;

    if (!eier_get_number(cli->db, cli->arena, w->number, &eier, error))
        return false;
    cli_progress("%s, %s ...", eier.name, w->year ? w->year : w->report);
    if (!compose(cli, w, &eier, &made, error) || !render(w, &made, &bytes, error) ||
        !write_out(w->output, bytes, error))
        return false;
    cli_progress("%s: %zu KiB", w->output, g_bytes_get_size(bytes) / 1024);
    return true;
}

/* "2025/26", also written "2025-26": two years that follow each other. */
static const char *year_of(const char *text, char buf[8])
{
    if (!text || strlen(text) != 7 || strspn(text, "0123456789") != 4 || !strchr("/-", text[4]) ||
        strspn(text + 5, "0123456789") != 2)
        return NULL;
    if ((g_ascii_strtoll(text, NULL, 10) + 1) % 100 != g_ascii_strtoll(text + 5, NULL, 10))
        return NULL;
    g_snprintf(buf, 8, "%.4s/%s", text, text + 5);
    return buf;
}

static bool one_of(const char *word, const char *const *words)
{
    return word && g_strv_contains(words, word);
}

/* Wrong use is worded and true returned. */
static bool misused(const Wish *w, const char *audience, const char *language, int *ret_code)
{
    static const char *const formats[] = { "html", "pdf", "docx", "csv", "jsonstat", NULL };
    static const char *const audiences[] = { "internal", "public", NULL };
    static const char *const languages[] = { "nb", "nn", "en", NULL };

    if (!w->number || !w->output || (!w->year && !w->report))
        *ret_code = cli_misuse("report", "--owner, --year (\"2025/26\") and --output are needed");
    else if (!one_of(w->format, formats))
        *ret_code = cli_misuse("report", "--format is html, pdf, docx, csv or jsonstat");
    else if (audience && !one_of(audience, audiences))
        *ret_code = cli_misuse("report", "--audience is internal or public");
    else if (language && !one_of(language, languages))
        *ret_code = cli_misuse("report", "--language is nb, nn or en");
    else
        return false;
    return true;
}

int cli_report(int argc, char **argv)
{
    g_autofree char *db_url = NULL, *number = NULL, *year = NULL, *format = NULL, *audience = NULL,
                    *language = NULL, *report = NULL, *output = NULL;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &db_url, "sqlite:PATH or postgresql://...", "URL" },
        { "owner", 0, 0, G_OPTION_ARG_STRING, &number, "municipality number, four digits",
          "NUMBER" },
        { "year", 0, 0, G_OPTION_ARG_STRING, &year, "school year: 2025/26", "YEAR" },
        { "format", 0, 0, G_OPTION_ARG_STRING, &format, "html, pdf, docx, csv or jsonstat", "F" },
        { "audience", 0, 0, G_OPTION_ARG_STRING, &audience, "internal or public (default)", "A" },
        { "language", 0, 0, G_OPTION_ARG_STRING, &language, "nb, nn or en; default: the owner's",
          "L" },
        { "report", 0, 0, G_OPTION_ARG_STRING, &report, "this report rather than the year's newest",
          "ID" },
        { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "file to write; - for standard output",
          "FILE" },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    g_auto(Cli) cli = { 0 };
    char school_year[8];
    int code = cli_parse("report", entries, &argc, &argv);

    if (code >= 0)
        return code;
    const Wish wish = { .number = number,
                        .year = year_of(year, school_year),
                        .format = format,
                        .output = output,
                        .report = report,
                        .language = i18n_lang(language),
                        .language_given = language != NULL,
                        .audience =
                            g_strcmp0(audience, "internal") ? AUDIENCE_PUBLIC : AUDIENCE_INTERNAL };
    if (misused(&wish, audience, language, &code))
        return code;
    if (argc > 1 || (year && !wish.year))
        return cli_misuse("report",
                          argc > 1 ? "nothing but options is taken" : "--year is as in 2025/26");
    if (!cli_open(db_url, &cli, &error) || !write_report(&cli, &wish, &error))
        return cli_failed(error);
    return EXIT_DONE;
}
