/* funn.c - reports as search finds them.
 *
 * To everybody: what the published open version says, chapter by chapter, and the register of decisions.
 * To those who see drafts: the texts as they are being written, and measures. Words alone: no figure of
 * a block, no baseline and no target is put in.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "skriving-sider.h"
#include "innhold.h"
#include "innspill.h"
#include "maal.h"
#include "person.h"
#include "eier.h"

typedef struct {
    Db *db;
    Arena *arena; /* of one report */
    int64_t owner;
    const char *today;
    SearchPut put;
    void *sink;
    const Report *report;
    PositionList positions;
} Filling;

static const char *path_of(const Filling *f, const char *rest)
{
    return arena_printf(f->arena, "%s%s",
                        url_for(f->arena, "/tilstandsrapport/%I", f->report->id).text, rest);
}

/* The texts that are there, one a paragraph. */
static const char *joined(Arena *arena, const char *const *texts, size_t n)
{
    GString *all = g_string_new(NULL);

    for (size_t i = 0; i < n; i++)
        if (texts[i] && *texts[i])
            g_string_append_printf(all, "%s%s", all->len ? "\n" : "", texts[i]);
    const char *kept = arena_dup(arena, all->str);

    g_string_free(all, TRUE);
    return kept;
}

static const char *in_report(const Filling *f, const char *title)
{
    return arena_printf(f->arena, "%s – %s", title, f->report->title);
}

/* --- what everybody may read --- */

static const char *words_of(const Filling *f, const ContentChapter *c)
{
    size_t n = 5, most = n + 2 * c->n_goals + 2 * c->n_measures + 2 * c->n_last_year;
    const char **texts = arena_alloc(f->arena, most * sizeof *texts);

    memcpy(texts,
           ((const char *[]){ c->body, c->goals, c->judgement, c->measures, c->no_measures }),
           5 * sizeof *texts);
    for (size_t i = 0; i < c->n_goals; i++) {
        texts[n++] = c->goal_items[i].goal;
        texts[n++] = c->goal_items[i].judgement;
    }
    for (size_t i = 0; i < c->n_measures; i++) {
        texts[n++] = c->measure_items[i].measure;
        texts[n++] = c->measure_items[i].note;
    }
    for (size_t i = 0; i < c->n_last_year; i++) {
        texts[n++] = c->last_year[i].task;
        texts[n++] = c->last_year[i].note;
    }
    return joined(f->arena, texts, n);
}

static bool put_published(const Filling *f, GError **error)
{
    const Report *r = f->report;
    Content content;
    SearchDoc doc = { .kind = "rapport",
                      .object = r->id,
                      .gate = PERM_PUBLIC,
                      .title = r->title,
                      .path = path_of(f, ""),
                      .at = r->published_on };

    if (!tilstandsrapport_load(f->db, f->arena, f->owner, r->published, AUDIENCE_PUBLIC, &content,
                               NULL, error))
        return false;
    doc.body = content.owner_name;
    if (!f->put(f->sink, &doc, error))
        return false;
    doc.kind = "kapittel";
    for (size_t i = 0; i < content.n_chapters; i++) {
        const ContentChapter *c = &content.chapters[i];

        doc.part = arena_printf(f->arena, "publisert %zu", i + 1);
        doc.title = in_report(f, c->title);
        doc.body = words_of(f, c);
        if (*doc.body && !f->put(f->sink, &doc, error)) /* an empty chapter is not in the page */
            return false;
    }
    return true;
}

/* The register shows them as soon as the report is public. */
static bool put_decisions(Filling *f, GError **error)
{
    DecisionList all;
    char id[ID_TEXT];

    if (!tilstandsrapport_decisions(f->db, f->arena, f->owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Decision *d = &all.v[i];
        const char *const texts[] = { d->body, d->event.decision };
        const SearchDoc doc = {
            .kind = "vedtak",
            .object = d->event.id,
            .gate = PERM_PUBLIC,
            .title = *d->event.case_number
                         ? arena_printf(f->arena, "%s – %s", d->event.case_number, d->report.title)
                         : d->report.title,
            .body = joined(f->arena, texts, G_N_ELEMENTS(texts)),
            .path = arena_printf(f->arena, "/vedtak#v%s", id_text(d->event.id, id)),
            .at = d->event.on,
        };

        if (!f->put(f->sink, &doc, error))
            return false;
    }
    return true;
}

/* --- what is being written --- */

static bool put_draft(const Filling *f, GError **error)
{
    ChapterList all;
    SearchDoc doc = { .kind = "rapport",
                      .object = f->report->id,
                      .part = "utkast",
                      .gate = PERM_REPORT_DRAFT,
                      .title = f->report->title,
                      .path = path_of(f, "/skriving") };

    if (!f->put(f->sink, &doc, error) ||
        !tilstandsrapport_chapters(f->db, f->arena, f->owner, f->report->id, &all, error))
        return false;
    doc.kind = "kapittel";
    doc.path = path_of(f, "/forhandsvisning?for=offentlig");
    for (size_t i = 0; i < all.n; i++) {
        const Chapter *c = &all.v[i];
        const char *const texts[] = { c->body, c->goals, c->judgement, c->measures,
                                      c->no_measures };

        doc.object = c->id;
        doc.title = in_report(f, c->title);
        doc.body = joined(f->arena, texts, G_N_ELEMENTS(texts));
        if (!f->put(f->sink, &doc, error))
            return false;
    }
    return true;
}

static bool put_measures(const Filling *f, GError **error)
{
    MeasureList all;

    if (!tilstandsrapport_measures(f->db, f->arena, f->owner, f->report->id, f->today, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Measures *m = &all.v[i];
        const char *const texts[] = { m->title, m->note };
        const SearchDoc doc = { .kind = "tiltak",
                                .object = m->id,
                                .gate = PERM_REPORT_DRAFT,
                                .title = m->measure,
                                .body = joined(f->arena, texts, G_N_ELEMENTS(texts)),
                                .path = path_of(f, "/forhandsvisning?for=offentlig"),
                                .at = m->due };

        if (!f->put(f->sink, &doc, error))
            return false;
    }
    return true;
}

/* --- the dialogue, and the work after the decision --- */

static bool put_inputs(const Filling *f, GError **error)
{
    InputList all;

    if (!tilstandsrapport_inputs(f->db, f->arena, f->owner, f->report->id, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Input *in = &all.v[i];
        const char *const texts[] = { in->text, in->answer, in->body };
        const SearchDoc doc = {
            .kind = "innspill",
            .object = in->id,
            .gate = PERM_INPUT_READ,
            .title = f->report->title,
            .body = joined(f->arena, texts, G_N_ELEMENTS(texts)),
            .path = path_of(f, arena_printf(f->arena, "/dialogmote#innspill-%d", in->nr)),
            .at = in->given_on,
        };

        if (!f->put(f->sink, &doc, error))
            return false;
    }
    return true;
}

static int64_t unit_of(const Filling *f, int64_t position)
{
    for (size_t i = 0; i < f->positions.n; i++)
        if (f->positions.v[i].id == position)
            return f->positions.v[i].unit;
    return 0;
}

static bool put_follow_ups(const Filling *f, GError **error)
{
    FollowUpList all;

    if (!tilstandsrapport_follow_ups(f->db, f->arena, f->owner, f->report->id, f->today, &all,
                                     error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const FollowUp *item = &all.v[i];
        const char *const texts[] = { item->title, item->answer };
        const SearchDoc doc = { .kind = "oppfolging",
                                .object = item->id,
                                .gate = PERM_FOLLOWUP_READ,
                                .unit = unit_of(f, item->responsible),
                                .title = item->task,
                                .body = joined(f->arena, texts, G_N_ELEMENTS(texts)),
                                .path = path_of(f, "/oppfolging"),
                                .at = item->due };

        if (!f->put(f->sink, &doc, error))
            return false;
    }
    return true;
}

/* --- all of it --- */

static bool put_report(const Filling *f, GError **error)
{
    const Report *r = f->report;

    if (r->published && (!put_published(f, error) || !put_follow_ups(f, error)))
        return false;
    if (tilstandsrapport_writable(r->state) && (!put_draft(f, error) || !put_measures(f, error)))
        return false;
    return put_inputs(f, error);
}

bool tilstandsrapport_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink,
                             GError **error)
{
    Filling f = { .db = db, .arena = arena, .owner = owner, .put = put, .sink = sink };
    ReportList all;

    if (!owner)
        return true;
    if (!eier_today(db, arena, owner, g_get_real_time(), &f.today, error) ||
        !person_position_list(db, arena, owner, f.today, &f.positions, error) ||
        !tilstandsrapport_list(db, arena, owner, &all, error) || !put_decisions(&f, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        g_autoptr(Arena) one = arena_new();

        f.arena = one;
        f.report = &all.v[i];
        if (!put_report(&f, error))
            return false;
    }
    return true;
}
