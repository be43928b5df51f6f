/* auth.h - secrets: password hashes, tokens, and the brake on guessing. Mechanism without tables.
 *
 * The only door to libsodium. Who may sign in, and what is stored, is the business of the slices
 * that have the tables. Everything here may be called from any thread.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

/* Call once, before any thread is started; APP_ERROR_DB when the machine gives no randomness. */
bool auth_start(GError **error);

/* --- passwords --- */

#define AUTH_PASSWORD_MIN 10 /* characters after NFKC */
#define AUTH_PASSWORD_MAX 200

typedef enum {
    AUTH_PASSWORD_OK,
    AUTH_PASSWORD_SHORT,    /* fewer than AUTH_PASSWORD_MIN characters */
    AUTH_PASSWORD_LONG,     /* more than AUTH_PASSWORD_MAX characters */
    AUTH_PASSWORD_COMMON,   /* a common word, repeated or with digits around it; a plain sequence */
    AUTH_PASSWORD_PERSONAL, /* the e-mail address, the part before @, or the name, digits aside */
    AUTH_PASSWORD_INVALID   /* not UTF-8, or holds control characters */
} AuthPassword;

/**
 * May this be a password? No rules on kinds of characters and no expiry.
 *   password     UTF-8 as typed.
 *   email, name  of the user; either may be NULL.
 * Source: NIST SP 800-63B (2017, rev. 3), section 5.1.1.2.
 */
AuthPassword auth_password_rate(const char *password, const char *email, const char *name);

#define AUTH_HASH_SIZE 128 /* with the NUL */

/**
 * Hash a password for storage: Argon2id, 64 MiB, two passes, "$argon2id$v=19$m=65536,t=2,p=1$...".
 * One hash is computed at a time in the process, so that a rush of log-ins takes 64 MiB and not
 * 64 MiB each; one takes 50-100 ms. The password is normalised to NFKC first. Parameters are cheap
 * only in a program that has called g_test_init(), and only when OPPVEKST_TEST_CHEAP_HASH is set:
 * no setting can weaken the server, and a cheap hash that strayed there is_old().
 *   ret_hash  ASCII, NUL-terminated.
 * Errors: APP_ERROR_BUSY when memory is short, APP_ERROR_INVALID when it is not UTF-8 or too long.
 * Source: RFC 9106; OWASP Password Storage Cheat Sheet (m >= 19 MiB, t = 2).
 */
bool auth_password_hash(const char *password, char ret_hash[AUTH_HASH_SIZE], GError **error);

/**
 * Is this the password of that hash?
 *   hash  as stored, or NULL when there is no such user: then a fixed hash is compared, in the same
 *         time, and the answer is false. A hash that is none is false as well.
 */
bool auth_password_check(const char *password, const char *hash);

/* The hash was made with other parameters than today's: make a new one now that the password is known. */
bool auth_password_is_old(const char *hash);

/* A password to read aloud, "tavo-milu-seka-rofi-4827": yours, g_free. 60 bits of entropy. */
char *auth_password_new(void);

/* --- tokens: session, invitation, reset, calendar feed --- */

#define AUTH_TOKEN_SIZE 44  /* 256 bits in base64url, and a NUL */
#define AUTH_STORED_SIZE 65 /* 256 bits in lower-case hex, and a NUL */

/* Random, 43 characters of A-Z a-z 0-9 - and _. */
void auth_token_new(char ret_token[AUTH_TOKEN_SIZE]);
/* What of a token is stored, so that who reads the database cannot use it: BLAKE2b-256. Any text. */
void auth_token_stored(const char *token, char ret_stored[AUTH_STORED_SIZE]);
/* Same bytes? Takes as long for the first byte that differs as for the last. NULL equals nothing. */
bool auth_equal(const char *a, const char *b);

#define AUTH_KEY_SIZE 32
void auth_key_new(unsigned char ret_key[AUTH_KEY_SIZE]);

/**
 * A code that only who has the key can make: HMAC-SHA-512-256 in base64url.
 *   purpose  what it is for ("csrf", "flash"), so that a code for one is none for another.
 *   text     what it vouches for, such as a session's token.
 */
void auth_code(const unsigned char key[AUTH_KEY_SIZE], const char *purpose, const char *text,
               char ret_code[AUTH_TOKEN_SIZE]);

/* --- the brake on guessing --- */

typedef struct AuthBrake AuthBrake;

typedef struct {
    int free_tries;     /* go without waiting; > 0 */
    int64_t first;      /* microseconds to wait after those; doubles with each further failure */
    int64_t longest;    /* microseconds to wait at most */
    int64_t forget;     /* microseconds until one failure is forgotten; > 0 */
    size_t max_entries; /* keys remembered, rounded up to 8 << n; the least pressing give way */
} AuthBrakeRule;

/* Five tries, then 1 s doubling to 15 min, one forgotten in 15 min: some 100 guesses a day. */
extern const AuthBrakeRule auth_account_rule;
/* A whole municipality may share an address: fifty tries, then 1 s doubling to 1 min. */
extern const AuthBrakeRule auth_address_rule;

AuthBrake *auth_brake_new(const AuthBrakeRule *rule); /* yours; the rule is copied */
void auth_brake_free(AuthBrake *brake);               /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AuthBrake, auth_brake_free)

/**
 * Ask to try once. Asking and counting are one step, so that a hundred tries at the same moment
 * are a hundred: a try counts as failed until auth_brake_succeeded() takes it back.
 *   key  what is tried: an e-mail address (also an unknown one), or a client's address.
 *   now  microseconds UTC; a parameter, so that tests own the clock.
 * Returns 0 when the try may go on, else the microseconds to wait; then nothing is counted.
 */
int64_t auth_brake_try(AuthBrake *brake, const char *key, int64_t now);
void auth_brake_succeeded(AuthBrake *brake, const char *key);

/* The brakes all sign-ins of this process share, by e-mail address and by client; never freed. */
AuthBrake *auth_account_brake(void);
AuthBrake *auth_address_brake(void);
/* Of one-time codes, by person: six digits are soon guessed without it. */
AuthBrake *auth_code_brake(void);

/* --- one-time codes of an app (TOTP), and what they are kept with --- */

#define AUTH_TOTP_SIZE 33    /* 160 bits in base32, and a NUL */
#define AUTH_TOTP_SECONDS 30 /* one step */

/* A fresh secret, 32 characters of A-Z 2-7, as it is typed into an app. */
void auth_totp_new(char ret_secret[AUTH_TOTP_SIZE]);
/**
 * Is this the code of the moment? One step early or late is let through.
 *   secret    base32.    code  as typed; blanks are passed over, six digits must remain.
 *   now       microseconds UTC.
 *   after     the step whose code was used last: no code of it or an older one is good; -1: none was.
 *   ret_step  the step the code belongs to, to be kept as the last one.
 * Source: RFC 6238 (SHA-1, 30 s, 6 digits), section 5.2 on using a code once.
 */
bool auth_totp_check(const char *secret, const char *code, int64_t now, int64_t after,
                     int64_t *ret_step);
/* The code of that step, for tests: six digits and a NUL. false when the secret is none. */
bool auth_totp_at(const char *secret, int64_t step, char ret_code[7]);
/* "otpauth://totp/ISSUER:ACCOUNT?secret=...&issuer=ISSUER", yours. Source: Google's key URI format. */
char *auth_totp_uri(const char *secret, const char *issuer, const char *account);

#define AUTH_RECOVERY_SIZE 20 /* "abcd-efgh-jkmn-pqrs" and a NUL: 80 bits */
void auth_recovery_new(char ret_code[AUTH_RECOVERY_SIZE]);
/* What of a recovery code is stored, however it was typed (capitals, blanks, no dashes, o for 0). */
void auth_recovery_stored(const char *code, char ret_stored[AUTH_STORED_SIZE]);

/**
 * A QR code as the path of an SVG whose unit is one module; "M4 4h7v1h-7z..." with the quiet zone of
 * four modules left out around it.
 *   ret_size  modules of a side, the quiet zone counted.
 * Returns the path, yours; NULL when the text is too long. Source: ISO/IEC 18004, level M.
 */
char *auth_qr_path(const char *text, int *ret_size);

/* --- secrets that must be read again: kept under the installation's key --- */

/* The setting "secret", once at the start, before any thread; NULL or "": there is none. */
void auth_secret_set(const char *secret);
/* The key that follows from it; false when there is none. */
bool auth_secret_key(unsigned char ret_key[AUTH_KEY_SIZE]);
/**
 * Encrypt a text for the database: XSalsa20-Poly1305 under a key for this purpose alone.
 *   purpose  what it is ("epost-passord"), so that a text cannot be put in another's place.
 * Returns base64, yours.
 */
char *auth_seal(const unsigned char key[AUTH_KEY_SIZE], const char *purpose, const char *text);
/* What was sealed, yours; NULL when the key or the purpose is another one, or a bit has changed. */
char *auth_open(const unsigned char key[AUTH_KEY_SIZE], const char *purpose, const char *sealed);
