/* bunke.h - bundles: files sent together, read by a job or at once, shown, and then stored or dropped.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "indikator.h"
#include "parse.h"

#define BUNKE_FILES 400
#define BUNKE_KEPT (48 * G_TIME_SPAN_HOUR) /* then it goes, stored or not */

typedef struct {
    int64_t id, owner, person;
    bool shared;
    int64_t job; /* NO_INT: read at once */
    int64_t created_at;
} Bunke;

typedef struct {
    int64_t id;
    const char *filename, *state; /* ulest lest lagret droppet */
    bool skipped;                 /* somebody said yes to rows that are passed over */
    int64_t size, dataset, n_values;
} BunkeFil;

typedef struct {
    BunkeFil *v;
    size_t n;
} BunkeFiler;

typedef struct {
    const char *filename;
    const void *data;
    size_t size;
} NewFil;

/* Keep the files, and read them: in this call when they are few and small, else by a job that is added
 * in the same transaction. */
bool indikator_bundle_add(Db *db, const Bunke *bundle, const NewFil *files, size_t n,
                          int64_t *ret_id, GError **error);
/* One of this person's. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool indikator_bundle_get(Db *db, Arena *arena, int64_t owner, int64_t person, int64_t id,
                          Bunke *ret, BunkeFiler *ret_files, GError **error);
/* The newest bundle of this person with files that wait; 0: none. */
bool indikator_bundle_waiting(Db *db, int64_t owner, int64_t person, int64_t *ret, GError **error);
/* A file as it was read; NULL when it is not. Free it. */
bool indikator_bundle_parsed(Db *db, int64_t owner, int64_t file, ParsedFile **ret, GError **error);
/* Its bytes as sent; NULL when they are let go. g_bytes_unref it. */
bool indikator_bundle_bytes(Db *db, int64_t owner, int64_t file, GBytes **ret, GError **error);
/* Read a file again, as when somebody has said what a column means. */
bool indikator_bundle_read(Db *db, int64_t owner, const BunkeFil *file, GError **error);
/* state: lagret or droppet. The bytes are let go. dataset, n_values: NO_INT for none. */
bool indikator_bundle_settle(Db *db, int64_t owner, int64_t file, const char *state,
                             int64_t dataset, int64_t n_values, GError **error);

/* --- what somebody has said of names and headers --- */

typedef struct {
    int64_t id;
    const char *source, *kind, *text, *target, *by; /* by: NULL: not known */
    int64_t saved_at;
} Tilordning;

typedef struct {
    Tilordning *v;
    size_t n;
} TilordningList;

/* kind: "enhet" or "kolonne"; source: the format. */
bool indikator_meanings(Db *db, Arena *arena, int64_t owner, const char *source, const char *kind,
                        ImportMeanings *ret, GError **error);
bool indikator_meaning_save(Db *db, int64_t owner, const Tilordning *what, int64_t person,
                            GError **error);
bool indikator_meaning_list(Db *db, Arena *arena, int64_t owner, TilordningList *ret,
                            GError **error);
/* Errors: APP_ERROR_NOT_FOUND. */
bool indikator_meaning_forget(Db *db, int64_t owner, int64_t id, GError **error);
bool indikator_meaning_change(Db *db, int64_t owner, int64_t id, const char *target, int64_t now,
                              GError **error);

extern const JobKind indikator_jobs[];
extern const Retention indikator_retention[];
