/* cmd-spc.c - spc: a series from a CSV file, with limits and signals, as CSV or a summary in JSON.
 *
 * The formats are those of design.md 8 and contracts.md "spc"; what the charts and rules mean stands
 * in spc.h.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include "cli.h"
#include "csv.h"
#include "encoding.h"
#include "spc.h"

#define NAME "spc"

typedef struct {
    const char **period;
    double *value, *n;
    size_t count;
    bool has_n;
} Input;

/* --- reading --- */

enum { AT_PERIOD, AT_VALUE, AT_N, N_AT };
static const char *const columns[N_AT] = { "period", "value", "n" };

typedef struct {
    const char *file;
    char separator;
    int at[N_AT]; /* -1: not there */
    GArray *period, *value, *n;
} Reading;

static bool read_header(Reading *r, const CsvRow *row, GError **error)
{
    for (int c = 0; c < N_AT; c++)
        r->at[c] = -1;
    for (unsigned i = 0; i < row->n; i++)
        for (int c = 0; c < N_AT; c++) {
            if (strcmp(g_strstrip(row->field[i].text), columns[c]))
                continue;
            if (r->at[c] >= 0)
                return app_fail(error, APP_ERROR_INVALID, "%s:%u: the column %s is there twice",
                                r->file, row->line, columns[c]);
            r->at[c] = (int)i;
        }
    if (r->at[AT_PERIOD] < 0 || r->at[AT_VALUE] < 0)
        return app_fail(error, APP_ERROR_INVALID,
                        "%s:%u: the first line must name the columns: period,value or "
                        "period,value,n",
                        r->file, row->line);
    return true;
}

/* A number, or NAN for an empty cell and NA. A comma is a decimal mark where it separates nothing. */
static bool read_number(const Reading *r, const CsvField *field, double *ret, GError **error)
{
    char *text = g_strstrip(field->text), *end;

    *ret = NAN;
    if (!*text || !strcmp(text, "NA"))
        return true;
    if (r->separator != ',')
        g_strdelimit(text, ",", '.');
    *ret = g_ascii_strtod(text, &end);
    if (end == text || *end || !isfinite(*ret))
        return app_fail(error, APP_ERROR_INVALID,
                        "%s:%u:%u: \"%.40s\" is not a number; leave the cell empty where a value "
                        "is missing",
                        r->file, field->line, field->column, text);
    return true;
}

static bool read_row(Reading *r, const CsvRow *row, GError **error)
{
    double value, n = NAN;

    if (!read_number(r, &row->field[r->at[AT_VALUE]], &value, error) ||
        (r->at[AT_N] >= 0 && !read_number(r, &row->field[r->at[AT_N]], &n, error)))
        return false;
    g_array_append_val(r->period, row->field[r->at[AT_PERIOD]].text);
    g_array_append_val(r->value, value);
    g_array_append_val(r->n, n);
    return true;
}

static bool read_rows(Reading *r, CsvReader *reader, GError **error)
{
    CsvRow row;
    CsvStep step;

    while ((step = csv_next(reader, &row)) == CSV_ROW)
        if (row.number == 1 ? !read_header(r, &row, error) : !read_row(r, &row, error))
            return false;
    if (step == CSV_PROBLEM) {
        const CsvProblem *p = csv_problem(reader);

        return app_fail(error, APP_ERROR_INVALID, "%s:%u:%u: %s", r->file, p->line, p->column,
                        p->what);
    }
    if (!r->value->len)
        return app_fail(error, APP_ERROR_INVALID, "%s: there are no points in it", r->file);
    return true;
}

/* ret's arrays live in `r`, its texts in `text`. */
static bool read_input(Reading *r, char *text, size_t len, Input *ret, GError **error)
{
    size_t start;
    unsigned line;

    r->separator = csv_sniff(text, len, &start, &line);
    CsvOptions options = { .separator = r->separator ? r->separator : ',' };
    g_autoptr(CsvReader) reader = csv_reader_new(text + start, len - start, line, &options);

    if (!read_rows(r, reader, error))
        return false;
    *ret = (Input){ (const char **)(void *)r->period->data, (double *)(void *)r->value->data,
                    (double *)(void *)r->n->data, r->value->len, r->at[AT_N] >= 0 };
    return true;
}

static bool read_text(const char *file, char **ret_text, size_t *ret_len, GError **error)
{
    g_autofree char *data = NULL;
    size_t size;
    EncodingProblem problem;

    if (!cli_read_file(file, &data, &size, error))
        return false;
    if (!encoding_to_utf8(data, size, encoding_sniff(data, size), ret_text, ret_len, &problem))
        return app_fail(error, APP_ERROR_INVALID, "%s:%u:%u: %s", file, problem.line,
                        problem.column, problem.what);
    return true;
}

/* --- options --- */

typedef struct {
    char *chart, *profile, *improve, *target, *rebase, *phase_after, *exclude;
    int fix_after;
    gboolean summary;
} Options;

/* "9,17" into numbers of points from 1, ascending; `plus` is added to each, less one. */
static bool read_points(const char *option, const char *text, size_t plus, GArray *list,
                        GError **error)
{
    g_auto(GStrv) part = g_strsplit(text ? text : "", ",", -1);

    for (char **p = part; *p; p++) {
        guint64 point;

        if (!g_ascii_string_to_unsigned(g_strstrip(*p), 10, 1, G_MAXUINT32, &point, NULL))
            return app_fail(error, APP_ERROR_INVALID,
                            "%s takes numbers of points from 1, with commas between", option);
        size_t at = (size_t)point - 1 + plus;

        g_array_append_val(list, at);
    }
    return true;
}

static int by_number(const void *a, const void *b)
{
    const size_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static bool read_words(const Options *o, SpcSpec *spec, GError **error)
{
    char *end;

    if (o->chart && !spc_chart_of(o->chart, &spec->chart))
        return app_fail(error, APP_ERROR_INVALID,
                        "--chart is xmr, run, p, pp, u, up, c, mr, t or ip, not \"%s\"", o->chart);
    spec->profile = spc_default_profile(spec->chart);
    if (o->profile && !spc_profile_of(o->profile, &spec->profile))
        return app_fail(error, APP_ERROR_INVALID,
                        "--profile is nhs-r, nhs-r-unscreened, anhoej or western-electric, not "
                        "\"%s\"",
                        o->profile);
    if (!g_strcmp0(o->improve, "up") || !g_strcmp0(o->improve, "down"))
        spec->better = *o->improve == 'u' ? SPC_BETTER_UP : SPC_BETTER_DOWN;
    else if (g_strcmp0(o->improve, "none") && o->improve)
        return app_fail(error, APP_ERROR_INVALID, "--improve is up, down or none");
    spec->target = o->target ? g_ascii_strtod(o->target, &end) : NAN;
    if (o->target && (end == o->target || *end || !isfinite(spec->target)))
        return app_fail(error, APP_ERROR_INVALID, "--target is a number");
    if (o->fix_after < 0)
        return app_fail(error, APP_ERROR_INVALID, "--fix-after is a number of points");
    spec->fix_after = (size_t)o->fix_after;
    return true;
}

static bool exclude(const Options *o, const Input *input, bool **ret, GError **error)
{
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autofree bool *excluded = g_new0(bool, input->count);

    if (!read_points("--exclude", o->exclude, 0, list, error))
        return false;
    for (guint i = 0; i < list->len; i++) {
        size_t at = g_array_index(list, size_t, i);

        if (at >= input->count)
            return app_fail(error, APP_ERROR_INVALID, "--exclude %zu: there are %zu points", at + 1,
                            input->count);
        excluded[at] = true;
    }
    *ret = g_steal_pointer(&excluded);
    return true;
}

static bool find_phases(const Options *o, GArray *starts, GError **error)
{
    if (!read_points("--rebase", o->rebase, 0, starts, error) ||
        !read_points("--phase-after", o->phase_after, 1, starts, error))
        return false;
    if (starts->len)
        qsort(starts->data, starts->len, sizeof(size_t), by_number);
    return true;
}

/* --- writing --- */

/* The fewest digits that give the same number back; nothing for NAN. */
static const char *number(double value, char text[G_ASCII_DTOSTR_BUF_SIZE])
{
    if (isnan(value))
        return "";
    g_ascii_formatd(text, G_ASCII_DTOSTR_BUF_SIZE, "%.15g", value);
    if (g_ascii_strtod(text, NULL) != value)
        g_ascii_dtostr(text, G_ASCII_DTOSTR_BUF_SIZE, value);
    return text;
}

static void print_cell(const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, stdout);
        return;
    }
    putchar('"');
    for (; *text; text++) {
        if (*text == '"')
            putchar('"');
        putchar(*text);
    }
    putchar('"');
}

static void print_rules(unsigned rules)
{
    const char *between = "";

    for (unsigned i = 0; i < N_SPC_RULES; i++)
        if (rules & 1u << i) {
            printf("%s%s", between, spc_rule_code(1u << i));
            between = "+";
        }
}

static void print_points(const Input *input, const Spc *spc)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    puts("i,period,value,n,phase,centre,lower,upper,point_type,rules");
    for (size_t i = 0; i < spc->n; i++) {
        const SpcPoint *p = &spc->point[i];

        printf("%zu,", i + 1);
        print_cell(input->period[i]);
        printf(",%s,", number(p->value, text));
        printf("%s,%zu,", number(input->n[i], text), p->phase + 1);
        printf("%s,", number(p->centre, text));
        printf("%s,", number(p->lower, text));
        printf("%s,%s,", number(p->upper, text), spc_type_code(p->type));
        print_rules(p->rules);
        putchar('\n');
    }
}

static json_t *json_number(double value)
{
    return isnan(value) ? json_null() : json_real(value);
}

static json_t *json_size(size_t value)
{
    return json_integer((json_int_t)value);
}

static json_t *json_phase(const SpcPhase *p)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:o, s:b}", "first",
                     json_size(p->first + 1), "n", json_size(p->n), "n_useful",
                     json_size(p->n_useful), "centre", json_number(p->centre), "lower",
                     json_number(p->lower), "upper", json_number(p->upper), "trial", p->trial,
                     "longest_run", json_size(p->longest_run), "longest_run_max",
                     json_size(p->longest_run_max), "crossings", json_size(p->crossings),
                     "crossings_min", json_size(p->crossings_min), "runs_signal", p->runs_signal);
}

static void print_summary(const SpcSpec *spec, const Spc *spc)
{
    json_t *phases = json_array();
    json_t *all;

    for (size_t i = 0; i < spc->n_phases; i++)
        json_array_append_new(phases, json_phase(&spc->phase[i]));
    all = json_pack("{s:s, s:s, s:o, s:s, s:s, s:o}", "chart", spc_chart_code(spec->chart),
                    "profile", spc_profile_code(spec->profile), "n", json_size(spc->n), "assurance",
                    spc_assurance_code(spc->assurance), "last_point_type", spc_type_code(spc->last),
                    "phases", phases);
    json_dumpf(all, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
    putchar('\n');
    json_decref(all);
}

/* --- the command --- */

static bool compute(const Options *o, const Input *input, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autofree bool *excluded = NULL;
    SpcSpec spec = { 0 };
    SpcSeries series = { input->value, input->has_n ? input->n : NULL, input->count };
    Spc spc;

    if (!read_words(o, &spec, error) || !find_phases(o, starts, error) ||
        !exclude(o, input, &excluded, error))
        return false;
    spec.starts = (const size_t *)(const void *)starts->data;
    spec.n_starts = starts->len;
    spec.excluded = excluded;
    if (!spc_compute(arena, &spec, &series, &spc, error))
        return false;
    if (o->summary)
        print_summary(&spec, &spc);
    else
        print_points(input, &spc);
    return true;
}

static bool run(const Options *o, const char *file, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GArray) period = g_array_new(FALSE, FALSE, sizeof(char *));
    g_autoptr(GArray) value = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GArray) n = g_array_new(FALSE, FALSE, sizeof(double));
    Reading reading = { .file = file, .period = period, .value = value, .n = n };
    Input input;
    size_t len;

    return read_text(file, &text, &len, error) && read_input(&reading, text, len, &input, error) &&
           compute(o, &input, error);
}

static void clear(Options *o)
{
    g_free(o->chart);
    g_free(o->profile);
    g_free(o->improve);
    g_free(o->target);
    g_free(o->rebase);
    g_free(o->phase_after);
    g_free(o->exclude);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, clear)

int cli_spc(int argc, char **argv)
{
    g_auto(Options) o = { 0 };
    const GOptionEntry entries[] = {
        { "chart", 0, 0, G_OPTION_ARG_STRING, &o.chart,
          "xmr (default), run, p, pp, u, up, c, mr, t, ip", "C" },
        { "profile", 0, 0, G_OPTION_ARG_STRING, &o.profile,
          "nhs-r (default of xmr), nhs-r-unscreened, anhoej (default of the rest), "
          "western-electric",
          "NAME" },
        { "improve", 0, 0, G_OPTION_ARG_STRING, &o.improve,
          "which way is better: up, down or none (default)", "WAY" },
        { "target", 0, 0, G_OPTION_ARG_STRING, &o.target, "held against the limits", "X" },
        { "rebase", 0, 0, G_OPTION_ARG_STRING, &o.rebase, "points that begin a new phase", "I,J" },
        { "phase-after", 0, 0, G_OPTION_ARG_STRING, &o.phase_after, "points that end a phase",
          "I,J" },
        { "fix-after", 0, 0, G_OPTION_ARG_INT, &o.fix_after,
          "centre and limits from so many first points", "I" },
        { "exclude", 0, 0, G_OPTION_ARG_STRING, &o.exclude, "points shown, but not counted",
          "I,J" },
        { "summary", 0, 0, G_OPTION_ARG_NONE, &o.summary, "JSON about each phase instead", NULL },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    int code = cli_parse(NAME " [FILE.csv]", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc > 2)
        return cli_misuse(NAME, "one file at a time");
    if (!run(&o, argc > 1 ? argv[1] : "-", &error))
        return cli_failed(error);
    return EXIT_DONE;
}
