/* forskjell.c - what differs between two texts, line by line.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "beskrivelse.h"

#define MOST_CELLS 4000000

typedef struct {
    const char **v;
    size_t n;
} Lines;

static Lines lines_of(Arena *arena, const char *text)
{
    Lines all = { 0 };
    size_t n = 1;

    for (const char *p = text; *p; p++)
        n += *p == '\n';
    all.v = arena_alloc(arena, n * sizeof(char *));
    for (const char *p = text; *p;) {
        size_t len = strcspn(p, "\n");

        all.v[all.n++] = arena_ndup(arena, p, len);
        p += len + (p[len] == '\n');
    }
    return all;
}

static void put(DiffList *list, DiffKind kind, const char *text)
{
    list->v[list->n++] = (DiffLine){ kind, text };
    list->added += kind == DIFF_ADDED;
    list->removed += kind == DIFF_REMOVED;
}

/* Length of the longest common subsequence of a[i..] and b[k..], in cell i * (n_b + 1) + k. */
static uint32_t *common_lengths(const Lines *a, const Lines *b)
{
    size_t width = b->n + 1;
    uint32_t *length = g_new0(uint32_t, (a->n + 1) * width);

    for (size_t i = a->n; i-- > 0;)
        for (size_t k = b->n; k-- > 0;)
            length[i * width + k] =
                strcmp(a->v[i], b->v[k]) == 0
                    ? length[(i + 1) * width + k + 1] + 1
                    : MAX(length[(i + 1) * width + k], length[i * width + k + 1]);
    return length;
}

static void put_middle(DiffList *list, const Lines *a, const Lines *b)
{
    bool small = a->n == 0 || b->n <= MOST_CELLS / a->n;
    g_autofree uint32_t *length = small ? common_lengths(a, b) : NULL;
    size_t i = 0, k = 0, width = b->n + 1;

    while (i < a->n || k < b->n) {
        if (length && i < a->n && k < b->n && !strcmp(a->v[i], b->v[k])) {
            put(list, DIFF_SAME, a->v[i]);
            i++;
            k++;
        } else if (i < a->n && (!length || k == b->n ||
                                length[(i + 1) * width + k] >= length[i * width + k + 1])) {
            put(list, DIFF_REMOVED, a->v[i++]);
        } else {
            put(list, DIFF_ADDED, b->v[k++]);
        }
    }
}

void person_diff(Arena *arena, const char *before, const char *after, DiffList *ret)
{
    const Lines a = lines_of(arena, before), b = lines_of(arena, after);
    size_t head = 0, tail = 0;

    *ret = (DiffList){ .v = arena_alloc(arena, MAX(a.n + b.n, 1) * sizeof(DiffLine)) };
    while (head < a.n && head < b.n && !strcmp(a.v[head], b.v[head]))
        put(ret, DIFF_SAME, a.v[head++]);
    while (tail < a.n - head && tail < b.n - head &&
           !strcmp(a.v[a.n - 1 - tail], b.v[b.n - 1 - tail]))
        tail++;
    const Lines left = { a.v + head, a.n - head - tail }, right = { b.v + head, b.n - head - tail };

    put_middle(ret, &left, &right);
    for (size_t i = a.n - tail; i < a.n; i++)
        put(ret, DIFF_SAME, a.v[i]);
}
