/* konto-sider.h - what the pages of one's own account, and of signing in in two steps, show.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "konto.h"

typedef struct {
    const char *code;
} CodeLine;

typedef struct {
    CodeLine *v;
    size_t n;
} CodeLines;

typedef struct {
    const Form *form;
    const Form *off; /* to turn it off */
    const char *csrf;
    bool on, required;
    int64_t reserves;
    const char *secret; /* in groups of four; NULL: nothing waits to be confirmed */
    const char *qr, *qr_box;
    int qr_size;
    CodeLines codes; /* recovery codes, this once */
    Url go_on;
} TotpView;

typedef struct {
    const char *role, *unit, *since, *how;
    bool active;
} AccountRole;

typedef struct {
    AccountRole *v;
    size_t n;
} AccountRoles;

typedef struct {
    const char *since, *seen;
    bool here;
} SessionLine;

typedef struct {
    SessionLine *v;
    size_t n;
} SessionLines;

typedef struct {
    const char *name, *email, *csrf;
    const Form *password, *language;
    AccountRoles roles;
    SessionLines sessions;
    bool totp_on;
    int64_t reserves;
} AccountView;

typedef struct {
    const char *code, *name;
    bool required;
} SecurityRole;

typedef struct {
    SecurityRole *v;
    size_t n;
} SecurityRoles;

typedef struct {
    const char *csrf, *trouble;
    const char *stored; /* the codes as they stood when the page was made */
    SecurityRoles roles;
} SecurityView;

/* Secret and QR code of what waits to be confirmed. */
bool tilgang_fill_totp(Req *req, const Signer *who, TotpView *view, GError **error);
void tilgang_fill_codes(Req *req, char codes[TOTP_RESERVES][AUTH_RECOVERY_SIZE], TotpView *view);
/* Try the code in a form's field, with the brake on; sets the field's problem, or form->trouble. */
bool tilgang_try_code(Req *req, const Signer *who, Form *form, int field, bool reserve,
                      GError **error);
/* Whether a field holds the password of who asks; else its problem or form->trouble is set. */
bool tilgang_check_own_password(Req *req, Form *form, int field, GError **error);
/* "Too many tries. Wait 4 seconds..." and Retry-After. */
const char *tilgang_wait_text(Req *req, int64_t wait);
/* In a page: the three steps of an app, with QR code and key; and the recovery codes, shown once. */
void tilgang_draw_key(Html *html, const TotpView *view);
void tilgang_draw_codes(Html *html, const TotpView *view);
