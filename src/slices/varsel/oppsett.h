/* oppsett.h - how an owner's mail is sent: between the outbox, the sender and the page of this slice.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "mail.h"
#include "varsel.h"

typedef struct {
    MailServer server;       /* server NULL: mail is not set up */
    const char *sender;      /* NULL: not known */
    const char *sender_name; /* the owner's name when none is said */
    const char *base_url;    /* without a slash at the end; NULL */
    bool from_page;          /* the server is the page's, not the settings file's */
    bool locked; /* a password is stored that the installation's key does not open any more */
} MailSetup;

/* Everything in the arena. Errors: APP_ERROR_NOT_FOUND (owner), APP_ERROR_DB. */
bool varsel_setup(Db *db, Arena *arena, int64_t owner, MailSetup *ret, GError **error);
bool varsel_ready(const MailSetup *setup);

#define VARSEL_PASSWORD "epost-passord" /* what a sealed password is sealed as */
#define VARSEL_CONTENT "epost-innhold"

extern const JobKind varsel_jobs[];
extern const Retention varsel_retention[];
bool varsel_show_setup(Req *req, GError **error);
bool varsel_store_setup(Req *req, GError **error);
bool varsel_send_again(Req *req, GError **error);
bool varsel_give_up(Req *req, GError **error);
/* Ask the jobs program to send it. */
bool varsel_queue(Db *db, int64_t owner, int64_t id, int64_t now, GError **error);
