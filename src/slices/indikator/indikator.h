/* indikator.h - indicators: the catalogue, import of values, and the one way to read them.
 *
 * Values stand in two stores: public statistics shared by all owners, and an owner's own. Readers see
 * one series, already through the disclosure gate: indikator_matrix() is the only reader, and what it
 * gives has passed skjerming_release() for the audience asked for.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <math.h>
#include "control.h"
#include "enhet.h"
#include "skjerming.h"

extern const Slice indikator_slice;

/* --- the catalogue --- */

typedef struct {
    const char *code;      /* "NP.LES.5" */
    const char *name;      /* in the language asked for */
    const char *theme;     /* ressurs laringsmiljo laringsresultat gjennomforing hms barnehage */
    const char *source;    /* udir_np udir_gsi hr_lokal ... */
    const char *unit;      /* skalapoeng prosent poeng niva antall kroner forholdstall */
    const char *direction; /* hoy lav noytral: where better lies */
    int decimals;
    double low, high;    /* the scale; NAN when open */
    const char *period;  /* skolear ar kvartal */
    const char *grade;   /* "5"; "" for none */
    const char *rule;    /* skjerming_regel.kind */
    const char *explain; /* what it means, in the language asked for */
} Indicator;

typedef struct {
    Indicator *v;
    size_t n;
} IndicatorList;

/* All indicators in the catalogue's order. */
bool indikator_catalogue(Db *db, Arena *arena, Lang lang, IndicatorList *ret, GError **error);
/* Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool indikator_get(Db *db, Arena *arena, Lang lang, const char *code, Indicator *ret,
                   GError **error);
/* "scale points", translated; for a number's unit beside it. "prosent" gives "%". */
const char *indikator_unit_name(const char *unit);
const char *indikator_theme_name(const char *theme);
const char *indikator_source_name(const char *source); /* "Udir, nasjonale prøver" */
/* What "±" means, in two sentences: the one text for it, beside its first use on a page or in a file. */
const char *indikator_uncertainty_legend(void);
/* What the word of the trade that an indicator is measured in means, in one sentence: scale points,
 * mastery level. Both are "" when it needs none. */
const char *indikator_unit_legend(const Indicator *indicator, const char **ret_word);

/* The words of the break before `period` ("2022/23") of an indicator's series, in a language; *ret is
 * untouched when the catalogue has none there. */
bool indikator_break_text(Db *db, Arena *arena, Lang lang, const char *code, const char *period,
                          const char **ret, GError **error);

/* --- units that have values --- */

typedef struct {
    int64_t enhet;    /* the owner's unit, or 0 for a unit of the public statistics alone */
    int level;        /* 1 nation, 2 county, 3 municipality, 4 school or other unit */
    const char *code; /* "0", "15", "1579", orgnr; "" when a unit has no number */
    const char *name;
} UnitRef;

typedef struct {
    UnitRef *v;
    size_t n;
} UnitRefList;

/* One of the owner's units. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool indikator_unit(Db *db, Arena *arena, int64_t owner, int64_t enhet, const char *today,
                    UnitRef *ret, GError **error);
/**
 * Whom a unit is compared with: itself, its municipality, its county, the nation, in that order,
 * without repeating the unit and without those the public statistics do not know.
 *   owner 0: for a unit of the public statistics, given by code ("1579", orgnr, "15", "0").
 */
bool indikator_peers(Db *db, Arena *arena, const UnitRef *unit, UnitRefList *ret, GError **error);
/* A unit of the public statistics by its code; APP_ERROR_NOT_FOUND. */
bool indikator_public_unit(Db *db, Arena *arena, const char *code, UnitRef *ret, GError **error);
/* Schools the public statistics place in a municipality, by their newest names, in Norwegian order. */
bool indikator_public_schools(Db *db, Arena *arena, const char *municipality, UnitRefList *ret,
                              GError **error);
/* Counties (2) or municipalities (3) of the public statistics by their newest names, in Norwegian order.
 *   county  "15": those in it; "": all. */
bool indikator_level_units(Db *db, Arena *arena, int level, const char *county, UnitRefList *ret,
                           GError **error);
/* The owner's schools (and other units of `kind`, or all below the municipality when NULL). */
bool indikator_units(Db *db, Arena *arena, int64_t owner, const char *kind, const char *today,
                     UnitRefList *ret, GError **error);

/**
 * The number that a municipality goes by on a day: "1551" on 2013-06-20, "1579" on 2020-01-01. New numbers
 * and merges are followed; one that was parted stays what it was, since no number is the right one.
 *   ret  `code` itself when nothing followed it by then.
 * Errors: APP_ERROR_DB. Source: domain.md 12, vector 17; EXPECT O9.
 */
bool indikator_code_on(Db *db, Arena *arena, const char *code, const char *date, const char **ret,
                       GError **error);

/* --- reading --- */

typedef struct {
    const char *first_period; /* of the new series: "2022/23" */
    const char *text;
} SeriesBreak;

/* Why a figure of `period` cannot be held against one of `before`, an earlier period; NULL: it can. */
const char *indikator_break_between(const SeriesBreak *breaks, const char *before,
                                    const char *period);

/* A published figure that a computed one is made of. */
typedef struct {
    UnitRef unit;
    const char *source; /* "FILE:12"; NULL when not known */
} MatrixPart;

typedef struct {
    Cell cell;            /* as the audience may see it */
    bool known;           /* false: nothing is stored here; cell is VALUE_MISSING */
    const char *source;   /* "2025-26_..._5._trinn.csv:1789"; NULL when not known */
    const char *stated;   /* source, in the words of the owner's file; NULL unless seen */
    int64_t imported_at;  /* microseconds UTC; 0 when not known */
    const char *original; /* the cells as they stood; NULL unless the audience sees the value */
    double numerator, denominator; /* NAN unless shown and given */
    const char
        *told; /* of a period before the unit came to be: how the figure was computed from what
                          was there, or why none is; translated; NULL otherwise */
    MatrixPart *parts; /* published figures it is made of; n_parts 0: none */
    size_t n_parts;
} MatrixCell;

/* National tests 2014-2021 as Udir published them, or on the scale SSB has corrected since. */
typedef enum { SCALE_PUBLISHED, SCALE_CORRECTED } Scale;

typedef struct {
    int64_t owner; /* whose own values to read too; 0: public statistics alone */
    Audience audience;
    Lang lang;
    const char *today; /* rules in force, and names */
    const UnitRef *units;
    size_t n_units;
    const char *const *indicators; /* codes, NULL-terminated */
    const char *from, *to;         /* periods, inclusive; NULL: no limit */
    Scale scale;
} MatrixSpec;

/* cell of (unit u, indicator i, period p): v[(u * n_indicators + i) * n_periods + p] */
typedef struct {
    MatrixCell *v;
    const UnitRef *units;
    size_t n_units;
    const char *
        *past; /* what each unit came of, in a sentence; NULL: of nothing within the periods */
    Indicator *indicators;
    size_t n_indicators;
    const char **periods; /* ascending; every period with a value of any unit */
    size_t n_periods;
    SeriesBreak **breaks; /* for each indicator, an array that ends with { NULL } */
    Released released;    /* what the gate gave, for the log */
} Matrix;

/**
 * Read values through the gate. Grade is the indicator's own, sex "alle".
 * Where both stores know a value, the owner's own stands, and what the public source masks stays
 * masked for the public. Values of all cells pass one release, so that what hides with them hides.
 * A published value stays with the unit that had it. What is not known of a unit before the day it came of
 * others is computed from theirs, of all of them, weighted by n, when this audience may see them all:
 * marked as computed, with `told` and `parts`. It passes the gate as any value.
 * Errors: APP_ERROR_NOT_FOUND (an indicator), APP_ERROR_DB.
 */
bool indikator_matrix(Db *db, Arena *arena, const MatrixSpec *spec, Matrix *ret, GError **error);
static inline const MatrixCell *matrix_at(const Matrix *m, size_t unit, size_t indicator,
                                          size_t period)
{
    return &m->v[(unit * m->n_indicators + indicator) * m->n_periods + period];
}
/* Whether the audience sees a number here. */
static inline bool matrix_shown(const MatrixCell *cell)
{
    return cell->known && cell->cell.status == VALUE_OK && isfinite(cell->cell.value);
}

typedef struct {
    const char *label; /* "2024/25" */
    size_t period;     /* index in the list; SIZE_MAX: a period between that is not in it */
} PeriodPlace;

typedef struct {
    PeriodPlace *v;
    size_t n;
} PeriodPlaces;

/**
 * The periods of a series, ascending, and a place for every school year, year or quarter that is
 * missing between two of them: drawn so, an axis tells the truth and no line crosses a gap.
 */
PeriodPlaces indikator_places(Arena *arena, const char *const *periods, size_t n);

/* --- more than chance? --- */

#define CONTROL_SUITS (-1)
typedef struct {
    size_t unit, indicator;
    const PeriodPlaces *places; /* ControlChart.points is as long */
    SpcProfile profile;
    int chart;     /* an SpcChart; CONTROL_SUITS: what suits the figures */
    double target; /* NAN: none */
    size_t fix_after;
    const char *const *starts, *const *excluded; /* periods, NULL-terminated; NULL: none */
} ControlAsk;

/**
 * One row of a matrix as a control chart, of what the matrix shows: what is hidden counts as missing.
 *   Which chart suits: shares with numerator and denominator p, of days p′ (a day off is not drawn by
 *   lot: one illness is many days); other ratios of counts u; events counted c; all else XmR. A stock,
 *   as the number of pupils, is no count of events.
 *   By year, with too few points for limits, the three newest years are put together instead: their
 *   mean weighted by people, and the uncertainties with it (domain.md 12, vector 9).
 * Errors: APP_ERROR_INVALID: the chart asked for does not suit the figures; the message is translated.
 */
bool indikator_control_chart(Arena *arena, const Matrix *matrix, const ControlAsk *ask,
                             ControlChart *ret, GError **error);

/* The words of a cell: "47 ±1,3", "*", "–", "gode resultater"; with_n adds "(136)". In the arena. */
const char *indikator_cell_text(Arena *arena, const Indicator *indicator, const Cell *cell,
                                bool with_n);

/**
 * Rolling sum of four quarters of a share given by numerator and denominator, in percent.
 *   series  one row of a matrix of quarterly values; last  index of the newest quarter.
 * Returns false when a quarter is missing or hidden; ret_percent is then untouched.
 * Source: domain.md 2.8: sum of lost days over sum of agreed days, never a mean of percentages.
 */
bool indikator_rolling(const Matrix *matrix, size_t unit, size_t indicator, size_t last,
                       double *ret_percent);

/**
 * Change of a quarterly share from the same quarter a year before, in percentage points.
 *   period  index of the newer quarter. Returns false when either is missing or hidden.
 */
bool indikator_year_change(const Matrix *matrix, size_t unit, size_t indicator, size_t period,
                           double *ret_points);

/* How two means stand to each other: their intervals overlap or not. Source: domain.md 2.2. */
typedef enum { STANDS_UNKNOWN, STANDS_BELOW, STANDS_LEVEL, STANDS_ABOVE } Stands;
Stands indikator_stands(const Cell *a, const Cell *b);
/* "clearly below Norway", or without a name (NULL) "clearly below"; "" when it cannot be said. */
const char *indikator_stands_text(Arena *arena, Stands stands, const char *than);

/* --- import --- */

/* What somebody has said of a name, a number or a header: texts folded with indikator_fold. */
typedef struct {
    const char *text;
    const char *as; /* a unit's number, or a column; "-": nothing, pass it over */
} ImportMeaning;

typedef struct {
    ImportMeaning *v;
    size_t n;
} ImportMeanings;

typedef struct {
    int64_t owner;  /* 0: the shared public store */
    int64_t person; /* who imports; 0: the command line */
    int64_t
        only_unit; /* > 0: values of the owner's other units are refused; for roles of one unit */
    const char *filename;
    const char *data;
    size_t size;
    const char *format; /* "auto", "udir-csv", "values-csv", "xlsx" ...: parse.h */
    bool dry_run;
    int64_t now;
    const char *today;
    ImportMeanings units, columns;   /* what is known of names beside the register; may be empty */
    const struct ParsedFile *parsed; /* read before (parse.h); NULL: read here, in the sandbox */
} ImportSpec;

typedef struct {
    const char *file;
    int64_t line, column; /* 0: the whole file */
    const char *message;  /* translated */
} ImportProblem;

/* A value that stands and would be another. Texts as the importer may see them: not suppressed. */
typedef struct {
    const char *unit, *indicator, *period, *from, *to;
    int64_t line;
} ImportChange;

/* A unit that nobody knows. */
typedef struct {
    const char *text; /* the name or number as it stands */
    bool by_name;
    int64_t line, n; /* first line; values about it */
} ImportUnknown;

/* A column that nobody knows, or rows about what we keep no figures of. */
typedef struct {
    const char *text, *suggestion; /* suggestion: a column; NULL */
    int64_t place, n;              /* column, or first line; rows */
} ImportOdd;

/* An earlier file whose values for the same indicators and periods stand now. */
typedef struct {
    int64_t dataset;
    const char *filename;
    int64_t imported_at, n;
} ImportEarlier;

/* An indicator in the file. */
typedef struct {
    const char *code, *name, *first, *last;
    int64_t n;
} ImportCovered;

typedef struct {
    const char *format;
    int64_t rows, values, masked, missing, zeros, duplicates, not_tested;
    int64_t units_matched, units_unknown;
    int64_t dataset;    /* id; 0 when nothing was stored (dry run, errors) */
    int64_t unmapped;   /* figures of a table whose contents answer to no indicator: never stored */
    bool has_table;     /* a table that no parser knows by itself */
    bool mapped;        /* and it was read as somebody has said */
    bool known_before;  /* this very file was imported earlier; dataset is that one's id */
    bool undone_before; /* and then undone: importing brings its values back */
    int64_t fresh;      /* of values: those nobody had before */
    int64_t changed;    /* of values: those that replace an earlier word */
    int64_t same;       /* those that say what stands */
    int64_t gone;       /* what stands of the same indicators and periods and is not in the file */
    int64_t facts;      /* of values: facts about units */
    const char *title;  /* "Nasjonale prøver 5. trinn 2025-26", or NULL */
    const char *periods; /* "2025/26" or "2012K1–2013K1"; "" */
    const char *encoding;
    const char *sheet; /* of a workbook; NULL */
    char separator;    /* 0: not known */
    ImportProblem *errors, *warnings;
    size_t n_errors, n_warnings;
    ImportChange **changes; /* the first few */
    size_t n_changes;
    ImportUnknown *unknown;
    size_t n_unknown;
    ImportOdd *columns, *skipped;
    size_t n_columns, n_skipped;
    ImportEarlier *earlier;
    size_t n_earlier;
    ImportCovered *covered;
    size_t n_covered;
    const char **quality; /* of a dry run: what is worth a look, a sentence or two each */
    size_t n_quality;
    const struct ControlList *controls; /* kontroll.h: what was checked; NULL when nothing was */
} ImportResult;

/**
 * Import one file: all of it in one transaction, or nothing.
 *   arena  keeps *ret.
 * A file with errors is no failure of this function: it returns true with n_errors > 0 and stores
 * nothing. Errors: APP_ERROR_DB, APP_ERROR_BUSY.
 */
bool indikator_import(Db *db, Arena *arena, const ImportSpec *spec, ImportResult *ret,
                      GError **error);
/* --- what was fetched, not sent --- */

typedef struct {
    int64_t owner, person; /* who is asked for a yes, with the right to the public store */
    const char *filename;
    const void *data;
    size_t size;
    int64_t now;
} ImportOffer;

/* Keep it as if the person had sent it to the public store; ret_id: of /import/filer/{id}. */
bool indikator_offer(Db *db, const ImportOffer *offer, int64_t *ret_id, GError **error);
/* The public dataset that these very bytes became and that counts; *ret_id 0: none. */
bool indikator_public_dataset(Db *db, const char *sha256, int64_t *ret_id, GError **error);

typedef struct {
    char *name; /* without folders */
    GBytes *bytes;
} ZippedFile;
void indikator_zipped_free(void *file); /* a ZippedFile */

/**
 * Whether bytes are a ZIP archive of files, not a workbook, and its files, unpacked in the sandbox.
 *   ret  of ZippedFile, owning.
 * Errors: APP_ERROR_INVALID (damaged, too large: in words), APP_ERROR_DB.
 */
bool indikator_is_archive(const void *bytes, size_t len);
bool indikator_unzip(const void *bytes, size_t len, GPtrArray **ret, GError **error);
/* A text as names are compared; g_free it. */
char *indikator_fold(const char *text);
/* What was checked in a file, for a terminal. first: ", first in line 12", or "". */
typedef struct {
    const char *name, *first;
    int64_t checked, held;
    bool leak;
} ControlSummary;
size_t indikator_control_count(const ImportResult *result);
ControlSummary indikator_control_summary(Arena *arena, const ImportResult *result, size_t i);
/* The result as contracts.md's object, one line of JSON; g_free it. */
char *indikator_import_json(const ImportResult *result);

typedef struct {
    int64_t id;
    const char *filename, *by; /* by: who imported it; NULL: the command line, or a public file */
    const char *format, *sha256, *title, *periods; /* title, periods: "" when not known */
    int64_t imported_at;                           /* microseconds UTC */
    int64_t rows, values;                          /* values: stored newly or changed by it */
    int64_t fresh, changed, same, masked, missing; /* NO_INT: stored before that was counted */
    int64_t current;                               /* values of it that stand now */
    int64_t undone_at;                             /* NO_INT: it counts */
    const char *undone_by;                         /* NULL: the command line */
    bool by_forgotten;                             /* who imported it is no longer kept */
    bool shared;                                   /* public statistics for all owners */
} Dataset;

typedef struct {
    Dataset *v;
    size_t n;
} DatasetList;

/**
 * What has been imported, newest first: the owner's own files and the public ones.
 *   owner  0: the public ones alone.   limit  1 and up.
 */
bool indikator_datasets(Db *db, Arena *arena, int64_t owner, int limit, DatasetList *ret,
                        GError **error);
/* One of them. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool indikator_dataset(Db *db, Arena *arena, int64_t owner, int64_t id, Dataset *ret,
                       GError **error);

/**
 * Undo a dataset, or bring it back: in one transaction, for each value of it, the newest dataset
 * that counts says what stands. Nothing is deleted. A report that is frozen keeps its own copy.
 *   owner   whose dataset; 0: of the public store.   person  who; 0: the command line.
 *   ret_n   values that are others now.
 * Errors: APP_ERROR_NOT_FOUND, APP_ERROR_CONFLICT (it is undone already, or it is not),
 * APP_ERROR_INVALID (facts about units, which are put right on the unit's page), APP_ERROR_DB.
 */
bool indikator_undo(Db *db, int64_t owner, int64_t dataset, int64_t person, int64_t now,
                    int64_t *ret_n, GError **error);
bool indikator_redo(Db *db, int64_t owner, int64_t dataset, int64_t *ret_n, GError **error);

/**
 * Work out what waits, of one owner or (0) of all of them. Outside any transaction of the change.
 * Much work is left for the job that comes by the clock; what is left shows nothing meanwhile.
 *   today  whose thresholds; NULL: those of each owner's day.
 *   ret_n  systems worked out; may be NULL.
 */
bool indikator_link(Db *db, int64_t owner, const char *today, int64_t now, int64_t *ret_n,
                    GError **error);

/* Schools that the public statistics place in a municipality and the owner has not taken in yet. */
bool indikator_proposed(Db *db, Arena *arena, int64_t owner, const char *municipality,
                        UnitRefList *ret, GError **error);
/* A school with a new organisation number that may be one of the owner's under a new number. */
typedef struct {
    int64_t old; /* the owner's unit */
    const char *old_name, *old_code, *code, *name;
    const char
        *first; /* the new number's first period, "2023/24"; the old one's last is before it */
} Successor;

typedef struct {
    Successor *v;
    size_t n;
} SuccessorList;

/**
 * Which of the proposed schools may follow a school of the owner: the names are equal or alike, both lie
 * in the municipality, and the public statistics have no figures of the old number from the new one's
 * first period on. Never merged by itself; what somebody has said no to is not proposed again.
 */
bool indikator_successors(Db *db, Arena *arena, int64_t owner, const UnitRefList *proposed,
                          const char *today, SuccessorList *ret, GError **error);
/* Take in the new school and say that it follows the old one; or remember that it does not. */
bool indikator_accept_successor(Db *db, int64_t owner, const char *municipality,
                                const Successor *which, GError **error);
bool indikator_refuse_successor(Db *db, int64_t owner, const Successor *which, int64_t now,
                                GError **error);
/* Take them in as the owner's units, with every name they have had. `n` counts those added. */
bool indikator_accept(Db *db, int64_t owner, const char *municipality, int *ret_n, GError **error);
/* Only the one with this organisation number; NULL: all. */
bool indikator_accept_school(Db *db, int64_t owner, const char *municipality, const char *code,
                             int *ret_n, GError **error);
