/* sider-kapitler.c - who has which chapter, by when, and chapters beyond the template.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-kapitler.h"
#include "behandling.h"
#include "enhet.h"
#include "person.h"
#include "kapitler.html.h"

typedef struct {
    Report report;
    ChapterList chapters;
    CommentList comments;
    PositionList positions;
    EnhetList units;
} Room;

static bool load(Req *req, Room *room, GError **error)
{
    if (!tilstandsrapport_open_own(req, &room->report, error))
        return false;
    const Report *r = &room->report;

    return tilstandsrapport_chapters(req->db, req->arena, r->owner, r->id, &room->chapters,
                                     error) &&
           tilstandsrapport_comments(req->db, req->arena, r->owner, r->id, &room->comments,
                                     error) &&
           person_position_list(req->db, req->arena, r->owner, req->today, &room->positions,
                                error) &&
           enhet_list(req->db, req->arena, r->owner, req->today, &room->units, error);
}

static const char *number(Req *req, int64_t n)
{
    return n ? arena_printf(req->arena, "%" G_GINT64_FORMAT, n) : "";
}

/* Those who hold a position, each once. */
static PickViews people_of(Req *req, const Room *room, int64_t chosen)
{
    PickViews all = { arena_alloc(req->arena, (room->positions.n + 2) * sizeof(PickView)), 0 };
    bool found = chosen == 0;

    all.v[all.n++] = (PickView){ "", _("nobody in particular"), chosen == 0 };
    for (size_t i = 0; i < room->positions.n; i++) {
        const Position *p = &room->positions.v[i];
        bool told = !p->person;

        for (size_t k = 0; k < i; k++)
            told = told || room->positions.v[k].person == p->person;
        if (told)
            continue;
        found = found || p->person == chosen;
        all.v[all.n++] = (PickView){ number(req, p->person),
                                     arena_printf(req->arena, "%s (%s)", p->holder, p->title),
                                     p->person == chosen };
    }
    if (!found)
        all.v[all.n++] = (PickView){ number(req, chosen),
                                     tilstandsrapport_who(req, room->report.owner, chosen), true };
    return all;
}

static const char *unit_name(const Room *room, int64_t unit)
{
    for (size_t i = 0; i < room->units.n; i++)
        if (room->units.v[i].id == unit)
            return room->units.v[i].name;
    return "";
}

static PickViews units_of(Req *req, const Room *room)
{
    PickViews all = { arena_alloc(req->arena, (room->units.n + 1) * sizeof(PickView)), 0 };

    all.v[all.n++] = (PickView){ "", _("the whole municipality"), true };
    for (size_t i = 0; i < room->units.n; i++)
        if (strcmp(room->units.v[i].kind, "kommune"))
            all.v[all.n++] =
                (PickView){ number(req, room->units.v[i].id), room->units.v[i].name, false };
    return all;
}

/* Who has it, and by when: what the form changes. */
static const char *mark_of(Req *req, const Chapter *c)
{
    const char *const parts[] = { number(req, c->writer), c->due ? c->due : "" };

    return tilstandsrapport_mark(req->arena, parts, G_N_ELEMENTS(parts));
}

static WorkLine line_of(Req *req, const Room *room, const Chapter *c)
{
    int open = (int)tilstandsrapport_open_threads(&room->comments, c->id);
    const char *who = tilstandsrapport_who(req, room->report.owner, c->writer);
    char id[ID_TEXT];
    WorkLine line = { .id = arena_dup(req->arena, id_text(c->id, id)),
                      .title = c->title,
                      .status = tilstandsrapport_chapter_status(c->status),
                      .due = c->due ? c->due : "",
                      .unit = unit_name(room, c->unit),
                      .has = *who ? arena_printf(req->arena, _("%s has it"), who) : NULL,
                      .field = arena_printf(req->arena, "%d", c->nr),
                      .nr = c->nr,
                      .mark = mark_of(req, c),
                      .may_remove = !c->statutory && !strcmp(c->kind, "fritekst"),
                      .url = tilstandsrapport_chapter_url(req, &room->report, c, ""),
                      .people = people_of(req, room, c->writer) };

    if (open)
        line.comments =
            arena_printf(req->arena, ngettext("%d open comment", "%d open comments", open), open);
    if (c->changed_by)
        line.changed = arena_printf(
            req->arena, _("last stored by %s"),
            tilstandsrapport_by_and_when(req, room->report.owner, c->changed_by, c->changed_at));
    return line;
}

static bool may_lead(const Req *req)
{
    return tilstandsrapport_may_all(req, PERM_REPORT_CREATE);
}

static bool show_with(Req *req, int status, const char *trouble, GError **error)
{
    Room room;

    if (!load(req, &room, error))
        return false;
    size_t n = room.chapters.n;
    WorkPage page = { .report = room.report.title,
                      .lang = i18n_tag(room.report.language),
                      .csrf = req->csrf,
                      .trouble = trouble,
                      .may_lead = may_lead(req) && tilstandsrapport_writable(room.report.state),
                      .up = tilstandsrapport_url(req, &room.report, "/skriving"),
                      .self = tilstandsrapport_url(req, &room.report, "/kapitler"),
                      .chapters = { arena_alloc(req->arena, MAX(n, 1) * sizeof(WorkLine)), n },
                      .units = units_of(req, &room) };

    for (size_t i = 0; i < n; i++)
        page.chapters.v[i] = line_of(req, &room, &room.chapters.v[i]);
    rapport_arbeid(req_page(req, status, _("Who writes what")), &page);
    return true;
}

bool tilstandsrapport_show_work(Req *req, GError **error)
{
    return show_with(req, 200, NULL, error);
}

/* --- posting --- */

static bool said(Req *req, const Room *room, const char *message)
{
    return req_redirect_saying(req, tilstandsrapport_url(req, &room->report, "/kapitler").text,
                               message);
}

static bool holds_position(const Room *room, int64_t person)
{
    for (size_t i = 0; i < room->positions.n; i++)
        if (room->positions.v[i].person == person)
            return true;
    return person == 0;
}

typedef struct {
    Req *req;
    int64_t owner;
    const Chapter *chapter;
    const Assignment *to;
    bool stale;
} Giving;

static bool give_work(Db *db, void *arg, GError **error)
{
    Giving *g = arg;
    const char *seen = req_posted(g->req, "sett");
    int64_t report;
    Chapter now;

    if (!tilstandsrapport_chapter(db, g->req->arena, g->owner, g->chapter->id, &report, &now,
                                  error))
        return false;
    g->stale = seen && strcmp(seen, mark_of(g->req, &now)) != 0 &&
               (now.writer != g->to->writer || g_strcmp0(now.due, g->to->due) != 0);
    return g->stale || tilstandsrapport_assign(db, g->owner, now.id, g->to, g->req->now, error);
}

/* Somebody else gave it away meanwhile: both are told, and the page shows what stands. */
static bool show_given(Req *req, const Room *room, const Assignment *to, const Chapter *c,
                       GError **error)
{
    const char *who = tilstandsrapport_who(req, room->report.owner, to->writer);

    return show_with(
        req, 409,
        arena_printf(req->arena,
                     _("Somebody else has given away «%1$s» since you opened the page: what stands "
                       "now is shown below. You chose: %2$s, %3$s."),
                     c->title, *who ? who : _("nobody in particular"),
                     to->due ? tilstandsrapport_day(req, to->due) : _("no date")),
        error);
}

static bool give(Req *req, const Room *room, const Chapter *c, GError **error)
{
    const char *due = req_posted(req, "frist");
    const Assignment to = { .writer = tilstandsrapport_number(req_posted(req, "person")),
                            .unit = c->unit,
                            .due = due && date_valid(due) ? due : NULL };

    if (!holds_position(room, to.writer) && to.writer != c->writer)
        return said(req, room, _("Nothing was stored: that person holds no position here."));
    Giving work = { req, room->report.owner, c, &to, false };

    if (!db_transaction(req->db, give_work, &work, error))
        return false;
    return work.stale ? show_given(req, room, &to, c, error) : said(req, room, _("It is stored."));
}

static bool add(Req *req, const Room *room, GError **error)
{
    int64_t unit = tilstandsrapport_number(req_posted(req, "enhet")), id;
    const char *typed = req_posted(req, "tittel");
    g_autofree char *title = g_strstrip(g_strdup(typed ? typed : ""));
    const char *name = unit_name(room, unit);
    const ChapterNew chapter = { .kind = "fritekst",
                                 .theme = "",
                                 .title = *title ? title : name,
                                 .indicators = "",
                                 .views = "",
                                 .unit = *name ? unit : 0 };

    if (!*chapter.title || g_utf8_strlen(chapter.title, -1) > 200)
        return said(req, room, _("Nothing was added: write a title, or choose a unit."));
    return tilstandsrapport_add_chapter(req->db, room->report.owner, room->report.id, &chapter,
                                        req->now, &id, error) &&
           said(req, room, _("The chapter is added."));
}

static bool take_away(Req *req, const Room *room, const Chapter *c, GError **error)
{
    g_autoptr(GError) why = NULL;

    if (g_strcmp0(req_posted(req, "bekreft"), "1"))
        return said(req, room, _("Nothing is taken away: tick the box beside it first."));
    if (tilstandsrapport_remove_chapter(req->db, room->report.owner, c->id, &why))
        return said(req, room, _("It is taken away."));
    return g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT) ? said(req, room, why->message)
                                                               : app_pass(error, &why);
}

bool tilstandsrapport_post_work(Req *req, GError **error)
{
    const char *act = req_posted(req, "gjor"), *wish = req_posted(req, "kapittel");
    const Chapter *c = NULL;
    Room room;

    if (!load(req, &room, error))
        return false;
    if (!may_lead(req))
        return app_fail(error, APP_ERROR_FORBIDDEN, "only who leads the report may do this");
    if (!tilstandsrapport_writable(room.report.state))
        return said(req, &room,
                    _("The report has been sent, and its chapters can no longer be changed."));
    req_note(req, "rapport.fordeling", room.report.id, 0, NULL);
    if (!g_strcmp0(act, "ny"))
        return add(req, &room, error);
    for (size_t i = 0; wish && i < room.chapters.n; i++)
        if (room.chapters.v[i].id == id_parse(wish))
            c = &room.chapters.v[i];
    if (!c)
        return req_not_found(req, error);
    return !g_strcmp0(act, "fjern") ? take_away(req, &room, c, error) : give(req, &room, c, error);
}

/* --- what waits --- */

bool tilstandsrapport_writing_tasks(Req *req, const Report *report, GArray *tasks, GError **error)
{
    ChapterList all;

    if (!tilstandsrapport_writable(report->state) || !req_may(req, PERM_REPORT_WRITE))
        return true;
    if (!tilstandsrapport_chapters(req->db, req->arena, report->owner, report->id, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Chapter *c = &all.v[i];
        const Task task = { .text = arena_printf(req->arena, _("Write «%s» in %s"), c->title,
                                                 report->title),
                            .url = tilstandsrapport_chapter_url(req, report, c, ""),
                            .due = c->due };

        if (c->writer == req->user->id && strcmp(c->status, "ferdig") != 0)
            g_array_append_val(tasks, task);
    }
    return true;
}
