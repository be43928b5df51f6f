/* sider-maal.c - the goals and the measures of a chapter: a list, and one form for a new or an old one.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "belegg.h"
#include "person.h"
#include "sider-maal.h"
#include "maal.html.h"

enum { G_ID, G_VERSION, G_GOAL, G_INDICATOR, G_DIRECTION };
enum { G_BASELINE = G_DIRECTION + 1, G_TARGET, G_DUE, G_JUDGEMENT, N_GOAL };
static const Field goal_fields[N_GOAL] = {
    [G_ID] = { "post", FIELD_HIDDEN, N_("Item"), .max = 20 },
    [G_VERSION] = { "versjon", FIELD_HIDDEN, N_("Version"), .max = 20 },
    [G_GOAL] = { "maal", FIELD_TEXT, N_("Goal"), .required = true, .max = 1000,
                 .help = N_("What is to be reached, in a sentence") },
    [G_INDICATOR] = { "indikator", FIELD_CHOICE, N_("The figure it is about") },
    [G_DIRECTION] = { "retning", FIELD_RADIO, N_("Which way") },
    [G_BASELINE] = { "na", FIELD_LINE, N_("Where it stands now"), .max = 80,
                     .help = N_("With its period: 47 (2025/26)") },
    [G_TARGET] = { "mal", FIELD_LINE, N_("Target"), .max = 80 },
    [G_DUE] = { "frist", FIELD_DATE, N_("By when") },
    [G_JUDGEMENT] = { "vurdering", FIELD_MARKDOWN, N_("Judgement of this figure"), .max = 4000,
                      .help = N_("How it goes, and what the figures bear") },
};

enum { M_ID, M_VERSION, M_MEASURE, M_RESPONSIBLE, M_STARTS };
enum { M_DUE = M_STARTS + 1, M_INDICATOR, M_STATUS, M_NOTE, N_MEASURE };
static const Field measure_fields[N_MEASURE] = {
    [M_ID] = { "post", FIELD_HIDDEN, N_("Item"), .max = 20 },
    [M_VERSION] = { "versjon", FIELD_HIDDEN, N_("Version"), .max = 20 },
    [M_MEASURE] = { "tiltak", FIELD_TEXT, N_("What is done"), .required = true, .max = 1000 },
    [M_RESPONSIBLE] = { "ansvarlig", FIELD_CHOICE, N_("Who answers for it") },
    [M_STARTS] = { "fra", FIELD_DATE, N_("From") },
    [M_DUE] = { "frist", FIELD_DATE, N_("By when") },
    [M_INDICATOR] = { "indikator", FIELD_CHOICE, N_("The figure it should move") },
    [M_STATUS] = { "status", FIELD_CHOICE, N_("Status"), .required = true },
    [M_NOTE] = { "merknad", FIELD_TEXT, N_("Note"), .max = 2000 },
};

static const char *id_of(Req *req, int64_t id)
{
    char text[ID_TEXT];

    return arena_dup(req->arena, id_text(id, text));
}

static const char *number_text(Req *req, int64_t n)
{
    return arena_printf(req->arena, "%" G_GINT64_FORMAT, n);
}

/* --- options --- */

typedef struct {
    ChapterPlace place;
    IndicatorList indicators;
    PositionList positions;
    GoalList goals;
    MeasureList measures;
    int64_t edited; /* id; 0: a new one */
} Room;

static const Option *indicator_options(Req *req, const Room *room)
{
    Option *options = arena_alloc(req->arena, (room->indicators.n + 2) * sizeof(Option));
    const Chapter *c = &room->place.chapter;
    size_t n = 0;

    options[n++] = (Option){ "", _("none in particular") };
    for (size_t i = 0; i < room->indicators.n; i++) {
        const Indicator *v = &room->indicators.v[i];

        if (!*c->theme || !strcmp(v->theme, c->theme))
            options[n++] =
                (Option){ v->code, arena_printf(req->arena, "%s (%s)", v->name, v->code) };
    }
    return options;
}

static const Option *position_options(Req *req, const Room *room)
{
    Option *options = arena_alloc(req->arena, (room->positions.n + 2) * sizeof(Option));

    options[0] = (Option){ "", _("nobody yet") };
    for (size_t i = 0; i < room->positions.n; i++) {
        const Position *p = &room->positions.v[i];

        options[i + 1] =
            (Option){ number_text(req, p->id),
                      p->holder ? arena_printf(req->arena, "%s (%s)", p->title, p->holder)
                                : p->title };
    }
    return options;
}

static const Option *directions(Req *req)
{
    Option *options = arena_alloc(req->arena, 4 * sizeof(Option));

    options[0] = (Option){ "opp", _("Up") };
    options[1] = (Option){ "ned", _("Down") };
    options[2] = (Option){ "hold", _("Stay where it is") };
    return options;
}

static const Option *status_options(Req *req)
{
    Option *options = arena_alloc(req->arena, (N_MEASURE_STATUS + 1) * sizeof(Option));

    for (size_t i = 0; i < N_MEASURE_STATUS; i++) {
        const char *code = tilstandsrapport_measure_status_code(i);

        options[i] = (Option){ code, tilstandsrapport_measure_status(code) };
    }
    return options;
}

static bool load(Req *req, Room *room, GError **error)
{
    *room = (Room){ 0 };
    if (!tilstandsrapport_open_chapter(req, &room->place, error))
        return false;
    const Report *r = &room->place.report;

    return indikator_catalogue(req->db, req->arena, r->language, &room->indicators, error) &&
           person_position_list(req->db, req->arena, r->owner, req->today, &room->positions,
                                error) &&
           tilstandsrapport_goals(req->db, req->arena, r->owner, r->id, &room->goals, error) &&
           tilstandsrapport_measures(req->db, req->arena, r->owner, r->id, req->today,
                                     &room->measures, error);
}

/* --- the lists --- */

static const char *indicator_name(const Room *room, const char *code)
{
    for (size_t i = 0; *code && i < room->indicators.n; i++)
        if (!strcmp(room->indicators.v[i].code, code))
            return room->indicators.v[i].name;
    return code;
}

static void goal_hint(Req *req, const Room *room, const Content *content, const Goal *g,
                      const char **ret)
{
    if (!tilstandsrapport_goal_is_whole(g))
        *ret = _("A draft: direction, where it stands, target or date is missing.");
    for (size_t i = 0; i < content->n_chapters; i++) {
        ContentGoal goal = { .goal = "", .code = g->indicator, .judgement = g->judgement };
        const ContentChapter one = { .body = "",
                                     .judgement = "",
                                     .goals = "",
                                     .measures = "",
                                     .no_measures = "",
                                     .goal_items = &goal,
                                     .n_goals = 1 };

        if (content->chapters[i].id != room->place.chapter.id)
            continue;
        LintList lint = tilstandsrapport_lint(req->arena, content, &one);
        if (lint.n)
            *ret = arena_printf(req->arena, _("The judgement %s"), lint.v[0].message);
    }
}

static bool list_goals(Req *req, const Room *room, ItemsView *view, GError **error)
{
    Content content;

    if (!tilstandsrapport_compose(req->db, req->arena, &room->place.report, AUDIENCE_PUBLIC,
                                  req->today, &content, error))
        return false;
    for (size_t i = 0; i < room->goals.n; i++) {
        const Goal *g = &room->goals.v[i];
        ItemView *to = &view->items.v[view->items.n];

        if (g->chapter != room->place.chapter.id)
            continue;
        view->items.n++;
        *to = (ItemView){ .title = g->goal,
                          .indicator = indicator_name(room, g->indicator),
                          .facts = tilstandsrapport_goal_facts(req, g),
                          .judgement = g->judgement,
                          .id = id_of(req, g->id),
                          .version = number_text(req, g->version) };
        goal_hint(req, room, &content, g, &to->hint);
    }
    return true;
}

static void list_measures(Req *req, const Room *room, ItemsView *view)
{
    for (size_t i = 0; i < room->measures.n; i++) {
        const Measures *m = &room->measures.v[i];
        g_autoptr(GString) facts = g_string_new(tilstandsrapport_measure_status(m->status));

        if (m->chapter != room->place.chapter.id)
            continue;
        tilstandsrapport_join_fact(facts, m->title);
        if (m->starts)
            tilstandsrapport_join_fact(facts, arena_printf(req->arena, _("from %s"),
                                                           tilstandsrapport_day(req, m->starts)));
        if (m->due)
            tilstandsrapport_join_fact(
                facts, arena_printf(req->arena, _("by %s"), tilstandsrapport_day(req, m->due)));
        view->items.v[view->items.n++] = (ItemView){
            .title = m->measure,
            .indicator = indicator_name(room, m->indicator),
            .facts = arena_dup(req->arena, facts->str),
            .judgement = m->note,
            .hint = !m->responsible ? _("Nobody answers for it yet.")
                    : !m->due       ? _("It has no date yet.")
                                    : NULL,
            .id = id_of(req, m->id),
            .version = number_text(req, m->version),
        };
    }
}

static bool show(Req *req, const Room *room, int status, const Form *form, bool measures,
                 GError **error)
{
    const Chapter *c = &room->place.chapter;
    const char *rest = measures ? "/tiltak" : "/maal";
    Url self = tilstandsrapport_chapter_url(req, &room->place.report, c, rest);
    ItemsView view = { .chapter = c->title,
                       .lang = i18n_tag(room->place.report.language),
                       .csrf = req->csrf,
                       .measures = measures,
                       .up = tilstandsrapport_chapter_url(req, &room->place.report, c, ""),
                       .self = self,
                       .form = form,
                       .editing = *form->value[0] != '\0' };
    size_t room_for = MAX(room->goals.n + room->measures.n, 1);

    view.items.v = arena_alloc(req->arena, room_for * sizeof(ItemView));
    if (measures)
        list_measures(req, room, &view);
    else if (!list_goals(req, room, &view, error))
        return false;
    for (size_t i = 0; i < view.items.n; i++)
        view.items.v[i].edit = url_with(req->arena, self, "post", view.items.v[i].id);
    if (measures && *c->measures)
        view.written = c->measures;
    if (measures && *c->no_measures)
        view.reason = c->no_measures;
    rapport_poster(req_page(req, status, measures ? _("Measures") : _("Local goals")), &view);
    return true;
}

/* --- forms --- */

static void goal_options(Req *req, const Room *room, Form *form)
{
    form_options(form, G_INDICATOR, indicator_options(req, room));
    form_options(form, G_DIRECTION, directions(req));
}

static void measure_options(Req *req, const Room *room, Form *form)
{
    form_options(form, M_INDICATOR, indicator_options(req, room));
    form_options(form, M_RESPONSIBLE, position_options(req, room));
    form_options(form, M_STATUS, status_options(req));
}

static void fill_goal(Req *req, const Room *room, Form *form, int64_t id)
{
    for (size_t i = 0; i < room->goals.n; i++) {
        const Goal *g = &room->goals.v[i];

        if (g->id != id || g->chapter != room->place.chapter.id)
            continue;
        form_set(form, G_ID, id_of(req, id));
        form_set(form, G_VERSION, number_text(req, g->version));
        form_set(form, G_GOAL, g->goal);
        form_set(form, G_INDICATOR, g->indicator);
        form_set(form, G_DIRECTION, g->direction);
        form_set(form, G_BASELINE, g->baseline);
        form_set(form, G_TARGET, g->target);
        form_set(form, G_DUE, g->due);
        form_set(form, G_JUDGEMENT, g->judgement);
    }
}

static void fill_measure(Req *req, const Room *room, Form *form, int64_t id)
{
    form_set(form, M_STATUS, "planlagt");
    for (size_t i = 0; i < room->measures.n; i++) {
        const Measures *m = &room->measures.v[i];

        if (m->id != id || m->chapter != room->place.chapter.id)
            continue;
        form_set(form, M_ID, id_of(req, id));
        form_set(form, M_VERSION, number_text(req, m->version));
        form_set(form, M_MEASURE, m->measure);
        form_set(form, M_RESPONSIBLE, m->responsible ? number_text(req, m->responsible) : "");
        form_set(form, M_STARTS, m->starts);
        form_set(form, M_DUE, m->due);
        form_set(form, M_INDICATOR, m->indicator);
        form_set(form, M_STATUS, m->status);
        form_set(form, M_NOTE, m->note);
    }
}

static int64_t asked_for(Req *req)
{
    const char *wish = req_query(req, "post");

    return wish ? id_parse(wish) : 0;
}

bool tilstandsrapport_show_goals(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, goal_fields, N_GOAL);
    Room room;

    if (!load(req, &room, error))
        return false;
    goal_options(req, &room, &form);
    fill_goal(req, &room, &form, asked_for(req));
    return show(req, &room, 200, &form, false, error);
}

bool tilstandsrapport_show_measures(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, measure_fields, N_MEASURE);
    Room room;

    if (!load(req, &room, error))
        return false;
    measure_options(req, &room, &form);
    fill_measure(req, &room, &form, asked_for(req));
    return show(req, &room, 200, &form, true, error);
}

/* --- posting --- */

static bool said(Req *req, const Room *room, const char *rest, const char *message)
{
    return req_redirect_saying(
        req,
        tilstandsrapport_chapter_url(req, &room->place.report, &room->place.chapter, rest).text,
        message);
}

/* To the thing itself, which after a second sending is the first one's. */
static bool said_of(Req *req, const Room *room, const char *rest, int64_t id, const char *message)
{
    return said(req, room, arena_printf(req->arena, "%s#post-%s", rest, id_of(req, id)), message);
}

/* The version that stands of a thing of this chapter; 0: there is none. */
static int64_t version_of(const Room *room, int64_t id)
{
    for (size_t i = 0; i < room->goals.n; i++)
        if (room->goals.v[i].id == id && room->goals.v[i].chapter == room->place.chapter.id)
            return room->goals.v[i].version;
    for (size_t i = 0; i < room->measures.n; i++)
        if (room->measures.v[i].id == id && room->measures.v[i].chapter == room->place.chapter.id)
            return room->measures.v[i].version;
    return 0;
}

/* What somebody else has changed since the page was made is shown, not taken away. */
static bool keep_changed(Req *req, const Room *room, Form *form, bool measures, GError **error)
{
    if (measures)
        measure_options(req, room, form);
    else
        goal_options(req, room, form);
    form->trouble = _("It is not taken away: somebody else has changed it since you opened the "
                      "page. Read it again first.");
    return show(req, room, 409, form, measures, error);
}

static bool take_away(Req *req, const Room *room, bool measures, GError **error)
{
    const char *rest = measures ? "/tiltak" : "/maal", *posted = req_posted(req, "post");
    const char *seen = req_posted(req, "versjon");
    int64_t id = posted ? id_parse(posted) : 0, version = version_of(room, id);
    g_auto(Form) blank =
        form_blank(req, measures ? measure_fields : goal_fields, measures ? N_MEASURE : N_GOAL);

    if (g_strcmp0(req_posted(req, "bekreft"), "1"))
        return said(req, room, rest, _("Nothing is taken away: tick the box beside it first."));
    if (version && seen && tilstandsrapport_number(seen) != version)
        return keep_changed(req, room, &blank, measures, error);
    if (!version) /* taken away already, from another tab */
        return said(req, room, rest, _("It is taken away."));
    return (measures
                ? tilstandsrapport_measure_remove(req->db, room->place.report.owner, id, error)
                : tilstandsrapport_goal_remove(req->db, room->place.report.owner, id, error)) &&
           said(req, room, rest, _("It is taken away."));
}

/* A conflict or a report that was sent is said above the form, with what was typed kept in it. */
static bool not_stored(Req *req, const Room *room, Form *form, bool measures, GError **why,
                       GError **error)
{
    if (!g_error_matches(*why, APP_ERROR, APP_ERROR_CONFLICT) &&
        !g_error_matches(*why, APP_ERROR, APP_ERROR_FORBIDDEN))
        return app_pass(error, why);
    int status = app_error_status(*why);

    form->trouble = arena_dup(req->arena, (*why)->message);
    g_clear_error(why);
    return show(req, room, status, form, measures, error);
}

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

bool tilstandsrapport_post_goal(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, goal_fields, N_GOAL);
    g_autoptr(GError) why = NULL;
    int64_t id;
    Room room;

    if (!load(req, &room, error))
        return false;
    req_note(req, "rapport.mal", room.place.chapter.id, 0, NULL);
    if (!g_strcmp0(req_posted(req, "gjor"), "slett"))
        return take_away(req, &room, false, error);
    goal_options(req, &room, &form);
    if (!form_ok(&form))
        return show(req, &room, 422, &form, false, error);
    const Goal goal = { .id = id_parse(form.value[G_ID]),
                        .chapter = room.place.chapter.id,
                        .version = tilstandsrapport_number(form.value[G_VERSION]),
                        .indicator = form.value[G_INDICATOR],
                        .goal = form.value[G_GOAL],
                        .direction = form.value[G_DIRECTION],
                        .baseline = form.value[G_BASELINE],
                        .target = form.value[G_TARGET],
                        .due = or_null(form.value[G_DUE]),
                        .judgement = form.value[G_JUDGEMENT] };

    if (tilstandsrapport_goal_store(req->db, room.place.report.owner, &goal, &id, &why))
        return said_of(req, &room, "/maal", id, _("The goal is stored."));
    return not_stored(req, &room, &form, false, &why, error);
}

static bool turn_into_items(Req *req, const Room *room, GError **error)
{
    int n;

    return tilstandsrapport_measures_from_text(req->db, room->place.report.owner,
                                               room->place.chapter.id, req->user->id, req->now, &n,
                                               error) &&
           said(req, room, "/tiltak",
                arena_printf(req->arena,
                             ngettext("%d measure was made of the text.",
                                      "%d measures were made of the text.", n),
                             n));
}

bool tilstandsrapport_post_measure(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, measure_fields, N_MEASURE);
    g_autoptr(GError) why = NULL;
    int64_t id;
    Room room;

    if (!load(req, &room, error))
        return false;
    req_note(req, "rapport.tiltak", room.place.chapter.id, 0, NULL);
    if (!g_strcmp0(req_posted(req, "gjor"), "slett"))
        return take_away(req, &room, true, error);
    if (!g_strcmp0(req_posted(req, "gjor"), "gjor-om"))
        return turn_into_items(req, &room, error);
    measure_options(req, &room, &form);
    if (form_ok(&form) && *form.value[M_STARTS] && *form.value[M_DUE] &&
        strcmp(form.value[M_DUE], form.value[M_STARTS]) < 0)
        form.problem[M_DUE] = _("It would end before it begins");
    if (!form_ok(&form))
        return show(req, &room, 422, &form, true, error);
    const Measures measure = { .id = id_parse(form.value[M_ID]),
                               .chapter = room.place.chapter.id,
                               .version = tilstandsrapport_number(form.value[M_VERSION]),
                               .measure = form.value[M_MEASURE],
                               .responsible = tilstandsrapport_number(form.value[M_RESPONSIBLE]),
                               .starts = or_null(form.value[M_STARTS]),
                               .due = or_null(form.value[M_DUE]),
                               .indicator = form.value[M_INDICATOR],
                               .status = form.value[M_STATUS],
                               .note = form.value[M_NOTE] };

    if (tilstandsrapport_measure_store(req->db, room.place.report.owner, &measure, &id, &why))
        return said_of(req, &room, "/tiltak", id, _("The measure is stored."));
    return not_stored(req, &room, &form, true, &why, error);
}
