/* sider-kapittel.h - one chapter as its writer sees it: the texts, and the figures they are about.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport-sider.h"

typedef struct {
    const char *label, *text;
} StoredText;
typedef struct {
    StoredText *v;
    size_t n;
} StoredTexts;

typedef struct {
    const char *title, *report, *lang, *status, *missing, *trouble;
    int nr;
    bool statutory, preview, conflict, closed;
    const char *changed; /* by whom and when the stored text was written */
    StoredTexts stored;  /* in a conflict: what stands in the database now */
    const Form *form;
    const Doc *doc; /* figures alone, or in a preview the whole chapter */
    Lang language;
    Url self, up, previous, next;
    const char *previous_title, *next_title;
} ChapterView;

/* The texts in reading order, and last how far the chapter is. */
void tilstandsrapport_draw_chapter_form(Html *html, const Form *form);
