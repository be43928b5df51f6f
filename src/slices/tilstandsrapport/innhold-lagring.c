/* innhold-lagring.c - freezing a report's content, and reading a frozen version back.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "innhold-deler.h"
#include "innhold.sql.h"

typedef struct {
    int64_t owner;
    const Report *report;
    const char *today;
    int64_t now, version;
} Freezing;

/* One audience: what it may see as JSON, and what its gate gave. */
typedef struct {
    char *json;
    GPtrArray *released; /* Released * in the arena */
    const char *rules;
} Side;

static void side_clear(Side *side)
{
    g_clear_pointer(&side->json, g_free);
    g_clear_pointer(&side->released, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Side, side_clear)

static bool compose_side(Db *db, Arena *arena, const Freezing *f, Audience audience, Side *side,
                         GError **error)
{
    Content content;

    side->released = g_ptr_array_new();
    if (!tilstandsrapport_compose_kept(db, arena, f->report, audience, f->today, side->released,
                                       &content, error))
        return false;
    side->json = tilstandsrapport_to_json(&content);
    side->rules = content.rules;
    return true;
}

/* Each audience's content has a hash of its own: one over both would let the public try guesses about
 * masked figures against it. */
static char *hash_of(const char *json)
{
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, json, -1);
}

static bool store(Db *db, const Freezing *f, const Side *open, const Side *internal, GError **error)
{
    g_auto(VersjonLastRows) last = { 0 };
    g_autofree char *hash = hash_of(open->json), *internal_hash = hash_of(internal->json);

    if (!versjon_last(db, f->owner, f->report->id, &last, error))
        return false;
    const VersjonInsertArgs args = {
        .owner = f->owner,
        .id = f->version,
        .rapport = f->report->id,
        .nr = last.n ? last.v[0].nr + 1 : 1,
        .made_on = f->today,
        .made_at = f->now,
        .rules = open->rules,
        .sha256 = hash,
        .open = open->json,
        .internal = internal->json,
        .internal_sha256 = internal_hash,
    };
    return versjon_insert(db, &args, error);
}

static bool log_side(Db *db, const Freezing *f, Audience audience, const Side *side, GError **error)
{
    for (guint i = 0; i < side->released->len; i++)
        if (!skjerming_log(db, f->owner, f->version, audience, side->released->pdata[i], f->now,
                           error))
            return false;
    return true;
}

static bool freeze_work(Db *db, void *arg, GError **error)
{
    Freezing *f = arg;
    g_autoptr(Arena) arena = arena_new();
    g_auto(Side) open = { 0 }, internal = { 0 };

    f->version = id_new();
    return compose_side(db, arena, f, AUDIENCE_PUBLIC, &open, error) &&
           compose_side(db, arena, f, AUDIENCE_INTERNAL, &internal, error) &&
           store(db, f, &open, &internal, error) &&
           log_side(db, f, AUDIENCE_PUBLIC, &open, error) &&
           log_side(db, f, AUDIENCE_INTERNAL, &internal, error);
}

bool tilstandsrapport_freeze(Db *db, int64_t owner, const Report *report, const char *today,
                             int64_t now, int64_t *ret_version, GError **error)
{
    Freezing f = { .owner = owner, .report = report, .today = today, .now = now };

    if (!db_transaction(db, freeze_work, &f, error))
        return false;
    *ret_version = f.version;
    return true;
}

bool tilstandsrapport_freeze_as(Db *db, int64_t owner, const Report *report, const Content *open,
                                const Content *internal, const char *today, int64_t now,
                                int64_t *ret_version, GError **error)
{
    const Freezing f = { owner, report, today, now, .version = id_new() };
    g_auto(Side) public = { .json = tilstandsrapport_to_json(open), .rules = open->rules };
    g_auto(Side) inner = { .json = tilstandsrapport_to_json(internal), .rules = internal->rules };

    if (!store(db, &f, &public, &inner, error))
        return false;
    *ret_version = f.version;
    return true;
}

bool tilstandsrapport_load(Db *db, Arena *arena, int64_t owner, int64_t version, Audience audience,
                           Content *ret, const char **ret_hash, GError **error)
{
    g_auto(VersjonSelectRows) rows = { 0 };

    if (!versjon_select(db, owner, version, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such version of a report");
    g_autofree char *hash = hash_of(rows.v[0].open), *inner = hash_of(rows.v[0].internal);
    if (strcmp(hash, rows.v[0].sha256) || strcmp(inner, rows.v[0].internal_sha256))
        return app_fail(error, APP_ERROR_DB,
                        "a frozen report is damaged: its content is not what was hashed");
    if (!tilstandsrapport_from_json(
            arena, audience == AUDIENCE_PUBLIC ? rows.v[0].open : rows.v[0].internal, ret, error))
        return false;
    if (ret_hash)
        *ret_hash = arena_dup(arena, hash);
    return true;
}
