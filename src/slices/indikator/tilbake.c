/* tilbake.c - a successor's series before its day, computed from all of its parts.
 *
 * Only what the gate has let out of the parts is reckoned with. So one who sees a computed figure could
 * have computed it, and where a part is hidden, nothing stands for the whole.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "etterfolge.h"

typedef enum { PART_FIGURE, PART_NONE, PART_HIDDEN, PART_NO_N, PART_PARTED } PartState;

typedef struct {
    PartState state;
    const char *who; /* which part stands in the way, "Eide (1551)" */
    Pooled figure;
    bool preliminary, computed;
    const Origin *origin; /* newest that was followed */
    int64_t imported_at;
} Told;

typedef struct {
    Arena *arena;
    const Origins *origins;
    Matrix *m;
    size_t indicator, period;
    PeriodDays days;
    GArray *parts; /* MatrixPart: the published figures it is made of */
} Telling;

const char *indikator_named(Arena *arena, const UnitRef *unit)
{
    return *unit->code && strcmp(unit->code, unit->name)
               ? arena_printf(arena, "%s (%s)", unit->name, unit->code)
               : unit->name;
}

static Told published(Telling *t, size_t unit)
{
    const MatrixCell *c = matrix_at(t->m, unit, t->indicator, t->period);
    const UnitRef *ref = &t->m->units[unit];
    Told told = { .state = PART_NONE,
                  .who = indikator_named(t->arena, ref),
                  .preliminary = c->cell.preliminary,
                  .computed = c->cell.computed,
                  .imported_at = c->imported_at };

    if (c->cell.status == VALUE_MASKED)
        told.state = PART_HIDDEN;
    if (c->cell.status != VALUE_OK || !isfinite(c->cell.value))
        return told;
    told.state = PART_FIGURE;
    told.figure =
        (Pooled){ c->cell.value, c->cell.uncertainty, c->cell.n, c->numerator, c->denominator };
    const MatrixPart part = { .unit = *ref, .source = c->source };
    g_array_append_val(t->parts, part);
    return told;
}

/* The newest change of a unit that lies after the period and before `limit`. */
static const Origin *origin_of(const Telling *t, size_t unit, const char *limit)
{
    const Origin *newest = NULL;

    for (size_t i = 0; i < t->origins->n; i++) {
        const Origin *o = &t->origins->v[i];

        if (o->into == unit && strcmp(o->date, t->days.first) > 0 &&
            (!limit || strcmp(o->date, limit) < 0) &&
            (!newest || strcmp(o->date, newest->date) > 0))
            newest = o;
    }
    return newest;
}

static Told tell(Telling *t, size_t unit, const char *limit);

static Told put_together(Telling *t, const Origin *origin)
{
    g_autofree Pooled *figures = g_new0(Pooled, origin->n_parts + 1);
    g_autofree const char **names = g_new0(const char *, origin->n_parts + 1);
    Told all = { .state = PART_FIGURE, .origin = origin };
    size_t lacks = 0;

    for (size_t i = 0; i < origin->n_parts; i++) {
        Told part = tell(t, origin->parts[i], origin->date);

        if (part.state != PART_FIGURE)
            return part;
        figures[i] = part.figure;
        names[i] = part.who;
        all.preliminary = all.preliminary || part.preliminary;
        all.computed = all.computed || part.computed;
        all.imported_at = MAX(all.imported_at, part.imported_at);
    }
    all.who = names[0];
    if (origin->n_parts == 1) {
        all.figure = figures[0];
        all.computed = all.computed || !origin->renumbered;
        return all;
    }
    all.computed = true;
    if (origin->n_parts == 0 || !indikator_pool(&t->m->indicators[t->indicator], figures,
                                                origin->n_parts, &all.figure, &lacks)) {
        all.state = PART_NO_N;
        all.who = names[lacks];
    }
    return all;
}

/* What a unit had in the period: published, or put together of what it came of. */
static Told tell(Telling *t, size_t unit, const char *limit)
{
    const Origin *origin = origin_of(t, unit, limit);

    if (matrix_at(t->m, unit, t->indicator, t->period)->known || !origin)
        return published(t, unit);
    if (origin->parted)
        return (Told){ .state = PART_PARTED, .who = origin->parted };
    return put_together(t, origin);
}

/* --- words --- */

static const char *listed(Telling *t)
{
    const char *text = "";

    for (guint i = 0; i < t->parts->len; i++) {
        const char *one = indikator_named(t->arena, &g_array_index(t->parts, MatrixPart, i).unit);

        if (i == 0)
            text = one;
        else
            text = arena_printf(t->arena, i + 1 < t->parts->len ? "%s, %s" : _("%s and %s"), text,
                                one);
    }
    return text;
}

static const char *how_made(Telling *t, const Told *told)
{
    const Indicator *about = &t->m->indicators[t->indicator];
    const char *of = listed(t);

    if (!told->computed)
        return arena_printf(t->arena, _("Published for %s, as it was numbered then."), of);
    if (t->parts->len == 1)
        return arena_printf(t->arena, _("Taken over from %s, which it followed."), of);
    if (!strcmp(about->unit, "antall"))
        return arena_printf(t->arena, _("Computed: the sum of %s."), of);
    return arena_printf(t->arena, _("Computed from %s, each weighted by the number behind it."),
                        of);
}

static const char *why_not(Telling *t, const Told *told)
{
    switch (told->state) {
    case PART_HIDDEN:
        return arena_printf(t->arena, _("Not computed: the figure of %s is hidden."), told->who);
    case PART_NO_N:
        return arena_printf(t->arena,
                            _("Not computed: the number behind the figure of %s is not known."),
                            told->who);
    case PART_PARTED:
        return arena_printf(t->arena, _("Not computed: only a part of %s went over."), told->who);
    case PART_NONE:
        return arena_printf(t->arena, _("Not computed: no figure is known of %s."), told->who);
    case PART_FIGURE:
        break;
    }
    return NULL;
}

static const char *sources(Telling *t)
{
    const char *text = "";

    for (guint i = 0; i < t->parts->len; i++) {
        const MatrixPart *part = &g_array_index(t->parts, MatrixPart, i);

        text = arena_printf(t->arena, "%s%s%s %s", text, *text ? " + " : "", part->unit.code,
                            part->source ? part->source : "");
    }
    return text;
}

/* --- the matrix --- */

static void keep_parts(Telling *t, MatrixCell *cell)
{
    cell->n_parts = t->parts->len;
    cell->parts = arena_alloc(t->arena, MAX(t->parts->len, 1) * sizeof(MatrixPart));
    if (t->parts->len)
        memcpy(cell->parts, t->parts->data, t->parts->len * sizeof(MatrixPart));
}

static void fill(Telling *t, size_t unit, MatrixCell *cell, RawTable *table)
{
    const Indicator *about = &t->m->indicators[t->indicator];
    Told told = tell(t, unit, NULL);

    cell->told = told.state == PART_FIGURE ? how_made(t, &told) : why_not(t, &told);
    if (told.state != PART_FIGURE)
        return;
    cell->known = true;
    cell->source = sources(t);
    cell->imported_at = told.imported_at;
    cell->numerator = told.figure.numerator;
    cell->denominator = told.figure.denominator;
    keep_parts(t, cell);
    skjerming_add(table, &(RawCell){ .unit = t->m->units[unit].code,
                                     .indicator = about->code,
                                     .period = t->m->periods[t->period],
                                     .rule = about->rule,
                                     .measure = indikator_measure(about),
                                     .group = indikator_distribution(about->code),
                                     .status = VALUE_OK,
                                     .value = told.figure.value,
                                     .uncertainty = told.figure.uncertainty,
                                     .n = told.figure.n,
                                     .preliminary = told.preliminary,
                                     .computed = told.computed });
}

static void take_out(MatrixCell *cell, const Cell *released)
{
    cell->cell = *released;
    if (released->status != VALUE_MASKED)
        return;
    cell->numerator = cell->denominator = NAN;
    cell->told = skjerming_why(released);
    cell->n_parts = 0;
}

/* --- what a unit came of, in a sentence --- */

static const char *parts_of(Arena *arena, const Origins *origins, const Origin *o)
{
    const char *text = "";

    for (size_t i = 0; i < o->n_parts; i++) {
        const char *one = indikator_named(arena, &origins->units[o->parts[i]]);

        if (i == 0)
            text = one;
        else
            text = arena_printf(arena, i + 1 < o->n_parts ? "%s, %s" : _("%s and %s"), text, one);
    }
    return text;
}

static const char *past_of(Arena *arena, const Origins *origins, const Origin *o)
{
    char day[DATE_TEXT];
    const char *date = date_text(o->date, day), *parts = parts_of(arena, origins, o);

    if (o->parted)
        return arena_printf(arena,
                            _("Only a part of %s came here on %s, so figures from before are not "
                              "converted."),
                            o->parted, date);
    if (o->renumbered && o->n_parts == 1)
        return arena_printf(arena, _("Until %s this was %s."), date, parts);
    return arena_printf(
        arena,
        _("Until %s there was %s. Figures published then stay there; what stands here "
          "from before is computed from them."),
        date, parts);
}

static void tell_past(Arena *arena, const Origins *origins, Matrix *m)
{
    m->past = arena_alloc(arena, MAX(origins->n_asked, 1) * sizeof(char *));
    for (size_t i = 0; i < origins->n; i++)
        if (origins->v[i].into < origins->n_asked && !m->past[origins->v[i].into])
            m->past[origins->v[i].into] = past_of(arena, origins, &origins->v[i]);
}

/* What was hidden of the computed figures stands in the log beside the rest. */
static void join(Arena *arena, Released *to, const Released *more)
{
    Cell *cells = arena_alloc(arena, (to->n + more->n + 1) * sizeof(Cell));
    const char **names = arena_alloc(arena, (to->n + more->n + 1) * sizeof(char *));
    ReleasedKey *keys = arena_alloc(arena, (to->n + more->n + 1) * sizeof(ReleasedKey));

    for (size_t i = 0; i < to->n + more->n; i++) {
        cells[i] = i < to->n ? to->v[i] : more->v[i - to->n];
        names[i] = i < to->n ? to->names[i] : more->names[i - to->n];
        keys[i] = i < to->n ? to->keys[i] : more->keys[i - to->n];
    }
    *to = (Released){ cells, to->n + more->n, names, keys };
}

bool indikator_back_cast(Db *db, Arena *arena, const MatrixSpec *spec, const Origins *origins,
                         Matrix *m, GError **error)
{
    g_autoptr(RawTable) table = skjerming_table_new(spec->owner);
    g_autoptr(GPtrArray) order = g_ptr_array_new(); /* MatrixCell, as added */
    Telling t = { .arena = arena, .origins = origins, .m = m };
    Released released;

    tell_past(arena, origins, m);
    if (origins->n == 0)
        return true;
    for (size_t i = 0; i < origins->n_asked * m->n_indicators * m->n_periods; i++) {
        size_t unit = i / m->n_periods / m->n_indicators;
        g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(MatrixPart));

        t.parts = parts;
        t.indicator = i / m->n_periods % m->n_indicators;
        t.period = i % m->n_periods;
        t.days = indikator_period_days(m->periods[t.period]);
        if (m->v[i].known || !origin_of(&t, unit, NULL))
            continue;
        fill(&t, unit, &m->v[i], table);
        if (m->v[i].known)
            g_ptr_array_add(order, &m->v[i]);
    }
    if (order->len == 0)
        return true;
    if (!skjerming_release(db, arena, spec->audience, table, spec->today, &released, error))
        return false;
    for (guint i = 0; i < order->len; i++)
        take_out(order->pdata[i], &released.v[i]);
    join(arena, &m->released, &released);
    return true;
}
