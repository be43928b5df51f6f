/* flett.h - three texts become one: what two people made of the same text, put together by line.
 *
 * The unit is the line, as in diff3: lines that all three share hold the texts together, and between
 * them a passage was changed by one, by both alike, or by both in different ways, which only a person
 * can settle. Nothing either wrote is ever left out without being shown.
 * Source: S. Khanna, K. Kunal and B. C. Pierce, "A Formal Investigation of Diff3", FSTTCS 2007.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "arena.h"

typedef enum {
    PASSAGE_SAME,   /* nobody changed it */
    PASSAGE_MINE,   /* only mine differs from the base */
    PASSAGE_THEIRS, /* only theirs does */
    PASSAGE_ALIKE,  /* both changed it to the same */
    PASSAGE_CONFLICT
} PassageKind;

/* Whole lines with their newlines; the last line of a text may be without one. */
typedef struct {
    PassageKind kind;
    const char *base, *mine, *theirs; /* "" where one has nothing */
} Passage;

typedef struct {
    Passage *v; /* in order; together they are all three texts */
    size_t n;
    size_t conflicts;
} Passages;

/**
 * Hold two texts against the one both came from.
 *   base, mine, theirs  UTF-8, lines ending in "\n".   arena  keeps the result.
 * Time: texts whose changed middles multiply to more than 4 million line pairs are one passage.
 */
Passages tilstandsrapport_flett(Arena *arena, const char *base, const char *mine,
                                const char *theirs);

typedef enum { CHOICE_MINE, CHOICE_THEIRS, CHOICE_BOTH, CHOICE_BASE } Choice;

/* The text that comes of it. choices: one for each conflict in order; may be NULL when there is none.
 * CHOICE_BOTH is theirs, then mine. In the arena. */
const char *tilstandsrapport_flett_text(Arena *arena, const Passages *passages,
                                        const Choice *choices);
