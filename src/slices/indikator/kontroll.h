/* kontroll.h - what is checked in a file as it is stored, and kept with it: how often it held, and where not.
 *
 * Only figures of the file itself are held against each other, in one go over its values. A check that
 * does not hold refuses nothing: it says what to ask the source about.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "lagring.h"

#define CONTROL_SHOWN 300 /* findings kept of each check */

typedef enum {
    CONTROL_ORGNR,            /* modulus 11 */
    CONTROL_COUNTIES,         /* participants: counties together = the nation */
    CONTROL_SCHOOLS,          /* schools together = the municipality, where none is hidden */
    CONTROL_MEAN,             /* schools' weighted mean within 1.0 of the municipality's */
    CONTROL_TEN,              /* no published group under ten */
    CONTROL_PARTICIPATION,    /* round(100 answered / invited, 1) */
    CONTROL_LEVELS,           /* pupils on all levels together = participants */
    CONTROL_ONE_SCHOOL,       /* not exactly one hidden school in a municipality: else a leak */
    CONTROL_ONE_MUNICIPALITY, /* not exactly one hidden municipality in a county */
    CONTROL_LINKED,           /* hidden in one subject, its size told by another */
    CONTROL_ABSENT,           /* had figures before and is not in the file */
    N_CONTROLS
} ControlKind;

typedef struct {
    const char *unit, *unit_code, *indicator, *other, *period;
    double expected, found; /* NAN: none */
    int64_t line;           /* 0: not in the file */
} ControlFinding;

typedef struct {
    ControlKind kind;
    int64_t checked, held;
    ControlFinding *v; /* the first CONTROL_SHOWN by line */
    size_t n;
} Control;

typedef struct ControlList {
    Control *v; /* those that had anything to check */
    size_t n;
} ControlList;

/* "skole_sum": as it is stored and as --json has it. */
const char *indikator_control_code(ControlKind kind);
/* Translated: what is checked; and whether a finding is a leak at the source. */
const char *indikator_control_name(ControlKind kind);
bool indikator_control_is_leak(ControlKind kind);
/* Translated: one finding in a sentence. name: of an indicator by code. */
const char *indikator_control_text(Arena *arena, ControlKind kind, const ControlFinding *finding,
                                   GHashTable *names);

/* All checks of a file by itself: every kind but CONTROL_ABSENT. */
void indikator_control_file(Arena *arena, const ParsedFile *file, ControlList *ret);
/* The checks of a file on its way into a store, into s->result. */
bool indikator_control(Storing *s, Db *db, GError **error);
/* Keep them with the dataset; inside the transaction. */
bool indikator_control_store(Storing *s, Db *db, GError **error);
/* What was kept. owner 0: of a public file. */
bool indikator_control_kept(Db *db, Arena *arena, int64_t owner, int64_t dataset, ControlList *ret,
                            GError **error);
