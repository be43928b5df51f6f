/* signin.c - the two brakes on guessing passwords that all sign-ins of this process share.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "auth.h"

AuthBrake *auth_account_brake(void)
{
    static AuthBrake
        *brake; /* lint: state - made once, locked inside, lives as long as the process */

    if (g_once_init_enter(&brake))
        g_once_init_leave(&brake, auth_brake_new(&auth_account_rule));
    return brake;
}

AuthBrake *auth_address_brake(void)
{
    static AuthBrake
        *brake; /* lint: state - made once, locked inside, lives as long as the process */

    if (g_once_init_enter(&brake))
        g_once_init_leave(&brake, auth_brake_new(&auth_address_rule));
    return brake;
}
