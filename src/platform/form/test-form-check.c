/* test-form-check.c - what a field accepts, how it is stored, and that the rest is refused.
 *
 * The identity numbers here were never given out: they are dated 2039, or synthetic.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "form.h"
#include "arena.h"
#include "i18n.h"

#define TODAY "2026-11-23"
#define NATIONAL_ID "31123995085"

typedef struct {
    const char *typed, *value; /* value NULL: refused */
} Case;

static void check_all(const Field *field, const Case *cases, size_t n)
{
    i18n_use(LANG_EN);
    for (size_t i = 0; i < n; i++) {
        g_autoptr(Arena) arena = arena_new();
        const char *value = NULL;
        const char *problem = form_check(arena, field, cases[i].typed, TODAY, &value);

        g_test_message("\"%s\": %s", cases[i].typed, problem ? problem : "fine");
        g_assert_nonnull(value);
        g_assert_true(g_utf8_validate(value, -1, NULL));
        if (cases[i].value) {
            g_assert_null(problem);
            g_assert_cmpstr(value, ==, cases[i].value);
        } else {
            g_assert_nonnull(problem);
        }
    }
}

#define CHECK(field, ...)                                                                          \
    do {                                                                                           \
        static const Case cases[] = { __VA_ARGS__ };                                               \
        check_all(&(field), cases, G_N_ELEMENTS(cases));                                           \
    } while (0)

static void lines(void)
{
    static const Field f = { "a", FIELD_LINE, "A", .required = true, .max = 8 };

    CHECK(f, { "8B", "8B" }, { "  8B\xC2\xA0 ", "8B" }, { "ÆØÅæøå12", "ÆØÅæøå12" },
          { "123456789", NULL }, { "", NULL }, { NULL, NULL }, { " \xC2\xA0 ", NULL },
          { "a\nb", NULL }, { "a\tb", NULL }, { "a\x01", NULL }, { "a\x7F", NULL },
          { "a\xC2\x85g", NULL }, { "a\xFF", NULL }, { "\xC0\xBC", NULL },
          { "a\xCC\x8A", "\xC3\xA5" }); /* a and a ring above become å */
}

static void texts(void)
{
    static const Field f = { "a", FIELD_TEXT, "A", .max = 6 };

    CHECK(f, { "a\r\nb\rc\n", "a\nb\nc" }, { "a\tb", "a\tb" }, { "a\r\n\r\n\r\nb", "a\n\n\nb" },
          { "", "" }, { NULL, "" }, { "1234567", NULL }, { "a\x1B[2J", NULL });
}

static void dates(void)
{
    static const Field f = { "a", FIELD_DATE, "A", .not_before = "2010-01-01",
                             .not_after = "today" };
    static const Field open = { "a", FIELD_DATE, "A", .required = true };

    CHECK(f, { "2013-06-20", "2013-06-20" }, { "20.06.2013", "2013-06-20" },
          { "1.2.2013", "2013-02-01" }, { TODAY, TODAY }, { "2026-11-24", NULL },
          { "24.11.2026", NULL }, { "2009-12-31", NULL }, { "2010-01-01", "2010-01-01" },
          { "", "" });
    CHECK(open, { "29.02.2024", "2024-02-29" }, { "29.02.2023", NULL }, { "2023-02-29", NULL },
          { "29.02.2100", NULL }, { "29.02.2000", "2000-02-29" }, { "31.04.2013", NULL },
          { "20.13.2013", NULL }, { "20.06.13", NULL }, { "06/20/2013", NULL },
          { "20.06.2013x", NULL }, { "-1.02.2013", NULL }, { "20. 06.2013", NULL },
          { "2013-6-2", NULL }, { "", NULL });
}

static void whole_numbers(void)
{
    static const Field f = { "a", FIELD_INT, "A", .low = -5, .high = 2000 };
    static const Field open = { "a", FIELD_INT, "A" };

    CHECK(f, { "12", "12" }, { "1 537", "1537" },
          { "1\xC2\xA0"
            "537",
            "1537" },
          { "-5", "-5" },
          { "\xE2\x88\x92"
            "5",
            "-5" },
          { "-6", NULL }, { "2001", NULL }, { "007", "7" }, { "-0", "0" }, { "1,5", NULL },
          { "1.0", NULL }, { "1e3", NULL }, { "0x10", NULL }, { "tolv", NULL }, { "", "" });
    CHECK(open, { "999999999999999", "999999999999999" }, { "1000000000000000", NULL },
          { "99999999999999999999999", NULL });
}

static void decimals(void)
{
    static const Field f = { "a", FIELD_NUMBER, "A", .low = 0, .high = 100 };
    static const Field open = { "a", FIELD_NUMBER, "A" };

    /* what is kept can be read again: no exponent */
    CHECK(open, { "0,00002", "0.00002" }, { "0,00009999", "0.0001" }, { "0,0000001", "0" },
          { "999999999999999", "999999999999999" }, { "1000000000000000", NULL },
          { "555555555555555555555555555555555555555555", NULL });
    CHECK(f, { "88,3", "88.3" }, { "88.3", "88.3" }, { "100", "100" }, { "100,01", NULL },
          { "-1", NULL }, { "0,1", "0.1" }, { "nan", NULL }, { "inf", NULL }, { "1,2,3", NULL },
          { "", "" });
}

static void addresses(void)
{
    static const Field f = { "a", FIELD_EMAIL, "A" };

    CHECK(f, { "kari@example.no", "kari@example.no" },
          { "kari.o'hara+x@skole.example.no", "kari.o'hara+x@skole.example.no" },
          { "kåre@example.no", NULL }, { "kari@blåbær.example", NULL }, { "kari", NULL },
          { "@example.no", NULL }, { "kari@", NULL }, { "kari@no", NULL },
          { "kari@example..no", NULL }, { "kari@.example.no", NULL }, { "a@b@c.no", NULL },
          { "kari @example.no", NULL }, { ".kari@example.no", NULL }, { "kari.@example.no", NULL },
          { "ka..ri@example.no", NULL }, { "kari@-example.no", NULL },
          { "kari@example.no\r\nBcc: x@y.no", NULL }, { "<kari@example.no>", NULL },
          { "kari@[127.0.0.1]", NULL });
}

static void boxes_and_passwords(void)
{
    static const Field box = { "a", FIELD_CHECK, "A", .required = true };
    static const Field free_box = { "a", FIELD_CHECK, "A" };
    static const Field password = { "a", FIELD_PASSWORD, "A", .required = true, .max = 20 };

    CHECK(box, { "1", "1" }, { "on", "1" }, { NULL, NULL }, { "", NULL });
    CHECK(free_box, { NULL, "" }, { "<script>", "1" });
    CHECK(password, { "  to mellomrom ", "  to mellomrom " }, { NATIONAL_ID, NATIONAL_ID },
          { "", NULL }, { "123456789012345678901", NULL }, { "a\nb", NULL });
}

static void the_default_limit_is_400_characters(void)
{
    static const Field f = { "a", FIELD_TEXT, "A" };
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) text = g_string_new(NULL);
    const char *value;

    for (int i = 0; i < 400; i++)
        g_string_append(text, "å");
    g_assert_null(form_check(arena, &f, text->str, TODAY, &value));
    g_string_append(text, "å");
    i18n_use(LANG_EN);
    g_assert_cmpstr(form_check(arena, &f, text->str, TODAY, &value), ==,
                    "Shorten this to 400 characters; now it has 401");
    g_assert_cmpstr(value, ==, text->str); /* kept, to be shortened */
}

static void national_ids_are_found(void)
{
    static const char *const held[] = {
        NATIONAL_ID,      "71123995079",       "31523995068",       "31923995040",
        "311239 95085",   "311239\u00A095085", "fnr: 31123995085.", "31123995085 eller 12",
        "12 31123995085", "a\n31123995085\nb",
    };
    static const char *const free_of[] = {
        "",
        "31123995086",  /* last digit */
        "31123995185",  /* first control digit */
        "32123995014",  /* day 32 */
        "31133995075",  /* month 13 */
        "00123995023",  /* day 0 */
        "131123995085", /* twelve digits */
        "311239950851",
        "3112399508",
        "311239  95085",
        "31123 995085",
        "311239-95085",
        "975283518",
        "12345678903", /* an account number's control digit alone is not enough */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(held); i++) {
        g_test_message("%s", held[i]);
        g_assert_true(form_holds_national_id(held[i]));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(free_of); i++) {
        g_test_message("%s", free_of[i]);
        g_assert_false(form_holds_national_id(free_of[i]));
    }
}

static void national_ids_are_refused_where_people_write(void)
{
    static const FieldKind kinds[] = { FIELD_LINE, FIELD_TEXT, FIELD_MARKDOWN, FIELD_HIDDEN,
                                       FIELD_INT };

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autoptr(Arena) arena = arena_new();
        Field f = { "a", kinds[i], "A" };
        const char *value;

        i18n_use(LANG_EN);
        g_assert_cmpstr(form_check(arena, &f, NATIONAL_ID, TODAY, &value), ==,
                        "Remove the national identity number: it may not be stored here");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/form/check/lines", lines);
    g_test_add_func("/form/check/texts", texts);
    g_test_add_func("/form/check/dates", dates);
    g_test_add_func("/form/check/whole-numbers", whole_numbers);
    g_test_add_func("/form/check/decimals", decimals);
    g_test_add_func("/form/check/e-mail", addresses);
    g_test_add_func("/form/check/boxes-and-passwords", boxes_and_passwords);
    g_test_add_func("/form/check/default-limit", the_default_limit_is_400_characters);
    g_test_add_func("/form/national-id/found", national_ids_are_found);
    g_test_add_func("/form/national-id/refused", national_ids_are_refused_where_people_write);
    return g_test_run();
}
