/* sider-utvalg.c - which figures stand in a chapter of a report that is begun, and how they are shown.
 *
 * Figures that are held are taken in again, so that the chapter shows what was chosen.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-mal.h"
#include "behandling.h"
#include "tall.h"
#include "utvalg.html.h"
#include "utvalg.sql.h"

static bool open_place(Req *req, ChapterPlace *ret, GError **error)
{
    if (!tilstandsrapport_open_chapter(req, ret, error))
        return false;
    if (strcmp(ret->chapter.kind, "tema")) /* the others have text alone */
        return req_not_found(req, error);
    return tilstandsrapport_writable(ret->report.state) ||
           app_fail(error, APP_ERROR_FORBIDDEN, "the report has been sent");
}

/* What the form changes, as it stands. */
static const char *mark_of(Arena *arena, const Chapter *c)
{
    const char *const parts[] = { c->indicators, c->views };

    return tilstandsrapport_mark(arena, parts, G_N_ELEMENTS(parts));
}

typedef struct {
    int status;
    const char *trouble;
    const BlockChoice *ticked; /* what was chosen in the form; NULL: what stands */
} Showing;

static bool show_with(Req *req, const ChapterPlace *place, const Showing *how, GError **error)
{
    const Chapter *c = &place->chapter;
    const BlockChoice now = { c->theme, c->indicators, c->views };
    ChoicePage page = { .csrf = req->csrf,
                        .title = c->title,
                        .lang = i18n_tag(place->report.language),
                        .trouble = how->trouble,
                        .mark = mark_of(req->arena, c),
                        .self = tilstandsrapport_chapter_url(req, &place->report, c, "/utvalg"),
                        .up = tilstandsrapport_chapter_url(req, &place->report, c, "") };

    if (!tilstandsrapport_ticks(req, how->ticked ? how->ticked : &now, &page.indicators,
                                &page.views, error))
        return false;
    rapport_utvalg(req_page(req, how->status, _("Figures in this chapter")), &page);
    return true;
}

bool tilstandsrapport_show_choice(Req *req, GError **error)
{
    ChapterPlace place;

    return open_place(req, &place, error) &&
           show_with(req, &place, &(Showing){ .status = 200 }, error);
}

typedef struct {
    const ChapterPlace *place;
    const BlockChoice *choice;
    const char *seen; /* mark of what the form was made from; NULL: not checked */
    bool stale;
    Taking taking;
} Choosing;

/* Held figures are those that were chosen before: today's take their place. */
static bool take_again(Db *db, const Choosing *w, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    const Report *r = &w->place->report;
    ChangeList held;

    if (!tilstandsrapport_changes(db, arena, r, AUDIENCE_PUBLIC, w->taking.today, &held, error))
        return false;
    for (size_t i = 0; i < held.n; i++)
        if (held.v[i].chapter == w->place->chapter.id && held.v[i].taken_at)
            return tilstandsrapport_take_in(db, r, w->place->chapter.id, &w->taking, error);
    return true;
}

static bool choose_work(Db *db, void *arg, GError **error)
{
    Choosing *w = arg;
    const Report *r = &w->place->report;
    const BlockChoice *wish = w->choice;
    g_auto(UtvalgStoreRows) stored = { 0 };
    g_autoptr(Arena) arena = arena_new();
    Report now;
    Chapter c;
    int64_t id;

    if (!tilstandsrapport_get(db, arena, r->owner, r->id, &now, error) ||
        !tilstandsrapport_chapter(db, arena, r->owner, w->place->chapter.id, &id, &c, error))
        return false;
    if (!tilstandsrapport_writable(now.state))
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("The report has been sent, and its chapters "
                          "can no longer be changed."));
    w->stale = w->seen && strcmp(w->seen, mark_of(arena, &c)) != 0 &&
               (strcmp(c.indicators, wish->indicators) != 0 || strcmp(c.views, wish->views) != 0);
    return w->stale ||
           utvalg_store(db, r->owner, c.id, wish->indicators, wish->views, &stored, error);
}

static void join_chosen(GString *all, const TickViews *ticks)
{
    size_t before = all->len;

    for (size_t i = 0; i < ticks->n; i++)
        if (ticks->v[i].chosen)
            g_string_append_printf(all, "%s%s", all->len > before ? ", " : "", ticks->v[i].label);
    if (all->len == before)
        g_string_append(all, _("all"));
}

/* The ticks stay as they were sent, beside what somebody else has chosen. */
static bool show_stale(Req *req, const BlockChoice *ticked, GError **error)
{
    g_autoptr(GString) figures = g_string_new(NULL), ways = g_string_new(NULL);
    Showing how = { .status = 409, .ticked = ticked };
    TickViews indicators, views;
    ChapterPlace now;

    if (!open_place(req, &now, error))
        return false;
    const BlockChoice standing = { now.chapter.theme, now.chapter.indicators, now.chapter.views };

    if (!tilstandsrapport_ticks(req, &standing, &indicators, &views, error))
        return false;
    join_chosen(figures, &indicators);
    join_chosen(ways, &views);
    how.trouble = arena_printf(
        req->arena,
        _("Somebody else has chosen since you opened the page. What stands now: figures: "
          "%1$s; shown as: %2$s. Your choice is kept below: store it again to put it "
          "in its place."),
        figures->str, ways->str);
    return show_with(req, &now, &how, error);
}

bool tilstandsrapport_post_choice(Req *req, GError **error)
{
    g_autoptr(GError) why = NULL;
    ChapterPlace place;
    BlockChoice choice;

    if (!open_place(req, &place, error) ||
        !tilstandsrapport_ticked(req, place.chapter.theme, &choice, error))
        return false;
    Choosing work = { .place = &place,
                      .choice = &choice,
                      .seen = req_posted(req, "sett"),
                      .taking = { req->user->id, req->now, req->today } };

    req_note(req, "rapport.utvalg", place.chapter.id, 0, NULL);
    if (db_transaction(req->db, choose_work, &work, &why)) {
        if (work.stale)
            return show_stale(req, &choice, error);
        return take_again(req->db, &work, error) &&
               req_redirect_saying(
                   req, tilstandsrapport_chapter_url(req, &place.report, &place.chapter, "").text,
                   _("The choice of figures is stored."));
    }
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    const char *trouble = arena_dup(req->arena, why->message);

    return open_place(req, &place, error) &&
           show_with(req, &place, &(Showing){ 409, trouble, &choice }, error);
}
