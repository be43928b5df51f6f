/* test-dobbelt.c - every form of the program sent twice: no failure of ours, and nothing doubled.
 *
 * All POST routes take the same form twice, empty and with the fields that most of them know; those that
 * make something are filled in rightly, and the rows of their table are counted.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "serving.h"
#include "auth.h"
#include "sandbox.h"
#include "testing-town.h"
#include "tilgang.h"

static int role_index(const char *code)
{
    const char *const *roles = tilgang_roles_all();
    int i = 0;

    while (roles[i] && strcmp(roles[i], code))
        i++;
    g_assert_nonnull(roles[i]);
    return i;
}

/* --- what stands in for {name} --- */

static char *value_of(const Town *t, const char *path, const char *name)
{
    char id[ID_TEXT];

    if (!strcmp(name, "kapittel"))
        return g_strdup(id_text(t->draft_chapter, id));
    if (strcmp(name, "id") && strcmp(name, "person"))
        return g_strdup("1");
    if (g_str_has_prefix(path, "/tilstandsrapport/"))
        return g_strdup(id_text(t->draft, id));
    if (g_str_has_prefix(path, "/enheter/"))
        return g_strdup(id_text(t->school, id));
    if (g_str_has_prefix(path, "/stillinger/"))
        return g_strdup(id_text(t->position, id));
    if (g_str_has_prefix(path, "/organ"))
        return g_strdup(id_text(t->body, id));
    if (g_str_has_prefix(path, "/roller/forslag/"))
        return g_strdup(id_text(t->proposal, id));
    return g_strdup(id_text(t->person, id));
}

static char *filled(const Town *t, const char *pattern)
{
    g_autoptr(GString) path = g_string_new(NULL);

    for (const char *p = pattern; *p; p++) {
        const char *close = *p == '{' ? strchr(p, '}') : NULL;

        if (!close) {
            g_string_append_c(path, *p);
            continue;
        }
        g_autofree char *name = g_strndup(p + 1, (size_t)(close - p - 1));
        g_autofree char *value = value_of(t, pattern, name);
        g_string_append(path, value);
        p = close;
    }
    return g_string_free(g_steal_pointer(&path), FALSE);
}

static int post(Town *t, const char *role, const char *path, const char *body)
{
    g_auto(Outgoing) out = { 0 };

    town_ask(t, TOWN_FIRST, role_index(role), "POST", path, body, &out);
    return out.status;
}

/* --- every route --- */

/* A session that a request may have ended is made anew. */
static void twice(Town *t, const char *role, const char *pattern, const char *body)
{
    g_autofree char *path = filled(t, pattern);

    for (int i = 0; i < 2; i++) {
        town_renew_session(t, TOWN_FIRST, (size_t)role_index(role));
        int status = post(t, role, path, body);

        if (status >= 500 || status < 200)
            g_error("POST %s as %s with “%s”, time %d: %d", path, role, body, i + 1, status);
    }
}

static void no_form_fails_when_it_comes_again(void)
{
    static const char *const roles[] = { "FS", "AD", "AR", "RK", "KD", "IA" };
    static const char *const bodies[] = {
        "",
        "navn=Noe&tittel=Noe&tekst=Noe&fra=2026-11-01&siste=2026-11-20&sikker=1&bekreft=1&gjor=x",
    };
    g_autoptr(Town) t = town_new();
    int routes = 0;

    for (const Slice *const *s = app_slices; *s; s++)
        for (const Route *r = (*s)->routes; r && r->method; r++) {
            if (strcmp(r->method, "POST"))
                continue;
            routes++;
            for (size_t i = 0; i < G_N_ELEMENTS(roles) * G_N_ELEMENTS(bodies); i++)
                twice(t, roles[i % G_N_ELEMENTS(roles)], r->path, bodies[i / G_N_ELEMENTS(roles)]);
        }
    g_assert_cmpint(routes, >, 80);
}

/* --- those that make something --- */

typedef struct {
    const char *role, *path, *body, *count; /* count: the rows it adds to */
} Making;

static void nothing_is_made_twice(void)
{
    static const Making all[] = {
        { "FS", "/tilstandsrapport/{id}/innspill",
          "gruppe=fau_su&kapittel=0&anledning=for&tekst=Mer+leksehjelp",
          "SELECT count(*) AS n FROM rapport_innspill" },
        { "FS", "/tilstandsrapport/{id}/dialogpunkt", "punkt-gruppe=fau_su&punkt-tekst=Leksehjelp",
          "SELECT count(*) AS n FROM rapport_dialogpunkt" },
        { "FS", "/tilstandsrapport/{id}/kapittel/{kapittel}/maal",
          "maal=Alle+leser&versjon=0&gjor=lagre", "SELECT count(*) AS n FROM rapport_maal" },
        { "FS", "/tilstandsrapport/{id}/kapittel/{kapittel}/tiltak",
          "tiltak=Lesekurs&status=planlagt&versjon=0&gjor=lagre",
          "SELECT count(*) AS n FROM rapport_tiltak" },
        { "FS", "/tilstandsrapport/{id}/kapittel/{kapittel}/kommentar",
          "svar=Er+dette+rett%3F&sitat=&gjor=ny", "SELECT count(*) AS n FROM rapport_kommentar" },
        { "FS", "/tilstandsrapport/ny", "skolear=2026%2F27&sprakform=nb&kommunestyre=2027-06-17",
          "SELECT count(*) AS n FROM rapport" },
        { "AD", "/enheter/{id}/navn", "navn=Nytt+navn+skole&fra=2026-08-01",
          "SELECT count(*) AS n FROM enhet_navn" },
        { "AD", "/enheter/{id}/faktum", "hva=Areal&verdi=2000&naar=2026&kilde=Tegninger",
          "SELECT count(*) AS n FROM enhet_faktum" },
        { "AD", "/personer/ny", "navn=Ny+Person", "SELECT count(*) AS n FROM person" },
        { "AR", "/organer/ny", "navn=Nytt+utvalg&slag=komite&fra=2026",
          "SELECT count(*) AS n FROM organ" },
    };
    g_autoptr(Town) t = town_new();
    int made = 0, doubled = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        const Making *m = &all[i];
        g_autofree char *path = filled(t, m->path);
        int64_t before = test_db_int(t->db->db, m->count);
        int first = post(t, m->role, path, m->body);
        int64_t after = test_db_int(t->db->db, m->count);
        int second = post(t, m->role, path, m->body);
        int64_t again = test_db_int(t->db->db, m->count);

        g_test_message("%s: %d %+" G_GINT64_FORMAT ", %d %+" G_GINT64_FORMAT, m->path, first,
                       after - before, second, again - after);
        doubled += again != after;
        made += after > before;
        g_assert_cmpint(second, <, 500);
    }
    g_assert_cmpint(doubled, ==, 0);
    g_assert_cmpint(made, >=, 5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_true(sandbox_start(NULL)); /* before any thread */
    g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    g_test_add_func("/dobbelt/alle/no-failure", no_form_fails_when_it_comes_again);
    g_test_add_func("/dobbelt/lager/once", nothing_is_made_twice);
    return g_test_run();
}
