/* beskrivelse-sider.c - reading position descriptions: what holds, every version, and two side by side.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "beskrivelse.h"
#include "stilling-sider.h"
#include "beskrivelse.html.h"

static Doc *doc_of(Req *req, const Position *p, const Duties *d)
{
    const DocMeta meta = {
        .title = p->title, .lang = i18n_tag(req->lang), .no_cover = true, .no_contents = true
    };
    Doc *doc = doc_new(&meta);

    doc_markdown(doc, d->text, 2);
    return doc;
}

static Url address(Req *req, const Position *p, int64_t version)
{
    return url_for(req->arena, "/stillinger/%I/beskrivelse/%s", p->id,
                   arena_printf(req->arena, "%" G_GINT64_FORMAT, version));
}

static const char *label_of(Req *req, const Duties *d)
{
    return arena_printf(req->arena, _("Version %d"), (int)d->version);
}

/* From its day to the day before the next one's, the newest without an end. */
static const char *valid_of(Req *req, const DutiesList *all, size_t i)
{
    char from[DATE_TEXT], to[DATE_TEXT], last[DATE_TEXT];

    date_short(all->v[i].from, from);
    for (size_t next = i; next-- > 0;)
        if (!all->v[next].draft)
            return arena_printf(req->arena, "%s–%s", from,
                                date_short(date_add(all->v[next].from, -1, last), to));
    return arena_printf(req->arena, _("from %s"), from);
}

static DutiesLine line_of(Req *req, const Position *p, const DutiesList *all, size_t i)
{
    const Duties *d = &all->v[i];
    DutiesLine line = { .label = label_of(req, d),
                        .url = address(req, p, d->version),
                        .draft = d->draft,
                        .now = d == person_duties_on(all, req->today),
                        .has_diff = i + 1 < all->n,
                        .valid = "",
                        .approved = "" };

    if (!d->draft) {
        line.valid = valid_of(req, all, i);
        line.approved = d->approver;
    }
    if (line.has_diff) {
        Url diff = url_for(req->arena, "/stillinger/%I/beskrivelse/%s/forskjell", p->id,
                           arena_printf(req->arena, "%" G_GINT64_FORMAT, d->version));

        line.diff = url_with(req->arena, diff, "mot",
                             arena_printf(req->arena, "%" G_GINT64_FORMAT, all->v[i + 1].version));
    }
    return line;
}

static const char *status_of(Req *req, const Duties *d)
{
    char day[DATE_TEXT], at[DATE_TEXT];

    if (d->draft)
        return arena_printf(req->arena, _("Draft, last changed by %s %s"), d->writer,
                            time_text(d->written_at, at));
    return arena_printf(req->arena, _("Holds from %s. Approved by %s %s."), date_text(d->from, day),
                        d->approver, time_text(d->approved_at, at));
}

/* A draft is for those who work on it. */
static bool sees_draft(const Req *req)
{
    return req_may(req, PERM_DUTIES_WRITE) || req_may(req, PERM_DUTIES_APPROVE);
}

static void fill_versions(Req *req, const Position *p, const DutiesList *all, DutiesView *view)
{
    view->versions =
        (DutiesLines){ arena_alloc(req->arena, MAX(all->n, 1) * sizeof(DutiesLine)), 0 };
    for (size_t i = 0; i < all->n; i++)
        if (!all->v[i].draft || sees_draft(req))
            view->versions.v[view->versions.n++] = line_of(req, p, all, i);
    view->has_draft = all->n && all->v[0].draft && sees_draft(req);
}

static void fill_view(Req *req, const Position *p, const DutiesList *all, const Duties *shown,
                      DutiesView *view)
{
    *view =
        (DutiesView){ .title = p->title,
                      .heading = _("Position description"),
                      .up = url_for(req->arena, "/stillinger/%I", p->id),
                      .self = url_for(req->arena, "/stillinger/%I/beskrivelse", p->id),
                      .edit = url_for(req->arena, "/stillinger/%I/beskrivelse/utkast", p->id),
                      .approve = url_for(req->arena, "/stillinger/%I/beskrivelse/godkjenn", p->id),
                      .may_write = req_may(req, PERM_DUTIES_WRITE),
                      .may_approve = req_may(req, PERM_DUTIES_APPROVE),
                      .has_text = shown != NULL,
                      .draft_shown = shown && shown->draft };
    fill_versions(req, p, all, view);
    if (!shown)
        return;
    view->status = status_of(req, shown);
    view->text = doc_of(req, p, shown);
}

static bool show_version(Req *req, const Position *p, const DutiesList *all, const Duties *shown)
{
    DutiesView view;

    fill_view(req, p, all, shown, &view);
    g_autoptr(Doc) text G_GNUC_UNUSED = view.text; /* to be freed */
    const char *title = arena_printf(req->arena, _("Position description: %s"), p->title);

    person_beskrivelse(req_page(req, 200, title), &view);
    return true;
}

static bool load(Req *req, Position *p, DutiesList *all, GError **error)
{
    return person_open_position(req, p, error) &&
           person_duties_list(req->db, req->arena, req->user->owner, p->id, all, error);
}

bool person_show_duties(Req *req, GError **error)
{
    DutiesList all;
    Position p;

    if (!load(req, &p, &all, error))
        return false;
    return show_version(req, &p, &all, person_duties_on(&all, req->today));
}

static const Duties *version_named(Req *req, const DutiesList *all, const char *text)
{
    int64_t version = text ? g_ascii_strtoll(text, NULL, 10) : 0;

    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].version == version && (!all->v[i].draft || sees_draft(req)))
            return &all->v[i];
    return NULL;
}

bool person_show_duties_version(Req *req, GError **error)
{
    DutiesList all;
    Position p;

    if (!load(req, &p, &all, error))
        return false;
    const Duties *shown = version_named(req, &all, req_param(req, "n"));

    return shown ? show_version(req, &p, &all, shown) : req_not_found(req, error);
}

/* --- the difference --- */

static DiffRow row_of(const DiffLine *line)
{
    switch (line->kind) {
    case DIFF_ADDED:
        return (DiffRow){ _("Added"), line->text, "ny" };
    case DIFF_REMOVED:
        return (DiffRow){ _("Removed"), line->text, "fjernet" };
    case DIFF_SAME:
        break;
    }
    return (DiffRow){ "", line->text, "" };
}

static const char *summary_of(Req *req, const DiffList *diff)
{
    const char *added, *removed;

    if (!diff->added && !diff->removed)
        return _("The two versions have the same text.");
    added =
        arena_printf(req->arena, ngettext("%d line is added", "%d lines are added", diff->added),
                     (int)diff->added);
    removed = arena_printf(req->arena,
                           ngettext("%d line is removed", "%d lines are removed", diff->removed),
                           (int)diff->removed);
    return arena_printf(req->arena, "%s, %s.", added, removed);
}

bool person_show_duties_diff(Req *req, GError **error)
{
    DutiesList all;
    DiffList diff;
    Position p;

    if (!load(req, &p, &all, error))
        return false;
    const Duties *after = version_named(req, &all, req_param(req, "n"));
    const Duties *before = version_named(req, &all, req_query(req, "mot"));

    if (!after || !before)
        return req_not_found(req, error);
    person_diff(req->arena, before->text, after->text, &diff);
    DiffView view = { .title = arena_printf(req->arena, _("From version %d to version %d"),
                                            (int)before->version, (int)after->version),
                      .summary = summary_of(req, &diff),
                      .up = url_for(req->arena, "/stillinger/%I/beskrivelse", p.id),
                      .rows = { arena_alloc(req->arena, MAX(diff.n, 1) * sizeof(DiffRow)),
                                diff.n } };
    for (size_t i = 0; i < diff.n; i++)
        view.rows.v[i] = row_of(&diff.v[i]);
    person_forskjell(req_page(req, 200, view.title), &view);
    return true;
}

/* --- on the position's own page --- */

bool person_duties_section(Req *req, const Position *p, Html *html, GError **error)
{
    DutiesList all;
    DutiesView view;

    if (!person_duties_list(req->db, req->arena, req->user->owner, p->id, &all, error))
        return false;
    fill_view(req, p, &all, person_duties_on(&all, req->today), &view);
    g_autoptr(Doc) text G_GNUC_UNUSED = view.text; /* to be freed */

    person_beskrivelse_kort(html, &view);
    return true;
}
