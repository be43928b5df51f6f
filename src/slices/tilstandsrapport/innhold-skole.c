/* innhold-skole.c - a sheet for each school's SU and FAU: its figures, what they mean, what to ask.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "blokker.h"
#include "innhold-ark.h"
#include "mal.h"

#define FEW 30                /* pupils: below this, one class or so, a result swings by itself */
#define LARGE_UNCERTAINTY 2.5 /* scale points: as in the readings */

typedef struct {
    const Content *content, *inside;
    Doc *doc;
    Arena *arena;
    const SheetSchool *school;
    DocTable *table;
    GHashTable *told; /* "indicator period" */
    bool any, few, hidden, test, absence, wellbeing;
} Sheet;

/* --- finding cells --- */

static size_t unit_of(const Block *b, const char *code)
{
    for (size_t u = 0; u < b->n_units; u++)
        if (!strcmp(b->units[u].code, code))
            return u;
    return SIZE_MAX;
}

static bool is_side_by_side(const Block *b)
{
    return b->view == VIEW_SCHOOLS || b->view == VIEW_COMPARE;
}

SheetSchools tilstandsrapport_sheet_schools(Arena *arena, const Content *content)
{
    g_autoptr(GPtrArray) codes = g_ptr_array_new();
    SheetSchools all = { 0 };
    size_t room = 0;

    for (size_t i = 0; i < content->n_chapters; i++)
        for (size_t k = 0; k < content->chapters[i].n_blocks; k++)
            room += content->chapters[i].blocks[k].n_units;
    all.v = arena_alloc(arena, MAX(room, 1) * sizeof(SheetSchool));
    for (size_t i = 0; i < content->n_chapters; i++)
        for (size_t k = 0; k < content->chapters[i].n_blocks; k++) {
            const Block *b = &content->chapters[i].blocks[k];

            for (size_t u = 0; u < b->n_units; u++) {
                const char *code = b->units[u].code;

                if (strlen(code) != 9 ||
                    g_ptr_array_find_with_equal_func(codes, code, g_str_equal, NULL))
                    continue;
                g_ptr_array_add(codes, (void *)code);
                all.v[all.n++] = (SheetSchool){ code, b->units[u].name };
            }
        }
    return all;
}

/* --- the table --- */

static const char *words_of(Sheet *s, const Indicator *about, const Cell *cell, const Cell *nation)
{
    Stands stands = nation ? indikator_stands(cell, nation) : STANDS_UNKNOWN;

    switch (cell->status) {
    case VALUE_MASKED:
        s->hidden = true;
        return _("Not shown: the group is so small that pupils could be recognised.");
    case VALUE_MISSING:
        return _("No figure.");
    case VALUE_NOT_TESTED:
        return _("Not tested.");
    case VALUE_QUALITATIVE:
        return "";
    case VALUE_OK:
        break;
    }
    bool few = (cell->n != NO_INT && cell->n < FEW) ||
               (!strcmp(about->unit, "skalapoeng") && cell->uncertainty >= LARGE_UNCERTAINTY);

    s->few = s->few || few;
    if (stands == STANDS_UNKNOWN)
        return few ? _("Few pupils: read it with care.") : "";
    return arena_printf(s->arena, few ? _("%s. Few pupils: read it with care.") : "%s.",
                        tilstandsrapport_word_capital(
                            s->arena, indikator_stands_text(s->arena, stands, _("the nation"))));
}

static void begin_table(Sheet *s)
{
    const DocColumn columns[] = { { .title = _("What is measured"), .row_header = true },
                                  { .title = _("Period") },
                                  { .title = _("The school"), .align = DOC_RIGHT },
                                  { .title = _("The municipality"), .align = DOC_RIGHT },
                                  { .title = _("The nation"), .align = DOC_RIGHT },
                                  { .title = _("What it means") } };

    if (!s->table)
        s->table = doc_table(
            s->doc,
            arena_printf(s->arena, _("%s beside the municipality and the nation"), s->school->name),
            columns, G_N_ELEMENTS(columns), NULL);
}

/* `shown` has the school's figures, `beside` the others': the same block but for an internal sheet. */
static void put_row(Sheet *s, const Block *shown, const Block *beside, size_t i)
{
    const Indicator *about = &shown->indicators[i];
    size_t unit = unit_of(shown, s->school->code), nation = block_nation(beside);
    const Cell *cell = &block_cell(shown, unit, i, 0)->cell;
    const Cell *own = &block_cell(beside, block_own(beside), i, 0)->cell;
    const Cell *all = nation == SIZE_MAX ? NULL : &block_cell(beside, nation, i, 0)->cell;
    const char *key = arena_printf(s->arena, "%s %s", about->code, shown->periods[0].label);

    if (cell->status == VALUE_MISSING || !g_hash_table_add(s->told, (void *)key))
        return;
    begin_table(s);
    s->any = true;
    s->test = s->test || tilstandsrapport_word_subject(about->code);
    doc_cell(s->table, tilstandsrapport_word_title(s->arena, about), NULL);
    doc_cell(s->table, shown->periods[0].label, NULL);
    doc_cell(s->table, indikator_cell_text(s->arena, about, cell, true), NULL);
    doc_cell(s->table, indikator_cell_text(s->arena, about, own, false), NULL);
    doc_cell(s->table, all ? indikator_cell_text(s->arena, about, all, false) : "–", NULL);
    doc_cell(s->table, words_of(s, about, cell, all), NULL);
}

/* The block of the other audience with the same figures; the block itself when there is no other. */
static const Block *twin(const Content *content, const Block *b)
{
    for (size_t i = 0; content && i < content->n_chapters; i++)
        for (size_t k = 0; k < content->chapters[i].n_blocks; k++) {
            const Block *other = &content->chapters[i].blocks[k];

            if (other->view == b->view && other->n_indicators == b->n_indicators &&
                other->n_periods == b->n_periods &&
                !strcmp(other->indicators[0].code, b->indicators[0].code) &&
                !strcmp(other->periods[0].label, b->periods[0].label))
                return other;
        }
    return NULL;
}

static void put_table(Sheet *s)
{
    const Content *from = s->inside ? s->inside : s->content;

    for (size_t i = 0; i < from->n_chapters; i++)
        for (size_t k = 0; k < from->chapters[i].n_blocks; k++) {
            const Block *b = &from->chapters[i].blocks[k];
            const Block *beside = s->inside ? twin(s->content, b) : b;

            if (!is_side_by_side(b) || unit_of(b, s->school->code) == SIZE_MAX || !beside)
                continue;
            for (size_t n = 0; n < b->n_indicators; n++)
                put_row(s, b, beside, n);
        }
    if (!s->table)
        return;
    doc_table_note(s->table, "±", indikator_uncertainty_legend());
    doc_table_note(s->table, "(38)", _("the number of pupils behind the figure"));
    if (s->hidden)
        doc_table_note(s->table, "*", skjerming_legend());
}

/* --- what stands alone --- */

/* Blocks about this school only: quarters and levels, as their reading says it. */
static void put_readings(Sheet *s)
{
    const Content *from = s->inside ? s->inside : s->content;
    size_t n = 0;

    for (size_t i = 0; i < from->n_chapters; i++)
        for (size_t k = 0; k < from->chapters[i].n_blocks; k++) {
            const Block *b = &from->chapters[i].blocks[k];

            if ((b->view != VIEW_QUARTERS && b->view != VIEW_LEVELS) || b->n_units != 1 ||
                strcmp(b->units[0].code, s->school->code))
                continue;
            if (n++ == 0)
                doc_list_begin(s->doc, false);
            doc_item(s->doc, arena_printf(s->arena, "%s. %s", b->title,
                                          tilstandsrapport_reading(s->arena, from, b)));
            s->absence = s->absence || b->view == VIEW_QUARTERS;
        }
    if (n)
        doc_end(s->doc);
    s->any = s->any || n;
}

static void put_value(Sheet *s, const Block *b, size_t unit, size_t i, size_t *n)
{
    size_t newest = block_newest(b, unit, i);
    const Cell *cell;

    if (newest == SIZE_MAX)
        return;
    cell = &block_cell(b, unit, i, newest)->cell;
    if ((*n)++ == 0)
        doc_list_begin(s->doc, false);
    s->hidden = s->hidden || cell->status == VALUE_MASKED;
    s->wellbeing = s->wellbeing || !strcmp(b->indicators[i].theme, "laringsmiljo");
    doc_item(s->doc,
             arena_printf(s->arena, "%s: %s (%s)", b->indicators[i].name,
                          cell->status == VALUE_MASKED
                              ? _("not shown, the group is too small")
                              : indikator_cell_text(s->arena, &b->indicators[i], cell, false),
                          tilstandsrapport_word_period(s->arena, b->periods[newest].label)));
}

static void put_values(Sheet *s)
{
    const Content *from = s->inside ? s->inside : s->content;
    size_t n = 0;

    for (size_t i = 0; i < from->n_chapters; i++)
        for (size_t k = 0; k < from->chapters[i].n_blocks; k++) {
            const Block *b = &from->chapters[i].blocks[k];
            size_t unit = unit_of(b, s->school->code);

            for (size_t x = 0; b->view == VIEW_WORDS && unit != SIZE_MAX && x < b->n_indicators;
                 x++)
                put_value(s, b, unit, x, &n);
        }
    if (n)
        doc_end(s->doc);
    s->any = s->any || n;
}

/* --- what to talk about --- */

static void put_care(Sheet *s)
{
    if (!s->few && !s->hidden)
        return;
    doc_note_begin(s->doc, DOC_WARNING, _("When the pupils are few"));
    if (s->few)
        doc_para(s->doc, _("In a small group, a few pupils more or fewer move the figure a lot. A "
                           "change from one year to the next may be chance. Look at several years "
                           "together, and at what you see at the school."));
    if (s->hidden)
        doc_para(s->doc,
                 _("Figures that are not shown are neither good nor bad. Do not try to work "
                   "out whom they are about."));
    doc_end(s->doc);
}

static void put_questions(Sheet *s)
{
    const char *const questions[] = {
        _("Do you recognise the school in these figures? What do they not tell?"),
        s->test ? _("What does the school do for pupils who find reading or numeracy hard, and how "
                    "do the parents know?")
                : NULL,
        s->wellbeing ? _("Do all pupils have somebody to be with? What do the pupils’ council say?")
                     : NULL,
        s->absence ? _("What makes people thrive at work at the school, and what wears on them?")
                   : NULL,
        _("What can school and home do together until next year?"),
        _("What should the municipality know before the report is treated?"),
    };

    doc_heading(s->doc, 2, NULL, _("Questions to talk about"));
    doc_list_begin(s->doc, true);
    for (size_t i = 0; i < G_N_ELEMENTS(questions); i++)
        if (questions[i])
            doc_item(s->doc, questions[i]);
    doc_end(s->doc);
}

/* A measure is the school's when it, or whoever answers for it, names the school. */
static bool names_school(const Sheet *s, const ContentMeasure *m)
{
    return strstr(m->measure, s->school->name) || strstr(m->responsible, s->school->name);
}

static size_t put_measures_that(Sheet *s, bool own, size_t room)
{
    size_t n = 0;

    for (size_t i = 0; i < s->content->n_chapters; i++)
        for (size_t k = 0; k < s->content->chapters[i].n_measures && n < room; k++) {
            const ContentMeasure *m = &s->content->chapters[i].measure_items[k];

            if (names_school(s, m) != own)
                continue;
            if (n++ == 0) {
                doc_heading(s->doc, 2, NULL,
                            own ? _("Measures at the school") : _("Measures for all the schools"));
                doc_list_begin(s->doc, false);
            }
            doc_speak(s->doc, s->content->written);
            doc_item(s->doc, m->measure);
            doc_speak(s->doc, NULL);
        }
    if (n)
        doc_end(s->doc);
    return n;
}

static void put_school(Sheet *s, bool alone)
{
    doc_heading(s->doc, 1, NULL, alone ? _("The figures") : s->school->name);
    doc_para(s->doc,
             arena_printf(s->arena,
                          _("This sheet is for the collaboration committee (SU) and the parents’ "
                            "committee (FAU) at %s. The figures are from the municipality’s report "
                            "on the state of the schools, %s."),
                          s->school->name, s->content->year));
    put_table(s);
    put_values(s);
    put_readings(s);
    if (!s->any)
        doc_para(s->doc, _("The report has no figures for this school alone."));
    put_care(s);
    put_questions(s);
    put_measures_that(s, true, 6);
    put_measures_that(s, false, 5);
}

static Doc *begin(Arena *arena, const Content *c, const Face *face, const SheetSchool *only)
{
    const DocMeta meta = {
        .title = only ? only->name : arena_printf(arena, _("A sheet for each school, %s"), c->year),
        .subtitle = only ? arena_printf(arena, _("Results and measures %s"), c->year) : NULL,
        .author = c->owner_name,
        .subject = arena_printf(arena, _("For SU and FAU, from %s"), c->title),
        .lang = i18n_tag(c->language),
        .draft = face->draft ? _("Draft – not treated") : NULL,
        .accent = face->accent,
        .base_url = face->base_url,
        .created = face->created,
        .no_cover = only != NULL,
        .no_contents = only != NULL,
        .compact = true,
    };

    return doc_new(&meta);
}

Doc *tilstandsrapport_sheet_doc(const Content *content, const Content *inside, const Face *face,
                                const SheetSchool *schools, size_t n_schools)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(content->language);
    g_autoptr(Arena) arena = arena_new();
    Doc *doc = begin(arena, content, face, n_schools == 1 ? schools : NULL);

    for (size_t i = 0; i < n_schools; i++) {
        g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
        Sheet sheet = { .content = content,
                        .inside = inside,
                        .doc = doc,
                        .arena = arena,
                        .school = &schools[i],
                        .told = told };

        if (i > 0)
            doc_page_break(doc);
        put_school(&sheet, n_schools == 1);
    }
    return doc;
}
