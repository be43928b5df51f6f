/* pglink.h - one connection to a PostgreSQL, as the pool and the engine see it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "inside.h"
#include "libpq.h"

#define OWNER_UNKNOWN (-1)

typedef struct {
    const char *sql; /* what it was prepared from */
    char name[16];
} PgStatement;

struct PgLink {
    PGconn *pg;
    GHashTable *prepared; /* const DbQuery * -> PgStatement * */
    unsigned n_prepared;  /* ever, so that names are not used again */
    int64_t owner;        /* what row-level security is set to; 0: all; OWNER_UNKNOWN */
    bool owner_changed;   /* inside the transaction that is open, so a rollback changes it back */
    int hot;              /* how many of the next transactions queue at once */
    int joins;            /* how many of the next transactions go in the turn of... */
    int64_t joined;       /* ...this owner, whose chain one before them joined half-way */
    bool switched;        /* this transaction has changed turns already */
    bool retry;           /* the last failure may pass if the transaction is begun anew */
};

PgLink *link_new(const char *url, GError **error);
void link_free(void *link);
/* Sees to it that the connection is there before something new begins: no statement is under way. */
bool link_revive(PgLink *link, GError **error);
/* Sets `error` from a failed result; `what` is the query's name. Returns false. */
bool link_fail(PgLink *link, const PGresult *result, const char *what, GError **error);
bool link_lost(const PgLink *link);
