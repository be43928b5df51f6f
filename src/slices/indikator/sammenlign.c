/* sammenlign.c - one figure of a unit beside the same of others: those of its county, chosen ones,
 * or its schools, in a funnel around the nation.
 *
 * Units stand in the order of the alphabet, and no mark or word puts one before another: the funnel
 * says which differ from the reference by more than their size explains.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "encoding.h"
#include "sammenlign.h"
#include "sammenlign.html.h"

#define MOST_CHOSEN 30
#define CURVE 25

typedef struct {
    const char *code; /* of the indicator */
    UnitRef unit;
    UnitRefList peers;
    const char *with, *period;
    UnitRefList units; /* compared, and the reference last when `reference` says so */
    size_t reference;  /* in the matrix; SIZE_MAX: none */
    Sight sight;
    Matrix all, m; /* of the unit and its peers through time; of one period */
    Funnel funnel;
    bool limits;
    const char *why;
    size_t placed, outside; /* units with a place in the funnel; of these, beyond 99.8 % */
} Comparing;

/* --- limits --- */

static bool people_share(const Indicator *about)
{
    return !strcmp(about->unit, "prosent") && strcmp(about->source, "hr_lokal") != 0;
}

double indikator_sampling_variance(const Indicator *about, const MatrixCell *c)
{
    double n = (double)c->cell.n, share = c->cell.value / 100;

    if (!matrix_shown(c))
        return NAN;
    if (c->cell.uncertainty > 0)
        return pow(c->cell.uncertainty / 1.96, 2);
    /* a half added to yes and no alike keeps a share of 0 or 100 from being told as certain */
    if (people_share(about) && c->cell.n != NO_INT && c->cell.n > 0) {
        share = (share * n + 0.5) / (n + 1);
        return 1e4 * share * (1 - share) / n;
    }
    return NAN;
}

bool indikator_funnel(const Matrix *m, size_t period, size_t unit_count, size_t reference,
                      Funnel *ret, const char **ret_why)
{
    const Indicator *about = &m->indicators[0];
    g_autofree double *half = g_new0(double, m->n_units + 1);
    g_autofree int64_t *n = g_new0(int64_t, m->n_units + 1);

    *ret = (Funnel){ .kind = FUNNEL_SHARE };
    *ret_why = _("There are no limits: the figure they would be held against is not known.");
    if (reference >= m->n_units || !matrix_shown(matrix_at(m, reference, 0, period)))
        return false;
    ret->reference = matrix_at(m, reference, 0, period)->cell.value;
    if (people_share(about))
        return true;
    for (size_t u = 0; u < unit_count; u++) {
        const Cell *c = &matrix_at(m, u, 0, period)->cell;

        if (matrix_shown(matrix_at(m, u, 0, period)) && c->n != NO_INT)
            half[u] = c->uncertainty, n[u] = c->n;
    }
    ret->kind = FUNNEL_MEAN;
    ret->sd = funnel_pooled_sd(half, n, unit_count);
    *ret_why = _("There are no limits: the source gives no uncertainty for these figures, so what "
                 "chance does cannot be told.");
    return ret->sd > 0;
}

const char *indikator_place_text(FunnelPlace place)
{
    switch (place) {
    case FUNNEL_FAR_BELOW:
        return _("clearly lower: chance hardly ever gives this (fewer than 1 in 500)");
    case FUNNEL_BELOW:
        return _("lower: chance seldom gives this (fewer than 1 in 20)");
    case FUNNEL_ABOVE:
        return _("higher: chance seldom gives this (fewer than 1 in 20)");
    case FUNNEL_FAR_ABOVE:
        return _("clearly higher: chance hardly ever gives this (fewer than 1 in 500)");
    case FUNNEL_WITHIN:
    default:
        return _("within what chance gives a group of this size");
    }
}

/* --- whom it is compared with --- */

static const char *county_of(const Comparing *c)
{
    for (size_t i = 0; i < c->peers.n; i++)
        if (c->peers.v[i].level == 2)
            return c->peers.v[i].code;
    return "";
}

static const char *unknown_text(Arena *arena, const char *word)
{
    g_autofree char *cut = utf8_cut(word, 40);

    return arena_printf(arena, _("“%s” is no municipality number that is known."), cut);
}

/* "1566, 1505 1548" → codes; a word that is no known municipality is a problem. */
static bool chosen_units(Req *req, Comparing *c, CompareView *view, GError **error)
{
    g_auto(GStrv) words = g_strsplit_set(view->typed, ", ;\t\n", 4 * MOST_CHOSEN);

    c->units.v = arena_alloc(req->arena, (MOST_CHOSEN + 2) * sizeof(UnitRef));
    for (char **word = words; *word; word++) {
        g_autoptr(GError) why = NULL;
        UnitRef *to = &c->units.v[c->units.n];

        if (!**word || !strcmp(*word, c->unit.code))
            continue;
        if (c->units.n == MOST_CHOSEN) {
            view->problem = arena_printf(req->arena, _("Choose %d at most."), MOST_CHOSEN);
            break;
        }
        if (indikator_public_unit(req->db, req->arena, *word, to, &why) && to->level == 3)
            c->units.n++;
        else if (why && !g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND))
            return app_pass(error, &why);
        else
            view->problem = unknown_text(req->arena, *word);
    }
    return true;
}

static bool gather(Req *req, Comparing *c, CompareView *view, GError **error)
{
    if (!strcmp(c->with, "valgte"))
        return chosen_units(req, c, view, error);
    if (!strcmp(c->with, "skoler"))
        return indikator_siblings(req, &c->unit, &c->units, error);
    return indikator_level_units(req->db, req->arena, c->unit.level == 1 ? 2 : 3,
                                 c->unit.level == 1 ? "" : county_of(c), &c->units, error);
}

static void add_unit(UnitRefList *list, const UnitRef *unit)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].enhet == unit->enhet && !strcmp(list->v[i].code, unit->code))
            return;
    list->v[list->n++] = *unit;
}

/* The asker's own unit first, the rest once each, the reference last. */
static void arrange(Req *req, Comparing *c)
{
    UnitRefList all = { arena_alloc(req->arena, (c->units.n + 2) * sizeof(UnitRef)), 0 };
    const UnitRef *last = &c->peers.v[c->peers.n - 1];

    add_unit(&all, &c->unit);
    for (size_t i = 0; i < c->units.n; i++)
        if (strcmp(c->units.v[i].code, c->unit.code) || !*c->unit.code)
            add_unit(&all, &c->units.v[i]);
    c->reference = SIZE_MAX;
    if (c->peers.n > 1) {
        c->reference = all.n;
        add_unit(&all, last);
        if (c->reference == all.n) /* it was among them */
            c->reference = SIZE_MAX;
    }
    c->units = all;
}

/* --- choices --- */

static void put_choice(Choices *list, const char *value, const char *label, const char *now)
{
    list->v[list->n++] = (Choice){ value, label, !strcmp(value, now) };
}

/* What suits a unit comes first, and is what is shown when nothing was asked for. */
static void fill_groups(Req *req, Comparing *c, Choices *ret)
{
    const char *asked = req_query(req, "med");
    size_t chosen = 0;

    asked = asked ? asked : "";
    *ret = (Choices){ arena_alloc(req->arena, 3 * sizeof(Choice)), 0 };
    if (c->unit.level == 1)
        put_choice(ret, "fylke", _("The counties"), asked);
    else if (c->unit.level < 4 && *county_of(c)) /* not known of a municipality that is no more */
        put_choice(ret, "fylke", _("The municipalities of the county"), asked);
    if (c->unit.level == 3)
        put_choice(ret, "valgte", _("Municipalities I choose"), asked);
    if (c->unit.level >= 3)
        put_choice(ret, "skoler", _("The schools of the municipality"), asked);
    while (chosen < ret->n && !ret->v[chosen].chosen)
        chosen++;
    chosen = chosen < ret->n ? chosen : 0;
    ret->v[chosen].chosen = true;
    c->with = ret->v[chosen].value;
}

/* Periods newest first. One that is not known is as good as none. */
static void fill_periods(Req *req, Comparing *c, Choices *ret)
{
    const char *asked = req_query(req, "periode");
    size_t newest = indikator_newest(&c->all, 0, 0), n = c->all.n_periods;

    *ret = (Choices){ arena_alloc(req->arena, MAX(n, 1) * sizeof(Choice)), 0 };
    c->period = n ? c->all.periods[newest < n ? newest : n - 1] : NULL;
    for (size_t p = 0; asked && p < n; p++)
        if (!strcmp(c->all.periods[p], asked))
            c->period = c->all.periods[p];
    for (size_t p = n; p-- > 0;)
        put_choice(ret, c->all.periods[p], c->all.periods[p], c->period);
}

/* --- what is shown --- */

static size_t compared(const Comparing *c)
{
    return c->reference == SIZE_MAX ? c->m.n_units : c->reference;
}

static const MatrixCell *cell_of(const Comparing *c, size_t unit)
{
    return matrix_at(&c->m, unit, 0, 0);
}

static bool sized(const Comparing *c, size_t unit)
{
    const MatrixCell *cell = cell_of(c, unit);

    return matrix_shown(cell) && cell->cell.n != NO_INT && cell->cell.n >= 1;
}

/* Where a unit lies, in words, and counted; "" when that cannot be told. */
static const char *place_of(Comparing *c, size_t unit)
{
    const Cell *cell = &cell_of(c, unit)->cell;
    FunnelPlace at;

    if (!c->limits || !sized(c, unit))
        return "";
    at = funnel_place(&c->funnel, cell->value, cell->n);
    c->placed++;
    c->outside += at == FUNNEL_FAR_BELOW || at == FUNNEL_FAR_ABOVE;
    return indikator_place_text(at);
}

static void fill_rows(Req *req, Comparing *c, CompareView *view)
{
    view->rows =
        (CompareRows){ arena_alloc(req->arena, MAX(c->m.n_units, 1) * sizeof(CompareRow)), 0 };
    for (size_t u = 0; u < compared(c); u++) {
        const MatrixCell *cell = cell_of(c, u);
        char n[NUM_TEXT];

        if (u > 0 && !cell->known)
            continue;
        view->rows.v[view->rows.n++] = (CompareRow){
            .name = c->m.units[u].name,
            .figure = indikator_cell_text(req->arena, &c->m.indicators[0], &cell->cell, false),
            .people =
                sized(c, u) ? arena_dup(req->arena, num_text((double)cell->cell.n, 0, n)) : "",
            .place = place_of(c, u),
            .own = u == 0,
            .hidden = cell->cell.status == VALUE_MASKED,
        };
    }
}

static int by_name(const void *a, const void *b)
{
    const CompareRow *left = a, *right = b;

    return nb_compare(left->name, strlen(left->name), right->name, strlen(right->name));
}

static ChartLimit limit_at(const Funnel *funnel, double size)
{
    FunnelLimits l = funnel_limits(funnel, (int64_t)llround(size));

    return (ChartLimit){ round(size), l.low95, l.high95, l.low998, l.high998 };
}

/* From the smallest group to the largest, closer where the funnel is steep. */
static void fill_limits(Arena *arena, const Comparing *c, ChartFunnel *f, size_t n)
{
    double low = INFINITY, high = 0;
    ChartLimit *limits = arena_alloc(arena, CURVE * sizeof(ChartLimit));

    for (size_t i = 0; i < n; i++)
        if (f->sizes[i] >= 1)
            low = fmin(low, f->sizes[i]), high = fmax(high, f->sizes[i]);
    if (!c->limits || !(low <= high))
        return;
    low = fmax(1, floor(low * 0.85));
    high = ceil(high * 1.1) + 1;
    for (size_t i = 0; i < CURVE; i++) {
        double at = sqrt(low) + (sqrt(high) - sqrt(low)) * (double)i / (CURVE - 1);
        ChartLimit limit = limit_at(&c->funnel, at * at);

        if (f->n_limits == 0 || limit.size > limits[f->n_limits - 1].size)
            limits[f->n_limits++] = limit;
    }
    f->limits = limits;
}

static void draw(Req *req, const Comparing *c, CompareView *view)
{
    FigureCompare what = { 0, 0, 0, c->reference };
    const Chart *plain = indikator_figure_compare(req->arena, &c->m, &what);
    size_t n = 0, drawn = 0;

    if (!plain)
        return;
    ChartFunnel *funnel = arena_alloc(req->arena, sizeof *funnel);
    Chart *chart = arena_alloc(req->arena, sizeof *chart);
    double *sizes = arena_alloc(req->arena, c->m.n_units * sizeof(double));
    for (size_t u = 0; u < c->m.n_units; u++) /* the rows that the chart took, in its order */
        if (cell_of(c, u)->known && u != c->reference) {
            sizes[n] = sized(c, u) ? (double)cell_of(c, u)->cell.n : 0;
            drawn += sizes[n++] >= 1;
        }
    *funnel = (ChartFunnel){ .sizes = sizes, .size_name = _("people behind the figure") };
    *chart = *plain;
    if (drawn > 1) {
        fill_limits(req->arena, c, funnel, n);
        chart->kind = CHART_FUNNEL;
        chart->funnel = funnel;
        chart->low = chart->high = 0;
    }
    chart->id = "trakt";
    chart->reading = view->outside && *view->outside
                         ? arena_printf(req->arena, "%s %s", view->sentence, view->outside)
                         : view->sentence;
    view->chart = chart;
}

static void fill_words(Req *req, Comparing *c, CompareView *view)
{
    const Indicator *about = &c->m.indicators[0];
    Arena *a = req->arena;
    const char *place = view->rows.v[0].place, *reference = "";

    if (c->reference != SIZE_MAX && cell_of(c, c->reference)->known)
        reference =
            arena_printf(a, "%s: %s", c->m.units[c->reference].name,
                         indikator_cell_text(a, about, &cell_of(c, c->reference)->cell, false));
    view->reference = reference;
    view->sentence =
        arena_printf(a, *place ? "%s, %s: %s – %s." : "%s, %s: %s%s.", c->unit.name, c->period,
                     cell_of(c, 0)->cell.status == VALUE_MASKED
                         ? _("hidden, because the group is small")
                         : indikator_cell_text(a, about, &cell_of(c, 0)->cell, true),
                     place);
    view->outside =
        c->placed < 2
            ? ""
            : arena_printf(a,
                           ngettext("%zu of %zu units lies outside the outer limits; by chance "
                                    "alone nearly none would.",
                                    "%zu of %zu units lie outside the outer limits; by chance "
                                    "alone nearly none would.",
                                    c->outside),
                           c->outside, c->placed);
    if (!c->limits)
        view->method = c->why;
    else if (c->funnel.kind == FUNNEL_SHARE)
        view->method = _("The limits are those of a share of people: exact, from the binomial "
                         "distribution.");
    else {
        char sd[NUM_TEXT];

        view->method = arena_printf(a,
                                    _("The limits are those of a mean, with a standard deviation "
                                      "between people of %s, found from the uncertainties that the "
                                      "source gives."),
                                    num_text(c->funnel.sd, 1, sd));
    }
}

static bool fill_head(Req *req, Comparing *c, CompareView *view, GError **error)
{
    const Indicator *about = &c->all.indicators[0];

    view->name = about->name;
    view->unit = c->unit.name;
    view->unit_word = indikator_unit_name(about->unit);
    view->self = url_for(req->arena, "/indikatorer/%s/sammenlign", c->code);
    view->back = indikator_about_url(req, "/indikatorer/%s", c->code, &c->unit);
    view->spread = indikator_about_url(req, "/indikatorer/%s/spredning", c->code, &c->unit);
    return indikator_unit_options(req, &c->unit, &view->units, error);
}

bool indikator_show_comparison(Req *req, GError **error)
{
    const char *typed = req_query(req, "kommuner");
    Comparing c = { .code = req_param(req, "code"), .reference = SIZE_MAX };
    CompareView view = { .typed = typed && g_utf8_validate(typed, -1, NULL) ? typed : "",
                         .problem = "",
                         .sentence = "",
                         .outside = "",
                         .method = "" };
    const OneAsk ask = { .code = c.code, .units = &c.peers };

    if (!indikator_chosen_unit(req, &c.unit, error) ||
        !indikator_peers(req->db, req->arena, &c.unit, &c.peers, error) ||
        !indikator_read_one(req, &ask, &c.sight, &c.all, error))
        return false;
    fill_groups(req, &c, &view.groups);
    if (!gather(req, &c, &view, error) || !fill_head(req, &c, &view, error))
        return false;
    fill_periods(req, &c, &view.periods);
    arrange(req, &c);
    view.choosing = !strcmp(c.with, "valgte");
    view.fails = *view.problem != '\0';
    view.tied = view.fails ? "kommuner-h kommuner-p" : "kommuner-h";
    if (c.period) {
        const OneAsk one = { .code = c.code, .units = &c.units, .only = c.period };

        if (!indikator_read_one(req, &one, &c.sight, &c.m, error))
            return false;
        c.limits = c.m.n_periods > 0 &&
                   indikator_funnel(&c.m, 0, compared(&c), c.reference, &c.funnel, &c.why);
    }
    view.audience = indikator_audience_text(c.sight.audience);
    if (c.m.n_periods) {
        fill_rows(req, &c, &view); /* the asker's own first */
        fill_words(req, &c, &view);
        draw(req, &c, &view);
        qsort(view.rows.v, view.rows.n, sizeof(CompareRow), by_name);
    }
    indikator_sammenlign(req_page(req, view.fails ? 422 : 200,
                                  arena_printf(req->arena, _("%s, compared"), view.name)),
                         &view);
    if (!req->user && !view.fails)
        req_cacheable(req);
    return true;
}
