/* formpage.h - a page that is one form: where one came from, what it is about, the fields, a button.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

typedef struct {
    const char *title;    /* translated, as all the texts here; the heading and the page's title */
    const char *lead;     /* what happens when the form is sent; NULL: nothing to add */
    const char *warning;  /* what cannot be undone, or who is touched; NULL */
    const char *up_title; /* where one came from */
    Url up;
    Url action;         /* where it is posted */
    const char *button; /* "Save" */
    const Form *form;
} FormPage;

/* Show it; returns true, so that a handler can end with it. The form's data-trouble is its own. */
bool req_form_page(Req *req, int status, const FormPage *page);
