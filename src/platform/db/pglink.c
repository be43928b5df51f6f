/* pglink.c - connecting to a PostgreSQL, noticing that it went away, and naming its errors.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pglink.h"
#include <poll.h>

static void no_notice(void *arg, const PGresult *result)
{
    (void)arg;
    (void)result;
}

static void forget(PgLink *link)
{
    g_hash_table_remove_all(link->prepared);
    link->owner = OWNER_UNKNOWN;
    link->owner_changed = false;
}

/* A fresh session: what it is to know before the first statement. */
static bool set_up(PgLink *link, GError **error)
{
    PGresult *r;
    bool ok;

    forget(link);
    libpq.setNoticeProcessor(link->pg, NULL, NULL);
    libpq.setNoticeReceiver(link->pg, no_notice, NULL);
    r = libpq.exec(link->pg, "SET client_min_messages = warning; SET client_encoding = 'UTF8';"
                             "SET bytea_output = 'hex'; SET extra_float_digits = 1;"
                             "SET standard_conforming_strings = on");
    ok = libpq.resultStatus(r) == PGRES_COMMAND_OK || link_fail(link, r, "postgresql", error);
    libpq.clear(r);
    return ok;
}

PgLink *link_new(const char *url, GError **error)
{
    PgLink *link;
    bool ok;

    if (!libpq_load(error))
        return NULL;
    link = g_new0(PgLink, 1);
    link->prepared = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    link->pg = libpq.connectdb(url);
    ok = libpq.status(link->pg) == CONNECTION_OK || link_fail(link, NULL, "postgresql", error);
    if (ok && set_up(link, error))
        return link;
    link_free(link);
    return NULL;
}

void link_free(void *data)
{
    PgLink *link = data;

    libpq.finish(link->pg);
    g_hash_table_unref(link->prepared);
    g_free(link);
}

bool link_lost(const PgLink *link)
{
    return libpq.status(link->pg) != CONNECTION_OK;
}

bool link_revive(PgLink *link, GError **error)
{
    struct pollfd fd = { .fd = libpq.socket(link->pg), .events = POLLIN };

    /* Between statements the server is silent: what can be read is its farewell, or its end. */
    if (!link_lost(link) && poll(&fd, 1, 0) > 0)
        libpq.consumeInput(link->pg);
    if (!link_lost(link))
        return true;
    libpq.reset(link->pg);
    if (link_lost(link))
        return link_fail(link, NULL, "postgresql", error);
    return set_up(link, error);
}

static AppError error_code(const char *state)
{
    static const struct {
        const char *state; /* SQLSTATE or its class; PostgreSQL manual, appendix A */
        AppError code;
    } codes[] = {
        { "23505", APP_ERROR_CONFLICT }, /* unique_violation */
        { "23", APP_ERROR_INVALID },     /* the other integrity constraints */
        { "40001", APP_ERROR_BUSY },     /* serialization_failure */
        { "40P01", APP_ERROR_BUSY },     /* deadlock_detected */
        { "55P03", APP_ERROR_BUSY },     /* lock_not_available */
        { "53300", APP_ERROR_BUSY },     /* too_many_connections */
        { "57P01", APP_ERROR_BUSY },     /* admin_shutdown */
        { "57P02", APP_ERROR_BUSY },     /* crash_shutdown */
        { "57P03", APP_ERROR_BUSY },     /* cannot_connect_now */
    };

    for (size_t i = 0; state && i < G_N_ELEMENTS(codes); i++)
        if (g_str_has_prefix(state, codes[i].state))
            return codes[i].code;
    return APP_ERROR_DB;
}

bool link_fail(PgLink *link, const PGresult *result, const char *what, GError **error)
{
    const char *state = result ? libpq.resultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    /* the primary message only: its detail quotes the row, and rows do not belong in a log */
    const char *message = result ? libpq.resultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    g_autofree char *text = g_strstrip(g_strdup(message ? message : libpq.errorMessage(link->pg)));

    link->retry = state && (!strcmp(state, "40001") || !strcmp(state, "40P01"));
    /* libpq tells of a server that is away without a state: it will be back */
    return app_fail(error, !state && link_lost(link) ? APP_ERROR_BUSY : error_code(state), "%s: %s",
                    what, text);
}
