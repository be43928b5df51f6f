/* mal.h - the template of a report's chapters, in the order of Udir's own template.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport.h"

typedef struct {
    const char *kind;  /* as Chapter.kind */
    const char *theme; /* of kind "tema": indikator.theme; else "" */
    bool statutory;
    const char *title; /* msgid */
} TemplateChapter;

size_t mal_n_chapters(void);
const TemplateChapter *mal_chapter(size_t i);
/* The title in the report's language, whatever the thread's is; in the arena. */
const char *mal_title(Arena *arena, const TemplateChapter *chapter, Lang lang);
const char *mal_report_name(Lang lang); /* "Tilstandsrapport" */
