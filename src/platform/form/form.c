/* form.c - a form's way from the posted body to values and problems.
 *
 * form-check.c says what a field accepts, form-draw.c what a form looks like.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "form.h"
#include <math.h>
#include "i18n.h"
#include "web.h"

#define MARK "merke"

Form form_blank(Req *req, const Field *fields, int n)
{
    Form form = { .fields = fields, .n = n, .csrf = req->csrf, .req = req };

    g_assert(n >= 0 && n <= FORM_MAX);
    for (int i = 0; i < FORM_MAX; i++)
        form.value[i] = "";
    return form;
}

static const char *check_file(Req *req, const Field *field)
{
    const Upload *upload = req_upload(req, field->name, 0);

    return !field->required || (upload && *upload->filename) ? NULL : _("Choose a file");
}

Form form_read(Req *req, const Field *fields, int n)
{
    Form form = form_blank(req, fields, n);

    form.mark = req_posted(req, MARK);
    for (int i = 0; i < n; i++) {
        if (fields[i].kind == FIELD_FILE)
            form.problem[i] = check_file(req, &fields[i]);
        else
            form.problem[i] = form_check(req->arena, &fields[i], req_posted(req, fields[i].name),
                                         req->today, &form.value[i]);
    }
    return form;
}

void form_options(Form *form, int field, const Option *options)
{
    g_assert(field >= 0 && field < form->n);
    form->options[field] = options;
}

void form_set(Form *form, int field, const char *value)
{
    g_assert(field >= 0 && field < form->n);
    form->value[field] = value ? arena_dup(form->req->arena, value) : "";
}

static bool is_option(const Option *options, const char *value)
{
    for (const Option *o = options; o && o->value; o++)
        if (strcmp(o->value, value) == 0)
            return true;
    return false;
}

bool form_ok(Form *form)
{
    bool ok = form->trouble == NULL;

    for (int i = 0; i < form->n; i++) {
        bool choice = form->fields[i].kind == FIELD_CHOICE || form->fields[i].kind == FIELD_RADIO;

        if (choice && *form->value[i] && !form->problem[i] &&
            !is_option(form->options[i], form->value[i]))
            form->problem[i] = _("Choose one of the options");
        ok = ok && !form->problem[i];
    }
    return ok;
}

int64_t form_int(const Form *form, int field)
{
    g_assert(field >= 0 && field < form->n);
    return form->problem[field] ? 0 : g_ascii_strtoll(form->value[field], NULL, 10);
}

double form_number(const Form *form, int field)
{
    g_assert(field >= 0 && field < form->n);
    if (form->problem[field] || !*form->value[field])
        return NAN;
    return g_ascii_strtod(form->value[field], NULL);
}

/* --- two people, one thing --- */

/* What says something of the thing, not of the sending. */
static bool is_content(const Field *field)
{
    return field->kind != FIELD_PASSWORD && field->kind != FIELD_FILE &&
           !(field->kind == FIELD_CHECK && field->required);
}

static const char *mark_of(const Form *form)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    for (int i = 0; i < form->n; i++) /* each with its end, so that "a","b" is not "ab","" */
        if (is_content(&form->fields[i]))
            g_checksum_update(sum, (const guchar *)form->value[i],
                              (gssize)strlen(form->value[i]) + 1);
    return arena_printf(form->req->arena, "%.16s", g_checksum_get_string(sum));
}

void form_mark(Form *form)
{
    form->mark = mark_of(form);
}

/* A value as people read it: a choice by its label. */
static const char *shown(const Form *form, int field)
{
    const char *value = form->value[field];
    char text[DATE_TEXT];

    if (form->fields[field].kind == FIELD_DATE && date_valid(value))
        return arena_dup(form->req->arena, date_short(value, text));
    for (const Option *o = form->options[field]; o && o->value; o++)
        if (!strcmp(o->value, value))
            return o->label;
    if (form->fields[field].kind == FIELD_CHECK)
        return *value ? _("yes") : _("no");
    return *value ? value : _("nothing");
}

bool form_stale(Form *form, const Form *now)
{
    g_autoptr(GString) differs = g_string_new(NULL);
    const char *mark = mark_of(now);

    g_assert(form->n == now->n);
    if (!form->mark || !strcmp(form->mark, mark))
        return false;
    for (int i = 0; i < form->n; i++)
        if (is_content(&form->fields[i]) && strcmp(form->value[i], now->value[i]) != 0)
            g_string_append_printf(differs, "%s%s «%s»", differs->len ? ", " : "",
                                   _(form->fields[i].label), shown(now, i));
    if (!differs->len)
        return false;
    form->mark = mark;
    form->trouble =
        arena_printf(form->req->arena,
                     _("Somebody else has stored this since you opened it. What stands now: %s. "
                       "What you wrote is kept below: send it again to store it instead."),
                     differs->str);
    return true;
}

void form_clear(Form *form)
{
    *form = (Form){ 0 };
}
