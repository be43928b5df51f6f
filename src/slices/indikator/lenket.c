/* lenket.c - all the figures that hang together with an owner's own, handed to the gate as one system.
 *
 * Figures add up from units to the municipality, from levels to all pupils, from parts of sickness
 * absence to all of it. Whatever the publisher has shown is known; a group that the source hides is
 * an unknown rest. Raw values live in this file only as long as it takes to hand them over.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "etterfolge.h"
#include "lenket.h"
#include "lenket.sql.h"

#define MANY 10     /* people of a sum that no part tells of: too many to be a slip */
#define ALIKE 0.005 /* of the whole: parts this near are taken to be all of it */

/* --- families --- */

const char *indikator_family(Arena *arena, const char *code)
{
    if (indikator_distribution(code))
        return arena_printf(arena, "%.*s.N", (int)(strrchr(code, '.') - code), code);
    if (g_str_has_prefix(code, "SYK."))
        return "SYK";
    if (!strcmp(code, "GSI.ITO_ANDEL"))
        return "GSI.ITO";
    return arena_dup(arena, code);
}

/* --- one indicator of all units --- */

/* A unit: the owner's, or (enhet 0) a school the publisher places in the municipality. */
typedef struct {
    int64_t enhet, parent;
    const char *kind, *code;
    EnhetIdentityList numbers;
} Place;

typedef struct {
    const LenketOwnRow *own;
    const LenketPublicRow *public;
    int cell; /* in the system; -1: none */
    double weight, n;
    bool hidden; /* there is a figure, and nobody but the source knows it */
} Figure;

typedef struct {
    Db *db;
    Arena *arena;
    int64_t owner;
    const char *family, *period;
    IndicatorList codes;
    GArray *places;   /* Place; the owner's first */
    GPtrArray *found; /* for each indicator: GArray of Figure, one for each place */
    Linked *linked;
} Linking;

static Figure *figure_at(const Linking *l, size_t indicator, size_t place)
{
    return &g_array_index((GArray *)l->found->pdata[indicator], Figure, place);
}

static bool has_number(const Place *p, const char *code)
{
    for (size_t i = 0; i < p->numbers.n; i++)
        if (!strcmp(p->numbers.v[i].value, code))
            return true;
    return p->code && !strcmp(p->code, code);
}

static size_t place_of_code(Linking *l, const char *code)
{
    Place other = { .kind = "skole", .code = arena_dup(l->arena, code) };

    for (guint i = 0; i < l->places->len; i++)
        if (has_number(&g_array_index(l->places, Place, i), code))
            return i;
    for (guint i = 0; i < l->places->len; i++)
        if (!g_array_index(l->places, Place, i).parent)
            other.parent = g_array_index(l->places, Place, i).enhet;
    g_array_append_val(l->places, other);
    return l->places->len - 1;
}

static bool read_places(Linking *l, const char *today, GError **error)
{
    EnhetList units;

    if (!enhet_list(l->db, l->arena, l->owner, today, &units, error))
        return false;
    for (size_t i = 0; i < units.n; i++) {
        Place p = { .enhet = units.v[i].id,
                    .parent = units.v[i].parent,
                    .kind = units.v[i].kind,
                    .code = *units.v[i].code ? units.v[i].code : NULL };

        if (!enhet_identity_list(l->db, l->arena, l->owner, p.enhet, &p.numbers, error))
            return false;
        g_array_append_val(l->places, p);
    }
    return true;
}

static void grow(GArray *figures, size_t n)
{
    while (figures->len < n) {
        const Figure none = { .cell = -1 };

        g_array_append_val(figures, none);
    }
}

static bool read_published(Linking *l, const char *municipality, const Indicator *about,
                           GArray *figures, GError **error)
{
    g_auto(LenketPublicRows) rows = { 0 };

    if (!lenket_public(l->db, municipality, about->code, l->period, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        LenketPublicRow *copy = arena_alloc(l->arena, sizeof *copy);
        size_t place = place_of_code(l, rows.v[i].code);

        *copy = rows.v[i];
        copy->code = NULL;
        copy->status = (char *)(uintptr_t)arena_dup(l->arena, rows.v[i].status);
        grow(figures, l->places->len);
        g_array_index(figures, Figure, place).public = copy;
    }
    return true;
}

static bool read_indicator(Linking *l, const Indicator *about, GError **error)
{
    GArray *figures = g_array_new(FALSE, TRUE, sizeof(Figure));
    g_auto(LenketOwnRows) own = { 0 };
    size_t n_own = l->places->len;

    g_ptr_array_add(l->found, figures);
    grow(figures, n_own);
    if (!lenket_own(l->db, l->owner, about->code, l->period, &own, error))
        return false;
    for (size_t p = 0; p < n_own; p++) {
        const Place *place = &g_array_index(l->places, Place, p);

        for (size_t i = 0; i < own.n; i++)
            if (own.v[i].enhet == place->enhet) {
                LenketOwnRow *copy = arena_alloc(l->arena, sizeof *copy);

                *copy = own.v[i];
                copy->status = (char *)(uintptr_t)arena_dup(l->arena, own.v[i].status);
                g_array_index(figures, Figure, p).own = copy;
            }
    }
    for (size_t p = 0; p < n_own; p++) {
        const EnhetIdentityList numbers = g_array_index(l->places, Place, p).numbers;

        for (size_t i = 0; !g_array_index(l->places, Place, p).parent && i < numbers.n; i++)
            if (!read_published(l, numbers.v[i].value, about, figures, error))
                return false;
    }
    return true;
}

/* --- cells --- */

static bool is_ok(const char *status, double value)
{
    return !isnan(value) && (!strcmp(status, "ok") || !strcmp(status, "qualitative"));
}

/* Half a unit of the last decimal a figure was given with, at least that of its indicator. */
static double half_of(double value, int decimals)
{
    double scale = pow(10, decimals);

    for (; decimals < 6 && fabs(value * scale - round(value * scale)) > 1e-7 * scale; decimals++)
        scale *= 10;
    return 0.5 / scale;
}

/* How much of the municipality's mass the figure is; 0: not known. */
static double weight_of(const Figure *f, Measure measure, bool own)
{
    double n = own ? (double)f->own->n : (double)f->public->n;
    bool known = (own ? f->own->n : f->public->n) != NO_INT;

    if (measure == MEASURE_COUNT)
        return 1;
    if (own && !isnan(f->own->denominator) && f->own->denominator > 0)
        return f->own->denominator / (measure == MEASURE_SHARE ? 100 : 1);
    return known && n > 0 ? n / (measure == MEASURE_SHARE ? 100 : 1) : 0;
}

static LinkedCell cell_of(const Figure *f, const Indicator *about, const Place *place, bool own)
{
    Measure measure = indikator_measure(about);
    bool group = indikator_distribution(about->code) > 0,
         sick = g_str_has_prefix(about->code, "SYK.");
    LinkedCell c = { .enhet = place->enhet,
                     .indicator = about->code,
                     .rule = about->rule,
                     .measure = measure,
                     .value = own ? f->own->value : f->public->value,
                     .n = own ? f->own->n : f->public->n,
                     .low = about->low,
                     .high = about->high,
                     .whole = measure == MEASURE_COUNT || (measure == MEASURE_SHARE && !sick),
                     .in_group = group,
                     .top = !place->parent,
                     .use = own && !(f->public && is_ok(f->public->status, f->public->value))
                                ? LINKED_OPEN
                                : LINKED_KNOWN };

    c.weight = f->weight > 0 ? f->weight : 1;
    c.whole = c.whole && f->weight > 0;
    c.half = measure == MEASURE_COUNT ? 0 : half_of(c.value, about->decimals);
    c.source_masked = own && f->public && !strcmp(f->public->status, "masked");
    if (measure == MEASURE_SHARE) {
        c.low = isnan(c.low) ? 0 : c.low;
        c.high = isnan(c.high) ? 100 : c.high;
    }
    if (measure == MEASURE_COUNT && group && c.n != NO_INT)
        c.high = (double)c.n;
    return c;
}

static void add_figure(Linking *l, const Indicator *about, size_t place, Figure *f)
{
    bool own = f->own && is_ok(f->own->status, f->own->value);
    bool public = f->public && is_ok(f->public->status, f->public->value);

    f->hidden = !own && !public &&
                ((f->own && !strcmp(f->own->status, "masked")) ||
                 (f->public && !strcmp(f->public->status, "masked")));
    if (!own && !public)
        return;
    f->weight = weight_of(f, indikator_measure(about), own);
    f->n = (double)(own ? f->own->n : f->public->n);
    const LinkedCell c = cell_of(f, about, &g_array_index(l->places, Place, place), own);
    f->cell = (int)skjerming_linked_add(l->linked, &c);
}

/* --- sums --- */

/* Parts of one parent: those of a kind, or all. */
typedef struct {
    size_t indicator, parent;
    const char *kind; /* NULL: all */
    GArray *cells;    /* unsigned */
    double mass, n;
    bool rest;   /* one of them is hidden by the source */
    bool counts; /* n is known of all of them */
} Parts;

static void gather_parts(const Linking *l, Parts *p)
{
    int64_t parent = g_array_index(l->places, Place, p->parent).enhet;

    p->cells = g_array_new(FALSE, FALSE, sizeof(unsigned));
    p->counts = true;
    for (guint i = 0; i < l->places->len; i++) {
        const Place *place = &g_array_index(l->places, Place, i);
        const Figure *f = figure_at(l, p->indicator, i);

        if (place->parent != parent || i == p->parent || (p->kind && strcmp(p->kind, place->kind)))
            continue;
        p->rest = p->rest || f->hidden;
        if (f->cell < 0 || !(f->weight > 0))
            continue;
        const unsigned cell = (unsigned)f->cell;
        g_array_append_val(p->cells, cell);
        p->mass += skjerming_linked_mass(l->linked, cell);
        p->counts = p->counts && f->n >= 0;
        p->n += f->n;
    }
}

static void add_rest(Linking *l, Parts *p, const Figure *whole)
{
    const Indicator *about = &l->codes.v[p->indicator];
    double left = skjerming_linked_mass(l->linked, (unsigned)whole->cell) - p->mass;
    double n = whole->n - p->n;
    bool mean = indikator_measure(about) == MEASURE_MEAN && n > 0;
    const LinkedCell rest = { .indicator = about->code,
                              .rule = about->rule,
                              .measure = indikator_measure(about),
                              .value = MAX(left, 0),
                              .n = NO_INT,
                              .weight = 1,
                              .low = mean && !isnan(about->low) ? n * about->low : 0,
                              .high = mean && !isnan(about->high) ? n * about->high : NAN,
                              .whole = indikator_measure(about) == MEASURE_COUNT,
                              .use = LINKED_NEVER };
    const unsigned cell = skjerming_linked_add(l->linked, &rest);

    g_array_append_val(p->cells, cell);
}

/* How many the sum is about beside its parts: units nobody has figures of. */
static double people_left(const Linking *l, const Parts *p, const Figure *whole)
{
    if (p->counts && whole->n >= 0)
        return whole->n - p->n;
    return indikator_measure(&l->codes.v[p->indicator]) == MEASURE_COUNT
               ? skjerming_linked_mass(l->linked, (unsigned)whole->cell) - p->mass
               : 0;
}

static void add_sum(Linking *l, Parts *p)
{
    const Figure *whole = figure_at(l, p->indicator, p->parent);
    g_autofree double *coef = NULL;
    const unsigned cell = (unsigned)whole->cell;

    if (p->rest || people_left(l, p, whole) >= MANY)
        add_rest(l, p, whole);
    coef = g_new(double, p->cells->len + 1);
    for (guint i = 0; i < p->cells->len; i++)
        coef[i] = 1;
    coef[p->cells->len] = -1;
    g_array_append_val(p->cells, cell);
    skjerming_linked_sum(l->linked, p->cells->len, (const unsigned *)(const void *)p->cells->data,
                         coef);
}

/* A parent's figure is the sum of all its parts, or of those of one kind: pupils are the schools'. */
static void add_parts(Linking *l, size_t indicator, size_t parent)
{
    static const char *const kinds[] = { NULL, "skole", "barnehage", "sfo" };
    const Figure *whole = figure_at(l, indicator, parent);
    size_t all = 0;

    if (whole->cell < 0 || !(whole->weight > 0) || !g_array_index(l->places, Place, parent).enhet)
        return;
    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
        Parts p = { .indicator = indicator, .parent = parent, .kind = kinds[k] };
        double mass = skjerming_linked_mass(l->linked, (unsigned)whole->cell);

        gather_parts(l, &p);
        g_autoptr(GArray) cells = p.cells;
        if (k == 0)
            all = cells->len;
        bool some = cells->len > 0 && cells->len < all;
        if ((k == 0 && all > 0) || (some && fabs(mass - p.mass) <= ALIKE * mass + 0.5))
            add_sum(l, &p);
    }
}

/* Several indicators of one unit: coef[i] of the i-th of the family; all that are not 0 must be there. */
static void add_within(Linking *l, size_t place, const double coef[])
{
    g_autofree unsigned *cells = g_new(unsigned, l->codes.n + 1);
    g_autofree double *of = g_new(double, l->codes.n + 1);
    unsigned n = 0;

    for (size_t i = 0; i < l->codes.n; i++) {
        const Figure *f = figure_at(l, i, place);

        if (coef[i] == 0)
            continue;
        if (f->cell < 0 || !(f->weight > 0))
            return;
        cells[n] = (unsigned)f->cell;
        of[n++] = coef[i];
    }
    if (n > 1)
        skjerming_linked_sum(l->linked, n, cells, of);
}

/* Levels add up to all pupils, and weighted by their number to the mean level; parts of sickness
 * absence to all of it; a share is its count. */
static void add_family(Linking *l, size_t place)
{
    g_autofree double *all = g_new0(double, l->codes.n + 1), *mean = g_new0(double, l->codes.n + 1);
    bool has_mean = false;

    for (size_t i = 0; i < l->codes.n; i++) {
        const char *code = l->codes.v[i].code, *dot = strrchr(code, '.');
        bool level = indikator_distribution(code) && g_ascii_isdigit(dot[2]);

        if (level)
            mean[i] = dot[2] - '0';
        else if (indikator_distribution(code)) {
            mean[i] = -1;
            has_mean = figure_at(l, i, place)->cell >= 0;
        }
        all[i] = level || !strcmp(code, "SYK.EGEN") || !strcmp(code, "SYK.LEGE") ||
                         !strcmp(code, "GSI.ITO")
                     ? 1
                 : indikator_distribution(code) ? 0
                                                : -1;
    }
    add_within(l, place, all);
    if (has_mean)
        add_within(l, place, mean);
}

/* --- the whole --- */

typedef struct {
    Arena *arena;
    const char *family;
} Wanted;

static bool is_wanted(const char *code, const void *arg)
{
    const Wanted *w = arg;

    return !strcmp(indikator_family(w->arena, code), w->family);
}

static void linking_clear(Linking *l)
{
    g_clear_pointer(&l->places, g_array_unref);
    g_clear_pointer(&l->found, g_ptr_array_unref);
    g_clear_pointer(&l->linked, skjerming_linked_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Linking, linking_clear)

bool indikator_read_linked(Db *db, Arena *arena, int64_t owner, const char *family,
                           const char *period, const char *today, Linked **ret, GError **error)
{
    const Wanted wanted = { arena, family };
    g_auto(Linking) l = { .db = db, .arena = arena, .owner = owner, .family = family };

    l.period = period;
    l.places = g_array_new(FALSE, TRUE, sizeof(Place));
    l.found = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    l.linked = skjerming_linked_new(owner, family, period);
    if (!indikator_some(db, arena, LANG_EN, is_wanted, &wanted, &l.codes, error) ||
        !read_places(&l, today, error))
        return false;
    for (size_t i = 0; i < l.codes.n; i++)
        if (!read_indicator(&l, &l.codes.v[i], error))
            return false;
    for (size_t i = 0; i < l.codes.n; i++) {
        grow(l.found->pdata[i], l.places->len);
        for (size_t p = 0; p < l.places->len; p++)
            add_figure(&l, &l.codes.v[i], p, figure_at(&l, i, p));
    }
    for (size_t i = 0; i < l.codes.n; i++)
        for (size_t p = 0; p < l.places->len; p++)
            add_parts(&l, i, p);
    for (size_t p = 0; p < l.places->len; p++)
        add_family(&l, p);
    *ret = g_steal_pointer(&l.linked);
    return true;
}
