/* test-funn.c - nothing is found that may not be opened: every document of the search, sought by every
 * role of two owners and by nobody, and opened by whoever finds it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "serving.h"
#include "auth.h"
#include "sandbox.h"
#include "sok.h"
#include "testing-town.h"
#include "tilgang.h"

#define PAGES 10 /* of hits, at most */

typedef struct {
    char *kind, *title, *path;
    Perm gate;
} Wanted;

static void wanted_free(void *data)
{
    Wanted *w = data;

    g_free(w->kind);
    g_free(w->title);
    g_free(w->path);
    g_free(w);
}

static bool take(void *sink, const SearchDoc *doc, GError **error)
{
    Wanted *w = g_new0(Wanted, 1);

    (void)error;
    *w = (Wanted){ g_strdup(doc->kind), g_strdup(doc->title), g_strdup(doc->path), doc->gate };
    if (doc->language && strcmp(doc->language, "nb"))
        wanted_free(w); /* the town reads bokmål */
    else
        g_ptr_array_add(sink, w);
    return true;
}

/* What can be found of an owner, and the index brought up to date with it. */
static GPtrArray *index_owner(Town *t, int64_t owner)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(wanted_free);
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;

    for (const Slice *const *s = app_slices; *s; s++) {
        if ((*s)->search)
            (*s)->search(t->db->db, arena, owner, take, all, &error);
        g_assert_no_error(error);
    }
    sok_build(t->db->db, owner, app_slices, NULL, &error);
    g_assert_no_error(error);
    return g_steal_pointer(&all);
}

static bool holds(const Outgoing *out, const char *text)
{
    gsize size = out->size;
    const char *data = out->shared ? g_bytes_get_data(out->shared, &size) : out->data;

    return data && g_strstr_len(data, (gssize)size, text);
}

/* Whether a role finds it by its title. */
static bool finds(Town *t, TownOwner owner, int role, const Wanted *w)
{
    g_autofree char *title = g_uri_escape_string(w->title, NULL, false);
    g_autofree char *link = g_strdup_printf("href=\"%s\"", w->path);

    for (int page = 1; page <= PAGES; page++) {
        g_autofree char *path = g_strdup_printf("/sok?q=%s&hva=%s&side=%d", title, w->kind, page);
        g_auto(Outgoing) out = { 0 };

        town_ask(t, owner, role, "GET", path, NULL, &out);
        g_assert_cmpint(out.status, ==, 200);
        if (holds(&out, link))
            return true;
        if (!holds(&out, "side="))
            return false;
    }
    return false;
}

static int status_of(Town *t, TownOwner owner, int role, const char *path)
{
    g_autofree char *page = g_strndup(path, strcspn(path, "#"));
    g_auto(Outgoing) out = { 0 };

    town_ask(t, owner, role, "GET", page, NULL, &out);
    return out.status;
}

static bool is_first_of_its_kind(const GPtrArray *all, guint i)
{
    const Wanted *w = g_ptr_array_index(all, i);
    int before = 0;

    for (guint k = 0; k < i; k++) {
        const Wanted *other = g_ptr_array_index(all, k);

        before += !strcmp(other->kind, w->kind) && other->gate == w->gate;
    }
    return before < 4; /* of each kind and gate a few: chapters of one report are alike */
}

static int role_index(const char *code)
{
    const char *const *roles = tilgang_roles_all();
    int i = 0;

    while (roles[i] && strcmp(roles[i], code))
        i++;
    g_assert_nonnull(roles[i]);
    return i;
}

/* How many of the documents one finds; and dies when one of them does not open. */
static int sweep(Town *t, TownOwner owner, int role, const GPtrArray *all)
{
    int n = 0;

    for (guint i = 0; i < all->len; i++) {
        const Wanted *w = g_ptr_array_index(all, i);

        if (!is_first_of_its_kind(all, i) || !finds(t, owner, role, w))
            continue;
        n++;
        int status = status_of(t, owner, role, w->path);

        if (status != 200)
            g_error("%s of owner %d finds %s “%s” and gets %d from %s",
                    role < 0 ? "nobody" : tilgang_roles_all()[role], (int)owner, w->kind, w->title,
                    status, w->path);
    }
    return n;
}

static void whoever_finds_it_can_open_it(void)
{
    g_autoptr(Town) t = town_new();
    g_autoptr(GPtrArray) own G_GNUC_UNUSED = index_owner(t, t->owner[TOWN_FIRST]);
    g_autoptr(GPtrArray) shared = index_owner(t, 0);
    size_t roles = g_strv_length((char **)tilgang_roles_all());
    int by_visitor, by_leader;

    g_assert_cmpuint(own->len, >, 20);
    g_assert_cmpuint(shared->len, >, 20);
    for (size_t r = 0; r < roles; r++)
        for (int o = 0; o < TOWN_OWNERS; o++) {
            sweep(t, (TownOwner)o, (int)r, own);
            g_assert_cmpint(sweep(t, (TownOwner)o, (int)r, shared), >, 0);
        }
    by_visitor = sweep(t, TOWN_FIRST, -1, own);
    by_leader = sweep(t, TOWN_FIRST, role_index("FS"), own);
    g_assert_cmpint(by_visitor, >, 0); /* what is published */
    g_assert_cmpint(by_leader, >, by_visitor);
}

static void drafts_and_people_are_found_by_their_own_alone(void)
{
    g_autoptr(Town) t = town_new();
    g_autoptr(GPtrArray) own G_GNUC_UNUSED = index_owner(t, t->owner[TOWN_FIRST]);
    int seen = 0;

    for (guint i = 0; i < own->len; i++) {
        const Wanted *w = g_ptr_array_index(own, i);

        if (w->gate == PERM_PUBLIC || !is_first_of_its_kind(own, i))
            continue;
        seen++;
        g_assert_false(finds(t, TOWN_FIRST, -1, w));
        g_assert_false(finds(t, TOWN_SECOND, role_index("FS"), w));
        if (w->gate == PERM_REPORT_DRAFT)
            g_assert_false(finds(t, TOWN_FIRST, role_index("PO"), w));
        g_assert_true(finds(t, TOWN_FIRST, role_index("FS"), w));
    }
    g_assert_cmpint(seen, >, 5);
}

/* A change through the program asks for the index to follow, once for the changes of a moment. */
static void a_change_is_followed(void)
{
    g_autoptr(Town) t = town_new();
    g_autoptr(GPtrArray) own G_GNUC_UNUSED = index_owner(t, t->owner[TOWN_FIRST]);
    char id[ID_TEXT];
    g_autofree char *path = g_strdup_printf("/enheter/%s/navn", id_text(t->school, id));
    int64_t before = test_db_int(t->db->db, "SELECT count(*) AS n FROM jobb WHERE kind = 'sok'");

    for (int i = 0; i < 2; i++) {
        g_auto(Outgoing) out = { 0 };

        town_ask(t, TOWN_FIRST, role_index("AD"), "POST", path,
                 i ? "navn=Solsikka+skole&fra=2026-08-02" : "navn=Solsikken+skole&fra=2026-08-01",
                 &out);
        g_assert_cmpint(out.status, ==, 303);
    }
    g_assert_cmpint(test_db_int(t->db->db, "SELECT count(*) AS n FROM jobb WHERE kind = 'sok'"), ==,
                    before + 1);
    g_autoptr(GPtrArray) now = index_owner(t, t->owner[TOWN_FIRST]);
    bool there = false;

    for (guint i = 0; i < now->len; i++) {
        const Wanted *w = g_ptr_array_index(now, i);

        there = there ||
                (!strcmp(w->title, "Solsikka skole") && finds(t, TOWN_FIRST, role_index("FS"), w));
    }
    g_assert_true(there);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_true(sandbox_start(NULL)); /* before any thread */
    g_setenv("OPPVEKST_TEST_CHEAP_HASH", "1", TRUE);
    g_test_add_func("/sok/funn/found-can-be-opened", whoever_finds_it_can_open_it);
    g_test_add_func("/sok/funn/private", drafts_and_people_are_found_by_their_own_alone);
    g_test_add_func("/sok/funn/follows", a_change_is_followed);
    return g_test_run();
}
