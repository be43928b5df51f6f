/* sider-oppfolging.h - the follow-up of a decision as its page shows it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport-sider.h"

typedef struct {
    const char *nr, *task, *responsible, *due, *state, *answer, *answered;
    int64_t id;
    bool overdue, answered_yet, may_write, open;
    const Form *form;
} FollowUpView;
typedef struct {
    FollowUpView *v;
    size_t n;
} FollowUpViews;

typedef struct {
    const char *title, *lang, *summary;
    Url self, up;
    FollowUpViews items;
    bool others;     /* there are items that the reader does not answer for */
    const Form *add; /* NULL: may not */
} FollowUpPage;
