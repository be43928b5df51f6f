/* person.c - people and positions as data: read as they stood on a date, added and ended; the pages
 * stand in stillinger.c and its neighbours.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "person.h"
#include "person.sql.h"

bool person_position_list(Db *db, Arena *arena, int64_t owner, const char *today, PositionList *ret,
                          GError **error)
{
    g_auto(PersonPositionsRows) rows = { 0 };

    if (!person_positions(db, owner, today, &rows, error))
        return false;
    ret->v = arena_alloc(arena, MAX(rows.n, 1) * sizeof(Position));
    ret->n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        const PersonPositionsRow *r = &rows.v[i];

        ret->v[i] = (Position){
            .id = r->id,
            .unit = r->unit,
            .title = arena_dup(arena, r->title),
            .replaces = arena_dup(arena, r->replaces),
            .person = r->person == NO_INT ? 0 : r->person,
            .holder = arena_dup(arena, r->holder),
            .since = arena_dup(arena, r->since),
            .from = arena_dup(arena, r->valid_from),
            .to = arena_dup(arena, r->valid_to),
        };
    }
    return true;
}

bool person_position_get(Db *db, Arena *arena, int64_t owner, int64_t id, Position *ret,
                         GError **error)
{
    g_auto(PersonPositionSelectRows) rows = { 0 };

    if (!person_position_select(db, owner, id, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such position");
    *ret = (Position){ .id = id,
                       .unit = rows.v[0].unit,
                       .title = arena_dup(arena, rows.v[0].title),
                       .replaces = arena_dup(arena, rows.v[0].replaces),
                       .from = arena_dup(arena, rows.v[0].valid_from),
                       .to = arena_dup(arena, rows.v[0].valid_to) };
    return true;
}

bool person_name(Db *db, Arena *arena, int64_t owner, int64_t id, const char **ret, GError **error)
{
    g_auto(PersonSelectRows) rows = { 0 };

    if (!person_select(db, owner, id, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such person");
    *ret = arena_dup(arena, rows.v[0].name);
    return true;
}

bool person_add(Db *db, int64_t owner, const char *name, const char *origin, int64_t now,
                int64_t *ret_id, GError **error)
{
    int64_t id = id_new();

    if (!person_insert(db, owner, id, name, origin, now, error))
        return false;
    *ret_id = id;
    return true;
}

bool person_just_added(Db *db, int64_t owner, const char *name, int64_t since, int64_t *ret_id,
                       GError **error)
{
    g_auto(PersonSinceRows) rows = { 0 };

    if (!person_since(db, owner, name, since, &rows, error))
        return false;
    *ret_id = rows.n ? rows.v[0].id : 0;
    return true;
}

bool person_position_add(Db *db, int64_t owner, const PositionNew *position, int64_t *ret_id,
                         GError **error)
{
    int64_t id = id_new();

    if (!person_position_insert(db, owner, id, position->unit, position->title, position->replaces,
                                position->from, error))
        return false;
    *ret_id = id;
    return true;
}

typedef struct {
    int64_t owner, position, person;
    const char *from;
} Taking;

static bool may_take(Db *db, const Taking *h, GError **error)
{
    g_auto(PersonPositionSelectRows) position = { 0 };
    g_auto(PersonHoldingStartsRows) same = { 0 };

    if (!person_position_select(db, h->owner, h->position, &position, error) ||
        !person_holding_starts(db, h->owner, h->position, h->from, &same, error))
        return false;
    if (position.n == 0)
        return app_fail(error, APP_ERROR_INVALID, "no such position");
    if (strcmp(h->from, position.v[0].valid_from) < 0 ||
        (position.v[0].valid_to && strcmp(h->from, position.v[0].valid_to) > 0))
        return app_fail(error, APP_ERROR_INVALID, "the position does not exist on %s", h->from);
    return !same.n ||
           app_fail(error, APP_ERROR_CONFLICT, "somebody takes over on that day already");
}

static bool hold_work(Db *db, void *arg, GError **error)
{
    const Taking *h = arg;
    g_auto(PersonHoldingNextRows) next = { 0 };
    char before[DATE_TEXT], last[DATE_TEXT];

    if (!may_take(db, h, error) ||
        !person_holding_next(db, h->owner, h->position, h->from, &next, error) ||
        !person_holding_end(db, h->owner, h->position, date_add(h->from, -1, before), error))
        return false;
    return person_holding_insert(db, h->owner, id_new(), h->position, h->person, h->from,
                                 next.n ? date_add(next.v[0].valid_from, -1, last) : NULL, error);
}

bool person_hold(Db *db, int64_t owner, int64_t position, int64_t person, const char *from,
                 GError **error)
{
    Taking holding = { owner, position, person, from };

    if (!date_valid(from))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a date, write YYYY-MM-DD", from);
    return db_transaction(db, hold_work, &holding, error);
}

bool person_vacate(Db *db, int64_t owner, int64_t position, const char *last_day, GError **error)
{
    if (!date_valid(last_day))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a date", last_day);
    return person_holding_end(db, owner, position, last_day, error);
}

bool person_position_end(Db *db, int64_t owner, int64_t position, const char *last_day,
                         GError **error)
{
    g_auto(PersonPositionSelectRows) rows = { 0 };
    g_auto(PersonPositionLastRows) changed = { 0 };

    if (!person_position_select(db, owner, position, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such position");
    if (!date_valid(last_day) || strcmp(last_day, rows.v[0].valid_from) < 0)
        return app_fail(error, APP_ERROR_INVALID, "the position cannot end on %s", last_day);
    return person_position_last(db, owner, position, last_day, &changed, error);
}

bool person_position_retitle(Db *db, int64_t owner, int64_t position, const char *title,
                             GError **error)
{
    g_auto(PersonTitleUpdateRows) rows = { 0 };

    if (!person_title_update(db, owner, position, title, &rows, error))
        return false;
    return rows.n || app_fail(error, APP_ERROR_NOT_FOUND, "no such position");
}
