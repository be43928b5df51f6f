/* signin.c - the one brake on guessing passwords that all sign-ins of this process share.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "auth.h"

AuthBrake *auth_sign_in_brake(void)
{
    static AuthBrake *brake; /* lint: state - made once, locked inside, lives as long as the process */

    if (g_once_init_enter(&brake))
        g_once_init_leave(&brake, auth_brake_new(&auth_brake_rule));
    return brake;
}
