/* test-suppress.c - the command suppress: its input refused in plain words, its files as agreed.
 *
 * z1 is the example of SSB's package SSBtools (MIT); the intervals of its hidden cells were worked
 * out by linear programming elsewhere.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "suppress.h"

#define Z1                                                                                         \
    "region,kilde,ant\nA,annet,11\nB,annet,7\nC,annet,5\nD,annet,13\nE,annet,9\nF,annet,12\n"      \
    "G,annet,6\nH,annet,9\nA,arbeid,11\nB,arbeid,1\nC,arbeid,8\nD,arbeid,2\nE,arbeid,14\n"         \
    "F,arbeid,9\nG,arbeid,4\nH,arbeid,3\nA,soshjelp,55\nB,soshjelp,29\nC,soshjelp,35\n"            \
    "D,soshjelp,17\nE,soshjelp,63\nF,soshjelp,24\nG,soshjelp,22\nH,soshjelp,38\nA,trygd,36\n"      \
    "B,trygd,18\nC,trygd,25\nD,trygd,13\nE,trygd,52\nF,trygd,22\nG,trygd,8\nH,trygd,15\n"
#define TWO "\"dimensions\":[{\"name\":\"region\"},{\"name\":\"kilde\"}]"
#define COUNT3 "\"rule\":{\"kind\":\"count\",\"max\":3}"
#define Z1_SPEC "{\"value\":\"ant\"," TWO "," COUNT3 ",\"interval\":3}"

typedef struct {
    SuppressSpec *spec;
    SuppressTable *table;
    SdcResult *result;
    char *output, *proof;
} Done;

static void done_clear(Done *d)
{
    suppress_table_free(d->table);
    suppress_spec_free(d->spec);
    sdc_result_free(d->result);
    g_free(d->output);
    g_free(d->proof);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Done, done_clear)

/* `known` is the text of every file the spec names, NULL for none. */
static Done run(const char *spec, const char *table, const char *known, GError **error)
{
    Done d = { 0 };

    d.spec = suppress_spec_read(spec, strlen(spec), "spec.json", error);
    if (d.spec)
        d.table = suppress_table_read(d.spec, table, strlen(table), "t.csv", error);
    for (unsigned i = 0; d.table && i < d.spec->known->len; i++)
        if (!suppress_known_read(d.table, d.spec->known->pdata[i], known, strlen(known), error))
            return d;
    if (d.table) {
        d.result = sdc_protect(d.table->problem, NULL);
        d.output = suppress_output(d.table, d.result);
        d.proof = suppress_proof(d.table, d.result, &(SuppressRun){ "in", "out", 0.5 });
    }
    return d;
}

static bool hides(const Done *d, const char *cell)
{
    g_autofree char *line = g_strconcat("\n", cell, ",,hidden\n", NULL);

    return strstr(d->output, line) != NULL;
}

static void z1_is_hidden_as_published(void)
{
    g_autoptr(GError) error = NULL;
    g_auto(Done) d = run(Z1_SPEC, Z1, NULL, &error);
    static const char *const hidden[] = { "B,arbeid", "D,arbeid", "H,arbeid" };

    g_assert_no_error(error);
    g_assert_cmpuint(d.result->n_hidden, ==, 6);
    g_assert_cmpuint(d.result->n_unsafe, ==, 0);
    for (unsigned i = 0; i < G_N_ELEMENTS(hidden); i++)
        g_assert_true(hides(&d, hidden[i]));
    g_assert_true(g_str_has_prefix(d.output, "region,kilde,ant,status\n"));
    g_assert_nonnull(strstr(d.output, "\nTotal,Total,596,ok\n"));
    g_assert_nonnull(strstr(d.output, "\nA,Total,113,ok\n"));
    for (unsigned i = 0; i < d.result->n; i++)
        if (sdc_cell(d.table->problem, i)->interval > 0)
            g_assert_cmpfloat(d.result->upper[i] - d.result->lower[i], >=, 3 - 1e-6);
}

static void only_the_proof_tells_primary_from_secondary(void)
{
    g_autoptr(GError) error = NULL;
    g_auto(Done) d = run(Z1_SPEC, Z1, NULL, &error);

    g_assert_no_error(error);
    g_assert_null(strstr(d.output, "primary"));
    g_assert_null(strstr(d.output, "secondary"));
    g_assert_nonnull(strstr(d.proof, "\"primary\": 3"));
    g_assert_nonnull(strstr(d.proof, "\"secondary\": 3"));
    g_assert_nonnull(strstr(d.proof, "\"output_sha256\": \"out\""));
    g_assert_nonnull(strstr(d.proof, "\"reason\": \"secondary\""));
}

static void groups_are_margins_too(void)
{
    g_autoptr(GError) error = NULL;
    g_auto(Done) d = run(
        "{\"value\":\"ant\",\"dimensions\":[{\"name\":\"skole\",\"hierarchies\":[\"fylke\"]},"
        "{\"name\":\"kjonn\"}]," COUNT3 "}",
        "skole,fylke,kjonn,ant\nA,1,g,2\nA,1,j,9\nB,1,g,8\nB,1,j,7\nC,2,g,12\nC,2,j,11\nD,2,g,14\n"
        "D,2,j,15\n",
        NULL, &error);

    g_assert_no_error(error);
    g_assert_nonnull(strstr(d.output, "\nfylke=2,Total,52,ok\n"));
    g_assert_true(hides(&d, "A,g"));
    g_assert_cmpuint(d.result->n_unsafe, ==, 0);
    g_assert_cmpuint(d.result->n_hidden, >=, 4);
}

/* Test vector 10 of the domain notes: three levels, their number and a mean that is out. */
static void a_published_mean_hides_more(void)
{
    const char *spec =
        "{\"value\":\"ant\",\"dimensions\":[{\"name\":\"aar\"},{\"name\":\"niva\"}],"
        "\"linked\":[{\"dimensions\":[\"aar\",\"niva\"]}],"
        "\"rule\":{\"kind\":\"count\",\"max\":5,\"zeros\":\"publish\"},\"published\":[{\"file\":"
        "\"m.csv\",\"value\":\"snitt\",\"kind\":\"mean\",\"n\":\"n\",\"decimals\":1}]}";
    const char *levels = "aar;niva;ant\n2009;N1;12\n2009;N2;13\n2009;N3;5\n2010;N1;11\n2010;N2;15\n"
                         "2010;N3;6\n2011;N1;8\n2011;N2;16\n2011;N3;7\n2012;N1;5\n2012;N2;17\n"
                         "2012;N3;11\n";
    g_autoptr(GError) error = NULL;
    g_auto(Done) d = run(
        spec, levels, "aar;snitt;n\n2009;1,8;30\n2010;1,8;32\n2011;2,0;31\n2012;2,2;33\n", &error);

    g_assert_no_error(error);
    g_assert_cmpuint(d.result->n_unsafe, ==, 0);
    g_assert_true(hides(&d, "2009,N1") && hides(&d, "2009,N2") && hides(&d, "2009,N3"));
    /* 33 pupils and 2.2 leave room for four sums of levels, so one level of 2012 may stand. */
    g_assert_true(hides(&d, "2012,N1") && (hides(&d, "2012,N2") || hides(&d, "2012,N3")));
    g_assert_nonnull(strstr(d.output, "\n2009,Total,30,ok\n"));
}

/* "4.8 %" of 147 is 7 and nothing else. */
static void a_published_share_can_expose(void)
{
    const char *spec =
        "{\"value\":\"ant\",\"dimensions\":[{\"name\":\"svar\"}],\"rule\":{\"kind\":"
        "\"count\",\"max\":9},\"published\":[{\"file\":\"s.csv\",\"value\":\"andel\","
        "\"kind\":\"share\",\"n\":147,\"decimals\":1}]}";
    g_autoptr(GError) error = NULL;
    g_auto(Done) d =
        run(spec, "svar,ant\nja,7\nnei,100\nvet ikke,40\n", "svar,andel\nja,4.8\n", &error);

    g_assert_no_error(error);
    g_assert_cmpuint(d.result->n_unsafe, ==, 1);
    g_assert_nonnull(strstr(d.proof, "\"safe\": false"));
}

static void what_is_public_stays_known(void)
{
    const char *spec = "{\"value\":\"ant\"," TWO "," COUNT3 ",\"public\":[\"p.csv\"]}";
    const char *public = "region,kilde,ant,status\nB,annet,7,ok\nD,annet,13,ok\nB,arbeid,,hidden\n";
    g_autoptr(GError) error = NULL;
    g_auto(Done) d = run(spec, Z1, public, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(d.result->n_unsafe, ==, 0);
    g_assert_false(hides(&d, "B,annet"));
    g_assert_false(hides(&d, "D,annet"));
    g_assert_true(hides(&d, "B,arbeid"));
}

static void rules_of_contributors(void)
{
    const char *rows = "sted,bedrift,sum\nA,x,90\nA,y,5\nA,z,5\nB,x,40\nB,y,30\nB,z,30\nC,v,20\n"
                       "C,w,20\nC,x,21\nD,y,31\nD,z,30\nD,v,29\n";
    g_autoptr(GError) error = NULL;
    g_auto(Done) dominance =
        run("{\"value\":\"sum\",\"dimensions\":[{\"name\":\"sted\"}],\"rule\":{\"kind\":"
            "\"dominance\",\"n\":1,\"k\":80,\"contributor\":\"bedrift\"}}",
            rows, NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(dominance.result->n_protected, ==, 1);
    g_assert_true(hides(&dominance, "A"));
    g_auto(Done) few =
        run("{\"value\":\"sum\",\"dimensions\":[{\"name\":\"sted\"}],\"rule\":{\"kind\":"
            "\"contributors\",\"max\":3,\"contributor\":\"bedrift\"}}",
            rows, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(few.result->n_protected, ==, 4);
}

static void wrong_input_is_refused_in_plain_words(void)
{
    static const struct {
        const char *spec, *table, *says;
    } cases[] = {
        { "{", "", "spec.json:1: not JSON" },
        { "{\"valu\":\"ant\"}", "", "unknown key \"valu\"" },
        { "{\"value\":\"ant\"," TWO ",\"rule\":{\"kind\":\"x\"}}", "", "needs \"rule\"" },
        { "{\"value\":\"tall\"," TWO "," COUNT3 "}", Z1, "no column \"tall\"" },
        { Z1_SPEC, "region,kilde,ant\nTotal,a,3\n", "t.csv:2: \"Total\" in the column region" },
        { Z1_SPEC, "region,kilde,ant\nA,a,-3\n", "t.csv:2: ant is \"-3\"" },
        { Z1_SPEC, "region,kilde,ant\nA,a,3.5\n", "whole number" },
        { Z1_SPEC, "region,kilde,ant\nA,a,\n", "t.csv:2: ant is \"\"" },
        { Z1_SPEC, "region,kilde,ant\nA,a,3\nA,a,4\n", "t.csv:3: the same cell as in line 2" },
        { Z1_SPEC, "region,kilde,ant\n", "no rows below the header" },
        { "{\"value\":\"ant\",\"dimensions\":[{\"name\":\"r\",\"hierarchies\":[\"f\"]}]," COUNT3
          "}",
          "r,f,ant,x\nA,1,3,p\nA,2,4,q\n", "t.csv:3: \"A\" is in f=2 here and in f=1 above" },
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_auto(Done) d = run(cases[i].spec, cases[i].table, NULL, &error);

        g_assert_null(d.result);
        g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
        if (!strstr(error->message, cases[i].says))
            g_error("case %u says: %s", i, error->message);
    }
}

static void a_published_value_must_agree(void)
{
    const char *spec = "{\"value\":\"ant\"," TWO "," COUNT3 ",\"public\":[\"p.csv\"]}";
    g_autoptr(GError) error = NULL, other = NULL;
    g_auto(Done) d = run(spec, Z1, "region,kilde,ant\nB,annet,8\n", &error);
    g_auto(Done) unknown = run(spec, Z1, "region,kilde,ant\nX,annet,8\n", &other);

    g_assert_null(d.result);
    g_assert_nonnull(strstr(error->message, "p.csv:2: the published value 8 does not agree"));
    g_assert_null(unknown.result);
    g_assert_nonnull(strstr(other->message, "p.csv:2: \"X\" is no region of the table"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/suppress/count/z1", z1_is_hidden_as_published);
    g_test_add_func("/suppress/output/says-nothing", only_the_proof_tells_primary_from_secondary);
    g_test_add_func("/suppress/hierarchies/margins", groups_are_margins_too);
    g_test_add_func("/suppress/published/mean", a_published_mean_hides_more);
    g_test_add_func("/suppress/published/share", a_published_share_can_expose);
    g_test_add_func("/suppress/published/public", what_is_public_stays_known);
    g_test_add_func("/suppress/published/disagrees", a_published_value_must_agree);
    g_test_add_func("/suppress/rule/contributors", rules_of_contributors);
    g_test_add_func("/suppress/refuse/words", wrong_input_is_refused_in_plain_words);
    return g_test_run();
}
