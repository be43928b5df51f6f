/* sider-lov.c - the laws a report may answer to, and the tick of somebody who has checked the words.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-mal.h"
#include "lov.html.h"

static const char *span_of(Req *req, const char *from, const char *to)
{
    bool always = !strcmp(from, "0001-01-01");

    if (to)
        return always ? arena_printf(req->arena, _("until %s"), tilstandsrapport_day(req, to))
                      : arena_printf(req->arena, _("%s to %s"), tilstandsrapport_day(req, from),
                                     tilstandsrapport_day(req, to));
    return arena_printf(req->arena, _("from %s"), tilstandsrapport_day(req, from));
}

static LawView view_of(Req *req, const Law *l, size_t i)
{
    return (LawView){
        .code = l->code,
        .law = l->law,
        .duty = l->duty,
        .span = span_of(req, l->from, l->to),
        .themes = l->themes,
        .kind = l->informs
                    ? _("To be informed at least once a year. It may be a report, an oral "
                        "briefing or a part of the annual report; that it was done, and when, is "
                        "recorded in the treatment.")
                    : _("A yearly report that the council discusses."),
        .is_checked = l->checked_by != 0,
        .checked = l->checked_by
                       ? arena_printf(req->arena, _("Held against lovdata.no by %s, %s"),
                                      tilstandsrapport_who(req, req->user->owner, l->checked_by),
                                      tilstandsrapport_day(req, l->checked_on))
                       : _("Not checked by a person yet."),
        .note = l->note,
        .field = arena_printf(req->arena, "%zu", i + 1),
        .now = strcmp(l->from, req->today) <= 0 && (!l->to || strcmp(req->today, l->to) <= 0),
        .url = url_checked(req->arena, l->url),
        .check = url_for(req->arena, "/lov/%s", l->code),
    };
}

bool tilstandsrapport_show_laws(Req *req, GError **error)
{
    LawList laws;
    TermList terms;

    if (!tilstandsrapport_laws(req->db, req->arena, req->user->owner, req->lang, &laws, error) ||
        !tilstandsrapport_terms(req->db, req->arena, req->lang, &terms, error))
        return false;
    LawPage page = { .csrf = req->csrf,
                     .may_check = req_may(req, PERM_REPORT_CREATE),
                     .laws = { arena_alloc(req->arena, MAX(laws.n, 1) * sizeof(LawView)), laws.n },
                     .terms = { arena_alloc(req->arena, MAX(terms.n, 1) * sizeof(TermView)),
                                terms.n } };

    for (size_t i = 0; i < laws.n; i++)
        page.laws.v[i] = view_of(req, &laws.v[i], i);
    for (size_t i = 0; i < terms.n; i++) {
        const Term *t = &terms.v[i];

        page.terms.v[i] = (TermView){ t->word, span_of(req, t->from, t->to), t->note };
    }
    rapport_lov(req_page(req, 200, _("What the law asks for")), &page);
    return true;
}

bool tilstandsrapport_post_law(Req *req, GError **error)
{
    const char *code = req_param(req, "lov"), *note = req_posted(req, "merknad");
    bool undo = !g_strcmp0(req_posted(req, "gjor"), "angre"), known = false;
    g_autofree char *text = g_strstrip(g_strdup(note ? note : ""));
    LawList laws;

    if (!tilstandsrapport_laws(req->db, req->arena, req->user->owner, req->lang, &laws, error))
        return false;
    for (size_t i = 0; i < laws.n; i++)
        known = known || !strcmp(laws.v[i].code, code);
    if (!known)
        return req_not_found(req, error);
    if (g_utf8_strlen(text, -1) > 400)
        *g_utf8_offset_to_pointer(text, 400) = '\0';
    const LawCheck check = {
        .law = code, .on = req->today, .note = text, .person = undo ? 0 : req->user->id
    };

    req_note(req, "lov.kontroll", 0, 0, code);
    return tilstandsrapport_law_check(req->db, req->user->owner, &check, error) &&
           req_redirect_saying(req, "/lov",
                               undo ? _("The tick is taken away.") : _("It is noted. Thank you."));
}
