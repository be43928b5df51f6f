/* forskjell.c - two texts held against each other: by paragraph, and by word within.
 *
 * A paragraph that was rewritten is not cut into shreds: short pieces that stayed by chance between
 * changes are taken into the change. forskjell-treff.c says what stayed.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "forskjell.h"
#include "forskjell-treff.h"

enum {
    SIMILAR = 30 /* percent of words that two paragraphs share to be compared by word */
};

/* --- tokens --- */

/* A run of letters and digits, a run of space, or one other mark. */
static size_t word_len(const char *p)
{
    gunichar c = g_utf8_get_char(p);
    const char *end = g_utf8_next_char(p);

    if (g_unichar_isspace(c))
        while (*end && g_unichar_isspace(g_utf8_get_char(end)))
            end = g_utf8_next_char(end);
    else if (g_unichar_isalnum(c))
        while (*end && g_unichar_isalnum(g_utf8_get_char(end)))
            end = g_utf8_next_char(end);
    return (size_t)(end - p);
}

/* Up to and with the blank lines that end it. */
static size_t paragraph_len(const char *p)
{
    const char *end = p;

    while (*end && !(end[0] == '\n' && end[1] == '\n')) /* looks no further than the paragraph */
        end++;
    while (*end == '\n')
        end++;
    return (size_t)(end - p);
}

/* --- pieces --- */

typedef struct {
    Arena *arena;
    GArray *pieces; /* Piece, of the paragraph in hand */
    TextDiff *diff;
    GArray *paragraphs; /* Paragraph */
} Writing;

static size_t words_in(const char *text)
{
    size_t n = 0;

    for (const char *p = text; *p; p += word_len(p))
        n += g_unichar_isalnum(g_utf8_get_char(p)) != 0;
    return n;
}

static void put(Writing *w, PieceKind kind, const char *start, size_t len)
{
    Piece piece = { kind, NULL };

    if (!len)
        return;
    piece.text = arena_ndup(w->arena, start, len);
    g_array_append_val(w->pieces, piece);
}

static void end_paragraph(Writing *w)
{
    Paragraph p = { .n = w->pieces->len };

    if (!p.n)
        return;
    p.v = arena_alloc(w->arena, p.n * sizeof(Piece));
    memcpy(p.v, w->pieces->data, p.n * sizeof(Piece));
    for (size_t i = 0; i < p.n; i++) {
        p.changed = p.changed || p.v[i].kind != PIECE_SAME;
        if (p.v[i].kind == PIECE_ADDED)
            w->diff->added += words_in(p.v[i].text);
        else if (p.v[i].kind == PIECE_REMOVED)
            w->diff->removed += words_in(p.v[i].text);
    }
    g_array_append_val(w->paragraphs, p);
    g_array_set_size(w->pieces, 0);
}

/* --- words --- */

static bool is_word(const Token *t)
{
    return g_unichar_isalnum(g_utf8_get_char(t->start));
}

/* Little of what stayed stands between the place and the next change: after a change of some length
 * at most two words, after a short one nothing but spaces and marks. */
static bool is_shred(const Match *m, size_t a, size_t changed)
{
    size_t words = 0, most = changed >= 6 ? 2 : 0, end = a;

    if (changed == 0)
        return false;
    for (; words <= most && end < m->a->v->len && m->keep_a[end]; end++)
        words += is_word(token_at(m->a, end));
    return words <= most && end < m->a->v->len;
}

/* Takes shreds between two changes into them: «og» that stayed by chance helps nobody to read. */
static void drop_shreds(Match *m)
{
    size_t a = 0, b = 0;
    size_t changed = 0; /* tokens in the change that has just ended */

    while (a < m->a->v->len && b < m->b->v->len) {
        bool shred = m->keep_a[a] && m->keep_b[b] && is_shred(m, a, changed);

        if (m->keep_a[a] && m->keep_b[b] && !shred) {
            changed = 0;
            a++, b++;
            continue;
        }
        while (shred && a < m->a->v->len && b < m->b->v->len && m->keep_a[a] && m->keep_b[b])
            m->keep_a[a++] = m->keep_b[b++] = false;
        for (; a < m->a->v->len && !m->keep_a[a]; a++)
            changed++;
        for (; b < m->b->v->len && !m->keep_b[b]; b++)
            changed++;
    }
}

/* The text of tokens from..to, which stand side by side. */
static void put_run(Writing *w, PieceKind kind, const Tokens *t, size_t from, size_t to)
{
    if (to > from) {
        const Token *last = token_at(t, to - 1);

        put(w, kind, token_at(t, from)->start,
            (size_t)(last->start + last->len - token_at(t, from)->start));
    }
}

static void put_match(Writing *w, const Match *m)
{
    size_t a = 0, b = 0;

    while (a < m->a->v->len || b < m->b->v->len) {
        size_t from = a;

        while (a < m->a->v->len && !m->keep_a[a])
            a++;
        put_run(w, PIECE_REMOVED, m->a, from, a);
        from = b;
        while (b < m->b->v->len && !m->keep_b[b])
            b++;
        put_run(w, PIECE_ADDED, m->b, from, b);
        from = a;
        while (a < m->a->v->len && b < m->b->v->len && m->keep_a[a] && m->keep_b[b])
            a++, b++;
        put_run(w, PIECE_SAME, m->a, from, a);
    }
}

/* Two paragraphs word by word, if they have enough in common. */
static bool put_words(Writing *w, const Token *before, const Token *after)
{
    g_auto(TokenIds) ids = tilstandsrapport_token_ids(0);
    g_auto(Tokens) a = tilstandsrapport_tokens(before->start, before->len, word_len, &ids);
    g_auto(Tokens) b = tilstandsrapport_tokens(after->start, after->len, word_len, &ids);
    Match m = tilstandsrapport_match(w->arena, &a, &b, 0);
    size_t kept = 0, words = 0;

    for (size_t i = 0; i < a.v->len; i++) {
        words += is_word(token_at(&a, i));
        kept += m.keep_a[i] && is_word(token_at(&a, i));
    }
    for (size_t i = 0; i < b.v->len; i++)
        words += is_word(token_at(&b, i));
    if (kept * 200 < SIMILAR * words)
        return false;
    drop_shreds(&m);
    put_match(w, &m);
    return true;
}

/* --- paragraphs --- */

/* Removed and added paragraphs of one passage: compared in pairs, the rest as they are. */
static void put_passage(Writing *w, const Match *m, size_t a, size_t to_a, size_t b, size_t to_b)
{
    for (; a < to_a || b < to_b; a += a < to_a, b += b < to_b) {
        const Token *before = a < to_a ? token_at(m->a, a) : NULL;
        const Token *after = b < to_b ? token_at(m->b, b) : NULL;

        if (!before || !after || !put_words(w, before, after)) {
            if (before)
                put(w, PIECE_REMOVED, before->start, before->len);
            end_paragraph(w);
            if (after)
                put(w, PIECE_ADDED, after->start, after->len);
        }
        end_paragraph(w);
    }
}

static void put_paragraphs(Writing *w, const Match *m)
{
    size_t a = 0, b = 0;

    while (a < m->a->v->len || b < m->b->v->len) {
        size_t from_a = a, from_b = b;

        while (a < m->a->v->len && !m->keep_a[a])
            a++;
        while (b < m->b->v->len && !m->keep_b[b])
            b++;
        put_passage(w, m, from_a, a, from_b, b);
        while (a < m->a->v->len && b < m->b->v->len && m->keep_a[a] && m->keep_b[b]) {
            put(w, PIECE_SAME, token_at(m->a, a)->start, token_at(m->a, a)->len);
            end_paragraph(w);
            a++, b++;
        }
    }
}

TextDiff tilstandsrapport_text_diff(Arena *arena, const char *before, const char *after)
{
    g_auto(TokenIds) ids = tilstandsrapport_token_ids(1024);
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    g_autoptr(GArray) paragraphs = g_array_new(FALSE, FALSE, sizeof(Paragraph));
    const char *old = before ? before : "", *new = after ? after : "";
    g_auto(Tokens) a = tilstandsrapport_tokens(old, strlen(old), paragraph_len, &ids);
    g_auto(Tokens) b = tilstandsrapport_tokens(new, strlen(new), paragraph_len, &ids);
    TextDiff diff = { 0 };
    Writing w = { arena, pieces, &diff, paragraphs };
    const Match m = tilstandsrapport_match(arena, &a, &b, MAX(ids.all->len, 1));

    put_paragraphs(&w, &m);
    diff.n = paragraphs->len;
    diff.v = arena_alloc(arena, MAX(diff.n, 1) * sizeof(Paragraph));
    if (diff.n)
        memcpy(diff.v, paragraphs->data, diff.n * sizeof(Paragraph));
    return diff;
}
