/* brake.c - the brake on guessing: failures are remembered per key, and each costs twice the last.
 *
 * The memory is fixed from the start, like a processor's cache: a key belongs to one set of eight
 * places, chosen by a keyed hash that nobody outside can foresee. When the set is full the key that
 * has waited out most gives way, so a flood of new keys cannot grow the server or slow it down.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <sodium.h>
#include "auth.h"

#define WAYS 8
#define SECOND INT64_C(1000000)

typedef struct {
    uint64_t tag; /* hash of the key; 0 = free */
    int64_t last; /* when it last failed */
    int failures; /* at that time */
} Entry;

struct AuthBrake {
    AuthBrakeRule rule;
    GMutex mutex;
    unsigned char key[crypto_shorthash_KEYBYTES];
    size_t sets; /* a power of two */
    Entry *entry;
};

const AuthBrakeRule auth_account_rule = { 5, SECOND, 900 * SECOND, 900 * SECOND, 16384 };
const AuthBrakeRule auth_address_rule = { 50, SECOND, 60 * SECOND, 10 * SECOND, 16384 };

AuthBrake *auth_brake_new(const AuthBrakeRule *rule)
{
    AuthBrake *brake = g_new0(AuthBrake, 1);

    g_assert(sodium_init() >= 0);
    g_assert(rule->free_tries > 0 && rule->forget > 0 && rule->first > 0);
    brake->rule = *rule;
    brake->sets = 1;
    while (brake->sets * WAYS < rule->max_entries)
        brake->sets *= 2;
    brake->entry = g_new0(Entry, brake->sets * WAYS);
    g_mutex_init(&brake->mutex);
    randombytes_buf(brake->key, sizeof brake->key);
    return brake;
}

void auth_brake_free(AuthBrake *brake)
{
    if (!brake)
        return;
    g_mutex_clear(&brake->mutex);
    g_free(brake->entry);
    g_free(brake);
}

/* Failures not yet forgotten. A clock that has been set back forgets nothing. */
static int failures_left(const AuthBrake *brake, const Entry *entry, int64_t now)
{
    int64_t forgotten = now > entry->last ? (now - entry->last) / brake->rule.forget : 0;

    return forgotten >= entry->failures ? 0 : entry->failures - (int)forgotten;
}

static int64_t delay(const AuthBrake *brake, const Entry *entry, int64_t now)
{
    const AuthBrakeRule *rule = &brake->rule;
    int64_t wait = rule->first;

    if (entry->failures < rule->free_tries)
        return 0;
    for (int i = rule->free_tries; i < entry->failures && wait < rule->longest; i++)
        wait = wait > rule->longest / 2 ? rule->longest : wait * 2;
    wait = MIN(wait, rule->longest);
    return CLAMP(wait - MAX(now - entry->last, 0), 0, wait);
}

static uint64_t tag_of(const AuthBrake *brake, const char *key)
{
    unsigned char hash[crypto_shorthash_BYTES];
    uint64_t tag;

    crypto_shorthash(hash, (const unsigned char *)key, strlen(key), brake->key);
    memcpy(&tag, hash, sizeof tag);
    return tag ? tag : 1;
}

static Entry *find(AuthBrake *brake, uint64_t tag)
{
    Entry *set = &brake->entry[(tag & (brake->sets - 1)) * WAYS];

    for (int i = 0; i < WAYS; i++)
        if (set[i].tag == tag)
            return &set[i];
    return NULL;
}

/* The place in the key's set that is free, or has fewest failures left, or is oldest. */
static Entry *make_room(AuthBrake *brake, uint64_t tag, int64_t now)
{
    Entry *set = &brake->entry[(tag & (brake->sets - 1)) * WAYS], *best = set;
    int best_left = best->tag ? failures_left(brake, best, now) : -1;

    for (int i = 1; i < WAYS; i++) {
        int left = set[i].tag ? failures_left(brake, &set[i], now) : -1;
        if (left < best_left || (left == best_left && set[i].last < best->last)) {
            best = &set[i];
            best_left = left;
        }
    }
    *best = (Entry){ .tag = tag };
    return best;
}

int64_t auth_brake_try(AuthBrake *brake, const char *key, int64_t now)
{
    g_autoptr(GMutexLocker) lock = g_mutex_locker_new(&brake->mutex);
    uint64_t tag = tag_of(brake, key);
    Entry *entry = find(brake, tag);
    int64_t wait = entry ? delay(brake, entry, now) : 0;

    (void)lock;
    if (wait > 0)
        return wait;
    if (!entry)
        entry = make_room(brake, tag, now);
    entry->failures = MIN(failures_left(brake, entry, now), 1000) + 1;
    entry->last = now;
    return 0;
}

void auth_brake_succeeded(AuthBrake *brake, const char *key)
{
    g_autoptr(GMutexLocker) lock = g_mutex_locker_new(&brake->mutex);
    Entry *entry = find(brake, tag_of(brake, key));

    (void)lock;
    if (entry && entry->failures > 0)
        entry->failures--;
}
