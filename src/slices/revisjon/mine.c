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

/* What the slices call things in the file, in words for people; the file keeps its names. */
static const struct {
    const char *key, *text; /* text: msgid */
} words[] = {
    { "arbeid", N_("Work asked for") },
    { "bedt", N_("asked for") },
    { "body", N_("body") },
    { "brukt", N_("used") },
    { "duty", N_("duty") },
    { "emne", N_("subject") },
    { "epost", N_("E-mail address") },
    { "epost_sendt", N_("E-mail to you") },
    { "fra", N_("from") },
    { "from", N_("from") },
    { "grunn", N_("reason") },
    { "hjem", N_("Home") },
    { "home_last_opened", N_("Home last opened") },
    { "hva", N_("what") },
    { "jobb", N_("Work in the background") },
    { "laget", N_("made") },
    { "lenker", N_("Link to sign in with") },
    { "name", N_("Name") },
    { "navn", N_("Name") },
    { "nodtilgang", N_("Break-glass access") },
    { "okter", N_("Session") },
    { "organ", N_("Seats in bodies") },
    { "person", N_("Name and positions") },
    { "positions", N_("Position") },
    { "represents", N_("on behalf of") },
    { "rolle", N_("role") },
    { "roller", N_("Role") },
    { "seats", N_("Seat in a body") },
    { "sendt", N_("sent") },
    { "sist", N_("last used") },
    { "sist_innlogget", N_("Last signed in") },
    { "slag", N_("kind") },
    { "slutt", N_("ended") },
    { "sprak", N_("Language") },
    { "stand", N_("state") },
    { "svar", N_("result") },
    { "til", N_("to") },
    { "tilgang", N_("Sign-in and roles") },
    { "tilstandsrapport", N_("Reports") },
    { "title", N_("position") },
    { "to", N_("to") },
    { "totrinn", N_("Two-step sign-in") },
    { "varsel", N_("E-mail") },
};

/* "sist_brukt" -> "sist brukt" when it has no words of its own. */
static const char *words_of(Arena *arena, const char *key)
{
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (!strcmp(words[i].key, key))
            return _(words[i].text);
    char *text = arena_dup(arena, key);

    g_strdelimit(text, "_", ' ');
    return text;
}

static const char *scalar_text(Arena *arena, const json_t *value)
{
    char day[DATE_TEXT];

    switch (json_typeof(value)) {
    case JSON_STRING:
        return arena_dup(arena, date_short(json_string_value(value), day));
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

static bool is_empty(const json_t *value)
{
    return json_is_null(value) || (json_is_string(value) && !*json_string_value(value));
}

/* One item of a list in one line: "role Administrator, from 01.01.2009"; what is not there is left out. */
static const char *item_text(Arena *arena, json_t *item, int depth)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const char *key;
    json_t *value;
    size_t i;

    if (!json_is_object(item) && !json_is_array(item))
        return scalar_text(arena, item);
    json_object_foreach(item, key, value) if (!is_empty(value) && depth < DEEPEST)
        g_string_append_printf(text, "%s%s: %s", text->len ? ", " : "", words_of(arena, key),
                               item_text(arena, value, depth + 1));
    json_array_foreach(item, i, value) if (depth < DEEPEST) g_string_append_printf(
        text, "%s%s", text->len ? "; " : "", item_text(arena, value, depth + 1));
    return arena_dup(arena, text->str);
}

static void add_fact(Flat *f, const char *name, const char *value)
{
    MineFact fact = { name, value };

    g_array_append_val(f->facts, fact);
}

/* A row for each value, and for each item of a list. */
static void flatten(Flat *f, const char *slice, json_t *object)
{
    const char *key;
    json_t *value, *item;
    size_t i;

    json_object_foreach(object, key, value)
    {
        if (json_is_object(value) && !strcmp(key, slice))
            flatten(f, "", value);
        else if (json_is_array(value))
            json_array_foreach(value, i, item)
                add_fact(f, words_of(f->arena, key), item_text(f->arena, item, 0));
        else if (!is_empty(value))
            add_fact(f, words_of(f->arena, key), item_text(f->arena, value, 0));
    }
}

static MinePart part_of(Arena *arena, const char *slice, json_t *data)
{
    g_autoptr(GArray) facts = g_array_new(FALSE, FALSE, sizeof(MineFact));
    Flat flat = { arena, facts };
    MinePart part = { .title = words_of(arena, slice) };

    flatten(&flat, slice, data);
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
    json_object_foreach(all, slice, data)
    {
        MinePart part = part_of(req->arena, slice, data);

        if (part.facts.n && strcmp(slice, "revisjon"))
            ret->v[ret->n++] = part;
    }
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
