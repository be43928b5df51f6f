/* sider-kapittel.h - one chapter as its writer sees it: the texts, the figures they are about, what others
 * say of it, and two texts that must become one.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "skriving-sider.h"

typedef struct {
    const char *label, *text;
} StoredText;
typedef struct {
    StoredText *v;
    size_t n;
} StoredTexts;

/* A passage that both changed, to be chosen. */
typedef struct {
    const char *name; /* of the radio group: "velg-0-1" */
    const char *label;
    const char *mine, *theirs, *base;
} PassageView;
typedef struct {
    PassageView *v;
    size_t n;
} PassageViews;

typedef struct {
    const char *who, *text;
} CommentLine;
typedef struct {
    CommentLine *v;
    size_t n;
} CommentLines;
typedef struct {
    const char *id, *quote, *resolved; /* resolved: by whom and when; NULL while it is open */
    const char *field;                 /* id of the answer's field */
    CommentLines lines;
} ThreadView;
typedef struct {
    ThreadView *v;
    size_t n;
} ThreadViews;

/* A figure that can be referred to. */
typedef struct {
    const char *code, *words;
} RefView;
typedef struct {
    RefView *v;
    size_t n;
} RefViews;

typedef struct {
    const char *title, *report, *lang, *status, *missing, *trouble;
    int nr;
    bool statutory, preview, conflict, closed;
    const char *changed;  /* by whom and when the stored text was written */
    const char *others;   /* who else has the form open; NULL */
    const char *assigned; /* who has it, and by when; NULL */
    bool stale;           /* the judgement was written over figures that have been replaced */
    StoredTexts stored;   /* in a conflict: what stands in the database now */
    PassageViews passages;
    StoredTexts typed;           /* hidden fields: names and texts as typed */
    const char *began, *against; /* versions, of the choice */
    const Form *form;
    const Doc *doc; /* figures alone, or in a preview the whole chapter */
    Lang language;
    Url self, up, previous, next, comment_url, figures_url;
    const char *previous_title, *next_title, *csrf;
    PageLinks tools;
    RefViews refs;
    ThreadViews threads;
    int open_threads;
    bool is_empty_of_comments;
} ChapterView;

/* The texts in reading order, and last how far the chapter is. */
void tilstandsrapport_draw_chapter_form(Html *html, const Form *form);
/* The threads of a chapter, open ones first. */
bool tilstandsrapport_threads(Req *req, const ChapterPlace *place, ThreadViews *ret, int *ret_open,
                              GError **error);
const char *tilstandsrapport_text_label(int text); /* TEXT_BODY ...; translated */
/* The texts of a chapter that are not empty, with their labels. */
StoredTexts tilstandsrapport_stored_texts(Req *req, const Chapter *of);
/* What must be chosen, passage by passage. */
PassageViews tilstandsrapport_passages(Req *req, const Stored *stored);
/* The choices that were posted; NULL when they are not all there. In the arena. */
const Choice *const *tilstandsrapport_choices(Req *req, const Stored *stored);

typedef struct {
    const char *version, *when, *status;
    StoredTexts texts;
} HistoryText;
typedef struct {
    HistoryText *v;
    size_t n;
} HistoryTexts;
typedef struct {
    const char *title, *lang, *csrf, *current;
    Url up, restore;
    HistoryTexts texts;
    bool closed;
} HistoryView;
