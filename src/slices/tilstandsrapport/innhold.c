/* innhold.c - a report's content composed from the database, for one audience.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "innhold-deler.h"
#include "blokker.h"
#include "eier.h"
#include "mal.h"
#include "tall.h"
#include "rettelse.h"

/* --- whom it is about --- */

static int by_name(const void *a, const void *b)
{
    const UnitRef *x = a, *y = b;

    return nb_compare(x->name, strlen(x->name), y->name, strlen(y->name));
}

/* The owner's schools; before any has been taken in, those the public statistics place there. */
static bool find_schools(Composing *c, GError **error)
{
    if (!indikator_units(c->db, c->arena, c->owner, "skole", c->today, &c->schools, error))
        return false;
    if (c->schools.n)
        return true;
    return indikator_public_schools(c->db, c->arena, c->peers.v[0].code, &c->schools, error);
}

static bool find_others(Composing *c, GError **error)
{
    EnhetList all;

    if (!enhet_list(c->db, c->arena, c->owner, c->today, &all, error))
        return false;
    c->others = (UnitRefList){ arena_alloc(c->arena, MAX(all.n, 1) * sizeof(UnitRef)), 0 };
    for (size_t i = 0; i < all.n; i++)
        if (strcmp(all.v[i].kind, "kommune") && strcmp(all.v[i].kind, "skole"))
            c->others.v[c->others.n++] = (UnitRef){ all.v[i].id, 4, all.v[i].code, all.v[i].name };
    return true;
}

static bool find_units(Composing *c, GError **error)
{
    Enhet root;
    UnitRef municipality;

    if (!enhet_root(c->db, c->arena, c->owner, c->today, &root, error))
        return false;
    municipality = (UnitRef){ root.id, 3, root.code, root.name };
    if (!indikator_peers(c->db, c->arena, &municipality, &c->peers, error) ||
        !find_schools(c, error) || !find_others(c, error))
        return false;
    qsort(c->schools.v, c->schools.n, sizeof(UnitRef), by_name);
    qsort(c->others.v, c->others.n, sizeof(UnitRef), by_name);
    return true;
}

/* --- chapters --- */

const char *tilstandsrapport_missing_text(const char *theme, Audience audience)
{
    static const struct {
        const char *theme, *open, *text;
    } words[] = {
        { "laringsmiljo", N_("The report has no figures on the learning environment."),
          N_("There are no figures on the learning environment yet. Download the "
             "results of the pupil survey "
             "(Elevundersøkelsen) from Udir’s statistics bank and import them, or "
             "import figures of your own as "
             "a values-csv file.") },
        { "laringsresultat", N_("The report has no figures on learning outcomes."),
          N_("There are no learning outcomes yet. Download the national tests (Nasjonale prøver) "
             "as CSV from "
             "Udir’s statistics bank, one file for each year, and import them.") },
        { "gjennomforing", N_("The report has no figures on completion."),
          N_("There are no figures on completion yet. Download transition to "
             "upper secondary education and "
             "grunnskolepoeng from Udir’s statistics bank, and import them as a "
             "values-csv file.") },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (!strcmp(words[i].theme, theme))
            return audience == AUDIENCE_PUBLIC ? _(words[i].open) : _(words[i].text);
    return audience == AUDIENCE_PUBLIC
               ? _("The report has no figures for this chapter.")
               : _("There are no figures for this chapter yet. Import a file that holds them.");
}

static ContentChapter chapter_of(const Chapter *from)
{
    return (ContentChapter){ .id = from->id,
                             .nr = from->nr,
                             .kind = from->kind,
                             .theme = from->theme,
                             .title = from->title,
                             .statutory = from->statutory,
                             .body = from->body,
                             .goals = from->goals,
                             .judgement = from->judgement,
                             .measures = from->measures,
                             .no_measures = from->no_measures };
}

/* The chapters of a report that is not begun: the template's, without a word. */
static bool template_chapters(Composing *c, const char *law, ChapterList *ret, GError **error)
{
    Template template;

    if (!tilstandsrapport_mal(c->db, c->arena, c->owner, c->lang, law, &template, error))
        return false;
    *ret = (ChapterList){ arena_alloc(c->arena, MAX(template.n, 1) * sizeof(Chapter)), template.n };
    for (size_t i = 0; i < template.n; i++) {
        const TemplateChapter *t = &template.v[i];

        ret->v[i] = (Chapter){ .nr = (int)i + 1,
                               .kind = t->kind,
                               .theme = t->theme,
                               .statutory = t->statutory,
                               .title = t->title,
                               .body = "",
                               .goals = "",
                               .judgement = "",
                               .measures = "",
                               .no_measures = "",
                               .status = "tom",
                               .indicators = t->indicators,
                               .views = t->views };
    }
    return true;
}

/* A chapter about a unit shows the unit and whom it is compared with, and no other unit. */
static bool narrow_to_unit(Composing *c, int64_t unit, GError **error)
{
    UnitRef ref;

    c->schools = (UnitRefList){ 0 };
    c->others = (UnitRefList){ 0 };
    return indikator_unit(c->db, c->arena, c->owner, unit, c->today, &ref, error) &&
           indikator_peers(c->db, c->arena, &ref, &c->peers, error);
}

static int by_file(const void *a, const void *b)
{
    return strcmp(((const ContentSource *)a)->file, ((const ContentSource *)b)->file);
}

static void list_sources(Arena *arena, GHashTable *files, ContentSource **ret, size_t *ret_n)
{
    GHashTableIter iter;
    gpointer file, day;
    size_t n = 0;

    *ret_n = g_hash_table_size(files);
    *ret = arena_alloc(arena, MAX(*ret_n, 1) * sizeof(ContentSource));
    g_hash_table_iter_init(&iter, files);
    while (g_hash_table_iter_next(&iter, &file, &day))
        (*ret)[n++] = (ContentSource){ file, day };
    qsort(*ret, n, sizeof(ContentSource), by_file);
}

/* The chapter's figures as they are in the data now. */
static bool live_figures(const Composing *of, const Chapter *chapter, Figures *ret, GError **error)
{
    g_autoptr(GHashTable) files = g_hash_table_new(g_str_hash, g_str_equal);
    const BlockChoice choice = { chapter->theme, chapter->indicators, chapter->views };
    Composing c = *of;

    *ret = (Figures){ 0 };
    c.files = files;
    if (strcmp(chapter->kind, "tema") && !*chapter->indicators)
        return true;
    if (chapter->unit && !narrow_to_unit(&c, chapter->unit, error))
        return false;
    if (!tilstandsrapport_choose_blocks(&c, &choice, &ret->blocks, &ret->n_blocks, error))
        return false;
    list_sources(c.arena, files, &ret->sources, &ret->n_sources);
    return true;
}

static bool fill_chapter(Composing *c, const Chapter *from, ContentChapter *to, GError **error)
{
    Figures figures;

    *to = chapter_of(from);
    if (!live_figures(c, from, &figures, error) ||
        (from->id && !tilstandsrapport_held_figures(c->db, c->arena, c->owner, from->id,
                                                    c->audience, &figures, error)))
        return false;
    to->blocks = figures.blocks;
    to->n_blocks = figures.n_blocks;
    for (size_t i = 0; i < figures.n_sources; i++)
        if (!g_hash_table_contains(c->files, figures.sources[i].file))
            g_hash_table_insert(c->files, (void *)(uintptr_t)figures.sources[i].file,
                                (void *)(uintptr_t)figures.sources[i].imported_on);
    if (to->statutory && to->n_blocks == 0)
        to->missing = tilstandsrapport_missing_text(to->theme, c->audience);
    return true;
}

static bool fill_chapters(Composing *c, const ChapterList *from, Content *content, GError **error)
{
    content->n_chapters = from->n;
    content->chapters = arena_alloc(c->arena, MAX(from->n, 1) * sizeof(ContentChapter));
    for (size_t i = 0; i < from->n; i++)
        if (!fill_chapter(c, &from->v[i], &content->chapters[i], error))
            return false;
    return true;
}

/* --- the whole --- */

/* The day whose law a draft answers to: today, or the last day of a year that is over. */
static const char *law_day(Composing *c)
{
    const char *end =
        arena_printf(c->arena, "%d-07-31", (int)g_ascii_strtoll(c->year, NULL, 10) + 1);

    return strcmp(c->today, end) < 0 ? c->today : end;
}

static bool find_law(Composing *c, const Report *report, LawRef *ret, GError **error)
{
    return report->law
               ? tilstandsrapport_law_by_code(c->db, c->arena, c->lang, report->law, ret, error)
               : tilstandsrapport_law(c->db, c->arena, c->lang, law_day(c), ret, error);
}

static bool fill_cover(Composing *c, const Report *report, const LawRef *law, Content *content,
                       GError **error)
{
    Eier eier;

    if (!eier_get(c->db, c->arena, c->owner, &eier, error))
        return false;
    content->owner_name = eier.name;
    content->owner_number = eier.number;
    content->law = law->law;
    content->duty = law->duty;
    content->title = report->title
                         ? arena_dup(c->arena, report->title)
                         : arena_printf(c->arena, "%s %s",
                                        tilstandsrapport_mal_report_name(c->lang), report->year);
    return true;
}

/* What was said in the dialogue and what came of it, and what was corrected. */
static bool fill_inputs(Composing *c, const Report *report, Content *content, GError **error)
{
    AnsweredInputList inputs;

    if (!tilstandsrapport_answered_inputs(c->db, c->arena, c->owner, report->id, &inputs, error))
        return false;
    content->inputs = inputs.v;
    content->n_inputs = inputs.n;
    return tilstandsrapport_correction_notes(c->db, c->arena, c->owner, report->id,
                                             &content->corrections, &content->n_corrections, error);
}

bool tilstandsrapport_compose_kept(Db *db, Arena *arena, const Report *report, Audience audience,
                                   const char *today, GPtrArray *released, Content *ret,
                                   GError **error)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(report->language);
    g_autoptr(GHashTable) files = g_hash_table_new(g_str_hash, g_str_equal);
    Composing c = { .db = db,
                    .arena = arena,
                    .owner = report->owner,
                    .audience = audience,
                    .lang = report->language,
                    .today = today,
                    .year = report->year,
                    .released = released,
                    .files = files };
    Content content = { .year = arena_dup(arena, report->year),
                        .language = report->language,
                        .audience = audience,
                        .made_on = arena_dup(arena, today) };
    ChapterList list;
    LawRef law;

    if (!find_law(&c, report, &law, error) ||
        !(report->id ? tilstandsrapport_chapters(db, arena, c.owner, report->id, &list, error)
                     : template_chapters(&c, law.code, &list, error)) ||
        !find_units(&c, error) || !fill_cover(&c, report, &law, &content, error) ||
        !skjerming_version(db, arena, today, &content.rules, error) ||
        !fill_chapters(&c, &list, &content, error))
        return false;
    if (report->id != 0 && (!fill_inputs(&c, report, &content, error) ||
                            !tilstandsrapport_add_items(db, arena, report, today, &content, error)))
        return false;
    list_sources(arena, files, &content.sources, &content.n_sources);
    *ret = content;
    return true;
}

bool tilstandsrapport_figures(Db *db, Arena *arena, const Report *report, const Chapter *chapter,
                              Audience audience, const char *today, Figures *ret, GError **error)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(report->language);
    g_autoptr(GPtrArray) released = g_ptr_array_new();
    Composing c = { .db = db,
                    .arena = arena,
                    .owner = report->owner,
                    .audience = audience,
                    .lang = report->language,
                    .today = today,
                    .year = report->year,
                    .released = released };

    return find_units(&c, error) && live_figures(&c, chapter, ret, error);
}

bool tilstandsrapport_compose(Db *db, Arena *arena, const Report *report, Audience audience,
                              const char *today, Content *ret, GError **error)
{
    g_autoptr(GPtrArray) released = g_ptr_array_new();

    return tilstandsrapport_compose_kept(db, arena, report, audience, today, released, ret, error);
}

/* --- figures --- */

size_t tilstandsrapport_n_figures(const Content *content)
{
    size_t n = 0;

    for (size_t i = 0; i < content->n_chapters; i++)
        for (size_t k = 0; k < content->chapters[i].n_blocks; k++)
            n += tilstandsrapport_block_draws(&content->chapters[i].blocks[k]);
    return n;
}

const Block *tilstandsrapport_figure_block(const Content *content, size_t nr)
{
    for (size_t i = 0; i < content->n_chapters; i++)
        for (size_t k = 0; k < content->chapters[i].n_blocks; k++)
            if (tilstandsrapport_block_draws(&content->chapters[i].blocks[k]) && nr-- == 1)
                return &content->chapters[i].blocks[k];
    return NULL;
}
