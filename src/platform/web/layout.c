/* layout.c - what stands around every page: the menu the asker may use, who is active, messages.
 *
 * layout.html is compiled to layout_begin and layout_end; this file fills in what they draw.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "request.h"
#include "colour.h"
#include "layout.html.h"

/* "/hjem" is here on /hjem and /hjem/x. */
static bool is_here(const char *path, const char *item)
{
    size_t len = strlen(item);

    if (!strcmp(item, "/"))
        return !strcmp(path, "/");
    return !strncmp(path, item, len) && (!path[len] || path[len] == '/');
}

static void fill_menu(Req *req, Layout *l)
{
    const GArray *items = req->state->web->menu;

    l->menu.v = arena_alloc(req->arena, (items->len + 1) * sizeof(MenuLink));
    for (guint i = 0; i < items->len; i++) {
        const MenuItem *item = &g_array_index(items, MenuItem, i);

        if (req_may(req, item->perm))
            l->menu.v[l->menu.n++] =
                (MenuLink){ _(item->label), { item->path }, is_here(req->path, item->path) };
    }
}

static const char *demo_text(Req *req)
{
    char date[DATE_TEXT];

    if (!req->state->owner.demo || !req->today)
        return NULL;
    return arena_printf(req->arena, _("Demo: the date is %s"), date_text(req->today, date));
}

/* While break-glass access is on. */
static const char *watched_text(Req *req)
{
    const SessionInfo *info = &req->state->session_info;
    char time[DATE_TEXT];

    if (!req->user || !info->watched)
        return NULL;
    return arena_printf(req->arena,
                        _("Break-glass access is on until %s. You can read, and change nothing. "
                          "Every page you open is written down."),
                        time_text(info->watched_until, time));
}

/* The message of req_redirect_saying, once. */
static const char *take_flash(Req *req)
{
    const char *sent = request_cookie(req, COOKIE_FLASH);
    const char *text = sent ? percent_decode(req->arena, sent, strlen(sent), false) : NULL;

    if (sent)
        request_drop_cookie(req, COOKIE_FLASH);
    return text && *text ? text : NULL;
}

/* Where the language form and the sign-in return to: this page, when it was only read. */
static const char *here(Req *req)
{
    const Incoming *in = req->state->in;
    const char *path =
        *in->query ? arena_printf(req->arena, "%s?%s", in->path, in->query) : in->path;

    return strcmp(req->method, "GET") ? "/" : req_back(req, path, "/");
}

static const char *whole_title(Req *req, const char *title)
{
    const char *owner = req->state->owner.name;

    return owner ? arena_printf(req->arena, "%s – %s – oppvekst", title, owner)
                 : arena_printf(req->arena, "%s – oppvekst", title);
}

const char *req_base(const Req *req)
{
    const char *origin = req->state->web->origin;

    return origin ? origin : "";
}

bool req_about(Req *req, int64_t owner, GError **error)
{
    struct ReqState *s = req->state;
    const WebHooks *hooks = &s->web->hooks;
    g_autoptr(GError) why = NULL;
    OwnerInfo info = { 0 };

    if (s->owner.name || !hooks->owner_info)
        return true;
    if (!hooks->owner_info(hooks->data, req->db, req->arena, owner, &info, &why))
        return g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND) || app_pass(error, &why);
    s->owner.name = info.name; /* whose clock it goes by stays as it was */
    s->owner.colour = info.colour;
    return true;
}

/* The owner's colour is a stylesheet of its own: the policy allows no other way, and caches keep it. */
static void fill_colour(Req *req, Layout *l)
{
    const char *text = req->state->owner.colour;
    uint32_t colour;

    l->coloured = colour_parse(text, &colour);
    l->colour = (Url){ l->coloured ? arena_printf(req->arena, "/farge/%06x.css", colour) : "" };
}

static const char *role_text(Req *req, const SessionInfo *info)
{
    const char *role = info->role_label ? i18n_text(info->role_label) : NULL;

    return role && info->deputy_for
               ? arena_printf(req->arena, _("%s, deputy for %s"), role, info->deputy_for)
               : role;
}

static void fill_files(Layout *l)
{
    l->base = url_static("designsystem.css");
    l->theme = url_static("designsystem-theme.css");
    l->frame = url_static("frame.css");
    l->report = url_static("report.css");
    l->start = url_static("home.css");
    l->css = url_static("app.css");
    l->chart = url_static("chart.css");
    l->doc = url_static("doc.css");
    l->script = url_static("app.js");
    l->keys = url_static("keys.js");
    l->icon = url_static("favicon.svg");
}

void layout_prepare(Req *req, const char *title)
{
    struct ReqState *s = req->state;
    Layout *l = &s->layout;

    *l = (Layout){ .lang = i18n_tag(req->lang), .title = whole_title(req, title) };
    l->owner = s->owner.name;
    l->person = req->user ? req->user->name : NULL;
    l->role = req->user ? role_text(req, &s->session_info) : NULL;
    l->signed_in = req->user != NULL;
    l->csrf = req->csrf;
    l->search = strcmp(req->path, "/sok") != 0;
    l->back = here(req);
    l->flash = take_flash(req);
    l->demo = demo_text(req);
    l->watched = watched_text(req);
    l->home = (Url){ req->user ? "/hjem" : "/" };
    l->sign_in = strcmp(l->back, "/") ? url_with(req->arena, (Url){ "/logg-inn" }, "til", l->back)
                                      : (Url){ "/logg-inn" };
    fill_files(l);
    l->nb = req->lang == LANG_NB ? "true" : "false";
    l->nn = req->lang == LANG_NN ? "true" : "false";
    l->en = req->lang == LANG_EN ? "true" : "false";
    fill_menu(req, l);
    fill_colour(req, l);
}

void layout_open(Req *req)
{
    layout_begin(req->state->page, &req->state->layout);
}

void layout_close(Req *req)
{
    layout_end(req->state->page, &req->state->layout);
}
