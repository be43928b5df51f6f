/* postgresql.c - running queries and transactions on a connection of the pool.
 *
 * A transaction is SERIALIZABLE, so that work which is right alone is right in company, as it is
 * on SQLite; what PostgreSQL refuses for that reason is run again.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pglink.h"

/* Types every parameter is sent with, so that nothing is inferred (catalog/pg_type.dat). */
static Oid param_oid(DbType type)
{
    static const Oid oids[] = { [DB_INT] = 20, [DB_REAL] = 701, [DB_TEXT] = 25, [DB_BLOB] = 17 };

    return oids[type];
}

static bool finish(Db *db, PGresult *r, const char *what, GError **error)
{
    ExecStatusType status = libpq.resultStatus(r);
    bool ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
              link_fail(db->link, r, what, error);

    libpq.clear(r);
    return ok;
}

bool pg_exec(Db *db, const char *sql, GError **error)
{
    if (!db->depth && !link_revive(db->link, error))
        return false;
    return finish(db, libpq.exec(db->link->pg, sql), "postgresql", error);
}

/* --- whose rows --- */

static bool apply_owner(Db *db, int64_t owner, GError **error)
{
    PgLink *link = db->link;
    char text[32] = "";
    const char *const values[] = { text };

    if (link->owner == owner)
        return true;
    if (owner)
        g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, owner);
    PGresult *r = libpq.execParams(link->pg, "SELECT set_config('oppvekst.owner', $1, false)", 1,
                                   NULL, values, NULL, NULL, 0);

    if (!finish(db, r, "owner", error))
        return false;
    link->owner = owner;
    link->owner_changed = db->depth > 0;
    return true;
}

static void owner_rolled_back(Db *db)
{
    if (db->link->owner_changed)
        db->link->owner = OWNER_UNKNOWN;
}

/* --- one query --- */

static const char *prepare(Db *db, const DbQuery *query, GError **error)
{
    PgLink *link = db->link;
    const PgStatement *known = g_hash_table_lookup(link->prepared, query);

    if (known && known->sql == query->postgresql)
        return known->name;
    g_autofree Oid *oids = g_new0(Oid, query->n_params + 1);
    PgStatement *s = g_new0(PgStatement, 1);

    s->sql = query->postgresql;
    g_snprintf(s->name, sizeof s->name, "q%u", ++link->n_prepared);

    for (int i = 0; i < query->n_params; i++)
        oids[i] = param_oid(query->params[i].type);
    PGresult *r = libpq.prepare(link->pg, s->name, s->sql, query->n_params, oids);

    if (!finish(db, r, query->name, error)) {
        g_free(s);
        return NULL;
    }
    g_hash_table_insert(link->prepared, (void *)query, s);
    return s->name;
}

typedef struct {
    const char **values;
    int *lengths, *formats;
    char (*texts)[40]; /* of numbers */
} Binding;

static void bind_values(Binding *b, const DbQuery *query, const DbValue *values)
{
    for (int i = 0; i < query->n_params; i++) {
        const DbValue *v = &values[i];

        if (value_is_null(v))
            continue;
        b->values[i] = v->type == DB_TEXT || v->type == DB_BLOB ? v->s : b->texts[i];
        if (v->type == DB_INT)
            g_snprintf(b->texts[i], sizeof b->texts[i], "%" G_GINT64_FORMAT, v->i);
        else if (v->type == DB_REAL)
            g_ascii_dtostr(b->texts[i], sizeof b->texts[i], v->d);
        b->formats[i] = v->type == DB_BLOB;
        b->lengths[i] = v->type == DB_BLOB ? (int)v->i : 0;
    }
}

static PGresult *send(Db *db, const char *name, const DbQuery *query, const DbValue *values)
{
    size_t n = (size_t)query->n_params + 1;
    g_autofree const char **texts = g_new0(const char *, n);
    g_autofree int *lengths = g_new0(int, n), *formats = g_new0(int, n);
    g_autofree char(*numbers)[40] = g_malloc0(n * sizeof *numbers);
    Binding b = { texts, lengths, formats, numbers };

    bind_values(&b, query, values);
    return libpq.execPrepared(db->link->pg, name, query->n_params, texts, lengths, formats, 0);
}

static bool read_cell(const PGresult *r, int row, int column, RowSink *sink, GError **error)
{
    Cell cell = { .null = libpq.getisnull(r, row, column) != 0 };
    const char *text = libpq.getvalue(r, row, column);
    unsigned char *bytes = NULL;

    if (!cell.null) {
        switch (sink->query->columns[column].type) {
        case DB_INT:
            cell.i = g_ascii_strtoll(text, NULL, 10);
            break;
        case DB_REAL:
            cell.d = g_ascii_strtod(text, NULL);
            break;
        case DB_TEXT:
            cell.s = text;
            cell.len = (size_t)libpq.getlength(r, row, column);
            break;
        case DB_BLOB:
            bytes = libpq.unescapeBytea((const unsigned char *)text, &cell.len);
            cell.s = (const char *)bytes;
            break;
        }
    }
    bool ok = rows_cell(sink, column, &cell, error);

    libpq.freemem(bytes);
    return ok;
}

static bool read_rows(const PGresult *r, RowSink *sink, GError **error)
{
    for (int row = 0; row < libpq.ntuples(r); row++) {
        for (int i = 0; i < sink->query->n_columns; i++)
            if (!read_cell(r, row, i, sink, error))
                return false;
        rows_next(sink);
    }
    return true;
}

static bool try_once(Db *db, const DbQuery *query, const DbValue *values, RowSink *sink,
                     GError **error)
{
    const char *name;

    if (!apply_owner(db, query->all_owners ? 0 : db->owner, error) ||
        !(name = prepare(db, query, error)))
        return false;
    PGresult *r = send(db, name, query, values);
    ExecStatusType status = libpq.resultStatus(r);
    bool ok = (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
                  ? read_rows(r, sink, error)
                  : link_fail(db->link, r, query->name, error);

    db->changed = db->changed || (ok && query->writes && strcmp(libpq.cmdTuples(r), "0"));
    libpq.clear(r);
    return ok;
}

/* Outside a transaction: once more when the connection went away under a query that only reads,
 * and again after a deadlock. A write whose answer was lost is never sent twice. */
static bool run_alone(Db *db, const DbQuery *query, const DbValue *values, RowSink *sink,
                      GError **error)
{
    for (int try = 0;; try++) {
        g_autoptr(GError) why = NULL;

        db->link->retry = false;
        if (!link_revive(db->link, error))
            return false;
        if (try_once(db, query, values, sink, &why))
            return true;
        bool again = db->link->retry || (link_lost(db->link) && !query->writes && try == 0);

        if (!again || sink->n || try + 1 >= MAX_TRIES)
            return app_pass(error, &why);
        db_pause(try);
    }
}

bool pg_run(Db *db, const DbQuery *query, const DbValue *values, RowSink *sink, GError **error)
{
    if (!db->depth)
        return run_alone(db, query, values, sink, error);
    return try_once(db, query, values, sink, error);
}

/* --- transactions --- */

#define QUEUE_KEY "7526768904" /* any number of our own, the same in every program */
/* Of the two numbers of a turn the first is ours, the second the owner's; owners whose digests meet
 * wait for each other and nothing worse. */
#define TURN_OF "752676891, hashint8(%" G_GINT64_FORMAT ")"

static bool begin(Db *db, GError **error)
{
    const char *sql = "BEGIN ISOLATION LEVEL SERIALIZABLE";
    g_autoptr(GError) why = NULL;

    if (pg_exec(db, sql, &why))
        return true;
    /* it can still break between our look and our word; nothing has been done yet */
    if (!link_lost(db->link))
        return app_pass(error, &why);
    return pg_exec(db, sql, error);
}

/* In the same message as the commit: who waits for the turn has it the moment the rows are there. */
static bool commit(Db *db, GError **error)
{
    char sql[128] = "COMMIT";

    /* PostgreSQL would take it for a rollback and say nothing */
    if (libpq.transactionStatus(db->link->pg) == PQTRANS_INERROR)
        return app_fail(error, APP_ERROR_DB, "a unit of work went on after a query had failed");
    if (db->turn != NO_TURN)
        g_snprintf(sql, sizeof sql, "COMMIT; SELECT pg_advisory_unlock(" TURN_OF ")", db->turn);
    if (!pg_exec(db, sql, error))
        return false;
    db->turn = NO_TURN;
    return true;
}

static bool one_try(Db *db, DbWork work, void *arg, GError **error)
{
    g_autoptr(GError) why = NULL;

    db->link->retry = false;
    if (!begin(db, error))
        return false;
    db->link->owner_changed = false;
    db->depth = 1;
    bool ok = work(db, arg, &why);

    ok = ok && commit(db, &why);
    if (!ok) {
        bool retry = db->link->retry;

        pg_exec(db, "ROLLBACK", NULL);
        owner_rolled_back(db);
        db->link->retry = retry;
    }
    db->depth = 0;
    if (ok) {
        g_atomic_pointer_add(&db->store->commits, 1);
        return true;
    }
    return why ? app_pass(error, &why)
               : app_fail(error, APP_ERROR_DB, "a unit of work failed without saying why");
}

/* Who loses queues with the other losers, outside of any transaction, so that a row everybody wants
 * is not fought over for ever; and goes on queueing for a while, lest the winner of one round beat
 * the head of the queue in the next. */
#define HOT 8 /* transactions that queue after one that lost */

static bool queue_up(Db *db)
{
    return pg_exec(db, "SELECT pg_advisory_lock(" QUEUE_KEY ")", NULL);
}

/* Once: who joins two chains in one transaction has one turn and fights for the other. */
static bool needs_another_turn(const Db *db)
{
    return !db->link->switched && db->needed_turn != NO_TURN && db->needed_turn != db->turn;
}

static bool try_often(Db *db, DbWork work, void *arg, bool *ret_queued, GError **error)
{
    for (int try = 0;; try++) {
        g_autoptr(GError) why = NULL;

        if (!*ret_queued && db->link->hot > 0)
            *ret_queued = queue_up(db);
        db->needed_turn = NO_TURN;
        if (one_try(db, work, arg, &why))
            return true;
        if (!db->link->retry || needs_another_turn(db) || try + 1 == MAX_TRIES)
            return app_pass(error, &why);
        db->link->hot = HOT;
        g_atomic_pointer_add(&db->store->retries, 1);
        db_pause(*ret_queued ? 0 : try);
    }
}

static bool try_queueing(Db *db, DbWork work, void *arg, GError **error)
{
    bool queued = false;
    bool ok = try_often(db, work, arg, &queued, error);

    db->link->hot -= db->link->hot > 0;
    /* a lost connection has lost the lock, too */
    if (queued && !link_lost(db->link))
        pg_exec(db, "SELECT pg_advisory_unlock(" QUEUE_KEY ")", NULL);
    return ok;
}

/* Taken before the transaction begins, so that its snapshot has what the one before it wrote; and
 * before the queue of the losers, never after, so that no two wait for each other. */
static bool try_in_turn(Db *db, int64_t owner, DbWork work, void *arg, GError **error)
{
    char sql[96];

    g_snprintf(sql, sizeof sql, "SELECT pg_advisory_lock(" TURN_OF ")", owner);
    if (!pg_exec(db, sql, error))
        return false;
    db->turn = owner;
    bool ok = try_queueing(db, work, arg, error);

    g_snprintf(sql, sizeof sql, "SELECT pg_advisory_unlock(" TURN_OF ")", owner);
    if (db->turn != NO_TURN && !link_lost(db->link))
        pg_exec(db, sql, NULL);
    db->turn = NO_TURN;
    return ok;
}

/* Whoever joins a chain in the middle of the work cannot take its turn then: it goes on as it is, and if
 * another was first, begins anew in that turn. */
static bool begin_in_turn(Db *db, int64_t turn, DbWork work, void *arg, GError **error)
{
    PgLink *link = db->link;
    g_autoptr(GError) why = NULL;

    link->switched = false;
    bool ok = turn == NO_TURN ? try_queueing(db, work, arg, &why)
                              : try_in_turn(db, turn, work, arg, &why);

    if (ok || !link->retry || db->needed_turn == NO_TURN || db->needed_turn == turn)
        return ok || app_pass(error, &why);
    g_atomic_pointer_add(&db->store->retries, 1);
    link->switched = true;
    return try_in_turn(db, db->needed_turn, work, arg, error);
}

bool pg_transaction_in_turn(Db *db, DbWork work, void *arg, GError **error)
{
    return begin_in_turn(db, db->owner, work, arg, error);
}

/* One that has joined a chain will do so again: what comes next on this connection takes the turn at
 * once, lest those in turn lose to us again and again. */
bool pg_transaction(Db *db, DbWork work, void *arg, GError **error)
{
    PgLink *link = db->link;
    int64_t turn = link->joins > 0 ? link->joined : NO_TURN;

    link->joins -= link->joins > 0;
    bool ok = begin_in_turn(db, turn, work, arg, error);

    if (db->needed_turn != NO_TURN) {
        link->joined = db->needed_turn;
        link->joins = HOT;
    }
    return ok;
}
