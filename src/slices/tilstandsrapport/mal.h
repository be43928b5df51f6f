/* mal.h - the template of a report's chapters, in the order of Udir's own template, and its language.
 *
 * A report has a language of its own, which is not that of the page around it. Whatever is put into a
 * report is worded between a g_auto(Speaking) and the end of its scope.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport.h"

typedef struct {
    const char *kind;  /* as Chapter.kind */
    const char *theme; /* of kind "tema": indikator.theme; else "" */
    bool statutory;
    const char *title; /* msgid */
} TemplateChapter;

size_t tilstandsrapport_mal_n_chapters(void);
const TemplateChapter *tilstandsrapport_mal_chapter(size_t i);
/* The title in the report's language, whatever the thread's is; in the arena. */
const char *tilstandsrapport_mal_title(Arena *arena, const TemplateChapter *chapter, Lang lang);
const char *tilstandsrapport_mal_report_name(Lang lang); /* "Tilstandsrapport" */

/* The thread's language while something is worded for a report; the old one comes back by itself. */
typedef struct {
    Lang before;
    bool changed;
} G_GNUC_UNUSED Speaking; /* to be held, not used: clang would warn */
Speaking tilstandsrapport_mal_speak(Lang lang);
void tilstandsrapport_mal_speak_end(Speaking *speaking);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Speaking, tilstandsrapport_mal_speak_end)
