/* test-routes.c - every route of the program, asked for by every role of two owners and by nobody.
 *
 * What came is a table, test/golden/access.txt: one line a route and owner, one column a role. A
 * changed permission is a changed line in review. GOLDEN=1 writes it anew.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "serving.h"
#include "auth.h"
#include "sandbox.h"
#include "testing-town.h"
#include "tilgang.h"

#define GOLDEN_FILE "test/golden/access.txt"
#define LABEL "%-56s %-5s"

typedef struct {
    char *method, *path, *perm;
} Line;

static void line_free(void *data)
{
    Line *l = data;

    g_free(l->method);
    g_free(l->path);
    g_free(l->perm);
    g_free(l);
}

/* As `oppvekst routes` prints them, the platform's own among them. */
static GPtrArray *all_routes(void)
{
    g_autoptr(GPtrArray) routes = g_ptr_array_new_with_free_func(line_free);
    g_autoptr(GError) error = NULL;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    g_assert_nonnull(out);
    web_routes_print(out, &error);
    g_assert_no_error(error);
    fclose(out);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **l = lines; *l && **l; l++) {
        g_auto(GStrv) word = g_strsplit(*l, " ", 3);
        Line *line = g_new0(Line, 1);

        g_assert_cmpuint(g_strv_length(word), ==, 3);
        *line = (Line){ g_strdup(word[0]), g_strdup(word[1]), g_strdup(word[2]) };
        g_ptr_array_add(routes, line);
    }
    free(text);
    return g_steal_pointer(&routes);
}

/* --- what stands in for {name} --- */

static bool is_of_report(const char *path)
{
    return g_str_has_prefix(path, "/tilstandsrapport/{id}");
}

/* Reports are asked for in two states. */
static const char *const variants[] = { "utkast", "sendt" };

/* Of what the town has none: who may is told from who may not by 404 and 403. */
static const char *const of_none[] = { "id",    "token", "kommune",  "enhet", "lov", "file",
                                       "farge", "pakke", "hendelse", "steg",  "fil", "svar" };

/* What {id} is of in this path; 0: of what the town has none. */
static int64_t id_of(const Town *t, const char *path, size_t variant)
{
    const struct {
        const char *prefix;
        int64_t id;
    } known[] = {
        { "/enheter/", t->school },
        { "/personer/", t->person },
        { "/stillinger/", t->position },
        { "/roller/forslag/", t->proposal },
        { "/roller/", t->role[TOWN_FIRST][0] },
        { "/organ/", t->body },
        { "/organer/", t->body },
    };

    if (is_of_report(path))
        return variant ? t->published : t->draft;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (g_str_has_prefix(path, known[i].prefix))
            return known[i].id;
    return 0;
}

static char *param_value(const Town *t, const char *path, const char *name, size_t variant)
{
    int64_t known = id_of(t, path, variant);
    char id[ID_TEXT];

    if (!strcmp(name, "id") && known)
        return g_strdup(id_text(known, id));
    if (!strcmp(name, "kapittel"))
        return g_strdup(id_text(variant ? t->final_chapter : t->draft_chapter, id));
    if (!strcmp(name, "n"))
        return g_strdup("1");
    if (!strcmp(name, "form"))
        return g_strdup("svg");
    if (!strcmp(name, "code"))
        return g_strdup("NP.LES.5");
    if (!strcmp(name, "emne"))
        return g_strdup("kom-i-gang");
    if (!strcmp(name, "person"))
        return g_strdup(id_text(t->person, id));
    if (!strcmp(name, "handling"))
        return g_strdup("ut");
    for (size_t i = 0; i < G_N_ELEMENTS(of_none); i++)
        if (!strcmp(name, of_none[i]))
            return g_strdup(id_text(1, id));
    g_error(
        "route %s: add to param_value() in src/app/test-routes.c what {%s} stands for, an id of "
        "the first owner where it is one",
        path, name);
}

static char *path_of(const Town *t, const char *pattern, size_t variant)
{
    g_autoptr(GString) path = g_string_new(NULL);

    for (const char *p = pattern; *p; p++) {
        const char *close = *p == '{' ? strchr(p, '}') : NULL;

        if (!close) {
            g_string_append_c(path, *p);
            continue;
        }
        g_autofree char *name = g_strndup(p + 1, (size_t)(close - p - 1));
        g_autofree char *value = param_value(t, pattern, name, variant);
        g_string_append(path, value);
        p = close;
    }
    return g_string_free(g_steal_pointer(&path), FALSE);
}

/* --- one request, and what no answer may hold --- */

static bool holds(const Outgoing *out, const char *text)
{
    if (out->data && memmem(out->data, out->size, text, strlen(text)))
        return true;
    for (guint i = 1; i < out->headers->len; i += 2)
        if (strstr(out->headers->pdata[i], text))
            return true;
    return false;
}

/* The name stands with what is published; all else is for the owner's own people. */
static void assert_tells_strangers_nothing(const Outgoing *out, const Line *l, const char *who)
{
    for (const char *const *s = town_secrets; *s; s++)
        if (holds(out, *s))
            g_error("%s %s tells %s \"%s\"", l->method, l->path, who, *s);
    if (strcmp(l->perm, "PUBLIC") && holds(out, TOWN_NAME))
        g_error("%s %s tells %s \"" TOWN_NAME "\"", l->method, l->path, who);
}

static int ask(Town *t, TownOwner owner, int role, const Line *l, size_t variant)
{
    g_auto(Outgoing) out = { 0 };
    g_autofree char *path = path_of(t, l->path, variant);
    bool unsafe = strcmp(l->method, "GET") != 0;
    const char *who = role < 0 ? "nobody" : tilgang_roles_all()[role];

    town_ask(t, owner, role, l->method, path, unsafe ? "" : NULL, &out);
    if (out.status >= 500)
        g_error("%s %s as %s: %d %s", l->method, path, who, out.status,
                out.trouble ? out.trouble : "");
    if (role < 0 || owner != TOWN_FIRST)
        assert_tells_strangers_nothing(&out, l, who);
    if (unsafe &&
        out.status < 400) { /* it may have changed something: the next finds it as it was */
        if (role >= 0)
            town_renew_session(t, owner, (size_t)role);
        if (is_of_report(l->path))
            town_renew_reports(t);
    }
    return out.status;
}

/* --- the table --- */

static void add_row(GString *table, const char *label, const char *whose, const char *cells)
{
    g_string_append_printf(table, LABEL, label, whose);
    g_string_append(table, cells);
    g_string_append_c(table, '\n');
}

static void add_route(GString *table, Town *t, const Line *l, size_t variant)
{
    g_autoptr(GString) own = g_string_new(NULL), other = g_string_new(NULL);
    g_autofree char *label =
        g_strdup_printf("%s %s%s%s", l->method, l->path, is_of_report(l->path) ? " " : "",
                        is_of_report(l->path) ? variants[variant] : "");

    g_string_append_printf(own, " %6d", ask(t, TOWN_FIRST, -1, l, variant));
    g_string_append_printf(other, " %6s", "");
    for (int r = 0; tilgang_roles_all()[r]; r++) {
        g_string_append_printf(own, " %3d", ask(t, TOWN_FIRST, r, l, variant));
        g_string_append_printf(other, " %3d", ask(t, TOWN_SECOND, r, l, variant));
    }
    add_row(table, label, "own", own->str);
    add_row(table, "", "other", other->str);
}

static void the_table_is_the_golden_one(void)
{
    g_autoptr(Town) t = town_new();
    g_autoptr(GPtrArray) routes = all_routes();
    g_autoptr(GString) table = g_string_new(NULL);
    g_autofree char *want = NULL;

    g_string_append_printf(table, LABEL " %6s", "# what answers an empty request", "", "nobody");
    for (const char *const *role = tilgang_roles_all(); *role; role++)
        g_string_append_printf(table, " %3s", *role);
    g_string_append_c(table, '\n');
    for (guint i = 0; i < routes->len; i++) {
        const Line *l = routes->pdata[i];

        for (size_t v = 0; v < (is_of_report(l->path) ? G_N_ELEMENTS(variants) : 1); v++)
            add_route(table, t, l, v);
    }
    if (g_getenv("GOLDEN")) {
        g_assert_true(g_file_set_contents(GOLDEN_FILE, table->str, -1, NULL));
        return;
    }
    g_assert_true(g_file_get_contents(GOLDEN_FILE, &want, NULL, NULL));
    g_auto(GStrv) got_lines = g_strsplit(table->str, "\n", -1);
    g_auto(GStrv) want_lines = g_strsplit(want, "\n", -1);
    for (guint i = 0; got_lines[i] && want_lines[i]; i++)
        g_assert_cmpstr(got_lines[i], ==, want_lines[i]);
    g_assert_cmpuint(g_strv_length(got_lines), ==, g_strv_length(want_lines));
}

static void every_route_states_a_permission(void)
{
    g_autoptr(GPtrArray) routes = all_routes();

    g_assert_cmpuint(routes->len, >, 20);
    for (guint i = 0; i < routes->len; i++) {
        const Line *l = routes->pdata[i];
        bool known = false;

        for (unsigned p = PERM_PUBLIC; p < N_PERM; p++)
            known |= !strcmp(perm_info((Perm)p)->name, l->perm);
        if (!known)
            g_test_message("%s %s has %s", l->method, l->path, l->perm);
        g_assert_true(known);
    }
}

/* --- the clock that an administrator of a demo moves --- */

static int role_index(const char *code)
{
    const char *const *roles = tilgang_roles_all();

    for (int i = 0; roles[i]; i++)
        if (!strcmp(roles[i], code))
            return i;
    g_error("no role %s", code);
}

/* The date that the date page shows is req->today. */
static void assert_today(Town *t, const char *role, const char *today)
{
    g_auto(Outgoing) page = { 0 };
    g_autofree char *value = g_strdup_printf("value=\"%s\"", today);

    town_ask(t, TOWN_FIRST, role_index(role), "GET", "/dato", NULL, &page);
    g_assert_cmpint(page.status, ==, 200);
    g_assert_true(holds(&page, value));
}

static void a_moved_date_is_that_owners_today(void)
{
    g_autoptr(Town) t = town_new();
    g_auto(Outgoing) moved = { 0 };
    g_auto(Outgoing) units = { 0 };
    g_auto(Outgoing) other = { 0 };
    g_auto(Outgoing) gone = { 0 };

    assert_today(t, "AD", TOWN_TODAY);
    town_ask(t, TOWN_FIRST, role_index("AD"), "POST", "/dato", "dato=2026-12-24", &moved);
    g_assert_cmpint(moved.status, ==, 303);
    assert_today(t, "AD", "2026-12-24");
    assert_today(t, "IA", "2026-12-24"); /* for everybody there, at once */
    town_ask(t, TOWN_FIRST, role_index("FS"), "GET", "/enheter", NULL, &units);
    g_assert_cmpint(units.status, ==, 200);
    g_assert_true(holds(&units, "24. desember 2026")); /* and the pages say so */
    town_ask(t, TOWN_SECOND, role_index("FS"), "GET", "/enheter", NULL, &other);
    g_assert_cmpint(other.status, ==, 200);
    g_assert_false(holds(&other, "24. desember 2026"));
    g_clear_pointer(&moved.data, g_free);
    outgoing_clear(&moved);
    town_ask(t, TOWN_FIRST, role_index("AD"), "POST", "/dato", "dato=2019-12-31", &moved);
    g_assert_cmpint(moved.status, ==, 303);
    town_ask(t, TOWN_FIRST, role_index("FS"), "GET", "/enheter", NULL, &gone);
    g_assert_cmpint(gone.status, ==, 303); /* on that day nobody had the role yet */
}

int main(int argc, char **argv)
{
    if (!sandbox_start(NULL)) /* before any thread: the town imports files */
        return 1;
    g_test_init(&argc, &argv, NULL);
    g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    g_test_add_func("/routes/permission/stated", every_route_states_a_permission);
    g_test_add_func("/routes/today/moved", a_moved_date_is_that_owners_today);
    g_test_add_func("/routes/access/golden", the_table_is_the_golden_one);
    return g_test_run();
}
