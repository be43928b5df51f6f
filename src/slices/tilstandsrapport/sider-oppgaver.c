/* sider-oppgaver.c - what waits for someone: chapters to finish, steps to record, items to answer.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "frist.h"
#include "skriving-sider.h"
#include "person.h"

static void add(GArray *tasks, const char *text, Url url, const char *due)
{
    const Task task = { text, url, due };

    g_array_append_val(tasks, task);
}

static bool add_chapters(Req *req, const Report *r, const Step steps[6], GArray *tasks,
                         GError **error)
{
    ChapterList all;
    int left = 0;

    if (!req_may(req, PERM_REPORT_WRITE) || r->state > STATE_PLANLAGT)
        return true;
    if (!tilstandsrapport_chapters(req->db, req->arena, r->owner, r->id, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        left += strcmp(all.v[i].status, "ferdig") != 0;
    if (left)
        add(tasks,
            arena_printf(req->arena,
                         ngettext("%s: %d chapter to finish", "%s: %d chapters to finish", left),
                         r->title, left),
            tilstandsrapport_url(req, r, ""), steps[0].planned);
    return true;
}

/* Whoever may give input is told while it can still be given. */
static void add_dialogue(Req *req, const Report *r, const Step steps[6], GArray *tasks)
{
    if (r->state > STATE_SKISSE || !req_may(req, PERM_INPUT_WRITE) ||
        req_may(req, PERM_REPORT_DIALOGUE))
        return;
    add(tasks, arena_printf(req->arena, _("%s: give input before the dialogue meeting"), r->title),
        tilstandsrapport_url(req, r, "/dialogmote"), steps[1].planned);
}

static void add_step(Req *req, const Report *r, const Step steps[6], GArray *tasks)
{
    StepAction actions[MAX_ACTIONS];

    if (!tilstandsrapport_actions(r->state, actions) ||
        !tilstandsrapport_may_all(req, actions[0].perm))
        return;
    add(tasks, arena_printf(req->arena, "%s: %s", r->title, actions[0].name),
        tilstandsrapport_url(req, r, "/behandling"), steps[actions[0].step - 1].planned);
}

/* What is to be ready between the steps, to those who make it ready; told from three weeks before. */
static bool add_dates(Req *req, const Report *r, const Step steps[6], GArray *tasks, GError **error)
{
    enum { SOON = 21 };
    Deadline dates[N_DEADLINE];
    char soon[DATE_TEXT];

    if (r->state > STATE_DIALOG_GJENNOMFORT || !tilstandsrapport_may_all(req, PERM_REPORT_DIALOGUE))
        return true;
    if (!tilstandsrapport_dates(req->db, r->owner, r->id, steps, dates, error))
        return false;
    date_add(req->today, SOON, soon);
    if (r->state <= STATE_SKISSE && strcmp(dates[DEADLINE_PAPERS].day, soon) <= 0)
        add(tasks,
            arena_printf(req->arena, _("%s: send out the papers for the dialogue meeting"),
                         r->title),
            tilstandsrapport_url(req, r, "/dialogmote"),
            arena_dup(req->arena, dates[DEADLINE_PAPERS].day));
    if (strcmp(dates[DEADLINE_CASE_PAPER].day, soon) <= 0)
        add(tasks, arena_printf(req->arena, _("%s: make the case paper ready"), r->title),
            tilstandsrapport_url(req, r, "/behandling"),
            arena_dup(req->arena, dates[DEADLINE_CASE_PAPER].day));
    return true;
}

static int64_t unit_of(const PositionList *positions, int64_t position)
{
    for (size_t i = 0; i < positions->n; i++)
        if (positions->v[i].id == position)
            return positions->v[i].unit;
    return 0;
}

static bool add_follow_ups(Req *req, const Report *r, GArray *tasks, GError **error)
{
    PositionList positions;
    FollowUpList items;

    if (!req_may(req, PERM_FOLLOWUP_WRITE) || r->state < STATE_ETTERARBEID_KOMITE ||
        r->state == STATE_AVSLUTTET)
        return true;
    if (!tilstandsrapport_follow_ups(req->db, req->arena, r->owner, r->id, req->today, &items,
                                     error) ||
        !person_position_list(req->db, req->arena, r->owner, req->today, &positions, error))
        return false;
    for (size_t i = 0; i < items.n; i++) {
        const FollowUp *f = &items.v[i];

        if (!*f->answer &&
            req_may_unit(req, PERM_FOLLOWUP_WRITE, unit_of(&positions, f->responsible)))
            add(tasks, arena_printf(req->arena, _("Answer: %s"), f->task),
                tilstandsrapport_url(req, r, "/oppfolging"), f->due);
    }
    return true;
}

bool tilstandsrapport_tasks(Req *req, GArray *tasks, GError **error)
{
    ReportList all;
    Step steps[6];

    if (!req->user || !req->user->owner)
        return true;
    if (!tilstandsrapport_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Report *r = &all.v[i];

        if (!tilstandsrapport_steps(req->db, req->arena, r->owner, r->id, steps, error))
            return false;
        add_dialogue(req, r, steps, tasks);
        if (!r->published && !tilstandsrapport_sees_draft(req, r))
            continue;
        if (!add_chapters(req, r, steps, tasks, error) || !add_dates(req, r, steps, tasks, error) ||
            !add_follow_ups(req, r, tasks, error) ||
            !tilstandsrapport_writing_tasks(req, r, tasks, error))
            return false;
        add_step(req, r, steps, tasks);
    }
    return true;
}
