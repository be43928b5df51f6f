/* jobb-sider.h - what the pages of the queue show. SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "jobb.h"

typedef struct {
    const char *title, *state, *colour; /* colour of the tag: "info", "success"... */
    const char *when;                   /* "Added 20. juni 2013 kl. 13.00" */
    const char *text;                   /* what is being done, came of it, or went wrong */
    const char *asked;                  /* who asked; "" */
    const char *tries;                  /* "Try 2 of 5"; "" the first time */
    Url url, next, cancel, again;
    bool open;     /* waits or runs */
    bool running;  /* has a bar */
    bool known;    /* how far is known */
    bool leads;    /* has a page to go on to */
    bool stopping; /* cancelled, and not yet stopped */
    bool may_again, failed;
    int64_t done, total;
    const char *share; /* "40 %" */
} JobView;

typedef struct {
    JobView *v;
    size_t n;
} JobViews;

typedef struct {
    JobViews jobs;
    bool everybody;
} JobListView;
