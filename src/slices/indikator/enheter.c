/* enheter.c - units that have values: the owner's, their peers in the public statistics, and the
 * schools the statistics propose to an owner.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "navn.h"
#include "parse.h"
#include "enheter.sql.h"

static int level_of(const char *kind)
{
    return strcmp(kind, "kommune") ? 4 : 3;
}

static UnitRef ref_of(const Enhet *unit)
{
    return (UnitRef){ unit->id, level_of(unit->kind), unit->code, unit->name };
}

bool indikator_unit(Db *db, Arena *arena, int64_t owner, int64_t enhet, const char *today,
                    UnitRef *ret, GError **error)
{
    Enhet unit;

    if (!enhet_get(db, arena, owner, enhet, today, &unit, error))
        return false;
    *ret = ref_of(&unit);
    return true;
}

bool indikator_units(Db *db, Arena *arena, int64_t owner, const char *kind, const char *today,
                     UnitRefList *ret, GError **error)
{
    EnhetList all;

    if (!enhet_list(db, arena, owner, today, &all, error))
        return false;
    *ret = (UnitRefList){ arena_alloc(arena, MAX(all.n, 1) * sizeof(UnitRef)), 0 };
    for (size_t i = 0; i < all.n; i++)
        if (kind ? !strcmp(all.v[i].kind, kind) : strcmp(all.v[i].kind, "kommune") != 0)
            ret->v[ret->n++] = ref_of(&all.v[i]);
    return true;
}

/* The newest row the public statistics have for a code; ret_known false when none. */
static bool public_row(Db *db, Arena *arena, const char *code, EnheterPublicRow *ret,
                       bool *ret_known, GError **error)
{
    g_auto(EnheterPublicRows) rows = { 0 };

    if (!enheter_public(db, code, &rows, error))
        return false;
    *ret_known = rows.n > 0;
    if (rows.n)
        *ret = (EnheterPublicRow){ rows.v[0].level, arena_dup(arena, rows.v[0].name),
                                   arena_dup(arena, rows.v[0].kommune),
                                   arena_dup(arena, rows.v[0].fylke) };
    return true;
}

bool indikator_public_unit(Db *db, Arena *arena, const char *code, UnitRef *ret, GError **error)
{
    EnheterPublicRow row;
    bool known;

    if (!public_row(db, arena, code, &row, &known, error))
        return false;
    if (!known)
        return app_fail(error, APP_ERROR_NOT_FOUND, "the public statistics know no unit \"%s\"",
                        code);
    *ret = (UnitRef){ 0, (int)row.level, arena_dup(arena, code),
                      indikator_shown_name(code, row.name) };
    return true;
}

static bool add_public(Db *db, Arena *arena, const char *code, UnitRefList *list, GError **error)
{
    EnheterPublicRow row;
    bool known;

    for (size_t i = 0; i < list->n; i++)
        if (!strcmp(list->v[i].code, code))
            return true;
    if (!*code || !public_row(db, arena, code, &row, &known, error))
        return !*code;
    if (known)
        list->v[list->n++] = (UnitRef){ 0, (int)row.level, arena_dup(arena, code),
                                        indikator_shown_name(code, row.name) };
    return true;
}

bool indikator_peers(Db *db, Arena *arena, const UnitRef *unit, UnitRefList *ret, GError **error)
{
    EnheterPublicRow row = { 0 };
    bool known = false;

    *ret = (UnitRefList){ arena_alloc(arena, 4 * sizeof(UnitRef)), 1 };
    ret->v[0] = *unit;
    if (*unit->code && !public_row(db, arena, unit->code, &row, &known, error))
        return false;
    if (known && (!add_public(db, arena, row.kommune, ret, error) ||
                  !add_public(db, arena, row.fylke, ret, error)))
        return false;
    return add_public(db, arena, "0", ret, error);
}

/* --- proposals --- */

typedef struct {
    Db *db;
    Arena *arena;
    int64_t owner;
    int added;
    const char *municipality;
    const char *only; /* one code; NULL: all */
} Accepting;

static bool taken(Db *db, int64_t owner, const char *code, bool *ret, GError **error)
{
    int64_t id;

    if (!enhet_find(db, owner, code, &id, error))
        return false;
    *ret = id != 0;
    return true;
}

static int by_name(const void *a, const void *b)
{
    const UnitRef *left = a, *right = b;

    return nb_compare(left->name, strlen(left->name), right->name, strlen(right->name));
}

/* Units come by code and day of their name; the last of each code has its newest. */
static void add_newest(Arena *arena, const UnitRef *unit, UnitRefList *list)
{
    UnitRef *last = list->n ? &list->v[list->n - 1] : NULL;

    if (!last || strcmp(last->code, unit->code))
        last = &list->v[list->n++];
    *last = (UnitRef){ 0, unit->level, arena_dup(arena, unit->code), arena_dup(arena, unit->name) };
}

bool indikator_public_schools(Db *db, Arena *arena, const char *municipality, UnitRefList *ret,
                              GError **error)
{
    g_auto(EnheterSchoolsRows) rows = { 0 };

    if (!enheter_schools(db, municipality, &rows, error))
        return false;
    *ret = (UnitRefList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(UnitRef)), 0 };
    for (size_t i = 0; i < rows.n; i++)
        add_newest(arena, &(UnitRef){ 0, 4, rows.v[i].code, rows.v[i].name }, ret);
    qsort(ret->v, ret->n, sizeof(UnitRef), by_name);
    return true;
}

bool indikator_level_units(Db *db, Arena *arena, int level, const char *county, UnitRefList *ret,
                           GError **error)
{
    g_auto(EnheterLevelRows) rows = { 0 };

    if (!enheter_level(db, level, county, &rows, error))
        return false;
    *ret = (UnitRefList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(UnitRef)), 0 };
    for (size_t i = 0; i < rows.n; i++)
        add_newest(arena, &(UnitRef){ 0, level, rows.v[i].code, rows.v[i].name }, ret);
    qsort(ret->v, ret->n, sizeof(UnitRef), by_name);
    return true;
}

bool indikator_proposed(Db *db, Arena *arena, int64_t owner, const char *municipality,
                        UnitRefList *ret, GError **error)
{
    UnitRefList all;
    bool is_taken;

    if (!indikator_public_schools(db, arena, municipality, &all, error))
        return false;
    *ret = (UnitRefList){ all.v, 0 };
    for (size_t i = 0; i < all.n; i++) {
        if (!enhet_orgnr_valid(all.v[i].code))
            continue; /* Udir's own identifiers for closed units are no organisation numbers */
        if (!taken(db, owner, all.v[i].code, &is_taken, error))
            return false;
        if (!is_taken)
            ret->v[ret->n++] = all.v[i];
    }
    return true;
}

/* "2022/23" -> "2022-08-01": the first day of a school year. */
static const char *period_start(Arena *arena, const char *period)
{
    return arena_printf(arena, "%.4s-08-01", period);
}

/* The first name holds from the beginning, later ones from their first school year. */
static bool accept_one(Accepting *a, const EnheterSchoolsRow *rows, size_t n, int64_t parent,
                       GError **error)
{
    const EnhetNew unit = { .kind = "skole",
                            .parent = parent,
                            .name = rows[0].name,
                            .code = rows[0].code,
                            .origin = "register" };
    int64_t id;

    if (!enhet_orgnr_valid(rows[0].code))
        return true; /* Udir's own identifiers for closed units are no organisation numbers */
    if (!enhet_add(a->db, a->owner, &unit, &id, error))
        return false;
    for (size_t i = 1; i < n; i++)
        if (strcmp(rows[i].name, rows[i - 1].name) &&
            !enhet_rename(a->db, a->owner, id, period_start(a->arena, rows[i].valid_from),
                          rows[i].name, error))
            return false;
    a->added++;
    return true;
}

static bool accept_work(Db *db, void *arg, GError **error)
{
    Accepting *a = arg;
    g_auto(EnheterSchoolsRows) rows = { 0 };
    Enhet root;
    bool is_taken;

    a->db = db;
    a->added = 0;
    if (!enhet_root(db, a->arena, a->owner, "9999-12-31", &root, error) ||
        !enheter_schools(db, a->municipality, &rows, error))
        return false;
    for (size_t i = 0, n; i < rows.n; i += n) {
        for (n = 1; i + n < rows.n && !strcmp(rows.v[i].code, rows.v[i + n].code); n++)
            ;
        if (!taken(db, a->owner, rows.v[i].code, &is_taken, error))
            return false;
        if (a->only && strcmp(a->only, rows.v[i].code))
            continue;
        if (!is_taken && !accept_one(a, &rows.v[i], n, root.id, error))
            return false;
    }
    return true;
}

bool indikator_accept(Db *db, int64_t owner, const char *municipality, int *ret_n, GError **error)
{
    return indikator_accept_school(db, owner, municipality, NULL, ret_n, error);
}

bool indikator_accept_school(Db *db, int64_t owner, const char *municipality, const char *code,
                             int *ret_n, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    Accepting a = { .arena = arena, .owner = owner, .municipality = municipality, .only = code };

    if (!db_transaction(db, accept_work, &a, error))
        return false;
    *ret_n = a.added;
    return true;
}

/* --- successors --- */

#define ALIKE 0.8

typedef struct {
    const char *first, *last; /* "" when there are no figures */
} Span;

static bool span_of(Db *db, Arena *arena, const char *code, Span *ret, GError **error)
{
    g_auto(EnheterSpanRows) rows = { 0 };

    if (!enheter_span(db, code, &rows, error))
        return false;
    *ret = (Span){ "", "" };
    if (rows.n && rows.v[0].first_period)
        *ret = (Span){ arena_dup(arena, rows.v[0].first_period),
                       arena_dup(arena, rows.v[0].last_period) };
    return true;
}

static bool alike(const char *a, const char *b)
{
    g_autofree char *x = indikator_fold(a), *y = indikator_fold(b);

    return indikator_likeness(x, y) >= ALIKE;
}

/* Does the school follow the unit? Adds it to the list when it does. */
static bool consider(Db *db, Arena *arena, int64_t owner, const Enhet *old, const UnitRef *new,
                     SuccessorList *list, GError **error)
{
    g_auto(EnheterRefusedRows) refused = { 0 };
    Span before, after;

    if (strcmp(old->kind, "skole") || !*old->code || !alike(old->name, new->name))
        return true;
    if (!span_of(db, arena, old->code, &before, error) ||
        !span_of(db, arena, new->code, &after, error) ||
        !enheter_refused(db, owner, old->id, new->code, &refused, error))
        return false;
    if (refused.n == 0 && *before.last && *after.first && strcmp(before.last, after.first) < 0)
        list->v[list->n++] =
            (Successor){ old->id, old->name, old->code, new->code, new->name, after.first };
    return true;
}

bool indikator_successors(Db *db, Arena *arena, int64_t owner, const UnitRefList *proposed,
                          const char *today, SuccessorList *ret, GError **error)
{
    EnhetList all;

    if (!enhet_list(db, arena, owner, today, &all, error))
        return false;
    *ret =
        (SuccessorList){ arena_alloc(arena, MAX(proposed->n * all.n, 1) * sizeof(Successor)), 0 };
    for (size_t p = 0; p < proposed->n; p++)
        for (size_t i = 0; i < all.n; i++)
            if (!consider(db, arena, owner, &all.v[i], &proposed->v[p], ret, error))
                return false;
    return true;
}

typedef struct {
    int64_t owner;
    const char *municipality;
    const Successor *which;
} Following;

static bool follow_work(Db *db, void *arg, GError **error)
{
    const Following *f = arg;
    g_autoptr(Arena) arena = arena_new();
    const EnhetSuccessor s = { .relation = "erstattet_av",
                               .other = f->which->code,
                               .other_name = f->which->name,
                               .happened = period_start(arena, f->which->first),
                               .source = "Udir" };
    int n;

    return indikator_accept_school(db, f->owner, f->municipality, f->which->code, &n, error) &&
           enhet_add_successor(db, f->owner, f->which->old, &s, error);
}

bool indikator_accept_successor(Db *db, int64_t owner, const char *municipality,
                                const Successor *which, GError **error)
{
    Following f = { owner, municipality, which };

    return db_transaction(db, follow_work, &f, error);
}

bool indikator_refuse_successor(Db *db, int64_t owner, const Successor *which, int64_t now,
                                GError **error)
{
    return enheter_refuse(db, owner, which->old, which->code, now, error);
}
