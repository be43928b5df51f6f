/* test-encoding.c - sniffing and conversion, and the place of what does not fit.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "encoding.h"

typedef struct {
    const char *bytes;
    size_t len;
    Encoding encoding;
    const char *text; /* NULL: a problem is expected */
    size_t offset;
    unsigned line, column, code;
} Case;

#define GOOD(bytes, encoding, text)                                                                \
    {                                                                                              \
        bytes, sizeof bytes - 1, encoding, text, 0, 0, 0, 0                                        \
    }
#define BAD(bytes, encoding, offset, line, column, code)                                           \
    {                                                                                              \
        bytes, sizeof bytes - 1, encoding, NULL, offset, line, column, code                        \
    }

static void check(const Case *c)
{
    g_autofree char *text = NULL;
    size_t len = 0;
    EncodingProblem problem = { 0 };
    bool good = encoding_to_utf8(c->bytes, c->len, c->encoding, &text, &len, &problem);

    if (c->text != NULL) {
        g_assert_true(good);
        g_assert_cmpstr(text, ==, c->text);
        g_assert_cmpuint(len, ==, strlen(c->text));
        return;
    }
    g_assert_false(good);
    g_assert_null(text);
    g_assert_nonnull(problem.what);
    g_assert_cmpuint(problem.offset, ==, c->offset);
    g_assert_cmpuint(problem.line, ==, c->line);
    g_assert_cmpuint(problem.column, ==, c->column);
    g_assert_cmphex(problem.code, ==, c->code);
}

static void every_encoding_gives_the_same_text(void)
{
    static const Case cases[] = {
        GOOD("", ENCODING_UTF8, ""),
        GOOD("Bl\xC3\xA5\t1\r\n", ENCODING_UTF8, "Blå\t1\r\n"),
        GOOD("\xEF\xBB\xBF"
             "a",
             ENCODING_UTF8_BOM, "a"),
        GOOD("\xF0\x9F\x8F\xAB", ENCODING_UTF8, "🏫"),
        GOOD("B\0l\0\xE5\0", ENCODING_UTF16LE, "Blå"),
        GOOD("\xFF\xFE"
             "B\0l\0\xE5\0",
             ENCODING_UTF16LE, "Blå"),
        GOOD("\0B\0l\0\xE5", ENCODING_UTF16BE, "Blå"),
        GOOD("\xFE\xFF\0B", ENCODING_UTF16BE, "B"),
        GOOD("\x3C\xD8\xEB\xDF", ENCODING_UTF16LE, "🏫"),
        GOOD("Bl\xE5 \x80 \x96", ENCODING_WINDOWS_1252, "Blå € –"),
        GOOD("Bl\xE5", ENCODING_ISO_8859_1, "Blå"),
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i]);
}

static void a_bad_byte_is_found_where_it_stands(void)
{
    static const Case cases[] = {
        BAD("a\nb\xC3\xA5\xFFz", ENCODING_UTF8, 5, 2, 3, 0xFF),
        BAD("ab\xC0\x80", ENCODING_UTF8, 2, 1, 3, 0xC0),        /* overlong */
        BAD("\xE0\x80\xAF", ENCODING_UTF8, 0, 1, 1, 0xE0),      /* overlong */
        BAD("\xF0\x80\x80\x80", ENCODING_UTF8, 0, 1, 1, 0xF0),  /* overlong */
        BAD("\xED\xA0\x80", ENCODING_UTF8, 0, 1, 1, 0xED),      /* surrogate */
        BAD("\xF4\x90\x80\x80", ENCODING_UTF8, 0, 1, 1, 0xF4),  /* above U+10FFFF */
        BAD("a\r\nb\rc\xC3", ENCODING_UTF8, 6, 3, 2, 0xC3),     /* cut off */
        BAD("a\nb\0c", ENCODING_UTF8, 3, 2, 2, 0),              /* NUL */
        BAD("a\x1B[31m", ENCODING_UTF8, 1, 1, 2, 0x1B),         /* control */
        BAD("a\x7F", ENCODING_UTF8, 1, 1, 2, 0x7F),             /* DEL */
        BAD("a\xC2\x85", ENCODING_UTF8, 1, 1, 2, 0x85),         /* C1 */
        BAD("\xEF\xBF\xBF", ENCODING_UTF8, 0, 1, 1, 0xFFFF),    /* no character */
        BAD("a\0\0\xD8z\0", ENCODING_UTF16LE, 2, 1, 2, 0xD800), /* lone high */
        BAD("a\0\0\xDCz\0", ENCODING_UTF16LE, 2, 1, 2, 0xDC00), /* lone low */
        BAD("a\0\0\xD8", ENCODING_UTF16LE, 2, 1, 2, 0xD800),    /* high, then the end */
        BAD("a\0\n\0b", ENCODING_UTF16LE, 4, 2, 1, 'b'),        /* odd byte */
        BAD("\0a\0\0", ENCODING_UTF16BE, 2, 1, 2, 0),           /* NUL */
        BAD("a\x9F\xC5\n\x80\x81", ENCODING_WINDOWS_1252, 5, 2, 2, 0x81),
        BAD("a\x80", ENCODING_ISO_8859_1, 1, 1, 2, 0x80),
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i]);
}

static void exactly_five_bytes_mean_nothing_in_1252(void)
{
    unsigned bad = 0;

    for (unsigned byte = 0x80; byte < 0x100; byte++) {
        char c = (char)byte;
        g_autofree char *text = NULL;
        size_t len;
        EncodingProblem problem;

        if (encoding_to_utf8(&c, 1, ENCODING_WINDOWS_1252, &text, &len, &problem))
            continue;
        bad++;
        g_assert_nonnull(strchr("\x81\x8D\x8F\x90\x9D", c));
    }
    g_assert_cmpuint(bad, ==, 5);
}

static void the_encoding_is_sniffed(void)
{
    static const Case cases[] = {
        GOOD("", ENCODING_UTF8, ""),
        GOOD("plain", ENCODING_UTF8, ""),
        GOOD("Bl\xC3\xA5", ENCODING_UTF8, ""),
        GOOD("\xEF\xBB\xBF", ENCODING_UTF8_BOM, ""),
        GOOD("\xFF\xFE", ENCODING_UTF16LE, ""),
        GOOD("\xFE\xFF", ENCODING_UTF16BE, ""),
        GOOD("s\0e\0p\0=\0\t\0\n\0", ENCODING_UTF16LE, ""),
        GOOD("\0s\0e\0p\0=\0\t\0\n", ENCODING_UTF16BE, ""),
        GOOD("Bl\xE5 skole", ENCODING_WINDOWS_1252, ""),
        GOOD("Bl\xC3\xA5 \xC3\xB8 \xFF", ENCODING_UTF8, ""), /* damaged, not 1252 */
        GOOD("EnhetNavn;Verdi\r\nSkole\0;50\r\n", ENCODING_UTF8, ""),
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Encoding found = encoding_sniff(cases[i].bytes, cases[i].len);

        g_assert_cmpstr(encoding_name(found), ==, encoding_name(cases[i].encoding));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/encoding/convert/same-text", every_encoding_gives_the_same_text);
    g_test_add_func("/encoding/convert/place-of-problem", a_bad_byte_is_found_where_it_stands);
    g_test_add_func("/encoding/convert/undefined-1252", exactly_five_bytes_mean_nothing_in_1252);
    g_test_add_func("/encoding/sniff/kinds", the_encoding_is_sniffed);
    return g_test_run();
}
