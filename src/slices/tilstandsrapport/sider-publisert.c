/* sider-publisert.c - the published report as everyone reads it: what became of it, what was corrected in
 * it, and where its versions and decisions stand.
 *
 * The follow-up of the decision is told to those of the owner who may see it, and to nobody else.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "rettelse-sider.h"
#include "sider-rapport.h"
#include "rapport.html.h"

/* True in ret_final once the municipal council has decided. */
static DecisionViews decisions_of(Req *req, const Said *said, bool *ret_final)
{
    DecisionViews all = { arena_alloc(req->arena, MAX(said->n, 1) * sizeof(DecisionView)),
                          said->n };

    *ret_final = false;
    for (size_t i = 0; i < said->n; i++) {
        const Statement *s = &said->v[i];

        *ret_final = *ret_final || s->final;
        all.v[i] =
            (DecisionView){ tilstandsrapport_statement_heading(s),
                            tilstandsrapport_statement_meta(req->arena, s), s->event->decision };
    }
    return all;
}

/* Versions that a body has treated and that are not the published one. */
static PageLinks versions_of(Req *req, const Report *r, const StepEventList *events)
{
    PageLinks links = { 0 };
    int64_t last = 0;

    for (size_t i = 0; i < events->n && links.n < MAX_PAGE_LINKS; i++) {
        const StepEvent *e = &events->v[i];
        Url url = tilstandsrapport_url(req, r, "");
        char id[ID_TEXT];

        if (e->withdrawn || e->version == last || e->version == r->published ||
            !tilstandsrapport_was_public(r, events, e->version))
            continue;
        last = e->version;
        tilstandsrapport_add_link(req, &links,
                                  arena_printf(req->arena, _("As it stood %s: %s"),
                                               tilstandsrapport_day(req, e->on), e->action_name),
                                  url_with(req->arena, url, "versjon", id_text(e->version, id)));
    }
    return links;
}

static bool fill_law(Req *req, const Report *report, ReportView *view, GError **error)
{
    LawRef law;

    if (!tilstandsrapport_law_by_code(req->db, req->arena, req->lang, report->law, &law, error))
        return false;
    view->law = law.law;
    view->duty = law.duty;
    view->law_url = url_checked(req->arena, law.url);
    return true;
}

/* --- versions, corrections and what became of the decision --- */

/* The version the council voted on has its hash; any other points to it. */
static void fill_voted(Req *req, const Edition *e, const VersionList *all, ReportView *view)
{
    for (size_t i = 0; i < all->n; i++) {
        const Version *v = &all->v[i];
        char id[ID_TEXT];

        if (!v->voted || !e->report.locked)
            continue;
        if (v->id == e->version) {
            view->hash = e->report.locked;
            continue;
        }
        view->has_voted = true;
        view->voted = tilstandsrapport_url(req, &e->report, "");
        if (v->id != e->report.published)
            view->voted = url_with(req->arena, view->voted, "versjon", id_text(v->id, id));
    }
}

static bool fill_versions(Req *req, const Edition *e, ReportView *view, GError **error)
{
    const Report *r = &e->report;
    CorrectionList corrections;
    VersionList all;

    if (!tilstandsrapport_readable_versions(req, r, &all, error) ||
        !tilstandsrapport_corrections(req->db, req->arena, r->owner, r->id, &corrections, error))
        return false;
    fill_voted(req, e, &all, view);
    view->all_versions = tilstandsrapport_url(req, r, "/versjoner");
    view->changes = tilstandsrapport_url(req, r, "/endringer");
    view->has_changes = all.n > 1;
    if (corrections.n && !view->older)
        view->corrected =
            arena_printf(req->arena, _("Corrected %s"),
                         tilstandsrapport_day(req, corrections.v[corrections.n - 1].note.day));
    return true;
}

/* Sent back: what is read here is what was sent, and the work goes on elsewhere. */
static void fill_sent_back(Req *req, const Report *r, const StepEventList *events, ReportView *view)
{
    const StepEvent *back = tilstandsrapport_last(events, "send_tilbake");

    if (!back || !tilstandsrapport_writable(r->state))
        return;
    view->sent_back = arena_printf(
        req->arena,
        back->step == 4
            ? _("The municipal council sent this report back for new treatment %s. This is the "
                "version it had. It stays here until a new one is sent.")
            : _("The executive committee sent this report back for new treatment %s. This is the "
                "version it had. It stays here until a new one is sent."),
        tilstandsrapport_day(req, back->on));
    view->sent_back_why = back->note;
}

static bool fill_follow_up(Req *req, const Report *r, ReportView *view, GError **error)
{
    FollowUpList items;

    if (!req->user || req->user->owner != r->owner ||
        !tilstandsrapport_may_all(req, PERM_FOLLOWUP_READ))
        return true;
    if (!tilstandsrapport_follow_ups(req->db, req->arena, r->owner, r->id, req->today, &items,
                                     error))
        return false;
    view->follow_up_url = tilstandsrapport_url(req, r, "/oppfolging");
    view->follow_ups.v = arena_alloc(req->arena, MAX(items.n, 1) * sizeof(FollowUpLine));
    for (size_t i = 0; i < items.n; i++) {
        const FollowUp *f = &items.v[i];

        view->follow_ups.v[view->follow_ups.n++] =
            (FollowUpLine){ f->task, tilstandsrapport_follow_up_status(f->status), f->title,
                            tilstandsrapport_day(req, f->due) };
    }
    return true;
}

/* --- the page --- */

static bool load(Req *req, Edition *e, Said *said, StepEventList *events, GError **error)
{
    return tilstandsrapport_edition(req, e, error) &&
           tilstandsrapport_events(req->db, req->arena, e->report.owner, e->report.id, events,
                                   error) &&
           tilstandsrapport_said(req->db, req->arena, &e->report, said, error);
}

bool tilstandsrapport_show_published(Req *req, GError **error)
{
    StepEventList events;
    Said said;
    Edition e;

    if (!load(req, &e, &said, &events, error))
        return false;
    bool newest = e.version == e.report.published && !tilstandsrapport_is_private(&e) && !e.turned;
    const Face face = { .page = true,
                        .no_cover = true,
                        .figures =
                            newest ? tilstandsrapport_url(req, &e.report, "/figur/").text : NULL };
    g_autoptr(Doc) doc = tilstandsrapport_doc(&e.content, &face);
    ReportView view = tilstandsrapport_report_view(req, &e, doc);

    view.status = said.status;
    view.older = e.version != e.report.published;
    view.decisions = decisions_of(req, &said, &view.decided);
    view.versions = versions_of(req, &e.report, &events);
    view.published = tilstandsrapport_day(req, e.report.published_on);
    fill_sent_back(req, &e.report, &events, &view);
    if (!fill_law(req, &e.report, &view, error) || !fill_versions(req, &e, &view, error) ||
        !fill_follow_up(req, &e.report, &view, error) || !req_about(req, e.report.owner, error))
        return false;
    rapport_vis(req_page(req, 200, e.content.title), &view);
    req_cacheable(req);
    return true;
}
