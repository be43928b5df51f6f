/* mal.h - the template of a report's chapters, the program's or the owner's own, and its language.
 *
 * A template is data: chapters in order, their titles in both forms of Norwegian, and which indicators
 * and views stand in each. The themes that the law in force names cannot be left out; they are added
 * where a template lacks them. A report copies the template when it is begun, so that it stays as it is.
 *
 * A report has a language of its own, which is not that of the page around it. Whatever is put into a
 * report is worded between a g_auto(Speaking) and the end of its scope.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport.h"

typedef struct {
    int64_t id;                      /* of the owner's own row; 0: the program's */
    const char *kind;                /* as Chapter.kind */
    const char *theme;               /* of kind "tema": indikator.theme; else "" */
    bool statutory;                  /* a theme of the law */
    const char *title;               /* in the language asked for */
    const char *title_nb, *title_nn; /* the owner's own; "": as the law or the program calls it */
    const char *indicators, *views;  /* codes and spaces; "": all that suit the figures */
} TemplateChapter;
typedef struct {
    TemplateChapter *v;
    size_t n;
    bool own; /* the owner has changed it */
} Template;

/**
 * The template of an owner for a report that answers to a law.
 *   law  lovhjemmel.code.
 * Errors: APP_ERROR_DB. In the arena.
 */
bool tilstandsrapport_mal(Db *db, Arena *arena, int64_t owner, Lang lang, const char *law,
                          Template *ret, GError **error);

/* --- the owner changes it; the first change copies the program's. Errors: APP_ERROR_NOT_FOUND,
 * APP_ERROR_CONFLICT (the law asks for it), APP_ERROR_DB. --- */

/* Give the owner rows of its own, when it has none. */
bool tilstandsrapport_mal_own(Db *db, int64_t owner, GError **error);
/* Titles, indicators and views; id 0 adds a chapter (kind and theme) before the conclusion. */
bool tilstandsrapport_mal_store(Db *db, int64_t owner, const TemplateChapter *chapter,
                                GError **error);
bool tilstandsrapport_mal_move(Db *db, int64_t owner, int64_t id, bool up, GError **error);
bool tilstandsrapport_mal_remove(Db *db, int64_t owner, int64_t id, const char *law,
                                 GError **error);
bool tilstandsrapport_mal_reset(Db *db, int64_t owner, GError **error); /* the program's again */

/* Whether `word` is one of the words of a list with spaces; an empty list holds everything. */
bool tilstandsrapport_listed(const char *list, const char *word);

const char *tilstandsrapport_mal_report_name(Lang lang); /* "Tilstandsrapport" */

/* The thread's language while something is worded for a report; the old one comes back by itself. */
typedef struct {
    Lang before;
    bool changed;
} G_GNUC_UNUSED Speaking; /* to be held, not used: clang would warn */
Speaking tilstandsrapport_mal_speak(Lang lang);
void tilstandsrapport_mal_speak_end(Speaking *speaking);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Speaking, tilstandsrapport_mal_speak_end)
