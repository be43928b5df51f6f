/* lesing.c - reading values: both stores become one matrix, and the matrix goes through the gate.
 *
 * Raw values live in this file only as long as it takes to hand them to a RawTable; nothing else in
 * the program can see them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "etterfolge.h"
#include "lenket.h"
#include "lesing.sql.h"

/* One value as stored, before the gate. */
typedef struct {
    RawCell raw;
    const char *original, *source, *stated;
    double numerator, denominator;
    int64_t imported_at;
} Stored;

typedef struct {
    Arena *arena;
    const MatrixSpec *asking, *spec; /* as asked, and with what its units came of */
    Matrix *m;
    size_t
        asked; /* of m's indicators; those after it were not asked for, but share a distribution */
    const Origins *origins;   /* units after those asked for were read for what came of them */
    const char *first, *last; /* of all indicators' codes, in the order of bytes */
    const char *from, *to;    /* periods */
    GHashTable *periods;      /* set of const char * in the arena */
    GPtrArray **found;        /* for each unit and indicator: Stored */
} Reading;

static ValueStatus status_of(const char *word)
{
    static const char *const words[] = { [VALUE_OK] = "ok",
                                         [VALUE_MASKED] = "masked",
                                         [VALUE_MISSING] = "missing",
                                         [VALUE_NOT_TESTED] = "not_tested",
                                         [VALUE_QUALITATIVE] = "qualitative" };

    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++)
        if (!strcmp(words[i], word))
            return (ValueStatus)i;
    return VALUE_MISSING;
}

Measure indikator_measure(const Indicator *indicator)
{
    if (!strcmp(indicator->unit, "antall"))
        return MEASURE_COUNT;
    return strcmp(indicator->unit, "prosent") ? MEASURE_MEAN : MEASURE_SHARE;
}

/* Levels N1..N5 and their mean NIVA of one test are one distribution: same subject, same grade. */
int64_t indikator_distribution(const char *code)
{
    static const char *const subjects[] = { "NP.LES.", "NP.REG.", "NP.ENG." };
    const char *dot = strrchr(code, '.');

    for (size_t i = 0; dot && dot[1] == 'N' && i < G_N_ELEMENTS(subjects); i++)
        if (g_str_has_prefix(code, subjects[i]))
            return (int64_t)(i + 1) * 100 + g_ascii_digit_value(code[7]);
    return 0;
}

static size_t index_of(const Matrix *m, const char *code)
{
    for (size_t i = 0; i < m->n_indicators; i++)
        if (!strcmp(m->indicators[i].code, code))
            return i;
    return SIZE_MAX;
}

/* The least of the store that holds all that is asked for. */
static void find_range(Reading *r)
{
    const Matrix *m = r->m;

    r->first = r->last = m->n_indicators ? m->indicators[0].code : "";
    for (size_t i = 1; i < m->n_indicators; i++) {
        const char *code = m->indicators[i].code;

        r->first = strcmp(code, r->first) < 0 ? code : r->first;
        r->last = strcmp(code, r->last) > 0 ? code : r->last;
    }
    r->from = r->spec->from ? r->spec->from : "";
    r->to = r->spec->to ? r->spec->to : "~"; /* periods are digits, a slash, a K */
}

static Stored *stored_at(Reading *r, size_t unit, size_t indicator, const char *period)
{
    GPtrArray *list = r->found[unit * r->m->n_indicators + indicator];

    for (guint i = 0; i < list->len; i++)
        if (!strcmp(((Stored *)list->pdata[i])->raw.period, period))
            return list->pdata[i];
    return NULL;
}

static void keep(Reading *r, size_t unit, size_t indicator, Stored value)
{
    const Indicator *about = &r->m->indicators[indicator];
    Stored *old = stored_at(r, unit, indicator, value.raw.period), *now;

    if (indicator < r->asked &&
        (unit < r->origins->n_asked || indikator_origins_want(r->origins, value.raw.period)))
        g_hash_table_add(r->periods, (void *)(uintptr_t)value.raw.period);
    value.raw.unit = r->spec->units[unit].code;
    value.raw.indicator = about->code;
    value.raw.rule = about->rule;
    value.raw.measure = indikator_measure(about);
    value.raw.group = indikator_distribution(about->code);
    value.raw.source_masked = old && old->raw.status == VALUE_MASKED;
    if (value.raw.enhet)
        value.raw.family = indikator_family(r->arena, about->code);
    now = old ? old : arena_alloc(r->arena, sizeof *now);
    *now = value;
    if (!old)
        g_ptr_array_add(r->found[unit * r->m->n_indicators + indicator], now);
}

static bool read_code(Reading *r, Db *db, size_t unit, const char *code, GError **error)
{
    g_auto(LesingPublicRows) rows = { 0 };

    if (!lesing_public(db, code, r->first, r->last, r->from, r->to, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const LesingPublicRow *v = &rows.v[i];
        size_t indicator = index_of(r->m, v->indikator);

        if (indicator == SIZE_MAX)
            continue;
        keep(r, unit, indicator,
             (Stored){ .raw = { .period = arena_dup(r->arena, v->period),
                                .status = status_of(v->status),
                                .value = v->value,
                                .uncertainty = v->uncertainty,
                                .n = v->n,
                                .n_masked = v->n_masked != 0,
                                .preliminary = v->preliminary != 0 },
                       .original = arena_dup(r->arena, v->original),
                       .source =
                           arena_printf(r->arena, "%s:%" G_GINT64_FORMAT, v->filename, v->line),
                       .numerator = NAN,
                       .denominator = NAN,
                       .imported_at = v->imported_at });
    }
    return true;
}

/* Public values under every number the unit has had: its history stays with it. */
static bool read_public(Reading *r, Db *db, size_t unit, GError **error)
{
    const UnitRef *ref = &r->spec->units[unit];
    EnhetIdentityList numbers = { 0 };

    if (ref->enhet && r->spec->owner &&
        !enhet_identity_list(db, r->arena, r->spec->owner, ref->enhet, &numbers, error))
        return false;
    for (size_t i = 0; i < numbers.n; i++)
        if (strcmp(numbers.v[i].value, ref->code) &&
            !read_code(r, db, unit, numbers.v[i].value, error))
            return false;
    return !*ref->code || read_code(r, db, unit, ref->code, error);
}

static bool read_own(Reading *r, Db *db, size_t unit, GError **error)
{
    g_auto(LesingOwnRows) rows = { 0 };

    if (!r->spec->owner || !r->spec->units[unit].enhet)
        return true;
    if (!lesing_own(db, r->spec->owner, r->spec->units[unit].enhet, r->first, r->last, r->from,
                    r->to, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const LesingOwnRow *v = &rows.v[i];
        size_t indicator = index_of(r->m, v->indikator);

        if (indicator == SIZE_MAX)
            continue;
        keep(r, unit, indicator,
             (Stored){ .raw = { .period = arena_dup(r->arena, v->period),
                                .enhet = r->spec->units[unit].enhet,
                                .status = status_of(v->status),
                                .value = v->value,
                                .uncertainty = v->uncertainty,
                                .n = v->n,
                                .n_masked = v->n_masked != 0,
                                .preliminary = v->preliminary != 0,
                                .computed = v->computed != 0,
                                .quality = arena_dup(r->arena, v->qualitative) },
                       .original = arena_dup(r->arena, v->original),
                       .source =
                           arena_printf(r->arena, "%s:%" G_GINT64_FORMAT, v->filename, v->line),
                       .stated = *v->stated ? arena_dup(r->arena, v->stated) : NULL,
                       .numerator = v->numerator,
                       .denominator = v->denominator,
                       .imported_at = v->imported_at });
    }
    return true;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_periods(Reading *r)
{
    g_autofree const char **keys = (const char **)g_hash_table_get_keys_as_array(r->periods, NULL);
    size_t n = g_hash_table_size(r->periods);

    r->m->periods = arena_alloc(r->arena, MAX(n, 1) * sizeof(char *));
    r->m->n_periods = n;
    if (n)
        memcpy(r->m->periods, keys, n * sizeof(char *));
    qsort(r->m->periods, n, sizeof(char *), by_text);
}

/* Take away what was read for the gate's sake alone. */
static void narrow(Reading *r, const GArray *asked)
{
    Matrix *m = r->m;
    Cell *cells = arena_alloc(r->arena, MAX(m->released.n, 1) * sizeof(Cell));
    const char **names = arena_alloc(r->arena, MAX(m->released.n, 1) * sizeof(char *));
    ReleasedKey *keys = arena_alloc(r->arena, MAX(m->released.n, 1) * sizeof(ReleasedKey));
    size_t n = 0, all = m->n_indicators;

    m->n_units = r->origins->n_asked;
    m->units = r->asking->units;
    if (all == r->asked && r->origins->n_units == r->origins->n_asked)
        return;
    for (size_t i = 0; i < m->n_units * r->asked * m->n_periods; i++) {
        size_t unit = i / m->n_periods / r->asked, rest = i % (m->n_periods * r->asked);

        m->v[i] = m->v[unit * all * m->n_periods + rest];
    }
    m->n_indicators = r->asked;
    for (size_t i = 0; i < m->released.n; i++) {
        if (i < asked->len && !g_array_index(asked, bool, i))
            continue;
        cells[n] = m->released.v[i];
        keys[n] = m->released.keys[i];
        names[n++] = m->released.names[i];
    }
    m->released.v = cells;
    m->released.names = names;
    m->released.keys = keys;
    m->released.n = n;
}

/* Hand every stored value to the gate, in the order of `order`, and put what comes out in place. */
static bool pass_gate(Reading *r, Db *db, GError **error)
{
    g_autoptr(RawTable) table = skjerming_table_new(r->spec->owner);
    g_autoptr(GPtrArray) order = g_ptr_array_new(); /* MatrixCell, as added */
    g_autoptr(GArray) asked = g_array_new(FALSE, TRUE, sizeof(bool));
    Matrix *m = r->m;
    size_t size = m->n_units * m->n_indicators * m->n_periods;

    m->v = arena_alloc(r->arena, MAX(size, 1) * sizeof(MatrixCell));
    for (size_t i = 0; i < size; i++) {
        Stored *s = stored_at(r, i / m->n_periods / m->n_indicators,
                              i / m->n_periods % m->n_indicators, m->periods[i % m->n_periods]);

        m->v[i] = (MatrixCell){
            .cell = { .status = VALUE_MISSING, .value = NAN, .uncertainty = NAN, .n = NO_INT },
            .numerator = NAN,
            .denominator = NAN
        };
        if (!s)
            continue;
        m->v[i].known = true;
        m->v[i].source = s->source;
        m->v[i].imported_at = s->imported_at;
        m->v[i].original = s->original;
        m->v[i].stated = s->stated;
        m->v[i].numerator = s->numerator;
        m->v[i].denominator = s->denominator;
        skjerming_add(table, &s->raw);
        g_ptr_array_add(order, &m->v[i]);
        const bool is_asked = i / m->n_periods % m->n_indicators < r->asked &&
                              i / m->n_periods / m->n_indicators < r->origins->n_asked;
        g_array_append_val(asked, is_asked);
    }
    if (!skjerming_release(db, r->arena, r->spec->audience, table, r->spec->today, &m->released,
                           error))
        return false;
    for (guint i = 0; i < order->len; i++) {
        MatrixCell *c = order->pdata[i];

        c->cell = m->released.v[i];
        if (c->cell.status != VALUE_MASKED)
            continue;
        c->original = c->stated = NULL;
        c->numerator = c->denominator = NAN;
    }
    if (!indikator_back_cast(db, r->arena, r->spec, r->origins, m, error))
        return false;
    narrow(r, asked);
    return true;
}

static void reading_free(Reading *r)
{
    for (size_t i = 0; r->found && i < r->m->n_units * r->m->n_indicators; i++)
        g_ptr_array_unref(r->found[i]);
    g_clear_pointer(&r->found, g_free);
    g_clear_pointer(&r->periods, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_free)

static bool is_companion(const char *code, const void *asked)
{
    const Matrix *m = asked;
    int64_t group = indikator_distribution(code);

    if (!group || index_of(m, code) != SIZE_MAX)
        return false;
    for (size_t i = 0; i < m->n_indicators; i++)
        if (indikator_distribution(m->indicators[i].code) == group)
            return true;
    return false;
}

/* The rest of each distribution of which a part is asked for: the gate must see it whole, else one
 * page would show what another hides, and the hidden level could be reckoned from them. */
static bool read_companions(Db *db, Arena *arena, const MatrixSpec *spec, Matrix *m, GError **error)
{
    size_t asked = m->n_indicators;
    IndicatorList all = { 0 };
    Indicator *wider;
    const Matrix before = *m;
    bool grouped = false;

    for (size_t i = 0; i < asked; i++)
        grouped = grouped || indikator_distribution(m->indicators[i].code);
    if (!grouped)
        return true;
    if (!indikator_some(db, arena, spec->lang, is_companion, &before, &all, error))
        return false;
    wider = arena_alloc(arena, (asked + all.n) * sizeof(Indicator));
    memcpy(wider, m->indicators, asked * sizeof(Indicator));
    if (all.n)
        memcpy(wider + asked, all.v, all.n * sizeof(Indicator));
    m->indicators = wider;
    m->n_indicators += all.n;
    return true;
}

static bool read_catalogue(Db *db, Arena *arena, const MatrixSpec *spec, Matrix *ret,
                           GError **error)
{
    size_t n = g_strv_length((char **)(uintptr_t)spec->indicators);

    ret->indicators = arena_alloc(arena, MAX(n, 1) * sizeof(Indicator));
    ret->breaks = arena_alloc(arena, MAX(n, 1) * sizeof(SeriesBreak *));
    ret->n_indicators = n;
    for (size_t i = 0; i < n; i++)
        if (!indikator_get(db, arena, spec->lang, spec->indicators[i], &ret->indicators[i],
                           error) ||
            !indikator_break_list(db, arena, spec->lang, spec->indicators[i], &ret->breaks[i],
                                  error))
            return false;
    return read_companions(db, arena, spec, ret, error);
}

bool indikator_matrix(Db *db, Arena *arena, const MatrixSpec *spec, Matrix *ret, GError **error)
{
    MatrixSpec wide = *spec;
    Origins origins;
    Matrix m = { 0 };
    g_auto(Reading)
        r = { .arena = arena, .asking = spec, .spec = &wide, .m = &m, .origins = &origins };

    if (!indikator_origins(db, arena, spec, &origins, error) ||
        !read_catalogue(db, arena, spec, &m, error))
        return false;
    m.units = wide.units = origins.units;
    m.n_units = wide.n_units = origins.n_units;
    r.asked = g_strv_length((char **)(uintptr_t)spec->indicators);
    find_range(&r);
    r.periods = g_hash_table_new(g_str_hash, g_str_equal);
    r.found = g_new0(GPtrArray *, MAX(m.n_units * m.n_indicators, 1));
    for (size_t i = 0; i < m.n_units * m.n_indicators; i++)
        r.found[i] = g_ptr_array_new();
    for (size_t u = 0; u < m.n_units; u++)
        if (!read_public(&r, db, u, error) || !read_own(&r, db, u, error))
            return false;
    sort_periods(&r);
    if (!pass_gate(&r, db, error) ||
        (spec->scale == SCALE_CORRECTED && !indikator_correct(db, &m, error)))
        return false;
    *ret = m;
    return true;
}
