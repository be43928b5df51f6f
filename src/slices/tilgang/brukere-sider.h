/* brukere-sider.h - what the pages of everybody's sign-in show.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "konto.h"

typedef struct {
    const char *text;
} TextLine;

typedef struct {
    TextLine *v;
    size_t n;
} TextLines;

typedef struct {
    int64_t person;
    const char *name, *email, *state, *state_code, *last;
    const char *link; /* "until 30 November 2026": an invitation that works; "" */
    bool invited, disabled, totp, self;
    TextLines roles;
    Url url;
} UserLine;

typedef struct {
    UserLine *v;
    size_t n;
} UserLines;

typedef struct {
    UserLines users;
    size_t n_active, n_invited, n_stopped;
} UsersView;

/* A link that was made just now. */
typedef struct {
    const char *name, *email;
    const char *link;  /* to copy; NULL: it was mailed */
    bool without_base; /* the link has no address in front */
    bool waits;        /* somebody else is to approve the role first */
    Url user;
} MadeLink;

typedef struct {
    UserLine user;
    const char *csrf;
    bool mail_on;
    Url invite, stop, allow, out, totp;
} UserView;
