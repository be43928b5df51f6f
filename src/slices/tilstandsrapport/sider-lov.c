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

static bool show_with(Req *req, int status, const char *trouble, GError **error)
{
    LawList laws;
    TermList terms;

    if (!tilstandsrapport_laws(req->db, req->arena, req->user->owner, req->lang, &laws, error) ||
        !tilstandsrapport_terms(req->db, req->arena, req->lang, &terms, error))
        return false;
    LawPage page = { .csrf = req->csrf,
                     .trouble = trouble,
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
    rapport_lov(req_page(req, status, _("What the law asks for")), &page);
    return true;
}

bool tilstandsrapport_show_laws(Req *req, GError **error)
{
    return show_with(req, 200, NULL, error);
}

typedef struct {
    Req *req;
    LawCheck check;
    bool known, taken; /* somebody else's tick stands there already */
} Checking;

static bool check_work(Db *db, void *arg, GError **error)
{
    Checking *w = arg;
    const LawCheck *c = &w->check;
    int64_t owner = w->req->user->owner;
    LawList laws;

    w->known = w->taken = false;
    if (!tilstandsrapport_laws(db, w->req->arena, owner, w->req->lang, &laws, error))
        return false;
    for (size_t i = 0; i < laws.n; i++) {
        const Law *l = &laws.v[i];

        if (strcmp(l->code, c->law) != 0)
            continue;
        w->known = true;
        w->taken = c->person && l->checked_by &&
                   (l->checked_by != c->person || strcmp(l->note, c->note) != 0);
    }
    if (!w->known)
        return req_not_found(w->req, error);
    return w->taken || tilstandsrapport_law_check(db, owner, c, error);
}

bool tilstandsrapport_post_law(Req *req, GError **error)
{
    const char *code = req_param(req, "lov"), *note = req_posted(req, "merknad");
    bool undo = !g_strcmp0(req_posted(req, "gjor"), "angre");
    g_autofree char *text = g_strstrip(g_strdup(note ? note : ""));

    if (g_utf8_strlen(text, -1) > 400)
        *g_utf8_offset_to_pointer(text, 400) = '\0';
    Checking work = {
        .req = req,
        .check = { .law = code, .on = req->today, .note = text, .person = undo ? 0 : req->user->id }
    };

    req_note(req, "lov.kontroll", 0, 0, code);
    if (!db_transaction(req->db, check_work, &work, error))
        return false;
    if (work.taken)
        return show_with(req, 409,
                         arena_printf(req->arena,
                                      _("Somebody else has held it against lovdata.no meanwhile; "
                                        "that stands. Your note was: «%s»"),
                                      text),
                         error);
    return req_redirect_saying(req, "/lov",
                               undo ? _("The tick is taken away.") : _("It is noted. Thank you."));
}
