/* sider-oppfolging.h - the follow-up of a decision as its page shows it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport-sider.h"

typedef struct {
    const char *on, *status, *answer, *by;
} AnswerView;
typedef struct {
    AnswerView *v;
    size_t n;
} AnswerViews;

typedef struct {
    const char *nr, *task, *responsible, *due, *state, *answer, *answered;
    int64_t id;
    const char *status; /* how far it has come */
    AnswerViews before; /* earlier answers */
    bool overdue, answered_yet, may_write, open;
    const Form *form;
    const char *mark; /* what the form was made from */
} FollowUpView;
typedef struct {
    FollowUpView *v;
    size_t n;
} FollowUpViews;

typedef struct {
    const char *title, *lang, *summary;
    const char *trouble, *kept; /* somebody else stored meanwhile; what was typed */
    Url self, up;
    FollowUpViews items;
    bool others;     /* there are items that the reader does not answer for */
    const Form *add; /* NULL: may not */
} FollowUpPage;

/* --- every item of every year --- */

typedef struct {
    const char *year, *title, *lang, *task, *responsible, *due, *status, *state;
    bool overdue;
    Url url;
} OverviewRow;
typedef struct {
    OverviewRow *v;
    size_t n;
} OverviewRows;

typedef struct {
    const char *sum, *printed;
    const Form *filter;
    OverviewRows rows;
    bool any; /* there are items, whether the filter lets them through or not */
} OverviewPage;

bool tilstandsrapport_show_overview(Req *req, GError **error);
/* "3 days overdue", "Due today", "Answered". */
const char *tilstandsrapport_item_state(Req *req, const FollowUp *item);
