/* form-draw.c - a form as accessible HTML in Designsystemet's classes.
 *
 * Each control has a label in words, its help and its problem tied by aria-describedby, and what was
 * typed; the summary on top links to what must be mended. Values are escaped here like everywhere.
 * Sources: WCAG 2.1 success criteria 1.3.1, 1.3.5, 3.3.1-3.3.3 and 4.1.2; Designsystemet, "Field",
 * "Fieldset", "ErrorSummary".
 * SPDX-License-Identifier: EUPL-1.2 */
#include "form.h"
#include "html.h"
#include "i18n.h"
#include "web.h"

enum { DEFAULT_MAX = 400, TEXT_ROWS = 4, MARKDOWN_ROWS = 12 };

typedef struct {
    Html *o;
    const Form *form;
    const Field *field;
    int i;
    const char *value, *problem;
} Draw;

static void raw(Html *o, const char *markup)
{
    html_raw(o, markup, strlen(markup));
}

/* ` name="value"`, or nothing when the value is NULL. */
static void attr(Html *o, const char *name, const char *value)
{
    if (!value)
        return;
    raw(o, " ");
    raw(o, name);
    raw(o, "=\"");
    html_text(o, value);
    raw(o, "\"");
}

static void attr_int(Html *o, const char *name, int value)
{
    raw(o, " ");
    raw(o, name);
    raw(o, "=\"");
    html_int(o, value);
    raw(o, "\"");
}

/* ` name="f-FIELD..."` */
static void attr_id(const Draw *d, const char *name, const char *suffix)
{
    raw(d->o, " ");
    raw(d->o, name);
    raw(d->o, "=\"f-");
    html_text(d->o, d->field->name);
    raw(d->o, suffix);
    raw(d->o, "\"");
}

static const char *help_of(const Field *field)
{
    if (field->help)
        return field->help;
    return field->kind == FIELD_MARKDOWN ? N_("Begin a heading with #, an item of a list with -, "
                                              "and write **bold** and *italics*")
                                         : NULL;
}

/* What a screen reader reads after the label. */
static void described(const Draw *d)
{
    bool help = help_of(d->field) != NULL;

    if (!help && !d->problem)
        return;
    raw(d->o, " aria-describedby=\"");
    if (help) {
        raw(d->o, "f-");
        html_text(d->o, d->field->name);
        raw(d->o, d->problem ? "-help " : "-help");
    }
    if (d->problem) {
        raw(d->o, "f-");
        html_text(d->o, d->field->name);
        raw(d->o, "-problem");
    }
    raw(d->o, "\"");
}

static void state(const Draw *d)
{
    if (d->field->required)
        raw(d->o, " required");
    if (d->problem)
        raw(d->o, " aria-invalid=\"true\"");
}

/* What every control but a radio button carries. */
static void common(const Draw *d)
{
    raw(d->o, " class=\"ds-input\"");
    attr_id(d, "id", "");
    attr(d->o, "name", d->field->name);
    state(d);
    described(d);
    attr(d->o, "autocomplete", d->field->autocomplete);
}

static void label_text(const Draw *d)
{
    html_text(d->o, i18n_text(d->field->label));
    if (d->field->required || d->field->kind == FIELD_CHECK || d->field->kind == FIELD_FILE)
        return; /* files in one field or another: which, the page says */
    raw(d->o, " <span class=\"optional\">");
    html_text(d->o, _("(optional)"));
    raw(d->o, "</span>");
}

static void label(const Draw *d)
{
    raw(d->o, "<label class=\"ds-label\"");
    attr_id(d, "for", "");
    raw(d->o, ">");
    label_text(d);
    raw(d->o, "</label>\n");
}

static void help(const Draw *d)
{
    const char *text = help_of(d->field);

    if (!text)
        return;
    raw(d->o, "<p data-field=\"description\"");
    attr_id(d, "id", "-help");
    raw(d->o, ">");
    html_text(d->o, i18n_text(text));
    raw(d->o, "</p>\n");
}

static void problem(const Draw *d)
{
    if (!d->problem)
        return;
    raw(d->o, "<p class=\"ds-validation-message\" data-field=\"validation\"");
    attr_id(d, "id", "-problem");
    raw(d->o, ">");
    html_text(d->o, d->problem);
    raw(d->o, "</p>\n");
}

/* --- the kinds ------------------------------------------------------------------------------------------ */

static const char *input_type(const Draw *d)
{
    switch (d->field->kind) {
    case FIELD_DATE: /* a browser's date field would hide what is no date */
        return !*d->value || date_valid(d->value) ? "date" : "text";
    case FIELD_EMAIL:
        return "email";
    case FIELD_PASSWORD:
        return "password";
    case FIELD_FILE:
        return "file";
    default:
        return "text";
    }
}

static void date_limits(const Draw *d)
{
    const char *today = d->form->req ? d->form->req->today : NULL;
    const char *first = d->field->not_before, *last = d->field->not_after;

    attr(d->o, "min", first && strcmp(first, "today") == 0 ? today : first);
    attr(d->o, "max", last && strcmp(last, "today") == 0 ? today : last);
}

/* A number is stored with a point and shown as its reader writes it. */
static void number_value(const Draw *d)
{
    g_autofree char *shown = g_strdup(d->value);

    if (!d->problem && i18n_current() != LANG_EN)
        g_strdelimit(shown, ".", ',');
    attr(d->o, "value", shown);
}

static void draw_input(const Draw *d)
{
    const Field *f = d->field;
    const char *type = input_type(d);

    raw(d->o, "<input");
    attr(d->o, "type", type);
    common(d);
    if (f->kind == FIELD_LINE || f->kind == FIELD_EMAIL || f->kind == FIELD_PASSWORD)
        attr_int(d->o, "maxlength", f->max > 0 ? f->max : DEFAULT_MAX);
    if (f->kind == FIELD_INT)
        attr(d->o, "inputmode", f->low < 0 ? "text" : "numeric");
    if (f->kind == FIELD_NUMBER)
        attr(d->o, "inputmode", f->low < 0 ? "text" : "decimal");
    if (f->kind == FIELD_DATE && strcmp(type, "date") == 0)
        date_limits(d);
    if (f->kind == FIELD_FILE) {
        attr(d->o, "accept", f->accept);
        raw(d->o, f->multiple ? " multiple" : "");
    } else if (f->kind == FIELD_NUMBER) {
        number_value(d);
    } else if (f->kind != FIELD_PASSWORD) {
        attr(d->o, "value", d->value);
    }
    raw(d->o, ">\n");
}

static void draw_textarea(const Draw *d)
{
    raw(d->o, "<textarea");
    common(d);
    attr_int(d->o, "maxlength", d->field->max > 0 ? d->field->max : DEFAULT_MAX);
    attr_int(d->o, "rows", d->field->kind == FIELD_MARKDOWN ? MARKDOWN_ROWS : TEXT_ROWS);
    /* A first newline is dropped by the browser: this one, not the text's. */
    raw(d->o, " data-autosave>\n");
    html_text(d->o, d->value);
    raw(d->o, "</textarea>\n");
}

/* Whether a choice says itself what an empty one means. */
static bool names_empty(const Option *o)
{
    for (; o && o->value; o++)
        if (!*o->value)
            return true;
    return false;
}

static void draw_select(const Draw *d)
{
    raw(d->o, "<select");
    common(d);
    raw(d->o, ">\n");
    if (!names_empty(d->form->options[d->i])) {
        raw(d->o, "<option value=\"\">");
        html_text(d->o, d->field->required ? _("Choose") : _("None"));
        raw(d->o, "</option>\n");
    }
    for (const Option *o = d->form->options[d->i]; o && o->value; o++) {
        raw(d->o, "<option");
        attr(d->o, "value", o->value);
        raw(d->o, strcmp(o->value, d->value) == 0 ? " selected>" : ">");
        html_text(d->o, o->label);
        raw(d->o, "</option>\n");
    }
    raw(d->o, "</select>\n");
}

static void draw_radio(const Draw *d, const Option *option, int number)
{
    char suffix[16] = "";

    /* The summary's link leads to the first button, which so has the field's own id. */
    if (number > 0)
        g_snprintf(suffix, sizeof suffix, "-%d", number);
    raw(d->o, "<div class=\"ds-field\"><input type=\"radio\" class=\"ds-input\"");
    attr_id(d, "id", suffix);
    attr(d->o, "name", d->field->name);
    attr(d->o, "value", option->value);
    state(d);
    raw(d->o, strcmp(option->value, d->value) == 0 ? " checked>" : ">");
    raw(d->o, "<label class=\"ds-label\" data-weight=\"regular\"");
    attr_id(d, "for", suffix);
    raw(d->o, ">");
    html_text(d->o, option->label);
    raw(d->o, "</label></div>\n");
}

static void draw_radios(const Draw *d)
{
    int number = 0;

    raw(d->o, "<fieldset class=\"ds-fieldset\"");
    described(d);
    raw(d->o, ">\n<legend class=\"ds-label\">");
    label_text(d);
    raw(d->o, "</legend>\n");
    help(d);
    for (const Option *o = d->form->options[d->i]; o && o->value; o++)
        draw_radio(d, o, number++);
    problem(d);
    raw(d->o, "</fieldset>\n");
}

static void draw_check(const Draw *d)
{
    raw(d->o, "<div class=\"ds-field\">\n<input type=\"checkbox\"");
    common(d);
    raw(d->o, *d->value ? " value=\"1\" checked>\n" : " value=\"1\">\n");
    label(d);
    help(d);
    problem(d);
    raw(d->o, "</div>\n");
}

static void draw_hidden(const Draw *d)
{
    raw(d->o, "<input type=\"hidden\"");
    attr(d->o, "name", d->field->name);
    attr(d->o, "value", d->value);
    raw(d->o, ">\n");
}

static void draw_labelled(const Draw *d)
{
    raw(d->o, "<div class=\"ds-field\">\n");
    label(d);
    help(d);
    if (d->field->kind == FIELD_CHOICE)
        draw_select(d);
    else if (d->field->kind == FIELD_TEXT || d->field->kind == FIELD_MARKDOWN)
        draw_textarea(d);
    else
        draw_input(d);
    problem(d);
    raw(d->o, "</div>\n");
}

static Draw draw_of(Html *o, const Form *form, int i)
{
    return (Draw){
        o, form, &form->fields[i], i, form->value[i] ? form->value[i] : "", form->problem[i]
    };
}

void form_draw_fields(Html *html, const Form *form, int first, int count)
{
    g_assert(first >= 0 && count >= 0 && first + count <= form->n);
    for (int i = first; i < first + count; i++) {
        Draw d = draw_of(html, form, i);

        if (d.field->kind == FIELD_HIDDEN)
            draw_hidden(&d);
        else if (d.field->kind == FIELD_RADIO)
            draw_radios(&d);
        else if (d.field->kind == FIELD_CHECK)
            draw_check(&d);
        else
            draw_labelled(&d);
    }
}

/* --- the top of the form --------------------------------------------------------------------------------- */

static void summary_line(const Draw *d)
{
    bool hidden = d->field->kind == FIELD_HIDDEN; /* nowhere to go */

    raw(d->o, "<li>");
    if (!hidden) {
        raw(d->o, "<a class=\"ds-link\"");
        raw(d->o, " href=\"#f-");
        html_text(d->o, d->field->name);
        raw(d->o, "\">");
    }
    if (d->field->label) {
        html_text(d->o, i18n_text(d->field->label));
        raw(d->o, ": ");
    }
    html_text(d->o, d->problem);
    raw(d->o, hidden ? "</li>\n" : "</a></li>\n");
}

static void draw_summary(Html *o, const Form *form)
{
    int problems = 0;

    for (int i = 0; i < form->n; i++)
        problems += form->problem[i] != NULL;
    if (!problems && !form->trouble)
        return;
    raw(o, "<div class=\"ds-error-summary\" role=\"alert\" tabindex=\"-1\" id=\"form-problems\">\n"
           "<h2 class=\"ds-heading\" data-size=\"xs\">");
    html_text(o, problems ? _("Mend this and send the form again") : _("This could not be done"));
    raw(o, "</h2>\n");
    if (form->trouble) {
        raw(o, "<p>");
        html_text(o, form->trouble);
        raw(o, "</p>\n");
    }
    if (problems)
        raw(o, "<ul class=\"ds-list\">\n");
    for (int i = 0; i < form->n; i++) {
        Draw d = draw_of(o, form, i);

        if (d.problem)
            summary_line(&d);
    }
    raw(o, problems ? "</ul>\n</div>\n" : "</div>\n");
}

void form_draw_start(Html *html, const Form *form)
{
    draw_summary(html, form);
    if (!form->csrf)
        return;
    raw(html, "<input type=\"hidden\" name=\"csrf\"");
    attr(html, "value", form->csrf);
    raw(html, ">\n");
    if (!form->mark)
        return;
    raw(html, "<input type=\"hidden\" name=\"merke\"");
    attr(html, "value", form->mark);
    raw(html, ">\n");
}

void html_form(Html *html, const Form *form)
{
    form_draw_start(html, form);
    form_draw_fields(html, form, 0, form->n);
}
