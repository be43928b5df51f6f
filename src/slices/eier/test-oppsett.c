/* test-oppsett.c - the municipality's own settings: what is kept, what is refused, who may; its colour.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "colour.h"
#include "eier.h"
#include "testing-db.h"

#define GOOD "navn=Nye+Pr%C3%B8ve+kommune&farge=%231E4D7B&malform=nn&vert=Kvalitet.prove.example"
#define HERE "/innstillinger/kommune"

static TestApp *app_new(void)
{
    return test_app(&eier_slice, PERM_OWNER_SETUP, PERM_PUBLIC);
}

static const char *colour_now(TestApp *app, Arena *arena)
{
    const char *text = NULL;
    g_autoptr(GError) error = NULL;

    eier_option(app->db, arena, 1, EIER_COLOUR, &text, &error);
    g_assert_no_error(error);
    return text;
}

static void what_is_set_is_kept_and_shown(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(Reply) saved = test_post(app, HERE, GOOD);
    g_autoptr(Reply) shown = test_get(app, HERE);
    int64_t host;
    uint32_t colour;
    Eier eier;

    g_assert_cmpint(saved->status, ==, 303);
    g_assert_true(eier_get(app->db, arena, 1, &eier, &error));
    g_assert_cmpstr(eier.name, ==, "Nye Prøve kommune");
    g_assert_cmpint(eier.language, ==, LANG_NN);
    g_assert_true(eier_of_host(app->db, "kvalitet.prove.example", &host, &error));
    g_assert_cmpint(host, ==, 1);
    g_assert_true(eier_colour(app->db, 1, &colour, &error));
    g_assert_cmphex(colour, ==, 0x1e4d7b);
    g_assert_nonnull(strstr(shown->body, "value=\"#1e4d7b\""));
    g_assert_nonnull(strstr(shown->body, "fill=\"#1e4d7b\""));
    g_autoptr(Reply) emptied = test_post(app, HERE, "navn=X&farge=&malform=nb&vert=");
    g_assert_cmpint(emptied->status, ==, 303);
    g_assert_null(colour_now(app, arena));
    g_assert_true(eier_of_host(app->db, "kvalitet.prove.example", &host, &error));
    g_assert_cmpint(host, ==, 0);
}

static void what_cannot_be_is_refused_and_kept_as_typed(void)
{
    static const char *const bad[] = {
        "navn=&farge=&malform=nb&vert=",
        "navn=X&farge=bl%C3%A5&malform=nb&vert=",
        "navn=X&farge=%2312345&malform=nb&vert=",
        "navn=X&farge=&malform=sv&vert=",
        "navn=X&farge=&malform=nb&vert=https%3A%2F%2Fa.b",
        "navn=X&farge=&malform=nb&vert=localhost",
    };
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    Eier eier;

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(Reply) r = test_post(app, HERE, bad[i]);

        g_assert_cmpint(r->status, ==, 422);
    }
    g_autoptr(Reply) typed = test_post(app, HERE, "navn=%3Cb%3EX&farge=%3Ci%3E&malform=nb&vert=");
    g_assert_nonnull(strstr(typed->body, "&lt;b&gt;X"));
    g_assert_null(strstr(typed->body, "<i>"));
    g_assert_true(eier_get(app->db, arena, 1, &eier, &error));
    g_assert_cmpstr(eier.name, ==, "Prøve kommune");
}

/* "Show how the colour looks" stores nothing. */
static void a_look_changes_nothing(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Reply) r = test_post(app, HERE, GOOD "&vis=1");

    g_assert_cmpint(r->status, ==, 200);
    g_assert_nonnull(strstr(r->body, "fill=\"#1e4d7b\""));
    g_assert_null(colour_now(app, arena));
}

static void another_ones_host_name_is_taken(void)
{
    g_autoptr(TestApp) app = app_new();

    test_db_exec(app->db,
                 "INSERT INTO eier (id, number, name, language, host, demo, created_at) VALUES "
                 "(8, '1551', 'Eide kommune', 'nb', 'kvalitet.prove.example', 0, 1)",
                 NULL);
    g_autoptr(Reply) r = test_post(app, HERE, GOOD);
    g_assert_cmpint(r->status, ==, 409);
    g_assert_nonnull(strstr(r->body, "Another municipality has this host name"));
}

static void it_takes_the_permission(void)
{
    g_autoptr(TestApp) app = test_app(&eier_slice, PERM_UNIT_READ, PERM_PUBLIC);
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Reply) look = test_get(app, HERE);
    g_autoptr(Reply) store = test_post(app, HERE, GOOD);
    g_autoptr(Reply) list = test_get(app, "/innstillinger");

    g_assert_cmpint(look->status, ==, 403);
    g_assert_cmpint(store->status, ==, 403);
    g_assert_null(colour_now(app, arena));
    g_assert_cmpint(list->status, ==, 200);
    g_assert_null(strstr(list->body, HERE));
}

/* The value of a token in a scheme's part of the stylesheet. */
static uint32_t token(const char *css, const char *name)
{
    g_autofree char *find = g_strdup_printf("--ds-color-accent-%s:#", name);
    const char *at = strstr(css, find);
    uint32_t colour = 0;

    g_assert_nonnull(at);
    g_autofree char *hex = g_strndup(at + strlen(find), 6);
    g_assert_true(colour_parse(hex, &colour));
    return colour;
}

static void check_scheme(const char *css)
{
    static const char *const grounds[] = { "background-default", "background-tinted",
                                           "surface-default",    "surface-tinted",
                                           "surface-hover",      "surface-active" };
    static const char *const bases[] = { "base-default", "base-hover", "base-active" };

    for (size_t i = 0; i < G_N_ELEMENTS(grounds); i++) {
        g_assert_cmpfloat(colour_contrast(token(css, "text-subtle"), token(css, grounds[i])), >=,
                          4.5);
        g_assert_cmpfloat(colour_contrast(token(css, "text-default"), token(css, grounds[i])), >=,
                          4.5);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(bases); i++)
        g_assert_cmpfloat(
            colour_contrast(token(css, "base-contrast-default"), token(css, bases[i])), >=, 4.5);
    g_assert_cmpfloat(
        colour_contrast(token(css, "border-default"), token(css, "background-default")), >=, 3);
}

/* 216 colours, in light and in dark: every text on every ground it may stand on. */
static void the_stylesheet_can_be_read_in_every_colour(void)
{
    g_autoptr(TestApp) app = app_new();

    app->signed_out = true;
    for (uint32_t r = 0; r < 256; r += 51)
        for (uint32_t g = 0; g < 256; g += 51)
            for (uint32_t b = 0; b < 256; b += 51) {
                g_autofree char *path = g_strdup_printf("/farge/%02x%02x%02x.css", r, g, b);
                g_autoptr(Reply) reply = test_get(app, path);
                const char *dark;

                g_assert_cmpint(reply->status, ==, 200);
                dark = strstr(reply->body, "prefers-color-scheme:dark");
                g_assert_nonnull(dark);
                check_scheme(reply->body);
                check_scheme(dark);
            }
}

static void no_other_stylesheet_is_made(void)
{
    static const char *const bad[] = { "/farge/1e4d7b", "/farge/1e4d7.css", "/farge/red.css",
                                       "/farge/%231e4d7.css", "/farge/1e4d7bcss" };
    g_autoptr(TestApp) app = app_new();

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(Reply) r = test_get(app, bad[i]);

        g_assert_cmpint(r->status, ==, 404);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/eier/setup/kept", what_is_set_is_kept_and_shown);
    g_test_add_func("/eier/setup/refused", what_cannot_be_is_refused_and_kept_as_typed);
    g_test_add_func("/eier/setup/look", a_look_changes_nothing);
    g_test_add_func("/eier/setup/host-taken", another_ones_host_name_is_taken);
    g_test_add_func("/eier/setup/permission", it_takes_the_permission);
    g_test_add_func("/eier/colour/readable", the_stylesheet_can_be_read_in_every_colour);
    g_test_add_func("/eier/colour/refused", no_other_stylesheet_is_made);
    return g_test_run();
}
