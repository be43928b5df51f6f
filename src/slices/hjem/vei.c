/* vei.c - the report on its way: six steps, the red thread it hangs on, and the dates to come.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "hjem-sider.h"

#define MAX_REPORTS 2 /* on this page; the rest are in the list of reports */
#define MAX_DATES 8

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

/* --- the red thread --- */

static Url link_url(Req *req, const HomeReport *report, const char *path)
{
    Perm perm = !strcmp(path, "/oppfolging") ? PERM_FOLLOWUP_READ
                : !strcmp(path, "/ifjor")    ? PERM_REPORT_WRITE
                                             : PERM_REPORT_DRAFT;

    return req_may(req, perm) ? (Url){ arena_printf(req->arena, "%s%s", report->url.text, path) }
                              : (Url){ NULL };
}

static bool draw_thread(Req *req, const Report *report, HomeReport *line, GError **error)
{
    bool here = false;
    RedThread thread;

    if (!tilstandsrapport_thread(req->db, req->arena, report, &thread, error))
        return false;
    line->thread =
        (ThreadLinks){ arena_alloc(req->arena, N_THREAD * sizeof(ThreadLink)), N_THREAD };
    for (int i = 0; i < N_THREAD; i++) {
        bool done = thread.link[i].done, now = !here && !done;

        line->thread.v[i] = (ThreadLink){ .name = thread.link[i].name,
                                          .text = thread.link[i].text,
                                          .word = done  ? _("done")
                                                  : now ? _("now")
                                                        : _("to come"),
                                          .done = done,
                                          .now = now,
                                          .url = link_url(req, line, thread.link[i].path) };
        here = here || now;
    }
    return true;
}

/* --- dates --- */

static int by_day(gconstpointer a, gconstpointer b)
{
    return strcmp(((const HomeDate *)a)->iso, ((const HomeDate *)b)->iso);
}

/* The dialogue and the political steps are for all; the rest is for those who see the draft. */
static void add_dates(Req *req, const Report *report, const Step steps[6], GArray *dates)
{
    char text[DATE_TEXT];

    for (int i = tilstandsrapport_steps_done(report->state); i < 6; i++) {
        if (strcmp(steps[i].planned, req->today) < 0 || (!may_see(req, report) && (i < 1 || i > 3)))
            continue;
        const HomeDate date = { .iso = steps[i].planned,
                                .date = arena_dup(req->arena, date_text(steps[i].planned, text)),
                                .weekday = arena_dup(req->arena, date_weekday(steps[i].planned)),
                                .what = *steps[i].body ? steps[i].body : steps[i].name,
                                .report = report->title };

        g_array_append_val(dates, date);
    }
}

/* 0: this month; 1: the next; 2: later. Of a date that is not before today. */
static int month_group(const char *today, const char *date)
{
    gint64 now = g_ascii_strtoll(today, NULL, 10) * 12 + g_ascii_strtoll(today + 5, NULL, 10);
    gint64 then = g_ascii_strtoll(date, NULL, 10) * 12 + g_ascii_strtoll(date + 5, NULL, 10);

    return (int)CLAMP(then - now, 0, 2);
}

static void group_dates(Req *req, const GArray *dates, DateGroups *ret)
{
    const char *const names[] = { _("This month"), _("Next month"), _("Later") };

    *ret = (DateGroups){ arena_alloc(req->arena, G_N_ELEMENTS(names) * sizeof(DateGroup)), 0 };
    for (int g = 0; g < (int)G_N_ELEMENTS(names); g++) {
        DateGroup *to = &ret->v[ret->n];

        *to = (DateGroup){ names[g], { arena_alloc(req->arena, MAX_DATES * sizeof(HomeDate)), 0 } };
        for (guint i = 0; i < MIN(dates->len, MAX_DATES); i++) {
            const HomeDate *date = &g_array_index(dates, HomeDate, i);

            if (month_group(req->today, date->iso) == g)
                to->dates.v[to->dates.n++] = *date;
        }
        ret->n += to->dates.n > 0;
    }
}

bool hjem_fill_reports(Req *req, HomeView *view, GError **error)
{
    g_autoptr(GArray) dates = g_array_new(FALSE, FALSE, sizeof(HomeDate));
    ReportList all;
    Step steps[6];

    if (!tilstandsrapport_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    view->n_reports = all.n;
    view->reports = (HomeReports){ arena_alloc(req->arena, MAX_REPORTS * sizeof(HomeReport)), 0 };
    for (size_t i = 0; i < all.n; i++) {
        const Report *r = &all.v[i];

        if (i >= MAX_REPORTS && r->state >= STATE_AVSLUTTET) /* nothing of it is to come */
            continue;
        if (!tilstandsrapport_steps(req->db, req->arena, r->owner, r->id, steps, error))
            return false;
        add_dates(req, r, steps, dates);
        if (!may_see(req, r) || view->reports.n == MAX_REPORTS)
            continue;
        HomeReport *line = &view->reports.v[view->reports.n];

        *line = home_report(req, r, steps);
        if (!view->reports.n++ && req_may(req, PERM_REPORT_DRAFT) &&
            !draw_thread(req, r, line, error))
            return false;
    }
    g_array_sort(dates, by_day);
    group_dates(req, dates, &view->dates);
    return true;
}
