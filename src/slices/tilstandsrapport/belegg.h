/* belegg.h - claims and their evidence: references to figures in text, and what a text says too much.
 *
 * A reference is written [[NP.LES.5]], or [[NP.LES.5|2024/25]] for one period: the code of an indicator
 * in double brackets. Where the report is drawn it becomes the figure's name, value and period, with a
 * link to the figure. It is looked up in the content that is drawn, so it shows no more than the
 * audience may see.
 *
 * The word check: in a paragraph that says "bedre", "forbedret", "fremgang" ("betre", "forbetra",
 * "framgang"), each indicator that is referred to must have changed for the better within its newest
 * unbroken series: the intervals of its first and newest value do not overlap (domain.md 2.2). A series
 * without uncertainty (shares by quarter) gives no signal, since it cannot be told from chance.
 * The number check: a number with decimals or per cent must be a shown value of some figure, to the
 * decimals it is written with, or stand in a goal of the chapter.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "innhold.h"

typedef struct {
    const Block *block;
    size_t unit, indicator, period;
    size_t ordinal; /* of the block among all of the content, from 1: its anchor is "tall-N" */
} Evidence;

/**
 * Find what a reference means: the unit that the block is about, its newest period with a value.
 *   period  NULL: the newest.
 * Returns false when the content has no such figure.
 */
bool tilstandsrapport_evidence(const Content *content, const char *code, const char *period,
                               Evidence *ret);
/**
 * CommonMark with each reference put into words.
 *   look   where figures are looked up.   shown  where links may lead: the document being drawn.
 * A reference to what is not there becomes its code and "(no figure)". Language: the thread's. In the
 * arena.
 */
const char *tilstandsrapport_with_evidence(Arena *arena, const Content *look, const Content *shown,
                                           const char *markdown);
/* Whether some text of the content refers to a figure of this block. */
bool tilstandsrapport_is_cited(const Content *content, const Block *block);
size_t tilstandsrapport_ordinal(const Content *content, const Block *block); /* 0: not in it */

typedef enum {
    LINT_UNKNOWN,     /* a reference to a figure that the report does not have */
    LINT_NO_SIGNAL,   /* says it got better where the series has no certain change */
    LINT_NO_EVIDENCE, /* says it got better and names no figure */
    LINT_NUMBER       /* a number that no figure of the report backs */
} LintKind;
typedef struct {
    LintKind kind;
    const char *what;    /* the reference, the indicator's title, the number */
    const char *message; /* translated, whole */
} Lint;
typedef struct {
    Lint *v;
    size_t n;
} LintList;
/* What a chapter's texts say too much. In the thread's language. */
LintList tilstandsrapport_lint(Arena *arena, const Content *content, const ContentChapter *chapter);
/* Whether the newest series of an indicator got certainly better, of the unit the report is about. */
bool tilstandsrapport_got_better(const Content *content, const char *code);
