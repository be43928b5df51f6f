/* kapitler.c - chapters of a report: read, and written so that nobody's words are lost.
 *
 * Whoever stores says which version they began from. When a newer one stands there, the two texts are
 * merged by line against that version; only a passage that both changed in different ways is handed
 * back, and then nothing is stored. Each text that is replaced is kept.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "skriving.h"
#include "tall.h"
#include "kapitler.sql.h"

const char **tilstandsrapport_chapter_text(Chapter *c, int text)
{
    switch (text) {
    case TEXT_BODY:
        return &c->body;
    case TEXT_GOALS:
        return &c->goals;
    case TEXT_JUDGEMENT:
        return &c->judgement;
    case TEXT_MEASURES:
        return &c->measures;
    default:
        return &c->no_measures;
    }
}

const char *tilstandsrapport_chapter_status(const char *status)
{
    return !strcmp(status, "ferdig")             ? _("Finished")
           : !strcmp(status, "kvalitetssikring") ? _("Waits for quality assurance")
           : !strcmp(status, "utkast")           ? _("Draft")
                                                 : _("Empty");
}

static int64_t or_none(int64_t value)
{
    return value == NO_INT ? 0 : value;
}

static Chapter chapter_from(Arena *arena, const KapitlerSelectRow *r)
{
    bool review = r->review && !strcmp(r->status, "utkast");

    return (Chapter){ .id = r->id,
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
                      .status = review ? "kvalitetssikring" : arena_dup(arena, r->status),
                      .version = r->version,
                      .changed_by = or_none(r->changed_by),
                      .changed_at = r->changed_at,
                      .indicators = arena_dup(arena, r->indicators),
                      .views = arena_dup(arena, r->views),
                      .writer = or_none(r->writer),
                      .unit = or_none(r->unit),
                      .due = arena_dup(arena, r->due) };
}

bool tilstandsrapport_chapters(Db *db, Arena *arena, int64_t owner, int64_t report,
                               ChapterList *ret, GError **error)
{
    g_auto(KapitlerSelectRows) rows = { 0 };

    if (!kapitler_select(db, owner, report, &rows, error))
        return false;
    *ret = (ChapterList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Chapter)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = chapter_from(arena, &rows.v[i]);
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

/* --- earlier texts --- */

bool tilstandsrapport_earlier(Db *db, Arena *arena, int64_t owner, const Chapter *chapter,
                              ChapterTexts *ret, GError **error)
{
    g_auto(KapitlerKeptRows) rows = { 0 };

    if (!kapitler_kept(db, owner, chapter->id, &rows, error))
        return false;
    *ret = (ChapterTexts){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(ChapterText)), 0 };
    for (size_t i = 0; i < rows.n; i++) {
        const KapitlerKeptRow *r = &rows.v[i];
        Chapter c = *chapter;

        c.version = r->version;
        c.body = arena_dup(arena, r->body);
        c.goals = arena_dup(arena, r->goals);
        c.judgement = arena_dup(arena, r->judgement);
        c.measures = arena_dup(arena, r->measures);
        c.no_measures = arena_dup(arena, r->no_measures);
        c.status = arena_dup(arena, r->status);
        ret->v[ret->n++] = (ChapterText){ r->version, r->saved_at, or_none(r->saved_by), c };
    }
    return true;
}

/* The texts that a writer began from: what stands there, an earlier one, or nothing at all. */
static bool find_base(Db *db, Arena *arena, int64_t owner, const Chapter *stored, int64_t version,
                      Chapter *ret, GError **error)
{
    ChapterTexts earlier;

    *ret = *stored;
    if (version == stored->version)
        return true;
    if (!tilstandsrapport_earlier(db, arena, owner, stored, &earlier, error))
        return false;
    ret->version = 0;
    ret->status = "tom";
    for (int i = 0; i < N_TEXT; i++)
        *tilstandsrapport_chapter_text(ret, i) = "";
    for (size_t i = 0; i < earlier.n; i++)
        if (earlier.v[i].version == version)
            *ret = earlier.v[i].chapter;
    return true;
}

/* --- storing --- */

typedef struct {
    Arena *arena;
    int64_t owner;
    const Saving *saving;
    bool strict; /* a newer version is an error, not something to merge with */
    Stored *ret;
} Writing;

static bool write_texts(Db *db, const Writing *w, const Chapter *c, int64_t onto, GError **error)
{
    g_auto(KapitlerUpdateRows) changed = { 0 };
    bool review = !strcmp(c->status, "kvalitetssikring");
    const KapitlerUpdateArgs args = {
        .owner = w->owner,
        .id = c->id,
        .version = onto,
        .title = c->title,
        .body = c->body,
        .goals = c->goals,
        .judgement = c->judgement,
        .measures = c->measures,
        .no_measures = c->no_measures,
        .status = review ? "utkast" : c->status,
        .review = review,
        .changed_at = w->saving->now,
        .changed_by = w->saving->person ? w->saving->person : NO_INT,
    };

    if (!kapitler_keep(db, w->owner, c->id, onto, error) ||
        !kapitler_update(db, &args, &changed, error))
        return false;
    return changed.n == 1 ||
           app_fail(error, APP_ERROR_CONFLICT,
                    _("Somebody else has stored this chapter since you opened it."));
}

/* How far it is, when two say different things: the one that says less. */
static const char *merged_status(const char *base, const char *mine, const char *theirs)
{
    static const char *const order[] = { "tom", "utkast", "kvalitetssikring", "ferdig" };

    if (!strcmp(mine, base))
        return theirs;
    if (!strcmp(theirs, base))
        return mine;
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
        if (!strcmp(order[i], mine) || !strcmp(order[i], theirs))
            return order[i];
    return mine;
}

/* Mine put together with what is stored; true in ret_conflict when a person must choose. */
static Chapter merge(const Writing *w, Chapter *base, Chapter *stored, bool *ret_conflict)
{
    const Saving *s = w->saving;
    Chapter mine = *s->chapter, all = mine;
    bool settled = s->choices && s->against == stored->version;

    *ret_conflict = false;
    for (int i = 0; i < N_TEXT; i++) {
        Passages *p = &w->ret->passages[i];

        *p = tilstandsrapport_flett(w->arena, *tilstandsrapport_chapter_text(base, i),
                                    *tilstandsrapport_chapter_text(&mine, i),
                                    *tilstandsrapport_chapter_text(stored, i));
        *ret_conflict = *ret_conflict || (p->conflicts && !settled);
        *tilstandsrapport_chapter_text(&all, i) =
            tilstandsrapport_flett_text(w->arena, p, settled ? s->choices[i] : NULL);
    }
    all.status = merged_status(base->status, mine.status, stored->status);
    return all;
}

static bool store_over(Db *db, const Writing *w, Chapter *stored, GError **error)
{
    Chapter base, all;
    bool conflict;

    if (!find_base(db, w->arena, w->owner, stored, w->saving->chapter->version, &base, error))
        return false;
    all = merge(w, &base, stored, &conflict);
    w->ret->merged = !conflict;
    w->ret->conflict = conflict;
    w->ret->stored = *stored;
    w->ret->base = base;
    return conflict || write_texts(db, w, &all, stored->version, error);
}

static bool write_work(Db *db, void *arg, GError **error)
{
    const Writing *w = arg;
    const Chapter *c = w->saving->chapter;
    Chapter stored;
    int64_t id;
    Report report;
    const Taking taking = { w->saving->person, w->saving->now, w->saving->today };

    *w->ret = (Stored){ 0 };
    if (!tilstandsrapport_chapter(db, w->arena, w->owner, c->id, &id, &stored, error) ||
        !tilstandsrapport_get(db, w->arena, w->owner, id, &report, error))
        return false;
    if (!tilstandsrapport_writable(report.state))
        return app_fail(error, APP_ERROR_FORBIDDEN,
                        _("The report has been sent and can no longer be written in."));
    if (w->strict || c->version == stored.version) {
        if (!write_texts(db, w, c, c->version, error))
            return false;
    } else if (!store_over(db, w, &stored, error)) {
        return false;
    }
    return w->ret->conflict || !taking.today ||
           tilstandsrapport_hold_figures(db, &report, c->id, &taking, error);
}

bool tilstandsrapport_save(Db *db, Arena *arena, int64_t owner, const Saving *saving, Stored *ret,
                           GError **error)
{
    Writing w = { .arena = arena, .owner = owner, .saving = saving, .ret = ret };

    return db_transaction(db, write_work, &w, error);
}

bool tilstandsrapport_write(Db *db, int64_t owner, const Chapter *chapter, int64_t person,
                            int64_t now, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    const Saving saving = { .chapter = chapter, .person = person, .now = now };
    Stored stored;
    Writing w = {
        .arena = arena, .owner = owner, .saving = &saving, .strict = true, .ret = &stored
    };

    return db_transaction(db, write_work, &w, error);
}
