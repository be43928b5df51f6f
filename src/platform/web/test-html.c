/* test-html.c - whatever is written as text comes out as text: escaped, valid UTF-8, nothing lost.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "html.h"

#define HOSTILE "../shared/data/hostile/blns.txt"
#define REPLACEMENT "\xEF\xBF\xBD"

static char *escaped(const char *text)
{
    g_autoptr(Html) html = html_new();

    html_text(html, text);
    return html_steal(html, NULL);
}

/* What a browser reads from escaped text: the five references undone. */
static char *read_back(const char *markup)
{
    static const struct {
        const char *reference;
        char c;
    } references[] = {
        { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;", '\'' },
    };
    GString *text = g_string_new(NULL);

    while (*markup) {
        size_t used = 1;
        char c = *markup;

        for (size_t i = 0; i < G_N_ELEMENTS(references); i++)
            if (g_str_has_prefix(markup, references[i].reference)) {
                c = references[i].c;
                used = strlen(references[i].reference);
            }
        g_string_append_c(text, c);
        markup += used;
    }
    return g_string_free(text, FALSE);
}

/* No markup can begin or end here, neither in text nor between quotes. */
static void assert_harmless(const char *markup)
{
    g_assert_null(strpbrk(markup, "<>\"'"));
    for (const char *s = markup; (s = strchr(s, '&')); s++)
        g_assert_true(g_str_has_prefix(s, "&amp;") || g_str_has_prefix(s, "&lt;") ||
                      g_str_has_prefix(s, "&gt;") || g_str_has_prefix(s, "&quot;") ||
                      g_str_has_prefix(s, "&#39;"));
    g_assert_true(g_utf8_validate(markup, -1, NULL));
}

static void the_five_are_escaped(void)
{
    g_autofree char *markup = escaped("<a href=\"x\" title='y'>&amp; Ærø</a>");

    g_assert_cmpstr(markup, ==,
                    "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp; Ærø&lt;/a&gt;");
}

static void null_writes_nothing(void)
{
    g_autofree char *markup = escaped(NULL);

    g_assert_cmpstr(markup, ==, "");
}

static void bad_utf8_is_replaced(void)
{
    static const struct {
        const char *bytes, *want;
    } cases[] = {
        { "a\xFFz", "a" REPLACEMENT "z" },
        { "a\xC3", "a" REPLACEMENT },
        { "\xE2\x82", REPLACEMENT REPLACEMENT },
        { "\xC0\xBC", REPLACEMENT REPLACEMENT }, /* overlong '<' */
        { "\xE0\x80\xBC", REPLACEMENT REPLACEMENT REPLACEMENT },
        { "\xED\xA0\x80", REPLACEMENT REPLACEMENT REPLACEMENT }, /* surrogate */
        { "\xF4\x90\x80\x80", REPLACEMENT REPLACEMENT REPLACEMENT REPLACEMENT },
        { "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80" },
        { "\xC3<", REPLACEMENT "&lt;" }, /* a broken character hides nothing */
        { "a\x01\x1B\x7F\tb\n", "a" REPLACEMENT REPLACEMENT REPLACEMENT "\tb\n" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *markup = escaped(cases[i].bytes);

        g_assert_cmpstr(markup, ==, cases[i].want);
    }
}

static void random_bytes_are_harmless(void)
{
    for (int round = 0; round < 20000; round++) {
        char bytes[40];
        int len = g_test_rand_int_range(0, sizeof bytes - 1);

        for (int i = 0; i < len; i++)
            bytes[i] = (char)g_test_rand_int_range(1, 256);
        bytes[len] = '\0';
        g_autofree char *markup = escaped(bytes);

        assert_harmless(markup);
    }
}

static void valid_text_comes_back(void)
{
    for (int round = 0; round < 20000; round++) {
        g_autoptr(GString) text = g_string_new(NULL);

        for (int i = g_test_rand_int_range(0, 30); i > 0; i--) {
            gunichar c = (gunichar)g_test_rand_int_range(32, g_test_rand_bit() ? 126 : 0x10FFFF);

            if (c != 127 && !(c >= 0xD800 && c <= 0xDFFF))
                g_string_append_unichar(text, c);
        }
        g_autofree char *markup = escaped(text->str);
        g_autofree char *back = read_back(markup);

        g_assert_cmpstr(back, ==, text->str);
    }
}

/* The Big List of Naughty Strings, when the shared data are at hand. */
static void hostile_strings_are_harmless(void)
{
    g_autofree char *all = NULL;

    if (!g_file_get_contents(HOSTILE, &all, NULL, NULL)) {
        g_test_skip(HOSTILE " is not here");
        return;
    }
    g_auto(GStrv) lines = g_strsplit(all, "\n", -1);

    g_assert_cmpuint(g_strv_length(lines), >, 500);
    for (size_t i = 0; lines[i]; i++) {
        g_autofree char *markup = escaped(lines[i]);

        assert_harmless(markup);
        if (!g_utf8_validate(lines[i], -1, NULL) || strstr(markup, REPLACEMENT))
            continue;
        g_autofree char *back = read_back(markup);

        g_assert_cmpstr(back, ==, lines[i]);
    }
}

static void numbers_are_whole(void)
{
    g_autoptr(Html) html = html_new();

    html_put(html, 0);
    html_raw(html, " ", 1);
    html_put(html, INT64_MIN);
    html_raw(html, " ", 1);
    html_put(html, INT64_MAX);
    html_raw(html, " ", 1);
    html_put(html, SIZE_MAX);
    html_raw(html, " ", 1);
    html_put(html, 42u);
    g_assert_cmpstr(html_data(html, NULL), ==,
                    "0 -9223372036854775808 9223372036854775807 18446744073709551615 42");
}

static void reals_are_exact(void)
{
    static const double values[] = { 0, 0.1, -2.5, 1e-7, 1.0 / 3, 12345678.9, 1e300 };

    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        g_autoptr(Html) html = html_new();

        html_put(html, values[i]);
        g_assert_cmpfloat(g_ascii_strtod(html_data(html, NULL), NULL), ==, values[i]);
        g_assert_null(strchr(html_data(html, NULL), ','));
    }
    g_autoptr(Html) html = html_new();

    html_real(html, 0.1);
    g_assert_cmpstr(html_data(html, NULL), ==, "0.1");
}

static void addresses_are_escaped(void)
{
    g_autoptr(Html) html = html_new();
    Url url = { "/a?b=1&c=\"" };

    html_put(html, url);
    g_assert_cmpstr(html_data(html, NULL), ==, "/a?b=1&amp;c=&quot;");
}

static char *formatted(const char *format, const char *one, int64_t two)
{
    g_autoptr(Html) html = html_new();

    html_format(html, format, 2, (HtmlArg[]){ html_arg(one), html_arg(two) });
    return html_steal(html, NULL);
}

static void sentences_take_their_values(void)
{
    static const struct {
        const char *format, *want;
    } cases[] = {
        { "%s og %d", "&lt;b&gt; og -3" },
        { "%2$d og %1$s", "-3 og &lt;b&gt;" },
        { "%1$s %1$s", "&lt;b&gt; &lt;b&gt;" },
        { "<%s> & 100 %%", "&lt;&lt;b&gt;&gt; &amp; 100 %" },
        { "", "" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *markup = formatted(cases[i].format, "<b>", -3);

        g_assert_cmpstr(markup, ==, cases[i].want);
    }
}

/* A catalogue is text from outside: no format in it may read what was not given. */
static void wrong_formats_write_nothing(void)
{
    static const char *const formats[] = { "%s %s %s %s", "%9$s", "%0$s",
                                           "%",           "%n",   "%99999999999999999999$s",
                                           "%s%",         "%1$",  "%*d" };

    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *markup = formatted(formats[i], "<b>", -3);

        assert_harmless(markup);
        g_assert_cmpuint(strlen(markup), <, 40);
    }
    g_autofree char *missing = formatted("[%s][%d][%s]", NULL, 4);

    g_assert_cmpstr(missing, ==, "[][4][]");
}

static void truth_is_by_type(void)
{
    char array[4] = "";
    const char *none = NULL;
    double share = 0;
    size_t rooms = 1;

    g_assert_false(html_true(array));
    g_assert_false(html_true(none));
    g_assert_false(html_true(share));
    g_assert_false(html_true(0));
    g_assert_false(html_true((void *)NULL));
    g_assert_true(html_true("a"));
    g_assert_true(html_true(rooms));
    g_assert_true(html_true(true));
    g_assert_true(html_true(-0.5));
    g_assert_true(html_true(&rooms));
    g_assert_true(html_is("a", "a"));
    g_assert_false(html_is(NULL, "a"));
}

static void the_buffer_grows_and_is_given_away(void)
{
    g_autoptr(Html) html = html_new();
    size_t len = 0;

    for (int i = 0; i < 100000; i++)
        html_raw(html, "<p>x", 4);
    g_assert_cmpuint(strlen(html_data(html, &len)), ==, 400000);
    g_assert_cmpuint(len, ==, 400000);
    g_autofree char *data = html_steal(html, &len);

    g_assert_cmpuint(strlen(data), ==, 400000);
    g_assert_cmpstr(html_data(html, &len), ==, "");
    g_assert_cmpuint(len, ==, 0);
    html_text(html, "again");
    g_assert_cmpstr(html_data(html, NULL), ==, "again");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/html/text/escapes", the_five_are_escaped);
    g_test_add_func("/html/text/null", null_writes_nothing);
    g_test_add_func("/html/text/bad-utf8", bad_utf8_is_replaced);
    g_test_add_func("/html/text/random-bytes", random_bytes_are_harmless);
    g_test_add_func("/html/text/comes-back", valid_text_comes_back);
    g_test_add_func("/html/text/hostile", hostile_strings_are_harmless);
    g_test_add_func("/html/put/numbers", numbers_are_whole);
    g_test_add_func("/html/put/reals", reals_are_exact);
    g_test_add_func("/html/put/addresses", addresses_are_escaped);
    g_test_add_func("/html/format/values", sentences_take_their_values);
    g_test_add_func("/html/format/wrong", wrong_formats_write_nothing);
    g_test_add_func("/html/true/by-type", truth_is_by_type);
    g_test_add_func("/html/buffer/grows", the_buffer_grows_and_is_given_away);
    return g_test_run();
}
