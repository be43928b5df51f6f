/* innhold-sprak.c - the same report in the other language form: what the program words is worded anew,
 * what people wrote stays and is marked with its own.
 *
 * A title is told to be the program's by making it again in the language it has: when that gives the
 * same words, nobody has touched it. The figures are those that passed the gate; none is read anew.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "blokker.h"
#include "innhold-sprak.h"
#include "mal.h"

typedef struct {
    Arena *arena;
    Lang from, to;
    IndicatorList names; /* the catalogue, in `to` */
    Template was, is;    /* the owner's, in both */
} Turning;

/* --- titles the program makes --- */

static const char *scores_title(Arena *arena, const Block *b, bool schools)
{
    const char *grade = tilstandsrapport_word_capital(
        arena, tilstandsrapport_word_grade(arena, b->indicators[0].grade));

    return schools ? arena_printf(arena, _("%s: the schools in %s"), grade, b->periods[0].label)
                   : arena_printf(arena, _("%s in %s"), grade, b->periods[0].label);
}

enum { N_MADE = 5 };

/* Every title blokker.c may have given such a block, in the thread's language. */
static void made_titles(Arena *arena, const Block *b, const char *ret[N_MADE])
{
    const char *about = tilstandsrapport_word_title(arena, &b->indicators[0]);
    const char *period = b->n_periods ? b->periods[0].label : "";
    const char *unit = b->n_units ? b->units[0].name : "";

    ret[0] = about;
    switch (b->view) {
    case VIEW_COMPARE:
        ret[1] = arena_printf(arena, _("%s: the schools, the municipality and the nation in %s"),
                              about, period);
        break;
    case VIEW_SCHOOLS:
        ret[1] = scores_title(arena, b, true);
        ret[2] = scores_title(arena, b, false);
        break;
    case VIEW_LEVELS:
        ret[1] = arena_printf(arena, _("%s: pupils on each level, %s"), about, unit);
        break;
    case VIEW_QUARTERS:
        ret[1] = arena_printf(arena, "%s, %s", b->indicators[0].name, unit);
        break;
    case VIEW_WORDS:
        ret[1] = _("Key figures by calendar year");
        ret[2] = _("Key figures");
        ret[3] = _("Results in words");
        break;
    default:
        break;
    }
}

static const char *turn_title(const Turning *t, const Block *old, const Block *new)
{
    const char *was[N_MADE] = { 0 }, *is[N_MADE] = { 0 };
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(t->from);

    made_titles(t->arena, old, was);
    i18n_use(t->to);
    made_titles(t->arena, new, is);
    for (size_t i = 0; i < N_MADE; i++)
        if (was[i] && !strcmp(was[i], old->title))
            return is[i];
    return old->title;
}

/* --- blocks --- */

static const Indicator *named(const Turning *t, const char *code)
{
    for (size_t i = 0; i < t->names.n; i++)
        if (!strcmp(t->names.v[i].code, code))
            return &t->names.v[i];
    return NULL;
}

static Indicator *turn_indicators(const Turning *t, const Block *b)
{
    Indicator *all = arena_alloc(t->arena, MAX(b->n_indicators, 1) * sizeof *all);

    for (size_t i = 0; i < b->n_indicators; i++) {
        const Indicator *other = named(t, b->indicators[i].code);

        all[i] = b->indicators[i];
        if (!other)
            continue;
        all[i].name = other->name;
        all[i].explain = other->explain;
    }
    return all;
}

static const char *source_names(Arena *arena, const Block *b)
{
    const char *names = indikator_source_name(b->indicators[0].source);

    for (size_t i = 1; i < b->n_indicators; i++)
        if (strcmp(b->indicators[i].source, b->indicators[i - 1].source))
            names = arena_printf(arena, "%s; %s", names,
                                 indikator_source_name(b->indicators[i].source));
    return names;
}

static const char *source_of(Arena *arena, const Block *b)
{
    const char *first = b->periods[0].label, *last = b->periods[b->n_periods - 1].label;
    const char *span = tilstandsrapport_word_period(arena, first);

    if (strcmp(first, last) && strlen(last) == 6)
        span = arena_printf(arena, _("%s to %s"), span, tilstandsrapport_word_period(arena, last));
    else if (strcmp(first, last))
        span = arena_printf(arena, "%s–%s", first, last);
    return arena_printf(arena, _("Source: %s, %s"), source_names(arena, b), span);
}

static const char *turn_source(const Turning *t, const Block *old, const Block *new)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(t->from);

    if (!old->source || !old->n_periods || strcmp(old->source, source_of(t->arena, old)))
        return old->source;
    i18n_use(t->to);
    return source_of(t->arena, new);
}

static Block turn_block(const Turning *t, const Block *old)
{
    Block new = *old;

    if (!old->n_indicators)
        return new;
    new.indicators = turn_indicators(t, old);
    new.title = turn_title(t, old, &new);
    new.source = turn_source(t, old, &new);
    return new;
}

/* A break's words stand in the catalogue beside the period it begins. */
static bool turn_breaks(const Turning *t, Db *db, Block *b, GError **error)
{
    ContentPeriod *periods = arena_alloc(t->arena, MAX(b->n_periods, 1) * sizeof *periods);

    for (size_t p = 0; p < b->n_periods; p++) {
        periods[p] = b->periods[p];
        if (periods[p].break_text &&
            !indikator_break_text(db, t->arena, t->to, b->indicators[0].code, periods[p].label,
                                  &periods[p].break_text, error))
            return false;
    }
    b->periods = periods;
    return true;
}

/* --- chapters and cover --- */

/* As the template calls it in the one language, and so in the other. */
static const char *turn_chapter_title(const Turning *t, const ContentChapter *c)
{
    for (size_t i = 0; i < MIN(t->was.n, t->is.n); i++)
        if (!strcmp(c->title, t->was.v[i].title))
            return t->is.v[i].title;
    return c->title;
}

static bool turn_chapter(const Turning *t, Db *db, Audience audience, ContentChapter *c,
                         GError **error)
{
    Block *blocks = arena_alloc(t->arena, MAX(c->n_blocks, 1) * sizeof *blocks);

    c->title = turn_chapter_title(t, c);
    if (c->missing) {
        g_auto(Speaking) speaking = tilstandsrapport_mal_speak(t->to);

        c->missing = tilstandsrapport_missing_text(c->theme, audience);
    }
    for (size_t i = 0; i < c->n_blocks; i++) {
        blocks[i] = turn_block(t, &c->blocks[i]);
        if (!turn_breaks(t, db, &blocks[i], error))
            return false;
    }
    c->blocks = blocks;
    return true;
}

static const char *turn_report_title(const Turning *t, const Content *c)
{
    const char *was =
        arena_printf(t->arena, "%s %s", tilstandsrapport_mal_report_name(t->from), c->year);

    return strcmp(c->title, was)
               ? c->title
               : arena_printf(t->arena, "%s %s", tilstandsrapport_mal_report_name(t->to), c->year);
}

static bool turn_law(const Turning *t, Db *db, const char *code, Content *c, GError **error)
{
    LawRef law;

    if (!code)
        return true;
    if (!tilstandsrapport_law_by_code(db, t->arena, t->to, code, &law, error))
        return false;
    c->law = law.law;
    c->duty = law.duty;
    return true;
}

static bool read_words(Turning *t, Db *db, const Report *report, GError **error)
{
    return indikator_catalogue(db, t->arena, t->to, &t->names, error) &&
           (!report->law ||
            (tilstandsrapport_mal(db, t->arena, report->owner, t->from, report->law, &t->was,
                                  error) &&
             tilstandsrapport_mal(db, t->arena, report->owner, t->to, report->law, &t->is, error)));
}

bool tilstandsrapport_turn(Db *db, Arena *arena, const Report *report, const Content *content,
                           Lang to, Content *ret, GError **error)
{
    Turning t = { .arena = arena, .from = content->language, .to = to };
    Content new = *content;

    *ret = new;
    if (to == content->language)
        return true;
    if (!read_words(&t, db, report, error) || !turn_law(&t, db, report->law, &new, error))
        return false;
    new.title = turn_report_title(&t, content);
    new.chapters = arena_alloc(arena, MAX(new.n_chapters, 1) * sizeof(ContentChapter));
    for (size_t i = 0; i < new.n_chapters; i++) {
        new.chapters[i] = content->chapters[i];
        if (!turn_chapter(&t, db, new.audience, &new.chapters[i], error))
            return false;
    }
    new.written = content->written ? content->written : i18n_tag(content->language);
    new.language = to;
    *ret = new;
    return true;
}
