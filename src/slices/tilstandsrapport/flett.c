/* flett.c - three texts become one, by line.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "flett.h"

#define MOST_PAIRS 4000000 /* of lines to compare; beyond it a change is one passage */

typedef struct {
    const char *start;
    size_t len; /* with its newline */
} Line;

typedef struct {
    Line *v;
    size_t n;
} Lines;

static Lines lines_of(Arena *arena, const char *text)
{
    Lines lines = { 0 };
    size_t n = 1;

    for (const char *c = text; *c; c++)
        n += *c == '\n';
    lines.v = arena_alloc(arena, n * sizeof(Line));
    while (*text) {
        const char *end = strchr(text, '\n');
        size_t len = end ? (size_t)(end - text) + 1 : strlen(text);

        lines.v[lines.n++] = (Line){ text, len };
        text += len;
    }
    return lines;
}

/* The last line of a text may lack its newline and still be the same line. */
static size_t bare(const Line *line)
{
    return line->len && line->start[line->len - 1] == '\n' ? line->len - 1 : line->len;
}

static bool same_line(const Line *a, const Line *b)
{
    return bare(a) == bare(b) && !memcmp(a->start, b->start, bare(a));
}

/* Longest common subsequence of the middles; match[i] of the base's line i, SIZE_MAX: none. */
static void match_middle(const Lines *base, const Lines *other, size_t head, size_t tail,
                         size_t *match)
{
    size_t rows = base->n - head - tail, columns = other->n - head - tail, width = columns + 1;

    if (rows == 0 || columns == 0 || rows > MOST_PAIRS / columns)
        return;
    g_autofree guint32 *length = g_new0(guint32, (rows + 1) * width);

    for (size_t i = rows; i-- > 0;)
        for (size_t k = columns; k-- > 0;)
            length[i * width + k] =
                same_line(&base->v[head + i], &other->v[head + k])
                    ? length[(i + 1) * width + k + 1] + 1
                    : MAX(length[(i + 1) * width + k], length[i * width + k + 1]);
    for (size_t i = 0, k = 0; i < rows && k < columns;) {
        if (same_line(&base->v[head + i], &other->v[head + k])) {
            match[head + i] = head + k;
            i++;
            k++;
        } else if (length[(i + 1) * width + k] >= length[i * width + k + 1]) {
            i++;
        } else {
            k++;
        }
    }
}

/* For each line of the base, the line of the other it became; SIZE_MAX when it is gone. */
static size_t *match_lines(Arena *arena, const Lines *base, const Lines *other)
{
    size_t *match = arena_alloc(arena, (base->n + 1) * sizeof(size_t));
    size_t head = 0, tail = 0, least = MIN(base->n, other->n);

    for (size_t i = 0; i < base->n; i++)
        match[i] = SIZE_MAX;
    while (head < least && same_line(&base->v[head], &other->v[head])) {
        match[head] = head;
        head++;
    }
    while (tail < least - head &&
           same_line(&base->v[base->n - 1 - tail], &other->v[other->n - 1 - tail])) {
        match[base->n - 1 - tail] = other->n - 1 - tail;
        tail++;
    }
    match_middle(base, other, head, tail, match);
    return match;
}

static const char *text_of(Arena *arena, const Lines *lines, size_t from, size_t to)
{
    if (from >= to)
        return "";
    const char *start = lines->v[from].start;
    const Line *last = &lines->v[to - 1];

    return arena_ndup(arena, start, (size_t)(last->start + last->len - start));
}

static bool same_text(const char *a, const char *b)
{
    const Line x = { a, strlen(a) }, y = { b, strlen(b) };

    return same_line(&x, &y);
}

static PassageKind kind_of(const Passage *p)
{
    bool mine = !same_text(p->base, p->mine), theirs = !same_text(p->base, p->theirs);

    if (!mine && !theirs)
        return PASSAGE_SAME;
    if (mine && theirs)
        return same_text(p->mine, p->theirs) ? PASSAGE_ALIKE : PASSAGE_CONFLICT;
    return mine ? PASSAGE_MINE : PASSAGE_THEIRS;
}

static void add(Passages *to, Passage p)
{
    p.kind = kind_of(&p);
    if (!*p.base && !*p.mine && !*p.theirs)
        return;
    to->conflicts += p.kind == PASSAGE_CONFLICT;
    to->v[to->n++] = p;
}

Passages tilstandsrapport_flett(Arena *arena, const char *base, const char *mine,
                                const char *theirs)
{
    Lines b = lines_of(arena, base), m = lines_of(arena, mine), t = lines_of(arena, theirs);
    size_t *in_mine = match_lines(arena, &b, &m), *in_theirs = match_lines(arena, &b, &t);
    Passages all = { arena_alloc(arena, (2 * b.n + 1) * sizeof(Passage)), 0, 0 };
    size_t at_b = 0, at_m = 0, at_t = 0;

    for (size_t i = 0; i <= b.n; i++) {
        bool end = i == b.n;
        size_t to_m, to_t;

        if (!end && (in_mine[i] == SIZE_MAX || in_theirs[i] == SIZE_MAX))
            continue;
        to_m = end ? m.n : in_mine[i];
        to_t = end ? t.n : in_theirs[i];
        add(&all, (Passage){ .base = text_of(arena, &b, at_b, i),
                             .mine = text_of(arena, &m, at_m, to_m),
                             .theirs = text_of(arena, &t, at_t, to_t) });
        if (end)
            break;
        add(&all, (Passage){ .base = text_of(arena, &b, i, i + 1),
                             .mine = text_of(arena, &m, to_m, to_m + 1),
                             .theirs = text_of(arena, &t, to_t, to_t + 1) });
        at_b = i + 1;
        at_m = to_m + 1;
        at_t = to_t + 1;
    }
    return all;
}

/* A passage begins on a line of its own, also after a last line that had no newline. */
static void append(GString *text, const char *passage)
{
    if (*passage && text->len && text->str[text->len - 1] != '\n')
        g_string_append_c(text, '\n');
    g_string_append(text, passage);
}

static void append_chosen(GString *text, const Passage *p, Choice choice)
{
    switch (choice) {
    case CHOICE_MINE:
        append(text, p->mine);
        break;
    case CHOICE_THEIRS:
        append(text, p->theirs);
        break;
    case CHOICE_BOTH:
        append(text, p->theirs);
        append(text, p->mine);
        break;
    case CHOICE_BASE:
        append(text, p->base);
        break;
    }
}

const char *tilstandsrapport_flett_text(Arena *arena, const Passages *passages,
                                        const Choice *choices)
{
    g_autoptr(GString) text = g_string_new(NULL);
    size_t conflict = 0;

    for (size_t i = 0; i < passages->n; i++) {
        const Passage *p = &passages->v[i];

        if (p->kind == PASSAGE_CONFLICT)
            append_chosen(text, p, choices ? choices[conflict] : CHOICE_BOTH);
        else
            append(text, p->kind == PASSAGE_THEIRS ? p->theirs : p->mine);
        conflict += p->kind == PASSAGE_CONFLICT;
    }
    return arena_dup(arena, text->str);
}
