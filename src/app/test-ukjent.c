/* test-ukjent.c - every form of the program sent to what is not there: the answer is 404, whatever the form.
 *
 * What an address names is looked for before anything else: who mistypes it, or comes too late, is told so,
 * and never that something was done. Each id of the path is unknown in turn, those before it known.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "serving.h"
#include "auth.h"
#include "sandbox.h"
#include "testing-town.h"
#include "tilgang.h"

#define NOT_THERE 12345 /* an id as good as any, of nothing */

/* One of the fields below is what most forms want; none of them is enough for all. */
static const char *const bodies[] = {
    "",
    "navn=Noe&tittel=Noe&tekst=Noe&fra=2026-11-01&til=2026-11-20&siste=2026-11-20&sikker=1&bekreft="
    "1"
    "&gjor=lagre&versjon=0&svar=Noe&utfall=godta",
};

static int64_t known_id(const Town *t, const char *pattern, const char *name)
{
    const struct {
        const char *prefix;
        int64_t id;
    } all[] = {
        { "/tilstandsrapport/", t->draft }, { "/enheter/", t->school },
        { "/stillinger/", t->position },    { "/personer/", t->person },
        { "/organer/", t->body },           { "/roller/forslag/", t->proposal },
    };

    if (!strcmp(name, "kapittel"))
        return t->draft_chapter;
    for (size_t i = 0; !strcmp(name, "id") && i < G_N_ELEMENTS(all); i++)
        if (g_str_has_prefix(pattern, all[i].prefix))
            return all[i].id;
    return NOT_THERE;
}

/* The path with its parameter number `unknown` and all after it naming nothing. */
static char *path_of(const Town *t, const char *pattern, int unknown)
{
    g_autoptr(GString) path = g_string_new(NULL);
    char id[ID_TEXT];
    int n = 0;

    for (const char *p = pattern; *p; p++) {
        const char *close = *p == '{' ? strchr(p, '}') : NULL;

        if (!close) {
            g_string_append_c(path, *p);
            continue;
        }
        g_autofree char *name = g_strndup(p + 1, (size_t)(close - p - 1));

        g_string_append(path, id_text(n++ < unknown ? known_id(t, pattern, name) : NOT_THERE, id));
        p = close;
    }
    return g_string_free(g_steal_pointer(&path), FALSE);
}

static int params_of(const char *pattern)
{
    int n = 0;

    for (const char *p = pattern; *p; p++)
        n += *p == '{';
    return n;
}

/* As each role: those that may are told that it is not there, the rest that they may not. */
static bool is_not_there(Town *t, const char *path, const char *body)
{
    bool told = false, fine = true;

    for (size_t r = 0; tilgang_roles_all()[r]; r++) {
        g_auto(Outgoing) out = { 0 };

        town_renew_session(t, TOWN_FIRST, r);
        town_ask(t, TOWN_FIRST, (int)r, "POST", path, body, &out);
        told |= out.status == 404;
        if (out.status != 404 && out.status != 403) {
            g_printerr("# POST %s as %s with “%s”: %d\n", path, tilgang_roles_all()[r], body,
                       out.status);
            fine = false;
        }
    }
    if (!told)
        g_printerr("# POST %s with “%s”: nobody is told that it is not there\n", path, body);
    return told && fine;
}

static void what_is_not_there_is_404(void)
{
    g_autoptr(Town) t = town_new();
    int asked = 0, wrong = 0;

    for (const Slice *const *s = app_slices; *s; s++)
        for (const Route *r = (*s)->routes; r && r->method; r++)
            for (int n = 0; !strcmp(r->method, "POST") && n < params_of(r->path); n++)
                for (size_t b = 0; b < G_N_ELEMENTS(bodies); b++, asked++) {
                    g_autofree char *path = path_of(t, r->path, n);

                    wrong += !is_not_there(t, path, bodies[b]);
                }
    g_assert_cmpint(asked, >, 120);
    g_assert_cmpint(wrong, ==, 0);
}

int main(int argc, char **argv)
{
    if (!sandbox_start(NULL)) /* before any thread: the town imports files */
        return 1;
    g_test_init(&argc, &argv, NULL);
    g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    g_test_add_func("/unknown/post/not-there", what_is_not_there_is_404);
    return g_test_run();
}
