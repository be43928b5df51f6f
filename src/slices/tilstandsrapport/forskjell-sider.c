/* forskjell-sider.c - the page that shows what changed from one frozen version to another.
 *
 * Only what the public may see is compared, so that the page is the same for all who may read both
 * versions. Long stretches that stayed are left out, with a word on how much.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "rettelse-sider.h"
#include "forskjell.html.h"

bool tilstandsrapport_readable_versions(Req *req, const Report *report, VersionList *ret,
                                        GError **error)
{
    bool all = tilstandsrapport_sees_draft(req, report);
    VersionList every;

    if (!tilstandsrapport_versions(req->db, req->arena, report, &every, error))
        return false;
    *ret = (VersionList){ arena_alloc(req->arena, MAX(every.n, 1) * sizeof(Version)), 0 };
    for (size_t i = 0; i < every.n; i++)
        if (all || every.v[i].is_public)
            ret->v[ret->n++] = every.v[i];
    return true;
}

/* --- texts --- */

static PieceViews pieces_of(Req *req, const Paragraph *p)
{
    PieceViews all = { arena_alloc(req->arena, MAX(p->n, 1) * sizeof(PieceView)), p->n };

    for (size_t i = 0; i < p->n; i++) {
        bool added = p->v[i].kind == PIECE_ADDED, removed = p->v[i].kind == PIECE_REMOVED;

        all.v[i] =
            (PieceView){ p->v[i].text, added ? _("[added:]") : _("[removed:]"), added, removed };
    }
    return all;
}

static const char *skipped_text(Req *req, size_t n)
{
    return arena_printf(req->arena,
                        ngettext("(%d paragraph unchanged)", "(%d paragraphs unchanged)", (int)n),
                        (int)n);
}

/* Paragraphs that changed, and one that stayed on each side of them. */
static ParagraphViews paragraphs_of(Req *req, const TextDiff *d)
{
    ParagraphViews all = { arena_alloc(req->arena, (2 * d->n + 1) * sizeof(ParagraphView)), 0 };
    size_t skipped = 0;

    for (size_t i = 0; i < d->n; i++) {
        bool near = d->v[i].changed || (i > 0 && d->v[i - 1].changed) ||
                    (i + 1 < d->n && d->v[i + 1].changed);

        if (!near) {
            skipped++;
            continue;
        }
        if (skipped)
            all.v[all.n++] = (ParagraphView){ .skipped = skipped_text(req, skipped) };
        skipped = 0;
        all.v[all.n++] = (ParagraphView){ .pieces = pieces_of(req, &d->v[i]) };
    }
    if (skipped)
        all.v[all.n++] = (ParagraphView){ .skipped = skipped_text(req, skipped) };
    return all;
}

static PartViews parts_of(Req *req, const ChapterDiff *c)
{
    PartViews all = { arena_alloc(req->arena, MAX(c->n_parts, 1) * sizeof(PartView)), c->n_parts };

    for (size_t i = 0; i < c->n_parts; i++)
        all.v[i] =
            (PartView){ c->parts[i].heading,
                        arena_printf(req->arena, _("%1$d words added, %2$d removed"),
                                     (int)c->parts[i].text.added, (int)c->parts[i].text.removed),
                        paragraphs_of(req, &c->parts[i].text) };
    return all;
}

/* --- chapters --- */

static const char *word_of(ChapterChange change)
{
    return change == CHAPTER_ADDED     ? _("new chapter")
           : change == CHAPTER_REMOVED ? _("taken out")
                                       : _("changed");
}

static const char *figures_of(Req *req, const ChapterDiff *c)
{
    size_t changed = c->n_figures + c->more_figures;

    if (!changed && !c->new_figures && !c->gone_figures)
        return "";
    return arena_printf(req->arena, _("%1$d changed, %2$d new, %3$d gone"), (int)changed,
                        (int)c->new_figures, (int)c->gone_figures);
}

static void fill_chapters(Req *req, const ReportDiff *d, ChangesView *view)
{
    view->chapters.v = arena_alloc(req->arena, MAX(d->n, 1) * sizeof(ChapterView));
    for (size_t i = 0; i < d->n; i++) {
        const ChapterDiff *c = &d->v[i];

        if (c->change == CHAPTER_SAME)
            continue;
        view->chapters.v[view->chapters.n++] =
            (ChapterView){ .title = c->title,
                           .old_title = c->old_title,
                           .word = word_of(c->change),
                           .figures_sum = figures_of(req, c),
                           .id = arena_printf(req->arena, "kapittel-%zu", i + 1),
                           .parts = parts_of(req, c),
                           .figures = { c->figures, c->n_figures } };
    }
    view->summary = d->changed
                        ? arena_printf(req->arena,
                                       ngettext("%1$d of %2$d chapters changed.",
                                                "%1$d of %2$d chapters changed.", (int)d->changed),
                                       (int)d->changed, (int)d->n)
                        : _("Texts and figures are the same in both versions.");
    if (d->new_inputs)
        view->inputs =
            arena_printf(req->arena,
                         ngettext("%d input with its answer is new.",
                                  "%d inputs with their answers are new.", (int)d->new_inputs),
                         (int)d->new_inputs);
}

/* --- which versions --- */

static const char *label_of(Req *req, const Version *v)
{
    return arena_printf(req->arena,
                        *v->why ? _("Version %1$d, %2$s: %3$s") : _("Version %1$d, %2$s"), v->nr,
                        tilstandsrapport_day(req, v->made_on), v->why);
}

static VersionChoices choices(Req *req, const VersionList *versions, const Version *chosen)
{
    VersionChoices all = { arena_alloc(req->arena, MAX(versions->n, 1) * sizeof(VersionChoice)),
                           versions->n };
    char id[ID_TEXT];

    for (size_t i = 0; i < versions->n; i++)
        all.v[i] = (VersionChoice){ arena_dup(req->arena, id_text(versions->v[i].id, id)),
                                    label_of(req, &versions->v[i]), &versions->v[i] == chosen };
    return all;
}

/* By ?fra= or ?til=, else the one suggested; NULL when the address names what the asker may not see. */
static const Version *pick(Req *req, const VersionList *versions, const char *name,
                           const Version *fallback)
{
    const char *wish = req_query(req, name);

    if (!wish)
        return fallback;
    for (size_t i = 0; i < versions->n; i++)
        if (versions->v[i].id == id_parse(wish))
            return &versions->v[i];
    return NULL;
}

static const Version *version_of(const VersionList *versions, int64_t id)
{
    for (size_t i = 0; i < versions->n; i++)
        if (versions->v[i].id == id)
            return &versions->v[i];
    return NULL;
}

/* What the body that has the report now had before it the last time; for a body that sees it for the
 * first time, what the one before had. NULL: none of them is to be read, or it is `to` itself. */
static const Version *last_seen(const VersionList *versions, const StepEventList *events, int step,
                                const Version *to, const StepEvent **ret_when)
{
    for (; step > 0; step--)
        for (size_t i = events->n; i > 0; i--) {
            const StepEvent *e = &events->v[i - 1];
            const Version *v = version_of(versions, e->version);

            if (e->withdrawn || e->step != step || !v || v->nr >= to->nr ||
                !strcmp(e->action, "rettelse")) /* no body had it before it */
                continue;
            *ret_when = e;
            return v;
        }
    return NULL;
}

/* What to compare with when the address does not say; view->since tells why it is that one. */
static bool suggest(Req *req, const Report *r, const VersionList *versions, const Version *to,
                    const Version **ret, ChangesView *view, GError **error)
{
    int step = MIN(tilstandsrapport_steps_done(r->state) + 1, 6);
    const StepEvent *when = NULL;
    StepEventList events;
    Step steps[6];

    if (!tilstandsrapport_events(req->db, req->arena, r->owner, r->id, &events, error) ||
        !tilstandsrapport_steps(req->db, req->arena, r->owner, r->id, steps, error))
        return false;
    *ret = last_seen(versions, &events, step, to, &when);
    if (when) {
        const Step *s = &steps[when->step - 1];

        view->since =
            arena_printf(req->arena, _("Compared with what %1$s had before it %2$s."),
                         *s->body ? s->body : s->name, tilstandsrapport_day(req, when->on));
    } else {
        *ret = &versions->v[to > versions->v ? to - versions->v - 1 : 0];
    }
    return true;
}

/* The two versions of the page; NULL: an address that names what the asker may not see. */
static bool pick_both(Req *req, const Report *r, const VersionList *versions,
                      const Version *ret_pair[2], ChangesView *view, GError **error)
{
    const Version *from = NULL;

    ret_pair[1] = pick(req, versions, "til", &versions->v[versions->n - 1]);
    if (!ret_pair[1] ||
        (!req_query(req, "fra") && !suggest(req, r, versions, ret_pair[1], &from, view, error)))
        return ret_pair[1] ? false : req_not_found(req, error);
    ret_pair[0] = pick(req, versions, "fra", from);
    return ret_pair[0] || req_not_found(req, error);
}

bool tilstandsrapport_show_changes(Req *req, GError **error)
{
    const Version *pair[2] = { NULL, NULL };
    ChangesView view = { 0 };
    VersionList versions;
    Content a, b;
    Report r;

    if (!tilstandsrapport_open(req, &r, error) ||
        !tilstandsrapport_readable_versions(req, &r, &versions, error))
        return false;
    view = (ChangesView){ .title = r.title,
                          .lang = i18n_tag(r.language),
                          .up = tilstandsrapport_url(req, &r, ""),
                          .self = tilstandsrapport_url(req, &r, "/endringer"),
                          .one = versions.n < 2 };
    if (versions.n && !pick_both(req, &r, &versions, pair, &view, error))
        return false;
    if (!versions.n && (req_query(req, "fra") || req_query(req, "til")))
        return req_not_found(req, error);
    if (!view.one) {
        if (!tilstandsrapport_load(req->db, req->arena, r.owner, pair[0]->id, AUDIENCE_PUBLIC, &a,
                                   NULL, error) ||
            !tilstandsrapport_load(req->db, req->arena, r.owner, pair[1]->id, AUDIENCE_PUBLIC, &b,
                                   NULL, error))
            return false;
        const ReportDiff d = tilstandsrapport_diff(req->arena, &a, &b);

        fill_chapters(req, &d, &view);
        view.before = label_of(req, pair[0]);
        view.after = label_of(req, pair[1]);
        view.from = choices(req, &versions, pair[0]);
        view.to = choices(req, &versions, pair[1]);
    }
    forskjell_vis(req_page(req, 200, _("What has changed")), &view);
    return true;
}
