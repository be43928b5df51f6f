/* signin.c - the brakes that all sign-ins of this process share: by account, by
 * address, and by person for one-time codes.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "auth.h"

static gpointer make_brake(gpointer rule)
{
    return auth_brake_new(rule);
}

AuthBrake *auth_account_brake(void)
{
    /* lint: state — made once; a brake locks itself and lives as long as the process */
    static GOnce once = G_ONCE_INIT;

    return g_once(&once, make_brake, (gpointer)&auth_account_rule);
}

AuthBrake *auth_address_brake(void)
{
    /* lint: state — made once; a brake locks itself and lives as long as the process */
    static GOnce once = G_ONCE_INIT;

    return g_once(&once, make_brake, (gpointer)&auth_address_rule);
}

AuthBrake *auth_code_brake(void)
{
    /* lint: state — made once; a brake locks itself and lives as long as the process */
    static GOnce once = G_ONCE_INIT;

    return g_once(&once, make_brake, (gpointer)&auth_account_rule);
}
