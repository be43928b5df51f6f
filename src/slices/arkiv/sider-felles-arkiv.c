/* sider-felles-arkiv.c - what the pages of this slice share: who may see a report, words, addresses, files.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-sider.h"
#include "person.h"

bool arkiv_may(const Req *req, const Report *report, Perm perm)
{
    return req->user && req->user->owner == report->owner && req_may_unit(req, perm, 0);
}

bool arkiv_open(Req *req, Report *ret, GError **error)
{
    int64_t id = req_id(req, "id");

    if (!id)
        return req_not_found(req, error);
    if (!tilstandsrapport_find(req->db, req->arena, id, ret, error))
        return false;
    return ret->published || arkiv_may(req, ret, PERM_CASE_WRITE) || req_not_found(req, error);
}

void arkiv_draw(Html *html, const Doc *doc, Lang lang)
{
    g_auto(ArkivSpeaking) speaking = arkiv_speak(lang);

    html_doc(html, doc);
}

const char *arkiv_day(Req *req, const char *iso)
{
    char text[DATE_TEXT];

    return iso ? arena_dup(req->arena, date_text(iso, text)) : "";
}

const char *arkiv_moment_day(Req *req, int64_t micros)
{
    char iso[DATE_TEXT];

    return micros ? arkiv_day(req, time_date(micros, iso)) : "";
}

const char *arkiv_who(Req *req, int64_t owner, int64_t person)
{
    g_autoptr(GError) why = NULL;
    const char *name = "";

    if (person && !person_name(req->db, req->arena, owner, person, &name, &why))
        return "";
    return name;
}

Url arkiv_url(Req *req, const Report *report, const char *rest)
{
    Url url = url_for(req->arena, "/tilstandsrapport/%I", report->id);

    return (Url){ arena_printf(req->arena, "%s%s", url.text, rest) };
}

Url arkiv_step_url(Req *req, const Report *report, int step, const char *rest)
{
    return arkiv_url(req, report, arena_printf(req->arena, "/saksframlegg/%d%s", step, rest));
}

bool arkiv_send_doc(Req *req, const Doc *doc, Lang lang, const char *form, const char *name,
                    GError **error)
{
    g_auto(ArkivSpeaking) speaking = arkiv_speak(lang);
    bool pdf = !strcmp(form, "pdf");
    g_autoptr(GBytes) bytes = NULL;
    size_t size;

    if (!(pdf ? doc_pdf(doc, &bytes, error) : doc_docx(doc, &bytes, error)))
        return false;
    const char *data = g_bytes_get_data(bytes, &size);

    req_header(req, "Content-Disposition",
               arena_printf(req->arena, "%s; filename=\"%s.%s\"", pdf ? "inline" : "attachment",
                            name, form));
    return req_send(req, 200,
                    pdf ? "application/pdf"
                        : "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    data, size);
}
