/* rettelse.h - corrections after publication, and the list of a report's versions.
 *
 * A published report is never changed. A correction says what was wrong and what is right, with its
 * day, and makes a new version that carries it; the old one stays readable at its own address, and the
 * hash of the version that was voted on stays locked. Figures are corrected in the data alone: the new
 * version is drawn up from them, and the correction tells why.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "innhold.h"

typedef struct {
    int64_t id;
    int nr;
    CorrectionNote note;
    int64_t before, version; /* the version that was wrong, and the one that took its place */
    int64_t by;              /* person; 0 */
    int64_t at;              /* microseconds UTC */
} Correction;
typedef struct {
    Correction *v;
    size_t n;
} CorrectionList;

bool tilstandsrapport_corrections(Db *db, Arena *arena, int64_t owner, int64_t report,
                                  CorrectionList *ret, GError **error);
/* The same as they are frozen: those of a report that was sent back are not told again. Errors: APP_ERROR_DB. */
bool tilstandsrapport_correction_notes(Db *db, Arena *arena, int64_t owner, int64_t report,
                                       CorrectionNote **ret, size_t *ret_n, GError **error);

typedef struct {
    bool figures;          /* the data have been corrected: draw up the figures again */
    int chapter;           /* number; of a text: where it stands */
    const char *was, *now; /* of a text: the exact words, and those that take their place */
    int64_t seen;          /* the published version the form was made from; 0: not checked */
    int64_t person;
    const char *today;
    int64_t at; /* microseconds UTC */
} CorrectionNew;
/**
 * Correct a published report.
 * Errors, worded for people: APP_ERROR_INVALID (the words do not stand in the chapter, or more than
 * once; nothing is changed; the figures are as they were), APP_ERROR_CONFLICT (not published, or being
 * written in again; corrected by somebody else meanwhile), APP_ERROR_DB.
 */
bool tilstandsrapport_correct(Db *db, int64_t owner, int64_t report,
                              const CorrectionNew *correction, GError **error);

/* --- versions --- */

typedef struct {
    int64_t id;
    int nr;
    const char *made_on;
    const char *sha256; /* of what the public may read */
    bool is_public;     /* has been published, or lay before a body */
    bool holds;         /* the one the public reads now */
    bool voted;         /* the one the council voted on: its hash is locked */
    const char *why;    /* translated: "Sent to the executive committee", "Corrected"; "" */
} Version;
typedef struct {
    Version *v;
    size_t n;
} VersionList;
/* Oldest first. Errors: APP_ERROR_DB. */
bool tilstandsrapport_versions(Db *db, Arena *arena, const Report *report, VersionList *ret,
                               GError **error);

/* --- in the document, first and last; in the thread's language --- */

/* "Rettet 3. mars 2027: ..."; nothing when there is none. */
void tilstandsrapport_doc_corrections(Doc *doc, Arena *arena, const Content *content);
/* «Dere sa – vi gjorde»; nothing when there is none. */
void tilstandsrapport_doc_inputs(Doc *doc, Arena *arena, const Content *content);
