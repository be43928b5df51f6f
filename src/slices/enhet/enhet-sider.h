/* enhet-sider.h - rows as the pages of this slice show them: prepared, so the pages only loop.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "enhet.h"

typedef struct {
    const char *name, *kind, *code, *parent, *origin;
    Url url;
} UnitLine;

typedef struct {
    UnitLine *v;
    size_t n;
} UnitLines;

typedef struct {
    const char *label, *value, *note, *source;
} UnitFact;

typedef struct {
    UnitFact *v;
    size_t n;
} UnitFacts;

typedef struct {
    const char *name, *kind, *parent;
    bool has_parent;
    Url parent_url;
    UnitFacts facts, identities, names, successors;
    UnitLines children;
} UnitView;
