/* svar.c - a source asked now, and what came: handed out as it is, shown as an import, or let be.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "fetch.h"
#include "indikator.h"
#include "kilde-inside.h"
#include "svar.sql.h"

bool kilde_ask(Req *req, GError **error)
{
    int64_t job = 0;
    Kilde k;

    if (!kilde_get(req->db, req->arena, req_id(req, "id"), &k, error))
        return false;
    if (!fetch_defaults()->on)
        return req_redirect_saying(req, "/kilder", fetch_trouble_text(FETCH_OFF));
    req_note(req, "kilde.hent", k.id, 0, k.name);
    if (!kilde_ask_now(req->db, &k, req->user->owner, req->user->id, req->now, &job, error))
        return false;
    return req_redirect(req, url_for(req->arena, "/jobber/%I", job).text);
}

static bool find_answer(Req *req, Kilde *k, KildeAnswerDataRows *rows, GError **error)
{
    if (!kilde_get(req->db, req->arena, req_id(req, "id"), k, error) ||
        !kilde_answer_data(req->db, k->id, req_id(req, "svar"), rows, error))
        return false;
    return rows->n > 0 || app_fail(error, APP_ERROR_NOT_FOUND, "no such answer");
}

bool kilde_send_answer(Req *req, GError **error)
{
    g_auto(KildeAnswerDataRows) rows = { 0 };
    Kilde k;

    if (!find_answer(req, &k, &rows, error))
        return false;
    if (!rows.v[0].data.data)
        return app_fail(error, APP_ERROR_NOT_FOUND, "its bytes are no longer kept");
    return req_download(req, "application/octet-stream",
                        kilde_filename(req->arena, &k, rows.v[0].fetched_at), rows.v[0].data.data,
                        rows.v[0].data.size);
}

static bool offer(Req *req, const Kilde *k, const KildeAnswerDataRow *r, GError **error)
{
    const ImportOffer file = { .owner = req->user->owner,
                               .person = req->user->id,
                               .filename = kilde_filename(req->arena, k, r->fetched_at),
                               .data = r->data.data,
                               .size = r->data.size,
                               .now = req->now };
    int64_t id;

    req_note(req, "import.mottatt", req_id(req, "svar"), 0, file.filename);
    if (!indikator_offer(req->db, &file, &id, error))
        return false;
    return req_redirect(req, url_for(req->arena, "/import/filer/%I", id).text);
}

bool kilde_settle_answer(Req *req, GError **error)
{
    const char *what = req_posted(req, "gjor");
    g_auto(KildeAnswerDataRows) rows = { 0 };
    const char *said;
    Kilde k;

    if (!find_answer(req, &k, &rows, error))
        return false;
    const char *back = url_for(req->arena, "/kilder/%I", k.id).text;
    bool open = rows.v[0].data.data && strcmp(rows.v[0].state, "lagret");

    if (!what || !open)
        return req_redirect_saying(req, back, _("This answer is settled already."));
    if (!strcmp(what, "vis") && strcmp(rows.v[0].state, "ny_form"))
        return offer(req, &k, &rows.v[0], error);
    req_note(req, "kilde.svar", req_id(req, "svar"), 0, k.name);
    if (!strcmp(what, "form") && !strcmp(rows.v[0].state, "ny_form")) {
        if (!kilde_accept_structure(req->db, k.id, rows.v[0].structure, error))
            return false;
        said = _("The new structure is accepted. See now what the answer would change.");
    } else if (!strcmp(what, "dropp")) {
        said = _("Nothing is imported from this answer.");
    } else {
        return req_redirect(req, back);
    }
    return kilde_settle(req->db, k.id, req_id(req, "svar"),
                        strcmp(what, "form") ? "droppet" : "venter", error) &&
           req_redirect_saying(req, back, said);
}
