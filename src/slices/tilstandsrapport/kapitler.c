/* kapitler.c - chapters of a report: read, and written with an optimistic lock so that nobody's words
 * are lost.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "tilstandsrapport.h"
#include "kapitler.sql.h"

bool tilstandsrapport_chapters(Db *db, Arena *arena, int64_t owner, int64_t report,
                               ChapterList *ret, GError **error)
{
    g_auto(KapitlerSelectRows) rows = { 0 };

    if (!kapitler_select(db, owner, report, &rows, error))
        return false;
    *ret = (ChapterList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Chapter)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const KapitlerSelectRow *r = &rows.v[i];

        ret->v[i] = (Chapter){
            .id = r->id,
            .nr = (int)r->nr,
            .kind = arena_dup(arena, r->kind),
            .theme = arena_dup(arena, r->theme),
            .statutory = r->statutory != 0,
            .title = arena_dup(arena, r->title),
            .body = arena_dup(arena, r->body),
            .goals = arena_dup(arena, r->goals),
            .judgement = arena_dup(arena, r->judgement),
            .measures = arena_dup(arena, r->measures),
            .no_measures = arena_dup(arena, r->no_measures),
            .status = arena_dup(arena, r->status),
            .version = r->version,
            .changed_by = r->changed_by == NO_INT ? 0 : r->changed_by,
            .changed_at = r->changed_at,
        };
    }
    return true;
}

bool tilstandsrapport_chapter(Db *db, Arena *arena, int64_t owner, int64_t id, int64_t *ret_report,
                              Chapter *ret, GError **error)
{
    g_auto(KapitlerReportRows) rows = { 0 };
    ChapterList all;

    if (!kapitler_report(db, owner, id, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such chapter");
    if (!tilstandsrapport_chapters(db, arena, owner, rows.v[0].rapport, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].id == id)
            *ret = all.v[i];
    *ret_report = rows.v[0].rapport;
    return true;
}

typedef struct {
    int64_t owner, person, now;
    const Chapter *chapter;
} Writing;

static bool write_work(Db *db, void *arg, GError **error)
{
    const Writing *w = arg;
    const Chapter *c = w->chapter;
    g_autoptr(Arena) arena = arena_new();
    g_auto(KapitlerUpdateRows) changed = { 0 };
    Chapter stored;
    int64_t id;
    Report report;
    const KapitlerUpdateArgs args = {
        .owner = w->owner,
        .id = c->id,
        .version = c->version,
        .title = c->title,
        .body = c->body,
        .goals = c->goals,
        .judgement = c->judgement,
        .measures = c->measures,
        .no_measures = c->no_measures,
        .status = c->status,
        .changed_at = w->now,
        .changed_by = w->person ? w->person : NO_INT,
    };

    if (!tilstandsrapport_chapter(db, arena, w->owner, c->id, &id, &stored, error) ||
        !tilstandsrapport_get(db, arena, w->owner, id, &report, error))
        return false;
    if (!tilstandsrapport_writable(report.state))
        return app_fail(error, APP_ERROR_FORBIDDEN,
                        _("The report has been sent and can no longer be written in."));
    if (!kapitler_update(db, &args, &changed, error))
        return false;
    return changed.n == 1 ||
           app_fail(error, APP_ERROR_CONFLICT,
                    _("Somebody else has stored this chapter since you opened it."));
}

bool tilstandsrapport_write(Db *db, int64_t owner, const Chapter *chapter, int64_t person,
                            int64_t now, GError **error)
{
    Writing w = { .owner = owner, .person = person, .now = now, .chapter = chapter };

    return db_transaction(db, write_work, &w, error);
}
