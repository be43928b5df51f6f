/* describe.c - asks a PostgreSQL that has run the migrations whether it reads each query alike.
 *
 * Parameters are given their types, as db_run gives them, so that nothing is inferred.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sqlgen.h"
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

/* pg_type.dat; server/catalog/pg_type_d.h is not among libpq's headers. */
enum {
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_FLOAT4 = 700,
    OID_FLOAT8 = 701,
    OID_BPCHAR = 1042,
    OID_VARCHAR = 1043,
    OID_NUMERIC = 1700
};

static Oid param_oid(DbType type)
{
    static const Oid oids[] = { OID_INT8, OID_FLOAT8, OID_TEXT, OID_BYTEA };

    return oids[type];
}

static bool fits(DbType type, Oid oid)
{
    switch (type) {
    case DB_INT:
        return oid == OID_INT8 || oid == OID_INT4 || oid == OID_INT2;
    case DB_REAL:
        return oid == OID_FLOAT8 || oid == OID_FLOAT4;
    case DB_TEXT:
        return oid == OID_TEXT || oid == OID_VARCHAR || oid == OID_BPCHAR;
    case DB_BLOB:
        return oid == OID_BYTEA;
    }
    return false;
}

static void compare_columns(const Query *q, const PGresult *r, Report *report)
{
    if (PQnfields(r) != (int)q->columns->len) {
        refuse(report, q->file, q->line, "%s: PostgreSQL has %d columns, %u declared", q->name,
               PQnfields(r), q->columns->len);
        return;
    }
    for (int i = 0; i < PQnfields(r); i++) {
        const Field *f = &g_array_index(q->columns, Field, (guint)i);
        Oid oid = PQftype(r, i);

        if (strcmp(PQfname(r, i), f->name))
            refuse(report, q->file, q->line, "%s: column %d is '%s' on PostgreSQL, declared '%s'",
                   q->name, i + 1, PQfname(r, i), f->name);
        if (oid == OID_NUMERIC && f->type != DB_TEXT)
            refuse(report, q->file, q->line,
                   "%s: column %s is numeric on PostgreSQL: write CAST(... AS %s)", q->name,
                   f->name, f->type == DB_INT ? "BIGINT" : "DOUBLE PRECISION");
        else if (!fits(f->type, oid))
            refuse(report, q->file, q->line,
                   "%s: column %s is of type %u on PostgreSQL, declared %s", q->name, f->name, oid,
                   type_name(f->type));
    }
}

static void describe(PGconn *pg, const Query *q, Report *report)
{
    g_autofree Oid *oids = g_new0(Oid, q->params->len + 1);

    for (guint i = 0; i < q->params->len; i++)
        oids[i] = param_oid(g_array_index(q->params, Field, i).type);
    PGresult *r = PQprepare(pg, "", q->text, (int)q->params->len, oids);

    if (PQresultStatus(r) != PGRES_COMMAND_OK) {
        const char *message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);

        refuse(report, q->file, q->line, "%s: PostgreSQL: %s", q->name,
               message ? message : PQerrorMessage(pg));
        PQclear(r);
        return;
    }
    PQclear(r);
    r = PQdescribePrepared(pg, "");
    if (PQresultStatus(r) == PGRES_COMMAND_OK)
        compare_columns(q, r, report);
    else
        refuse(report, q->file, q->line, "%s: PostgreSQL: %s", q->name, PQerrorMessage(pg));
    PQclear(r);
}

bool describe_queries(const char *url, const GPtrArray *queries, Report *report)
{
    PGconn *pg = PQconnectdb(url);
    bool ok = PQstatus(pg) == CONNECTION_OK;

    if (!ok)
        fprintf(stderr, "sqlgen: %s", PQerrorMessage(pg));
    for (guint i = 0; ok && i < queries->len; i++) {
        const Query *q = g_ptr_array_index(queries, i);

        if (q->engine != FOR_SQLITE)
            describe(pg, q, report);
    }
    PQfinish(pg);
    return ok;
}
