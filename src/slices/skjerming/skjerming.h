/* skjerming.h - disclosure control: the one gate through which values leave the program.
 *
 * A RawTable can be filled but not read; skjerming_release() is the only way to get values out of it,
 * and it gives an audience what that audience may see. Internal and public are two audiences with two
 * tables, never one table with a switch. The gate sees the whole table at once, because whether one
 * cell may be shown depends on the cells beside it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "value.h"
#include "web.h"

extern const Slice skjerming_slice;

typedef enum { AUDIENCE_PUBLIC, AUDIENCE_INTERNAL } Audience;
const char *skjerming_audience_code(Audience audience); /* "offentlig", "intern" */

typedef enum { MEASURE_MEAN, MEASURE_COUNT, MEASURE_SHARE } Measure;

/* One value on its way to the gate. Strings are copied. */
typedef struct {
    const char *unit;      /* "975283518", "1579", "15", "0" */
    const char *indicator; /* "NP.LES.5" */
    const char *period;    /* "2025/26" */
    const char *rule;      /* kind of data: skjerming_regel.kind */
    Measure measure;       /* what the value is: of a share, percent of n */
    int64_t group;         /* > 0: cells of one distribution hide together; 0: alone */
    ValueStatus status;
    double value;       /* NAN unless status is ok or qualitative */
    double uncertainty; /* NAN when none */
    int64_t n;          /* people behind the value; NO_INT when not known */
    bool n_masked;      /* n is hidden by the source */
    bool source_masked; /* the public source hides this cell, whatever we know ourselves */
    bool preliminary, computed;
    const char *quality; /* svak middels god, or NULL */
} RawCell;

typedef enum {
    HIDDEN_NOT,
    HIDDEN_SOURCE,   /* the source hides it */
    HIDDEN_PRIMARY,  /* a threshold hides it */
    HIDDEN_SECONDARY /* it would give a hidden one away */
} HiddenBy;

/* One value as an audience may see it. Hidden: status VALUE_MASKED, numbers NAN and NO_INT. */
typedef struct {
    ValueStatus status;
    double value, uncertainty;
    int64_t n;
    bool preliminary, computed;
    const char *quality;
    HiddenBy hidden;
    const char *rule; /* which rule hid it: "np_snitt: n < 10"; NULL when shown */
} Cell;

typedef struct {
    Cell *v; /* in the order the cells were added */
    size_t n;
    const char *const
        *names; /* of hidden cells "975283488 NP.LES.5 2025/26", for the log; else NULL */
} Released;

typedef struct RawTable RawTable;
RawTable *skjerming_table_new(void);
void skjerming_table_free(RawTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RawTable, skjerming_table_free)
void skjerming_add(RawTable *table, const RawCell *cell);

/**
 * Let a table out to an audience.
 *   today   "YYYY-MM-DD": the rules in force that day apply.
 *   arena   keeps *ret.
 * A cell the source masks stays masked for everybody. Then primary rules: a group smaller than the
 * threshold, a count between the limits, a share that stands for such a count or leaves such a rest,
 * a distribution with everybody in one place. A group whose size is not known is treated as too small
 * where the rule asks for a size. At last a distribution with one hidden cell hides wholly.
 * Errors: APP_ERROR_INVALID (a cell names no rule in force), APP_ERROR_DB.
 * Source: domain.md 2.12 and contracts.md "Values, import, series".
 */
bool skjerming_release(Db *db, Arena *arena, Audience audience, const RawTable *table,
                       const char *today, Released *ret, GError **error);

/* The version of the rules in force that day: 12 hex digits of their hash, in the arena. */
bool skjerming_version(Db *db, Arena *arena, const char *today, const char **ret, GError **error);

/* Write which rule hid which cell of a frozen release into the log. */
bool skjerming_log(Db *db, int64_t owner, int64_t release, Audience audience,
                   const Released *released, int64_t now, GError **error);

/* Why a cell is hidden, in words for people, translated; NULL when it is shown. */
const char *skjerming_why(const Cell *cell);
/* "* Tallet er skjermet fordi ...": the legend of the mark, translated. */
const char *skjerming_legend(void);
