/* kjede.c - the chain behind the audit log: joining a line, and walking it to see that all is there.
 *
 * A line joins in one transaction: the end moves on by one, and the line takes its number. On SQLite
 * there is one writer; on PostgreSQL those who write to one chain take turns, and if two have read the same
 * end all the same both want to change its row, and the second begins anew. So no chain ever has two
 * lines of one number.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "kjede.h"
#include "kjede.sql.h"

#define FORM "revisjon-1" /* of what is hashed; another form gets another name */
#define DETAIL_MAX 400

const char revisjon_kjede_start[REVISJON_HASH] =
    "0000000000000000000000000000000000000000000000000000000000000000";

/* --- the hash --- */

static void add_text(GString *into, const char *text)
{
    g_string_append_printf(into, "%zu:%s,", strlen(text), text);
}

static void add_number(GString *into, int64_t number)
{
    char text[24];

    g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, number);
    add_text(into, text);
}

void revisjon_kjede_hash(const AuditNote *n, int64_t seq, const char *prev,
                         char ret_hash[REVISJON_HASH])
{
    g_autoptr(GString) all = g_string_sized_new(400);

    add_text(all, FORM);
    add_number(all, n->owner);
    add_number(all, seq);
    add_number(all, n->at);
    add_number(all, n->person);
    add_text(all, n->role);
    add_text(all, n->act);
    add_number(all, n->object);
    add_number(all, n->subject);
    add_text(all, n->detail);
    add_text(all, n->client);
    add_text(all, prev);
    g_autofree char *hash =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)all->str, all->len);

    g_strlcpy(ret_hash, hash, REVISJON_HASH);
}

/* --- joining --- */

/* Where the chain ends now; makes its first end. */
static bool find_end(Db *db, int64_t owner, int64_t *ret_seq, char ret_hash[REVISJON_HASH],
                     GError **error)
{
    g_auto(RevisjonEndSelectRows) end = { 0 };

    if (!revisjon_end_select(db, owner, &end, error))
        return false;
    if (end.n == 0 && !revisjon_end_insert(db, owner, revisjon_kjede_start, error))
        return false;
    *ret_seq = end.n ? end.v[0].seq : 0;
    g_strlcpy(ret_hash, end.n ? end.v[0].hash : revisjon_kjede_start, REVISJON_HASH);
    return true;
}

/* Moves the end and puts the line there; *ret_joined false: another's line is there. */
static bool insert_line(Db *db, const AuditNote *n, int64_t seq, const char *prev, const char *hash,
                        bool *ret_joined, GError **error)
{
    g_auto(RevisjonEndUpdateRows) moved = { 0 };
    g_auto(RevisjonInsertRows) line = { 0 };
    const RevisjonInsertArgs args = { .owner = n->owner,
                                      .seq = seq,
                                      .at = n->at,
                                      .person = n->person,
                                      .role = n->role,
                                      .act = n->act,
                                      .object = n->object,
                                      .subject = n->subject,
                                      .detail = n->detail,
                                      .client = n->client,
                                      .prev = prev,
                                      .hash = hash };

    /* the end first: it is where two that want the same number meet */
    if (!store_is_postgresql(db_store(db)) &&
        !revisjon_end_update(db, n->owner, seq, hash, &moved, error))
        return false;
    if (!revisjon_insert(db, &args, &line, error))
        return false;
    *ret_joined = line.n > 0;
    return true;
}

static bool join_work(Db *db, void *arg, GError **error)
{
    const AuditNote *n = arg;
    char prev[REVISJON_HASH], hash[REVISJON_HASH];
    int64_t seq;
    bool joined;

    if (!find_end(db, n->owner, &seq, prev, error))
        return false;
    revisjon_kjede_hash(n, ++seq, prev, hash);
    if (!insert_line(db, n, seq, prev, hash, &joined, error))
        return false;
    return joined || app_fail(error, APP_ERROR_BUSY, "the end of the audit log has moved");
}

/* As it is stored: no NULL, nothing longer than its column. */
static AuditNote tidy(const AuditNote *note, char **ret_own)
{
    AuditNote n = *note;

    n.role = n.role ? n.role : "";
    n.client = n.client ? n.client : "";
    n.detail = n.detail ? n.detail : "";
    if (g_utf8_strlen(n.detail, -1) > DETAIL_MAX)
        n.detail = *ret_own = g_utf8_substring(n.detail, 0, DETAIL_MAX);
    return n;
}

bool revisjon_add(Db *db, const AuditNote *note, GError **error)
{
    g_autofree char *own = NULL;
    AuditNote n = tidy(note, &own);
    int64_t owner = db_owner(db);

    if (!n.act || !*n.act)
        return app_fail(error, APP_ERROR_INVALID, "a line of the audit log says what was done");
    db_set_owner(db, n.owner); /* it is that chain's turn, which need not be the request's */
    bool ok = db_transaction_aside(db, join_work, &n, error);

    db_set_owner(db, owner);
    return ok;
}

bool revisjon_end(Db *db, int64_t owner, int64_t *ret_seq, char ret_hash[REVISJON_HASH],
                  GError **error)
{
    g_auto(RevisjonEndSelectRows) end = { 0 };
    int64_t before = db_owner(db);

    db_set_owner(db, owner); /* verify asks for one chain after the other */
    bool ok = revisjon_end_select(db, owner, &end, error);

    db_set_owner(db, before);
    if (!ok)
        return false;
    *ret_seq = end.n ? end.v[0].seq : 0;
    g_strlcpy(ret_hash, end.n ? end.v[0].hash : revisjon_kjede_start, REVISJON_HASH);
    return true;
}

/* --- walking --- */

typedef struct {
    Arena *arena;
    GPtrArray *wrong;
    int64_t owner;
    int64_t seq; /* of the line before */
    char hash[REVISJON_HASH];
    int64_t n;
} Walk;

static void complain(Walk *w, char *text)
{
    g_ptr_array_add(w->wrong, arena_dup(w->arena, text));
    g_free(text);
}

static AuditNote note_of(int64_t owner, const RevisjonWalkRow *r)
{
    return (AuditNote){ .owner = owner,
                        .at = r->at,
                        .person = r->person,
                        .role = r->role,
                        .act = r->act,
                        .object = r->object,
                        .subject = r->subject,
                        .detail = r->detail,
                        .client = r->client };
}

static void check_line(Walk *w, const RevisjonWalkRow *r)
{
    const AuditNote note = note_of(w->owner, r);
    char hash[REVISJON_HASH];

    if (r->seq != w->seq + 1)
        complain(w, g_strdup_printf(_("Audit log: line %s is missing (the next one there is %s)"),
                                    arena_printf(w->arena, "%" G_GINT64_FORMAT, w->seq + 1),
                                    arena_printf(w->arena, "%" G_GINT64_FORMAT, r->seq)));
    else if (strcmp(r->prev, w->hash))
        complain(w, g_strdup_printf(_("Audit log: line %s does not join the line before it"),
                                    arena_printf(w->arena, "%" G_GINT64_FORMAT, r->seq)));
    revisjon_kjede_hash(&note, r->seq, r->prev, hash);
    if (strcmp(hash, r->hash))
        complain(w, g_strdup_printf(_("Audit log: line %s has been changed after it was written"),
                                    arena_printf(w->arena, "%" G_GINT64_FORMAT, r->seq)));
    w->seq = r->seq;
    g_strlcpy(w->hash, r->hash, sizeof w->hash);
    w->n++;
}

static bool begin_at_seal(Db *db, Walk *w, GError **error)
{
    g_auto(RevisjonSealSelectRows) seal = { 0 };

    if (!revisjon_seal_select(db, w->owner, &seal, error))
        return false;
    w->seq = seal.n ? seal.v[0].seq : 0;
    g_strlcpy(w->hash, seal.n ? seal.v[0].hash : revisjon_kjede_start, sizeof w->hash);
    return true;
}

static bool walk_on(Db *db, Walk *w, bool *ret_more, GError **error)
{
    g_auto(RevisjonWalkRows) rows = { 0 };

    if (!revisjon_walk(db, w->owner, w->seq, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        check_line(w, &rows.v[i]);
    *ret_more = rows.n > 0;
    return true;
}

#define ROUNDS 20 /* while others write, the end moves between two looks */

/* The end was moved by the line that is last: else lines have been cut off, or put on behind our back. */
static bool walk_to_end(Db *db, Walk *w, GError **error)
{
    char hash[REVISJON_HASH] = "";
    int64_t seq = -1;

    for (int round = 0; round < ROUNDS && (seq != w->seq || strcmp(hash, w->hash)); round++) {
        for (bool more = true; more;)
            if (!walk_on(db, w, &more, error))
                return false;
        if (!revisjon_end(db, w->owner, &seq, hash, error))
            return false;
    }
    if (seq != w->seq || strcmp(hash, w->hash))
        complain(w,
                 g_strdup_printf(_("Audit log: it ends at line %s, but line %s was written last"),
                                 arena_printf(w->arena, "%" G_GINT64_FORMAT, w->seq),
                                 arena_printf(w->arena, "%" G_GINT64_FORMAT, seq)));
    return true;
}

bool revisjon_kjede_check(Db *db, Arena *arena, int64_t owner, GPtrArray *wrong, int64_t *ret_n,
                          GError **error)
{
    Walk w = { .arena = arena, .wrong = wrong, .owner = owner };

    if (!begin_at_seal(db, &w, error) || !walk_to_end(db, &w, error))
        return false;
    *ret_n = w.n;
    return true;
}

/* --- the oldest part --- */

typedef struct {
    int64_t owner, before, n;
    bool dry;
} Trim;

static bool trim_work(Db *db, void *arg, GError **error)
{
    Trim *t = arg;
    g_auto(RevisjonLastBeforeRows) last = { 0 };
    g_auto(RevisjonCountToRows) count = { 0 };

    t->n = 0;
    if (!revisjon_last_before(db, t->owner, t->before, &last, error))
        return false;
    if (last.n == 0)
        return true;
    const RevisjonLastBeforeRow *line = &last.v[0];

    if (!revisjon_count_to(db, t->owner, line->seq, &count, error))
        return false;
    t->n = count.v[0].n;
    return t->dry || (revisjon_seal_insert(db, t->owner, line->seq, line->hash, g_get_real_time(),
                                           t->n, error) &&
                      revisjon_delete_to(db, t->owner, line->seq, error));
}

bool revisjon_kjede_trim(Db *db, int64_t owner, int64_t before, bool dry, int64_t *ret_n,
                         GError **error)
{
    Trim t = { .owner = owner, .before = before, .dry = dry };

    if (!(dry ? trim_work(db, &t, error) : db_transaction_aside(db, trim_work, &t, error)))
        return false;
    *ret_n = t.n;
    return true;
}
