/* mine.c - what is kept about the one who asks: who has looked at it, what was done, and all of it as a
 * page and a file.
 *
 * Each slice tells its own part (Slice.person_data); this only puts the parts together. The right of
 * access: GDPR article 15; the file in a machine's form: article 20.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "revisjon-sider.h"
#include "person.h"
#include "mine.sql.h"
#include "mine.html.h"

#define SHOWN 50
#define DEEPEST 8

typedef json_t AutoJson;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AutoJson, json_decref)

static const char *iso_time(Arena *arena, int64_t at)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
    g_autofree char *text = g_date_time_format_iso8601(time);

    return arena_dup(arena, text);
}

bool revisjon_person_data(Db *db, Arena *arena, int64_t owner, int64_t person, json_t *into,
                          GError **error)
{
    g_auto(RevisjonByRows) rows = { 0 };
    json_t *lines = json_array();

    json_object_set_new(into, "linjer", lines);
    if (!revisjon_by(db, owner, person, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const RevisjonByRow *r = &rows.v[i];

        json_array_append_new(lines,
                              json_pack("{s:I, s:s, s:s, s:s, s:s, s:s}", "nr", (json_int_t)r->seq,
                                        "tid", iso_time(arena, r->at), "rolle", r->role, "hva",
                                        r->act, "detalj", r->detail, "adresse", r->client));
    }
    return true;
}

/* Everything, by slice; a slice that keeps nothing is left out. */
static AutoJson *collect(Req *req, GError **error)
{
    g_autoptr(AutoJson) all = json_object();

    for (const Slice *const *s = app_slices; *s; s++) {
        g_autoptr(AutoJson) part = json_object();

        if (!(*s)->person_data)
            continue;
        if (!(*s)->person_data(req->db, req->arena, req->user->owner, req->user->id, part, error))
            return NULL;
        if (json_object_size(part))
            json_object_set(all, (*s)->name, part);
    }
    return g_steal_pointer(&all);
}

/* --- as a page --- */

typedef struct {
    Arena *arena;
    GArray *facts; /* MineFact */
} Flat;

/* "sist_brukt" -> "sist brukt". */
static const char *words_of(Arena *arena, const char *key)
{
    char *text = arena_dup(arena, key);

    g_strdelimit(text, "_", ' ');
    return text;
}

static const char *scalar_text(Arena *arena, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        return arena_dup(arena, json_string_value(value));
    case JSON_INTEGER:
        return arena_printf(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    case JSON_REAL:
        return arena_printf(arena, "%g", json_real_value(value));
    case JSON_TRUE:
        return _("yes");
    case JSON_FALSE:
        return _("no");
    default:
        return "–";
    }
}

/* One row a value; a list's items are counted from 1. */
static void flatten(Flat *f, const char *name, json_t *value, int depth)
{
    const char *key;
    json_t *item;
    size_t i;

    if (json_is_object(value) && depth < DEEPEST) {
        json_object_foreach(value, key, item)
            flatten(f,
                    *name ? arena_printf(f->arena, "%s, %s", name, words_of(f->arena, key))
                          : words_of(f->arena, key),
                    item, depth + 1);
    } else if (json_is_array(value) && depth < DEEPEST) {
        json_array_foreach(value, i, item)
            flatten(f, arena_printf(f->arena, "%s %zu", name, i + 1), item, depth + 1);
    } else {
        MineFact fact = { name, scalar_text(f->arena, value) };

        g_array_append_val(f->facts, fact);
    }
}

static MinePart part_of(Arena *arena, const char *slice, json_t *data)
{
    g_autoptr(GArray) facts = g_array_new(FALSE, FALSE, sizeof(MineFact));
    Flat flat = { arena, facts };
    MinePart part = { .title = slice };

    flatten(&flat, "", data, 0);
    part.facts.n = facts->len;
    part.facts.v = arena_alloc(arena, MAX(facts->len, 1) * sizeof(MineFact));
    if (facts->len)
        memcpy(part.facts.v, facts->data, facts->len * sizeof(MineFact));
    return part;
}

/* The log has tables of its own on the page. */
static void fill_parts(Req *req, json_t *all, MineParts *ret)
{
    const char *slice;
    json_t *data;

    ret->v = arena_alloc(req->arena, MAX(json_object_size(all), 1) * sizeof(MinePart));
    json_object_foreach(all, slice, data) if (strcmp(slice, "revisjon")) ret->v[ret->n++] =
        part_of(req->arena, arena_dup(req->arena, slice), data);
}

static LogLine line(Req *req, int64_t at, const char *role, const char *act, const char *detail)
{
    char text[DATE_TEXT];

    return (LogLine){ .at = arena_dup(req->arena, time_text(at, text)),
                      .role = revisjon_role_text(role),
                      .act = arena_dup(req->arena, revisjon_act_text(act)),
                      .detail = arena_dup(req->arena, detail),
                      .who = "",
                      .client = "" };
}

static bool fill_looked(Req *req, LogLines *ret, GError **error)
{
    g_auto(RevisjonAboutRows) rows = { 0 };

    if (!revisjon_about(req->db, req->user->owner, req->user->id, INT64_MAX, &rows, error))
        return false;
    ret->v = arena_alloc(req->arena, MAX(rows.n, 1) * sizeof(LogLine));
    for (size_t i = 0; i < rows.n; i++) {
        const RevisjonAboutRow *r = &rows.v[i];
        LogLine *l = &ret->v[ret->n++];

        *l = line(req, r->at, arena_dup(req->arena, r->role), r->act, r->detail);
        l->who = _("nobody signed in");
        if (r->person &&
            !person_name(req->db, req->arena, req->user->owner, r->person, &l->who, NULL))
            l->who = _("somebody who is no longer here");
    }
    return true;
}

static bool fill_done(Req *req, LogLines *ret, GError **error)
{
    g_auto(RevisjonByRows) rows = { 0 };

    if (!revisjon_by(req->db, req->user->owner, req->user->id, &rows, error))
        return false;
    ret->v = arena_alloc(req->arena, MAX(MIN(rows.n, SHOWN), 1) * sizeof(LogLine));
    for (size_t i = 0; i < rows.n && i < SHOWN; i++) {
        const RevisjonByRow *r = &rows.v[i];

        ret->v[ret->n] = line(req, r->at, arena_dup(req->arena, r->role), r->act, r->detail);
        ret->v[ret->n++].client = arena_dup(req->arena, r->client);
    }
    return true;
}

bool revisjon_show_mine(Req *req, GError **error)
{
    MineView view = { .name = req->user->name };
    g_autoptr(AutoJson) all = collect(req, error);

    if (!all || !fill_looked(req, &view.looked, error) || !fill_done(req, &view.done, error))
        return false;
    fill_parts(req, all, &view.parts);
    revisjon_mine(req_page(req, 200, _("My data")), &view);
    return true;
}

/* --- as a file --- */

bool revisjon_send_mine(Req *req, GError **error)
{
    g_autoptr(AutoJson) all = collect(req, error);

    if (!all || !req_note_read(req, "eksport.mine", 0, req->user->id, NULL, error))
        return false;
    g_autoptr(AutoJson) file = json_pack("{s:s, s:s, s:O}", "navn", req->user->name, "laget",
                                         iso_time(req->arena, req->now), "data", all);
    char *text = json_dumps(file, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    bool ok = req_download(req, "application/json", "mine-data.json", text, strlen(text));

    free(text);
    return ok;
}
