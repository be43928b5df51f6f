/* innhold-doc.h - what the files that make a document of content share.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "innhold.h"

/* The block's table with its legend, in the thread's language.
 *   figure  number of the figure it belongs to; 0 when it stands alone.
 *   told    which of TOLD_… the document has said the meaning of; each is said, and set, at the first
 *           table that has it. */
void tilstandsrapport_table(Doc *doc, Arena *arena, const Block *block, size_t figure,
                            unsigned *told);
enum { TOLD_UNCERTAINTY = 1, TOLD_SCALE_POINTS = 2, TOLD_LEVELS = 4 };
/* How the municipality's newest results stand to the nation's, all in one sentence; NULL when none can be
 * held against the nation. In the report's language. */
const char *tilstandsrapport_chapter_reading(Arena *arena, const Content *content,
                                             const ContentChapter *chapter);
/* Tables of goals with their judgements, of measures, and of what became of last year's; nothing where
 * there are none. look: where references to figures are looked up. In the thread's language. */
void tilstandsrapport_doc_goals(Doc *doc, Arena *arena, const Content *content, const Content *look,
                                const ContentChapter *chapter);
void tilstandsrapport_doc_measures(Doc *doc, Arena *arena, const ContentChapter *chapter);
void tilstandsrapport_doc_last_year(Doc *doc, Arena *arena, const ContentChapter *chapter);
