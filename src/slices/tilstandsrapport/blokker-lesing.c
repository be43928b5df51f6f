/* blokker-lesing.c - one block from one release: a matrix of released cells becomes a Block.
 *
 * Rows and columns nobody has anything in are left out. What the public may not see leaves no trace
 * here but the word "masked": neither which rule hid it, nor where it stood.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "blokker.h"
#include "innhold-kontroll.h"

const char *tilstandsrapport_limit(Arena *arena, const Indicator *indicator, const char *year)
{
    int first = (int)g_ascii_strtoll(year, NULL, 10);

    if (!strcmp(indicator->period, "kvartal"))
        return arena_printf(arena, "%dK2", first + 1); /* the school year ends with July */
    if (!strcmp(indicator->period, "ar"))
        return arena_printf(arena, "%d", first + 1);
    return year;
}

/* --- which rows and columns stay --- */

typedef struct {
    Composing *c;
    const BlockSpec *spec;
    const Matrix *m;
    bool *unit, *indicator; /* stay */
    size_t *period; /* index in the matrix of each of the block's periods; SIZE_MAX: a gap */
    const char **label;
    size_t n_periods;
    const char **stated; /* source that each of the block's cells states; NULL: none */
} Picking;

static bool stands(const MatrixCell *cell)
{
    return cell->known && cell->cell.status != VALUE_MISSING;
}

static void mark_known(Picking *k)
{
    const Matrix *m = k->m;

    k->unit = arena_alloc(k->c->arena, MAX(m->n_units, 1) * sizeof(bool));
    k->indicator = arena_alloc(k->c->arena, MAX(m->n_indicators, 1) * sizeof(bool));
    for (size_t u = 0; u < m->n_units; u++)
        for (size_t i = 0; i < m->n_indicators; i++)
            for (size_t p = 0; p < m->n_periods; p++)
                if (stands(matrix_at(m, u, i, p)))
                    k->unit[u] = k->indicator[i] = true;
}

static bool period_stands(const Matrix *m, size_t period)
{
    for (size_t u = 0; u < m->n_units; u++)
        for (size_t i = 0; i < m->n_indicators; i++)
            if (stands(matrix_at(m, u, i, period)))
                return true;
    return false;
}

/* The period after: "2022/23" -> "2023/24", "2012K4" -> "2013K1", "2012" -> "2013". */
static const char *next_period(Arena *arena, const char *period)
{
    int year = (int)g_ascii_strtoll(period, NULL, 10);

    if (strlen(period) == 7 && period[4] == '/')
        return arena_printf(arena, "%d/%02d", year + 1, (year + 2) % 100);
    if (strlen(period) == 6 && period[4] == 'K')
        return period[5] == '4' ? arena_printf(arena, "%dK1", year + 1)
                                : arena_printf(arena, "%dK%c", year, period[5] + 1);
    return arena_printf(arena, "%d", year + 1);
}

/* A series has a place for each period between its first and last, so that its axis tells the truth. */
static void pick_periods(Picking *k)
{
    const Matrix *m = k->m;
    bool even = k->spec->view == VIEW_SERIES || k->spec->view == VIEW_QUARTERS;
    size_t room = even ? m->n_periods * 20 + 1 : m->n_periods + 1;

    k->period = arena_alloc(k->c->arena, room * sizeof(size_t));
    k->label = arena_alloc(k->c->arena, room * sizeof(char *));
    for (size_t p = 0; p < m->n_periods; p++) {
        const char *between =
            even && k->n_periods ? next_period(k->c->arena, k->label[k->n_periods - 1]) : NULL;

        if (!period_stands(m, p))
            continue;
        for (int n = 0;
             between && n < 19 && k->n_periods + 1 < room && strcmp(between, m->periods[p]) < 0;
             n++) {
            k->period[k->n_periods] = SIZE_MAX;
            k->label[k->n_periods++] = between;
            between = next_period(k->c->arena, between);
        }
        k->period[k->n_periods] = p;
        k->label[k->n_periods++] = m->periods[p];
    }
}

static size_t count(const bool *stay, size_t n)
{
    size_t all = 0;

    for (size_t i = 0; i < n; i++)
        all += stay[i];
    return all;
}

/* --- filling --- */

static const Cell no_cell = {
    .status = VALUE_MISSING, .value = NAN, .uncertainty = NAN, .n = NO_INT
};

static void note_source(Composing *c, const MatrixCell *from, const char *source)
{
    const char *colon = source ? strrchr(source, ':') : NULL;
    char day[DATE_TEXT];
    const char *file;

    if (!colon)
        return;
    file = arena_ndup(c->arena, source, (size_t)(colon - source));
    if (!g_hash_table_contains(c->files, file))
        g_hash_table_insert(
            c->files, (void *)(uintptr_t)file,
            from->imported_at ? arena_dup(c->arena, time_date(from->imported_at, day)) : NULL);
}

/* Every file of a shown value is a source of the report, and so are those it was computed from. */
static void note_file(Composing *c, const MatrixCell *from)
{
    for (size_t i = 0; i < from->n_parts; i++)
        note_source(c, from, from->parts[i].source);
    if (from->n_parts == 0)
        note_source(c, from, from->source);
}

static ContentCell fill_cell(Picking *k, size_t unit, size_t indicator, size_t period)
{
    const MatrixCell *from = period == SIZE_MAX ? NULL : matrix_at(k->m, unit, indicator, period);
    ContentCell to = { no_cell, NULL };

    if (!from || !from->known)
        return to;
    if (k->c->audience == AUDIENCE_PUBLIC && from->cell.status == VALUE_MASKED) {
        to.cell.status = VALUE_MASKED;
        return to;
    }
    note_file(k->c, from);
    to.cell = from->cell;
    to.source = from->cell.status == VALUE_MASKED ? NULL : from->source;
    return to;
}

static void fill_cells(Picking *k, Block *b)
{
    size_t to = 0, n = MAX(b->n_units * b->n_indicators * b->n_periods, 1);

    b->cells = arena_alloc(k->c->arena, n * sizeof(ContentCell));
    k->stated = arena_alloc(k->c->arena, n * sizeof(char *));
    for (size_t u = 0; u < k->m->n_units; u++)
        for (size_t i = 0; i < k->m->n_indicators; i++)
            for (size_t p = 0; k->unit[u] && k->indicator[i] && p < b->n_periods; p++) {
                if (k->period[p] != SIZE_MAX)
                    k->stated[to] = matrix_at(k->m, u, i, k->period[p])->stated;
                b->cells[to++] = fill_cell(k, u, i, k->period[p]);
            }
}

static void fill_units(Picking *k, Block *b)
{
    size_t to = 0;

    b->n_units = count(k->unit, k->m->n_units);
    b->units = arena_alloc(k->c->arena, b->n_units * sizeof(ContentUnit));
    for (size_t u = 0; u < k->m->n_units; u++) {
        const UnitRef *ref = &k->m->units[u];

        if (k->unit[u])
            b->units[to++] =
                (ContentUnit){ arena_dup(k->c->arena, ref->code), arena_dup(k->c->arena, ref->name),
                               !g_strcmp0(ref->code, k->spec->own) };
    }
}

static void fill_indicators(Picking *k, Block *b)
{
    size_t to = 0;

    b->n_indicators = count(k->indicator, k->m->n_indicators);
    b->indicators = arena_alloc(k->c->arena, b->n_indicators * sizeof(Indicator));
    for (size_t i = 0; i < k->m->n_indicators; i++)
        if (k->indicator[i])
            b->indicators[to++] = k->m->indicators[i];
}

/* A break stands before the first period at or after it, unless nothing stands before that. */
static const char *break_before(const Picking *k, size_t period)
{
    const char *text = NULL;

    for (size_t i = 0; i < k->m->n_indicators && period > 0; i++)
        for (const SeriesBreak *s = k->m->breaks[i]; s->first_period && !text; s++)
            if (strcmp(s->first_period, k->label[period]) <= 0 &&
                strcmp(s->first_period, k->label[period - 1]) > 0)
                text = s->text;
    return text;
}

static void fill_periods(Picking *k, Block *b)
{
    b->n_periods = k->n_periods;
    b->periods = arena_alloc(k->c->arena, b->n_periods * sizeof(ContentPeriod));
    for (size_t p = 0; p < b->n_periods; p++)
        b->periods[p] = (ContentPeriod){ k->label[p], break_before(k, p) };
}

/* For a list, an older value of the same row says nothing more. */
static void keep_newest(Block *b)
{
    for (size_t u = 0; u < b->n_units; u++)
        for (size_t i = 0; i < b->n_indicators; i++) {
            size_t newest = block_newest(b, u, i);

            for (size_t p = 0; newest != SIZE_MAX && p < newest; p++)
                b->cells[(u * b->n_indicators + i) * b->n_periods + p] =
                    (ContentCell){ no_cell, NULL };
        }
}

static void fill_rolling(Picking *k, Block *b)
{
    size_t last = b->n_periods - 1, from = k->period[last];

    b->rolling = NAN;
    if (b->view != VIEW_QUARTERS || last < 3)
        return;
    for (size_t back = 0; back < 4; back++)
        if (k->period[last - back] == SIZE_MAX || k->period[last - back] != from - back)
            return; /* not four quarters in a row */
    indikator_rolling(k->m, 0, 0, from, &b->rolling);
}

/* Each source once: "Udir, national tests; the municipality". */
static const char *source_names(Arena *arena, const Block *b)
{
    const char *names = indikator_source_name(b->indicators[0].source);

    for (size_t i = 1; i < b->n_indicators; i++) {
        bool told = false;

        for (size_t k = 0; k < i; k++)
            told = told || !strcmp(b->indicators[k].source, b->indicators[i].source);
        if (!told)
            names = arena_printf(arena, "%s; %s", names,
                                 indikator_source_name(b->indicators[i].source));
    }
    return names;
}

static bool is_shown(const Cell *cell)
{
    return cell->status != VALUE_MASKED && cell->status != VALUE_MISSING;
}

/* The sources that the values themselves state, and the catalogue's for those that state none. NULL
 * when no value that is shown states any. */
static const char *stated_names(const Picking *k, const Block *b)
{
    enum { MOST = 4 };
    const char *told[MOST] = { NULL }, *names = NULL;
    size_t n = 0;
    bool any = false, more = false;

    for (size_t i = 0; i < b->n_units * b->n_indicators * b->n_periods; i++) {
        const Indicator *about = &b->indicators[i / b->n_periods % b->n_indicators];
        const char *name = k->stated[i] ? k->stated[i] : indikator_source_name(about->source);
        bool new = true;

        if (!is_shown(&b->cells[i].cell))
            continue;
        any = any || k->stated[i];
        for (size_t t = 0; t < n; t++)
            new = new &&strcmp(told[t], name);
        more = more || (new &&n == MOST);
        if (new &&n < MOST)
            told[n++] = name;
    }
    for (size_t t = 0; t < n; t++)
        names = names ? arena_printf(k->c->arena, "%s; %s", names, told[t]) : told[t];
    return !any ? NULL : more ? arena_printf(k->c->arena, "%s; …", names) : names;
}

static const char *source_line(const Picking *k, const Block *b)
{
    Arena *arena = k->c->arena;
    const char *stated = stated_names(k, b);
    const char *first = b->periods[0].label, *last = b->periods[b->n_periods - 1].label;
    const char *span = tilstandsrapport_word_period(arena, first);

    if (strcmp(first, last) && strlen(last) == 6)
        span = arena_printf(arena, _("%s to %s"), span, tilstandsrapport_word_period(arena, last));
    else if (strcmp(first, last))
        span = arena_printf(arena, "%s–%s", first, last);
    return arena_printf(arena, _("Source: %s, %s"), stated ? stated : source_names(arena, b), span);
}

/* What the block's periods are in the matrix, for its control chart. */
static PeriodPlaces places_of(const Picking *k)
{
    PeriodPlaces places = { arena_alloc(k->c->arena, k->n_periods * sizeof(PeriodPlace)),
                            k->n_periods };

    for (size_t p = 0; p < k->n_periods; p++)
        places.v[p] = (PeriodPlace){ k->label[p], k->period[p] };
    return places;
}

static bool fill_control(const Picking *k, Block *b, GError **error)
{
    const PeriodPlaces places = places_of(k);

    return !k->unit[0] || !k->indicator[0] ||
           tilstandsrapport_block_control(k->c->arena, k->m, &places, b, error);
}

static void keep_released(Composing *c, const Matrix *m)
{
    Released *copy = arena_alloc(c->arena, sizeof *copy);

    *copy = m->released;
    g_ptr_array_add(c->released, copy);
}

bool tilstandsrapport_read_block(Composing *c, const BlockSpec *spec, Block *ret, bool *ret_known,
                                 GError **error)
{
    const MatrixSpec ask = { .owner = c->owner,
                             .audience = c->audience,
                             .lang = c->lang,
                             .today = c->today,
                             .units = spec->units,
                             .n_units = spec->n_units,
                             .indicators = spec->codes,
                             .from = spec->from,
                             .to = spec->to };
    Matrix m;
    Picking k = { .c = c, .spec = spec, .m = &m };
    Block b = { .view = spec->view, .title = spec->title, .rolling = NAN };

    if (!indikator_matrix(c->db, c->arena, &ask, &m, error))
        return false;
    mark_known(&k);
    pick_periods(&k);
    *ret_known = k.n_periods > 0;
    *ret = b;
    if (!*ret_known)
        return true;
    fill_units(&k, &b);
    fill_indicators(&k, &b);
    fill_periods(&k, &b);
    fill_cells(&k, &b);
    fill_rolling(&k, &b);
    if (spec->newest_each)
        keep_newest(&b);
    b.source = source_line(&k, &b);
    if (!fill_control(&k, &b, error))
        return false;
    keep_released(c, &m);
    *ret = b;
    return true;
}
