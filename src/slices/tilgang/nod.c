/* nod.c - break-glass: an administrator, who sees no content, reads for half an hour what the head of
 * education may read, with a reason, and changes nothing meanwhile.
 *
 * It holds for one session. The platform shows it on every page and writes each page down; the head of
 * education and the chief executive are told until each has said that it is seen.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "konto-sider.h"
#include "nod-sider.h"
#include "person.h"
#include "nod.sql.h"
#include "nod.html.h"

/* --- in a session --- */

static bool reads(Perm perm)
{
    const PermInfo *info = perm_info(perm);

    return info && g_str_has_suffix(info->row, ":R");
}

static bool has(const uint64_t *bits, unsigned perm)
{
    return bits[perm / 64] >> perm % 64 & 1;
}

static void set(uint64_t *bits, unsigned perm, bool on)
{
    uint64_t bit = UINT64_C(1) << perm % 64;

    bits[perm / 64] = on ? bits[perm / 64] | bit : bits[perm / 64] & ~bit;
}

/* Reading alone: the own role's and, on the whole owner, that of the head of education. */
static void read_only(User *user)
{
    User head = { .role = "FS" };

    tilgang_fill(&head);
    for (unsigned perm = PERM_USER + 1; perm < N_PERM; perm++) {
        bool may = reads((Perm)perm) && (has(user->perms, perm) || has(head.perms, perm));

        if (has(head.perms, perm))
            set(user->unit_only, perm, has(head.unit_only, perm));
        set(user->perms, perm, may);
    }
}

/* What is left to do while it is on: ending it, leaving, and the language one reads in. */
static const char *const may_post[] = { "/nodtilgang/slutt", "/logg-ut", "/rolle", "/sprak", NULL };

bool tilgang_emergency(Db *db, Arena *arena, int64_t owner, int64_t session, int64_t now,
                       User *user, SessionInfo *info, GError **error)
{
    g_auto(TilgangNodNewestRows) rows = { 0 };

    (void)arena;
    if (!tilgang_nod_newest(db, owner, session, &rows, error))
        return false;
    if (rows.n == 0 || rows.v[0].expires_at <= now)
        return true;
    read_only(user);
    info->watched = rows.v[0].id;
    info->watched_until = rows.v[0].expires_at;
    info->watched_posts = may_post;
    return true;
}

/* --- starting and ending --- */

enum { F_REASON, F_PASSWORD, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_REASON] = { "grunn", FIELD_TEXT, N_("Why do you need to read this?"), .required = true,
                   .max = 1000,
                   .help =
                       N_("At least 20 characters. The head of education and the chief executive "
                          "read it.") },
    [F_PASSWORD] = { "passord", FIELD_PASSWORD, N_("Your password"), .required = true, .max = 200,
                     .autocomplete = "current-password" },
};

static const char *until_text(Req *req, const TilgangNodListRow *r)
{
    char text[DATE_TEXT];

    if (r->ended_at == NO_INT && r->expires_at > req->now)
        return _("on now");
    return arena_dup(req->arena,
                     time_text(r->ended_at == NO_INT ? r->expires_at : r->ended_at, text));
}

static bool fill_list(Req *req, EmergencyView *view, GError **error)
{
    g_auto(TilgangNodListRows) rows = { 0 };
    char text[DATE_TEXT];

    if (!tilgang_nod_list(req->db, req->user->owner, &rows, error))
        return false;
    view->uses =
        (EmergencyLines){ arena_alloc(req->arena, MAX(rows.n, 1) * sizeof(EmergencyLine)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        EmergencyLine *line = &view->uses.v[i];

        *line = (EmergencyLine){
            .reason = arena_dup(req->arena, rows.v[i].reason),
            .from = arena_dup(req->arena, time_text(rows.v[i].started_at, text)),
            .until = until_text(req, &rows.v[i]),
            .url = url_for(req->arena, "/nodtilgang/%I", rows.v[i].id),
        };
        if (!person_name(req->db, req->arena, req->user->owner, rows.v[i].person, &line->name,
                         error))
            return false;
    }
    return true;
}

static bool show_with(Req *req, int status, const Form *form, GError **error)
{
    EmergencyView view = { .form = req_may(req, PERM_EMERGENCY_USE) ? form : NULL };

    if (!fill_list(req, &view, error))
        return false;
    tilgang_nodtilgang(req_page(req, status, _("Break-glass access")), &view);
    return true;
}

bool tilgang_show_emergencies(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);

    return show_with(req, 200, &form, error);
}

/* The session of this browser; 0 when it has none of its own. */
static bool own_session(Req *req, int64_t *ret, GError **error)
{
    g_auto(TilgangNodSessionRows) rows = { 0 };
    char stored[AUTH_STORED_SIZE];

    auth_token_stored(req_session(req) ? req_session(req) : "", stored);
    if (!tilgang_nod_session(req->db, req->user->owner, req->user->id, stored, &rows, error))
        return false;
    *ret = rows.n ? rows.v[0].id : 0;
    return true;
}

bool tilgang_start_emergency(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    int64_t session, id = id_new();

    if (!form.problem[F_REASON] && g_utf8_strlen(form.value[F_REASON], -1) < EMERGENCY_REASON)
        form.problem[F_REASON] = _("Write at least 20 characters, so that others understand why");
    if (form_ok(&form) && !tilgang_check_own_password(req, &form, F_PASSWORD, error))
        return false;
    if (!form_ok(&form))
        return show_with(req, form.trouble ? 429 : 422, &form, error);
    if (!own_session(req, &session, error))
        return false;
    if (!session)
        return app_fail(error, APP_ERROR_INVALID, "break-glass needs a session of its own");
    req_note(req, "nodtilgang.start", id, 0, form.value[F_REASON]);
    const TilgangNodInsertArgs args = { .owner = req->user->owner,
                                        .id = id,
                                        .person = req->user->id,
                                        .session = session,
                                        .reason = form.value[F_REASON],
                                        .now = req->now,
                                        .expires_at = req->now + EMERGENCY_LIFE };

    if (!tilgang_nod_insert(req->db, &args, error))
        return false;
    return req_redirect_saying(
        req, "/hjem",
        _("Break-glass access is on for 30 minutes. You can read, and change "
          "nothing."));
}

bool tilgang_end_emergency(Req *req, GError **error)
{
    g_auto(TilgangNodEndRows) rows = { 0 };
    int64_t session;

    if (!own_session(req, &session, error))
        return false;
    req_note(req, "nodtilgang.slutt", 0, 0, NULL);
    if (!tilgang_nod_end(req->db, req->user->owner, req->user->id, session, req->now, &rows, error))
        return false;
    return req_redirect_saying(req, "/hjem", _("Break-glass access has ended."));
}

/* --- those who are told --- */

static bool is_told(const Req *req)
{
    return !strcmp(req->user->role, "FS") || !strcmp(req->user->role, "KD");
}

static bool fill_seen(Req *req, int64_t id, EmergencyOne *view, GError **error)
{
    g_auto(TilgangNodSeenRows) rows = { 0 };
    char text[DATE_TEXT];

    if (!tilgang_nod_seen(req->db, req->user->owner, id, &rows, error))
        return false;
    view->seen = (SeenLines){ arena_alloc(req->arena, MAX(rows.n, 1) * sizeof(SeenLine)), rows.n };
    view->may_see = is_told(req);
    for (size_t i = 0; i < rows.n; i++) {
        view->seen.v[i].when = arena_dup(req->arena, time_text(rows.v[i].seen_at, text));
        if (rows.v[i].person == req->user->id)
            view->may_see = false;
        if (!person_name(req->db, req->arena, req->user->owner, rows.v[i].person,
                         &view->seen.v[i].name, error))
            return false;
    }
    return true;
}

bool tilgang_show_emergency(Req *req, GError **error)
{
    g_auto(TilgangNodOneRows) rows = { 0 };
    int64_t id = req_id(req, "id");
    EmergencyOne view = { .csrf = req->csrf, .self = url_for(req->arena, "/nodtilgang/%I", id) };
    char text[DATE_TEXT];

    if (!tilgang_nod_one(req->db, req->user->owner, id, &rows, error))
        return false;
    if (rows.n == 0)
        return req_not_found(req, error);
    const TilgangNodOneRow *r = &rows.v[0];
    bool on = r->ended_at == NO_INT && r->expires_at > req->now;

    view.reason = arena_dup(req->arena, r->reason);
    view.from = arena_dup(req->arena, time_text(r->started_at, text));
    view.until =
        on ? _("on now")
           : arena_dup(req->arena,
                       time_text(r->ended_at == NO_INT ? r->expires_at : r->ended_at, text));
    if (!person_name(req->db, req->arena, req->user->owner, r->person, &view.name, error) ||
        !fill_seen(req, id, &view, error))
        return false;
    tilgang_nodtilgang_en(req_page(req, 200, _("Break-glass access")), &view);
    return true;
}

bool tilgang_see_emergency(Req *req, GError **error)
{
    g_auto(TilgangNodOneRows) rows = { 0 };
    int64_t id = req_id(req, "id");

    if (!tilgang_nod_one(req->db, req->user->owner, id, &rows, error))
        return false;
    if (rows.n == 0 || !is_told(req))
        return req_not_found(req, error);
    req_note(req, "nodtilgang.sett", id, 0, NULL);
    if (!tilgang_nod_see(req->db, req->user->owner, id, req->user->id, req->now, error))
        return false;
    return req_redirect_saying(req, "/hjem", _("Noted that you have seen it."));
}

bool tilgang_emergency_tasks(Req *req, GArray *tasks, GError **error)
{
    g_auto(TilgangNodUnseenRows) rows = { 0 };
    char text[DATE_TEXT];

    if (!is_told(req))
        return true;
    if (!tilgang_nod_unseen(req->db, req->user->owner, req->user->id, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const char *name;
        Task task = { .url = url_for(req->arena, "/nodtilgang/%I", rows.v[i].id) };

        if (!person_name(req->db, req->arena, req->user->owner, rows.v[i].who, &name, error))
            return false;
        task.text = arena_printf(req->arena, _("%s used break-glass access on %s: see why"), name,
                                 time_text(rows.v[i].started_at, text));
        g_array_append_val(tasks, task);
    }
    return true;
}
