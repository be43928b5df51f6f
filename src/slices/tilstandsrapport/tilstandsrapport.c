/* tilstandsrapport.c - reports: found, listed, begun; states and laws in words.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "tilstandsrapport.h"
#include "frist.h"
#include "innspill.h"
#include "mal.h"
#include "tilstandsrapport.sql.h"

static const struct {
    const char *code, *name;
} states[N_STATE] = {
    [STATE_PLANLAGT] = { "planlagt", N_("Being written") },
    [STATE_SKISSE] = { "skisse", N_("Draft ready") },
    [STATE_DIALOG_GJENNOMFORT] = { "dialog_gjennomfort", N_("Dialogue meeting held") },
    [STATE_SENDT_FORMANNSKAP] = { "sendt_formannskap", N_("Sent to the executive committee") },
    [STATE_INNSTILT] = { "innstilt", N_("Recommended by the executive committee") },
    [STATE_GODKJENT] = { "godkjent", N_("Approved by the municipal council") },
    [STATE_TATT_TIL_ORIENTERING] = { "tatt_til_orientering", N_("Noted by the municipal council") },
    [STATE_AVVIST] = { "avvist", N_("Rejected by the municipal council") },
    [STATE_ETTERARBEID_KOMITE] = { "etterarbeid_komite", N_("Follow-up in the committee") },
    [STATE_ETTERARBEID_LEDERGRUPPE] = { "etterarbeid_ledergruppe",
                                        N_("Follow-up in the leader group") },
    [STATE_AVSLUTTET] = { "avsluttet", N_("Closed") },
};

const char *tilstandsrapport_state_code(ReportState state)
{
    return states[state].code;
}

const char *tilstandsrapport_state_name(ReportState state)
{
    return _(states[state].name);
}

ReportState tilstandsrapport_state_of(const char *code)
{
    for (unsigned i = 0; i < N_STATE; i++)
        if (!strcmp(states[i].code, code))
            return (ReportState)i;
    g_assert_not_reached(); /* the table's CHECK holds the same words */
}

int tilstandsrapport_steps_done(ReportState state)
{
    static const int done[N_STATE] = {
        [STATE_PLANLAGT] = 0,
        [STATE_SKISSE] = 1,
        [STATE_DIALOG_GJENNOMFORT] = 2,
        [STATE_SENDT_FORMANNSKAP] = 2,
        [STATE_INNSTILT] = 3,
        [STATE_GODKJENT] = 4,
        [STATE_TATT_TIL_ORIENTERING] = 4,
        [STATE_AVVIST] = 4,
        [STATE_ETTERARBEID_KOMITE] = 5,
        [STATE_ETTERARBEID_LEDERGRUPPE] = 6,
        [STATE_AVSLUTTET] = 6,
    };

    return done[state];
}

bool tilstandsrapport_writable(ReportState state)
{
    return state < STATE_SENDT_FORMANNSKAP;
}

#define REPORT_FROM(r, arena)                                                                      \
    (Report)                                                                                       \
    {                                                                                              \
        .id = (r).id, .owner = (r).owner, .year = arena_dup(arena, (r).year),                      \
        .title = arena_dup(arena, (r).title), .language = i18n_lang((r).language),                 \
        .state = tilstandsrapport_state_of((r).state), .law = arena_dup(arena, (r).law),           \
        .frozen = (r).frozen == NO_INT ? 0 : (r).frozen,                                           \
        .published = (r).published == NO_INT ? 0 : (r).published,                                  \
        .published_on = arena_dup(arena, (r).published_on), .locked = arena_dup(arena, (r).locked) \
    }

bool tilstandsrapport_get(Db *db, Arena *arena, int64_t owner, int64_t id, Report *ret,
                          GError **error)
{
    g_auto(RapportSelectRows) rows = { 0 };

    if (!rapport_select(db, owner, id, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such report");
    *ret = REPORT_FROM(rows.v[0], arena);
    return true;
}

bool tilstandsrapport_find(Db *db, Arena *arena, int64_t id, Report *ret, GError **error)
{
    g_auto(RapportSelectOwnerRows) rows = { 0 };

    if (!rapport_select_owner(db, id, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such report");
    return tilstandsrapport_get(db, arena, rows.v[0].owner, id, ret, error);
}

bool tilstandsrapport_list(Db *db, Arena *arena, int64_t owner, ReportList *ret, GError **error)
{
    g_auto(RapportSelectAllRows) rows = { 0 };

    if (!rapport_select_all(db, owner, &rows, error))
        return false;
    *ret = (ReportList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Report)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = REPORT_FROM(rows.v[i], arena);
    return true;
}

bool tilstandsrapport_published(Db *db, Arena *arena, int64_t owner, ReportList *ret,
                                GError **error)
{
    g_auto(RapportSelectPublishedRows) rows = { 0 };

    if (!rapport_select_published(db, &rows, error))
        return false;
    *ret = (ReportList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Report)), 0 };
    for (size_t i = 0; i < rows.n; i++)
        if (owner == 0 || rows.v[i].owner == owner)
            ret->v[ret->n++] = REPORT_FROM(rows.v[i], arena);
    return true;
}

/* --- the law --- */

static const char *by_lang(Arena *arena, Lang lang, const char *nb, const char *nn, const char *en)
{
    return arena_dup(arena, lang == LANG_NN ? nn : lang == LANG_EN ? en : nb);
}

#define LAW_FROM(r, arena, lang)                                                                   \
    (LawRef)                                                                                       \
    {                                                                                              \
        .code = arena_dup(arena, (r).code),                                                        \
        .law = by_lang(arena, lang, (r).law_nb, (r).law_nn, (r).law_en),                           \
        .duty = by_lang(arena, lang, (r).duty_nb, (r).duty_nn, (r).duty_en),                       \
        .url = arena_dup(arena, (r).url), .checked = (r).checked != 0                              \
    }

bool tilstandsrapport_law(Db *db, Arena *arena, Lang lang, const char *date, LawRef *ret,
                          GError **error)
{
    g_auto(RapportLawOnRows) rows = { 0 };

    if (!rapport_law_on(db, date, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no law on reports is known for %s", date);
    *ret = LAW_FROM(rows.v[0], arena, lang);
    return true;
}

bool tilstandsrapport_law_by_code(Db *db, Arena *arena, Lang lang, const char *code, LawRef *ret,
                                  GError **error)
{
    g_auto(RapportLawCodeRows) rows = { 0 };

    if (!rapport_law_code(db, code, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no law reference \"%s\"", code);
    *ret = LAW_FROM(rows.v[0], arena, lang);
    return true;
}

/* --- beginning one --- */

/* The six steps: which kind of body. */
static const char *const bodies[6] = { "ledergruppe",  "dialogmote", "formannskap",
                                       "kommunestyre", "komite",     "ledergruppe" };

typedef struct {
    int64_t owner, id;
    const ReportNew *report;
} Beginning;

static bool begin_steps(Db *db, Arena *arena, const Beginning *b, GError **error)
{
    Deadline dates[N_DEADLINE];

    tilstandsrapport_deadlines(b->report->council, dates);
    for (int i = 0; i < N_DEADLINE; i++) {
        int step = dates[i].step;
        Organ body;

        if (step && (!organ_of_kind(db, arena, b->owner, bodies[step - 1], &body, error) ||
                     !rapport_step_insert(db, b->owner, b->id, step, body.id ? body.id : NO_INT,
                                          dates[i].day, error)))
            return false;
    }
    return true;
}

static bool begin_chapters(Db *db, Arena *arena, const Beginning *b, const char *law,
                           GError **error)
{
    Template template;

    if (!tilstandsrapport_mal(db, arena, b->owner, b->report->language, law, &template, error))
        return false;
    for (size_t i = 0; i < template.n; i++) {
        const TemplateChapter *t = &template.v[i];
        const RapportChapterInsertArgs args = {
            .owner = b->owner,
            .id = id_new(),
            .rapport = b->id,
            .nr = (int64_t)i + 1,
            .kind = t->kind,
            .theme = t->theme,
            .statutory = t->statutory,
            .title = t->title,
            .indicators = t->indicators,
            .views = t->views,
            .changed_at = b->report->now,
        };

        if (!rapport_chapter_insert(db, &args, error))
            return false;
    }
    return true;
}

static bool begin_work(Db *db, void *arg, GError **error)
{
    const Beginning *b = arg;
    const ReportNew *r = b->report;
    g_autoptr(Arena) arena = arena_new();
    LawRef law;

    if (!tilstandsrapport_law(db, arena, LANG_NB, r->council, &law, error))
        return false;
    const RapportInsertArgs args = {
        .owner = b->owner,
        .id = b->id,
        .year = r->year,
        .title =
            arena_printf(arena, "%s %s", tilstandsrapport_mal_report_name(r->language), r->year),
        .language = i18n_tag(r->language),
        .law = law.code,
        .created_at = r->now,
        .created_by = r->person ? r->person : NO_INT,
    };
    return rapport_insert(db, &args, error) && begin_chapters(db, arena, b, law.code, error) &&
           begin_steps(db, arena, b, error);
}

/* "2012/13": two years that follow each other. */
static bool year_valid(const char *year)
{
    int first, second;

    if (!year || strlen(year) != 7 || year[4] != '/' || strspn(year, "0123456789/") != 7)
        return false;
    first = (int)g_ascii_strtoll(year, NULL, 10);
    second = (int)g_ascii_strtoll(year + 5, NULL, 10);
    return first >= 1990 && first < 2200 && second == (first + 1) % 100;
}

bool tilstandsrapport_begin(Db *db, int64_t owner, const ReportNew *report, int64_t *ret_id,
                            GError **error)
{
    Beginning b = { .owner = owner, .id = id_new(), .report = report };

    if (!year_valid(report->year))
        return app_fail(error, APP_ERROR_INVALID, _("Write the school year as 2025/26, not \"%s\""),
                        report->year);
    if (!date_valid(report->council))
        return app_fail(error, APP_ERROR_INVALID, _("\"%s\" is not a date"), report->council);
    if (report->today && strcmp(report->council, report->today) < 0)
        return app_fail(error, APP_ERROR_INVALID,
                        _("The meeting of the municipal council is past"));
    if (!db_transaction(db, begin_work, &b, error))
        return false;
    *ret_id = b.id;
    return true;
}

/* --- taking an empty one away --- */

static bool has_text(const Chapter *c)
{
    return *c->body || *c->goals || *c->judgement || *c->measures || *c->no_measures;
}

bool tilstandsrapport_deletable(Db *db, Arena *arena, const Report *report, bool *ret,
                                GError **error)
{
    StepEventList events;
    ChapterList chapters;
    bool empty, dialogue;
    g_auto(RapportWorkRows) work = { 0 };

    if (!tilstandsrapport_events(db, arena, report->owner, report->id, &events, error) ||
        !tilstandsrapport_chapters(db, arena, report->owner, report->id, &chapters, error) ||
        !tilstandsrapport_has_dialogue(db, arena, report->owner, report->id, &dialogue, error) ||
        !rapport_work(db, report->owner, report->id, &work, error))
        return false;
    empty = events.n == 0 && !report->frozen && !dialogue && work.v[0].n == 0;
    for (size_t i = 0; i < chapters.n; i++)
        empty = empty && !has_text(&chapters.v[i]);
    *ret = empty;
    return true;
}

typedef struct {
    int64_t owner, id;
} Deleting;

static bool delete_work(Db *db, void *arg, GError **error)
{
    const Deleting *d = arg;
    g_autoptr(Arena) arena = arena_new();
    bool deletable;
    Report report;

    if (!tilstandsrapport_get(db, arena, d->owner, d->id, &report, error) ||
        !tilstandsrapport_deletable(db, arena, &report, &deletable, error))
        return false;
    if (!deletable)
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("The report is not empty: something is written or recorded in it."));
    return rapport_delete_items(db, d->owner, d->id, error) &&
           rapport_delete_dates(db, d->owner, d->id, error) &&
           rapport_delete_steps(db, d->owner, d->id, error) &&
           rapport_delete_chapters(db, d->owner, d->id, error) &&
           rapport_delete(db, d->owner, d->id, error);
}

bool tilstandsrapport_delete(Db *db, int64_t owner, int64_t report, GError **error)
{
    Deleting d = { owner, report };

    return db_transaction(db, delete_work, &d, error);
}
