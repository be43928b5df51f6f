/* innhold-doc.c - content as a document: cover, summary, chapters, and how to read the figures.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "belegg.h"
#include "blokker.h"
#include "chart.h"
#include "innhold-doc.h"
#include "mal.h"
#include "rettelse.h"

#define MANY_FIGURES 3 /* from which a chapter starts on a page of its own */

typedef struct {
    const Content *content;
    const Face *face;
    Doc *doc;
    Arena *arena;
    size_t figure;     /* number of the last figure */
    unsigned told;     /* what ± and the words of the trade mean */
    const char *grade; /* of the last heading of a grade; NULL when there is none in this chapter */
} Making;

/* --- figures and blocks --- */

static void free_chart(gpointer chart)
{
    tilstandsrapport_chart_free(chart);
}

static void make_figure(Making *m, const Block *b, const char *reading)
{
    Chart *chart =
        tilstandsrapport_chart(m->content, b, arena_printf(m->arena, "figur-%zu", ++m->figure));
    const char *base =
        arena_printf(m->arena, "%s%zu", m->face->figures ? m->face->figures : "", m->figure);
    const DocRun links[] = {
        { .text = _("Save as SVG"), .url = arena_printf(m->arena, "%s/svg", base) },
        { .text = _("Save as PNG"), .url = arena_printf(m->arena, "%s/png", base) },
        { .text = _("Save as CSV"), .url = arena_printf(m->arena, "%s/csv", base) },
    };
    const DocFigure figure = {
        .chart = doc_own(m->doc, chart, free_chart),
        .caption = arena_printf(m->arena, _("Figure %zu: %s"), m->figure, b->title),
        .alt = *reading ? reading : b->title,
        .source = b->source,
        .links = links,
        .n_links = m->face->figures ? G_N_ELEMENTS(links) : 0,
    };

    doc_figure(m->doc, &figure);
}

/* The schools' table has the same figures already. */
static bool stands_above(const ContentChapter *chapter, const Block *b)
{
    for (const Block *other = chapter->blocks; other < b; other++)
        for (size_t i = 0;
             other->view == VIEW_SCHOOLS && b->view == VIEW_COMPARE && i < other->n_indicators; i++)
            if (!strcmp(other->indicators[i].code, b->indicators[0].code) &&
                !strcmp(other->periods[0].label, b->periods[0].label))
                return true;
    return false;
}

/* Where references to figures are looked up. */
static const Content *look(const Making *m)
{
    return m->face->whole ? m->face->whole : m->content;
}

/* A figure that is referred to has an anchor of its own. */
static const char *anchor_of(Making *m, const Block *b)
{
    return tilstandsrapport_is_cited(m->content, b)
               ? arena_printf(m->arena, "tall-%zu", tilstandsrapport_ordinal(m->content, b))
               : NULL;
}

static void make_heading(Making *m, const Block *b)
{
    const char *grade = b->indicators[0].grade;

    if (!*grade || b->view == VIEW_WORDS) {
        m->grade = NULL;
        doc_heading(m->doc, 2, anchor_of(m, b), b->title);
        return;
    }
    if (g_strcmp0(grade, m->grade))
        doc_heading(
            m->doc, 2, NULL,
            tilstandsrapport_word_capital(m->arena, tilstandsrapport_word_grade(m->arena, grade)));
    m->grade = grade;
    doc_heading(m->doc, 3, anchor_of(m, b), b->title);
}

static void make_source(Making *m, const Block *b)
{
    const DocRun run = { .text = b->source, .style = DOC_EM };

    doc_para_runs(m->doc, &run, 1);
}

/* Whether it is more than chance: beside every chart of a series that comes often. */
static void make_signal(Making *m, const Block *b)
{
    const ControlChart *c = b->control;
    const DocRun runs[] = { { .text = c ? c->sentence : "", .style = DOC_STRONG },
                            { .text = c && c->limits ? arena_printf(m->arena, " %s", c->method)
                                                     : "" } };

    if (!c)
        return;
    doc_para_runs(m->doc, runs, G_N_ELEMENTS(runs));
    doc_keep_next(m->doc);
}

static void make_block(Making *m, const ContentChapter *chapter, const Block *b)
{
    const char *reading = tilstandsrapport_reading(m->arena, m->content, b);

    make_heading(m, b);
    if (*reading && b->view != VIEW_WORDS) { /* a list says it all itself */
        doc_para(m->doc, reading);
        doc_keep_next(m->doc);
    }
    if (tilstandsrapport_block_draws(b)) {
        make_signal(m, b);
        make_figure(m, b, reading);
    }
    if (!stands_above(chapter, b))
        tilstandsrapport_table(m->doc, m->arena, b, tilstandsrapport_block_draws(b) ? m->figure : 0,
                               &m->told);
    if (!tilstandsrapport_block_draws(b))
        make_source(m, b);
}

/* --- chapters --- */

static bool is_empty(const ContentChapter *c)
{
    return !*c->body && !*c->goals && !*c->judgement && !*c->measures && !*c->no_measures &&
           !c->n_blocks && !c->missing && !c->n_goals && !c->n_measures && !c->n_last_year;
}

/* What people wrote, in the language they wrote it in. */
static void make_words(Making *m, const char *text, int level)
{
    doc_speak(m->doc, m->content->written);
    doc_markdown(m->doc, tilstandsrapport_with_evidence(m->arena, look(m), m->content, text),
                 level);
    doc_speak(m->doc, NULL);
}

static void make_text(Making *m, const char *heading, const char *text)
{
    if (!*text)
        return;
    doc_heading(m->doc, 2, NULL, heading);
    make_words(m, text, 3);
}

static void make_judgement(Making *m, const ContentChapter *c)
{
    if (*c->judgement) {
        doc_note_begin(m->doc, DOC_JUDGEMENT, _("Assessment"));
        make_words(m, c->judgement, 3);
        doc_end(m->doc);
    }
    if (*c->measures || c->n_measures) {
        make_text(m, _("Measures"), c->measures);
        tilstandsrapport_doc_measures(m->doc, m->arena, c);
    } else if (*c->no_measures) {
        doc_heading(m->doc, 2, NULL, _("No measures"));
        make_words(m, c->no_measures, 3);
    }
}

static void make_missing(Making *m, const char *text)
{
    doc_note_begin(m->doc, DOC_WARNING, _("Figures are missing"));
    doc_para(m->doc, text);
    doc_end(m->doc);
}

/* One chapter in a sentence or two; NULL when its figures say nothing. */
static const char *gist(Making *m, const ContentChapter *c)
{
    const char *reading = tilstandsrapport_chapter_reading(m->arena, m->content, c);

    if (reading)
        return reading;
    if (c->missing)
        return _("Figures are missing.");
    return c->n_blocks ? tilstandsrapport_reading(m->arena, m->content, &c->blocks[0]) : NULL;
}

/* What the figures say by themselves, until somebody has written the summary. */
static void make_digest(Making *m)
{
    bool begun = false;

    for (size_t i = 0; i < m->content->n_chapters; i++) {
        const ContentChapter *c = &m->content->chapters[i];
        const char *text = gist(m, c);

        if (!text)
            continue;
        if (!begun)
            doc_list_begin(m->doc, false);
        begun = true;
        doc_item(m->doc, arena_printf(m->arena, "%s: %s", c->title, text));
    }
    if (begun)
        doc_end(m->doc);
    else
        doc_para(m->doc, _("There are no figures to sum up yet."));
}

static size_t count_figures(const ContentChapter *c)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n_blocks; i++)
        n += tilstandsrapport_block_draws(&c->blocks[i]);
    return n;
}

static void make_chapter(Making *m, const ContentChapter *c)
{
    bool digest = !strcmp(c->kind, "sammendrag") && is_empty(c);
    const char *lead = tilstandsrapport_chapter_reading(m->arena, m->content, c);

    if (is_empty(c) && !digest && !m->face->draft)
        return;
    m->grade = NULL;
    if (count_figures(c) >= MANY_FIGURES)
        doc_page_break(m->doc);
    doc_heading(m->doc, 1, NULL, c->title);
    if (lead)
        doc_lead(m->doc, lead);
    if (digest)
        make_digest(m);
    else if (is_empty(c))
        doc_para(m->doc, _("This chapter has not been written yet."));
    tilstandsrapport_doc_last_year(m->doc, m->arena, c);
    make_words(m, c->body, 2);
    make_text(m, _("Local goals"), c->goals);
    tilstandsrapport_doc_goals(m->doc, m->arena, m->content, look(m), c);
    if (c->missing)
        make_missing(m, c->missing);
    for (size_t i = 0; i < c->n_blocks; i++)
        make_block(m, c, &c->blocks[i]);
    make_judgement(m, c);
}

/* --- the treatment --- */

/* As it was adopted: no mark of its own means anything, each line is a line. */
static void make_exact(Making *m, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    size_t n = g_strv_length(lines);
    DocRun *runs = arena_alloc(m->arena, MAX(n, 1) * sizeof(DocRun));

    for (size_t i = 0; i < n; i++)
        runs[i] = (DocRun){ .text = lines[i], .line_break = i + 1 < n };
    doc_quote_begin(m->doc);
    doc_speak(m->doc, m->content->written);
    doc_para_runs(m->doc, runs, n);
    doc_speak(m->doc, NULL);
    doc_end(m->doc);
}

/* First in a file, as on the page: what became of the report. */
static void make_treatment(Making *m)
{
    const Said *said = &m->face->said;

    if (!said->n)
        return;
    doc_heading(m->doc, 1, NULL, _("Treatment"));
    for (size_t i = 0; i < said->n; i++) {
        doc_heading(m->doc, 2, NULL, tilstandsrapport_statement_heading(&said->v[i]));
        doc_para(m->doc, tilstandsrapport_statement_meta(m->arena, &said->v[i]));
        doc_keep_next(m->doc);
        make_exact(m, said->v[i].event->decision);
    }
}

/* --- the end --- */

/* Figures of the nation come from the public statistics alone. */
static bool any_public(const Content *content)
{
    for (size_t i = 0; i < content->n_chapters; i++)
        for (size_t k = 0; k < content->chapters[i].n_blocks; k++)
            if (block_nation(&content->chapters[i].blocks[k]) != SIZE_MAX)
                return true;
    return false;
}

static void make_sources(Making *m)
{
    char day[DATE_TEXT];

    if (m->content->n_sources == 0)
        return;
    doc_heading(m->doc, 2, NULL, _("Sources"));
    if (any_public(m->content))
        doc_para(
            m->doc,
            _("Figures from Udir (the Norwegian Directorate for Education and Training) are used "
              "under the Norwegian Licence for Open Government Data (NLOD)."));
    doc_list_begin(m->doc, false);
    for (size_t i = 0; i < m->content->n_sources; i++) {
        const ContentSource *s = &m->content->sources[i];

        doc_item(m->doc, s->imported_on ? arena_printf(m->arena, _("%s, imported %s"), s->file,
                                                       date_short(s->imported_on, day))
                                        : s->file);
    }
    doc_end(m->doc);
}

static void make_end(Making *m)
{
    char day[DATE_TEXT];

    doc_heading(m->doc, 1, "om-tallene", _("How to read the figures"));
    doc_term(m->doc, "±", indikator_uncertainty_legend());
    doc_term(m->doc, "*", skjerming_legend());
    doc_term(m->doc, "–", _("No data. That is neither zero nor suppressed."));
    doc_term(m->doc, "(136)", _("The number of pupils behind a result."));
    doc_para(m->doc, _("The report ranks neither schools nor pupils. A school with few pupils "
                       "varies much from year "
                       "to year without anything having changed."));
    if (!m->face->page) { /* the page itself tells it, with a link to the law */
        doc_heading(m->doc, 2, NULL, _("The duty"));
        doc_para(m->doc, arena_printf(m->arena, "%s: %s",
                                      tilstandsrapport_word_capital(m->arena, m->content->law),
                                      m->content->duty));
    }
    make_sources(m);
    doc_heading(m->doc, 2, NULL, _("How the report was made"));
    doc_para(
        m->doc,
        arena_printf(
            m->arena,
            m->content->audience == AUDIENCE_PUBLIC
                ? _("The figures were drawn up on %s for the public. Version of the disclosure "
                    "rules: %s.")
                : _("The figures were drawn up on %s for the owner’s own use. Version of the "
                    "disclosure rules: %s."),
            date_text(m->content->made_on, day), m->content->rules));
}

/* --- the whole --- */

static Doc *begin_doc(const Content *c, const Face *face, Arena *arena)
{
    const bool internal = c->audience == AUDIENCE_INTERNAL;
    const DocLabel labels[] = {
        { _("School year"), c->year },
        { _("Status"), face->status  ? face->status
                       : face->draft ? _("Draft – not treated")
                                     : _("Frozen version") },
        { _("Answers to"), tilstandsrapport_word_capital(arena, c->law) },
        { _("For whom"),
          internal ? _("Internal: holds figures that are not public") : _("The public") },
    };
    const DocMeta meta = {
        .title = c->title,
        .author = c->owner_name,
        .lang = i18n_tag(c->language),
        .date = c->made_on,
        .subject = arena_printf(arena, _("State of the schools in %s, school year %s"),
                                c->owner_name, c->year),
        .draft = face->draft ? _("Draft – not treated") : NULL,
        .footer = internal
                      ? arena_printf(arena, _("%s · internal, not for publication"), c->owner_name)
                      : NULL,
        .labels = labels,
        .n_labels = G_N_ELEMENTS(labels),
        .created = face->created,
        .accent = face->accent,
        .base_url = face->base_url,
        .no_cover = face->no_cover || face->page,
        .no_contents = face->page,
    };

    return doc_new(&meta);
}

Doc *tilstandsrapport_doc(const Content *content, const Face *face)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(content->language);
    g_autoptr(Arena) arena = arena_new();
    Making m = { .content = content, .face = face, .arena = arena };

    m.doc = begin_doc(content, face, arena);
    tilstandsrapport_doc_corrections(m.doc, arena, content);
    make_treatment(&m);
    for (size_t i = 0; i < content->n_chapters; i++)
        make_chapter(&m, &content->chapters[i]);
    if (!face->part) {
        tilstandsrapport_doc_inputs(m.doc, arena, content);
        make_end(&m);
    }
    return m.doc;
}

bool tilstandsrapport_html_file(const Content *content, const Face *face, GBytes **ret_file,
                                GError **error)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(content->language);
    g_autoptr(Doc) doc = tilstandsrapport_doc(content, face);

    return doc_html_file(doc, NULL, ret_file, error);
}

bool tilstandsrapport_pdf(const Content *content, const Face *face, GBytes **ret_file,
                          GError **error)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(content->language);
    g_autoptr(Doc) doc = tilstandsrapport_doc(content, face);

    return doc_pdf(doc, ret_file, error);
}

bool tilstandsrapport_docx(const Content *content, const Face *face, GBytes **ret_file,
                           GError **error)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(content->language);
    g_autoptr(Doc) doc = tilstandsrapport_doc(content, face);

    return doc_docx(doc, ret_file, error);
}
