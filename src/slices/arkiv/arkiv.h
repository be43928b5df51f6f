/* arkiv.h - case papers of the political bodies, excerpts of the minutes, and delivery to the archive.
 *
 * The archive is another system: this one makes packages for it (Noark 5 arkivmelding and PDF/A files)
 * and remembers its receipts. Source: domain.md 1.6, 8.5.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport.h"

extern const Slice arkiv_slice;

/* Told before each file that is made; false stops with its error. */
typedef bool (*ArkivProgress)(void *arg, int done, int total, const char *title, GError **error);

typedef struct {
    int generation;   /* of arkivmelding: 2 coded values (KS Fiks), 1 words (eFormidling) */
    int64_t person;   /* who asks; 0: the command line */
    const char *role; /* of whoever asks, for the log; NULL */
    const char *today;
    int64_t now; /* microseconds UTC */
    ArkivProgress progress;
    void *arg; /* both may be NULL */
} ArkivWish;

/**
 * Make the package of a report: a ZIP with arkivmelding.xml, the PDF/A files of everything that is
 * ready to be archived, and a manifest of SHA-256. What was delivered when is written down.
 *   ret_zip    g_bytes_unref.
 *   ret_files  how many documents; may be NULL.
 * Errors: APP_ERROR_CONFLICT (nothing is ready, worded for people), APP_ERROR_DB.
 */
bool arkiv_package(Db *db, Arena *arena, const Report *report, const ArkivWish *wish,
                   GBytes **ret_zip, int *ret_files, GError **error);
