/* mal.c - the template of chapters, the program's or the owner's own, and the report's own language.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "mal.h"
#include "mal.sql.h"

/* Source: Udir's template for the tilstandsrapport, domain.md 1.3. Which of them the law asks for, and
 * what it calls them, is data: lov_tema. */
static const struct {
    const char *kind, *theme, *title; /* title: msgid */
} chapters[] = {
    { "sammendrag", "", N_("Summary") },
    { "oppfolging", "", N_("Follow-up since last year") },
    { "tema", "ressurs", N_("Pupils and resources") },
    { "tema", "laringsmiljo", N_("Learning environment") },
    { "tema", "laringsresultat", N_("Learning outcomes") },
    { "tema", "gjennomforing", N_("Completion") },
    { "tema", "hms", N_("Staff and sickness absence") },
    { "internkontroll", "", N_("System for follow-up") },
    { "konklusjon", "", N_("Conclusion and recommendation") },
};

bool tilstandsrapport_listed(const char *list, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = strstr(list, word); at && len; at = strstr(at + 1, word))
        if ((at == list || at[-1] == ' ') && (at[len] == '\0' || at[len] == ' '))
            return true;
    return !*list;
}

/* --- titles --- */

static const MalLawThemesRow *law_theme(const MalLawThemesRows *themes, const char *theme)
{
    for (size_t i = 0; i < themes->n; i++)
        if (!strcmp(themes->v[i].theme, theme))
            return &themes->v[i];
    return NULL;
}

static const char *program_title(const TemplateChapter *c)
{
    for (size_t i = 0; i < G_N_ELEMENTS(chapters); i++)
        if (!strcmp(chapters[i].kind, c->kind) && !strcmp(chapters[i].theme, c->theme))
            return _(chapters[i].title);
    return *c->theme ? indikator_theme_name(c->theme) : _("Chapter");
}

/* The owner's own title, the other form's when only that is given, the law's, or the program's. */
static const char *title_in(Arena *arena, const TemplateChapter *c, Lang lang,
                            const MalLawThemesRow *law)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(lang);
    const char *own = lang == LANG_NN ? c->title_nn : c->title_nb;
    const char *other = lang == LANG_NN ? c->title_nb : c->title_nn;

    if (*own || *other)
        return *own ? own : other;
    if (law)
        return arena_dup(arena, lang == LANG_NN   ? law->title_nn
                                : lang == LANG_EN ? law->title_en
                                                  : law->title_nb);
    return arena_dup(arena, program_title(c));
}

/* --- reading --- */

static void copy_program(Template *to)
{
    for (size_t i = 0; i < G_N_ELEMENTS(chapters); i++)
        to->v[to->n++] = (TemplateChapter){ .kind = chapters[i].kind,
                                            .theme = chapters[i].theme,
                                            .title_nb = "",
                                            .title_nn = "",
                                            .indicators = "",
                                            .views = "" };
}

static void copy_rows(Arena *arena, const MalSelectRows *rows, Template *to)
{
    for (size_t i = 0; i < rows->n; i++) {
        const MalSelectRow *r = &rows->v[i];

        to->v[to->n++] = (TemplateChapter){ .id = r->id,
                                            .kind = arena_dup(arena, r->kind),
                                            .theme = arena_dup(arena, r->theme),
                                            .title_nb = arena_dup(arena, r->title_nb),
                                            .title_nn = arena_dup(arena, r->title_nn),
                                            .indicators = arena_dup(arena, r->indicators),
                                            .views = arena_dup(arena, r->views) };
    }
}

static bool has_theme(const Template *t, const char *theme)
{
    for (size_t i = 0; i < t->n; i++)
        if (!strcmp(t->v[i].theme, theme))
            return true;
    return false;
}

/* A theme of the law that the template lacks goes after its last theme. */
static void add_missing(Arena *arena, Template *t, const MalLawThemesRows *law)
{
    for (size_t i = 0; i < law->n; i++) {
        size_t at = 0;

        if (has_theme(t, law->v[i].theme))
            continue;
        for (size_t k = 0; k < t->n; k++)
            if (!strcmp(t->v[k].kind, "tema") || !strcmp(t->v[k].kind, "sammendrag"))
                at = k + 1;
        memmove(&t->v[at + 1], &t->v[at], (t->n - at) * sizeof(TemplateChapter));
        t->v[at] = (TemplateChapter){ .kind = "tema",
                                      .theme = arena_dup(arena, law->v[i].theme),
                                      .title_nb = "",
                                      .title_nn = "",
                                      .indicators = "",
                                      .views = "" };
        t->n++;
    }
}

bool tilstandsrapport_mal(Db *db, Arena *arena, int64_t owner, Lang lang, const char *law,
                          Template *ret, GError **error)
{
    g_auto(MalSelectRows) rows = { 0 };
    g_auto(MalLawThemesRows) themes = { 0 };
    size_t room;

    if (!mal_select(db, owner, &rows, error) || !mal_law_themes(db, law, &themes, error))
        return false;
    room = MAX(rows.n, G_N_ELEMENTS(chapters)) + themes.n;
    *ret = (Template){ arena_alloc(arena, room * sizeof(TemplateChapter)), 0, rows.n > 0 };
    if (ret->own)
        copy_rows(arena, &rows, ret);
    else
        copy_program(ret);
    add_missing(arena, ret, &themes);
    for (size_t i = 0; i < ret->n; i++) {
        TemplateChapter *c = &ret->v[i];
        const MalLawThemesRow *of_law = *c->theme ? law_theme(&themes, c->theme) : NULL;

        c->statutory = of_law != NULL;
        c->title = title_in(arena, c, lang, of_law);
    }
    return true;
}

/* --- changing --- */

static bool insert(Db *db, int64_t owner, const TemplateChapter *c, int64_t nr, GError **error)
{
    const MalInsertArgs args = { .owner = owner,
                                 .id = id_new(),
                                 .nr = nr,
                                 .kind = c->kind,
                                 .theme = c->theme,
                                 .title_nb = c->title_nb,
                                 .title_nn = c->title_nn,
                                 .indicators = c->indicators,
                                 .views = c->views };

    return mal_insert(db, &args, error);
}

static bool own_work(Db *db, void *arg, GError **error)
{
    const int64_t *owner = arg;
    g_auto(MalSelectRows) rows = { 0 };
    TemplateChapter room[G_N_ELEMENTS(chapters)];
    Template program = { room, 0, false };

    if (!mal_select(db, *owner, &rows, error))
        return false;
    if (rows.n)
        return true;
    copy_program(&program);
    for (size_t i = 0; i < program.n; i++)
        if (!insert(db, *owner, &program.v[i], (int64_t)i + 1, error))
            return false;
    return true;
}

bool tilstandsrapport_mal_own(Db *db, int64_t owner, GError **error)
{
    return db_transaction(db, own_work, &owner, error);
}

typedef struct {
    int64_t owner, id;
    const TemplateChapter *chapter;
    const char *law;
    bool up;
} Changing;

/* The rows in order, numbered from 1 on; where `before` is given, without that place. */
static bool renumber(Db *db, int64_t owner, const MalSelectRows *rows, size_t gap, GError **error)
{
    for (size_t i = 0; i < rows->n; i++)
        if (!mal_place(db, owner, rows->v[i].id, (int64_t)i + 1 + (i >= gap), error))
            return false;
    return true;
}

/* A chapter that is just so stands there already: the form was sent twice. */
static bool stands_already(const MalSelectRows *rows, const TemplateChapter *t)
{
    for (size_t i = 0; i < rows->n; i++) {
        const MalSelectRow *r = &rows->v[i];

        if (!strcmp(r->kind, t->kind) && !strcmp(r->theme, t->theme) &&
            !strcmp(r->title_nb, t->title_nb) && !strcmp(r->title_nn, t->title_nn) &&
            !strcmp(r->indicators, t->indicators) && !strcmp(r->views, t->views))
            return true;
    }
    return false;
}

static bool store_work(Db *db, void *arg, GError **error)
{
    const Changing *c = arg;
    const TemplateChapter *t = c->chapter;
    g_auto(MalSelectRows) rows = { 0 };
    g_auto(MalUpdateRows) changed = { 0 };
    int64_t owner = c->owner;
    size_t at;

    if (!own_work(db, &owner, error) || !mal_select(db, owner, &rows, error))
        return false;
    if (t->id) {
        if (!mal_update(db, owner, t->id, t->title_nb, t->title_nn, t->indicators, t->views,
                        &changed, error))
            return false;
        return changed.n == 1 || app_fail(error, APP_ERROR_NOT_FOUND, "no such chapter");
    }
    if (stands_already(&rows, t))
        return true;
    at = rows.n && !strcmp(rows.v[rows.n - 1].kind, "konklusjon") ? rows.n - 1 : rows.n;
    return renumber(db, owner, &rows, at, error) && insert(db, owner, t, (int64_t)at + 1, error);
}

bool tilstandsrapport_mal_store(Db *db, int64_t owner, const TemplateChapter *chapter,
                                GError **error)
{
    Changing c = { .owner = owner, .chapter = chapter };

    return db_transaction(db, store_work, &c, error);
}

static size_t place_of(const MalSelectRows *rows, int64_t id)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->v[i].id == id)
            return i;
    return SIZE_MAX;
}

static bool move_work(Db *db, void *arg, GError **error)
{
    const Changing *c = arg;
    g_auto(MalSelectRows) rows = { 0 };
    size_t at, to;

    if (!mal_select(db, c->owner, &rows, error))
        return false;
    at = place_of(&rows, c->id);
    if (at == SIZE_MAX)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such chapter");
    to = c->up ? (at ? at - 1 : 0) : MIN(at + 1, rows.n - 1);
    return renumber(db, c->owner, &rows, SIZE_MAX, error) &&
           mal_place(db, c->owner, rows.v[at].id, (int64_t)to + 1, error) &&
           mal_place(db, c->owner, rows.v[to].id, (int64_t)at + 1, error);
}

bool tilstandsrapport_mal_move(Db *db, int64_t owner, int64_t id, bool up, GError **error)
{
    Changing c = { .owner = owner, .id = id, .up = up };

    return db_transaction(db, move_work, &c, error);
}

static bool remove_work(Db *db, void *arg, GError **error)
{
    const Changing *c = arg;
    g_auto(MalSelectRows) rows = { 0 };
    g_auto(MalLawThemesRows) themes = { 0 };
    g_auto(MalDeleteRows) gone = { 0 };
    size_t at;

    if (!mal_select(db, c->owner, &rows, error) || !mal_law_themes(db, c->law, &themes, error))
        return false;
    at = place_of(&rows, c->id);
    if (at == SIZE_MAX)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such chapter");
    if (*rows.v[at].theme && law_theme(&themes, rows.v[at].theme))
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("The law in force asks for this chapter, so it cannot be taken away."));
    return mal_delete(db, c->owner, c->id, &gone, error);
}

bool tilstandsrapport_mal_remove(Db *db, int64_t owner, int64_t id, const char *law, GError **error)
{
    Changing c = { .owner = owner, .id = id, .law = law };

    return db_transaction(db, remove_work, &c, error);
}

bool tilstandsrapport_mal_reset(Db *db, int64_t owner, GError **error)
{
    return mal_delete_all(db, owner, error);
}

/* --- language --- */

const char *tilstandsrapport_mal_report_name(Lang lang)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(lang);

    return _("State of the schools");
}

Speaking tilstandsrapport_mal_speak(Lang lang)
{
    Speaking speaking = { i18n_current(), true };

    i18n_use(lang);
    return speaking;
}

void tilstandsrapport_mal_speak_end(Speaking *speaking)
{
    if (speaking->changed)
        i18n_use(speaking->before);
    speaking->changed = false;
}
