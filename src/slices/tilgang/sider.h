/* sider.h - rows as the pages of this slice show them.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "sesjon.h"

typedef struct {
    const char *label;
    bool active;
    const char *id;
} RoleChoice;

typedef struct {
    RoleChoice *v;
    size_t n;
} RoleChoices;

/* "Fagsjef oppvekst", or with the unit it is for: "Rektor, Bud skule". */
bool tilgang_role_label(Req *req, const RoleTuple *role, const char **ret, GError **error);
