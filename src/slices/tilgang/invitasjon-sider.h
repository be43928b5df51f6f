/* invitasjon-sider.h - what the pages behind one-time links show.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

typedef struct {
    const Form *form;
    Url self;
    const char *name, *email, *owner;
    const char *inviter; /* NULL: nobody in particular */
    const char *roles;   /* "Rektor, Bud skule"; "" */
    bool invites;        /* else: a new password */
} LinkView;
