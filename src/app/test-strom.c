/* test-strom.c - the feeds of published reports: what RFC 4287 and JSON Feed 1.1 ask for, and who is in.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "eier.h"
#include "testing-db.h"
#include "innhold.h"

#define TODAY "2026-11-23"
#define NOW INT64_C(1795435200000000)

/* What an Atom file holds, as a parser of XML sees it. */
typedef struct {
    GPtrArray *path;
    GHashTable *count; /* "feed/entry/id" -> how many */
    GPtrArray *ids, *updated, *hrefs;
} Atom;

static void opened(GMarkupParseContext *context, const char *name, const char **names,
                   const char **values, gpointer data, GError **error)
{
    Atom *atom = data;

    (void)context;
    (void)error;
    g_ptr_array_add(atom->path, (void *)g_intern_string(name));
    g_ptr_array_add(atom->path, NULL);
    g_autofree char *key = g_strjoinv("/", (char **)atom->path->pdata);
    g_ptr_array_set_size(atom->path, (int)atom->path->len - 1);
    int n = GPOINTER_TO_INT(g_hash_table_lookup(atom->count, key));
    g_hash_table_insert(atom->count, g_steal_pointer(&key), GINT_TO_POINTER(n + 1));
    for (size_t i = 0; names[i]; i++)
        if (!strcmp(names[i], "href"))
            g_ptr_array_add(atom->hrefs, g_strdup(values[i]));
}

static void closed(GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
    Atom *atom = data;

    (void)context;
    (void)name;
    (void)error;
    g_ptr_array_set_size(atom->path, (int)atom->path->len - 1);
}

static void said(GMarkupParseContext *context, const char *text, gsize size, gpointer data,
                 GError **error)
{
    Atom *atom = data;
    const char *name = g_markup_parse_context_get_element(context);

    (void)error;
    if (!g_strcmp0(name, "id"))
        g_ptr_array_add(atom->ids, g_strndup(text, size));
    if (!g_strcmp0(name, "updated") || !g_strcmp0(name, "published"))
        g_ptr_array_add(atom->updated, g_strndup(text, size));
}

static void atom_clear(Atom *atom)
{
    g_ptr_array_unref(atom->path);
    g_hash_table_unref(atom->count);
    g_ptr_array_unref(atom->ids);
    g_ptr_array_unref(atom->updated);
    g_ptr_array_unref(atom->hrefs);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Atom, atom_clear)

static Atom atom_read(const char *text, size_t size)
{
    static const GMarkupParser parser = { opened, closed, said, NULL, NULL };
    Atom atom = { g_ptr_array_new(), g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                  g_ptr_array_new_with_free_func(g_free), g_ptr_array_new_with_free_func(g_free),
                  g_ptr_array_new_with_free_func(g_free) };
    g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new(&parser, 0, &atom, NULL);
    g_autoptr(GError) error = NULL;

    g_markup_parse_context_parse(context, text, (gssize)size, &error);
    g_assert_no_error(error);
    g_markup_parse_context_end_parse(context, &error);
    g_assert_no_error(error);
    return atom;
}

static int count_of(const Atom *atom, const char *path)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(atom->count, path));
}

/* RFC 4287, 4.1.1 and 4.1.2: exactly one id, title and updated each; an author; a way to the content. */
static void check_atom(const Atom *atom, int entries)
{
    static const char *const once[] = { "feed/id", "feed/title", "feed/updated" };
    static const char *const each[] = { "feed/entry/id",      "feed/entry/title",
                                        "feed/entry/updated", "feed/entry/published",
                                        "feed/entry/author",  "feed/entry/author/name",
                                        "feed/entry/summary" };

    for (size_t i = 0; i < G_N_ELEMENTS(once); i++)
        g_assert_cmpint(count_of(atom, once[i]), ==, 1);
    g_assert_cmpint(count_of(atom, "feed/author/name"), ==, 1);
    g_assert_cmpint(count_of(atom, "feed/entry"), ==, entries);
    for (size_t i = 0; i < G_N_ELEMENTS(each); i++)
        g_assert_cmpint(count_of(atom, each[i]), ==, entries);
    g_assert_cmpint(count_of(atom, "feed/entry/link"), >=, entries);
    for (guint i = 0; i < atom->ids->len; i++) {
        g_assert_true(g_str_has_prefix(atom->ids->pdata[i], "urn:uuid:"));
        g_assert_true(g_uuid_string_is_valid((char *)atom->ids->pdata[i] + 9));
        for (guint k = 0; k < i; k++)
            g_assert_cmpstr(atom->ids->pdata[i], !=, atom->ids->pdata[k]);
    }
    for (guint i = 0; i < atom->updated->len; i++) {
        g_autoptr(GDateTime) when = g_date_time_new_from_iso8601(atom->updated->pdata[i], NULL);

        g_assert_nonnull(when);
    }
}

/* --- reports --- */

static TestApp *app_new(void)
{
    TestApp *app = test_app(NULL, PERM_UNIT_READ, PERM_PUBLIC);

    app->signed_out = true;
    return app;
}

/* A report of owner 1; with `published` a frozen version of it is public. */
static void add_report(TestApp *app, const char *year, bool published)
{
    const ReportNew new = {
        .year = year, .language = LANG_NB, .council = "2027-06-10", .today = TODAY, .now = NOW
    };
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    Report report;
    int64_t id, version;

    tilstandsrapport_begin(app->db, 1, &new, &id, &error);
    g_assert_no_error(error);
    if (!published)
        return;
    tilstandsrapport_get(app->db, arena, 1, id, &report, &error);
    tilstandsrapport_freeze(app->db, 1, &report, TODAY, NOW, &version, &error);
    g_assert_no_error(error);
    g_autofree char *sql = g_strdup_printf(
        "UPDATE rapport SET state = 'sendt_formannskap', frozen = %" G_GINT64_FORMAT
        ", published = %" G_GINT64_FORMAT ", published_on = '%s', title = 'A & <B>' WHERE id = "
        "%" G_GINT64_FORMAT,
        version, version, TODAY, id);
    test_db_exec(app->db, sql, NULL);
}

static void the_feed_is_valid_and_holds_what_is_public(void)
{
    g_autoptr(TestApp) app = app_new();
    g_autoptr(Reply) none = test_get(app, "/rapporter.atom");
    g_auto(Atom) empty = atom_read(none->body, none->size);

    check_atom(&empty, 0);
    add_report(app, "2024/25", true);
    add_report(app, "2025/26", true);
    add_report(app, "2026/27", false);
    g_autoptr(Reply) r = test_get(app, "/rapporter.atom");
    g_auto(Atom) atom = atom_read(r->body, r->size);
    g_assert_cmpstr(r->type, ==, "application/atom+xml; charset=utf-8");
    g_assert_nonnull(strstr(r->headers, "ETag: "));
    check_atom(&atom, 2);
    g_assert_null(strstr(r->body, "2026/27"));
    g_assert_nonnull(strstr(r->body, "A &amp; &lt;B&gt; – Prøve kommune"));
    for (guint i = 0; i < atom.hrefs->len; i++) { /* each leads somewhere */
        g_autoptr(Reply) there = test_get(app, atom.hrefs->pdata[i]);

        g_assert_cmpint(there->status, ==, 200);
    }
}

static void an_owners_feed_holds_its_own(void)
{
    g_autoptr(TestApp) app = app_new();

    add_report(app, "2025/26", true);
    test_db_exec(app->db,
                 "INSERT INTO eier (id, number, name, language, demo, created_at) VALUES "
                 "(8, '1551', 'Eide kommune', 'nb', 0, 1)",
                 NULL);
    g_autoptr(Reply) own = test_get(app, "/rapporter/9999.atom");
    g_autoptr(Reply) other = test_get(app, "/rapporter/1551.atom");
    g_autoptr(Reply) all = test_get(app, "/rapporter.atom");
    g_autoptr(Reply) nobody = test_get(app, "/rapporter/0000.atom");
    g_auto(Atom) a = atom_read(own->body, own->size);
    g_auto(Atom) b = atom_read(other->body, other->size);
    g_auto(Atom) c = atom_read(all->body, all->size);

    check_atom(&a, 1);
    check_atom(&b, 0);
    check_atom(&c, 1);
    g_assert_cmpstr(a.ids->pdata[1], ==, c.ids->pdata[1]); /* one report, one id in every feed */
    g_assert_cmpstr(a.ids->pdata[0], !=, c.ids->pdata[0]);
    g_assert_cmpint(nobody->status, ==, 404);
}

static void the_json_feed_says_the_same(void)
{
    g_autoptr(TestApp) app = app_new();

    add_report(app, "2025/26", true);
    g_autoptr(Reply) r = test_get(app, "/rapporter.json");
    json_t *feed = json_loadb(r->body, r->size, 0, NULL);
    json_t *item = json_array_get(json_object_get(feed, "items"), 0);

    g_assert_cmpstr(json_string_value(json_object_get(feed, "version")), ==,
                    "https://jsonfeed.org/version/1.1");
    g_assert_cmpuint(json_array_size(json_object_get(feed, "items")), ==, 1);
    g_assert_true(g_str_has_prefix(json_string_value(json_object_get(item, "id")), "urn:uuid:"));
    g_assert_cmpstr(json_string_value(json_object_get(item, "title")), ==, "A & <B>");
    g_assert_cmpstr(json_string_value(json_object_get(item, "date_published")), ==,
                    TODAY "T00:00:00Z");
    g_autoptr(Reply) there = test_get(app, json_string_value(json_object_get(item, "url")));
    g_assert_cmpint(there->status, ==, 200);
    json_decref(feed);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/strom/atom/valid", the_feed_is_valid_and_holds_what_is_public);
    g_test_add_func("/strom/atom/owner", an_owners_feed_holds_its_own);
    g_test_add_func("/strom/json/same", the_json_feed_says_the_same);
    return g_test_run();
}
