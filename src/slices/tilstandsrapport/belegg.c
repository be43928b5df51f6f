/* belegg.c - references to figures in text: found, worded, and held against what the text says.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "belegg.h"
#include "blokker.h"

/* --- finding --- */

static bool in_block(const Block *b, const char *code, const char *period, Evidence *ret)
{
    size_t own = block_own(b);

    for (size_t i = 0; i < b->n_indicators; i++) {
        size_t at = SIZE_MAX;

        if (strcmp(b->indicators[i].code, code))
            continue;
        if (!period)
            at = block_newest(b, own, i);
        for (size_t p = 0; period && p < b->n_periods; p++)
            if (!strcmp(b->periods[p].label, period) &&
                block_cell(b, own, i, p)->cell.status != VALUE_MISSING)
                at = p;
        if (at == SIZE_MAX)
            continue;
        *ret = (Evidence){ .block = b, .unit = own, .indicator = i, .period = at };
        return true;
    }
    return false;
}

bool tilstandsrapport_evidence(const Content *content, const char *code, const char *period,
                               Evidence *ret)
{
    size_t ordinal = 0;

    for (size_t i = 0; i < content->n_chapters; i++)
        for (size_t k = 0; k < content->chapters[i].n_blocks; k++) {
            ordinal++;
            if (in_block(&content->chapters[i].blocks[k], code, period, ret)) {
                ret->ordinal = ordinal;
                return true;
            }
        }
    return false;
}

size_t tilstandsrapport_ordinal(const Content *content, const Block *block)
{
    size_t ordinal = 0;

    for (size_t i = 0; i < content->n_chapters; i++)
        for (size_t k = 0; k < content->chapters[i].n_blocks; k++) {
            ordinal++;
            if (&content->chapters[i].blocks[k] == block)
                return ordinal;
        }
    return 0;
}

/* --- references in text --- */

typedef struct {
    const char *start, *end;   /* of the whole, with its brackets */
    const char *code, *period; /* period: NULL for the newest */
} Reference;

static bool is_code(const char *text, size_t len)
{
    if (len == 0 || len > 40)
        return false;
    for (size_t i = 0; i < len; i++)
        if (!g_ascii_isupper(text[i]) && !g_ascii_isdigit(text[i]) && text[i] != '.' &&
            text[i] != '_')
            return false;
    return true;
}

/* The next reference at or after `text`; false when there is none. */
static bool next_reference(Arena *arena, const char *text, Reference *ret)
{
    for (const char *at = strstr(text, "[["); at; at = strstr(at + 1, "[[")) {
        const char *end = strstr(at, "]]"), *start = at + 2;
        size_t len = end ? (size_t)(end - start) : 0;
        const char *bar = end ? memchr(start, '|', len) : NULL;
        size_t code = bar ? (size_t)(bar - start) : len;

        if (!end || !is_code(start, code) || len - code > 12)
            continue;
        *ret = (Reference){ at, end + 2, arena_ndup(arena, start, code),
                            bar ? arena_ndup(arena, bar + 1, len - code - 1) : NULL };
        return true;
    }
    return false;
}

/* What CommonMark would read as markup, behind a backslash. */
static void append_plain(GString *to, const char *text)
{
    for (const char *c = text; *c; c++) {
        if (strchr("\\`*_{}[]()#+-.!|<>~&", *c))
            g_string_append_c(to, '\\');
        g_string_append_c(to, *c);
    }
}

static const char *evidence_words(Arena *arena, const Evidence *e)
{
    const Indicator *about = &e->block->indicators[e->indicator];
    const Cell *cell = &block_cell(e->block, e->unit, e->indicator, e->period)->cell;

    return arena_printf(arena, "%s: %s (%s)", tilstandsrapport_word_title(arena, about),
                        indikator_cell_text(arena, about, cell, false),
                        tilstandsrapport_word_period(arena, e->block->periods[e->period].label));
}

static void append_reference(Arena *arena, GString *to, const Content *look, const Content *shown,
                             const Reference *ref)
{
    Evidence e, here;

    if (!tilstandsrapport_evidence(look, ref->code, ref->period, &e)) {
        append_plain(to, arena_printf(arena, _("%s (no figure)"), ref->code));
        return;
    }
    if (!tilstandsrapport_evidence(shown, ref->code, ref->period, &here)) {
        append_plain(to, evidence_words(arena, &e));
        return;
    }
    g_string_append_c(to, '[');
    append_plain(to, evidence_words(arena, &e));
    g_string_append_printf(to, "](#tall-%zu)", here.ordinal);
}

const char *tilstandsrapport_with_evidence(Arena *arena, const Content *look, const Content *shown,
                                           const char *markdown)
{
    g_autoptr(GString) to = g_string_new(NULL);
    Reference ref;

    while (next_reference(arena, markdown, &ref)) {
        g_string_append_len(to, markdown, ref.start - markdown);
        append_reference(arena, to, look, shown, &ref);
        markdown = ref.end;
    }
    if (to->len == 0)
        return markdown;
    g_string_append(to, markdown);
    return arena_dup(arena, to->str);
}

/* --- the texts of a chapter --- */

#define MAX_TEXTS 5
static void texts_of(const ContentChapter *c, const char *ret[MAX_TEXTS])
{
    ret[0] = c->body;
    ret[1] = c->goals;
    ret[2] = c->judgement;
    ret[3] = c->measures;
    ret[4] = c->no_measures;
}

static bool cites(Arena *arena, const Content *content, const char *text, const Block *block)
{
    Reference ref;
    Evidence e;

    while (next_reference(arena, text, &ref)) {
        if (tilstandsrapport_evidence(content, ref.code, ref.period, &e) && e.block == block)
            return true;
        text = ref.end;
    }
    return false;
}

bool tilstandsrapport_is_cited(const Content *content, const Block *block)
{
    g_autoptr(Arena) arena = arena_new();

    for (size_t i = 0; i < content->n_chapters; i++) {
        const ContentChapter *c = &content->chapters[i];
        const char *texts[MAX_TEXTS];

        texts_of(c, texts);
        for (size_t k = 0; k < MAX_TEXTS; k++)
            if (cites(arena, content, texts[k], block))
                return true;
        for (size_t k = 0; k < c->n_goals; k++)
            if (cites(arena, content, c->goal_items[k].judgement, block))
                return true;
    }
    return false;
}

/* --- a series that got better --- */

/* The oldest number of the series that `newest` belongs to; SIZE_MAX: there is none before it. */
static size_t series_start(const Block *b, size_t unit, size_t indicator, size_t newest)
{
    size_t start = SIZE_MAX;

    for (size_t p = newest; p-- > 0 && !b->periods[p + 1].break_text;)
        if (cell_has_number(&block_cell(b, unit, indicator, p)->cell))
            start = p;
    return start;
}

static bool block_got_better(const Block *b, size_t indicator)
{
    const char *direction = b->indicators[indicator].direction;
    size_t own = block_own(b), newest = block_newest(b, own, indicator), start;
    Stands stands;

    if (newest == SIZE_MAX)
        return false;
    start = series_start(b, own, indicator, newest);
    if (start == SIZE_MAX)
        return false;
    stands = indikator_stands(&block_cell(b, own, indicator, newest)->cell,
                              &block_cell(b, own, indicator, start)->cell);
    return stands == (!strcmp(direction, "lav") ? STANDS_BELOW : STANDS_ABOVE) &&
           strcmp(direction, "noytral") != 0;
}

bool tilstandsrapport_got_better(const Content *content, const char *code)
{
    for (size_t i = 0; i < content->n_chapters; i++)
        for (size_t k = 0; k < content->chapters[i].n_blocks; k++) {
            const Block *b = &content->chapters[i].blocks[k];

            for (size_t n = 0; n < b->n_indicators; n++)
                if (!strcmp(b->indicators[n].code, code) && block_got_better(b, n))
                    return true;
        }
    return false;
}

/* --- what a text says too much --- */

typedef struct {
    Arena *arena;
    const Content *content;
    const ContentChapter *chapter;
    GArray *found; /* Lint */
} Linting;

static void add(Linting *l, LintKind kind, const char *what, const char *message)
{
    const Lint lint = { kind, arena_dup(l->arena, what), message };

    for (guint i = 0; i < l->found->len; i++) {
        const Lint *old = &g_array_index(l->found, Lint, i);

        if (old->kind == kind && !strcmp(old->what, what))
            return;
    }
    g_array_append_val(l->found, lint);
}

static bool says_better(const char *text)
{
    static const char pattern[] =
        "(?<!\\pL)(bedre|forbedr\\pL*|betre|forbetr\\pL*|fremgang\\pL*|framgang\\pL*|better|"
        "improve\\pL*)(?!\\pL)";

    return g_regex_match_simple(pattern, text, G_REGEX_CASELESS, 0);
}

static const char *name_of(Linting *l, const char *code)
{
    Evidence e;

    if (!tilstandsrapport_evidence(l->content, code, NULL, &e))
        return code;
    return tilstandsrapport_word_title(l->arena, &e.block->indicators[e.indicator]);
}

static void check_better(Linting *l, const char *code)
{
    const char *name = name_of(l, code);

    if (!tilstandsrapport_got_better(l->content, code))
        add(l, LINT_NO_SIGNAL, name,
            arena_printf(l->arena,
                         _("says that something got better, but the figures of %s show no certain "
                           "change."),
                         name));
}

/* indicator: what the paragraph is about even when it does not refer to it; NULL. */
static void lint_words(Linting *l, const char *paragraph, const char *indicator)
{
    bool better = says_better(paragraph), any = indicator != NULL;
    const char *rest = paragraph;
    Reference ref;
    Evidence e;

    while (next_reference(l->arena, rest, &ref)) {
        rest = ref.end;
        any = true;
        if (!tilstandsrapport_evidence(l->content, ref.code, ref.period, &e))
            add(l, LINT_UNKNOWN, ref.code,
                arena_printf(l->arena, _("refers to %s, which the report has no figure of."),
                             ref.code));
        else if (better)
            check_better(l, ref.code);
    }
    if (better && indicator)
        check_better(l, indicator);
    if (better && !any)
        add(l, LINT_NO_EVIDENCE, "",
            _("says that something got better without naming a figure. Put in a reference such as "
              "[[NP.LES.5]]."));
}

static int decimals_of(const char *number)
{
    const char *mark = strpbrk(number, ",.");

    return mark ? (int)strspn(mark + 1, "0123456789") : 0;
}

static bool cell_backs(const Cell *cell, double number, int decimals)
{
    double shown;

    if (!cell_has_number(cell))
        return false;
    shown = round(cell->value * pow(10, decimals)) / pow(10, decimals);
    return fabs(shown - number) < 1e-9 || fabs(cell->uncertainty - number) < 1e-9;
}

static bool figures_back(const Content *content, double number, int decimals)
{
    for (size_t i = 0; i < content->n_chapters; i++)
        for (size_t k = 0; k < content->chapters[i].n_blocks; k++) {
            const Block *b = &content->chapters[i].blocks[k];

            if (fabs(b->rolling - number) < 0.5 * pow(10, -decimals) + 1e-9)
                return true;
            for (size_t n = 0; n < b->n_units * b->n_indicators * b->n_periods; n++)
                if (cell_backs(&b->cells[n].cell, number, decimals))
                    return true;
        }
    return false;
}

static bool goals_back(const ContentChapter *chapter, const char *number)
{
    for (size_t i = 0; i < chapter->n_goals; i++)
        if (strstr(chapter->goal_items[i].baseline, number) ||
            strstr(chapter->goal_items[i].target, number))
            return true;
    return false;
}

static void check_number(Linting *l, const char *number)
{
    double value;

    if (!num_parse(number, &value) || figures_back(l->content, value, decimals_of(number)) ||
        goals_back(l->chapter, number))
        return;
    add(l, LINT_NUMBER, number,
        arena_printf(l->arena,
                     _("has the number %s, which no figure of the report shows. Refer to the "
                       "figure it comes from, or say where it is from."),
                     number));
}

/* "49,2", "6 %", "14 prosent"; not a date, a paragraph of the law or a part of a longer number. */
static void lint_numbers(Linting *l, const char *text)
{
    g_autoptr(GRegex) regex = g_regex_new(
        "(?<![\\d.,/§|])(\\d{1,4},\\d{1,3}(?!\\d|[.,]\\d)|\\d{1,3}(?=[ \\x{a0}]?(?:%|prosent)))",
        G_REGEX_OPTIMIZE, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;

    g_regex_match(regex, text, 0, &match);
    while (g_match_info_matches(match)) {
        g_autofree char *number = g_match_info_fetch(match, 1);

        check_number(l, number);
        g_match_info_next(match, NULL);
    }
}

static void lint_text(Linting *l, const char *text, const char *indicator)
{
    g_auto(GStrv) paragraphs = g_regex_split_simple("\\n[ \\t]*\\n", text, 0, 0);

    for (char **p = paragraphs; *p; p++) {
        lint_words(l, *p, indicator);
        lint_numbers(l, *p);
    }
}

LintList tilstandsrapport_lint(Arena *arena, const Content *content, const ContentChapter *chapter)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Lint));
    Linting l = { arena, content, chapter, found };
    const char *texts[MAX_TEXTS];
    LintList all;

    texts_of(chapter, texts);
    lint_text(&l, texts[0], NULL);
    lint_text(&l, texts[2], NULL); /* goals and measures say what is wanted, not what is */
    for (size_t i = 0; i < chapter->n_goals; i++) {
        const ContentGoal *g = &chapter->goal_items[i];

        lint_text(&l, g->judgement, *g->code ? g->code : NULL);
    }
    all = (LintList){ arena_alloc(arena, MAX(found->len, 1) * sizeof(Lint)), found->len };
    if (found->len)
        memcpy(all.v, found->data, found->len * sizeof(Lint));
    return all;
}
