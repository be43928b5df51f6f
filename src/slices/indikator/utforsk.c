/* utforsk.c - reading the explorer's choices from the address, and narrowing a matrix to them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "periode.h"
#include "utforsk.h"

#define LONGEST 200 /* characters of one choice */
#define MOST_PERIODS 20
#define MOST_FIXED 200

static const char *const names[N_EXPLORE] = { "fra", "til",    "mot", "profil", "kart", "fase",
                                              "las", "utelat", "mal", "for",    "skala" };

const char *indikator_explore_name(ExploreField field)
{
    return names[field];
}

static const char *typed(Req *req, const char *name)
{
    const char *text = req_query(req, name);

    if (!text || !*text)
        return "";
    g_autofree char *copy = g_strndup(text, LONGEST);

    return arena_dup(req->arena, g_utf8_validate(copy, -1, NULL) ? g_strstrip(copy) : "");
}

static bool period_of(Req *req, const char *text, const Indicator *about, const char **ret)
{
    char period[PERIOD_SIZE];

    if (!indikator_read_period(text, about->code, period))
        return false;
    *ret = arena_dup(req->arena, period);
    return true;
}

static const char *period_problem(Req *req, const char *text)
{
    return arena_printf(
        req->arena, _("“%s” is no period. Write it as 2025/26, 2025, 2025K1 or 2025-03."), text);
}

static const char *read_period(Req *req, const Indicator *about, Explore *x, ExploreField field)
{
    const char *period = NULL;

    if (*x->typed[field] && !period_of(req, x->typed[field], about, &period))
        x->problem[field] = period_problem(req, x->typed[field]);
    return period;
}

/* Periods with commas or blanks between; NULL when none is given. */
static const char *const *read_periods(Req *req, const Indicator *about, Explore *x,
                                       ExploreField field)
{
    if (!*x->typed[field])
        return NULL;
    g_auto(GStrv) parts = g_strsplit_set(x->typed[field], ",; ", -1);
    const char **list = arena_alloc(req->arena, (MOST_PERIODS + 1) * sizeof(char *));
    size_t n = 0;

    for (size_t i = 0; parts[i] && n < MOST_PERIODS; i++) {
        if (!*parts[i])
            continue;
        if (period_of(req, parts[i], about, &list[n]))
            n++;
        else if (!x->problem[field])
            x->problem[field] = period_problem(req, parts[i]);
    }
    list[n] = NULL;
    return n ? list : NULL;
}

static void read_rules(Explore *x)
{
    SpcChart chart = SPC_XMR;

    if (*x->typed[X_PROFILE] && !spc_profile_of(x->typed[X_PROFILE], &x->profile))
        x->problem[X_PROFILE] = _("There is no such set of rules. Choose one in the list.");
    if (!*x->typed[X_CHART])
        return;
    if (!spc_chart_of(x->typed[X_CHART], &chart) || chart == SPC_MR || chart == SPC_T)
        x->problem[X_CHART] = _("There is no such chart. Choose one in the list.");
    else
        x->chart = (int)chart;
}

static void read_numbers(Explore *x)
{
    double number = NAN;

    if (*x->typed[X_TARGET] &&
        (!num_parse(x->typed[X_TARGET], &number) || !isfinite(number) || fabs(number) > 1e9))
        x->problem[X_TARGET] = _("Write the target as a number, for example 6,5.");
    else
        x->target = number;
    if (!*x->typed[X_FIX])
        return;
    if (!num_parse(x->typed[X_FIX], &number) || number != floor(number) || number < 2 ||
        number > MOST_FIXED)
        x->problem[X_FIX] = _("Write how many measurements the limits are to be reckoned from: a "
                              "whole number from 2 to 200.");
    else
        x->fix_after = (size_t)number;
}

Explore indikator_explore_begin(Req *req)
{
    Explore x = { .profile = SPC_NHS_R, .chart = CONTROL_SUITS, .target = NAN };

    for (int i = 0; i < N_EXPLORE; i++)
        x.typed[i] = typed(req, names[i]);
    x.as_public = !strcmp(x.typed[X_AUDIENCE], "offentlig");
    x.scale = !strcmp(x.typed[X_SCALE], "korrigert") ? SCALE_CORRECTED : SCALE_PUBLISHED;
    return x;
}

static void check_view(Explore *x, const Indicator *about)
{
    if (!x->as_public && *x->typed[X_AUDIENCE])
        x->problem[X_AUDIENCE] = _("There is no such view. Choose one in the list.");
    if (*x->typed[X_SCALE] &&
        (x->scale == SCALE_PUBLISHED || strcmp(about->unit, "skalapoeng") != 0))
        x->problem[X_SCALE] = _("The corrected scale exists for scale points of national tests "
                                "alone.");
}

void indikator_explore_read(Req *req, const Indicator *about, Explore *x)
{
    x->from = read_period(req, about, x, X_FROM);
    x->to = read_period(req, about, x, X_TO);
    if (x->from && x->to && strcmp(x->from, x->to) > 0) {
        x->problem[X_TO] = _("The last period is before the first.");
        x->from = x->to = NULL;
    }
    x->starts = read_periods(req, about, x, X_STARTS);
    x->excluded = read_periods(req, about, x, X_EXCLUDED);
    read_rules(x);
    read_numbers(x);
    check_view(x, about);
}

bool indikator_explore_fails(const Explore *x)
{
    for (int i = 0; i < N_EXPLORE; i++)
        if (x->problem[i])
            return true;
    return false;
}

Url indikator_explore_url(Req *req, Url url, const Explore *x)
{
    for (int i = 0; i < N_EXPLORE; i++)
        if (*x->typed[i] && !x->problem[i])
            url = url_with(req->arena, url, names[i], x->typed[i]);
    return url;
}

/* --- narrowing --- */

typedef struct {
    size_t *v;
    size_t n;
} Kept;

static Kept keep_periods(Req *req, const Matrix *m, const Explore *x)
{
    Kept kept = { arena_alloc(req->arena, (m->n_periods + 1) * sizeof(size_t)), 0 };

    for (size_t p = 0; p < m->n_periods; p++)
        if ((!x->from || strcmp(m->periods[p], x->from) >= 0) &&
            (!x->to || strcmp(m->periods[p], x->to) <= 0))
            kept.v[kept.n++] = p;
    return kept;
}

static Kept keep_units(Req *req, const Matrix *m, Explore *x)
{
    Kept kept = { arena_alloc(req->arena, (m->n_units + 1) * sizeof(size_t)), 0 };
    const char *against = x->typed[X_COMPARE];
    bool all = !*against, none = !strcmp(against, "ingen");

    for (size_t u = 0; u < m->n_units; u++)
        if (u == 0 || all ||
            (!none && !strcmp(against, indikator_unit_key(req->arena, &m->units[u]))))
            kept.v[kept.n++] = u;
    if (!all && !none && kept.n < 2)
        x->problem[X_COMPARE] = _("That is no neighbour of the unit. Choose one in the list.");
    return kept;
}

static bool has_period(const Matrix *m, const char *period)
{
    for (size_t p = 0; p < m->n_periods; p++)
        if (!strcmp(m->periods[p], period))
            return true;
    return false;
}

static void check_periods(Req *req, const Matrix *m, Explore *x, ExploreField field,
                          const char *const *periods)
{
    for (; periods && *periods && !x->problem[field]; periods++)
        if (!has_period(m, *periods))
            x->problem[field] = arena_printf(req->arena, _("There is no figure of %s."), *periods);
}

Matrix indikator_explore_narrow(Req *req, const Matrix *all, Explore *x)
{
    Kept periods = keep_periods(req, all, x), units = keep_units(req, all, x);
    size_t per_unit = all->n_indicators * periods.n;
    UnitRef *refs = arena_alloc(req->arena, (units.n + 1) * sizeof(UnitRef));
    Matrix m = *all;

    m.v = arena_alloc(req->arena, (units.n * per_unit + 1) * sizeof(MatrixCell));
    m.periods = arena_alloc(req->arena, (periods.n + 1) * sizeof(char *));
    for (size_t p = 0; p < periods.n; p++)
        m.periods[p] = all->periods[periods.v[p]];
    for (size_t u = 0; u < units.n; u++) {
        refs[u] = all->units[units.v[u]];
        for (size_t i = 0; i < per_unit; i++)
            m.v[u * per_unit + i] =
                *matrix_at(all, units.v[u], i / periods.n, periods.v[i % periods.n]);
    }
    m.units = refs;
    m.n_units = units.n;
    m.n_periods = periods.n;
    check_periods(req, &m, x, X_STARTS, x->starts);
    check_periods(req, &m, x, X_EXCLUDED, x->excluded);
    return m;
}
