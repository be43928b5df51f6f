/* sider-rapport.c - one address, one report: the writing room for those who write it, and the preview of
 * what it will become; the published version is in sider-publisert.c.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-rapport.h"
#include "eier.h"
#include "rapport.html.h"

void tilstandsrapport_add_link(Req *req, PageLinks *links, const char *text, Url url)
{
    if (!links->v)
        links->v = arena_alloc(req->arena, MAX_PAGE_LINKS * sizeof(PageLink));
    g_assert(links->n < MAX_PAGE_LINKS);
    links->v[links->n++] = (PageLink){ text, url };
}

/* Where those who work with the report go from here. */
static PageLinks tools_of(Req *req, const Report *r)
{
    PageLinks links = { 0 };
    bool own = req->user && req->user->owner == r->owner;
    bool draft = tilstandsrapport_sees_draft(req, r);

    if (draft && tilstandsrapport_writable(r->state))
        tilstandsrapport_add_link(req, &links, _("Writing room"),
                                  tilstandsrapport_url(req, r, "/skriving"));
    if (own && (draft || req_may(req, PERM_REPORT_READ)))
        tilstandsrapport_add_link(req, &links, _("Treatment"),
                                  tilstandsrapport_url(req, r, "/behandling"));
    if (own && req_may(req, PERM_FOLLOWUP_READ))
        tilstandsrapport_add_link(req, &links, _("Follow-up"),
                                  tilstandsrapport_url(req, r, "/oppfolging"));
    if (tilstandsrapport_sees_internal(req, r))
        tilstandsrapport_add_link(req, &links, _("With internal figures"),
                                  tilstandsrapport_url(req, r, "/forhandsvisning?for=intern"));
    return links;
}

/* What the same content is there as: short, school by school, in the other language form. */
static PageLinks also_of(Req *req, const Edition *e)
{
    PageLinks links = { 0 };
    Lang other = e->content.language == LANG_NN ? LANG_NB : LANG_NN;
    const char *rest = e->version ? "" : "/forhandsvisning";
    Edition turned = *e;

    turned.turned = true;
    turned.content.language = other;
    tilstandsrapport_add_link(req, &links, _("Summary on one page"),
                              tilstandsrapport_edition_url(req, e, "/kort"));
    tilstandsrapport_add_link(req, &links, _("A sheet for each school"),
                              tilstandsrapport_edition_url(req, e, "/skoler"));
    tilstandsrapport_add_link(req, &links, other == LANG_NN ? "På nynorsk" : "På bokmål",
                              tilstandsrapport_edition_url(req, &turned, rest));
    return links;
}

ReportView tilstandsrapport_report_view(Req *req, const Edition *e, const Doc *doc)
{
    return (ReportView){ .owner = e->content.owner_name,
                         .title = e->content.title,
                         .lang = i18n_tag(e->content.language),
                         .language = e->content.language,
                         .doc = doc,
                         .self = tilstandsrapport_url(req, &e->report, ""),
                         .pdf = tilstandsrapport_edition_url(req, e, "/pdf"),
                         .files = tilstandsrapport_file_links(req, e),
                         .also = also_of(req, e),
                         .made = tilstandsrapport_day(req, e->content.made_on),
                         .tools = tools_of(req, &e->report) };
}

/* --- while it is written --- */

static const char *status_word(const char *status)
{
    return !strcmp(status, "kvalitetssikring") ? _("to be read through")
           : !strcmp(status, "ferdig")         ? _("finished")
           : !strcmp(status, "utkast")         ? _("draft")
                                               : _("empty");
}

static const char *changed_text(Req *req, int64_t owner, const Chapter *c)
{
    const char *who = tilstandsrapport_who(req, owner, c->changed_by);
    char when[DATE_TEXT];

    if (!*who)
        return "";
    return arena_printf(req->arena, _("changed by %s, %s"), who, time_text(c->changed_at, when));
}

static Url chapter_url(Req *req, const Report *report, int64_t chapter)
{
    return url_for(req->arena, "/tilstandsrapport/%I/kapittel/%I", report->id, chapter);
}

static bool fill_chapters(Req *req, const Report *report, ChapterLines *ret, GError **error)
{
    ChapterList all;
    bool may_write = req_may(req, PERM_REPORT_WRITE);

    if (!tilstandsrapport_chapters(req->db, req->arena, report->owner, report->id, &all, error))
        return false;
    *ret = (ChapterLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(ChapterLine)), all.n };
    for (size_t i = 0; i < all.n; i++) {
        const Chapter *c = &all.v[i];
        bool finished = !strcmp(c->status, "ferdig");

        ret->v[i] = (ChapterLine){ .nr = arena_printf(req->arena, "%d", c->nr),
                                   .title = c->title,
                                   .status = status_word(c->status),
                                   .mark = finished                    ? "●"
                                           : !strcmp(c->status, "tom") ? "○"
                                                                       : "◐",
                                   .changed = changed_text(req, report->owner, c),
                                   .statutory = c->statutory,
                                   .finished = finished,
                                   .url = chapter_url(req, report, c->id),
                                   .may_write = may_write };
    }
    return true;
}

static bool fill_findings(Req *req, const Report *report, FindingLines *ret, GError **error)
{
    FindingList all;
    bool may_write = req_may(req, PERM_REPORT_WRITE);

    if (!tilstandsrapport_validate(req->db, req->arena, report, req->today, &all, error))
        return false;
    *ret = (FindingLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(FindingLine)), all.n, 0 };
    for (size_t i = 0; i < all.n; i++) {
        const Finding *f = &all.v[i];

        ret->v[i] = (FindingLine){ f->message, f->stops, (f->chapter || f->page) && may_write,
                                   f->page ? tilstandsrapport_url(req, report, f->page)
                                           : chapter_url(req, report, f->chapter) };
        ret->stops += f->stops;
    }
    return true;
}

static PageLinks room_tools(Req *req, const Report *r)
{
    PageLinks links = { 0 };

    tilstandsrapport_add_link(req, &links, _("Treatment and dates"),
                              tilstandsrapport_url(req, r, "/behandling"));
    if (req_may(req, PERM_REPORT_WRITE)) {
        tilstandsrapport_add_link(req, &links, _("Who writes what"),
                                  tilstandsrapport_url(req, r, "/kapitler"));
        tilstandsrapport_add_link(req, &links, _("The figures of the draft"),
                                  tilstandsrapport_url(req, r, "/tall"));
        tilstandsrapport_add_link(req, &links, _("Last year’s measures"),
                                  tilstandsrapport_url(req, r, "/ifjor"));
    }
    tilstandsrapport_add_link(req, &links, _("Preview as the public"),
                              tilstandsrapport_url(req, r, "/forhandsvisning?for=offentlig"));
    if (tilstandsrapport_sees_internal(req, r))
        tilstandsrapport_add_link(req, &links, _("With internal figures"),
                                  tilstandsrapport_url(req, r, "/forhandsvisning?for=intern"));
    tilstandsrapport_add_link(req, &links, _("Preview of the PDF"),
                              tilstandsrapport_url(req, r, "/pdf?for=offentlig"));
    return links;
}

static const char *progress_of(Req *req, const RoomView *view)
{
    size_t done = 0;

    for (size_t i = 0; i < view->chapters.n; i++)
        done += view->chapters.v[i].finished;
    return arena_printf(req->arena, _("%d of %d chapters finished"), (int)done,
                        (int)view->chapters.n);
}

enum { F_CONFIRM, N_FIELDS };
static const Field delete_fields[N_FIELDS] = {
    [F_CONFIRM] = { "slett-bekreft", FIELD_CHECK, N_("I want to delete this report"),
                    .required = true },
};

static bool may_delete(Req *req, const Report *report, bool *ret, GError **error)
{
    *ret = false;
    return !tilstandsrapport_may_all(req, PERM_REPORT_CREATE) ||
           tilstandsrapport_deletable(req->db, req->arena, report, ret, error);
}

/* delete_form: one that failed, to be shown again; NULL: none. */
static bool show_room(Req *req, const Report *report, const Form *delete_form, GError **error)
{
    g_auto(Form) blank = form_blank(req, delete_fields, N_FIELDS);
    bool deletable;
    RoomView view = { .title = report->title, .lang = i18n_tag(report->language) };
    Step steps[6];
    LawRef law;

    if (!tilstandsrapport_steps(req->db, req->arena, report->owner, report->id, steps, error) ||
        !tilstandsrapport_law_by_code(req->db, req->arena, req->lang, report->law, &law, error) ||
        !fill_chapters(req, report, &view.chapters, error) ||
        !fill_findings(req, report, &view.findings, error) ||
        !may_delete(req, report, &deletable, error))
        return false;
    if (deletable)
        view.delete_form = delete_form ? delete_form : &blank;
    view.delete_url = tilstandsrapport_url(req, report, "/slett");
    view.state = tilstandsrapport_state_name(report->state);
    view.progress = progress_of(req, &view);
    view.published = report->published != 0;
    view.line = tilstandsrapport_line(req, report, steps);
    view.next = tilstandsrapport_next(req, report, steps);
    view.tools = room_tools(req, report);
    view.treatment = tilstandsrapport_url(req, report, "/behandling");
    view.law = law.law;
    view.duty = law.duty;
    rapport_skriverom(req_page(req, delete_form ? 422 : 200, report->title), &view);
    return true;
}

bool tilstandsrapport_post_delete(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, delete_fields, N_FIELDS);
    bool deletable;
    Report report;

    if (!tilstandsrapport_open_own(req, &report, error) ||
        !may_delete(req, &report, &deletable, error))
        return false;
    if (deletable && !form_ok(&form))
        return show_room(req, &report, &form, error);
    return tilstandsrapport_delete(req->db, report.owner, report.id, error) &&
           req_redirect_saying(req, "/tilstandsrapport", _("The report is deleted."));
}

bool tilstandsrapport_show(Req *req, GError **error)
{
    Report report;

    if (!tilstandsrapport_open(req, &report, error))
        return false;
    return report.published ? tilstandsrapport_show_published(req, error)
                            : show_room(req, &report, NULL, error);
}

bool tilstandsrapport_show_room(Req *req, GError **error)
{
    Report report;

    if (!tilstandsrapport_open_own(req, &report, error))
        return false;
    if (!tilstandsrapport_writable(report.state))
        return req_redirect(req, tilstandsrapport_url(req, &report, "").text);
    return show_room(req, &report, NULL, error);
}

/* --- preview --- */

static PageLinks audiences_of(Req *req, const Report *r, Audience shown)
{
    PageLinks links = { 0 };
    const char *audience = shown == AUDIENCE_INTERNAL ? "intern" : "offentlig";

    if (shown == AUDIENCE_INTERNAL)
        tilstandsrapport_add_link(req, &links, _("Show as the public will see it"),
                                  tilstandsrapport_url(req, r, "/forhandsvisning?for=offentlig"));
    else if (tilstandsrapport_sees_internal(req, r))
        tilstandsrapport_add_link(req, &links, _("Show with internal figures"),
                                  tilstandsrapport_url(req, r, "/forhandsvisning?for=intern"));
    tilstandsrapport_add_link(
        req, &links, _("As PDF"),
        url_with(req->arena, tilstandsrapport_url(req, r, "/pdf"), "for", audience));
    return links;
}

bool tilstandsrapport_show_preview(Req *req, GError **error)
{
    Edition e;

    if (!tilstandsrapport_edition(req, &e, error))
        return false;
    if (!tilstandsrapport_sees_draft(req, &e.report))
        return req_not_found(req, error);
    const Face face = { .page = true,
                        .no_cover = true,
                        .draft = tilstandsrapport_writable(e.report.state) };
    g_autoptr(Doc) doc = tilstandsrapport_doc(&e.content, &face);
    ReportView view = tilstandsrapport_report_view(req, &e, doc);

    view.audience = e.audience == AUDIENCE_INTERNAL
                        ? _("with the owner's own figures. Not for others.")
                        : _("as the public will see it");
    view.audiences = audiences_of(req, &e.report, e.audience);
    tilstandsrapport_add_link(req, &view.tools, _("Back to the report"), view.self);
    rapport_forhandsvisning(req_page(req, 200, e.report.title), &view);
    return true;
}
