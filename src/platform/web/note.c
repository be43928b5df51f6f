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

    return !hooks->note || !req->db || hooks->note(hooks->data, req->db, &note, error);
}
