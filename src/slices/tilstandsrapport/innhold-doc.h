/* innhold-doc.h - what the files that make a document of content share.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "innhold.h"

/* The block's table with its legend, in the thread's language.
 *   figure  number of the figure it belongs to; 0 when it stands alone. */
void tilstandsrapport_table(Doc *doc, Arena *arena, const Block *block, size_t figure);
/* How the municipality's newest results stand to the nation's, all in one sentence; NULL when none can be
 * held against the nation. In the report's language. */
const char *tilstandsrapport_chapter_reading(Arena *arena, const Content *content,
                                             const ContentChapter *chapter);
