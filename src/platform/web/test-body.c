/* test-body.c - posted forms: valid, ragged and hostile.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "body.h"

#define URLENCODED "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data; boundary=grense"
#define HEAD(name) "Content-Disposition: form-data; name=\"" name "\""

static Body read_fine(Arena *arena, const char *type, const char *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    Body body = { 0 };

    body_read(arena, type, data, size, &body, &error);
    g_assert_no_error(error);
    return body;
}

static void refuse(const char *type, const char *data, size_t size)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    Body body = { .n_fields = 77 };

    if (body_read(arena, type, data, size, &body, &error))
        g_error("accepted: %s", data);
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    g_assert_cmpuint(body.n_fields, ==, 77); /* untouched */
}

static void urlencoded_is_decoded(void)
{
    g_autoptr(Arena) arena = arena_new();
    const char *text = "navn=%C3%85se+Li&tom=&bare&&a%3Db=1%0D%0A2%0D3&navn=to";
    Body body = read_fine(arena, URLENCODED "; charset=UTF-8", text, strlen(text));

    g_assert_cmpuint(body.n_fields, ==, 5);
    g_assert_cmpstr(body.fields[0].name, ==, "navn");
    g_assert_cmpstr(body.fields[0].value, ==, "Åse Li");
    g_assert_cmpstr(body.fields[1].value, ==, "");
    g_assert_cmpstr(body.fields[2].name, ==, "bare");
    g_assert_cmpstr(body.fields[2].value, ==, "");
    g_assert_cmpstr(body.fields[3].name, ==, "a=b");
    g_assert_cmpstr(body.fields[3].value, ==, "1\n2\n3");
    g_assert_cmpstr(body.fields[4].value, ==, "to");
}

static void bad_urlencoded_is_refused(void)
{
    refuse(URLENCODED, "a=%zz", 5);
    refuse(URLENCODED, "a=%4", 4);
    refuse(URLENCODED, "a=%00", 5);
    refuse(URLENCODED, "a=%ff", 5);
    refuse(URLENCODED, "a\0b=1", 5);
    refuse(URLENCODED, "%C3=1", 5);
}

static void too_many_fields_are_refused(void)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) text = g_string_new(NULL);

    for (int i = 0; i < BODY_FIELDS; i++)
        g_string_append(text, "a=1&");
    g_assert_cmpuint(read_fine(arena, URLENCODED, text->str, text->len).n_fields, ==, BODY_FIELDS);
    g_string_append(text, "a=1");
    refuse(URLENCODED, text->str, text->len);
}

static void multipart_is_read(void)
{
    g_autoptr(Arena) arena = arena_new();
    static const char text[] = "--grense\r\n" HEAD(
        "tekst") "\r\n\r\nén\r\nto\r\n-- grense\r\n"
                 "--grense\r\n" HEAD(
                     "fil") "; filename=\"C:\\mine\\r\xc3\xa5tall.csv\"\r\n"
                            "Content-Type: text/csv\r\n\r\na;b\0\xff\r\n\r\n--grense\r\n"
                            "content-disposition:form-data;filename=\"../"
                            "..\";name=\"fil\"\r\n\r\n\r\n"
                            "--grense--\r\nafter";
    Body body = read_fine(arena, MULTIPART, text, sizeof text - 1);

    g_assert_cmpuint(body.n_fields, ==, 1);
    g_assert_cmpstr(body.fields[0].value, ==, "én\nto\n-- grense");
    g_assert_cmpuint(body.n_uploads, ==, 2);
    g_assert_cmpstr(body.uploads[0].name, ==, "fil");
    g_assert_cmpstr(body.uploads[0].filename, ==, "råtall.csv");
    g_assert_cmpuint(body.uploads[0].size, ==, 7);
    g_assert_true(!memcmp(body.uploads[0].data, "a;b\0\xff\r\n", 8));
    g_assert_cmpstr(body.uploads[1].filename, ==, "");
    g_assert_cmpuint(body.uploads[1].size, ==, 0);
}

static void refuse_multipart(const char *text)
{
    refuse(MULTIPART, text, strlen(text));
}

static void ragged_multipart_is_refused(void)
{
    g_autofree char *long_head = g_strnfill(5000, 'x');
    g_autofree char *long_part =
        g_strdup_printf("--grense\r\n" HEAD("a") "\r\nX: %s\r\n\r\n1\r\n--grense--", long_head);

    refuse_multipart("");
    refuse_multipart("--grens");
    refuse_multipart("--annen\r\n" HEAD("a") "\r\n\r\n1\r\n--annen--");
    refuse_multipart("--grense\r\n" HEAD("a") "\r\n\r\n1");
    refuse_multipart("--grense\r\n" HEAD("a") "\r\n\r\n1\r\n--grense");
    refuse_multipart("--grense\r\n" HEAD("a") "\r\n\r\n1\r\n--grense-x");
    refuse_multipart("--grense\r\n" HEAD("a") "\n\n1\r\n--grense--");
    refuse_multipart(
        "--grense\r\n" HEAD("a") "\r\n\r\n1\r\n--grensen\r\n\r\n--grense--"); /* RFC 2046 */
    refuse_multipart("--grense\r\n\r\n1\r\n--grense--");
    refuse_multipart("--grense\r\nContent-Type: a\r\n\r\n1\r\n--grense--");
    refuse_multipart("--grense\r\nno colon\r\n\r\n1\r\n--grense--");
    refuse_multipart("--grense\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--grense--");
    refuse_multipart(
        "--grense\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--grense--");
    refuse_multipart("--grense\r\n" HEAD("a") "\r\n" HEAD("b") "\r\n\r\n1\r\n--grense--");
    refuse_multipart("--grense\r\n" HEAD("a") "\r\n\r\n\xff\r\n--grense--");
    refuse_multipart(long_part);
}

static void boundaries_are_checked(void)
{
    g_autofree char *long_one = g_strnfill(71, 'b');
    g_autofree char *too_long = g_strconcat("multipart/form-data; boundary=", long_one, NULL);

    refuse("multipart/form-data", "--x--", 5);
    refuse("multipart/form-data; boundary=", "----", 4);
    refuse("multipart/form-data; boundary=\"x", "--x--", 5);
    refuse("multipart/form-data; boundary=\"x \"", "--x --", 6);
    refuse("multipart/form-data; boundary=<x>", "--<x>--", 7);
    refuse(too_long, "--", 2);
}

static void kinds_are_told_by_the_type_alone(void)
{
    g_assert_cmpint(body_kind(NULL), ==, BODY_NONE);
    g_assert_cmpint(body_kind("Application/X-WWW-Form-Urlencoded"), ==, BODY_URLENCODED);
    g_assert_cmpint(body_kind("multipart/form-data;boundary=x"), ==, BODY_MULTIPART);
    g_assert_cmpint(body_kind("multipart/form-database"), ==, BODY_OTHER);
    g_assert_cmpint(body_kind("application/json"), ==, BODY_OTHER);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/body/urlencoded/decoded", urlencoded_is_decoded);
    g_test_add_func("/body/urlencoded/refused", bad_urlencoded_is_refused);
    g_test_add_func("/body/fields/limit", too_many_fields_are_refused);
    g_test_add_func("/body/multipart/read", multipart_is_read);
    g_test_add_func("/body/multipart/ragged", ragged_multipart_is_refused);
    g_test_add_func("/body/multipart/boundary", boundaries_are_checked);
    g_test_add_func("/body/kind/type", kinds_are_told_by_the_type_alone);
    return g_test_run();
}
