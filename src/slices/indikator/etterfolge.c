/* etterfolge.c - from the lists of changes to the units that others came of.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "etterfolge.h"
#include "etterfolge.sql.h"

#define MOST_UNITS 400u /* the whole country's; more is a circle in the list */

typedef struct {
    Db *db;
    Arena *arena;
    const MatrixSpec *spec;
    char since[11];      /* nothing that happened by then is of interest */
    GArray *units, *all; /* UnitRef, Origin */
    EnhetLinkList links;
    bool have_links;
} Tracing;

PeriodDays indikator_period_days(const char *period)
{
    int year = (int)g_ascii_strtoll(period, NULL, 10), month = 1, months = 12;
    const char *rest = strlen(period) > 4 ? period + 4 : "";
    PeriodDays days;

    if (*rest == '/')
        month = 8;
    else if (*rest == 'K')
        month = 3 * g_ascii_digit_value(rest[1]) - 2, months = 3;
    else if (*rest == '-')
        month = (int)g_ascii_strtoll(rest + 1, NULL, 10), months = 1;
    g_snprintf(days.first, sizeof days.first, "%04d-%02d-01", year % 10000, CLAMP(month, 1, 12));
    month += months;
    year += month > 12;
    g_snprintf(days.after, sizeof days.after, "%04d-%02d-01", year % 10000,
               CLAMP(month > 12 ? month - 12 : month, 1, 12));
    return days;
}

static const UnitRef *unit_at(const Tracing *t, size_t i)
{
    return &g_array_index(t->units, UnitRef, i);
}

static size_t find_unit(const Tracing *t, int64_t enhet, const char *code)
{
    for (size_t i = 0; i < t->units->len; i++)
        if (enhet ? unit_at(t, i)->enhet == enhet : *code && !strcmp(unit_at(t, i)->code, code))
            return i;
    return SIZE_MAX;
}

/* A part: among those known, or new; one that nobody has figures of is called by its number. */
static bool add_unit(Tracing *t, int64_t enhet, const char *code, const char *name, size_t *ret,
                     GError **error)
{
    g_autoptr(GError) why = NULL;
    UnitRef unit = { 0, strlen(code) == 4 ? 3 : 4, code, *name ? name : code };

    *ret = find_unit(t, enhet, code);
    if (*ret != SIZE_MAX)
        return true;
    if (enhet ? !indikator_unit(t->db, t->arena, t->spec->owner, enhet, t->spec->today, &unit, &why)
              : !indikator_public_unit(t->db, t->arena, code, &unit, &why))
        if (!g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND))
            return app_pass(error, &why);
    *ret = t->units->len;
    g_array_append_val(t->units, unit);
    return true;
}

/* "Snillfjord (5012)" */
static const char *public_name(Tracing *t, const char *code)
{
    UnitRef unit;

    return indikator_public_unit(t->db, t->arena, code, &unit, NULL)
               ? indikator_named(t->arena, &unit)
               : code;
}

static Origin *origin_add(Tracing *t, size_t into, const char *date, size_t room)
{
    const Origin origin = { .into = into,
                            .date = arena_dup(t->arena, date),
                            .parts = arena_alloc(t->arena, (room + 1) * sizeof(size_t)) };

    g_array_append_val(t->all, origin);
    return &g_array_index(t->all, Origin, t->all->len - 1);
}

/* --- municipalities, by SSB's list --- */

static bool follows(const char *kind)
{
    return !strcmp(kind, "sammenslaing") || !strcmp(kind, "nummer");
}

/* The rows of one day: parts, or the one that was parted. */
static bool add_day(Tracing *t, size_t into, const EtterfolgeIntoRow *rows, size_t n,
                    GError **error)
{
    const char *parted = NULL;
    bool renumbered = false;
    size_t found = 0, unit;
    Origin *origin;

    for (size_t i = 0; i < n; i++) {
        found += follows(rows[i].kind) || !strcmp(rows[i].kind, "deling");
        renumbered = renumbered || !strcmp(rows[i].kind, "nummer");
        if (!strcmp(rows[i].kind, "deling") ||
            (!strcmp(rows[i].kind, "grense") && strcmp(rows[i].old_code, unit_at(t, into)->code)))
            parted = public_name(t, arena_dup(t->arena, rows[i].old_code));
    }
    if (found == 0)
        return true;
    origin = origin_add(t, into, rows[0].date, n);
    origin->parted = parted;
    origin->renumbered = renumbered && !parted;
    for (size_t i = 0; !parted && i < n; i++) {
        if (!follows(rows[i].kind))
            continue;
        if (!add_unit(t, 0, arena_dup(t->arena, rows[i].old_code), "", &unit, error))
            return false;
        origin->parts[origin->n_parts++] = unit;
    }
    return true;
}

static bool trace_municipality(Tracing *t, size_t into, bool *ret_told, GError **error)
{
    g_auto(EtterfolgeIntoRows) rows = { 0 };

    if (!etterfolge_into(t->db, unit_at(t, into)->code, &rows, error))
        return false;
    *ret_told = rows.n > 0;
    for (size_t i = 0, end; i < rows.n; i = end) {
        for (end = i + 1; end < rows.n && !strcmp(rows.v[end].date, rows.v[i].date); end++)
            ;
        if (strcmp(rows.v[i].date, t->since) > 0 && !add_day(t, into, &rows.v[i], end - i, error))
            return false;
    }
    return true;
}

/* --- the owner's units, by what the owner has said --- */

/* Whether a unit stood before a day, as far as its numbers tell; one number without a day does not. */
static bool stood_before(Tracing *t, int64_t enhet, const char *date, bool *ret_known, bool *ret,
                         GError **error)
{
    EnhetIdentityList all;

    if (!enhet_identity_list(t->db, t->arena, t->spec->owner, enhet, &all, error))
        return false;
    *ret_known = *ret = false;
    for (size_t i = 0; i < all.n; i++) {
        bool dated = strcmp(all.v[i].from, "0001-01-01") > 0;

        *ret_known = *ret_known || dated;
        *ret = *ret || (dated && strcmp(all.v[i].from, date) < 0);
    }
    return true;
}

/* A unit that others were merged into is one of its own parts unless it was made that day. */
static bool add_itself(Tracing *t, size_t into, Origin *origin, bool merged, GError **error)
{
    bool known, stood;

    if (!merged)
        return true;
    if (!stood_before(t, unit_at(t, into)->enhet, origin->date, &known, &stood, error))
        return false;
    if (stood || (!known && origin->n_parts < 2))
        origin->parts[origin->n_parts++] = into;
    return true;
}

static bool add_links(Tracing *t, size_t into, size_t first, size_t end, GError **error)
{
    Origin origin = *origin_add(t, into, t->links.v[first].happened, end - first);
    size_t place = t->all->len - 1, unit;
    bool merged = false;

    for (size_t i = first; i < end; i++) {
        const EnhetLink *link = &t->links.v[i];

        if (link->into != unit_at(t, into)->enhet)
            continue;
        if (!add_unit(t, link->from, link->from_code, link->from_name, &unit, error))
            return false;
        origin.parts[origin.n_parts++] = unit;
        merged = merged || link->merged;
        if (link->parted)
            origin.parted = indikator_named(t->arena, unit_at(t, unit));
    }
    if (!add_itself(t, into, &origin, merged, error))
        return false;
    g_array_index(t->all, Origin, place) = origin;
    return true;
}

static bool trace_own(Tracing *t, size_t into, GError **error)
{
    int64_t enhet = unit_at(t, into)->enhet;

    if (!t->have_links && !enhet_links(t->db, t->arena, t->spec->owner, &t->links, error))
        return false;
    t->have_links = true;
    for (size_t i = 0, end; i < t->links.n; i = end) {
        bool any = false;

        for (end = i; end < t->links.n && !strcmp(t->links.v[end].happened, t->links.v[i].happened);
             end++)
            any = any || t->links.v[end].into == enhet;
        if (any && strcmp(t->links.v[i].happened, t->since) > 0 &&
            !add_links(t, into, i, end, error))
            return false;
    }
    return true;
}

/* --- all of them --- */

static bool trace(Tracing *t, size_t unit, GError **error)
{
    const UnitRef ref = *unit_at(t, unit);
    bool told = false;

    if (ref.level == 3 && *ref.code && !trace_municipality(t, unit, &told, error))
        return false;
    return told || !ref.enhet || !t->spec->owner || trace_own(t, unit, error);
}

bool indikator_origins(Db *db, Arena *arena, const MatrixSpec *spec, Origins *ret, GError **error)
{
    g_autoptr(GArray) units = g_array_new(FALSE, FALSE, sizeof(UnitRef));
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Origin));
    Tracing t = { .db = db, .arena = arena, .spec = spec, .units = units, .all = all };

    if (spec->from)
        memcpy(t.since, indikator_period_days(spec->from).first, sizeof t.since);
    g_array_append_vals(units, spec->units, (guint)spec->n_units);
    for (size_t i = 0; i < units->len && units->len < spec->n_units + MOST_UNITS; i++)
        if (!trace(&t, i, error))
            return false;
    *ret =
        (Origins){ arena_alloc(arena, MAX(units->len, 1) * sizeof(UnitRef)), units->len,
                   spec->n_units, arena_alloc(arena, MAX(all->len, 1) * sizeof(Origin)), all->len };
    if (units->len)
        memcpy(ret->units, units->data, units->len * sizeof(UnitRef));
    if (all->len)
        memcpy(ret->v, all->data, all->len * sizeof(Origin));
    return true;
}

bool indikator_origins_want(const Origins *origins, const char *period)
{
    PeriodDays days = indikator_period_days(period);

    for (size_t i = 0; i < origins->n; i++)
        if (origins->v[i].into < origins->n_asked && strcmp(origins->v[i].date, days.first) > 0)
            return true;
    return false;
}

/* --- forwards --- */

/* What one became on the first day after `since`; NULL: nothing, or not one alone. */
static bool next_code(Db *db, const char *code, const char *since, const char *until,
                      char ret_code[8], char ret_date[11], GError **error)
{
    g_auto(EtterfolgeOutRows) rows = { 0 };

    *ret_code = '\0';
    if (!etterfolge_out(db, code, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const EtterfolgeOutRow *row = &rows.v[i];
        bool alone = (i == 0 || strcmp(rows.v[i - 1].date, row->date) != 0) &&
                     (i + 1 == rows.n || strcmp(rows.v[i + 1].date, row->date) != 0);

        if (strcmp(row->date, since) <= 0 || strcmp(row->date, until) > 0 || !follows(row->kind))
            continue;
        if (alone) {
            g_strlcpy(ret_code, row->new_code, 8);
            g_strlcpy(ret_date, row->date, 11);
        }
        return true;
    }
    return true;
}

bool indikator_code_on(Db *db, Arena *arena, const char *code, const char *date, const char **ret,
                       GError **error)
{
    char now[8] = "", since[11] = "", next[8], day[11];

    g_strlcpy(now, code, sizeof now);
    for (unsigned i = 0; i < MOST_UNITS; i++) {
        if (!next_code(db, now, since, date, next, day, error))
            return false;
        if (!*next)
            break;
        memcpy(now, next, sizeof now);
        memcpy(since, day, sizeof since);
    }
    *ret = arena_dup(arena, now);
    return true;
}
