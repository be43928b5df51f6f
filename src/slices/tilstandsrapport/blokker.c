/* blokker.c - which blocks a theme gets, from what data there are.
 *
 * A survey of the theme tells, for each indicator, who has values and in which periods. Then four
 * choosers go over it, in the order a reader wants them: scores by grade (development, the newest
 * figures of the schools, comparison), levels, quarters, and at last what stands alone or in words.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "blokker.h"
#include "mal.h"

static const struct {
    const char *code, *name;
} views[N_VIEW] = {
    [VIEW_SERIES] = { "series", N_("Development over time") },
    [VIEW_COMPARE] = { "compare", N_("The schools held together in a figure") },
    [VIEW_SCHOOLS] = { "schools", N_("The schools in a table") },
    [VIEW_QUARTERS] = { "quarters", N_("Quarter by quarter") },
    [VIEW_LEVELS] = { "levels", N_("Pupils on each level") },
    [VIEW_WORDS] = { "words", N_("Key figures and results in words") },
};

const char *tilstandsrapport_view_code(BlockView view)
{
    return views[view].code;
}

const char *tilstandsrapport_view_name(BlockView view)
{
    return _(views[view].name);
}

#define MAX_COLUMNS 6 /* indicators side by side in one table */

typedef struct {
    Composing *c;
    const BlockChoice *choice;
    IndicatorList all; /* of the theme, catalogue order */
    UnitRefList units; /* municipality, schools, others */
    Matrix m;          /* units x all.v */
    bool *told;        /* of all.v: a block has it */
    GArray *blocks;    /* Block */
} Survey;

/* --- reading the survey --- */

typedef struct {
    size_t numbers;     /* periods with a number, shown or masked */
    const char *newest; /* the newest of them; NULL when none */
    bool words;         /* a value without a number */
} Seen;

static Seen seen_of(const Survey *s, size_t unit, size_t indicator)
{
    const char *limit = tilstandsrapport_limit(s->c->arena, &s->all.v[indicator], s->c->year);
    Seen seen = { 0 };

    for (size_t p = 0; p < s->m.n_periods && strcmp(s->m.periods[p], limit) <= 0; p++) {
        const MatrixCell *cell = matrix_at(&s->m, unit, indicator, p);

        if (!cell->known || cell->cell.status == VALUE_MISSING)
            continue;
        if (cell->cell.status == VALUE_QUALITATIVE) {
            seen.words = true;
            continue;
        }
        seen.numbers++;
        seen.newest = s->m.periods[p];
    }
    return seen;
}

/* Newest period with a number among the units from..to-1. */
static const char *newest_among(const Survey *s, size_t from, size_t to, size_t indicator,
                                size_t *ret_units)
{
    const char *newest = NULL;

    *ret_units = 0;
    for (size_t u = from; u < to; u++) {
        Seen seen = seen_of(s, u, indicator);

        *ret_units += seen.newest != NULL;
        if (seen.newest && (!newest || strcmp(seen.newest, newest) > 0))
            newest = seen.newest;
    }
    return newest;
}

static size_t n_schools(const Survey *s)
{
    return s->c->schools.n;
}

typedef enum { SORT_SCORE, SORT_LEVEL, SORT_QUARTER, SORT_OTHER } Sort;

static Sort sort_of(const Indicator *indicator)
{
    const char *dot = strrchr(indicator->code, '.');

    if (!strcmp(indicator->period, "kvartal"))
        return SORT_QUARTER;
    if (tilstandsrapport_word_subject(indicator->code) && dot && dot[1] == 'N')
        return SORT_LEVEL;
    if (*indicator->grade && !strcmp(indicator->period, "skolear"))
        return SORT_SCORE;
    return SORT_OTHER;
}

/* --- adding blocks --- */

static bool add(Survey *s, const BlockSpec *spec, GError **error)
{
    Block block;
    bool known;

    if (!tilstandsrapport_listed(s->choice->views, tilstandsrapport_view_code(spec->view)))
        return true;
    if (!tilstandsrapport_read_block(s->c, spec, &block, &known, error))
        return false;
    if (known)
        g_array_append_val(s->blocks, block);
    return true;
}

static bool add_series(Survey *s, size_t indicator, GError **error)
{
    const Indicator *about = &s->all.v[indicator];
    const char *const codes[] = { about->code, NULL };
    const BlockSpec spec = { .view = VIEW_SERIES,
                             .title = tilstandsrapport_word_title(s->c->arena, about),
                             .units = s->c->peers.v,
                             .n_units = s->c->peers.n,
                             .codes = codes,
                             .to = tilstandsrapport_limit(s->c->arena, about, s->c->year),
                             .own = s->c->peers.v[0].code };

    s->told[indicator] = true;
    return add(s, &spec, error);
}

/* The schools, then the municipality, the county and the nation. */
static UnitRefList schools_and_peers(const Survey *s)
{
    const Composing *c = s->c;
    UnitRefList list = { arena_alloc(c->arena, (c->schools.n + c->peers.n) * sizeof(UnitRef)), 0 };

    for (size_t i = 0; i < c->schools.n; i++)
        list.v[list.n++] = c->schools.v[i];
    for (size_t i = 0; i < c->peers.n; i++)
        list.v[list.n++] = c->peers.v[i];
    return list;
}

static bool add_newest(Survey *s, BlockView view, const char *title, const size_t *set, size_t n,
                       const char *period, GError **error)
{
    const char *codes[MAX_COLUMNS + 1] = { NULL };
    UnitRefList units = schools_and_peers(s);
    const BlockSpec spec = { .view = view,
                             .title = title,
                             .units = units.v,
                             .n_units = units.n,
                             .codes = codes,
                             .from = period,
                             .to = period,
                             .own = s->c->peers.v[0].code };

    for (size_t i = 0; i < n; i++) {
        codes[i] = s->all.v[set[i]].code;
        s->told[set[i]] = true;
    }
    return add(s, &spec, error);
}

/* --- scores: indicators of one grade and one source --- */

static bool add_scores(Survey *s, const size_t *set, size_t n, const char *period, GError **error)
{
    Arena *arena = s->c->arena;
    const char *grade = tilstandsrapport_word_capital(
        arena, tilstandsrapport_word_grade(arena, s->all.v[set[0]].grade));
    const char *title = n_schools(s)
                            ? arena_printf(arena, _("%s: the schools in %s"), grade, period)
                            : arena_printf(arena, _("%s in %s"), grade, period);
    size_t with_value;

    if (!add_newest(s, VIEW_SCHOOLS, title, set, n, period, error))
        return false;
    for (size_t i = 0; i < n; i++) {
        const Indicator *about = &s->all.v[set[i]];

        newest_among(s, 1, 1 + n_schools(s), set[i], &with_value);
        title = arena_printf(arena, _("%s: the schools, the municipality and the nation in %s"),
                             tilstandsrapport_word_title(arena, about), period);
        if (!strcmp(about->unit, "skalapoeng") && with_value > 1 &&
            !add_newest(s, VIEW_COMPARE, title, &set[i], 1, period, error))
            return false;
    }
    return true;
}

/* Indicators from `first` on with its grade, its source and a newest period of their own alike. */
static size_t set_of(const Survey *s, size_t first, bool *done, size_t set[MAX_COLUMNS],
                     const char **ret_period)
{
    const Indicator *about = &s->all.v[first];
    size_t n = 0, with_value;

    *ret_period = newest_among(s, 0, 1 + n_schools(s), first, &with_value);
    for (size_t i = first; i < s->all.n && n < MAX_COLUMNS; i++) {
        const char *newest = newest_among(s, 0, 1 + n_schools(s), i, &with_value);

        if (done[i] || sort_of(&s->all.v[i]) != SORT_SCORE ||
            strcmp(s->all.v[i].grade, about->grade) || strcmp(s->all.v[i].source, about->source) ||
            g_strcmp0(newest, *ret_period))
            continue;
        done[i] = true;
        set[n++] = i;
    }
    return n;
}

static bool choose_scores(Survey *s, GError **error)
{
    bool *done = arena_alloc(s->c->arena, MAX(s->all.n, 1) * sizeof(bool));
    size_t with_value;

    for (size_t i = 0; i < s->all.n; i++) {
        size_t set[MAX_COLUMNS], n;
        const char *period;

        if (done[i] || sort_of(&s->all.v[i]) != SORT_SCORE ||
            !newest_among(s, 0, 1 + n_schools(s), i, &with_value))
            continue;
        n = set_of(s, i, done, set, &period);
        for (size_t k = 0; k < n; k++)
            if (seen_of(s, 0, set[k]).numbers > 0 && !add_series(s, set[k], error))
                return false;
        if (!add_scores(s, set, n, period, error))
            return false;
    }
    return true;
}

/* --- levels: N1..Nn and their mean, for each unit that has them --- */

static bool stem_equal(const char *a, const char *b)
{
    const char *dot = strrchr(a, '.');

    return dot && !strncmp(a, b, (size_t)(dot - a) + 1) && !strchr(b + (dot - a) + 1, '.');
}

static bool add_levels(Survey *s, size_t first, size_t unit, GError **error)
{
    const char *codes[MAX_COLUMNS + 1] = { NULL };
    const Indicator *about = &s->all.v[first];
    const char *title =
        arena_printf(s->c->arena, _("%s: pupils on each level, %s"),
                     tilstandsrapport_word_title(s->c->arena, about), s->units.v[unit].name);
    const BlockSpec spec = { .view = VIEW_LEVELS,
                             .title = title,
                             .units = &s->units.v[unit],
                             .n_units = 1,
                             .codes = codes,
                             .to = tilstandsrapport_limit(s->c->arena, about, s->c->year),
                             .own = s->units.v[unit].code };
    size_t n = 0;

    for (size_t i = first; i < s->all.n && n < MAX_COLUMNS; i++)
        if (sort_of(&s->all.v[i]) == SORT_LEVEL && stem_equal(about->code, s->all.v[i].code)) {
            s->told[i] = true;
            codes[n++] = s->all.v[i].code;
        }
    return add(s, &spec, error);
}

/* The catalogue begins each test's levels with their mean, NIVA. */
static bool choose_levels(Survey *s, GError **error)
{
    for (size_t i = 0; i < s->all.n; i++) {
        if (!g_str_has_suffix(s->all.v[i].code, ".NIVA"))
            continue;
        for (size_t u = 0; u < s->units.n; u++) {
            bool any = false;

            for (size_t k = i; k < s->all.n && stem_equal(s->all.v[i].code, s->all.v[k].code); k++)
                any = any || seen_of(s, u, k).numbers > 0;
            if (any && !add_levels(s, i, u, error))
                return false;
        }
    }
    return true;
}

/* --- quarters: one unit, one share --- */

static bool choose_quarters(Survey *s, GError **error)
{
    for (size_t i = 0; i < s->all.n; i++) {
        const char *const codes[] = { s->all.v[i].code, NULL };

        if (sort_of(&s->all.v[i]) != SORT_QUARTER)
            continue;
        for (size_t u = 0; u < s->units.n; u++) {
            const BlockSpec spec = {
                .view = VIEW_QUARTERS,
                .units = &s->units.v[u],
                .n_units = 1,
                .codes = codes,
                .title = arena_printf(s->c->arena, "%s, %s", s->all.v[i].name, s->units.v[u].name),
                .to = tilstandsrapport_limit(s->c->arena, &s->all.v[i], s->c->year),
                .own = s->units.v[u].code,
            };

            if (seen_of(s, u, i).numbers > 0 && !add(s, &spec, error))
                return false;
        }
        s->told[i] = true;
    }
    return true;
}

/* --- the rest: development where there is one, else a list --- */

static bool choose_series(Survey *s, GError **error)
{
    for (size_t i = 0; i < s->all.n; i++)
        if (sort_of(&s->all.v[i]) == SORT_OTHER && seen_of(s, 0, i).numbers > 1 &&
            !add_series(s, i, error))
            return false;
    return true;
}

/* Numbers no other block tells (`words` false), or values without a number, of one kind of period. */
static bool add_list(Survey *s, bool words, const char *kind, const char *title, GError **error)
{
    const char **codes = arena_alloc(s->c->arena, (s->all.n + 1) * sizeof(char *));
    BlockSpec spec = { .view = VIEW_WORDS,
                       .title = title,
                       .units = s->units.v,
                       .n_units = s->units.n,
                       .codes = codes,
                       .newest_each = true };
    size_t n = 0;

    for (size_t i = 0; i < s->all.n; i++) {
        bool wanted = false;

        for (size_t u = 0; u < s->units.n && (words || !s->told[i]); u++) {
            Seen seen = seen_of(s, u, i);

            wanted = wanted || (words ? seen.words && !seen.numbers : seen.numbers > 0);
        }
        if (!wanted || strcmp(s->all.v[i].period, kind))
            continue;
        codes[n++] = s->all.v[i].code;
        spec.to = tilstandsrapport_limit(s->c->arena, &s->all.v[i], s->c->year);
    }
    return n == 0 || add(s, &spec, error);
}

static bool choose_lists(Survey *s, GError **error)
{
    static const char *const kinds[] = { "skolear", "ar" };

    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++)
        if (!add_list(s, false, kinds[k], k ? _("Key figures by calendar year") : _("Key figures"),
                      error) ||
            !add_list(s, true, kinds[k], _("Results in words"), error))
            return false;
    return true;
}

/* --- the survey itself --- */

/* A theme's indicators, or those named by code, whatever theme they are of. */
static bool is_chosen(const BlockChoice *choice, const Indicator *indicator)
{
    return *choice->indicators ? tilstandsrapport_listed(choice->indicators, indicator->code)
                               : !strcmp(indicator->theme, choice->theme);
}

static bool read_theme(Survey *s, GError **error)
{
    IndicatorList all;

    if (!indikator_catalogue(s->c->db, s->c->arena, s->c->lang, &all, error))
        return false;
    s->all = (IndicatorList){ arena_alloc(s->c->arena, MAX(all.n, 1) * sizeof(Indicator)), 0 };
    for (size_t i = 0; i < all.n; i++)
        if (is_chosen(s->choice, &all.v[i]))
            s->all.v[s->all.n++] = all.v[i];
    s->told = arena_alloc(s->c->arena, MAX(s->all.n, 1) * sizeof(bool));
    return true;
}

static void gather_units(Survey *s)
{
    const Composing *c = s->c;

    s->units =
        (UnitRefList){ arena_alloc(c->arena, (1 + c->schools.n + c->others.n) * sizeof(UnitRef)),
                       0 };
    s->units.v[s->units.n++] = c->peers.v[0];
    for (size_t i = 0; i < c->schools.n; i++)
        s->units.v[s->units.n++] = c->schools.v[i];
    for (size_t i = 0; i < c->others.n; i++)
        s->units.v[s->units.n++] = c->others.v[i];
}

static bool look(Survey *s, GError **error)
{
    const char **codes = arena_alloc(s->c->arena, (s->all.n + 1) * sizeof(char *));
    const MatrixSpec ask = { .owner = s->c->owner,
                             .audience = s->c->audience,
                             .lang = s->c->lang,
                             .today = s->c->today,
                             .units = s->units.v,
                             .n_units = s->units.n,
                             .indicators = codes };

    for (size_t i = 0; i < s->all.n; i++)
        codes[i] = s->all.v[i].code;
    return indikator_matrix(s->c->db, s->c->arena, &ask, &s->m, error);
}

bool tilstandsrapport_choose_blocks(Composing *c, const BlockChoice *choice, Block **ret,
                                    size_t *ret_n, GError **error)
{
    g_autoptr(GArray) blocks = g_array_new(FALSE, FALSE, sizeof(Block));
    Survey s = { .c = c, .choice = choice, .blocks = blocks };

    if (!read_theme(&s, error))
        return false;
    gather_units(&s);
    if (!look(&s, error) || !choose_scores(&s, error) || !choose_levels(&s, error) ||
        !choose_quarters(&s, error) || !choose_series(&s, error) || !choose_lists(&s, error))
        return false;
    *ret_n = blocks->len;
    *ret = arena_alloc(c->arena, MAX(blocks->len, 1) * sizeof(Block));
    if (blocks->len)
        memcpy(*ret, blocks->data, blocks->len * sizeof(Block));
    return true;
}
