/* folk.c - people as the pages ask for them: lists, who held what when, and who may see whom.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "person.h"
#include "folk.sql.h"

bool person_holders(Db *db, Arena *arena, int64_t owner, int64_t position, HoldingList *ret,
                    GError **error)
{
    g_auto(PersonHoldersSelectRows) rows = { 0 };
    Position of;

    if (!person_position_get(db, arena, owner, position, &of, error) ||
        !person_holders_select(db, owner, position, &rows, error))
        return false;
    *ret = (HoldingList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Holding)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (Holding){ .id = rows.v[i].id,
                               .position = position,
                               .person = rows.v[i].person,
                               .title = of.title,
                               .name = arena_dup(arena, rows.v[i].name),
                               .unit = of.unit,
                               .from = arena_dup(arena, rows.v[i].valid_from),
                               .to = arena_dup(arena, rows.v[i].valid_to) };
    return true;
}

/* The earlier of two last days; NULL is no end. */
static const char *earlier(const char *a, const char *b)
{
    if (!a || !b)
        return a ? a : b;
    return strcmp(a, b) < 0 ? a : b;
}

static bool holds_on(const Holding *h, const char *position_from, const char *day)
{
    return strcmp(h->from, day) <= 0 && strcmp(position_from, day) <= 0 &&
           (!h->to || strcmp(h->to, day) >= 0);
}

bool person_holdings(Db *db, Arena *arena, int64_t owner, int64_t person, const char *day,
                     HoldingList *ret, GError **error)
{
    g_auto(PersonHoldingsSelectRows) rows = { 0 };
    const char *name;

    if (!person_name(db, arena, owner, person, &name, error) ||
        !person_holdings_select(db, owner, person, &rows, error))
        return false;
    *ret = (HoldingList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Holding)), 0 };
    for (size_t i = 0; i < rows.n; i++) {
        const PersonHoldingsSelectRow *r = &rows.v[i];
        const Holding h = { .id = r->id,
                            .position = r->stilling,
                            .person = person,
                            .title = arena_dup(arena, r->title),
                            .name = name,
                            .unit = r->unit,
                            .from = arena_dup(arena, r->valid_from),
                            .to = arena_dup(arena, earlier(r->valid_to, r->position_to)) };

        if (!day || holds_on(&h, r->position_from, day))
            ret->v[ret->n++] = h;
    }
    return true;
}

bool person_list(Db *db, Arena *arena, int64_t owner, PersonList *ret, GError **error)
{
    g_auto(PersonNamesRows) rows = { 0 };

    if (!person_names(db, owner, &rows, error))
        return false;
    *ret = (PersonList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Person)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (Person){ rows.v[i].id, arena_dup(arena, rows.v[i].name) };
    return true;
}

bool person_rename(Db *db, int64_t owner, int64_t id, const char *name, GError **error)
{
    g_auto(PersonNameUpdateRows) rows = { 0 };

    if (!person_name_update(db, owner, id, name, &rows, error))
        return false;
    return rows.n || app_fail(error, APP_ERROR_NOT_FOUND, "no such person");
}

static const char *id_dup(Arena *arena, int64_t id)
{
    char text[ID_TEXT];

    return arena_dup(arena, id_text(id, text));
}

bool person_options(Req *req, int64_t leave_out, const Option **ret, GError **error)
{
    PersonList all;
    size_t n = 0;

    if (!person_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    Option *options = arena_alloc(req->arena, (all.n + 1) * sizeof(Option));

    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].id != leave_out)
            options[n++] = (Option){ id_dup(req->arena, all.v[i].id), all.v[i].name };
    options[n] = (Option){ 0 };
    *ret = options;
    return true;
}

bool person_position_options(Req *req, const Option **ret, GError **error)
{
    PositionList all;
    size_t n = 0;

    if (!person_position_list(req->db, req->arena, req->user->owner, req->today, &all, error))
        return false;
    Option *options = arena_alloc(req->arena, (all.n + 1) * sizeof(Option));

    for (size_t i = 0; i < all.n; i++)
        if (i == 0 || all.v[i].id != all.v[i - 1].id)
            options[n++] = (Option){ id_dup(req->arena, all.v[i].id), all.v[i].title };
    options[n] = (Option){ 0 };
    *ret = options;
    return true;
}

const char *person_period(Req *req, const char *from, const char *to)
{
    char a[DATE_TEXT], b[DATE_TEXT];

    if (!to)
        return arena_printf(req->arena, _("from %s"), date_short(from, a));
    if (strcmp(to, from) < 0)
        return _("never came into force");
    return arena_printf(req->arena, "%s–%s", date_short(from, a), date_short(to, b));
}

bool person_may_see(Req *req, int64_t person, bool *ret, GError **error)
{
    HoldingList held;

    *ret = req->user->id == person || req_may_unit(req, PERM_UNIT_READ, 0);
    if (*ret)
        return true;
    if (!person_holdings(req->db, req->arena, req->user->owner, person, NULL, &held, error))
        return false;
    for (size_t i = 0; i < held.n && !*ret; i++)
        *ret = req_may_unit(req, PERM_UNIT_READ, held.v[i].unit);
    return true;
}
