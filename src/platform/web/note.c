/* note.c - what a request leaves in the audit log, for the slice that keeps it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "request.h"

#define DETAIL_MAX 400

static AuditNote note_of(const Req *req)
{
    return (AuditNote){ .owner = req->owner,
                        .at = req->now,
                        .person = req->user ? req->user->id : 0,
                        .role = req->user ? req->user->role : "",
                        .client = req_client((Req *)req),
                        .act = "",
                        .detail = "" };
}

static AuditNote said(Req *req, const char *act, int64_t object, int64_t subject,
                      const char *detail)
{
    AuditNote note = note_of(req);
    const char *text = detail ? detail : "";

    if (g_utf8_strlen(text, -1) > DETAIL_MAX)
        text = arena_ndup(req->arena, text,
                          (size_t)(g_utf8_offset_to_pointer(text, DETAIL_MAX) - text));
    note.act = act ? arena_dup(req->arena, act) : "";
    note.object = object;
    note.subject = subject;
    note.detail = arena_dup(req->arena, text);
    return note;
}

void req_note(Req *req, const char *act, int64_t object, int64_t subject, const char *detail)
{
    req->state->note = said(req, act, object, subject, detail);
}

bool req_note_read(Req *req, const char *act, int64_t object, int64_t subject, const char *detail,
                   GError **error)
{
    const WebHooks *hooks = &req->state->web->hooks;
    AuditNote note = said(req, act, object, subject, detail);

    note.reading = true;
    return !hooks->note || !req->db || hooks->note(hooks->data, req->db, &note, error);
}

bool request_note_watched(Req *req, GError **error)
{
    const WebHooks *hooks = &req->state->web->hooks;
    int64_t watched = req->user ? req->state->session_info.watched : 0;

    if (!watched || !hooks->note || !req->db)
        return true;
    AuditNote note = said(req, "nodtilgang.lest", watched, 0, req->path);

    return hooks->note(hooks->data, req->db, &note, error);
}

/* --- what changes without a word --- */

/* The first of the path's parameters that is an id. */
static int64_t first_id(const RouteMatch *match)
{
    for (int i = 0; i < match->n_params; i++) {
        int64_t id = id_parse(match->value[i]);

        if (id)
            return id;
    }
    return 0;
}

/* Run for each transaction that changed something; on SQLite by the writer's thread, while the request
 * waits. One request may change in several transactions: each has its line. */
static bool tell(Db *db, void *arg, GError **error)
{
    Req *req = arg;
    const struct ReqState *s = req->state;
    const WebHooks *hooks = &s->web->hooks;
    AuditNote note = s->note.act ? s->note : note_of(req);

    if (!*note.act)
        note.act = arena_printf(req->arena, "%s %s", s->in->method, s->match.route->path);
    if (!note.object)
        note.object = first_id(&s->match);
    return hooks->note(hooks->data, db, &note, error);
}

void request_witness(Req *req)
{
    if (req->db && req->state->web->hooks.note && strcmp(req->method, "GET"))
        db_set_witness(req->db, tell, req);
}

void request_witness_end(Req *req)
{
    if (req->db)
        db_set_witness(req->db, NULL, NULL);
}
