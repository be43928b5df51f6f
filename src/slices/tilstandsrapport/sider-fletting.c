/* sider-fletting.c - passages that two people changed in different ways, as choices of a form; and the
 * comments on a chapter.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-kapittel.h"

/* --- choices --- */

static const char *group_name(Req *req, int text, size_t conflict)
{
    return arena_printf(req->arena, "velg-%d-%zu", text, conflict);
}

PassageViews tilstandsrapport_passages(Req *req, const Stored *stored)
{
    PassageViews all = { 0 };
    size_t n = 0;

    for (int i = 0; i < N_TEXT; i++)
        n += stored->passages[i].conflicts;
    all.v = arena_alloc(req->arena, MAX(n, 1) * sizeof(PassageView));
    for (int i = 0; i < N_TEXT; i++) {
        const Passages *p = &stored->passages[i];
        size_t conflict = 0;

        for (size_t k = 0; k < p->n; k++)
            if (p->v[k].kind == PASSAGE_CONFLICT) {
                const Passage *v = &p->v[k];

                conflict++;
                all.v[all.n++] = (PassageView){
                    .name = group_name(req, i, conflict),
                    .label = arena_printf(req->arena, _("%s, passage %zu of %zu"),
                                          tilstandsrapport_text_label(i), conflict, p->conflicts),
                    .mine = v->mine,
                    .theirs = v->theirs,
                    .base = v->base,
                };
            }
    }
    return all;
}

static bool choice_of(Req *req, const char *name, Choice *ret)
{
    static const char *const words[] = { [CHOICE_MINE] = "min",
                                         [CHOICE_THEIRS] = "deres",
                                         [CHOICE_BOTH] = "begge",
                                         [CHOICE_BASE] = "for" };
    const char *posted = req_posted(req, name);

    for (unsigned i = 0; posted && i < G_N_ELEMENTS(words); i++)
        if (!strcmp(words[i], posted)) {
            *ret = (Choice)i;
            return true;
        }
    return false;
}

const Choice *const *tilstandsrapport_choices(Req *req, const Stored *stored)
{
    const Choice **all = arena_alloc(req->arena, N_TEXT * sizeof(Choice *));

    for (int i = 0; i < N_TEXT; i++) {
        size_t n = stored->passages[i].conflicts;
        Choice *choices = arena_alloc(req->arena, MAX(n, 1) * sizeof(Choice));

        for (size_t k = 0; k < n; k++)
            if (!choice_of(req, group_name(req, i, k + 1), &choices[k]))
                return NULL;
        all[i] = choices;
    }
    return all;
}

/* --- comments --- */

static ThreadView thread_of(Req *req, const ChapterPlace *place, const CommentList *all,
                            const Comment *first)
{
    char id[ID_TEXT];
    ThreadView t = { .id = arena_dup(req->arena, id_text(first->id, id)),
                     .quote = first->quote,
                     .field = arena_printf(req->arena, "svar-%s", id),
                     .lines = { arena_alloc(req->arena, all->n * sizeof(CommentLine)), 0 } };

    if (first->resolved_at)
        t.resolved =
            arena_printf(req->arena, _("Resolved: %s"),
                         tilstandsrapport_by_and_when(req, place->report.owner, first->resolved_by,
                                                      first->resolved_at));
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].thread == first->id)
            t.lines.v[t.lines.n++] =
                (CommentLine){ tilstandsrapport_by_and_when(req, place->report.owner, all->v[i].by,
                                                            all->v[i].at),
                               all->v[i].body };
    return t;
}

bool tilstandsrapport_threads(Req *req, const ChapterPlace *place, ThreadViews *ret, int *ret_open,
                              GError **error)
{
    CommentList all;

    if (!tilstandsrapport_comments(req->db, req->arena, place->report.owner, place->report.id, &all,
                                   error))
        return false;
    *ret = (ThreadViews){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(ThreadView)), 0 };
    for (int resolved = 0; resolved < 2; resolved++)
        for (size_t i = 0; i < all.n; i++) {
            const Comment *c = &all.v[i];

            if (c->id == c->thread && c->chapter == place->chapter.id &&
                (c->resolved_at != 0) == (resolved != 0))
                ret->v[ret->n++] = thread_of(req, place, &all, c);
        }
    *ret_open = (int)tilstandsrapport_open_threads(&all, place->chapter.id);
    return true;
}

/* A comment with something in it; what is too long is cut, never lost in silence: the field says so. */
static const char *posted_text(Req *req, const char *name, long most)
{
    const char *text = req_posted(req, name);
    g_autofree char *copy = g_strstrip(g_strdup(text ? text : ""));

    if (g_utf8_strlen(copy, -1) > most)
        *g_utf8_offset_to_pointer(copy, most) = '\0';
    return arena_dup(req->arena, copy);
}

static bool write_comment(Req *req, const ChapterPlace *w, int64_t thread, GError **error)
{
    const char *body = posted_text(req, "svar", 4000);
    const Comment comment = { .chapter = w->chapter.id,
                              .thread = thread,
                              .quote = thread ? "" : posted_text(req, "sitat", 400),
                              .body = body,
                              .by = req->user->id,
                              .at = req->now };
    char text[ID_TEXT];
    int64_t id;

    if (!*body || form_holds_national_id(body) || form_holds_national_id(comment.quote))
        return req_redirect_saying(
            req, tilstandsrapport_chapter_url(req, &w->report, &w->chapter, "#kommentarer").text,
            *body ? _("Nothing was added: the text holds a national identity number.")
                  : _("Nothing was added: the comment was empty."));
    if (!tilstandsrapport_comment(req->db, w->report.owner, &comment, &id, error))
        return false;
    const char *where = arena_printf(req->arena, "#trad-%s", id_text(thread ? thread : id, text));

    return req_redirect_saying(
        req, tilstandsrapport_chapter_url(req, &w->report, &w->chapter, where).text,
        _("The comment is added."));
}

bool tilstandsrapport_post_comment(Req *req, GError **error)
{
    const char *act = req_posted(req, "gjor"), *in = req_posted(req, "trad");
    int64_t thread = in ? id_parse(in) : 0;
    bool open = !g_strcmp0(act, "gjenapne");
    CommentList all;
    ChapterPlace w;
    bool known = false;

    if (!tilstandsrapport_open_chapter(req, &w, error) ||
        !tilstandsrapport_comments(req->db, req->arena, w.report.owner, w.report.id, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        known = known || (all.v[i].id == thread && all.v[i].chapter == w.chapter.id);
    if (in && !known)
        return req_not_found(req, error);
    req_note(req, "rapport.kommentar", w.chapter.id, 0, NULL);
    if (!open && g_strcmp0(act, "avslutt"))
        return write_comment(req, &w, thread, error);
    return tilstandsrapport_resolve(req->db, w.report.owner, thread, open ? 0 : req->user->id,
                                    req->now, error) &&
           req_redirect_saying(
               req, tilstandsrapport_chapter_url(req, &w.report, &w.chapter, "#kommentarer").text,
               open ? _("The thread is open again.") : _("The thread is resolved."));
}
