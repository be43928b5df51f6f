/* innhold-ark.h - two short papers made of a report's content: the summary on one page, and a sheet for
 * each school.
 *
 * Both are made of Content alone, so what is hidden in the report is hidden in them.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "innhold.h"

/* --- the summary --- */

typedef struct {
    const char *step; /* "Council decides" */
    const char *day;  /* in words; "" */
} Ahead;

/**
 * One A4 page in plain language: what goes well, what must be worked with, three key figures, what is
 * decided, what happens next. Composed by rules, from the report's own words and figures:
 *   goes well   a development that is clearly above the nation, or clearly better than where its
 *               series begins; better is where the indicator says better lies.
 *   work with   the same, the other way.
 *   key figures one of each theme the law names, then of the others, as long as there are fewer than three.
 *   our words   the first paragraph of the summary people wrote; measures as they wrote them.
 *   terse       0-3: how much is left out so that it all fits on one page.
 * The measures are at most four, the decision is cut at a sentence's end.
 */
Doc *tilstandsrapport_summary_doc(const Content *content, const Face *face, const Ahead *ahead,
                                  size_t n_ahead, int terse);
/* The same as PDF, as terse as it must be for one page. */
bool tilstandsrapport_summary_pdf(const Content *content, const Face *face, const Ahead *ahead,
                                  size_t n_ahead, GBytes **ret, int *ret_terse, GError **error);

/* --- the sheet of a school --- */

/* The schools that have a number and something in the report; codes and names, in the report's order. */
typedef struct {
    const char *code, *name;
} SheetSchool;
typedef struct {
    SheetSchool *v;
    size_t n;
} SheetSchools;
SheetSchools tilstandsrapport_sheet_schools(Arena *arena, const Content *content);

/**
 * For a school's SU and FAU: its figures that may be shown, what they mean in plain words, what few
 * pupils do to a figure, questions to talk about, and measures.
 *   content  what the public may see.
 *   inside   the internal content, of which this school's figures alone are shown; NULL.
 *   schools  whose sheets, in one document.
 */
Doc *tilstandsrapport_sheet_doc(const Content *content, const Content *inside, const Face *face,
                                const SheetSchool *schools, size_t n_schools);
