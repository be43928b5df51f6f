/* lov.c - laws and words that hold from a date to a date.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "lov.h"
#include "lov.sql.h"

static const char *by_lang(Arena *arena, Lang lang, const char *nb, const char *nn, const char *en)
{
    return arena_dup(arena, lang == LANG_NN ? nn : lang == LANG_EN ? en : nb);
}

static const char *themes_of(Arena *arena, Lang lang, const LovThemesRows *themes, const char *law)
{
    g_autoptr(GString) all = g_string_new(NULL);

    for (size_t i = 0; i < themes->n; i++) {
        const LovThemesRow *t = &themes->v[i];

        if (!strcmp(t->law, law))
            g_string_append_printf(all, "%s%s", all->len ? ", " : "",
                                   by_lang(arena, lang, t->title_nb, t->title_nn, t->title_en));
    }
    return arena_dup(arena, all->str);
}

static void fill_check(Arena *arena, const LovChecksRows *checks, Law *law)
{
    for (size_t i = 0; i < checks->n; i++)
        if (!strcmp(checks->v[i].law, law->code)) {
            law->checked_by = checks->v[i].checked_by;
            law->checked_on = arena_dup(arena, checks->v[i].checked_on);
            law->note = arena_dup(arena, checks->v[i].note);
        }
}

bool tilstandsrapport_laws(Db *db, Arena *arena, int64_t owner, Lang lang, LawList *ret,
                           GError **error)
{
    g_auto(LovSelectRows) rows = { 0 };
    g_auto(LovThemesRows) themes = { 0 };
    g_auto(LovChecksRows) checks = { 0 };

    if (!lov_select(db, &rows, error) || !lov_themes(db, &themes, error) ||
        !lov_checks(db, owner, &checks, error))
        return false;
    *ret = (LawList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Law)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const LovSelectRow *r = &rows.v[i];

        ret->v[i] = (Law){ .code = arena_dup(arena, r->code),
                           .law = by_lang(arena, lang, r->law_nb, r->law_nn, r->law_en),
                           .duty = by_lang(arena, lang, r->duty_nb, r->duty_nn, r->duty_en),
                           .url = arena_dup(arena, r->url),
                           .from = arena_dup(arena, r->valid_from),
                           .to = arena_dup(arena, r->valid_to),
                           .informs = !strcmp(r->requires, "orientering"),
                           .themes = themes_of(arena, lang, &themes, r->code),
                           .note = "" };
        fill_check(arena, &checks, &ret->v[i]);
    }
    return true;
}

bool tilstandsrapport_law_check(Db *db, int64_t owner, const LawCheck *check, GError **error)
{
    return check->person
               ? lov_check(db, owner, check->law, check->person, check->on, check->note, error)
               : lov_uncheck(db, owner, check->law, error);
}

/* --- words --- */

bool tilstandsrapport_terms(Db *db, Arena *arena, Lang lang, TermList *ret, GError **error)
{
    g_auto(OrdbokSelectRows) rows = { 0 };

    if (!ordbok_select(db, &rows, error))
        return false;
    *ret = (TermList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Term)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const OrdbokSelectRow *r = &rows.v[i];

        ret->v[i] =
            (Term){ arena_dup(arena, r->term), arena_dup(arena, r->valid_from),
                    arena_dup(arena, r->valid_to), by_lang(arena, lang, r->nb, r->nn, r->en),
                    by_lang(arena, lang, r->note_nb, r->note_nn, r->note_en) };
    }
    return true;
}

static bool holds_on(const Term *t, const char *date)
{
    return strcmp(t->from, date) <= 0 && (!t->to || strcmp(date, t->to) <= 0);
}

const char *tilstandsrapport_term_on(const TermList *terms, const char *term, const char *date)
{
    for (size_t i = 0; i < terms->n; i++)
        if (!strcmp(terms->v[i].term, term) && holds_on(&terms->v[i], date))
            return terms->v[i].word;
    return term;
}

/* At the start of a word: "rådmannen", "Rådmannens", not "fylkesrådmann". */
static bool uses_word(const char *text, const char *word)
{
    g_autofree char *safe = g_regex_escape_string(word, -1);
    g_autofree char *pattern = g_strdup_printf("(?<!\\pL)%s", safe);

    return g_regex_match_simple(pattern, text, G_REGEX_CASELESS, 0);
}

const Term *tilstandsrapport_term_wrong(const TermList *terms, const char *text, const char *date,
                                        const char **ret_now)
{
    for (size_t i = 0; i < terms->n; i++) {
        const Term *t = &terms->v[i];
        const char *now = tilstandsrapport_term_on(terms, t->term, date);

        if (holds_on(t, date) || !strcmp(now, t->word) || !uses_word(text, t->word))
            continue;
        *ret_now = now;
        return t;
    }
    return NULL;
}
