/* rollekilde.c - where roles come from beside a grant: the position one holds, and deputyship.
 *
 * Nothing is copied when a position changes hands: each request asks who holds it today, so access
 * ends with the position by itself. A session holds on to a row of rolle, so such a role gets one that
 * stands for it and says nothing about dates.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "person.h"
#include "sesjon.h"
#include "rollekilde.sql.h"

static bool is_known(const GArray *tuples, int64_t id)
{
    for (guint i = 0; i < tuples->len; i++)
        if (g_array_index(tuples, RoleTuple, i).id == id)
            return true;
    return false;
}

typedef struct {
    Db *db;
    Arena *arena;
    int64_t owner;
    const char *today;
    GArray *tuples;
} Gathering;

static bool add_roles(const Gathering *g, int64_t position, const char *title, RoleKind kind,
                      GError **error)
{
    g_auto(TilgangRolesOfPositionRows) rows = { 0 };

    if (!tilgang_roles_of_position(g->db, g->owner, position, g->today, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const RoleTuple tuple = { .id = rows.v[i].id,
                                  .role = arena_dup(g->arena, rows.v[i].role),
                                  .unit = rows.v[i].unit == NO_INT ? 0 : rows.v[i].unit,
                                  .kind = kind,
                                  .position = title };

        if (!is_known(g->tuples, tuple.id))
            g_array_append_val(g->tuples, tuple);
    }
    return true;
}

static bool add_as_deputy(const Gathering *g, int64_t person, GError **error)
{
    g_auto(TilgangDeputyForRows) rows = { 0 };
    Position p;

    if (!tilgang_deputy_for(g->db, g->owner, person, g->today, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        if (!person_position_get(g->db, g->arena, g->owner, rows.v[i].stilling, &p, error))
            return false;
        if (strcmp(p.from, g->today) > 0 || (p.to && strcmp(p.to, g->today) < 0))
            continue; /* the position itself is not there */
        if (!add_roles(g, p.id, p.title, ROLE_DEPUTY, error))
            return false;
    }
    return true;
}

bool tilgang_followed(Db *db, Arena *arena, const Signer *who, const char *today,
                      RoleTupleList *ret, GError **error)
{
    g_autoptr(GArray) tuples = g_array_new(FALSE, FALSE, sizeof(RoleTuple));
    const Gathering g = { db, arena, who->owner, today, tuples };
    HoldingList held;

    if (!person_holdings(db, arena, who->owner, who->person, today, &held, error))
        return false;
    for (size_t i = held.n; i-- > 0;)
        if (!add_roles(&g, held.v[i].position, held.v[i].title, ROLE_POSITION, error))
            return false;
    if (!add_as_deputy(&g, who->person, error))
        return false;
    *ret =
        (RoleTupleList){ arena_alloc(arena, MAX(tuples->len, 1) * sizeof(RoleTuple)), tuples->len };
    if (tuples->len)
        memcpy(ret->v, tuples->data, tuples->len * sizeof(RoleTuple));
    return true;
}

typedef struct {
    const Signer *who;
    int64_t role, row;
} Anchoring;

static bool anchor_work(Db *db, void *arg, GError **error)
{
    Anchoring *a = arg;
    const Signer *who = a->who;
    g_auto(TilgangAnchorRowRows) known = { 0 };
    g_auto(TilgangPositionRoleExistsRows) of = { 0 };

    if (!tilgang_anchor_row(db, who->owner, who->person, a->role, &known, error) ||
        !tilgang_position_role_exists(db, who->owner, a->role, &of, error))
        return false;
    if (of.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such role");
    a->row = known.n ? known.v[0].id : id_new();
    return known.n || tilgang_anchor_insert(db, who->owner, a->row, who->person, of.v[0].role,
                                            of.v[0].unit, of.v[0].valid_from, a->role, error);
}

bool tilgang_anchor(Db *db, const Signer *who, int64_t role, int64_t *ret_row, GError **error)
{
    Anchoring a = { .who = who, .role = role };
    g_auto(TilgangGrantRowRows) grant = { 0 };

    if (!tilgang_grant_row(db, who->owner, role, who->person, &grant, error))
        return false;
    if (grant.n) {
        *ret_row = role;
        return true;
    }
    if (!db_transaction(db, anchor_work, &a, error))
        return false;
    *ret_row = a.row;
    return true;
}

bool tilgang_grant_position(Db *db, int64_t owner, const PositionRole *role, GError **error)
{
    if (!tilgang_role_known(role->role))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a role", role->role);
    if (!date_valid(role->from) || (role->to && !date_valid(role->to)))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a date", role->from);
    return tilgang_position_role_insert(db, owner, id_new(), role->position, role->role,
                                        role->unit ? role->unit : NO_INT, role->from, role->to,
                                        error);
}

typedef struct {
    int64_t owner;
    const DeputyNew *deputy;
} Naming;

static bool name_work(Db *db, void *arg, GError **error)
{
    const Naming *n = arg;
    const DeputyNew *d = n->deputy;
    g_auto(TilgangDeputyOverlapRows) same = { 0 };
    const TilgangDeputyInsertArgs args = { .owner = n->owner,
                                           .id = id_new(),
                                           .stilling = d->position,
                                           .person = d->person,
                                           .valid_from = d->from,
                                           .valid_to = d->to,
                                           .named_by = d->by,
                                           .named_at = d->now };

    if (!tilgang_deputy_overlap(db, n->owner, d->position, d->person, d->from, d->to, &same, error))
        return false;
    if (same.n)
        return app_fail(error, APP_ERROR_CONFLICT, "a deputy on some of these days already");
    return tilgang_deputy_insert(db, &args, error);
}

bool tilgang_name_deputy(Db *db, int64_t owner, const DeputyNew *deputy, GError **error)
{
    Naming n = { owner, deputy };
    char year[DATE_TEXT];

    if (!date_valid(deputy->from) || !date_valid(deputy->to) ||
        strcmp(deputy->to, deputy->from) < 0 ||
        strcmp(deputy->to, date_add(deputy->from, 365, year)) > 0)
        return app_fail(error, APP_ERROR_INVALID, "not a period of at most a year");
    return db_transaction(db, name_work, &n, error);
}
