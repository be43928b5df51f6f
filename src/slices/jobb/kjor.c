/* kjor.c - running jobs: claimed with a lease and a number, told of, ended or tried again.
 *
 * A claim holds for as long as its job is heard of, and its number (the fence) rises with each claim:
 * what an old holder writes under the old number reaches nothing. A job tells of itself on a handle
 * that has no transaction open; inside one on SQLite it only remembers, for there the writer is busy
 * with that very transaction.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "eier.h"
#include "encoding.h"
#include "jobb-inside.h"
#include "log.h"
#include "kjor.sql.h"

#define LEASE 60                          /* seconds, where the kind says nothing */
#define FIRST_LEASE (60 * G_USEC_PER_SEC) /* until the kind is known */
#define TELL_EVERY (250 * 1000)           /* microseconds between words that are written down */
#define FIRST_PAUSE (INT64_C(10) * G_USEC_PER_SEC) /* before the second try, then doubling */
#define LONGEST_PAUSE (INT64_C(3600) * G_USEC_PER_SEC)
#define TEXT_MAX 1000

typedef struct {
    JobRunner runner; /* first, so that a Job leads here */
    const JobbWorld *world;
    const JobKind *kind;
    const JobbClaimRow *row;
    Db *pulse; /* where it is told of: no transaction is ever open on it */
    GThread *thread;
    int64_t begun, told; /* monotonic */
    int64_t done, total;
    char *text, *result, *path;
    bool lost, stopped, ended;
    bool yielded; /* the program is ending: the job is given back */
} Run;

static Run *run_of(const Job *job)
{
    return (Run *)job->runner;
}

static int64_t clock_of(const Run *run, const Job *job)
{
    return run->world ? run->world->clock(run->world->data)
                      : job->now + g_get_monotonic_time() - run->begun;
}

static int64_t lease_of(const Run *run)
{
    return (run->kind->lease > 0 ? run->kind->lease : LEASE) * G_USEC_PER_SEC;
}

static void set_text(char **to, const char *text)
{
    g_free(*to);
    *to = utf8_cut(text, TEXT_MAX);
}

/* --- what the job says --- */

static bool fail_if_gone(const Run *run, GError **error)
{
    if (run->lost)
        return app_fail(error, APP_ERROR_CONFLICT, "the job has been taken over");
    if (run->stopped)
        return app_fail(error, APP_ERROR_CONFLICT, "the job has been cancelled");
    if (run->yielded)
        return app_fail(error, APP_ERROR_CONFLICT, "the jobs program is ending");
    return true;
}

static void show(const Run *run, const Job *job, JobState state, const char *text)
{
    const JobInfo info = { .id = job->id,
                           .owner = job->owner,
                           .person = job->person,
                           .kind = run->row->kind,
                           .title = run->row->title,
                           .state = state,
                           .attempt = job->attempt,
                           .attempts = (int)run->row->attempts,
                           .done = run->done,
                           .total = run->total,
                           .text = text };

    if (run->world && run->world->show)
        run->world->show(run->world->data, &info);
}

static bool tell(Run *run, const Job *job, GError **error)
{
    g_auto(JobbTellRows) rows = { 0 };
    const JobbTellArgs args = { .owner = job->owner,
                                .id = job->id,
                                .fence = run->row->fence,
                                .lease = clock_of(run, job) + lease_of(run),
                                .done = run->done,
                                .total = run->total,
                                .text = run->text };

    if (!jobb_tell(run->pulse, &args, &rows, error))
        return false;
    run->told = g_get_monotonic_time();
    run->lost = rows.n == 0;
    run->stopped = rows.n && rows.v[0].stop;
    return true;
}

static bool progress(Job *job, int64_t done, int64_t total, const char *text, GError **error)
{
    Run *run = run_of(job);

    run->done = done;
    run->total = total;
    if (text)
        set_text(&run->text, text);
    run->yielded = run->world && run->world->stopping(run->world->data);
    show(run, job, JOB_RUNNING, run->text);
    if (g_thread_self() == run->thread && g_get_monotonic_time() - run->told >= TELL_EVERY &&
        !tell(run, job, error))
        return false;
    return fail_if_gone(run, error);
}

static void result(Job *job, const char *text, const char *path)
{
    Run *run = run_of(job);

    set_text(&run->result, text ? text : "");
    g_free(run->path);
    run->path = g_strdup(path);
}

static bool check(Job *job, Db *db, GError **error)
{
    Run *run = run_of(job);
    g_auto(JobbHoldRows) rows = { 0 };

    if (!jobb_hold(db, job->owner, job->id, run->row->fence, clock_of(run, job) + lease_of(run),
                   &rows, error))
        return false;
    run->lost = rows.n == 0;
    run->stopped = rows.n && rows.v[0].stop;
    return fail_if_gone(run, error);
}

/* --- how it ends --- */

static bool end_as(Run *run, Db *db, const Job *job, JobState state, const char *text,
                   GError **error)
{
    g_auto(JobbEndRows) rows = { 0 };
    g_autofree char *cut = NULL;

    set_text(&cut, text);
    const JobbEndArgs args = { .owner = job->owner,
                               .id = job->id,
                               .fence = run->row->fence,
                               .state = jobb_state_code(state),
                               .done = run->done,
                               .total = run->total,
                               .text = cut,
                               .path = state == JOB_DONE ? run->path : NULL,
                               .ended = clock_of(run, job) };

    if (!jobb_end(db, &args, &rows, error))
        return false;
    run->lost = rows.n == 0;
    show(run, job, state, cut);
    return true;
}

static bool end_done(Job *job, Db *db, GError **error)
{
    Run *run = run_of(job);

    if (!end_as(run, db, job, JOB_DONE, run->result, error))
        return false;
    run->ended = true; /* unless the transaction fails; then the job fails, too */
    return fail_if_gone(run, error);
}

static int64_t pause_before(int64_t attempt)
{
    return MIN(FIRST_PAUSE << MIN(attempt - 1, 20), LONGEST_PAUSE);
}

static bool is_final(const GError *why)
{
    return g_error_matches(why, APP_ERROR, APP_ERROR_INVALID) ||
           g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND) ||
           g_error_matches(why, APP_ERROR, APP_ERROR_FORBIDDEN);
}

static bool end_failed(Run *run, Db *db, const Job *job, const GError *why, GError **error)
{
    g_auto(JobbAgainRows) rows = { 0 };
    const JobbClaimRow *row = run->row;

    if (run->stopped)
        return end_as(run, db, job, JOB_CANCELLED, "", error);
    if (run->yielded)
        return jobb_yield(db, row->owner, row->id, row->fence, error);
    if (is_final(why) || row->attempt >= row->attempts)
        return end_as(run, db, job, JOB_DEAD, why->message, error);
    g_autofree char *text = NULL;

    set_text(&text, why->message);
    return jobb_again(db, row->owner, row->id, row->fence,
                      clock_of(run, job) + pause_before(row->attempt), text, &rows, error);
}

static void log_end(const Run *run, const char *how, const GError *why)
{
    const JobbClaimRow *row = run->row;
    char id[ID_TEXT];

    log_event(why ? LOG_LEVEL_WARNING : LOG_LEVEL_INFO, "job", log_text("id", id_text(row->id, id)),
              log_text("kind", row->kind), log_number("attempt", row->attempt),
              log_text("end", how), log_text("reason", why ? why->message : ""),
              log_number("ms", (g_get_monotonic_time() - run->begun) / 1000));
}

static bool conclude(Run *run, Db *db, Job *job, bool ok, GError *why, GError **error)
{
    if (run->lost) {
        log_end(run, "taken_over", why);
        return true;
    }
    if (ok) {
        log_end(run, "done", NULL);
        return run->ended || end_as(run, db, job, JOB_DONE, run->result, error);
    }
    log_end(run, run->stopped ? "cancelled" : run->yielded ? "given_back" : "failed", why);
    return end_failed(run, db, job, why, error);
}

/* --- one job --- */

static bool prepare(Run *run, Job *job, GError **error)
{
    Eier eier = { .language = LANG_NB };

    run->kind = job_kind(run->row->kind);
    if (run->row->stop) {
        run->stopped = true;
        return app_fail(error, APP_ERROR_CONFLICT, "the job has been cancelled");
    }
    if (!run->kind)
        return app_fail(error, APP_ERROR_INVALID, "this version has no job called %s",
                        run->row->kind);
    if (run->row->attempt > run->row->attempts)
        return app_fail(error, APP_ERROR_INVALID, "%s",
                        _("It stopped in the middle each time it was tried."));
    if (job->owner && !eier_get(job->db, job->arena, job->owner, &eier, error))
        return false;
    job->lang = eier.language;
    i18n_use(job->lang);
    return (lease_of(run) == FIRST_LEASE || check(job, run->pulse, error)) &&
           eier_today(job->db, job->arena, job->owner, job->now, &job->today, error);
}

static bool work(Run *run, Job *job, GError **error)
{
    g_autoptr(GError) why = NULL;

    if (!prepare(run, job, error))
        return false;
    if (run->kind->run(job, &why)) {
        run->ended = run->ended && !run->lost;
        return true;
    }
    run->ended = false;
    return why ? app_pass(error, &why)
               : app_fail(error, APP_ERROR_DB, "the job failed without saying why");
}

static bool run_one(Db *db, Db *pulse, const JobbWorld *world, const JobbClaimRow *row, int64_t now,
                    GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    Lang lang = i18n_current();
    Run run = { .runner = { progress, result, check, end_done },
                .world = world,
                .row = row,
                .pulse = pulse,
                .thread = g_thread_self(),
                .begun = g_get_monotonic_time(),
                .text = g_strdup(""),
                .result = g_strdup("") };
    Job job = { .db = db,
                .arena = arena,
                .owner = row->owner,
                .id = row->id,
                .person = row->person,
                .args = row->args,
                .attempt = (int)row->attempt,
                .now = now,
                .lang = LANG_NB,
                .runner = &run.runner };

    db_set_owner(db, job.owner);
    bool ok = work(&run, &job, &why);

    db_set_owner(db, 0);
    ok = conclude(&run, db, &job, ok, why, error);
    i18n_use(lang);
    g_free(run.text);
    g_free(run.result);
    g_free(run.path);
    return ok;
}

bool jobb_run_next(Db *db, Db *pulse, const JobbWorld *world, int64_t now, bool *ret_any,
                   GError **error)
{
    g_auto(JobbDueRows) due = { 0 };
    g_auto(JobbClaimRows) rows = { 0 };

    /* a look costs no write; a claim does */
    if (!jobb_due(db, now, &due, error) ||
        (due.n && !jobb_claim(db, now, now + FIRST_LEASE, &rows, error)))
        return false;
    *ret_any = rows.n > 0;
    return !rows.n || run_one(db, pulse, world, &rows.v[0], now, error);
}

bool jobb_run_due(Db *db, int64_t now, int *ret_n, GError **error)
{
    g_autoptr(Db) pulse = db_open(db_store(db), error);
    bool any = true;
    int n = 0;

    if (!pulse)
        return false;
    while (any) {
        if (!jobb_run_next(db, pulse, NULL, now, &any, error))
            return false;
        n += any;
    }
    if (ret_n)
        *ret_n = n;
    return true;
}
