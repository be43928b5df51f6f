/* validering.c - what must be in place before the draft is finished: a table of rules.
 *
 * A rule looks at one chapter and says what is missing, and where to mend it. A statutory chapter without
 * data never stops: the page says which file to import. What a text says too much (belegg.h) is a hint.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "belegg.h"
#include "lov.h"
#include "maal.h"
#include "tall.h"

enum {
    MOST_LINTS = 8,
    MOST_EXTRA = 16
}; /* hints of one chapter, so that a long text does not bury the rest */

typedef struct {
    Db *db;
    Arena *arena;
    const Report *report;
    const char *today;
    Content content;
    CommentList comments;
    TermList terms;
    ChangeList changes;
    FindingList *found;
} Checking;

/* One chapter, as it is stored and as it is composed. */
typedef struct {
    const Checking *of;
    const Chapter *c;
    const ContentChapter *content;
    bool has_data;
} Looking;

static bool blank(const char *text)
{
    while (g_ascii_isspace(*text))
        text++;
    return !*text;
}

/* --- the rules --- */

static bool summary_missing(const Looking *l)
{
    return !strcmp(l->c->kind, "sammendrag") && blank(l->c->body);
}

static bool judgement_missing(const Looking *l)
{
    for (size_t i = 0; i < l->content->n_goals; i++)
        if (!blank(l->content->goal_items[i].judgement))
            return false;
    return l->c->statutory && l->has_data && blank(l->c->judgement);
}

static bool measures_missing(const Looking *l)
{
    return l->c->statutory && l->has_data && blank(l->c->measures) && blank(l->c->no_measures) &&
           !l->content->n_measures;
}

static bool not_finished(const Looking *l)
{
    return l->c->statutory && l->has_data && strcmp(l->c->status, "ferdig") != 0;
}

static bool last_year_missing(const Looking *l)
{
    for (size_t i = 0; i < l->content->n_last_year; i++)
        if (!*l->content->last_year[i].status)
            return true;
    return false;
}

static bool judgement_stale(const Looking *l)
{
    for (size_t i = 0; i < l->of->changes.n; i++)
        if (l->of->changes.v[i].chapter == l->c->id && l->of->changes.v[i].stale)
            return true;
    return false;
}

static bool figures_changed(const Looking *l)
{
    for (size_t i = 0; i < l->of->changes.n; i++)
        if (l->of->changes.v[i].chapter == l->c->id && l->of->changes.v[i].n)
            return true;
    return false;
}

static bool data_missing(const Looking *l)
{
    return l->c->statutory && !l->has_data;
}

static bool source_missing(const Looking *l)
{
    for (size_t k = 0; k < l->content->n_blocks; k++) {
        const Block *b = &l->content->blocks[k];

        for (size_t i = 0; i < b->n_units * b->n_indicators * b->n_periods; i++)
            if (b->cells[i].cell.status == VALUE_OK && !b->cells[i].source)
                return true;
    }
    return false;
}

static bool comments_open(const Looking *l)
{
    return tilstandsrapport_open_threads(&l->of->comments, l->c->id) > 0;
}

static bool goals_unfinished(const Looking *l)
{
    for (size_t i = 0; i < l->content->n_goals; i++) {
        const ContentGoal *g = &l->content->goal_items[i];

        if (!*g->direction || !*g->baseline || !*g->target || !g->due)
            return true;
    }
    return false;
}

static bool measure_unowned(const Looking *l)
{
    for (size_t i = 0; i < l->content->n_measures; i++)
        if (!*l->content->measure_items[i].responsible || !l->content->measure_items[i].due)
            return true;
    return false;
}

static bool both_said(const Looking *l)
{
    return !blank(l->c->no_measures) && (!blank(l->c->measures) || l->content->n_measures);
}

/* "én elev på 7. trinn": words that may point at one child. Source: domain.md 2.12, rule 8. */
static bool points_at_few(const Looking *l)
{
    static const char pattern[] = "\\b(én|ein|en|éin|to|tre|fire|1|2|3|4) "
                                  "+(elev|elevar|elever|gutt|gutter|gutar|jente|jenter|barn)\\b";
    const Chapter *c = l->c;
    const char *const texts[] = { c->body, c->goals, c->judgement, c->measures, c->no_measures };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        if (g_regex_match_simple(pattern, texts[i], G_REGEX_CASELESS, 0))
            return true;
    return false;
}

static const struct {
    bool (*broken)(const Looking *looking);
    bool stops;
    const char *page;    /* after the report's or the chapter's address; NULL: the chapter itself */
    const char *message; /* msgid; follows the chapter's title and a colon */
} rules[] = {
    { summary_missing, true, NULL, N_("is empty. Write a summary of half a page or less.") },
    { judgement_missing, true, NULL,
      N_("has figures but no judgement. Write what they mean here.") },
    { measures_missing, true, "maal:/tiltak",
      N_("has neither measures nor a reason why there are none.") },
    { not_finished, true, NULL, N_("is not marked as finished.") },
    { last_year_missing, true, "/ifjor",
      N_("Last year’s measures do not all have a status. Say what became of each.") },
    { judgement_stale, true, "/tall",
      N_("was assessed over figures that have been replaced. Read the assessment again.") },
    { data_missing, false, NULL,
      N_("has no figures yet. The report can be finished without them.") },
    { figures_changed, false, "/tall",
      N_("has figures that have changed in the data since they were taken in.") },
    { source_missing, false, NULL, N_("has figures whose source is not known.") },
    { goals_unfinished, false, "maal:/maal",
      N_("has goals that are drafts: direction, where it stands, target or date is missing.") },
    { measure_unowned, false, "maal:/tiltak",
      N_("has measures that nobody answers for, or that have no date.") },
    { both_said, false, NULL, N_("has both measures and a reason why there are none.") },
    { comments_open, false, "maal:#kommentarer", N_("has comments that are not resolved.") },
    { points_at_few, false, NULL,
      N_("may point at a few pupils. Read the text again with that in mind.") },
};

/* "maal:" marks a page of the chapter; the rest are the report's. */
static const char *page_of(Arena *arena, const char *page, int64_t chapter)
{
    char id[ID_TEXT];

    if (!page || !g_str_has_prefix(page, "maal:"))
        return page;
    return arena_printf(arena, "/kapittel/%s%s", id_text(chapter, id), page + 5);
}

static void add(const Checking *k, Finding finding)
{
    k->found->v[k->found->n++] = finding;
}

static void check_rules(const Checking *k, const Looking *l)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
        if (rules[i].broken(l))
            add(k, (Finding){ rules[i].stops, l->c->id,
                              arena_printf(k->arena, "«%s»: %s", l->c->title, _(rules[i].message)),
                              page_of(k->arena, rules[i].page, l->c->id) });
}

/* --- what the texts say too much, and words that did not hold then --- */

static void check_texts(const Checking *k, const Looking *l)
{
    LintList lint = tilstandsrapport_lint(k->arena, &k->content, l->content);

    for (size_t i = 0; i < lint.n && i < MOST_LINTS; i++)
        add(k,
            (Finding){ false, l->c->id,
                       arena_printf(k->arena, "«%s» %s", l->c->title, lint.v[i].message), NULL });
}

static void check_words(const Checking *k, const Looking *l)
{
    const char *const texts[] = { l->c->body, l->c->goals, l->c->judgement, l->c->measures,
                                  l->c->no_measures };
    const char *now;

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        const Term *term = tilstandsrapport_term_wrong(&k->terms, texts[i], k->today, &now);

        if (!term)
            continue;
        add(k, (Finding){ false, l->c->id,
                          arena_printf(k->arena,
                                       _("«%1$s» says «%2$s», but the word on the report’s date is "
                                         "«%3$s»."),
                                       l->c->title, term->word, now),
                          NULL });
        return;
    }
}

/* --- the plan --- */

static bool on_weekend(const char *iso)
{
    GDate day;

    g_date_clear(&day, 1);
    g_date_set_parse(&day, iso);
    return g_date_valid(&day) && g_date_get_weekday(&day) >= G_DATE_SATURDAY;
}

/* Bodies seldom meet at weekends; the date may be right, so this never stops. */
static bool find_weekends(Db *db, Arena *arena, const Report *report, FindingList *ret,
                          GError **error)
{
    char text[DATE_TEXT];
    Step steps[6];

    if (!tilstandsrapport_steps(db, arena, report->owner, report->id, steps, error))
        return false;
    for (size_t i = 0; i < 6; i++)
        if (on_weekend(steps[i].planned))
            ret->v[ret->n++] =
                (Finding){ false, 0,
                           arena_printf(arena,
                                        _("«%1$s» is planned for %2$s %3$s. Change the date if the "
                                          "meeting is on another day."),
                                        steps[i].name, date_weekday(steps[i].planned),
                                        date_text(steps[i].planned, text)),
                           "/behandling" };
    return true;
}

static bool read_all(Checking *k, GError **error)
{
    const Report *r = k->report;

    return tilstandsrapport_compose(k->db, k->arena, r, AUDIENCE_INTERNAL, k->today, &k->content,
                                    error) &&
           tilstandsrapport_comments(k->db, k->arena, r->owner, r->id, &k->comments, error) &&
           tilstandsrapport_terms(k->db, k->arena, r->language, &k->terms, error) &&
           tilstandsrapport_changes(k->db, k->arena, r, AUDIENCE_INTERNAL, k->today, &k->changes,
                                    error);
}

bool tilstandsrapport_validate(Db *db, Arena *arena, const Report *report, const char *today,
                               FindingList *ret, GError **error)
{
    Checking k = { .db = db, .arena = arena, .report = report, .today = today, .found = ret };
    ChapterList chapters;

    if (!tilstandsrapport_chapters(db, arena, report->owner, report->id, &chapters, error) ||
        !read_all(&k, error))
        return false;
    *ret = (FindingList){ arena_alloc(arena, (chapters.n * (G_N_ELEMENTS(rules) + MOST_EXTRA) + 6) *
                                                 sizeof(Finding)),
                          0 };
    for (size_t i = 0; i < chapters.n && i < k.content.n_chapters; i++) {
        const ContentChapter *content = &k.content.chapters[i]; /* composed in the same order */
        const Looking l = { &k, &chapters.v[i], content, content->n_blocks > 0 };

        check_rules(&k, &l);
        check_texts(&k, &l);
        check_words(&k, &l);
    }
    return find_weekends(db, arena, report, ret, error);
}
