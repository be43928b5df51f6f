/* kilde.c - sources as rows: read, filled in, due; and what the program tells of them elsewhere.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "fetch.h"
#include "jobb.h"
#include "kilde-inside.h"
#include "metrics.h"
#include "kilde.sql.h"

const KjentKilde kilde_known[] = {
#define KILDE(code, name, about, url, body, kind, hours)                                           \
    { code, name, about, url, body, kind, hours },
#include "kilde.def"
#undef KILDE
    { NULL },
};

/* --- rows --- */

static int64_t or_zero(int64_t at)
{
    return at == NO_INT ? 0 : at;
}

bool kilde_get(Db *db, Arena *arena, int64_t id, Kilde *ret, GError **error)
{
    g_auto(KildeSelectAllRows) rows = { 0 };

    if (id == 0 || !kilde_select_all(db, id, &rows, error))
        return id == 0 ? app_fail(error, APP_ERROR_NOT_FOUND, "no such source") : false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such source");
    const KildeSelectAllRow *r = &rows.v[0];

    *ret = (Kilde){ .id = r->id,
                    .name = arena_dup(arena, r->name),
                    .url = arena_dup(arena, r->url),
                    .body = arena_dup(arena, r->body),
                    .kind = arena_dup(arena, r->kind),
                    .structure = arena_dup(arena, r->structure),
                    .asked_url = arena_dup(arena, r->asked_url),
                    .etag = arena_dup(arena, r->etag),
                    .modified = arena_dup(arena, r->modified),
                    .hours = r->hours,
                    .due_at = r->due_at,
                    .last_ok_at = or_zero(r->last_ok_at),
                    .trouble_at = or_zero(r->trouble_at),
                    .failures = r->failures,
                    .trouble = arena_dup(arena, r->trouble),
                    .words = arena_dup(arena, r->words),
                    .straight = r->straight != 0,
                    .active = r->active != 0 };
    return true;
}

bool kilde_infos(Db *db, Arena *arena, KildeInfos *ret, GError **error)
{
    g_auto(KildeSelectAllRows) rows = { 0 };

    if (!kilde_select_all(db, 0, &rows, error))
        return false;
    *ret = (KildeInfos){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(KildeInfo)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (KildeInfo){ .id = rows.v[i].id,
                                 .due_at = rows.v[i].due_at,
                                 .last_ok_at = or_zero(rows.v[i].last_ok_at),
                                 .name = arena_dup(arena, rows.v[i].name),
                                 .active = rows.v[i].active != 0,
                                 .failures = rows.v[i].failures };
    return true;
}

const char *kilde_filled(Arena *arena, const char *pattern, const char *today)
{
    g_autoptr(GString) text = g_string_new(pattern);
    int year = (int)g_ascii_strtoll(today, NULL, 10);
    g_autofree char *now = g_strdup_printf("%04d", year), *last = g_strdup_printf("%04d", year - 1);

    g_string_replace(text, "{dato}", today, 0);
    g_string_replace(text, "{aar}", now, 0);
    g_string_replace(text, "{fjoraar}", last, 0);
    return arena_dup(arena, text->str);
}

const char *const *kilde_types(const char *kind)
{
    static const char *const json[] = { "application/json", "text/json", "application/vnd.api+json",
                                        NULL };
    static const char *const csv[] = { "text/csv",
                                       "text/plain",
                                       "application/csv",
                                       "application/octet-stream",
                                       "text/tab-separated-values",
                                       NULL };
    static const char *const px[] = { "text/plain",    "application/octet-stream",
                                      "text/x-pcaxis", "application/x-pcaxis",
                                      "text/px",       NULL };
    static const char *const xlsx[] = {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/octet-stream", NULL
    };

    return !strcmp(kind, "json") ? json
           : !strcmp(kind, "px") ? px
                                 : (!strcmp(kind, "xlsx") ? xlsx : csv);
}

const char *kilde_filename(Arena *arena, const Kilde *kilde, int64_t fetched_at)
{
    char day[DATE_TEXT], name[200];

    g_utf8_strncpy(name, kilde->name, 40);
    g_strdelimit(name, "/\\:;\"*?<>|", '-');
    return arena_printf(arena, "%s %s.%s", name, time_date(fetched_at, day), kilde->kind);
}

/* --- elsewhere --- */

bool kilde_tasks(Req *req, GArray *tasks, GError **error)
{
    g_auto(KildeWaitingRows) rows = { 0 };

    if (!req_may(req, PERM_SHARED_IMPORT))
        return true;
    if (!kilde_waiting(req->db, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        bool held = !strcmp(rows.v[i].state, "ny_form");
        const Task task = { .text = arena_printf(
                                req->arena,
                                held ? _("%s has another structure than before: look at it")
                                     : _("An answer from %s waits for your yes"),
                                rows.v[i].name),
                            .url = url_for(req->arena, "/kilder/%I", rows.v[i].id) };

        g_array_append_val(tasks, task);
    }
    return true;
}

bool kilde_metrics(Db *db, int64_t now, GString *out, GError **error)
{
    g_auto(KildeSelectAllRows) rows = { 0 };

    if (!kilde_select_all(db, 0, &rows, error))
        return false;
    if (!rows.n)
        return true;
    metrics_head(out, "oppvekst_fetch_total", "counter", "Questions asked of each source.");
    for (size_t i = 0; i < rows.n; i++)
        metrics_line(out, "oppvekst_fetch_total", "source", rows.v[i].name,
                     (double)rows.v[i].n_asked);
    metrics_head(out, "oppvekst_fetch_failures_total", "counter", "Of these, those that failed.");
    for (size_t i = 0; i < rows.n; i++)
        metrics_line(out, "oppvekst_fetch_failures_total", "source", rows.v[i].name,
                     (double)rows.v[i].n_failed);
    metrics_head(out, "oppvekst_fetch_age_seconds", "gauge", "Since the last answer of use.");
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].last_ok_at != NO_INT)
            metrics_line(out, "oppvekst_fetch_age_seconds", "source", rows.v[i].name,
                         (double)(now - rows.v[i].last_ok_at) / G_USEC_PER_SEC);
    return true;
}

/* --- by the clock --- */

bool kilde_wanted(Db *db, int64_t now, bool *ret, GError **error)
{
    g_auto(KildeDueRows) rows = { 0 };

    *ret = false;
    if (!fetch_defaults()->on)
        return true;
    if (!kilde_due(db, now, &rows, error))
        return false;
    *ret = rows.n > 0;
    return true;
}

static bool add_job(Db *db, const char *name, const JobNew *like, int64_t id, int64_t due,
                    int64_t *ret_job, GError **error)
{
    char args[ID_TEXT];
    g_autofree char *title = g_strdup_printf(_("Fetching from %s"), name);
    g_autofree char *key = g_strdup_printf("hent:%s:%" G_GINT64_FORMAT, id_text(id, args), due);
    JobNew job = *like;

    job.kind = "hent";
    job.title = title;
    job.args = args;
    job.key = key;
    return jobb_add(db, &job, due, ret_job, error);
}

bool kilde_ask_now(Db *db, const Kilde *kilde, int64_t owner, int64_t person, int64_t now,
                   int64_t *ret_job, GError **error)
{
    const JobNew like = { .owner = owner, .person = person };

    /* what is due already has been asked for, here or by the clock: the same key, the same job */
    return kilde_hurry(db, kilde->id, now, error) &&
           add_job(db, kilde->name, &like, kilde->id, MIN(kilde->due_at, now), ret_job, error);
}

static bool run_clock(Job *job, GError **error)
{
    const JobNew like = { .owner = 0 };
    g_auto(KildeDueRows) rows = { 0 };

    if (!fetch_defaults()->on)
        return true;
    if (!kilde_due(job->db, job->now, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (!add_job(job->db, rows.v[i].name, &like, rows.v[i].id, rows.v[i].due_at, NULL, error))
            return false;
    return true;
}

static bool going(void *arg, size_t got, size_t total, GError **error)
{
    return job_progress(arg, (int64_t)got, (int64_t)total, NULL, error);
}

static bool run_fetch(Job *job, GError **error)
{
    const KildeTurn turn = { .now = job->now, .today = job->today, .going = going, .arg = job };
    const char *text = "";
    int64_t id = id_parse(job->args);

    if (!kilde_fetch(job->db, job->arena, id, &turn, &text, error))
        return false;
    job_result(job, text, arena_printf(job->arena, "/kilder/%s", job->args));
    return true;
}

const JobKind kilde_jobs[] = {
    { "hent", N_("Fetching from a source"), run_fetch, .attempts = 5, .lease = 600 },
    { "kilder", N_("Looking for sources that are due"), run_clock, .attempts = 2, .every = 5,
      .shared = true, .wanted = kilde_wanted },
    { 0 },
};

static const Route routes[] = {
    { "GET", "/kilder", PERM_SHARED_IMPORT, kilde_show_all },
    { "GET", "/kilder/ny", PERM_SHARED_IMPORT, kilde_show_new },
    { "POST", "/kilder/ny", PERM_SHARED_IMPORT, kilde_store_new },
    { "GET", "/kilder/{id}", PERM_SHARED_IMPORT, kilde_show_one },
    { "POST", "/kilder/{id}", PERM_SHARED_IMPORT, kilde_store_one },
    { "POST", "/kilder/{id}/hent", PERM_SHARED_IMPORT, kilde_ask },
    { "POST", "/kilder/{id}/slett", PERM_SHARED_IMPORT, kilde_remove },
    { "GET", "/kilder/{id}/svar/{svar}", PERM_SHARED_IMPORT, kilde_send_answer },
    { "POST", "/kilder/{id}/svar/{svar}", PERM_SHARED_IMPORT, kilde_settle_answer },
    { 0 },
};

static const MenuItem settings[] = {
    { N_("Sources on the net"), "/kilder", PERM_SHARED_IMPORT, 45 }, { 0 }
};

const Slice kilde_slice = { "kilde", routes, .settings = settings, .tasks = kilde_tasks,
                            .jobs = kilde_jobs };
