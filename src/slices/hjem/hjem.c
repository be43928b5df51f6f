/* hjem.c - the home page: a loop over what every slice says is waiting, and the report on its way.
 *
 * It knows no task itself: each slice appends its own, and here they are only put in order of time.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "hjem.h"
#include "begynn.h"
#include "eier.h"
#include "tilgang.h"
#include "tilstandsrapport.h"
#include "hjem.html.h"

#define MAX_REPORTS 3 /* on this page; the rest are in the list of reports */
#define MAX_DATES 6

/* --- what waits --- */

static int by_due(gconstpointer a, gconstpointer b)
{
    const Task *x = a, *y = b;

    if (!x->due || !y->due)
        return (x->due ? 0 : 1) - (y->due ? 0 : 1);
    return strcmp(x->due, y->due);
}

static int days_between(const char *from, const char *to)
{
    GDate a, b;

    g_date_clear(&a, 1);
    g_date_clear(&b, 1);
    g_date_set_parse(&a, from);
    g_date_set_parse(&b, to);
    return g_date_valid(&a) && g_date_valid(&b) ? g_date_days_between(&a, &b) : 0;
}

static const char *days_left(Arena *arena, int days)
{
    if (days == 0)
        return _("today");
    if (days < 0)
        return arena_printf(arena, ngettext("%d day late", "%d days late", -days), -days);
    return arena_printf(arena, ngettext("in %d day", "in %d days", days), days);
}

static TaskLine task_line(Req *req, const Task *task)
{
    TaskLine line = { .text = task->text, .url = task->url };
    char text[DATE_TEXT];

    if (!task->due)
        return line;
    int days = days_between(req->today, task->due);

    line.iso = task->due;
    line.due = arena_dup(req->arena, date_text(task->due, text));
    line.late = days < 0;
    line.left = days_left(req->arena, days);
    return line;
}

static bool fill_tasks(Req *req, TaskLines *ret, GError **error)
{
    g_autoptr(GArray) tasks = g_array_new(FALSE, FALSE, sizeof(Task));

    for (const Slice *const *s = app_slices; *s; s++)
        if ((*s)->tasks && !(*s)->tasks(req, tasks, error))
            return false;
    g_array_sort(tasks, by_due);
    *ret =
        (TaskLines){ arena_alloc(req->arena, MAX(tasks->len, 1) * sizeof(TaskLine)), tasks->len };
    for (guint i = 0; i < tasks->len; i++)
        ret->v[i] = task_line(req, &g_array_index(tasks, Task, i));
    return true;
}

/* --- the reports on their way --- */

/* A draft is for those who write it; from the day it is sent, it is for all who may read reports. */
static bool may_see(const Req *req, const Report *report)
{
    return req_may(req,
                   report->state < STATE_SENDT_FORMANNSKAP ? PERM_REPORT_DRAFT : PERM_REPORT_READ);
}

static HomeReport home_report(Req *req, const Report *report, const Step steps[6])
{
    HomeReport line = { .title = report->title,
                        .state = tilstandsrapport_state_name(report->state),
                        .url = url_for(req->arena, "/tilstandsrapport/%I", report->id),
                        .steps = { arena_alloc(req->arena, 6 * sizeof(HomeStep)), 6 } };
    int done = tilstandsrapport_steps_done(report->state);
    char date[DATE_TEXT];

    for (int i = 0; i < 6; i++)
        line.steps.v[i] =
            (HomeStep){ .nr = i + 1,
                        .name = steps[i].name,
                        .body = steps[i].body,
                        .iso = steps[i].planned,
                        .date = arena_dup(req->arena, date_text(steps[i].planned, date)),
                        .done = i < done,
                        .now = i == done };
    return line;
}

static int by_day(gconstpointer a, gconstpointer b)
{
    return strcmp(((const HomeDate *)a)->iso, ((const HomeDate *)b)->iso);
}

static void add_dates(Req *req, const Report *report, const Step steps[6], GArray *dates)
{
    char text[DATE_TEXT];

    for (int i = tilstandsrapport_steps_done(report->state); i < 6; i++) {
        if (strcmp(steps[i].planned, req->today) < 0 || (!may_see(req, report) && (i < 2 || i > 3)))
            continue;
        const HomeDate date = { .iso = steps[i].planned,
                                .date = arena_dup(req->arena, date_text(steps[i].planned, text)),
                                .weekday = arena_dup(req->arena, date_weekday(steps[i].planned)),
                                .what = *steps[i].body ? steps[i].body : steps[i].name,
                                .report = report->title };

        g_array_append_val(dates, date);
    }
}

static bool fill_reports(Req *req, HomeView *view, GError **error)
{
    g_autoptr(GArray) dates = g_array_new(FALSE, FALSE, sizeof(HomeDate));
    ReportList all;
    Step steps[6];

    if (!tilstandsrapport_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    view->n_reports = all.n;
    view->reports = (HomeReports){ arena_alloc(req->arena, MAX_REPORTS * sizeof(HomeReport)), 0 };
    for (size_t i = 0; i < all.n; i++) {
        if (!tilstandsrapport_steps(req->db, req->arena, req->user->owner, all.v[i].id, steps,
                                    error))
            return false;
        add_dates(req, &all.v[i], steps, dates);
        if (may_see(req, &all.v[i]) && view->reports.n < MAX_REPORTS)
            view->reports.v[view->reports.n++] = home_report(req, &all.v[i], steps);
    }
    g_array_sort(dates, by_day);
    view->dates = (HomeDates){ arena_alloc(req->arena, MAX_DATES * sizeof(HomeDate)),
                               MIN(dates->len, MAX_DATES) };
    if (view->dates.n) /* an empty array has no data */
        memcpy(view->dates.v, dates->data, view->dates.n * sizeof(HomeDate));
    return true;
}

/* What only an owner has; an administrator of several owners sees none of it. */
static bool fill_owner(Req *req, HomeView *view, GError **error)
{
    return !req->user->owner ||
           (fill_reports(req, view, error) && hjem_fill_first(req, view, error));
}

static bool show(Req *req, GError **error)
{
    char text[DATE_TEXT];
    Eier eier = { 0 };
    HomeView view = { .name = req->user->name,
                      .role = tilgang_role_name(req->user->role),
                      .today = arena_dup(req->arena, date_text(req->today, text)),
                      .weekday = arena_dup(req->arena, date_weekday(req->today)),
                      .may_import =
                          req_may(req, PERM_DATASET_IMPORT) || req_may(req, PERM_SHARED_IMPORT) };

    if (req->user->owner && !eier_get(req->db, req->arena, req->user->owner, &eier, error))
        return false;
    view.may_move_date = eier.demo && req_may(req, PERM_DATE_MOVE);
    if (!fill_tasks(req, &view.tasks, error) || !fill_owner(req, &view, error) ||
        !hjem_fill_imports(req, &view, error))
        return false;
    hjem_vis(req_page(req, 200, _("Home")), &view);
    return true;
}

static const Route routes[] = { { "GET", "/hjem", PERM_USER, show }, { 0 } };

static const MenuItem menu[] = { { N_("Home"), "/hjem", PERM_USER, 10 }, { 0 } };

const Slice hjem_slice = { "hjem", routes, menu };
