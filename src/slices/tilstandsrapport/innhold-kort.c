/* innhold-kort.c - the report on one page, in plain language; the rules are told in innhold-ark.h.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "blokker.h"
#include "innhold-ark.h"
#include "mal.h"

enum { MAX_POINTS = 3, MAX_KEYS = 3, MAX_TERSE = 3 };
#define CLEAR_CHANGE 1.0 /* percentage points of a quarterly share: less is not told as a change */

/* How much there is room for; a row for each degree of terseness. */
static const struct {
    size_t points, measures, summary, decision;
} rooms[MAX_TERSE + 1] = {
    { 3, 4, 420, 500 }, { 3, 3, 260, 320 }, { 2, 3, 180, 240 }, { 2, 2, 0, 160 }
};

typedef struct {
    const Content *content;
    const Face *face;
    Doc *doc;
    Arena *arena;
    int terse;
} Shortening;

/* --- which way a figure goes --- */

typedef enum { GOES_NOWHERE, GOES_WELL, GOES_BADLY } Goes;

static Goes goes(const Indicator *about, Stands stands)
{
    bool low = !strcmp(about->direction, "lav");

    if (!strcmp(about->direction, "noytral") || stands == STANDS_UNKNOWN || stands == STANDS_LEVEL)
        return GOES_NOWHERE;
    return (stands == STANDS_ABOVE) != low ? GOES_WELL : GOES_BADLY;
}

static const char *period_word(Shortening *s, const Block *b, size_t p)
{
    return tilstandsrapport_word_period(s->arena, b->periods[p].label);
}

static const char *value_word(Shortening *s, const Block *b, const Cell *cell)
{
    return indikator_cell_text(s->arena, &b->indicators[0], cell, false);
}

static const char *change_line(Shortening *s, const Block *b, size_t then, size_t now)
{
    const Cell *a = &block_cell(b, block_own(b), 0, then)->cell;
    const Cell *z = &block_cell(b, block_own(b), 0, now)->cell;

    return arena_printf(s->arena,
                        z->value > a->value ? _("%1$s: %2$s in %3$s, up from %4$s in %5$s.")
                                            : _("%1$s: %2$s in %3$s, down from %4$s in %5$s."),
                        b->title, value_word(s, b, z), period_word(s, b, now), value_word(s, b, a),
                        period_word(s, b, then));
}

/* Against the nation, else against where the series begins. */
static Goes series_goes(Shortening *s, const Block *b, const char **ret)
{
    size_t own = block_own(b), nation = block_nation(b), now = block_newest(b, own, 0), start;
    const Cell *cell, *other;
    Goes way = GOES_NOWHERE;

    if (now == SIZE_MAX || !cell_has_number(&block_cell(b, own, 0, now)->cell))
        return GOES_NOWHERE;
    cell = &block_cell(b, own, 0, now)->cell;
    if (nation != SIZE_MAX) {
        Stands stands;

        other = &block_cell(b, nation, 0, now)->cell;
        stands = indikator_stands(cell, other);
        way = goes(&b->indicators[0], stands);
        *ret = arena_printf(s->arena, _("%1$s: %2$s in %3$s, %4$s (%5$s)."), b->title,
                            value_word(s, b, cell), period_word(s, b, now),
                            indikator_stands_text(s->arena, stands, _("the nation")),
                            value_word(s, b, other));
    }
    start = now;
    for (size_t p = now; way == GOES_NOWHERE && p-- > 0 && !b->periods[p + 1].break_text;)
        if (cell_has_number(&block_cell(b, own, 0, p)->cell))
            start = p;
    if (start == now)
        return way;
    *ret = change_line(s, b, start, now);
    return goes(&b->indicators[0], indikator_stands(cell, &block_cell(b, own, 0, start)->cell));
}

static Goes quarter_goes(Shortening *s, const Block *b, const char **ret)
{
    size_t now = block_newest(b, 0, 0);
    const Cell *a, *z;

    if (now == SIZE_MAX || now < 4)
        return GOES_NOWHERE;
    a = &block_cell(b, 0, 0, now - 4)->cell;
    z = &block_cell(b, 0, 0, now)->cell;
    if (!cell_has_number(a) || !cell_has_number(z) || fabs(z->value - a->value) < CLEAR_CHANGE)
        return GOES_NOWHERE;
    *ret = change_line(s, b, now - 4, now);
    return goes(&b->indicators[0], z->value > a->value ? STANDS_ABOVE : STANDS_BELOW);
}

static Goes block_goes(Shortening *s, const Block *b, const char **ret)
{
    *ret = NULL;
    if (!b->n_indicators || !b->n_periods)
        return GOES_NOWHERE;
    return b->view == VIEW_SERIES     ? series_goes(s, b, ret)
           : b->view == VIEW_QUARTERS ? quarter_goes(s, b, ret)
                                      : GOES_NOWHERE;
}

static void put_points(Shortening *s, Goes way, const char *heading, const char *none)
{
    size_t n = 0, room = MIN(rooms[s->terse].points, MAX_POINTS);

    doc_heading(s->doc, 1, NULL, heading);
    for (size_t i = 0; i < s->content->n_chapters; i++)
        for (size_t k = 0; k < s->content->chapters[i].n_blocks && n < room; k++) {
            const char *line;

            if (block_goes(s, &s->content->chapters[i].blocks[k], &line) != way)
                continue;
            if (n++ == 0)
                doc_list_begin(s->doc, false);
            doc_item(s->doc, line);
        }
    if (n)
        doc_end(s->doc);
    else
        doc_para(s->doc, none);
}

/* --- three key figures --- */

static bool is_key(const Block *b)
{
    size_t now;

    if ((b->view != VIEW_SERIES && b->view != VIEW_QUARTERS) || !b->n_indicators || !b->n_periods)
        return false;
    now = block_newest(b, block_own(b), 0);
    return now != SIZE_MAX && cell_has_number(&block_cell(b, block_own(b), 0, now)->cell);
}

/* What a key figure means, as a sentence that can stand beside it. */
static const char *key_words(Shortening *s, const Block *b)
{
    const char *line;
    size_t own = block_own(b), nation = block_nation(b), now = block_newest(b, own, 0);
    const Cell *cell = &block_cell(b, own, 0, now)->cell;

    if (nation != SIZE_MAX) {
        const Cell *other = &block_cell(b, nation, 0, now)->cell;
        Stands stands = indikator_stands(cell, other);

        if (stands != STANDS_UNKNOWN)
            return arena_printf(
                s->arena, "%s (%s).",
                tilstandsrapport_word_capital(
                    s->arena, indikator_stands_text(s->arena, stands, _("the nation"))),
                value_word(s, b, other));
    }
    if (block_goes(s, b, &line) != GOES_NOWHERE)
        return line;
    return _("No clear change.");
}

static void put_key(Shortening *s, DocTable *table, const Block *b)
{
    size_t own = block_own(b), now = block_newest(b, own, 0);

    doc_cell(table, b->title, NULL);
    doc_cell(table, value_word(s, b, &block_cell(b, own, 0, now)->cell), NULL);
    doc_cell(table, tilstandsrapport_word_capital(s->arena, period_word(s, b, now)), NULL);
    doc_cell(table, key_words(s, b), NULL);
}

/* One of a theme at a time, the themes of the law first. */
static size_t pick_keys(const Content *c, const Block *ret[MAX_KEYS])
{
    static const char *const themes[] = { "laringsmiljo", "laringsresultat", "gjennomforing",
                                          "hms",          "ressurs",         "" };
    size_t n = 0;

    for (size_t round = 0; round < MAX_KEYS && n < MAX_KEYS; round++)
        for (size_t t = 0; t < G_N_ELEMENTS(themes) && n < MAX_KEYS; t++) {
            size_t seen = 0;

            for (size_t i = 0; i < c->n_chapters; i++)
                for (size_t k = 0; k < c->chapters[i].n_blocks && n < MAX_KEYS; k++)
                    if (!strcmp(c->chapters[i].theme, themes[t]) &&
                        is_key(&c->chapters[i].blocks[k]) && seen++ == round)
                        ret[n++] = &c->chapters[i].blocks[k];
        }
    return n;
}

static void put_keys(Shortening *s)
{
    const DocColumn columns[] = { { .title = _("What is measured"), .row_header = true },
                                  { .title = _("Figure"), .align = DOC_RIGHT },
                                  { .title = _("Period") },
                                  { .title = _("What it means") } };
    const Block *keys[MAX_KEYS];
    size_t n = pick_keys(s->content, keys);
    DocTable *table;

    doc_heading(s->doc, 1, NULL, _("Key figures"));
    if (!n) {
        doc_para(s->doc, _("The report has no figures that can be shown here."));
        return;
    }
    table = doc_table(s->doc, s->content->owner_name, columns, G_N_ELEMENTS(columns), NULL);
    for (size_t i = 0; i < n; i++)
        put_key(s, table, keys[i]);
    doc_table_note(table, "±", indikator_uncertainty_legend());
}

/* --- people's own words --- */

/* The text of Markdown, a block a line. */
static char **plain_lines(const char *markdown)
{
    const DocMeta meta = { .title = "-" };
    g_autoptr(Doc) doc = doc_new(&meta);
    g_autofree char *text = NULL;

    doc_markdown(doc, markdown, 1);
    text = doc_text(doc);
    return g_strsplit(text + strcspn(text, "\n") + (strchr(text, '\n') != NULL), "\n", -1);
}

/* Whole sentences of at most so many bytes; a longer sentence ends at a word with an ellipsis. */
static const char *cut(Arena *arena, const char *text, size_t room)
{
    size_t end = 0, word = 0;

    if (strlen(text) <= room)
        return arena_dup(arena, text);
    for (size_t i = 0; i < room; i++) {
        if (strchr(".!?", text[i]) && text[i + 1] == ' ' && i > 0 && !g_ascii_isdigit(text[i - 1]))
            end = i + 1;
        if (text[i] == ' ')
            word = i;
    }
    return end ? arena_ndup(arena, text, end) : arena_printf(arena, "%.*s …", (int)word, text);
}

static void put_words(Shortening *s, const char *text)
{
    const DocRun run = { .text = text };

    doc_speak(s->doc, s->content->written);
    doc_para_runs(s->doc, &run, 1);
    doc_speak(s->doc, NULL);
}

/* The first line that is a sentence: headings end without a full stop. */
static void put_summary(Shortening *s)
{
    size_t room = rooms[s->terse].summary;

    for (size_t i = 0; i < s->content->n_chapters && room; i++) {
        const ContentChapter *c = &s->content->chapters[i];
        g_auto(GStrv) lines = NULL;

        if (strcmp(c->kind, "sammendrag") || !*c->body)
            continue;
        lines = plain_lines(c->body);
        for (char **line = lines; *line; line++)
            if (g_str_has_suffix(*line, ".") && !strchr(*line, '\t')) {
                put_words(s, cut(s->arena, *line, room));
                return;
            }
    }
}

/* Measures as rows of their own, else the lines of what was written. */
static GPtrArray *measures_of(Shortening *s)
{
    GPtrArray *all = g_ptr_array_new();

    for (size_t i = 0; i < s->content->n_chapters; i++) {
        const ContentChapter *c = &s->content->chapters[i];
        g_auto(GStrv) lines = NULL;

        for (size_t k = 0; k < c->n_measures; k++)
            g_ptr_array_add(all, (void *)c->measure_items[k].measure);
        if (c->n_measures || !*c->measures)
            continue;
        lines = plain_lines(c->measures);
        for (char **line = lines; *line; line++)
            if (**line && !strchr(*line, '\t'))
                g_ptr_array_add(all, arena_dup(s->arena, *line));
    }
    return all;
}

static void put_measures(Shortening *s)
{
    g_autoptr(GPtrArray) all = measures_of(s);
    size_t n = MIN(all->len, rooms[s->terse].measures);

    if (!n)
        return;
    doc_heading(s->doc, 1, NULL, _("What we do about it"));
    doc_list_begin(s->doc, false);
    for (size_t i = 0; i < n; i++) {
        doc_item_begin(s->doc);
        put_words(s, cut(s->arena, all->pdata[i], 160));
        doc_end(s->doc);
    }
    doc_end(s->doc);
    if (all->len > n)
        doc_para(s->doc,
                 arena_printf(s->arena,
                              ngettext("The report has %u more measure.",
                                       "The report has %u more measures.", all->len - (guint)n),
                              all->len - (guint)n));
}

/* --- decided, and next --- */

static void put_decision(Shortening *s)
{
    const Said *said = &s->face->said;

    doc_heading(s->doc, 1, NULL, _("What is decided"));
    if (!said->n) {
        doc_para(s->doc, _("Nothing yet. The report has not been treated politically."));
        return;
    }
    doc_para(s->doc, tilstandsrapport_statement_meta(s->arena, &said->v[0]));
    doc_quote_begin(s->doc);
    put_words(s, cut(s->arena, said->v[0].event->decision, rooms[s->terse].decision));
    doc_end(s->doc);
}

static void put_ahead(Shortening *s, const Ahead *ahead, size_t n)
{
    doc_heading(s->doc, 1, NULL, _("What happens next"));
    for (size_t i = 0; i < n; i++)
        doc_term(s->doc, ahead[i].day, ahead[i].step);
    if (!n)
        doc_para(s->doc, _("The treatment of this report is finished. The next report tells what "
                           "came of it."));
}

static Doc *begin(Shortening *s)
{
    const Content *c = s->content;
    const DocMeta meta = {
        .title = arena_printf(s->arena, _("How are the schools in %s doing? %s"),
                              tilstandsrapport_word_short_name(s->arena, c->owner_name), c->year),
        .author = c->owner_name,
        .subject = arena_printf(s->arena, _("Summary of %s"), c->title),
        .lang = i18n_tag(c->language),
        .draft = s->face->draft ? _("Draft – not treated") : NULL,
        .accent = s->face->accent,
        .base_url = s->face->base_url,
        .created = s->face->created,
        .no_cover = true,
        .no_contents = true,
        .compact = true,
    };

    return doc_new(&meta);
}

Doc *tilstandsrapport_summary_doc(const Content *content, const Face *face, const Ahead *ahead,
                                  size_t n_ahead, int terse)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(content->language);
    g_autoptr(Arena) arena = arena_new();
    Shortening s = { .content = content, .face = face, .arena = arena };

    s.terse = CLAMP(terse, 0, MAX_TERSE);
    s.doc = begin(&s);
    put_summary(&s);
    put_points(
        &s, GOES_WELL, _("What goes well"),
        _("No figure of the municipality is clearly better than the nation or than before."));
    put_points(
        &s, GOES_BADLY, _("What we must work with"),
        _("No figure of the municipality is clearly weaker than the nation or than before."));
    put_keys(&s);
    put_measures(&s);
    put_decision(&s);
    put_ahead(&s, ahead, n_ahead);
    return s.doc;
}

bool tilstandsrapport_summary_pdf(const Content *content, const Face *face, const Ahead *ahead,
                                  size_t n_ahead, GBytes **ret, int *ret_terse, GError **error)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(content->language);
    g_autoptr(GBytes) file = NULL;

    for (int terse = 0; terse <= MAX_TERSE; terse++) {
        g_autoptr(Doc) doc = tilstandsrapport_summary_doc(content, face, ahead, n_ahead, terse);
        int pages;

        g_clear_pointer(&file, g_bytes_unref);
        if (!doc_pdf_pages(doc, &file, &pages, error))
            return false;
        *ret_terse = terse;
        if (pages == 1)
            break;
    }
    *ret = g_steal_pointer(&file);
    return true;
}
