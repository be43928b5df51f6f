/* form.h - a form is a table, declared once: it parses, validates, draws and words the problem.
 *
 * What was typed is kept beside the problem; a handler answers 422 with the same form, and redirects
 * after success.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct Req Req;
typedef struct Form Form;

typedef enum {
    FIELD_LINE,     /* one line of text */
    FIELD_TEXT,     /* several lines */
    FIELD_MARKDOWN, /* several lines of CommonMark, with a hint and a tall box */
    FIELD_DATE,     /* "YYYY-MM-DD"; accepts dd.mm.yyyy and stores ISO */
    FIELD_INT,      /* whole number, min..max */
    FIELD_NUMBER,   /* decimal comma or point; stored with a point */
    FIELD_EMAIL,
    FIELD_PASSWORD, /* never redrawn with its value */
    FIELD_CHOICE,   /* select; options given by the handler */
    FIELD_RADIO,    /* radio group with legend; options given by the handler */
    FIELD_CHECK,    /* checkbox: "1" or "" */
    FIELD_FILE,     /* read it with req_upload */
    FIELD_HIDDEN    /* validated like FIELD_LINE, never trusted for permission */
} FieldKind;

typedef struct {
    const char *name;
    FieldKind kind;
    const char *label; /* msgid */
    bool required;
    int max;                /* characters; 0 = 400 */
    const char *help;       /* msgid: shown under the label, tied by aria-describedby */
    const char *not_before; /* "today" or ISO */
    const char *not_after;
    double low, high;         /* FIELD_INT and FIELD_NUMBER; both 0 = no limit */
    const char *autocomplete; /* "username", "current-password"... */
    const char *accept;       /* FIELD_FILE: ".csv,.txt" */
    bool multiple;            /* FIELD_FILE */
} Field;

typedef struct {
    const char *value, *label; /* label already translated; both must outlive the form */
} Option;

#define FORM_MAX 24
struct Form {
    const Field *fields;
    int n;
    const char *value[FORM_MAX];   /* trimmed, valid UTF-8, never NULL; in the request's arena */
    const char *problem[FORM_MAX]; /* translated; NULL when fine */
    const Option *options[FORM_MAX]; /* for CHOICE and RADIO, ends with { 0 } */
    const char *trouble;             /* a problem of the whole form; drawn first */
    const char *csrf;
    Req *req;
};

Form form_blank(Req *req, const Field *fields, int n);
/* Parses the posted body. A choice is valid only among the options, so set them with form_options
 * before form_ok; a fødselsnummer (11 digits with two right control digits) is refused everywhere. */
Form form_read(Req *req, const Field *fields, int n);
void form_options(Form *form, int field, const Option *options);
void form_set(Form *form, int field, const char *value); /* copies into the arena */
bool form_ok(Form *form);
int64_t form_int(const Form *form, int field);   /* of a valid FIELD_INT; 0 when empty */
double form_number(const Form *form, int field); /* of a valid FIELD_NUMBER; NAN when empty */
void form_clear(Form *form); /* for g_auto; everything lives in the arena */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Form, form_clear)
/* Draws the error summary (links to the fields), the CSRF token and every field; html_form does it.
 * form_fields draws a part, so that a page can group fields in fieldsets. */
