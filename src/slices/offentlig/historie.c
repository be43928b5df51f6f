/* historie.c - an owner's main goal and milestones as data; offentlig.c shows them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "offentlig.h"
#include "offentlig.sql.h"

bool offentlig_goal(Db *db, Arena *arena, int64_t owner, Goal *ret, GError **error)
{
    g_auto(OffentligGoalSelectRows) rows = { 0 };

    *ret = (Goal){ 0 };
    if (!offentlig_goal_select(db, owner, &rows, error))
        return false;
    if (rows.n)
        *ret = (Goal){ arena_dup(arena, rows.v[0].goal), arena_dup(arena, rows.v[0].source),
                       arena_dup(arena, rows.v[0].origin) };
    return true;
}

bool offentlig_set_goal(Db *db, int64_t owner, const char *goal, const char *source,
                        const char *origin, GError **error)
{
    return offentlig_goal_upsert(db, owner, goal, source, origin, error);
}

static int by_time(gconstpointer a, gconstpointer b, void *user_data)
{
    const Milestone *x = a, *y = b;
    char first[DATE_TEXT], second[DATE_TEXT];

    (void)user_data;
    return strcmp(fuzzy_first(x->at, first), fuzzy_first(y->at, second));
}

bool offentlig_milestones(Db *db, Arena *arena, int64_t owner, MilestoneList *ret, GError **error)
{
    g_auto(OffentligMilestonesSelectRows) rows = { 0 };

    if (!offentlig_milestones_select(db, owner, &rows, error))
        return false;
    *ret = (MilestoneList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Milestone)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] =
            (Milestone){ arena_dup(arena, rows.v[i].at), arena_dup(arena, rows.v[i].title),
                         arena_dup(arena, rows.v[i].text), arena_dup(arena, rows.v[i].origin) };
    /* stable, so that those of one time keep the order they were written in */
    g_qsort_with_data(ret->v, (int)ret->n, sizeof(Milestone), by_time, NULL);
    return true;
}

bool offentlig_add_milestone(Db *db, int64_t owner, const Milestone *m, GError **error)
{
    if (!fuzzy_valid(m->at))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a date", m->at);
    return offentlig_milestone_insert(db, owner, id_new(), m->at, m->title, m->text, m->origin,
                                      error);
}
