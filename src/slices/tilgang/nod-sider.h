/* nod-sider.h - what the pages of break-glass show.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

typedef struct {
    const char *name, *reason, *from, *until;
    Url url;
} EmergencyLine;

typedef struct {
    EmergencyLine *v;
    size_t n;
} EmergencyLines;

typedef struct {
    const Form *form; /* NULL: the asker may only see the list */
    EmergencyLines uses;
} EmergencyView;

typedef struct {
    const char *name, *when;
} SeenLine;

typedef struct {
    SeenLine *v;
    size_t n;
} SeenLines;

typedef struct {
    const char *name, *reason, *from, *until, *csrf;
    Url self;
    SeenLines seen;
    bool may_see; /* and has not said so yet */
} EmergencyOne;
