/* nytt.c - what is new since I last looked here: a loop over what every slice tells, for my eyes alone.
 *
 * A visit lasts while the page is opened at least every half hour; what is new is new since the visit
 * before, so a reload or the back button takes nothing away. The time is stored once in ten minutes at
 * most: opening the page costs a write no more often than that.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "hjem-sider.h"
#include "hjem.sql.h"

#define VISIT (30 * G_TIME_SPAN_MINUTE)
#define GRAIN (10 * G_TIME_SPAN_MINUTE)
#define FIRST_TIME (14 * G_TIME_SPAN_DAY) /* so far back on the first visit */
#define SHOWN 10

static int newest_first(gconstpointer a, gconstpointer b)
{
    const News *x = a, *y = b;

    return (y->at > x->at) - (y->at < x->at);
}

typedef struct {
    int64_t owner, person, since, seen;
} Visit;

static bool store(Db *db, void *arg, GError **error)
{
    const Visit *v = arg;

    return hjem_sett_store(db, v->owner, v->person, v->since, v->seen, error);
}

/* Since when things are new; marks the visit. */
static bool visit(Req *req, int64_t *ret_since, GError **error)
{
    g_auto(HjemSettSelectRows) rows = { 0 };
    Visit v = { req->user->owner, req->user->id, req->now - FIRST_TIME, 0 };

    if (!hjem_sett_select(req->db, v.owner, v.person, &rows, error))
        return false;
    if (rows.n) {
        v.since = req->now - rows.v[0].seen > VISIT ? rows.v[0].seen : rows.v[0].since;
        v.seen = rows.v[0].seen;
    }
    *ret_since = v.since;
    if (req->now - v.seen < GRAIN)
        return true;
    v.seen = req->now;
    return db_transaction(req->db, store, &v, error);
}

bool hjem_fill_news(Req *req, HomeView *view, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(News));
    char text[DATE_TEXT];
    int64_t since;

    if (!visit(req, &since, error))
        return false;
    for (const Slice *const *s = app_slices; *s; s++)
        if ((*s)->news && !(*s)->news(req, since, all, error))
            return false;
    g_array_sort(all, newest_first);
    view->news_since = arena_dup(req->arena, time_text(since, text));
    view->news =
        (NewsLines){ arena_alloc(req->arena, SHOWN * sizeof(NewsLine)), MIN(all->len, SHOWN) };
    for (guint i = 0; i < view->news.n; i++) {
        const News *n = &g_array_index(all, News, i);
        NewsLine *line = &view->news.v[i];

        *line = (NewsLine){ .text = n->text, .url = n->url };
        line->iso = arena_dup(req->arena, time_date(n->at, text));
        line->when = arena_dup(req->arena, time_text(n->at, text));
    }
    return true;
}

bool hjem_person_data(Db *db, Arena *arena, int64_t owner, int64_t person, json_t *into,
                      GError **error)
{
    g_auto(HjemSettSelectRows) rows = { 0 };
    char text[DATE_TEXT];

    (void)arena;
    if (!hjem_sett_select(db, owner, person, &rows, error))
        return false;
    if (rows.n)
        json_object_set_new(into, "home_last_opened", json_string(time_text(rows.v[0].seen, text)));
    return true;
}
