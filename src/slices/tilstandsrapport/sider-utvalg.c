/* sider-utvalg.c - which figures stand in a chapter of a report that is begun, and how they are shown.
 *
 * Figures that are held are taken in again, so that the chapter shows what was chosen.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-mal.h"
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

static bool show_with(Req *req, const ChapterPlace *place, int status, const char *trouble,
                      GError **error)
{
    const Chapter *c = &place->chapter;
    const BlockChoice now = { c->theme, c->indicators, c->views };
    ChoicePage page = { .csrf = req->csrf,
                        .title = c->title,
                        .lang = i18n_tag(place->report.language),
                        .trouble = trouble,
                        .version = c->version,
                        .self = tilstandsrapport_chapter_url(req, &place->report, c, "/utvalg"),
                        .up = tilstandsrapport_chapter_url(req, &place->report, c, "") };

    if (!tilstandsrapport_ticks(req, &now, &page.indicators, &page.views, error))
        return false;
    rapport_utvalg(req_page(req, status, _("Figures in this chapter")), &page);
    return true;
}

bool tilstandsrapport_show_choice(Req *req, GError **error)
{
    ChapterPlace place;

    return open_place(req, &place, error) && show_with(req, &place, 200, NULL, error);
}

typedef struct {
    const ChapterPlace *place;
    const BlockChoice *choice;
    int64_t version;
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
    const Choosing *w = arg;
    const Report *r = &w->place->report;
    g_auto(UtvalgStoreRows) stored = { 0 };
    g_autoptr(Arena) arena = arena_new();
    Report now;

    if (!tilstandsrapport_get(db, arena, r->owner, r->id, &now, error) ||
        !utvalg_store(db, r->owner, w->place->chapter.id, w->version, w->choice->indicators,
                      w->choice->views, &stored, error))
        return false;
    if (!tilstandsrapport_writable(now.state))
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("The report has been sent, and its chapters "
                          "can no longer be changed."));
    if (stored.n != 1)
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("Somebody else has just stored this. Copy what you wrote and load the "
                          "page again."));
    return true;
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
                      .version = tilstandsrapport_number(req_posted(req, "versjon")),
                      .taking = { req->user->id, req->now, req->today } };

    req_note(req, "rapport.utvalg", place.chapter.id, 0, NULL);
    if (db_transaction(req->db, choose_work, &work, &why))
        return take_again(req->db, &work, error) &&
               req_redirect_saying(
                   req, tilstandsrapport_chapter_url(req, &place.report, &place.chapter, "").text,
                   _("The choice of figures is stored."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    const char *trouble = arena_dup(req->arena, why->message);

    return open_place(req, &place, error) && show_with(req, &place, 409, trouble, error);
}
