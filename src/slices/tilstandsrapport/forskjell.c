/* forskjell.c - two texts held against each other: by paragraph, and by word within.
 *
 * Both levels use one algorithm over numbered tokens (Myers' greedy one), with a bound on how much
 * may differ. A paragraph that was rewritten is not cut into shreds: short pieces that stayed by
 * chance between changes are taken into the change.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "forskjell.h"

enum {
    MAX_DIFFERENT = 1000, /* edits that are followed before a passage counts as new */
    MAX_TOKENS = 120000,  /* of one text: words and what stands between them */
    SIMILAR = 30          /* percent of words that two paragraphs share to be compared by word */
};

/* --- tokens --- */

typedef struct {
    const char *start;
    size_t len;
    int id; /* equal for equal tokens of both texts */
} Token;

typedef struct {
    GArray *v; /* Token */
} Tokens;

static void tokens_clear(Tokens *t)
{
    g_clear_pointer(&t->v, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tokens, tokens_clear)

static const Token *token_at(const Tokens *t, size_t i)
{
    return &g_array_index(t->v, Token, i);
}

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
    const char *blank = strstr(p, "\n\n");

    if (!blank)
        return strlen(p);
    return (size_t)(blank - p) + strspn(blank, "\n");
}

typedef size_t (*TokenLen)(const char *p);

static Tokens tokens_of(const char *text, size_t len, TokenLen length, GHashTable *ids)
{
    Tokens all = { g_array_new(FALSE, FALSE, sizeof(Token)) };

    for (const char *p = text; p < text + len;) {
        size_t size = MIN(length(p), (size_t)(text + len - p));
        char *key = g_strndup(p, size);
        int next = (int)g_hash_table_size(ids) + 1, id;

        id = GPOINTER_TO_INT(g_hash_table_lookup(ids, key));
        if (id)
            g_free(key);
        else
            g_hash_table_insert(ids, key, GINT_TO_POINTER(next));
        const Token token = { p, size, id ? id : next };

        g_array_append_val(all.v, token);
        p += size;
    }
    return all;
}

/* --- which tokens stay --- */

typedef struct {
    const Tokens *a, *b;
    bool *keep_a, *keep_b; /* zeroed; set for what stays */
    size_t from_a, to_a, from_b, to_b;
} Match;

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

static Match match_new(Arena *arena, const Tokens *a, const Tokens *b)
{
    Match m = { .a = a,
                .b = b,
                .keep_a = arena_alloc(arena, MAX(a->v->len, 1)),
                .keep_b = arena_alloc(arena, MAX(b->v->len, 1)),
                .to_a = a->v->len,
                .to_b = b->v->len };

    trim(&m);
    if (a->v->len <= MAX_TOKENS && b->v->len <= MAX_TOKENS)
        match_middle(&m);
    return m;
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
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(Tokens) a = tokens_of(before->start, before->len, word_len, ids);
    g_auto(Tokens) b = tokens_of(after->start, after->len, word_len, ids);
    Match m = match_new(w->arena, &a, &b);
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
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    g_autoptr(GArray) paragraphs = g_array_new(FALSE, FALSE, sizeof(Paragraph));
    const char *old = before ? before : "", *new = after ? after : "";
    g_auto(Tokens) a = tokens_of(old, strlen(old), paragraph_len, ids);
    g_auto(Tokens) b = tokens_of(new, strlen(new), paragraph_len, ids);
    TextDiff diff = { 0 };
    Writing w = { arena, pieces, &diff, paragraphs };
    const Match m = match_new(arena, &a, &b);

    put_paragraphs(&w, &m);
    diff.n = paragraphs->len;
    diff.v = arena_alloc(arena, MAX(diff.n, 1) * sizeof(Paragraph));
    if (diff.n)
        memcpy(diff.v, paragraphs->data, diff.n * sizeof(Paragraph));
    return diff;
}
