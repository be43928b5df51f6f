/* sider-mal.c - the owner changes the template of chapters.
 *
 * The program's template has no rows, so its chapters are told by their number until the first change
 * copies it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "behandling.h"
#include "blokker.h"
#include "sider-mal.h"
#include "mal.html.h"
#include "malkapittel.html.h"

#define SELF "/innstillinger/rapportmal"

static const char *const themes[] = { "ressurs",       "laringsmiljo", "laringsresultat",
                                      "gjennomforing", "hms",          "barnehage" };

typedef struct {
    LawRef law;
    Template template;
} Room;

static bool load(Req *req, Room *room, GError **error)
{
    return tilstandsrapport_law(req->db, req->arena, req->lang, req->today, &room->law, error) &&
           tilstandsrapport_mal(req->db, req->arena, req->user->owner, req->lang, room->law.code,
                                &room->template, error);
}

static size_t count_words(const char *list)
{
    size_t n = 0;

    for (const char *c = list; *c; c++)
        n += *c != ' ' && (c == list || c[-1] == ' ');
    return n;
}

static const char *what_of(Req *req, const TemplateChapter *c)
{
    size_t n = count_words(c->indicators);

    if (strcmp(c->kind, "tema"))
        return _("Text");
    return n ? arena_printf(req->arena,
                            ngettext("%s · %zu figure chosen", "%s · %zu figures chosen", n),
                            indikator_theme_name(c->theme), n)
             : arena_printf(req->arena, _("%s · every figure there are data for"),
                            indikator_theme_name(c->theme));
}

static TemplateLine line_of(Req *req, const Room *room, size_t i)
{
    const TemplateChapter *c = &room->template.v[i];
    const char *nr = arena_printf(req->arena, "%zu", i + 1);
    char id[ID_TEXT];

    return (TemplateLine){ .id = c->id ? arena_dup(req->arena, id_text(c->id, id)) : "",
                           .title = c->title,
                           .title_nb = c->title_nb,
                           .title_nn = c->title_nn,
                           .what = what_of(req, c),
                           .statutory = c->statutory,
                           .theme = !strcmp(c->kind, "tema"),
                           .first = i == 0,
                           .last = i + 1 == room->template.n,
                           .nr = (int)i + 1,
                           .edit = url_with(req->arena, (Url){ SELF }, "kapittel", nr) };
}

static TickViews theme_choices(Req *req)
{
    TickViews all = { arena_alloc(req->arena, (G_N_ELEMENTS(themes) + 1) * sizeof(TickView)), 0 };

    all.v[all.n++] = (TickView){ "", _("Text without figures"), true };
    for (size_t i = 0; i < G_N_ELEMENTS(themes); i++)
        all.v[all.n++] = (TickView){ themes[i], indikator_theme_name(themes[i]), false };
    return all;
}

bool tilstandsrapport_ticks(Req *req, const BlockChoice *now, TickViews *ret_indicators,
                            TickViews *ret_views, GError **error)
{
    IndicatorList all;

    if (!indikator_catalogue(req->db, req->arena, req->lang, &all, error))
        return false;
    *ret_indicators = (TickViews){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(TickView)), 0 };
    for (size_t i = 0; i < all.n; i++)
        if (!strcmp(all.v[i].theme, now->theme))
            ret_indicators->v[ret_indicators->n++] =
                (TickView){ all.v[i].code, all.v[i].name,
                            *now->indicators &&
                                tilstandsrapport_listed(now->indicators, all.v[i].code) };
    *ret_views = (TickViews){ arena_alloc(req->arena, N_VIEW * sizeof(TickView)), N_VIEW };
    for (unsigned i = 0; i < N_VIEW; i++) {
        const char *code = tilstandsrapport_view_code((BlockView)i);

        ret_views->v[i] = (TickView){ code, tilstandsrapport_view_name((BlockView)i),
                                      *now->views && tilstandsrapport_listed(now->views, code) };
    }
    return true;
}

static TemplatePage page_of(Req *req, const Room *room)
{
    TemplatePage page = { .csrf = req->csrf,
                          .law = room->law.law,
                          .own = room->template.own,
                          .themes = theme_choices(req),
                          .self = { SELF } };

    page.chapters =
        (TemplateLines){ arena_alloc(req->arena, MAX(room->template.n, 1) * sizeof(TemplateLine)),
                         room->template.n };
    for (size_t i = 0; i < room->template.n; i++)
        page.chapters.v[i] = line_of(req, room, i);
    return page;
}

/* What the form of a chapter changes. */
static const char *mark_of(Req *req, const TemplateChapter *c)
{
    const char *const parts[] = { c->title_nb, c->title_nn, c->indicators, c->views };

    return tilstandsrapport_mark(req->arena, parts, G_N_ELEMENTS(parts));
}

typedef struct {
    int status;
    const TemplateChapter *typed; /* NULL: as it stands */
    const char *trouble;
} Showing;

static bool show_chapter(Req *req, TemplatePage *page, const Room *room, size_t at,
                         const Showing *how, GError **error)
{
    const TemplateChapter *c = how->typed ? how->typed : &room->template.v[at];
    const BlockChoice choice = { c->theme, c->indicators, c->views };

    page->edited = page->chapters.v[at];
    page->edited.title_nb = c->title_nb;
    page->edited.title_nn = c->title_nn;
    page->mark = mark_of(req, &room->template.v[at]);
    page->trouble = how->trouble;
    if (!strcmp(c->kind, "tema") &&
        !tilstandsrapport_ticks(req, &choice, &page->indicators, &page->views, error))
        return false;
    rapport_mal_kapittel(req_page(req, how->status, page->edited.title), page);
    return true;
}

bool tilstandsrapport_show_template(Req *req, GError **error)
{
    size_t wish = (size_t)tilstandsrapport_number(req_query(req, "kapittel"));
    Room room;

    if (!load(req, &room, error))
        return false;
    TemplatePage page = page_of(req, &room);

    if (wish == 0) {
        rapport_mal_side(req_page(req, 200, _("The report’s template")), &page);
        return true;
    }
    if (wish > room.template.n)
        return req_not_found(req, error);
    return show_chapter(req, &page, &room, wish - 1, &(Showing){ .status = 200 }, error);
}

/* --- posting --- */

static bool said(Req *req, const char *message)
{
    return req_redirect_saying(req, SELF, message);
}

static const char *title_posted(Req *req, const char *name)
{
    const char *text = req_posted(req, name);
    g_autofree char *copy = g_strstrip(g_strdup(text ? text : ""));

    if (g_utf8_strlen(copy, -1) > 200)
        *g_utf8_offset_to_pointer(copy, 200) = '\0';
    return arena_dup(req->arena, copy);
}

bool tilstandsrapport_ticked(Req *req, const char *theme, BlockChoice *ret, GError **error)
{
    const char *const *codes = req_posted_all(req, "indikator");
    const char *const *ways = req_posted_all(req, "visning");
    g_autoptr(GString) list = g_string_new(NULL), views = g_string_new(NULL);
    IndicatorList all;

    if (!indikator_catalogue(req->db, req->arena, req->lang, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (!strcmp(all.v[i].theme, theme) && g_strv_contains(codes, all.v[i].code))
            g_string_append_printf(list, "%s%s", list->len ? " " : "", all.v[i].code);
    for (unsigned i = 0; i < N_VIEW; i++)
        if (g_strv_contains(ways, tilstandsrapport_view_code((BlockView)i)))
            g_string_append_printf(views, "%s%s", views->len ? " " : "",
                                   tilstandsrapport_view_code((BlockView)i));
    *ret =
        (BlockChoice){ theme, arena_dup(req->arena, list->str), arena_dup(req->arena, views->str) };
    return true;
}

static bool add(Req *req, GError **error)
{
    const char *theme = req_posted(req, "tema");
    TemplateChapter c = { .kind = "fritekst",
                          .theme = "",
                          .title_nb = title_posted(req, "nb"),
                          .title_nn = title_posted(req, "nn"),
                          .indicators = "",
                          .views = "" };

    for (size_t i = 0; theme && i < G_N_ELEMENTS(themes); i++)
        if (!strcmp(themes[i], theme)) {
            c.kind = "tema";
            c.theme = themes[i];
        }
    if (!*c.theme && !*c.title_nb && !*c.title_nn)
        return said(req, _("Nothing was added: a chapter of text needs a title."));
    return tilstandsrapport_mal_store(req->db, req->user->owner, &c, error) &&
           said(req, _("The chapter is added."));
}

typedef struct {
    Req *req;
    const TemplateChapter *typed;
    Room *room; /* as it stands when it is stored */
    size_t at;  /* where the chapter is in it */
    bool stale;
} Storing;

static bool says_the_same(const TemplateChapter *a, const TemplateChapter *b)
{
    return !strcmp(a->title_nb, b->title_nb) && !strcmp(a->title_nn, b->title_nn) &&
           !strcmp(a->indicators, b->indicators) && !strcmp(a->views, b->views);
}

static bool store_work(Db *db, void *arg, GError **error)
{
    Storing *w = arg;
    const char *seen = req_posted(w->req, "sett");
    Req inside = *w->req; /* reads where it writes */

    inside.db = db;
    if (!load(&inside, w->room, error))
        return false;
    for (w->at = 0; w->at < w->room->template.n; w->at++)
        if (w->room->template.v[w->at].id == w->typed->id)
            break;
    if (w->at == w->room->template.n)
        return req_not_found(w->req, error);
    const TemplateChapter *now = &w->room->template.v[w->at];

    w->stale = seen && strcmp(seen, mark_of(w->req, now)) != 0 && !says_the_same(now, w->typed);
    return w->stale || tilstandsrapport_mal_store(db, w->req->user->owner, w->typed, error);
}

/* What was typed stays in the form, beside what somebody else has stored. */
static bool show_stale(Req *req, const Storing *w, GError **error)
{
    const TemplateChapter *now = &w->room->template.v[w->at];
    TemplatePage page = page_of(req, w->room);
    const Showing how = {
        .status = 409,
        .typed = w->typed,
        .trouble = arena_printf(
            req->arena,
            _("Somebody else has stored this chapter since you opened it. What stands now: «%1$s», "
              "«%2$s», %3$s, %4$s. What you wrote is kept below: store it again to put it in its "
              "place."),
            now->title_nb, now->title_nn, *now->indicators ? now->indicators : _("all"),
            *now->views ? now->views : _("all")),
    };

    return show_chapter(req, &page, w->room, w->at, &how, error);
}

static bool store(Req *req, const TemplateChapter *old, GError **error)
{
    TemplateChapter c = *old;
    BlockChoice choice;
    Room room;
    Storing work = { req, &c, &room, 0, false };

    if (!tilstandsrapport_ticked(req, c.theme, &choice, error))
        return false;
    c.title_nb = title_posted(req, "nb");
    c.title_nn = title_posted(req, "nn");
    c.indicators = choice.indicators;
    c.views = choice.views;
    if (!db_transaction(req->db, store_work, &work, error))
        return false;
    return work.stale ? show_stale(req, &work, error) : said(req, _("The chapter is stored."));
}

static bool take_away(Req *req, const Room *room, int64_t id, GError **error)
{
    g_autoptr(GError) why = NULL;

    if (g_strcmp0(req_posted(req, "bekreft"), "1"))
        return said(req, _("Nothing is taken away: tick the box beside it first."));
    if (tilstandsrapport_mal_remove(req->db, req->user->owner, id, room->law.code, &why))
        return said(req, _("It is taken away."));
    return g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT) ? said(req, why->message)
                                                               : app_pass(error, &why);
}

/* The chapter that a button stands beside: by its id, or in a template that is not the owner's yet, by
 * its number, which the copy keeps. A form whose text would be lost finds it so also when somebody else
 * has made the copy: its mark tells whether it is the same chapter. */
static bool find(Req *req, Room *room, const TemplateChapter **ret, GError **error)
{
    const char *posted = req_posted(req, "kapittel");
    int64_t id = posted && *posted ? id_parse(posted) : 0;
    size_t nr = (size_t)tilstandsrapport_number(req_posted(req, "nr"));
    bool by_number = !room->template.own || !g_strcmp0(req_posted(req, "gjor"), "lagre");

    *ret = NULL;
    if (!tilstandsrapport_mal_own(req->db, req->user->owner, error) || !load(req, room, error))
        return false;
    for (size_t i = 0; i < room->template.n; i++)
        if (id ? room->template.v[i].id == id : by_number && i + 1 == nr)
            *ret = &room->template.v[i];
    return (*ret && (*ret)->id) || req_not_found(req, error);
}

bool tilstandsrapport_post_template(Req *req, GError **error)
{
    const char *act = req_posted(req, "gjor");
    int64_t owner = req->user->owner;
    const TemplateChapter *c;
    Room room;

    if (!load(req, &room, error))
        return false;
    req_note(req, "rapport.mal", 0, 0, act);
    if (!g_strcmp0(act, "ny"))
        return add(req, error);
    if (!g_strcmp0(act, "standard")) {
        if (g_strcmp0(req_posted(req, "bekreft"), "1"))
            return said(req, _("Nothing is changed: tick the box beside it first."));
        return tilstandsrapport_mal_reset(req->db, owner, error) &&
               said(req, _("The standard template holds again."));
    }
    if (!find(req, &room, &c, error))
        return false;
    if (!g_strcmp0(act, "fjern"))
        return take_away(req, &room, c->id, error);
    if (!g_strcmp0(act, "lagre"))
        return store(req, c, error);
    return tilstandsrapport_mal_move(req->db, owner, c->id, !g_strcmp0(act, "opp"), error) &&
           said(req, _("The chapter is moved."));
}
