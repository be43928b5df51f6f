/* perm.c - the names of the permissions, and whether a request's user holds one.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "web.h"

#define PERM(name, label, row) [PERM_##name] = { #name, label, row },
static const PermInfo infos[N_PERM] = {
    /* clang-format off */
    PERM(NONE, N_("Nothing"), "")
    PERM(PUBLIC, N_("See what is public"), "")
    PERM(USER, N_("Use the system when signed in"), "")
#include "permissions.def"
    /* clang-format on */
};
#undef PERM

const PermInfo *perm_info(Perm perm)
{
    g_assert(perm < N_PERM);
    return &infos[perm];
}

static bool has(const uint64_t *bits, Perm perm)
{
    return bits[perm / 64] >> (perm % 64) & 1;
}

bool req_may(const Req *req, Perm perm)
{
    if (perm == PERM_PUBLIC)
        return true;
    if (!req->user || perm == PERM_NONE)
        return false;
    return perm == PERM_USER || has(req->user->perms, perm) || has(req->user->unit_only, perm);
}

bool req_may_unit(const Req *req, Perm perm, int64_t unit)
{
    if (!req_may(req, perm) || perm <= PERM_USER)
        return req_may(req, perm);
    if (has(req->user->unit_only, perm))
        return req->user->unit && req->user->unit == unit;
    return true;
}
