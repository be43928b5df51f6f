/* test-form.c - a form drawn, posted through a route, and drawn again with what was typed.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "form.h"
#include <math.h>
#include "web.h"

enum {
    F_DATE,
    F_CLASS,
    F_FOCUS,
    F_COUNT,
    F_SHARE,
    F_MAIL,
    F_SECRET,
    F_KIND,
    F_SIZE,
    F_AGREE,
    F_UNIT,
    N_FIELDS
};
static const Field fields[N_FIELDS] = {
    [F_DATE] = { "date", FIELD_DATE, N_("Date"), .required = true, .not_after = "today" },
    [F_CLASS] = { "class", FIELD_LINE, N_("Class"), .required = true, .max = 8,
                  .help = N_("As 8B") },
    [F_FOCUS] = { "focus", FIELD_MARKDOWN, N_("Focus") },
    [F_COUNT] = { "count", FIELD_INT, N_("Pupils"), .low = 0, .high = 2000 },
    [F_SHARE] = { "share", FIELD_NUMBER, N_("Share"), .low = 0, .high = 100 },
    [F_MAIL] = { "mail", FIELD_EMAIL, N_("E-mail"), .autocomplete = "email" },
    [F_SECRET] = { "secret", FIELD_PASSWORD, N_("Password"), .autocomplete = "current-password" },
    [F_KIND] = { "kind", FIELD_CHOICE, N_("Kind") },
    [F_SIZE] = { "size", FIELD_RADIO, N_("Size"), .required = true },
    [F_AGREE] = { "agree", FIELD_CHECK, N_("I agree") },
    [F_UNIT] = { "unit", FIELD_HIDDEN, NULL },
};
static const Field file_fields[] = {
    { "data", FIELD_FILE, N_("File"), .required = true, .accept = ".csv,.txt", .multiple = true },
};
static const Option kinds[] = { { "a", "A & B" }, { "b", "<B>" }, { 0 } };
static const Option sizes[] = { { "s", "Small" }, { "l", "Large" }, { 0 } };

/* --- a slice that draws the form and answers as a handler should --- */

static bool answer(Req *req, int status, const Form *form)
{
    html_form(req_page(req, status, "Form"), form);
    return true;
}

static bool show(Req *req, GError **error G_GNUC_UNUSED)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);

    form_options(&form, F_KIND, kinds);
    form_options(&form, F_SIZE, sizes);
    form_set(&form, F_UNIT, "7");
    return answer(req, 200, &form);
}

static bool create(Req *req, GError **error G_GNUC_UNUSED)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);

    form_options(&form, F_KIND, kinds);
    form_options(&form, F_SIZE, sizes);
    if (!form_ok(&form))
        return answer(req, 422, &form);
    g_autofree char *text =
        g_strdup_printf("%s|%s|%" G_GINT64_FORMAT "|%.1f|%s|%s|%s", form.value[F_DATE],
                        form.value[F_CLASS], form_int(&form, F_COUNT), form_number(&form, F_SHARE),
                        form.value[F_KIND], form.value[F_SIZE], form.value[F_AGREE]);

    return req_send(req, 200, "text/plain", text, strlen(text));
}

static bool upload(Req *req, GError **error G_GNUC_UNUSED)
{
    g_auto(Form) form = form_read(req, file_fields, G_N_ELEMENTS(file_fields));

    return form_ok(&form) ? req_send(req, 200, "text/plain", "got it", 6) : answer(req, 422, &form);
}

static const Route routes[] = {
    { "GET", "/form", PERM_USER, show },
    { "POST", "/form", PERM_USER, create },
    { "POST", "/form/file", PERM_USER, upload },
    { 0 },
};
static const Slice form_slice = { "form", routes, NULL, NULL };

#define VALID "date=20.06.2013&class=8B&count=1+537&share=88%2C3&kind=b&size=l&agree=1"

static Reply *posted(const char *body)
{
    g_autoptr(TestApp) app = test_app(&form_slice, PERM_USER, PERM_PUBLIC);

    return test_post(app, "/form", body);
}

#define assert_holds(reply, text) g_assert_nonnull(strstr((reply)->body, text))
#define assert_lacks(reply, text) g_assert_null(strstr((reply)->body, text))

static void a_blank_form_has_a_label_for_each_control(void)
{
    g_autoptr(TestApp) app = test_app(&form_slice, PERM_USER, PERM_PUBLIC);
    g_autoptr(Reply) r = test_get(app, "/form");

    g_assert_cmpint(r->status, ==, 200);
    assert_lacks(r, "role=\"alert\"");
    assert_lacks(r, "aria-invalid");
    assert_holds(r, "<input type=\"hidden\" name=\"csrf\" value=\"");
    assert_holds(r, "<label class=\"ds-label\" for=\"f-date\">Date</label>");
    assert_holds(r, "<input type=\"date\" class=\"ds-input\" id=\"f-date\" name=\"date\" required "
                    "max=\"2026-11-23\" "
                    "value=\"\">");
    assert_holds(r, "<p data-field=\"description\" id=\"f-class-help\">As 8B</p>");
    assert_holds(r, "aria-describedby=\"f-class-help\" maxlength=\"8\"");
    assert_holds(r, "Focus <span class=\"optional\">(optional)</span></label>");
    assert_holds(r, "inputmode=\"numeric\"");
    assert_holds(r, "inputmode=\"decimal\"");
    assert_holds(r, "autocomplete=\"current-password\"");
    assert_holds(r, "<option value=\"a\">A &amp; B</option>");
    assert_holds(r, "<legend class=\"ds-label\">Size</legend>");
    assert_holds(r, "id=\"f-size\" name=\"size\" value=\"s\" required>");
    assert_holds(r, "id=\"f-size-1\" name=\"size\" value=\"l\" required>");
    assert_holds(r, "<input type=\"hidden\" name=\"unit\" value=\"7\">");
}

static void valid_values_arrive_as_they_are_stored(void)
{
    g_autoptr(Reply) r = posted(VALID);

    g_assert_cmpint(r->status, ==, 200);
    g_assert_cmpstr(r->body, ==, "2013-06-20|8B|1537|88.3|b|l|1");
}

static void problems_are_listed_and_tied_to_their_fields(void)
{
    g_autoptr(Reply) r = posted("date=2013-06-20&class=&size=l");

    g_assert_cmpint(r->status, ==, 422);
    assert_holds(r, "role=\"alert\"");
    assert_holds(r, "<a class=\"ds-link\" href=\"#f-class\">Class: Fill in this field</a>");
    assert_holds(r, "id=\"f-class\" name=\"class\" required aria-invalid=\"true\" "
                    "aria-describedby=\"f-class-help f-class-problem\"");
    assert_holds(r, "data-field=\"validation\" id=\"f-class-problem\">Fill in this field</p>");
    assert_lacks(r, "f-date-problem");
}

static void what_was_typed_is_kept(void)
{
    g_autoptr(Reply) r =
        posted("date=31.02.2013&class=%3Cb%3E%22&focus=%0Atwo%0Alines%3C%2Ftextarea%3E&count=x&"
               "share=12%2C5&mail=no&secret=hush&kind=b&size=l&agree=1");

    g_assert_cmpint(r->status, ==, 422);
    assert_holds(
        r,
        "<input type=\"text\" class=\"ds-input\" id=\"f-date\""); /* a date field would hide it */
    assert_holds(r, "value=\"31.02.2013\"");
    assert_holds(r, "value=\"&lt;b&gt;&quot;\"");
    assert_holds(r, ">\ntwo\nlines&lt;/textarea&gt;</textarea>");
    assert_holds(r, "value=\"12.5\"");
    assert_holds(r, "<option value=\"b\" selected>&lt;B&gt;</option>");
    assert_holds(r, "value=\"l\" required checked>");
    assert_holds(r, "value=\"1\" checked>");
    assert_lacks(r, "hush");
}

static void a_choice_is_one_of_the_options(void)
{
    g_autoptr(Reply) r = posted("date=2013-06-20&class=8B&kind=c&size=xl");

    g_assert_cmpint(r->status, ==, 422);
    assert_holds(r, "href=\"#f-kind\">Kind: Choose one of the options</a>");
    assert_holds(r, "href=\"#f-size\">Size: Choose one of the options</a>");
    assert_holds(r, "<fieldset class=\"ds-fieldset\" aria-describedby=\"f-size-problem\">");
}

static void a_number_is_shown_with_the_readers_comma(void)
{
    g_autoptr(TestApp) app = test_app(&form_slice, PERM_USER, PERM_PUBLIC);

    app->lang = LANG_NB;
    g_autoptr(Reply) r = test_post(app, "/form", "class=8B&share=12.5");

    g_assert_cmpint(r->status, ==, 422);
    assert_holds(r, "value=\"12,5\"");
}

static void a_national_identity_number_is_refused(void)
{
    g_autoptr(Reply) r = posted(VALID "&focus=Om+eleven+311239+95085");

    g_assert_cmpint(r->status, ==, 422);
    assert_holds(r, "Focus: Remove the national identity number");
}

static void a_required_file_must_come(void)
{
    g_autoptr(TestApp) app = test_app(&form_slice, PERM_USER, PERM_PUBLIC);
    g_autoptr(Reply) r = test_post(app, "/form/file", "data=x");

    g_assert_cmpint(r->status, ==, 422);
    assert_holds(r, "<input type=\"file\" class=\"ds-input\" id=\"f-data\" name=\"data\" required "
                    "aria-invalid=\"true\" "
                    "aria-describedby=\"f-data-problem\" accept=\".csv,.txt\" multiple>");
}

/* --- without a request --- */

static void trouble_is_drawn_first_and_parts_alone(void)
{
    static const Field two[] = { { "one", FIELD_LINE, "One" }, { "two", FIELD_LINE, "Two" } };
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Html) html = html_new();
    Req req = { .arena = arena, .csrf = "token\"", .today = "2026-11-23" };
    g_auto(Form) form = form_blank(&req, two, G_N_ELEMENTS(two));

    g_assert_true(form_ok(&form));
    form.trouble = "Too <late>";
    g_assert_false(form_ok(&form));
    form_draw_start(html, &form);
    form_draw_fields(html, &form, 1, 1);
    const char *markup = html_data(html, NULL);

    g_assert_nonnull(strstr(markup, "<p>Too &lt;late&gt;</p>"));
    g_assert_nonnull(strstr(markup, "value=\"token&quot;\""));
    g_assert_null(strstr(markup, "f-one"));
    g_assert_nonnull(strstr(markup, "id=\"f-two\""));
}

static void empty_numbers_are_none(void)
{
    static const Field two[] = { { "n", FIELD_INT, "N" }, { "x", FIELD_NUMBER, "X" } };
    g_autoptr(Arena) arena = arena_new();
    Req req = { .arena = arena };
    g_auto(Form) form = form_blank(&req, two, G_N_ELEMENTS(two));

    g_assert_cmpint(form_int(&form, 0), ==, 0);
    g_assert_true(isnan(form_number(&form, 1)));
    form_set(&form, 0, "-12");
    form_set(&form, 1, "2.5");
    g_assert_cmpint(form_int(&form, 0), ==, -12);
    g_assert_cmpfloat(form_number(&form, 1), ==, 2.5);
    form.problem[0] = "no";
    form.problem[1] = "no";
    g_assert_cmpint(form_int(&form, 0), ==, 0);
    g_assert_true(isnan(form_number(&form, 1)));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/form/draw/blank", a_blank_form_has_a_label_for_each_control);
    g_test_add_func("/form/draw/problems", problems_are_listed_and_tied_to_their_fields);
    g_test_add_func("/form/draw/kept", what_was_typed_is_kept);
    g_test_add_func("/form/draw/comma", a_number_is_shown_with_the_readers_comma);
    g_test_add_func("/form/draw/trouble", trouble_is_drawn_first_and_parts_alone);
    g_test_add_func("/form/read/valid", valid_values_arrive_as_they_are_stored);
    g_test_add_func("/form/read/choice", a_choice_is_one_of_the_options);
    g_test_add_func("/form/read/national-id", a_national_identity_number_is_refused);
    g_test_add_func("/form/read/file", a_required_file_must_come);
    g_test_add_func("/form/read/numbers", empty_numbers_are_none);
    return g_test_run();
}
