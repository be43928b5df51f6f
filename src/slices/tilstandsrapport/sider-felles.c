/* sider-felles.c - who may see a report, and the words and addresses that its pages share.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-maal.h"
#include "tilstandsrapport-sider.h"
#include "person.h"

/* --- who may see what --- */

bool tilstandsrapport_may_all(const Req *req, Perm perm)
{
    return req_may_unit(req, perm, 0);
}

static bool is_own(const Req *req, const Report *report)
{
    return req->user && req->user->owner == report->owner;
}

bool tilstandsrapport_sees_draft(const Req *req, const Report *report)
{
    return is_own(req, report) && req_may(req, PERM_REPORT_DRAFT);
}

bool tilstandsrapport_sees_internal(const Req *req, const Report *report)
{
    return tilstandsrapport_sees_draft(req, report) &&
           tilstandsrapport_may_all(req, PERM_INDICATOR_INTERN);
}

bool tilstandsrapport_open(Req *req, Report *ret, GError **error)
{
    int64_t id = req_id(req, "id");

    if (!id)
        return req_not_found(req, error);
    if (!tilstandsrapport_find(req->db, req->arena, id, ret, error))
        return false;
    return ret->published || tilstandsrapport_sees_draft(req, ret) || req_not_found(req, error);
}

bool tilstandsrapport_open_own(Req *req, Report *ret, GError **error)
{
    return tilstandsrapport_open(req, ret, error) &&
           (is_own(req, ret) || req_not_found(req, error));
}

/* --- words and addresses --- */

const char *tilstandsrapport_day(Req *req, const char *iso)
{
    char text[DATE_TEXT];

    return iso ? arena_dup(req->arena, date_text(iso, text)) : "";
}

const char *tilstandsrapport_weekday_day(Req *req, const char *iso)
{
    char text[DATE_TEXT];

    return iso ? arena_printf(req->arena, "%s %s", date_weekday(iso), date_text(iso, text)) : "";
}

Url tilstandsrapport_url(Req *req, const Report *report, const char *rest)
{
    Url url = url_for(req->arena, "/tilstandsrapport/%I", report->id);

    return (Url){ arena_printf(req->arena, "%s%s", url.text, rest) };
}

const char *tilstandsrapport_who(Req *req, int64_t owner, int64_t person)
{
    g_autoptr(GError) why = NULL;
    const char *name = "";

    if (person && !person_name(req->db, req->arena, owner, person, &name, &why))
        return "";
    return name;
}

/* --- the six steps --- */

/* Its day has passed, and nothing is recorded. */
static bool is_late(const Req *req, const char *planned)
{
    return strcmp(planned, req->today) < 0;
}

StepLine tilstandsrapport_line(Req *req, const Report *report, const Step steps[6])
{
    StepLine line = { arena_alloc(req->arena, 6 * sizeof(StepMark)), 6 };
    int done = tilstandsrapport_steps_done(report->state);

    for (int i = 0; i < 6; i++) {
        StepMark mark = { .nr = steps[i].nr, .name = steps[i].name, .body = steps[i].body };

        mark.done = i < done;
        mark.now = i == done && report->state != STATE_AVVIST;
        mark.word = mark.done                        ? _("done")
                    : !mark.now                      ? _("to come")
                    : is_late(req, steps[i].planned) ? _("delayed")
                                                     : _("now");
        mark.date = tilstandsrapport_weekday_day(req, steps[i].planned);
        line.v[i] = mark;
    }
    return line;
}

NextStep tilstandsrapport_next(Req *req, const Report *report, const Step steps[6])
{
    StepAction actions[MAX_ACTIONS];

    if (!tilstandsrapport_actions(report->state, actions))
        return (NextStep){ "", "" };
    const char *planned = steps[actions[0].step - 1].planned;
    const char *day = tilstandsrapport_weekday_day(req, planned);

    return (NextStep){ actions[0].name, is_late(req, planned)
                                            ? arena_printf(req->arena, _("%s (delayed)"), day)
                                            : day };
}

/* --- goals and measures in a line --- */

void tilstandsrapport_join_fact(GString *to, const char *text)
{
    if (text && *text)
        g_string_append_printf(to, "%s%s", to->len ? " · " : "", text);
}

const char *tilstandsrapport_goal_facts(Req *req, const Goal *g)
{
    g_autoptr(GString) all = g_string_new(NULL);
    const char *way = !strcmp(g->direction, "opp")    ? _("Up")
                      : !strcmp(g->direction, "ned")  ? _("Down")
                      : !strcmp(g->direction, "hold") ? _("Stay where it is")
                                                      : "";

    tilstandsrapport_join_fact(all, way);
    if (*g->baseline)
        tilstandsrapport_join_fact(all, arena_printf(req->arena, _("from %s"), g->baseline));
    if (*g->target)
        tilstandsrapport_join_fact(all, arena_printf(req->arena, _("to %s"), g->target));
    if (g->due)
        tilstandsrapport_join_fact(
            all, arena_printf(req->arena, _("by %s"), tilstandsrapport_day(req, g->due)));
    return arena_dup(req->arena, all->str);
}
