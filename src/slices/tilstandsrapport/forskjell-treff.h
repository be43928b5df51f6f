/* forskjell-treff.h - which tokens of two texts are the same and in the same order: for forskjell.c.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <glib.h>
#include <stdbool.h>
#include "app.h"
#include "arena.h"

typedef struct {
    const char *start;
    size_t len;
    int id; /* equal for equal tokens of both texts, from 1 on */
} Token;

typedef struct {
    GArray *v; /* Token */
} Tokens;

static inline void tokens_clear(Tokens *t)
{
    g_clear_pointer(&t->v, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tokens, tokens_clear)

static inline const Token *token_at(const Tokens *t, size_t i)
{
    return &g_array_index(t->v, Token, i);
}

/* Numbers for tokens, by what they say: an open table of places in `all`, half empty at least. */
typedef struct {
    GArray *all;    /* Token, one for each number, from 1 on */
    guint32 *slots; /* number, or 0; a power of two of them */
    size_t n_slots;
} TokenIds;

TokenIds tilstandsrapport_token_ids(size_t most); /* room for so many; it grows */

static inline void token_ids_clear(TokenIds *ids)
{
    g_clear_pointer(&ids->all, g_array_unref);
    g_clear_pointer(&ids->slots, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TokenIds, token_ids_clear)

/* How long the token at p is; never 0. */
typedef size_t (*TokenLen)(const char *p);
/* The text cut up. The tokens point into it. */
Tokens tilstandsrapport_tokens(const char *text, size_t len, TokenLen length, TokenIds *ids);

typedef struct {
    const Tokens *a, *b;
    bool *keep_a, *keep_b; /* set for what stays, as many and in the same order in both */
    size_t from_a, to_a, from_b, to_b;
} Match;

/**
 * What stays. keep_a and keep_b are in the arena.
 *   anchored  the number of ids: what stands once in each text is held in place first, and only what
 *             lies between is searched (for paragraphs); 0: searched as a whole (for words).
 * Time is bounded: a stretch that needs more than 1,000 edits stays in nothing but its ends.
 * Source: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986); patience: B. Cohen.
 */
Match tilstandsrapport_match(Arena *arena, const Tokens *a, const Tokens *b, size_t anchored);
