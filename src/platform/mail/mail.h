/* mail.h - one mail out: written as MIME, handed to an SMTP server, and in plain words what went wrong.
 *
 * The only door to libcurl's SMTP. Knows no table: what waits, and when it is tried again, is the
 * business of the slice varsel.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef enum {
    MAIL_OPEN,     /* no encryption: a relay on the same machine or network */
    MAIL_STARTTLS, /* begins in the open and must go over to TLS (RFC 3207) */
    MAIL_TLS       /* TLS from the first byte (RFC 8314) */
} MailSecurity;

typedef struct {
    const char *server; /* host name or numeric address */
    int port;           /* 1-65535 */
    MailSecurity security;
    const char *user, *password; /* NULL or "": no sign-in */
    const char *ca_file;         /* whom to trust, PEM; NULL: whom the machine trusts */
    int seconds;                 /* for the whole of it; 0: 20 */
} MailServer;

typedef struct {
    const char *from, *from_name; /* names may be NULL or "" */
    const char *to, *to_name;
    const char *subject; /* one line of UTF-8 */
    const char *text;    /* plain text, UTF-8, "\n" */
    const char *id;      /* letters and digits, unique: the left part of Message-ID */
    int64_t at;          /* microseconds UTC */
} Mail;

/* An address that can be sent to: ASCII, one @, no blank, comma or bracket; at most 254 characters.
 * Source: RFC 5321, 4.1.2 (dot-string alone) and 4.5.3.1. */
bool mail_address_valid(const char *address);

/**
 * The mail as it goes over the wire: header fields, an empty line, the text as quoted-printable; CRLF.
 * Subject and names outside ASCII become encoded words. Returns it, yours.
 * Errors: APP_ERROR_INVALID (an address; a line break or control character in subject or name; text
 * that is not UTF-8), so that no value can begin another field.
 * Sources: RFC 5322; RFC 2045, 6.7; RFC 2047; RFC 3834 (Auto-Submitted).
 */
char *mail_compose(const Mail *mail, GError **error);

typedef enum {
    MAIL_FINE,
    MAIL_NO_HOST,      /* the name leads nowhere */
    MAIL_REFUSED,      /* nobody answers there */
    MAIL_TIMEOUT,      /* no answer in time */
    MAIL_NO_TLS,       /* the server does not do the encryption asked for */
    MAIL_CERTIFICATE,  /* its certificate is not to be trusted */
    MAIL_LOGIN,        /* user or password */
    MAIL_BAD_SENDER,   /* it does not let this sender send */
    MAIL_BAD_RECEIVER, /* it does not take mail for this address */
    MAIL_REJECTED,     /* it does not take the mail */
    MAIL_OTHER
} MailTrouble;

/* What it is, translated, and what to do about it: one or two sentences. */
const char *mail_trouble_text(MailTrouble trouble);
/* "no-host": kept in tables. And back; MAIL_OTHER when unknown. */
const char *mail_trouble_code(MailTrouble trouble);
MailTrouble mail_trouble_of(const char *code);

typedef struct {
    MailTrouble trouble;
    bool lasting;     /* to try again would be the same: the server said 5xx of this very mail */
    char answer[200]; /* the server's or the library's own words, in ASCII; "" */
} MailResult;

/**
 * Hand a mail to the server; blocks for at most server->seconds.
 *   ret_result  always set.
 * Errors: APP_ERROR_INVALID (mail_compose's), APP_ERROR_BUSY (everything of MailTrouble).
 */
bool mail_send(const MailServer *server, const Mail *mail, MailResult *ret_result, GError **error);

/* --- what the settings file says; a page may say otherwise --- */

typedef struct {
    MailServer server; /* server NULL: no mail */
    const char *sender;
    const char *base_url; /* "https://oppvekst.example.no"; NULL */
} MailDefaults;
/* Once at the start, before any thread; copied. */
void mail_defaults_set(const MailDefaults *defaults);
const MailDefaults *mail_defaults(void);
