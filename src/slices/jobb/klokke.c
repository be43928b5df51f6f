/* klokke.c - jobs that come by the clock, and the queue as operation sees it.
 *
 * Time is cut into slots of a kind's length. Whoever moves the slot of an owner forward in the table
 * adds the job, in the same transaction; the others find it moved. Most seconds no slot is new, and
 * then nothing is asked of the database.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "eier.h"
#include "jobb-inside.h"
#include "klokke.sql.h"

#define MINUTE (INT64_C(60) * G_USEC_PER_SEC)

struct JobbClock {
    GHashTable *slots; /* kind -> the slot seen to, int64_t */
};

JobbClock *jobb_clock_new(void)
{
    JobbClock *clock = g_new0(JobbClock, 1);

    clock->slots = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    return clock;
}

void jobb_clock_free(JobbClock *clock)
{
    if (!clock)
        return;
    g_hash_table_unref(clock->slots);
    g_free(clock);
}

typedef struct {
    const JobKind *kind;
    int64_t owner, slot, now;
} Turn;

static bool add_turn(Db *db, void *arg, GError **error)
{
    const Turn *turn = arg;
    int64_t owner = turn->owner;
    const JobNew job = { .owner = owner, .kind = turn->kind->kind, .title = _(turn->kind->label) };
    g_auto(JobbClockMoveRows) moved = { 0 };
    g_auto(JobbClockBusyRows) busy = { 0 };

    if (!jobb_clock_move(db, owner, turn->kind->kind, turn->slot, &moved, error))
        return false;
    if (!moved.n)
        return true;
    return jobb_clock_busy(db, owner, turn->kind->kind, &busy, error) &&
           (busy.n || (jobb_clock_sweep(db, owner, turn->kind->kind, error) &&
                       jobb_add(db, &job, turn->now, NULL, error)));
}

typedef struct {
    JobbClock *clock;
    Db *db;
    int64_t now;
} Tick;

static bool each_owner(const JobKind *kind, int64_t slot, Tick *tick, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    Lang lang = i18n_current();
    EierList owners;
    bool fine = eier_list(tick->db, arena, &owners, error);

    for (size_t i = 0; fine && i < owners.n; i++) {
        Turn turn = { kind, owners.v[i].id, slot, tick->now };

        i18n_use(owners.v[i].language);
        fine = db_transaction(tick->db, add_turn, &turn, error);
    }
    i18n_use(lang);
    return fine;
}

static bool for_installation(const JobKind *kind, int64_t slot, Tick *tick, GError **error)
{
    Turn turn = { kind, 0, slot, tick->now };
    Lang lang = i18n_current();

    i18n_use(LANG_NB);
    bool fine = db_transaction(tick->db, add_turn, &turn, error);

    i18n_use(lang);
    return fine;
}

static bool add_for(const JobKind *kind, int64_t slot, Tick *tick, GError **error)
{
    bool wanted = true;

    if (kind->wanted && !kind->wanted(tick->db, tick->now, &wanted, error))
        return false;
    if (!wanted)
        return true;
    return kind->shared ? for_installation(kind, slot, tick, error)
                        : each_owner(kind, slot, tick, error);
}

static bool each_kind(const JobKind *kind, void *arg, GError **error)
{
    Tick *tick = arg;
    int64_t slot = kind->every > 0 ? tick->now / (kind->every * MINUTE) : 0;
    const int64_t *seen = g_hash_table_lookup(tick->clock->slots, kind->kind);

    if (kind->every <= 0 || (seen && *seen >= slot))
        return true;
    if (!add_for(kind, slot, tick, error))
        return false;
    g_hash_table_insert(tick->clock->slots, (gpointer)(uintptr_t)kind->kind,
                        g_memdup2(&slot, sizeof slot));
    return true;
}

bool jobb_clock_run(JobbClock *clock, Db *db, int64_t now, GError **error)
{
    Tick tick = { clock, db, now };

    return job_kinds(each_kind, &tick, error);
}

bool jobb_count(Db *db, int64_t ret_n[JOB_CANCELLED + 1], GError **error)
{
    g_auto(JobbCountsRows) rows = { 0 };

    if (!jobb_counts(db, &rows, error))
        return false;
    for (int i = 0; i <= JOB_CANCELLED; i++)
        ret_n[i] = 0;
    for (size_t i = 0; i < rows.n; i++)
        ret_n[jobb_state_of(rows.v[i].state)] = rows.v[i].n;
    return true;
}

bool jobb_list_all(Db *db, Arena *arena, int limit, JobInfoList *ret, GError **error)
{
    g_auto(JobbEverythingRows) rows = { 0 };

    if (!jobb_everything(db, limit, &rows, error))
        return false;
    *ret = (JobInfoList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(JobInfo)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (JobInfo)JOBB_INFO_FROM(rows.v[i], arena);
    return true;
}
