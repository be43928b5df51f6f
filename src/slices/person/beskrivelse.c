/* beskrivelse.c - position descriptions as data: draft, approval, versions.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "beskrivelse.h"
#include "stilling-sider.h"
#include "beskrivelse.sql.h"

bool person_duties_list(Db *db, Arena *arena, int64_t owner, int64_t position, DutiesList *ret,
                        GError **error)
{
    g_auto(PersonDutiesSelectRows) rows = { 0 };

    if (!person_duties_select(db, owner, position, &rows, error))
        return false;
    *ret = (DutiesList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Duties)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const PersonDutiesSelectRow *r = &rows.v[i];

        ret->v[i] = (Duties){ .version = r->version,
                              .draft = !strcmp(r->state, "utkast"),
                              .text = arena_dup(arena, r->text),
                              .edit = r->edit,
                              .from = arena_dup(arena, r->valid_from),
                              .writer = arena_dup(arena, r->writer),
                              .approver = arena_dup(arena, r->approver),
                              .written_at = r->written_at,
                              .approved_at = r->approved_at == NO_INT ? 0 : r->approved_at };
    }
    return true;
}

const Duties *person_duties_on(const DutiesList *all, const char *day)
{
    const Duties *best = NULL;

    for (size_t i = 0; i < all->n; i++) { /* the newest first: of two from one day, it holds */
        const Duties *d = &all->v[i];

        if (!d->draft && strcmp(d->from, day) <= 0 && (!best || strcmp(d->from, best->from) > 0))
            best = d;
    }
    return best;
}

bool person_holds(Db *db, Arena *arena, int64_t owner, int64_t position, int64_t person,
                  const char *day, bool *ret, GError **error)
{
    HoldingList held;

    if (!person_holdings(db, arena, owner, person, day, &held, error))
        return false;
    *ret = false;
    for (size_t i = 0; i < held.n; i++)
        *ret = *ret || held.v[i].position == position;
    return true;
}

static bool stale(GError **error)
{
    return app_fail(error, APP_ERROR_CONFLICT, "the draft is not the one that was read");
}

bool person_duties_write(Db *db, const DutiesChange *c, const char *text, GError **error)
{
    if (c->edit == 0) { /* the index of one draft refuses a second one: APP_ERROR_CONFLICT */
        g_auto(PersonDutiesInsertRows) made = { 0 };

        return person_duties_insert(db, c->owner, id_new(), c->position, text, c->by, c->now, &made,
                                    error);
    }
    g_auto(PersonDutiesUpdateRows) rows = { 0 };

    if (!person_duties_update(db, c->owner, c->position, c->edit, text, c->by, c->now, &rows,
                              error))
        return false;
    return rows.n || stale(error);
}

typedef struct {
    const DutiesChange *change;
    const char *from, *today;
} Approving;

static bool approve_work(Db *db, void *arg, GError **error)
{
    const Approving *a = arg;
    const DutiesChange *c = a->change;
    g_autoptr(Arena) arena = arena_new();
    g_auto(PersonDutiesApproveRows) rows = { 0 };
    DutiesList all;
    bool holds;

    if (!person_holds(db, arena, c->owner, c->position, c->by, a->today, &holds, error) ||
        !person_duties_list(db, arena, c->owner, c->position, &all, error))
        return false;
    if (holds)
        return app_fail(error, APP_ERROR_FORBIDDEN, "one's own position");
    for (size_t i = 0; i < all.n; i++)
        if (!all.v[i].draft && strcmp(all.v[i].from, a->from) > 0)
            return app_fail(error, APP_ERROR_INVALID, "a later version holds from %s",
                            all.v[i].from);
    if (!person_duties_approve(db, c->owner, c->position, c->edit, a->from, c->by, c->now, &rows,
                               error))
        return false;
    return rows.n || stale(error);
}

bool person_duties_approve_draft(Db *db, const DutiesChange *change, const char *from,
                                 const char *today, GError **error)
{
    Approving a = { change, from, today };

    if (!date_valid(from))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a date", from);
    return db_transaction(db, approve_work, &a, error);
}

bool person_duties_throw(Db *db, const DutiesChange *c, GError **error)
{
    g_auto(PersonDutiesDiscardRows) rows = { 0 };

    if (!person_duties_discard(db, c->owner, c->position, c->edit, &rows, error))
        return false;
    return rows.n || stale(error);
}
