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
    const char *value[FORM_MAX];     /* trimmed, valid UTF-8, never NULL; in the request's arena */
    const char *problem[FORM_MAX];   /* translated; NULL when fine */
    const Option *options[FORM_MAX]; /* for CHOICE and RADIO, ends with { 0 } */
    const char *trouble;             /* a problem of the whole form; drawn first */
    const char *mark;                /* of what stood when the form was made; NULL: form_mark */
    const char *csrf;
    Req *req;
};

/* --- reading --- */
Form form_blank(Req *req, const Field *fields, int n);
/**
 * Parse the posted body: each value trimmed, in Unicode's composed form (NFC), newlines as "\n".
 * A value that does not fit is kept as typed beside its problem. A choice is valid only among the
 * options, so set them with form_options before form_ok; a fødselsnummer is refused in every field
 * that people write in, but passwords.
 */
Form form_read(Req *req, const Field *fields, int n);
void form_options(Form *form, int field, const Option *options); /* borrowed; ends with { 0 } */
void form_set(Form *form, int field, const char *value); /* copies into the arena; NULL is "" */
/* True when nothing is wrong, neither with a field nor with the whole; this is where choices are
 * held against their options. A choice whose options were never set is wrong. */
bool form_ok(Form *form);
int64_t form_int(const Form *form, int field);   /* of a valid FIELD_INT; 0 when empty */
double form_number(const Form *form, int field); /* of a valid FIELD_NUMBER; NAN when empty */
void form_clear(Form *form);                     /* for g_auto; everything lives in the arena */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Form, form_clear)

/* --- two people, one thing ---
 * A form that changes what stands goes out with a mark of it, as the hidden field "merke"; form_read
 * takes it in again. */
/* The form is filled with what stands now. Passwords, files and ticks that must be ticked do not count. */
void form_mark(Form *form);
/**
 * Whether somebody else has changed what the form was made from. To be asked in the transaction that
 * stores it.
 *   now  the same fields, with the same options, filled with what stands.
 * When it is so, form->trouble tells what stands now where it differs from what was typed, and the form
 * takes the new mark: sent again, it is stored knowingly. Not so for a form without a mark, nor for one
 * that says what stands already: one that was sent twice.
 */
bool form_stale(Form *form, const Form *now);

/* --- drawing ---
 * html_form, which is what {{form}} in a page calls, draws the error summary (role=alert, links to the
 * fields), the CSRF token and every field. The page writes <form> itself, with
 * enctype="multipart/form-data" when there is a FIELD_FILE, and the button. A page that groups its
 * fields draws the parts, {{render form_draw_start(form)}} once and then, say in a <fieldset>,
 * {{render form_draw_fields(form, 0, 3)}}. A field's id is "f-" and its name, so two forms of one page
 * must not share a field name. */
typedef struct Html Html;
void form_draw_start(Html *html, const Form *form); /* summary and token */
void form_draw_fields(Html *html, const Form *form, int first,
                      int count); /* count fields from `first` */

/* --- checking, without a request --- */
typedef struct Arena Arena;
/**
 * Hold what was typed against a field.
 *   typed      as posted: any bytes, NULL when absent.
 *   today      "YYYY-MM-DD", for limits that say "today".
 *   ret_value  always set: the value to store, or what to show again when there is a problem; in the
 *              arena, valid UTF-8.
 * Returns the problem in the thread's language, or NULL. Choices are checked by form_ok.
 */
const char *form_check(Arena *arena, const Field *field, const char *typed, const char *today,
                       const char **ret_value);
/**
 * Whether a text holds a Norwegian national identity number: 11 digits, or 6 and 5 with a space
 * between, that begin with a day and a month and end with both right control digits (modulus 11).
 * D-numbers (day + 40) and synthetic ones (month + 40, NAV's; + 80, Skatteetaten's) count.
 * Source: folkeregisterforskriften § 2-2-1; Skatteetaten, "Tenor testdata".
 */
bool form_holds_national_id(const char *text);
