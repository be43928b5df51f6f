/* sider.c - the pages of the queue: what is going on, how far it has come, where it leads.
 *
 * One's own jobs are everybody's to see and stop; the owner's others take a permission. A job's page
 * renews itself until the job is done, by a Refresh header and, more gently, by app.js.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "jobb-inside.h"
#include "person.h"
#include "jobb-sider.h"
#include "sider.sql.h"
#include "sider.html.h"

#define RENEW "4"                           /* seconds */
#define JUST (INT64_C(30) * G_USEC_PER_SEC) /* since it was done: whoever waited is led on */

typedef struct {
    const char *word, *colour;
} StateWord;

static const StateWord words[] = {
    [JOB_WAITING] = { N_("waiting"), "neutral" },   [JOB_RUNNING] = { N_("working"), "info" },
    [JOB_DONE] = { N_("done"), "success" },         [JOB_DEAD] = { N_("failed"), "danger" },
    [JOB_CANCELLED] = { N_("stopped"), "warning" },
};

static const char *when(Arena *arena, const JobInfo *job, int64_t now)
{
    char text[DATE_TEXT];

    if (job->ended)
        return arena_printf(arena, _("Ended %s"), time_text(job->ended, text));
    if (job->state == JOB_WAITING && job->due > now)
        return arena_printf(arena, _("Begins %s"), time_text(job->due, text));
    return arena_printf(arena, _("Asked for %s"), time_text(job->added, text));
}

static const char *share(Arena *arena, const JobInfo *job)
{
    char text[NUM_TEXT];

    if (job->total <= 0)
        return "";
    return arena_dup(arena, num_percent((double)job->done * 100 / (double)job->total, 0, text));
}

static const char *asked_by(Req *req, int64_t person)
{
    const char *name = NULL;

    if (!person || person == req->user->id)
        return "";
    return person_name(req->db, req->arena, req->user->owner, person, &name, NULL) && name ? name
                                                                                           : "";
}

static JobView view_of(Req *req, const JobInfo *job)
{
    Arena *a = req->arena;
    bool running = job->state == JOB_RUNNING;

    return (JobView){
        .title = job->title,
        .state = _(words[job->state].word),
        .colour = words[job->state].colour,
        .when = when(a, job, req->now),
        .text = job->text,
        .asked = asked_by(req, job->person),
        .tries = job->attempt > 1
                     ? arena_printf(a, _("Try %1$d of %2$d"), job->attempt, job->attempts)
                     : "",
        .url = url_for(a, "/jobber/%I", job->id),
        .cancel = url_for(a, "/jobber/%I/avbryt", job->id),
        .again = url_for(a, "/jobber/%I/igjen", job->id),
        .next = url_checked(a, job->path ? job->path : "/jobber"),
        .open = running || job->state == JOB_WAITING,
        .running = running,
        .known = running && job->total > 0,
        .leads = job->state == JOB_DONE && job->path && req_may_follow(req, job->path),
        .stopping = running && job->stopping,
        .may_again = job->state == JOB_DEAD || job->state == JOB_CANCELLED,
        .failed = job->state == JOB_DEAD,
        .done = MIN(job->done, job->total),
        .total = job->total,
        .share = share(a, job),
    };
}

static bool show_list(Req *req, GError **error)
{
    bool everybody = req_may(req, PERM_JOBS_ALL);
    g_auto(JobbListRows) rows = { 0 };
    JobListView view = { .everybody = everybody };

    if (!jobb_list(req->db, req->user->owner, req->user->id, everybody, &rows, error))
        return false;
    view.jobs.v = arena_alloc(req->arena, MAX(rows.n, 1) * sizeof(JobView));
    view.jobs.n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        const JobInfo job = JOBB_INFO_FROM(rows.v[i], req->arena);

        view.jobs.v[i] = view_of(req, &job);
    }
    Html *page = req_page(req, 200, _("Work in the background"));

    jobber_liste(page, &view);
    if (everybody)
        jobber_prove(page, req->csrf);
    return true;
}

static bool try_out(Req *req, GError **error)
{
    const JobNew job = { .owner = req->user->owner,
                         .kind = JOBB_TRIAL,
                         .title = _("Trial of the work in the background"),
                         .person = req->user->id };
    int64_t id;

    req_note(req, "jobb.prove", 0, 0, NULL);
    if (!jobb_add(req->db, &job, req->now, &id, error))
        return false;
    return req_redirect(req, url_for(req->arena, "/jobber/%I", id).text);
}

/* One's own, or anybody's with the permission; others are not there. */
static bool find(Req *req, JobInfo *ret, GError **error)
{
    int64_t id = req_id(req, "id");

    if (!id)
        return req_not_found(req, error);
    if (!jobb_get(req->db, req->arena, req->user->owner, id, ret, error))
        return false;
    return ret->person == req->user->id || req_may(req, PERM_JOBS_ALL) || req_not_found(req, error);
}

static bool show(Req *req, GError **error)
{
    JobInfo job;

    if (!find(req, &job, error))
        return false;
    const JobView shown = view_of(req, &job);

    if (shown.open)
        req_header(req, "Refresh", RENEW);
    else if (shown.leads && req->now - job.ended < JUST)
        req_header(req, "Refresh", arena_printf(req->arena, "2; url=%s", shown.next.text));
    jobber_vis(req_page(req, 200, job.title), &shown, req->csrf);
    return true;
}

static bool cancel(Req *req, GError **error)
{
    JobInfo job;

    if (!find(req, &job, error))
        return false;
    req_note(req, "jobb.avbryt", job.id, job.person, job.title);
    return jobb_cancel(req->db, job.owner, job.id, error) &&
           req_redirect_saying(req, url_for(req->arena, "/jobber/%I", job.id).text,
                               job.state == JOB_RUNNING ? _("It stops at its next step.")
                                                        : _("It has been stopped."));
}

static bool again(Req *req, GError **error)
{
    JobInfo job;
    g_autoptr(GError) why = NULL;

    if (!find(req, &job, error))
        return false;
    req_note(req, "jobb.igjen", job.id, job.person, job.title);
    /* a second press finds it waiting already, and that is what was wanted */
    if (!jobb_try_again(req->db, job.owner, job.id, req->now, &why) &&
        !g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    return req_redirect(req, url_for(req->arena, "/jobber/%I", job.id).text);
}

/* --- the trial --- */

#define TRIAL_STEPS 3
#define TRIAL_STEP_US 15000

static bool mark_trial(Db *db, void *arg, GError **error)
{
    const Job *job = arg;

    return jobb_mark(db, job->owner, job->id, error);
}

/* Its one lasting effect is a mark on itself, so that doing it twice would show. */
static bool run_trial(Job *job, GError **error)
{
    for (int i = 1; i <= TRIAL_STEPS; i++) {
        if (!job_progress(job, i, TRIAL_STEPS, NULL, error))
            return false;
        g_usleep(TRIAL_STEP_US);
    }
    job_result(job, _("The work in the background is done as it should."), NULL);
    return job_finish(job, mark_trial, job, error);
}

const JobKind jobb_kinds[] = {
    { JOBB_TRIAL, N_("Trial of the work in the background"), run_trial, 5, 5, 0 },
    { 0 },
};

/* The jobs somebody has asked for, as long as they are kept. */
bool jobb_person_data(Db *db, Arena *arena, int64_t owner, int64_t person, json_t *into,
                      GError **error)
{
    g_auto(JobbOfPersonRows) rows = { 0 };
    json_t *jobs = json_array();
    char asked[DATE_TEXT], ended[DATE_TEXT];

    (void)arena;
    json_object_set_new(into, "arbeid", jobs);
    if (!jobb_of_person(db, owner, person, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const JobbOfPersonRow *r = &rows.v[i];

        json_array_append_new(
            jobs, json_pack("{s:s, s:s, s:s, s:s, s:s?}", "hva", r->title, "stand", r->state,
                            "svar", r->text, "bedt", time_text(r->added, asked), "slutt",
                            r->ended == NO_INT ? NULL : time_text(r->ended, ended)));
    }
    return true;
}

static bool delete_old(Db *db, int64_t owner, int64_t before, bool dry, int64_t *ret_n,
                       GError **error)
{
    g_auto(JobbOldCountRows) count = { 0 };

    if (!jobb_old_count(db, owner, before, &count, error) ||
        (!dry && !jobb_old_delete(db, owner, before, error)))
        return false;
    *ret_n = count.v[0].n;
    return true;
}

const Retention jobb_retention[] = {
    { "jobb", N_("Work in the background that has ended"),
      N_("Long enough to find out what went wrong; what it made is kept elsewhere"), 30, 2,
      delete_old },
    { 0 },
};

const Route jobb_routes[] = {
    { "GET", "/jobber", PERM_USER, show_list },
    { "POST", "/jobber/prove", PERM_JOBS_ALL, try_out },
    { "GET", "/jobber/{id}", PERM_USER, show },
    { "POST", "/jobber/{id}/avbryt", PERM_USER, cancel },
    { "POST", "/jobber/{id}/igjen", PERM_USER, again },
    { 0 },
};
