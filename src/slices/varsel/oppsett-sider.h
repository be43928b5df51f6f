/* oppsett-sider.h - what the page of the mail set-up shows.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

typedef struct {
    const char *to, *subject, *when, *trouble, *answer;
    int64_t tries;
    bool failed;
    Url again, drop;
} OutboxLine;

typedef struct {
    OutboxLine *v;
    size_t n;
} OutboxLines;

typedef struct {
    const Form *form;
    const char *csrf;
    const char *status;   /* whether and how mail is sent, in a sentence */
    bool ready;           /* a test can be sent */
    bool no_base;         /* links would have no address in front */
    bool tried;           /* a test was sent just now */
    const char *tried_to; /* to this address */
    const char *trouble;  /* what went wrong with it; "" */
    const char *answer;   /* in the server's own words; "" */
    int64_t n_sent;
    OutboxLines outbox; /* waiting and failed, newest first */
} SetupView;
