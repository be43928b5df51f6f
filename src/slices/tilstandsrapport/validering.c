/* validering.c - what must be in place before the draft is finished: a table of rules.
 *
 * A rule looks at one chapter and says what is missing. A statutory chapter without data never
 * stops: the page says which file to import.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "innhold.h"
#include "tilstandsrapport.h"

static bool blank(const char *text)
{
    while (g_ascii_isspace(*text))
        text++;
    return !*text;
}

static bool summary_missing(const Chapter *c, bool has_data)
{
    (void)has_data;
    return !strcmp(c->kind, "sammendrag") && blank(c->body);
}

static bool judgement_missing(const Chapter *c, bool has_data)
{
    return c->statutory && has_data && blank(c->judgement);
}

static bool measures_missing(const Chapter *c, bool has_data)
{
    return c->statutory && has_data && blank(c->measures) && blank(c->no_measures);
}

static bool not_finished(const Chapter *c, bool has_data)
{
    return c->statutory && has_data && strcmp(c->status, "ferdig") != 0;
}

static bool data_missing(const Chapter *c, bool has_data)
{
    return c->statutory && !has_data;
}

/* "én elev på 7. trinn": words that may point at one child. Source: domain.md 2.12, rule 8. */
static bool points_at_few(const Chapter *c, bool has_data)
{
    static const char pattern[] = "\\b(én|ein|en|éin|to|tre|fire|1|2|3|4) "
                                  "+(elev|elevar|elever|gutt|gutter|gutar|jente|jenter|barn)\\b";
    const char *const texts[] = { c->body, c->goals, c->judgement, c->measures, c->no_measures };

    (void)has_data;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        if (g_regex_match_simple(pattern, texts[i], G_REGEX_CASELESS, 0))
            return true;
    return false;
}

static const struct {
    bool (*broken)(const Chapter *chapter, bool has_data);
    bool stops;
    const char *message; /* msgid; follows the chapter's title and a colon */
} rules[] = {
    { summary_missing, true, N_("is empty. Write a summary of half a page or less.") },
    { judgement_missing, true, N_("has figures but no judgement. Write what they mean here.") },
    { measures_missing, true, N_("has neither measures nor a reason why there are none.") },
    { not_finished, true, N_("is not marked as finished.") },
    { data_missing, false, N_("has no figures yet. The report can be finished without them.") },
    { points_at_few, false,
      N_("may point at a few pupils. Read the text again with that in mind.") },
};

static bool chapter_has_data(const Content *content, int nr)
{
    for (size_t i = 0; i < content->n_chapters; i++)
        if (content->chapters[i].nr == nr)
            return content->chapters[i].n_blocks > 0;
    return false;
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
                                        date_text(steps[i].planned, text)) };
    return true;
}

bool tilstandsrapport_validate(Db *db, Arena *arena, const Report *report, const char *today,
                               FindingList *ret, GError **error)
{
    ChapterList chapters;
    Content content;

    if (!tilstandsrapport_chapters(db, arena, report->owner, report->id, &chapters, error) ||
        !tilstandsrapport_compose(db, arena, report, AUDIENCE_INTERNAL, today, &content, error))
        return false;
    *ret =
        (FindingList){ arena_alloc(arena, (chapters.n * G_N_ELEMENTS(rules) + 6) * sizeof(Finding)),
                       0 };
    for (size_t i = 0; i < chapters.n; i++) {
        const Chapter *c = &chapters.v[i];
        bool has_data = chapter_has_data(&content, c->nr);

        for (size_t k = 0; k < G_N_ELEMENTS(rules); k++)
            if (rules[k].broken(c, has_data))
                ret->v[ret->n++] =
                    (Finding){ rules[k].stops, c->id,
                               arena_printf(arena, "«%s»: %s", c->title, _(rules[k].message)) };
    }
    return find_weekends(db, arena, report, ret, error);
}
