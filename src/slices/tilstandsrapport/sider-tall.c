/* sider-tall.c - what has changed in the data since a draft's figures were held, and taking it in.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-tall.h"
#include "tall.html.h"

static FiguresView view_of(Req *req, const Report *report, const ChapterChanges *c)
{
    char id[ID_TEXT];
    const Chapter chapter = { .id = c->chapter };

    return (FiguresView){
        .id = arena_dup(req->arena, id_text(c->chapter, id)),
        .title = c->chapter_title,
        .held = c->taken_at ? arena_printf(req->arena, _("Held as they stood: %s"),
                                           tilstandsrapport_by_and_when(req, report->owner,
                                                                        c->taken_by, c->taken_at))
                            : _("Nothing is written here yet, so the figures follow the data."),
        .url = tilstandsrapport_chapter_url(req, report, &chapter, ""),
        .follows = c->taken_at == 0,
        .stale = c->stale,
        .changes = { c->v, c->n },
    };
}

bool tilstandsrapport_show_figures(Req *req, GError **error)
{
    ChangeList all;
    Report report;

    if (!tilstandsrapport_open_own(req, &report, error))
        return false;
    Audience audience =
        tilstandsrapport_sees_internal(req, &report) ? AUDIENCE_INTERNAL : AUDIENCE_PUBLIC;

    if (!tilstandsrapport_changes(req->db, req->arena, &report, audience, req->today, &all, error))
        return false;
    FiguresPage page = {
        .report = report.title,
        .lang = i18n_tag(report.language),
        .csrf = req->csrf,
        .up = tilstandsrapport_url(req, &report, "/skriving"),
        .self = tilstandsrapport_url(req, &report, "/tall"),
        .chapters = { arena_alloc(req->arena, MAX(all.n, 1) * sizeof(FiguresView)), all.n },
        .any = all.changed > 0,
        .closed = !tilstandsrapport_writable(report.state),
        .summary = all.changed ? arena_printf(req->arena,
                                              ngettext("%zu figure has changed.",
                                                       "%zu figures have changed.", all.changed),
                                              all.changed)
                               : _("No figure has changed."),
    };

    for (size_t i = 0; i < all.n; i++)
        page.chapters.v[i] = view_of(req, &report, &all.v[i]);
    rapport_tall(req_page(req, 200, _("The figures of the draft")), &page);
    return true;
}

static bool chapter_of(Req *req, const Report *report, int64_t *ret, GError **error)
{
    const char *posted = req_posted(req, "kapittel");
    int64_t wish = posted ? id_parse(posted) : 0;
    ChapterList all;

    *ret = 0;
    if (!tilstandsrapport_chapters(req->db, req->arena, report->owner, report->id, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].id == wish && tilstandsrapport_may_write(req, &all.v[i]))
            *ret = wish;
    return *ret || req_not_found(req, error);
}

bool tilstandsrapport_post_figures(Req *req, GError **error)
{
    const char *act = req_posted(req, "gjor");
    const Taking taking = { req->user->id, req->now, req->today };
    int64_t chapter = 0;
    Report report;
    bool done;

    if (!tilstandsrapport_open_own(req, &report, error) ||
        (g_strcmp0(act, "alle") && !chapter_of(req, &report, &chapter, error)))
        return false;
    req_note(req, "rapport.tall", chapter ? chapter : report.id, 0, NULL);
    done = !g_strcmp0(act, "holder")
               ? tilstandsrapport_still_holds(req->db, report.owner, chapter, error)
               : tilstandsrapport_take_in(req->db, &report, chapter, &taking, error);
    return done &&
           req_redirect_saying(req, tilstandsrapport_url(req, &report, "/tall").text,
                               !g_strcmp0(act, "holder")
                                   ? _("Noted: the assessment holds for the new figures too.")
                                   : _("The new figures are taken in. Read what is written about "
                                       "them again."));
}
