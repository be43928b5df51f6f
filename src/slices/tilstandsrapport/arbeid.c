/* arbeid.c - who has a chapter, who is in it now, comments, and chapters beyond the template.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "skriving.h"
#include "arbeid.sql.h"

#define OPEN_FOR                                                                                   \
    (15 * 60 * G_USEC_PER_SEC) /* so long after opening, somebody may still be writing */

bool tilstandsrapport_assign(Db *db, int64_t owner, int64_t chapter, const Assignment *to,
                             int64_t now, GError **error)
{
    return arbeid_assign(db, owner, chapter, to->writer ? to->writer : NO_INT,
                         to->unit ? to->unit : NO_INT, to->due, now, error);
}

bool tilstandsrapport_opened(Db *db, int64_t owner, int64_t chapter, int64_t person, int64_t now,
                             GError **error)
{
    return arbeid_opened(db, owner, chapter, person, now, error);
}

bool tilstandsrapport_others_in(Db *db, Arena *arena, int64_t owner, int64_t chapter,
                                int64_t person, int64_t now, OpenedList *ret, GError **error)
{
    g_auto(ArbeidOthersRows) rows = { 0 };

    if (!arbeid_others(db, owner, chapter, person, now - OPEN_FOR, &rows, error))
        return false;
    *ret = (OpenedList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Opened)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (Opened){ rows.v[i].person, rows.v[i].opened_at };
    return true;
}

/* --- comments --- */

bool tilstandsrapport_comments(Db *db, Arena *arena, int64_t owner, int64_t report,
                               CommentList *ret, GError **error)
{
    g_auto(KommentarSelectRows) rows = { 0 };

    if (!kommentar_select(db, owner, report, &rows, error))
        return false;
    *ret = (CommentList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Comment)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const KommentarSelectRow *r = &rows.v[i];

        ret->v[i] = (Comment){ .id = r->id,
                               .chapter = r->kapittel,
                               .thread = r->thread,
                               .quote = arena_dup(arena, r->quote),
                               .body = arena_dup(arena, r->body),
                               .by = r->written_by,
                               .at = r->written_at,
                               .resolved_by = r->resolved_by == NO_INT ? 0 : r->resolved_by,
                               .resolved_at = r->resolved_at == NO_INT ? 0 : r->resolved_at };
    }
    return true;
}

size_t tilstandsrapport_open_threads(const CommentList *all, int64_t chapter)
{
    size_t n = 0;

    for (size_t i = 0; i < all->n; i++) {
        const Comment *c = &all->v[i];

        n += c->id == c->thread && !c->resolved_at && (!chapter || c->chapter == chapter);
    }
    return n;
}

#define SENT_TWICE (60 * G_USEC_PER_SEC) /* the same words within this are one comment */

typedef struct {
    int64_t owner, id;
    const Comment *comment;
} Commenting;

static bool comment_work(Db *db, void *arg, GError **error)
{
    Commenting *w = arg;
    const Comment *comment = w->comment;
    g_auto(KommentarThreadRows) rows = { 0 };
    g_auto(KommentarSameRows) same = { 0 };
    int64_t id = id_new();
    const KommentarInsertArgs args = { .owner = w->owner,
                                       .id = id,
                                       .kapittel = comment->chapter,
                                       .thread = comment->thread ? comment->thread : id,
                                       .quote = comment->quote,
                                       .body = comment->body,
                                       .written_by = comment->by,
                                       .written_at = comment->at };

    if (comment->thread &&
        !kommentar_thread(db, w->owner, comment->chapter, comment->thread, &rows, error))
        return false;
    if (comment->thread && rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such comment");
    if (!kommentar_same(db, w->owner, comment->chapter, comment->thread, comment->quote,
                        comment->body, comment->by, comment->at - SENT_TWICE, &same, error))
        return false;
    w->id = same.n ? same.v[0].id : id;
    return same.n || kommentar_insert(db, &args, error);
}

bool tilstandsrapport_comment(Db *db, int64_t owner, const Comment *comment, int64_t *ret_id,
                              GError **error)
{
    Commenting w = { .owner = owner, .comment = comment };

    if (!db_transaction(db, comment_work, &w, error))
        return false;
    *ret_id = w.id;
    return true;
}

bool tilstandsrapport_resolve(Db *db, int64_t owner, int64_t thread, int64_t person, int64_t now,
                              GError **error)
{
    g_auto(KommentarResolveRows) rows = { 0 };

    if (!kommentar_resolve(db, owner, thread, person ? person : NO_INT, person ? now : NO_INT,
                           &rows, error))
        return false;
    return rows.n == 1 || app_fail(error, APP_ERROR_NOT_FOUND, "no such comment");
}

/* --- chapters beyond the template --- */

#define FAR 1000 /* numbers are unique at every moment, so a row moves by way of here */

static bool make_room(Db *db, int64_t owner, int64_t report, int64_t nr, GError **error)
{
    return kapittel_shift(db, owner, report, nr, FAR, error) &&
           kapittel_shift(db, owner, report, FAR, 1 - FAR, error);
}

typedef struct {
    int64_t owner, report, id, now;
    const ChapterNew *chapter;
} Adding;

static bool is_blank(Chapter *c)
{
    for (int i = 0; i < N_TEXT; i++)
        if (**tilstandsrapport_chapter_text(c, i))
            return false;
    return true;
}

/* The blank one that the same form made when it was sent first; NULL. */
static const Chapter *added_already(ChapterList *all, const ChapterNew *c)
{
    for (size_t i = 0; i < all->n; i++) {
        Chapter *old = &all->v[i];

        if (!old->statutory && !strcmp(old->kind, c->kind) && !strcmp(old->theme, c->theme) &&
            !strcmp(old->title, c->title) && old->unit == c->unit && is_blank(old))
            return old;
    }
    return NULL;
}

static bool add_work(Db *db, void *arg, GError **error)
{
    Adding *a = arg;
    const ChapterNew *c = a->chapter;
    g_autoptr(Arena) arena = arena_new();
    const Assignment to = { .unit = c->unit };
    ChapterList all;
    Report report;

    if (!tilstandsrapport_get(db, arena, a->owner, a->report, &report, error) ||
        !tilstandsrapport_chapters(db, arena, a->owner, a->report, &all, error))
        return false;
    if (!tilstandsrapport_writable(report.state))
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("The report has been sent, and its chapters can no longer be changed."));
    const Chapter *same = added_already(&all, c);
    if (same) {
        a->id = same->id;
        return true;
    }
    int64_t nr = (int64_t)all.n + 1;
    if (all.n && !strcmp(all.v[all.n - 1].kind, "konklusjon"))
        nr = all.v[all.n - 1].nr;
    const KapittelInsertArgs args = { .owner = a->owner,
                                      .id = a->id,
                                      .rapport = a->report,
                                      .nr = nr,
                                      .kind = c->kind,
                                      .theme = c->theme,
                                      .statutory = c->statutory,
                                      .title = c->title,
                                      .indicators = c->indicators,
                                      .views = c->views,
                                      .changed_at = a->now };

    return make_room(db, a->owner, a->report, nr, error) && kapittel_insert(db, &args, error) &&
           (!c->unit || tilstandsrapport_assign(db, a->owner, a->id, &to, a->now, error));
}

bool tilstandsrapport_add_chapter(Db *db, int64_t owner, int64_t report, const ChapterNew *chapter,
                                  int64_t now, int64_t *ret_id, GError **error)
{
    Adding a = { .owner = owner, .report = report, .id = id_new(), .now = now, .chapter = chapter };

    if (!db_transaction(db, add_work, &a, error))
        return false;
    *ret_id = a.id;
    return true;
}

typedef struct {
    int64_t owner, chapter;
} Removing;

static bool remove_work(Db *db, void *arg, GError **error)
{
    const Removing *r = arg;
    g_autoptr(Arena) arena = arena_new();
    g_auto(KapittelThingsRows) things = { 0 };
    Report report;
    Chapter c;
    int64_t id;

    if (!tilstandsrapport_chapter(db, arena, r->owner, r->chapter, &id, &c, error) ||
        !tilstandsrapport_get(db, arena, r->owner, id, &report, error) ||
        !kapittel_things(db, r->owner, r->chapter, &things, error))
        return false;
    if (c.statutory || !is_blank(&c) || things.v[0].n || !tilstandsrapport_writable(report.state))
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("Only an empty chapter that no law asks for can be taken away."));
    return kapittel_delete(db, r->owner, r->chapter, error) &&
           kapittel_shift(db, r->owner, id, c.nr + 1, FAR, error) &&
           kapittel_shift(db, r->owner, id, FAR, -FAR - 1, error);
}

bool tilstandsrapport_remove_chapter(Db *db, int64_t owner, int64_t chapter, GError **error)
{
    Removing r = { owner, chapter };

    return db_transaction(db, remove_work, &r, error);
}
