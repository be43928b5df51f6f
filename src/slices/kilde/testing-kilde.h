/* testing-kilde.h - a source set up by its page, asked by the jobs program, against a server that replays.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <string.h>
#include "fetch.h"
#include "jobb.h"
#include "kilde-inside.h"
#include "sandbox.h"
#include "testing-db.h"
#include "testing-replay.h"

#define CHANGE(from, to)                                                                           \
    "{\"oldCode\":\"" from "\",\"oldName\":\"Eide\",\"oldShortName\":\"\",\"newCode\":\"" to       \
    "\",\"newName\":\"Hustadvika\",\"newShortName\":\"\",\"changeOccurred\":\"2020-01-01\"}"
#define KLASS "{\"codeChanges\":[" CHANGE("1551", "1579") "," CHANGE("1548", "1579") "]}"
#define KLASS_MORE "{\"codeChanges\":[" CHANGE("1551", "1579") "]}"
#define KLASS_OTHER "{\"codeChanges\":[{\"fromCode\":\"1551\",\"newCode\":\"1579\"}]}"
#define NOW INT64_C(1795435205000000) /* 2026-11-23T12:00:05Z, just after any page was sent */

typedef struct {
    TestApp *app;
    TestReplay *replay;
    char *path; /* of the source */
} Fixture;

static inline void let(const Fixture *f, bool on, int pause_ms)
{
    const FetchDefaults defaults = {
        .on = on, .allow = test_replay_origin(f->replay), .pause_ms = pause_ms, .slow_seconds = 1
    };

    fetch_defaults_set(&defaults);
}

static inline Fixture fixture_new(void)
{
    Fixture f = { test_app(NULL, PERM_SHARED_IMPORT, PERM_DATASET_READ), test_replay_new(), NULL };

    let(&f, true, 0);
    return f;
}

static inline void fixture_clear(Fixture *f)
{
    test_app_free(f->app);
    test_replay_free(f->replay);
    g_free(f->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

static inline Reply *set_up(Fixture *f, const char *name, const char *kind, const char *more)
{
    g_autofree char *url = g_strconcat(test_replay_origin(f->replay), "/data?til={dato}", NULL);
    g_autofree char *escaped = g_uri_escape_string(url, NULL, false);
    g_autofree char *body = g_strdup_printf("navn=%s&adresse=%s&sporring=&slag=%s&timer=24%s", name,
                                            escaped, kind, more);
    Reply *reply = test_post(f->app, "/kilder/ny", body);

    if (reply->status == 303) {
        g_free(f->path);
        f->path = g_strdup(reply->location);
    }
    return reply;
}

static inline Reply *act(Fixture *f, const char *below, const char *body)
{
    g_autofree char *path = g_strconcat(f->path, below, NULL);

    return test_post(f->app, path, body);
}

/* Press «Hent nå», and let the jobs program work at a time. */
static inline void fetch_at(Fixture *f, int64_t now)
{
    g_autoptr(GError) error = NULL;

    test_db_exec(f->app->db, "DELETE FROM jobb", NULL); /* the clock of the pages stands still */
    g_autoptr(Reply) asked = act(f, "/hent", "");
    g_assert_cmpint(asked->status, ==, 303);
    jobb_run_due(f->app->db, now, NULL, &error);
    g_assert_no_error(error);
}

static inline void say(Fixture *f, const char *text, const char *etag)
{
    test_replay_say(f->replay, &(ReplayAnswer){ .body = text, .size = strlen(text), .etag = etag });
}

static inline int64_t count(Fixture *f, const char *sql)
{
    static int n;
    g_autofree char *fresh = g_strdup_printf("SELECT COUNT(*) AS n FROM %s -- %d", sql, ++n);

    return test_db_int(f->app->db, g_intern_string(fresh));
}

static inline void assert_page(Fixture *f, const char *words)
{
    g_autoptr(Reply) page = test_get(f->app, f->path);

    g_assert_cmpint(page->status, ==, 200);
    if (!strstr(page->body, words))
        g_error("no “%s” on the page: %s", words, strstr(page->body, "<main"));
}

static inline char *answer_path(Fixture *f)
{
    char id[ID_TEXT];

    return g_strconcat("/svar/",
                       id_text(test_db_int(f->app->db, "SELECT MAX(id) AS n FROM kilde_svar"), id),
                       NULL);
}
