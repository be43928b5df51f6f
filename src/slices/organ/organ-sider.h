/* organ-sider.h - rows as the pages of this slice show them.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "organ.h"

typedef struct {
    const char *name, *kind;
    bool decides;
    Url url;
} OrganLine;

typedef struct {
    OrganLine *v;
    size_t n;
} OrganLines;

typedef struct {
    Organ organ;
    const char *since;
    OrganMemberList members;
} OrganView;
