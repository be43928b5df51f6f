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
    int64_t enhet;       /* the owner's unit, when the value is the owner's own; else 0 */
    const char *family;  /* of an own value: what it hangs together with (LinkedCell); else NULL */
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
    bool closed;      /* hidden because its system has no safe pattern, or none yet */
} Cell;

/* Which of the owner's own values a cell is; enhet 0: none of them. */
typedef struct {
    int64_t enhet;
    const char *indicator, *period, *family;
} ReleasedKey;

typedef struct {
    Cell *v; /* in the order the cells were added */
    size_t n;
    const char *const
        *names; /* of hidden cells "975283488 NP.LES.5 2025/26", for the log; else NULL */
    const ReleasedKey *keys; /* of each cell */
} Released;

typedef struct RawTable RawTable;
RawTable *skjerming_table_new(int64_t owner); /* whose own values it may hold; 0: nobody's */
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
 * where the rule asks for a size.
 * Then what would give those away. For an owner's own values and the public, that is the pattern of
 * the whole system (below); one that is not worked out, is out of date or cannot be made safe hides
 * all. Elsewhere a distribution with one hidden cell hides wholly.
 * Errors: APP_ERROR_INVALID (a cell names no rule in force), APP_ERROR_DB.
 * Source: domain.md 2.12 and contracts.md "Values, import, series".
 */
bool skjerming_release(Db *db, Arena *arena, Audience audience, const RawTable *table,
                       const char *today, Released *ret, GError **error);

/* The version of the rules in force that day: 12 hex digits of their hash, in the arena. */
bool skjerming_version(Db *db, Arena *arena, const char *today, const char **ret, GError **error);

/* Write which rule hid which cell of a frozen release into the log, and for the public, the proof that
 * the systems its cells are of withstood the attacker. */
bool skjerming_log(Db *db, int64_t owner, int64_t release, Audience audience,
                   const Released *released, int64_t now, GError **error);

/* Why a cell is hidden, in words for people, translated; NULL when it is shown. */
const char *skjerming_why(const Cell *cell);
/* "* Tallet er skjermet fordi ...": the legend of the mark, translated. */
const char *skjerming_legend(void);

/* --- patterns: what hangs together hides together, over all pages --- */

typedef enum {
    LINKED_OPEN,  /* the owner's own value: shown or hidden, as the pattern says */
    LINKED_KNOWN, /* published by others: everybody knows it */
    LINKED_NEVER  /* what nobody sees: the groups that the source hides */
} LinkedUse;

/**
 * One cell of a system, as the attacker thinks of it: a *mass* that adds up over units. A count is its
 * own mass; a mean weighs as many as it is the mean of; a share in percent is a hundredth of that.
 * Published masses are known as closely as their figures were rounded.
 */
typedef struct {
    int64_t enhet; /* LINKED_OPEN: the owner's unit */
    const char *indicator, *rule;
    Measure measure;
    double value;
    int64_t n;        /* NO_INT: not known */
    double weight;    /* > 0: mass = weight * value */
    double half;      /* >= 0: the figure can have been this far from what is shown */
    double low, high; /* of the figure; NAN: open */
    bool whole;       /* the mass is a number of people */
    bool in_group;    /* of a distribution: everybody in one place is told too */
    bool source_masked;
    bool top; /* of the municipality: dearer to hide than a unit's */
    LinkedUse use;
} LinkedCell;

typedef struct Linked Linked;
Linked *skjerming_linked_new(int64_t owner, const char *family, const char *period);
void skjerming_linked_free(Linked *linked);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Linked, skjerming_linked_free)
/* Strings are copied. Returns the cell's number. */
unsigned skjerming_linked_add(Linked *linked, const LinkedCell *cell);
/* The sum of coef[i] x mass of cells[i] is known to everybody, whatever it is. */
void skjerming_linked_sum(Linked *linked, unsigned n, const unsigned cells[], const double coef[]);
/* The true mass as it was added. */
double skjerming_linked_mass(const Linked *linked, unsigned cell);

/* Systems that wait to be worked out again, newest periods first. */
typedef struct {
    const char *family, *period;
    int64_t mark;
} LinkedKey;

typedef struct {
    LinkedKey *v;
    size_t n;
} LinkedKeys;

/* Figures of a system have changed: until it is worked out again all of it is hidden. owner 0: the
 * public ones that owners' figures hang together with. Inside the transaction of the change. */
bool skjerming_linked_mark(Db *db, int64_t owner, const char *family, const char *period,
                           GError **error);
/* Those marked, and those worked out under other thresholds. today: "YYYY-MM-DD". */
bool skjerming_linked_waiting(Db *db, Arena *arena, int64_t owner, const char *today,
                              LinkedKeys *ret, GError **error);
/* There is such a system; new, it waits. */
bool skjerming_linked_know(Db *db, int64_t owner, const char *family, const char *period,
                           GError **error);
bool skjerming_linked_all(Db *db, Arena *arena, int64_t owner, LinkedKeys *ret, GError **error);
/* Whose systems wait. */
bool skjerming_linked_owners(Db *db, Arena *arena, int64_t **ret, size_t *ret_n, GError **error);

/**
 * Choose what the public does not see of a system, attack it, and store both.
 *   mark  as it was before the figures were read: when it is another one by now, nothing is stored
 *         and the system still waits.
 * What had been shown before with the same value stays known to the attacker. A system of more than
 * 3,000 cells, or one that cannot be made safe, is closed: none of the owner's cells in it is shown.
 * Takes bounded time and memory; the same figures give the same pattern.
 * Errors: APP_ERROR_DB, APP_ERROR_INVALID (a rule that is not in force).
 * Source: docs/decisions/0015-one-pattern.md.
 */
bool skjerming_work_out(Db *db, const Linked *linked, int64_t mark, const char *today, int64_t now,
                        GError **error);

/* --- what could be shown instead --- */

/* One of the cells that would be shown as one figure. */
typedef struct {
    const Linked *of;
    int64_t enhet;
    const char *indicator;
} LinkedPart;

typedef enum {
    TOGETHER_PASSES,
    TOGETHER_SMALL,  /* a threshold hides the sum too */
    TOGETHER_TELLS,  /* with what is shown already it would give a hidden figure away */
    TOGETHER_UNKNOWN /* a part, or the number of people behind it, is not known; or it is too much */
} Together;

typedef struct {
    Together verdict;
    double
        value; /* the sum of counts; of means and shares the mean, weighted by people. NAN: unknown */
    int64_t n; /* people behind it; NO_INT */
} TogetherFound;

/**
 * Whether the public could see some cells as one figure, beside all that the patterns show now.
 *   parts  1 and up, of one measure; all but a few of them hidden, or there is nothing to gain.
 * The sum goes through the same thresholds as any figure, and then the attacker gets it on top of all
 * that is shown in the systems of its parts.
 * Errors: APP_ERROR_INVALID (a rule is not in force), APP_ERROR_DB.
 * Source of the weights: domain.md 12, vector 9.
 */
bool skjerming_together(Db *db, Arena *arena, const LinkedPart parts[], size_t n, const char *today,
                        TogetherFound *ret, GError **error);

/* What the attacker found of a frozen release. */
typedef struct {
    int64_t n_systems, n_safe;               /* safe: nothing was found */
    int64_t n_hidden, n_protected, n_before; /* n_before: shown before the rule hid them */
    double narrowest; /* interval left, times what is asked; NAN: nothing was protected */
    int64_t wholes;   /* fewest whole numbers left possible; NO_INT */
    const char *engine;
} ReleaseProof;
bool skjerming_proof(Db *db, Arena *arena, int64_t owner, int64_t release, ReleaseProof *ret,
                     GError **error);
