/* katalog.c - the catalogue: what each indicator is called, measures and means, and where it breaks.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "katalog.h"
#include "katalog.sql.h"

static const char *by_lang(Arena *arena, Lang lang, const char *nb, const char *nn, const char *en)
{
    return arena_dup(arena, lang == LANG_NN ? nn : lang == LANG_EN ? en : nb);
}

#define INDICATOR_FROM(r, arena, lang)                                                             \
    (Indicator)                                                                                    \
    {                                                                                              \
        .code = arena_dup(arena, (r).code),                                                        \
        .name = by_lang(arena, lang, (r).name_nb, (r).name_nn, (r).name_en),                       \
        .theme = arena_dup(arena, (r).theme), .source = arena_dup(arena, (r).source),              \
        .unit = arena_dup(arena, (r).unit), .direction = arena_dup(arena, (r).direction),          \
        .decimals = (int)(r).decimals, .low = (r).scale_min, .high = (r).scale_max,                \
        .period = arena_dup(arena, (r).period_kind), .grade = arena_dup(arena, (r).grade),         \
        .rule = arena_dup(arena, (r).rule),                                                        \
        .explain = by_lang(arena, lang, (r).explain_nb, (r).explain_nn, (r).explain_en),           \
    }

bool indikator_some(Db *db, Arena *arena, Lang lang, IndicatorWanted wanted, const void *arg,
                    IndicatorList *ret, GError **error)
{
    g_auto(IndikatorRowsRows) rows = { 0 };

    if (!indikator_rows(db, &rows, error))
        return false;
    *ret = (IndicatorList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Indicator)), 0 };
    for (size_t i = 0; i < rows.n; i++)
        if (wanted(rows.v[i].code, arg))
            ret->v[ret->n++] = INDICATOR_FROM(rows.v[i], arena, lang);
    return true;
}

static bool any(const char *code, const void *arg)
{
    (void)code;
    (void)arg;
    return true;
}

bool indikator_catalogue(Db *db, Arena *arena, Lang lang, IndicatorList *ret, GError **error)
{
    return indikator_some(db, arena, lang, any, NULL, ret, error);
}

bool indikator_get(Db *db, Arena *arena, Lang lang, const char *code, Indicator *ret,
                   GError **error)
{
    g_auto(IndikatorRowRows) rows = { 0 };

    if (!indikator_row(db, code, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no indicator \"%s\"", code);
    *ret = INDICATOR_FROM(rows.v[0], arena, lang);
    return true;
}

bool indikator_break_list(Db *db, Arena *arena, Lang lang, const char *code, SeriesBreak **ret,
                          GError **error)
{
    g_auto(IndikatorBreaksRows) rows = { 0 };

    if (!indikator_breaks(db, code, &rows, error))
        return false;
    *ret = arena_alloc(arena, (rows.n + 1) * sizeof(SeriesBreak));
    for (size_t i = 0; i < rows.n; i++) {
        const IndikatorBreaksRow *r = &rows.v[i];

        (*ret)[i] = (SeriesBreak){ arena_dup(arena, r->first_period),
                                   by_lang(arena, lang, r->text_nb, r->text_nn, r->text_en) };
    }
    return true;
}

typedef struct {
    const char *code, *name;
} Word;

static const char *word_for(const Word *words, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(words[i].code, code))
            return _(words[i].name);
    return code;
}

const char *indikator_unit_name(const char *unit)
{
    static const Word words[] = {
        { "skalapoeng", N_("scale points") },
        { "poeng", N_("points") },
        { "niva", N_("mean level") },
        { "antall", N_("number") },
        { "kroner", N_("kroner") },
        { "forholdstall", N_("ratio") },
        { "prosent", N_("%") },
    };

    return word_for(words, G_N_ELEMENTS(words), unit);
}

const char *indikator_theme_name(const char *theme)
{
    static const Word words[] = {
        { "ressurs", N_("Pupils and resources") },
        { "laringsmiljo", N_("Learning environment") },
        { "laringsresultat", N_("Learning outcomes") },
        { "gjennomforing", N_("Completion") },
        { "hms", N_("Staff and sickness absence") },
        { "barnehage", N_("Kindergarten") },
    };

    return word_for(words, G_N_ELEMENTS(words), theme);
}

const char *indikator_source_name(const char *source)
{
    static const Word words[] = {
        { "udir_np", N_("Udir, national tests") },
        { "udir_eu", N_("Udir, pupil survey") },
        { "udir_gsi", N_("Udir, register of primary and lower secondary schools (GSI)") },
        { "udir_karakter", N_("Udir, grades") },
        { "ssb_kostra", N_("Statistics Norway (KOSTRA)") },
        { "udir_overgang", N_("Udir, transition and completion") },
        { "hr_lokal", N_("the municipality’s own staff system") },
        { "undersokelse_lokal", N_("the municipality’s own survey") },
        { "basil", N_("Udir, annual kindergarten reports (BASIL)") },
        { "manuell", N_("the municipality") },
    };

    return word_for(words, G_N_ELEMENTS(words), source);
}

const char *indikator_uncertainty_legend(void)
{
    return _("The uncertainty of a result, as the source gives it. The fewer pupils, the larger. "
             "Two results differ clearly only when they do not overlap within it.");
}

const char *indikator_unit_legend(const Indicator *indicator, const char **ret_word)
{
    const char *last = strrchr(indicator->code, '.');

    if (!strcmp(indicator->unit, "skalapoeng")) {
        *ret_word = _("Scale points");
        return _(
            "The scale of national tests: the nation’s mean was set to 50 in the scale’s first "
            "year, and two of three pupils lie between 40 and 60.");
    }
    if (g_str_has_prefix(indicator->code, "NP.") && last && last[1] == 'N') {
        *ret_word = _("Mastery level");
        return _(
            "Pupils’ results in national tests, sorted from level 1, the lowest, to level 3 in "
            "grade 5 and level 5 in grades 8 and 9.");
    }
    *ret_word = "";
    return "";
}

bool indikator_break_text(Db *db, Arena *arena, Lang lang, const char *code, const char *period,
                          const char **ret, GError **error)
{
    SeriesBreak *breaks;

    if (!indikator_break_list(db, arena, lang, code, &breaks, error))
        return false;
    for (; breaks->first_period; breaks++)
        if (!strcmp(breaks->first_period, period))
            *ret = breaks->text;
    return true;
}
