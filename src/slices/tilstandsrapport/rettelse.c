/* rettelse.c - a published report corrected: a new version beside the old, with a mark that says so.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "rettelse.h"
#include "forslag.h"
#include "rettelse.sql.h"

/* --- reading --- */

bool tilstandsrapport_corrections(Db *db, Arena *arena, int64_t owner, int64_t report,
                                  CorrectionList *ret, GError **error)
{
    g_auto(RettelseSelectRows) rows = { 0 };

    if (!rettelse_select(db, owner, report, &rows, error))
        return false;
    *ret = (CorrectionList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Correction)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const RettelseSelectRow *r = &rows.v[i];

        ret->v[i] = (Correction){ .id = r->id,
                                  .nr = (int)r->nr,
                                  .note = { .day = arena_dup(arena, r->day),
                                            .chapter = (int)r->kapittel,
                                            .title = arena_dup(arena, r->title),
                                            .was = arena_dup(arena, r->was),
                                            .now = arena_dup(arena, r->is_now),
                                            .figures = !strcmp(r->kind, "tall") },
                                  .before = r->before,
                                  .version = r->version,
                                  .at = r->recorded_at,
                                  .by = r->recorded_by == NO_INT ? 0 : r->recorded_by };
    }
    return true;
}

bool tilstandsrapport_correction_notes(Db *db, Arena *arena, int64_t owner, int64_t report,
                                       CorrectionNote **ret, size_t *ret_n, GError **error)
{
    const StepEvent *sent_back;
    StepEventList events;
    CorrectionList all;

    if (!tilstandsrapport_corrections(db, arena, owner, report, &all, error) ||
        !tilstandsrapport_events(db, arena, owner, report, &events, error))
        return false;
    sent_back = tilstandsrapport_last(&events, "send_tilbake");
    *ret = arena_alloc(arena, MAX(all.n, 1) * sizeof(CorrectionNote));
    *ret_n = 0;
    for (size_t i = 0; i < all.n; i++)
        if (!sent_back || all.v[i].at > sent_back->recorded_at)
            (*ret)[(*ret_n)++] = all.v[i].note;
    return true;
}

/* --- one word for another --- */

/* How often the words stand in a text. */
static size_t count(const char *text, const char *words)
{
    size_t n = 0;

    for (const char *p = strstr(text, words); p; p = strstr(p + strlen(words), words))
        n++;
    return n;
}

static const char *swapped(Arena *arena, const char *text, const char *was, const char *now)
{
    const char *at = strstr(text, was);

    return at ? arena_printf(arena, "%.*s%s%s", (int)(at - text), text, now, at + strlen(was))
              : text;
}

static size_t count_in(const ContentChapter *c, const char *words)
{
    return count(c->body, words) + count(c->goals, words) + count(c->judgement, words) +
           count(c->measures, words) + count(c->no_measures, words);
}

static void swap_in(Arena *arena, ContentChapter *c, const CorrectionNew *r)
{
    const char **texts[] = { &c->body, &c->goals, &c->judgement, &c->measures, &c->no_measures };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = swapped(arena, *texts[i], r->was, r->now);
}

static ContentChapter *chapter_of(const Content *content, int nr)
{
    for (size_t i = 0; i < content->n_chapters; i++)
        if (content->chapters[i].nr == nr)
            return &content->chapters[i];
    return NULL;
}

/* --- carrying it out --- */

typedef struct {
    int64_t owner, id, row;
    const CorrectionNew *new;
    Arena *arena;
    Report report;
    Content open, internal; /* as published; then as corrected */
    const char *title;
} Correcting;

static bool load(Db *db, Correcting *c, GError **error)
{
    if (!tilstandsrapport_get(db, c->arena, c->owner, c->id, &c->report, error))
        return false;
    if (!c->report.published || tilstandsrapport_writable(c->report.state))
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("Only a report that is published and not being written in can be "
                          "corrected."));
    if (c->new->seen && c->new->seen != c->report.published)
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("Somebody else has just corrected this report. Load the page again."));
    return tilstandsrapport_load(db, c->arena, c->owner, c->report.published, AUDIENCE_PUBLIC,
                                 &c->open, NULL, error) &&
           tilstandsrapport_load(db, c->arena, c->owner, c->report.published, AUDIENCE_INTERNAL,
                                 &c->internal, NULL, error);
}

static bool check_words(Correcting *c, GError **error)
{
    const CorrectionNew *r = c->new;
    const ContentChapter *chapter = chapter_of(&c->open, r->chapter);
    size_t n;

    c->title = chapter ? chapter->title : "";
    if (!*r->was || !*r->now)
        return app_fail(error, APP_ERROR_INVALID, _("Say what was wrong and what is right."));
    if (r->figures)
        return true;
    if (!chapter)
        return app_fail(error, APP_ERROR_INVALID, _("Choose the chapter that is to be corrected."));
    n = count_in(chapter, r->was);
    if (n == 0)
        return app_fail(error, APP_ERROR_INVALID,
                        _("These words do not stand in the chapter. Copy them exactly as they are "
                          "printed."));
    if (n > 1)
        return app_fail(error, APP_ERROR_INVALID,
                        _("These words stand in the chapter more than once. Take some words more "
                          "with them, so that the place is certain."));
    return strcmp(r->was, r->now) ||
           app_fail(error, APP_ERROR_INVALID, _("What is right is the same as what was wrong."));
}

static bool write_row(Db *db, Correcting *c, GError **error)
{
    const CorrectionNew *r = c->new;
    CorrectionList before;

    if (!tilstandsrapport_corrections(db, c->arena, c->owner, c->id, &before, error))
        return false;
    const RettelseInsertArgs args = { .owner = c->owner,
                                      .id = c->row,
                                      .rapport = c->id,
                                      .nr = (int64_t)before.n + 1,
                                      .kind = r->figures ? "tall" : "tekst",
                                      .day = r->today,
                                      .kapittel = r->chapter,
                                      .title = c->title,
                                      .was = r->was,
                                      .is_now = r->now,
                                      .before = c->report.published,
                                      .recorded_at = r->at,
                                      .recorded_by = r->person ? r->person : NO_INT };

    return rettelse_insert(db, &args, error);
}

/* What is written is corrected too, so that it is right if the report is written in again. */
static bool correct_chapter(Db *db, Correcting *c, GError **error)
{
    const CorrectionNew *r = c->new;
    ChapterList all;

    if (!tilstandsrapport_chapters(db, c->arena, c->owner, c->id, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Chapter *ch = &all.v[i];
        const RettelseChapterArgs args = {
            .owner = c->owner,
            .rapport = c->id,
            .nr = ch->nr,
            .body = swapped(c->arena, ch->body, r->was, r->now),
            .goals = swapped(c->arena, ch->goals, r->was, r->now),
            .judgement = swapped(c->arena, ch->judgement, r->was, r->now),
            .measures = swapped(c->arena, ch->measures, r->was, r->now),
            .no_measures = swapped(c->arena, ch->no_measures, r->was, r->now),
            .changed_at = r->at,
            .changed_by = r->person ? r->person : NO_INT,
        };

        if (ch->nr == r->chapter && !rettelse_chapter(db, &args, error))
            return false;
    }
    return true;
}

static bool freeze_text(Db *db, Correcting *c, int64_t *ret_version, GError **error)
{
    Content *both[] = { &c->open, &c->internal };

    for (size_t i = 0; i < G_N_ELEMENTS(both); i++) {
        ContentChapter *chapter = chapter_of(both[i], c->new->chapter);

        if (chapter)
            swap_in(c->arena, chapter, c->new);
        if (!tilstandsrapport_correction_notes(db, c->arena, c->owner, c->id, &both[i]->corrections,
                                               &both[i]->n_corrections, error))
            return false;
    }
    return correct_chapter(db, c, error) &&
           tilstandsrapport_freeze_as(db, c->owner, &c->report, &c->open, &c->internal,
                                      c->new->today, c->new->at, ret_version, error);
}

/* Without what every version has of its own: its day and its corrections. */
static char *figures_json(Content content)
{
    content.made_on = content.rules = "";
    content.n_corrections = 0;
    content.n_sources = 0;
    return tilstandsrapport_to_json(&content);
}

static bool freeze_figures(Db *db, Correcting *c, int64_t *ret_version, GError **error)
{
    Content open, internal;

    if (!tilstandsrapport_freeze(db, c->owner, &c->report, c->new->today, c->new->at, ret_version,
                                 error) ||
        !tilstandsrapport_load(db, c->arena, c->owner, *ret_version, AUDIENCE_PUBLIC, &open, NULL,
                               error) ||
        !tilstandsrapport_load(db, c->arena, c->owner, *ret_version, AUDIENCE_INTERNAL, &internal,
                               NULL, error))
        return false;
    g_autofree char *was = figures_json(c->open), *now = figures_json(open);
    g_autofree char *inner_was = figures_json(c->internal), *inner_now = figures_json(internal);

    return strcmp(was, now) || strcmp(inner_was, inner_now) ||
           app_fail(error, APP_ERROR_INVALID,
                    _("The figures are the same as in the published version. Import the right ones "
                      "first."));
}

static int step_of(ReportState state)
{
    return CLAMP(tilstandsrapport_steps_done(state), 3, 6);
}

static bool publish(Db *db, Correcting *c, int64_t version, GError **error)
{
    const CorrectionNew *r = c->new;
    g_auto(RettelsePublishRows) changed = { 0 };
    const RettelseEventArgs event = {
        .owner = c->owner,
        .id = id_new(),
        .rapport = c->id,
        .step = step_of(c->report.state),
        .state = tilstandsrapport_state_code(c->report.state),
        .happened_on = r->today,
        .recorded_at = r->at,
        .recorded_by = r->person ? r->person : NO_INT,
        .note = arena_printf(c->arena, "%s\n→ %s", r->was, r->now),
        .version = c->report.published,
    };

    if (!rettelse_name(db, c->owner, c->row, version, error) ||
        !rettelse_publish(db, c->owner, c->id, c->report.published, version, &changed, error))
        return false;
    if (changed.n != 1)
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("Somebody else has just changed this report. Load the page again."));
    return rettelse_event(db, &event, error);
}

static bool correct_work(Db *db, void *arg, GError **error)
{
    Correcting *c = arg;
    g_autoptr(Arena) arena = arena_new();
    int64_t version;

    c->arena = arena;
    return load(db, c, error) && check_words(c, error) && write_row(db, c, error) &&
           (c->new->figures ? freeze_figures(db, c, &version, error)
                            : freeze_text(db, c, &version, error)) &&
           publish(db, c, version, error);
}

bool tilstandsrapport_correct(Db *db, int64_t owner, int64_t report,
                              const CorrectionNew *correction, GError **error)
{
    Correcting c = { .owner = owner, .id = report, .row = id_new(), .new = correction };

    return db_transaction(db, correct_work, &c, error);
}

/* --- versions --- */

/* Why a version was made, by what happened with it. */
static const char *why_of(const StepEventList *events, const CorrectionList *corrections,
                          int64_t version)
{
    for (size_t i = 0; i < corrections->n; i++)
        if (corrections->v[i].version == version)
            return _("Corrected");
    for (size_t i = 0; i < events->n; i++) {
        const StepEvent *e = &events->v[i];

        if (e->withdrawn || e->version != version)
            continue;
        if (!strcmp(e->action, "skisse"))
            return _("Finished as a draft");
        if (!strcmp(e->action, "send"))
            return _("Sent and published");
    }
    return "";
}

static int64_t voted_version(const StepEventList *events)
{
    for (size_t i = events->n; i > 0; i--)
        if (!events->v[i - 1].withdrawn && !strcmp(events->v[i - 1].action, "vedtak"))
            return events->v[i - 1].version;
    return 0;
}

/* Sent and not taken back, or it lay before a body since. */
static bool was_public(const Report *report, const StepEventList *events, int64_t version)
{
    if (version == report->published)
        return true;
    for (size_t i = 0; report->published && i < events->n; i++) {
        const StepEvent *e = &events->v[i];

        if (e->version == version && !e->withdrawn &&
            (e->from >= STATE_SENDT_FORMANNSKAP || !strcmp(e->action, "send")))
            return true;
    }
    return false;
}

bool tilstandsrapport_versions(Db *db, Arena *arena, const Report *report, VersionList *ret,
                               GError **error)
{
    g_auto(RettelseVersionsRows) rows = { 0 };
    CorrectionList corrections;
    StepEventList events;

    if (!rettelse_versions(db, report->owner, report->id, &rows, error) ||
        !tilstandsrapport_corrections(db, arena, report->owner, report->id, &corrections, error) ||
        !tilstandsrapport_events(db, arena, report->owner, report->id, &events, error))
        return false;
    *ret = (VersionList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Version)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const RettelseVersionsRow *r = &rows.v[i];

        ret->v[i] = (Version){ .id = r->id,
                               .nr = (int)r->nr,
                               .made_on = arena_dup(arena, r->made_on),
                               .sha256 = arena_dup(arena, r->sha256),
                               .is_public = was_public(report, &events, r->id),
                               .holds = r->id == report->published,
                               .voted = r->id == voted_version(&events),
                               .why = why_of(&events, &corrections, r->id) };
    }
    return true;
}
