/* testing-skjema.h - forms as a browser sees them: taken out of a page, changed, and sent as they stood.
 * Linked into tests alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

/* A form with the fields it would send: hidden ones, text, ticks that are set, what is chosen. */
typedef struct {
    char *action;
    GPtrArray *names, *values; /* char * */
} PageForm;

/**
 * The first form of a page that posts to an address ending with `action` and has a field.
 *   action  before a query.    field  its name; NULL: any form.
 * Fails the test when there is none. page_form_free it.
 */
PageForm *page_form(const Reply *page, const char *action, const char *field);
void page_form_free(PageForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PageForm, page_form_free)
const char *page_form_value(const PageForm *form, const char *name); /* NULL when it has none */
/* All of this name are replaced by one; NULL: by none. */
void page_form_set(PageForm *form, const char *name, const char *value);
/* Post it, without the page's token: test_post adds one. */
Reply *page_form_send(TestApp *app, const PageForm *form);
