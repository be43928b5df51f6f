/* cmd-spc.c - spc: a series from a CSV file, with limits and signals, as CSV or a summary in JSON.
 *
 * The formats are those of design.md 8 and contracts.md "spc"; what the charts and rules mean stands
 * in spc.h.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include "csv.h"
#include "cli.h"
#include "spc.h"
#include "spc-csv.h"

#define NAME "spc"

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

static bool exclude(const GArray *points, size_t count, bool *excluded, GError **error)
{
    for (guint i = 0; i < points->len; i++) {
        size_t at = g_array_index(points, size_t, i);

        if (at >= count)
            return app_fail(error, APP_ERROR_INVALID, "--exclude %zu: there are %zu points", at + 1,
                            count);
        excluded[at] = true;
    }
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
    g_autoptr(GString) field = g_string_new(NULL);

    csv_field(field, text, ',');
    fputs(field->str, stdout);
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

static void print_points(const SpcCsv *input, const Spc *spc)
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

/* What the options say of themselves, before there is a file to hold them against. */
typedef struct {
    SpcSpec spec;
    GArray *starts, *excluded; /* of size_t */
} Wanted;

static bool want(const Options *o, Wanted *w, GError **error)
{
    return read_words(o, &w->spec, error) && find_phases(o, w->starts, error) &&
           read_points("--exclude", o->exclude, 0, w->excluded, error);
}

static bool compute(const Options *o, Wanted *w, const SpcCsv *input, Arena *arena, GError **error)
{
    SpcSeries series = { input->value, input->has_n ? input->n : NULL, input->count };
    bool *excluded = arena_alloc(arena, input->count * sizeof(bool));
    Spc spc;

    if (!exclude(w->excluded, input->count, excluded, error))
        return false;
    w->spec.starts = (const size_t *)(const void *)w->starts->data;
    w->spec.n_starts = w->starts->len;
    w->spec.excluded = excluded;
    if (!spc_compute(arena, &w->spec, &series, &spc, error))
        return false;
    if (o->summary)
        print_summary(&w->spec, &spc);
    else
        print_points(input, &spc);
    return true;
}

static bool run(const Options *o, Wanted *w, const char *file, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    g_autofree char *data = NULL;
    SpcCsv input;
    size_t size;

    return cli_read_file(file, &data, &size, error) &&
           spc_csv_read(arena, file, data, size, &input, error) &&
           compute(o, w, &input, arena, error);
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
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autoptr(GArray) excluded = g_array_new(FALSE, FALSE, sizeof(size_t));
    Wanted wanted = { .starts = starts, .excluded = excluded };
    g_autoptr(GError) error = NULL;
    int code = cli_parse(NAME " [FILE.csv]", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (argc > 2)
        return cli_misuse(NAME, "one file at a time");
    if (!want(&o, &wanted, &error))
        return cli_misuse(NAME, "%s", error->message);
    if (!run(&o, &wanted, argc > 1 ? argv[1] : "-", &error))
        return cli_failed(error);
    return EXIT_DONE;
}
