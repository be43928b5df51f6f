/* innstillinger.c - the list of settings one's role may change, and the municipality's own.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "colour.h"
#include "eier-sider.h"
#include "innstillinger.html.h"
#include "oppsett.sql.h"

static int by_order(gconstpointer a, gconstpointer b)
{
    const MenuItem *x = a, *y = b;

    return (x->order > y->order) - (x->order < y->order);
}

/* What a page belongs to goes by its order; the last group has the rest. */
static const struct {
    const char *heading;
    int below;
} groups[] = {
    { N_("The municipality"), 40 },     { N_("Reports"), 100 },
    { N_("People and access"), 200 },   { N_("E-mail and sign-in"), 400 },
    { N_("Log and upkeep"), G_MAXINT },
};

/* The pages of a group, from items[*at] on. */
static SettingLinks links_below(Req *req, const GArray *items, guint *at, int below)
{
    SettingLinks links = { arena_alloc(req->arena, (items->len + 1) * sizeof(SettingLink)), 0 };

    for (; *at < items->len; ++*at) {
        const MenuItem *m = &g_array_index(items, MenuItem, *at);

        if (m->order >= below)
            break;
        links.v[links.n++] = (SettingLink){ _(m->label), url_checked(req->arena, m->path) };
    }
    return links;
}

/* Every slice names its own pages; those one may not open are not told of. */
bool eier_show_settings(Req *req, GError **error)
{
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(MenuItem));
    SettingGroup shown[G_N_ELEMENTS(groups)];
    SettingGroups all = { shown, 0 };
    guint at = 0;

    (void)error;
    for (const Slice *const *slice = app_slices; *slice; slice++)
        for (const MenuItem *m = (*slice)->settings; m && m->path; m++)
            if (req_may(req, m->perm))
                g_array_append_vals(items, m, 1);
    g_array_sort(items, by_order);
    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++) {
        SettingLinks links = links_below(req, items, &at, groups[i].below);

        if (links.n)
            shown[all.n++] = (SettingGroup){ i18n_text(groups[i].heading), links };
    }
    innstillinger_liste(req_page(req, 200, _("Settings")), &all);
    return true;
}

/* --- the municipality --- */

enum { F_NAME, F_COLOUR, F_LANGUAGE, F_HOST, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_NAME] = { "navn", FIELD_LINE, N_("Name, as it is shown"), .required = true, .max = 120 },
    [F_COLOUR] = { "farge", FIELD_LINE, N_("Colour"), .max = 7,
                   .help = N_("Six digits as in the graphic profile, #1e4d7b. Text is made darker "
                              "or lighter when it must be, so that everybody can read it. Empty "
                              "gives the colour of the product.") },
    [F_LANGUAGE] = { "malform", FIELD_RADIO, N_("Language form of the reports"), .required = true,
                     .help = N_("Each person still chooses the language of the pages.") },
    [F_HOST] = { "vert", FIELD_LINE, N_("Host name"), .max = 253,
                 .help = N_("The address people use, kvalitet.eide.kommune.no. With it, the front "
                            "page is the municipality’s own. The IT department must point the name "
                            "here first.") },
};

static const Option languages[] = { { "nb", "Bokmål" }, { "nn", "Nynorsk" }, { 0 } };

static bool swatch_of(Req *req, const char *text, Swatch *ret)
{
    char hex[COLOUR_TEXT], number[NUM_TEXT];
    uint32_t colour, light;

    if (!colour_parse(text, &colour))
        return false;
    light = colour_against(colour, 0xffffff, 4.5);
    num_text(colour_contrast(colour, 0xffffff), 1, number);
    ret->chosen = arena_dup(req->arena, colour_text(colour, hex));
    ret->ink = arena_dup(req->arena, colour_text(colour_ink_on(colour), hex));
    ret->light = arena_dup(req->arena, colour_text(light, hex));
    ret->dark = arena_dup(req->arena, colour_text(colour_against(colour, 0x17181a, 4.5), hex));
    ret->contrast = arena_printf(
        req->arena,
        light == colour
            ? _("Contrast against white: %s:1. The colour can be used for text as it is.")
            : _("Contrast against white: %s:1. That is too little for text, which is set in a "
                "darker shade."),
        number);
    return true;
}

static bool show_with(Req *req, int status, const Form *form)
{
    SetupView view = { .form = form, .action = url_for(req->arena, "/innstillinger/kommune") };

    view.coloured = swatch_of(req, form->value[F_COLOUR], &view.swatch);
    innstillinger_kommune(req_page(req, status, _("The municipality’s name, colour and language")),
                          &view);
    return true;
}

/* What stands. */
static bool fill(Req *req, Form *form, GError **error)
{
    g_auto(OppsettSelectRows) stored = { 0 };
    const char *colour;

    if (!oppsett_select(req->db, req->user->owner, &stored, error) ||
        !eier_option(req->db, req->arena, req->user->owner, EIER_COLOUR, &colour, error))
        return false;
    if (!stored.n)
        return req_not_found(req, error);
    form_options(form, F_LANGUAGE, languages);
    form_set(form, F_NAME, stored.v[0].name);
    form_set(form, F_COLOUR, colour);
    form_set(form, F_LANGUAGE, stored.v[0].language);
    form_set(form, F_HOST, stored.v[0].host);
    return true;
}

bool eier_show_setup(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);

    if (!fill(req, &form, error))
        return false;
    form_mark(&form);
    return show_with(req, 200, &form);
}

/* Lower case letters, digits, hyphens and dots, with a dot within. Source: RFC 1123, 2.1. */
static bool host_valid(const char *host)
{
    size_t len = strlen(host);

    return len == strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789.-") && strchr(host, '.') &&
           !strstr(host, "..") && g_ascii_isalnum(host[0]) && g_ascii_isalnum(host[len - 1]);
}

static void check(Req *req, Form *form)
{
    uint32_t colour;
    char text[COLOUR_TEXT];

    g_autofree char *lower = g_ascii_strdown(form->value[F_HOST], -1);

    form_set(form, F_HOST, lower);
    if (*form->value[F_HOST] && !host_valid(form->value[F_HOST]))
        form->problem[F_HOST] =
            _("Write the host name alone, without https:// and without a slash");
    if (!*form->value[F_COLOUR])
        return;
    if (colour_parse(form->value[F_COLOUR], &colour))
        form_set(form, F_COLOUR, arena_dup(req->arena, colour_text(colour, text)));
    else
        form->problem[F_COLOUR] = _("Write # and six digits 0-9 or a-f, say #1e4d7b");
}

typedef struct {
    Req *req;
    int64_t owner;
    Form *form;
    bool stale;
} Storing;

static bool store(Db *db, void *data, GError **error)
{
    Storing *s = data;
    const char *const *value = s->form->value;
    const char *host = *value[F_HOST] ? value[F_HOST] : NULL;
    Req inside = *s->req; /* reads where it writes */
    g_auto(Form) now = form_blank(&inside, fields, N_FIELDS);

    inside.db = db;
    if (!fill(&inside, &now, error))
        return false;
    s->stale = form_stale(s->form, &now);
    if (s->stale)
        return true;
    return oppsett_update(db, s->owner, value[F_NAME], value[F_LANGUAGE], host, error) &&
           eier_option_set(db, s->owner, EIER_COLOUR, value[F_COLOUR], error);
}

bool eier_post_setup(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    g_autoptr(GError) why = NULL;
    Storing storing = { req, req->user->owner, &form, false };

    form_options(&form, F_LANGUAGE, languages);
    check(req, &form);
    if (!form_ok(&form))
        return show_with(req, 422, &form);
    if (req_posted(req, "vis"))
        return show_with(req, 200, &form);
    req_note(req, "eier.oppsett", req->user->owner, 0, form.value[F_NAME]);
    if (db_transaction(req->db, store, &storing, &why))
        return storing.stale ? show_with(req, 409, &form)
                             : req_redirect_saying(req, "/innstillinger/kommune",
                                                   _("The settings are saved."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    form.problem[F_HOST] = _("Another municipality has this host name");
    return show_with(req, 409, &form);
}
