/* forskjell-treff.c - which tokens of two texts stay, by number.
 *
 * Myers' greedy search, with a bound on how much may differ. Paragraphs that stand once in each text are
 * held in place first (patience), so that only what lies between two of them is searched: many small
 * changes cost no more than they are long.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "forskjell-treff.h"

enum {
    MAX_DIFFERENT = 1000, /* edits that are followed before a passage counts as new */
    MAX_TOKENS = 120000   /* of one text that is searched as a whole */
};

/* --- numbers --- */

TokenIds tilstandsrapport_token_ids(size_t most)
{
    TokenIds ids = { .all = g_array_new(FALSE, FALSE, sizeof(Token)), .n_slots = 16 };

    while (ids.n_slots < most * 2)
        ids.n_slots *= 2;
    ids.slots = g_new0(guint32, ids.n_slots);
    return ids;
}

/* FNV-1a. Source: G. Fowler, L. C. Noll, K.-P. Vo, draft-eastlake-fnv. */
static guint64 hash_of(const char *p, size_t len)
{
    guint64 hash = G_GUINT64_CONSTANT(14695981039346656037);

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (guchar)p[i]) * G_GUINT64_CONSTANT(1099511628211);
    return hash ^ (hash >> 32);
}

static void grow(TokenIds *ids)
{
    G_GNUC_UNUSED g_autofree guint32 *old = ids->slots;

    ids->n_slots *= 2;
    ids->slots = g_new0(guint32, ids->n_slots);
    for (guint i = 0; i < ids->all->len; i++) {
        const Token *t = &g_array_index(ids->all, Token, i);
        size_t at = hash_of(t->start, t->len) & (ids->n_slots - 1);

        while (ids->slots[at])
            at = (at + 1) & (ids->n_slots - 1);
        ids->slots[at] = i + 1;
    }
}

static int id_of(TokenIds *ids, const char *p, size_t len)
{
    size_t at = hash_of(p, len) & (ids->n_slots - 1);

    for (; ids->slots[at]; at = (at + 1) & (ids->n_slots - 1)) {
        const Token *t = &g_array_index(ids->all, Token, ids->slots[at] - 1);

        if (t->len == len && !memcmp(t->start, p, len))
            return t->id;
    }
    const Token fresh = { p, len, (int)ids->all->len + 1 };

    g_array_append_val(ids->all, fresh);
    ids->slots[at] = (guint32)fresh.id;
    if (ids->all->len * 2 > ids->n_slots)
        grow(ids);
    return fresh.id;
}

Tokens tilstandsrapport_tokens(const char *text, size_t len, TokenLen length, TokenIds *ids)
{
    Tokens all = { g_array_new(FALSE, FALSE, sizeof(Token)) };

    for (const char *p = text; p < text + len;) {
        size_t size = MIN(length(p), (size_t)(text + len - p));
        const Token token = { p, size, id_of(ids, p, size) };

        g_array_append_val(all.v, token);
        p += size;
    }
    return all;
}

/* --- which tokens stay --- */

static int id_a(const Match *m, int x)
{
    return token_at(m->a, m->from_a + (size_t)x)->id;
}

static int id_b(const Match *m, int y)
{
    return token_at(m->b, m->from_b + (size_t)y)->id;
}

static void keep(Match *m, size_t a, size_t b)
{
    m->keep_a[a] = m->keep_b[b] = true;
}

/* What both begin and end with. */
static void trim(Match *m)
{
    while (m->from_a < m->to_a && m->from_b < m->to_b && id_a(m, 0) == id_b(m, 0))
        keep(m, m->from_a++, m->from_b++);
    while (m->from_a < m->to_a && m->from_b < m->to_b &&
           token_at(m->a, m->to_a - 1)->id == token_at(m->b, m->to_b - 1)->id)
        keep(m, --m->to_a, --m->to_b);
}

/* From the end back along the paths that were furthest after each number of edits. `trail` holds row
 * d at d * d, for diagonals -d..d. */
static void walk_back(Match *m, const int *trail, int d, int x, int y)
{
    for (; d > 0; d--) {
        const int *row = trail + (d - 1) * (d - 1) + (d - 1);
        int k = x - y;
        bool down = k == -d || (k != d && (k - 1 < -(d - 1) ? -1 : row[k - 1]) <
                                              (k + 1 > d - 1 ? -1 : row[k + 1]));
        int before = down ? k + 1 : k - 1, at_x = row[before], at_y = at_x - before;
        int start_x = down ? at_x : at_x + 1, start_y = down ? at_y + 1 : at_y;

        while (x > start_x && y > start_y)
            keep(m, m->from_a + (size_t)--x, m->from_b + (size_t)--y);
        x = at_x;
        y = at_y;
    }
    while (x > 0 && y > 0)
        keep(m, m->from_a + (size_t)--x, m->from_b + (size_t)--y);
}

/* The furthest x on diagonal k after d edits, the equal tokens that follow included. */
static int furthest(const Match *m, const int *row, int d, int k, int n, int n_b)
{
    int left = k - 1 < -(d - 1) || d == 0 ? -1 : row[k - 1];
    int above = k + 1 > d - 1 || d == 0 ? -1 : row[k + 1];
    int x = d == 0 ? 0 : k == -d || (k != d && left < above) ? above : left + 1;
    int y = x - k;

    if (x > n || y > n_b || y < 0) /* outside: nothing leads on from here */
        return MIN(x, n + 1);
    while (x < n && y < n_b && id_a(m, x) == id_b(m, y))
        x++, y++;
    return x;
}

/* What stays in the middle; nothing when more than MAX_DIFFERENT edits are needed. */
static void match_middle(Match *m)
{
    const int n = (int)(m->to_a - m->from_a), n_b = (int)(m->to_b - m->from_b);
    const int most = MIN(MAX_DIFFERENT, n + n_b);
    g_autofree int *trail = NULL;

    if (n == 0 || n_b == 0)
        return;
    trail = g_new(int, (size_t)(most + 1) * (size_t)(most + 1));
    for (int d = 0; d <= most; d++) {
        int *row = trail + d * d + d;
        const int *last = d ? trail + (d - 1) * (d - 1) + (d - 1) : row;

        for (int k = -d; k <= d; k++) { /* diagonals of the other parity cannot be reached */
            row[k] = (d + k) & 1 ? -1 : furthest(m, last, d, k, n, n_b);
            if (row[k] == n && n - k == n_b) {
                walk_back(m, trail, d, n, n_b);
                return;
            }
        }
    }
}

/* --- what stands once in each holds the rest in place --- */

typedef struct {
    int a, b; /* where it stands, from 1 on; 0: nowhere, -1: more than once */
} Place;

typedef struct {
    int a, b;
    int before; /* index of the anchor before it in the longest run that ends here; -1 */
} Anchor;

/* The anchors of both texts, in the order of the first. */
static GArray *anchors_of(const Match *m, size_t n_ids)
{
    g_autofree Place *places = g_new0(Place, n_ids + 1);
    GArray *all = g_array_new(FALSE, FALSE, sizeof(Anchor));

    for (size_t i = m->from_a; i < m->to_a; i++) {
        Place *p = &places[token_at(m->a, i)->id];

        p->a = p->a ? -1 : (int)i + 1;
    }
    for (size_t i = m->from_b; i < m->to_b; i++) {
        Place *p = &places[token_at(m->b, i)->id];

        p->b = p->b ? -1 : (int)i + 1;
    }
    for (size_t i = m->from_a; i < m->to_a; i++) {
        const Place *p = &places[token_at(m->a, i)->id];
        const Anchor anchor = { p->a - 1, p->b - 1, -1 };

        if (p->a > 0 && p->b > 0)
            g_array_append_val(all, anchor);
    }
    return all;
}

/* The longest run of anchors that rise in both texts; the index of its last one, -1: there are none.
 * Source: C. Schensted, "Longest Increasing and Decreasing Subsequences", Canad. J. Math. 13 (1961). */
static int longest_run(GArray *anchors)
{
    g_autofree int *ends =
        g_new(int, anchors->len + 1); /* of a run of each length, the lowest end */
    size_t n = 0;

    for (guint i = 0; i < anchors->len; i++) {
        Anchor *at = &g_array_index(anchors, Anchor, i);
        size_t low = 0, high = n;

        while (low < high) {
            size_t mid = (low + high) / 2;

            if (g_array_index(anchors, Anchor, ends[mid]).b < at->b)
                low = mid + 1;
            else
                high = mid;
        }
        at->before = low ? ends[low - 1] : -1;
        ends[low] = (int)i;
        n = MAX(n, low + 1);
    }
    return n ? ends[n - 1] : -1;
}

/* What stays between two anchors, or between one and an end. */
static void match_gap(const Match *m, size_t a, size_t b, Match *rest)
{
    Match gap = *m;

    gap.from_a = a;
    gap.from_b = b;
    gap.to_a = rest->to_a;
    gap.to_b = rest->to_b;
    trim(&gap);
    match_middle(&gap);
}

/* From the last anchor back, each with the gap that follows it. */
static void match_anchored(Match *m, size_t n_ids)
{
    g_autoptr(GArray) anchors = anchors_of(m, n_ids);
    Match rest = *m;

    for (int i = longest_run(anchors); i >= 0;) {
        const Anchor *at = &g_array_index(anchors, Anchor, i);

        match_gap(m, (size_t)at->a + 1, (size_t)at->b + 1, &rest);
        keep(m, (size_t)at->a, (size_t)at->b);
        rest.to_a = (size_t)at->a;
        rest.to_b = (size_t)at->b;
        i = at->before;
    }
    match_gap(m, m->from_a, m->from_b, &rest);
}

/* anchored: the number of ids; 0: searched as a whole. */
Match tilstandsrapport_match(Arena *arena, const Tokens *a, const Tokens *b, size_t anchored)
{
    Match m = { .a = a,
                .b = b,
                .keep_a = arena_alloc(arena, MAX(a->v->len, 1)),
                .keep_b = arena_alloc(arena, MAX(b->v->len, 1)),
                .to_a = a->v->len,
                .to_b = b->v->len };

    trim(&m);
    if (anchored)
        match_anchored(&m, anchored);
    else if (a->v->len <= MAX_TOKENS && b->v->len <= MAX_TOKENS)
        match_middle(&m);
    return m;
}
