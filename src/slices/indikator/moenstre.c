/* moenstre.c - when patterns are worked out: after an import, and by the clock.
 *
 * The change marks its systems in its own transaction; they are worked out after it, so that nobody
 * waits for a solver, and what is not worked out yet shows nothing.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "eier.h"
#include "lenket.h"
#include "moenstre.sql.h"

#define AT_ONCE 400 /* systems worked out after an import; the clock takes the rest */

static bool mark_one(Db *db, Arena *arena, int64_t owner, const char *code, const char *period,
                     GHashTable *done, GError **error)
{
    const char *family = indikator_family(arena, code);

    return !g_hash_table_add(done, arena_printf(arena, "%s %s", family, period)) ||
           skjerming_linked_mark(db, owner, family, period, error);
}

static bool mark_public(Db *db, Arena *arena, int64_t dataset, GHashTable *done, GError **error)
{
    g_auto(MoenstrePublicPeriodsOfRows) rows = { 0 };

    if (!moenstre_public_periods_of(db, dataset, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (!mark_one(db, arena, 0, rows.v[i].indikator, rows.v[i].period, done, error))
            return false;
    return true;
}

bool indikator_link_mark(Db *db, int64_t owner, int64_t dataset, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GHashTable) done = g_hash_table_new(g_str_hash, g_str_equal);
    g_auto(MoenstrePeriodsOfRows) rows = { 0 };

    if (!owner)
        return mark_public(db, arena, dataset, done, error);
    if (!moenstre_periods_of(db, owner, dataset, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (!mark_one(db, arena, owner, rows.v[i].indikator, rows.v[i].period, done, error))
            return false;
    return true;
}

static bool work_out(Db *db, int64_t owner, const LinkedKey *key, const char *today, int64_t now,
                     GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Linked) linked = NULL;

    return indikator_read_linked(db, arena, owner, key->family, key->period, today, &linked,
                                 error) &&
           skjerming_work_out(db, linked, key->mark, today, now, error);
}

static bool link_owner(Db *db, int64_t owner, const char *today, int64_t now, int64_t *n,
                       GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    LinkedKeys keys;

    if ((!today && !eier_today(db, arena, owner, now, &today, error)) ||
        !skjerming_linked_waiting(db, arena, owner, today, &keys, error))
        return false;
    for (size_t i = 0; i < keys.n && *n < AT_ONCE; i++, ++*n)
        if (!work_out(db, owner, &keys.v[i], today, now, error))
            return false;
    return true;
}

bool indikator_link(Db *db, int64_t owner, const char *today, int64_t now, int64_t *ret_n,
                    GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    int64_t before = db_owner(db), n = 0, *owners = &owner;
    size_t n_owners = 1;
    bool well = true;

    if (!owner && !skjerming_linked_owners(db, arena, &owners, &n_owners, error))
        return false;
    for (size_t i = 0; well && i < n_owners; i++) {
        db_set_owner(db, owners[i]);
        well = link_owner(db, owners[i], today, now, &n, error);
    }
    db_set_owner(db, before);
    if (well && ret_n)
        *ret_n = n;
    return well;
}

/* --- by the clock --- */

static bool know_all(Db *db, void *arg, GError **error)
{
    const int64_t *owner = arg;
    g_autoptr(Arena) arena = arena_new();
    g_auto(MoenstreAllRows) rows = { 0 };

    if (!moenstre_all(db, *owner, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (!skjerming_linked_know(db, *owner, indikator_family(arena, rows.v[i].indikator),
                                   rows.v[i].period, error))
            return false;
    return true;
}

/* All of them anew: units and thresholds may be others, and there may be figures from before there
 * were patterns. What stands holds until then. */
bool indikator_run_link(Job *job, GError **error)
{
    g_autofree char *text = NULL;
    LinkedKeys keys;

    if (!job_transaction(job, know_all, &job->owner, error) ||
        !skjerming_linked_all(job->db, job->arena, job->owner, &keys, error))
        return false;
    for (size_t i = 0; i < keys.n; i++)
        if (!work_out(job->db, job->owner, &keys.v[i], job->today, job->now, error) ||
            !job_progress(job, (int64_t)i + 1, (int64_t)keys.n, NULL, error))
            return false;
    text = g_strdup_printf(ngettext("%zu table of linked figures worked out.",
                                    "%zu tables of linked figures worked out.", keys.n),
                           keys.n);
    job_result(job, text, "/skjerming");
    return true;
}
