/* id.c - ids: time in the high bits so that rows lie in the order they came, chance in the low.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "db.h"
#include <stdatomic.h>

#define EPOCH_MS INT64_C(1577836800000) /* 2020-01-01T00:00:00Z */
#define RANDOM_BITS 22
#define DIGITS 13 /* of 5 bits: 65, so that the first digit is at most 7 */

/* Crockford's base32, lower case: no i, l, o, u. */
static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

int64_t id_new(void)
{
    /* lint: state — the highest id this process has given out; ids must rise across threads */
    static _Atomic int64_t last;
    int64_t ms = g_get_real_time() / 1000 - EPOCH_MS;
    int64_t id = ms << RANDOM_BITS | (int64_t)(g_random_int() & ((1U << RANDOM_BITS) - 1));
    int64_t before = atomic_load(&last);
    int64_t next;

    /* Not above the last one (same millisecond, or the clock went back): a small random step on. */
    do {
        next = id > before ? id : before + 1 + (int64_t)(g_random_int() & 0xff);
    } while (!atomic_compare_exchange_weak(&last, &before, next));
    return next;
}

const char *id_text(int64_t id, char buf[ID_TEXT])
{
    uint64_t rest = (uint64_t)id;

    for (int i = DIGITS; i-- > 0; rest >>= 5)
        buf[i] = alphabet[rest & 31];
    buf[DIGITS] = '\0';
    return buf;
}

int64_t id_parse(const char *text)
{
    uint64_t id = 0;

    if (!text || strlen(text) != DIGITS || text[0] > '7')
        return 0;
    for (int i = 0; i < DIGITS; i++) {
        const char *digit = strchr(alphabet, text[i]);

        if (!digit)
            return 0;
        id = id << 5 | (uint64_t)(digit - alphabet);
    }
    return id <= INT64_MAX ? (int64_t)id : 0;
}
