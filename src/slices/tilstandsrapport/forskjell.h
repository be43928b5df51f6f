/* forskjell.h - what changed between two texts, and between two frozen versions of a report.
 *
 * Texts are compared by paragraph, and changed paragraphs by word, so that a person can read what
 * was taken out and what was put in. Nothing is lost: what stays and what was added, put together,
 * is the new text; what stays and what was removed is the old one.
 * Source: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986).
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "innhold.h"

typedef enum { PIECE_SAME, PIECE_ADDED, PIECE_REMOVED } PieceKind;

typedef struct {
    PieceKind kind;
    const char *text;
} Piece;

/* One paragraph with the blank lines after it. */
typedef struct {
    Piece *v;
    size_t n;
    bool changed;
} Paragraph;

typedef struct {
    Paragraph *v; /* in order; all pieces together are both texts */
    size_t n;
    size_t added, removed; /* words */
} TextDiff;

/**
 * Compare two texts.
 *   before, after  UTF-8, paragraphs parted by blank lines; NULL is "".    arena  keeps the result.
 * Time and memory are bounded: where more than 1,000 words in a row differ, or texts have more than
 * 60,000 words and marks each, the passage is one that was removed and one that was added.
 */
TextDiff tilstandsrapport_text_diff(Arena *arena, const char *before, const char *after);

/* --- two versions --- */

typedef struct {
    const char *heading; /* translated: "Assessment"; "" for the text itself */
    TextDiff text;
} PartDiff;

typedef struct {
    const char *indicator, *unit, *period;
    const char *before, *after; /* as shown; the gate has been passed */
} FigureChange;

typedef enum { CHAPTER_SAME, CHAPTER_CHANGED, CHAPTER_ADDED, CHAPTER_REMOVED } ChapterChange;

typedef struct {
    ChapterChange change;
    int nr;
    const char *title;
    const char *old_title; /* when it was another; NULL */
    PartDiff parts[6];     /* those that changed */
    size_t n_parts;
    FigureChange *figures; /* those that changed; at most 500 */
    size_t n_figures;
    size_t more_figures; /* changed beyond the 500 */
    size_t new_figures, gone_figures;
} ChapterDiff;

typedef struct {
    ChapterDiff *v; /* in the new version's order, removed chapters last; unchanged ones too */
    size_t n;
    size_t changed;    /* chapters that are not the same */
    size_t new_inputs; /* answered input that was not there before */
} ReportDiff;

/* Compare two contents of one audience; words in the thread's language. */
ReportDiff tilstandsrapport_diff(Arena *arena, const Content *before, const Content *after);
