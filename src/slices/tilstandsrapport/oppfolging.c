/* oppfolging.c - follow-up items: what the decision becomes, with owner, date and answer.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "tilstandsrapport.h"
#include "behandling.h"
#include "person.h"
#include "oppfolging.sql.h"

static const char *title_of(const PositionList *positions, int64_t id)
{
    for (size_t i = 0; i < positions->n; i++)
        if (positions->v[i].id == id)
            return positions->v[i].title;
    return "";
}

bool tilstandsrapport_follow_ups(Db *db, Arena *arena, int64_t owner, int64_t report,
                                 const char *today, FollowUpList *ret, GError **error)
{
    g_auto(OppfolgingSelectRows) rows = { 0 };
    PositionList positions;

    if (!oppfolging_select(db, owner, report, &rows, error) ||
        !person_position_list(db, arena, owner, today, &positions, error))
        return false;
    *ret = (FollowUpList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(FollowUp)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const OppfolgingSelectRow *r = &rows.v[i];
        int64_t responsible = r->responsible == NO_INT ? 0 : r->responsible;

        ret->v[i] = (FollowUp){ .id = r->id,
                                .nr = (int)r->nr,
                                .task = arena_dup(arena, r->task),
                                .responsible = responsible,
                                .title = title_of(&positions, responsible),
                                .due = arena_dup(arena, r->due),
                                .answer = arena_dup(arena, r->answer),
                                .answered_on = arena_dup(arena, r->answered_on) };
    }
    return true;
}

bool tilstandsrapport_follow_up_add(Db *db, int64_t owner, int64_t report, const char *task,
                                    GError **error)
{
    return oppfolging_insert(db, owner, id_new(), report, task, NO_INT, error);
}

bool tilstandsrapport_follow_up_from(Db *db, int64_t owner, int64_t report, int64_t event,
                                     const char *task, GError **error)
{
    return oppfolging_insert(db, owner, id_new(), report, task, event, error);
}

bool tilstandsrapport_follow_up_undo(Db *db, int64_t owner, int64_t report, int64_t event,
                                     GError **error)
{
    return oppfolging_delete(db, owner, report, event, error);
}

bool tilstandsrapport_follow_up_store(Db *db, int64_t owner, const FollowUp *item,
                                      const char *today, GError **error)
{
    g_auto(OppfolgingUpdateRows) changed = { 0 };
    const OppfolgingUpdateArgs args = {
        .owner = owner,
        .id = item->id,
        .task = item->task,
        .responsible = item->responsible ? item->responsible : NO_INT,
        .due = item->due,
        .answer = item->answer,
        .answered_on = *item->answer ? today : NULL,
    };

    if (!oppfolging_update(db, &args, &changed, error))
        return false;
    return changed.n == 1 || app_fail(error, APP_ERROR_NOT_FOUND, "no such follow-up item");
}
