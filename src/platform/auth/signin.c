/* signin.c - the brakes that all sign-ins of this process share: one by account, one by address.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "auth.h"

typedef struct {
    AuthBrake *account, *address;
} Brakes;

static gpointer make_brakes(gpointer unused)
{
    Brakes *both = g_new(Brakes, 1);

    (void)unused;
    both->account = auth_brake_new(&auth_account_rule);
    both->address = auth_brake_new(&auth_address_rule);
    return both;
}

static const Brakes *brakes(void)
{
    /* lint: state — made once; the brakes lock themselves and live as long as the process */
    static GOnce once = G_ONCE_INIT;

    return g_once(&once, make_brakes, NULL);
}

int64_t auth_sign_in_try(const char *address, const char *account, int64_t now)
{
    const Brakes *both = brakes();
    int64_t wait = auth_brake_try(both->address, address, now);

    if (wait > 0)
        return wait;
    wait = auth_brake_try(both->account, account, now);
    if (wait > 0)
        auth_brake_succeeded(both->address, address); /* it was no try */
    return wait;
}

void auth_sign_in_succeeded(const char *address, const char *account)
{
    auth_brake_succeeded(brakes()->address, address);
    auth_brake_succeeded(brakes()->account, account);
}
