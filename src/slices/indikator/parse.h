/* parse.h - the bytes of a file from outside become checked values or precise errors.
 *
 * One neutral result for every format, so that storing knows no format and a format knows no
 * database. Nothing here opens files, and nothing is stored: the caller runs it in a sandbox.
 * All or nothing: a file with one error gives no values.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"
#include "value.h"

#define PARSE_MAX_BYTES (100u * 1024 * 1024)
#define PARSE_MAX_ERRORS 1000 /* collected; then one more entry says "and N more" */
#define PARSE_MAX_SKIPPED 200

typedef enum { PARSED_NATION = 1, PARSED_COUNTY, PARSED_MUNICIPALITY, PARSED_SCHOOL } ParsedLevel;

typedef struct {
    ParsedLevel level;        /* as Udir's EnhetNivaa; PARSED_SCHOOL is any unit with an orgnr */
    const char *code;         /* "0" nation, "15" county, "1579" municipality, orgnr, "U99999999";
                               * the name itself when by_name */
    const char *name;         /* trimmed; NULL when the format has none (values-csv) */
    const char *county;       /* parent's code; NULL for the nation, a county and values-csv */
    const char *municipality; /* parent's code; only of a school, else NULL */
    unsigned line;            /* where it stands first */
    const char *from;         /* period the name holds from, "2020"; NULL: the file's first */
    const char *closed;       /* of a register: the day it closed, "" when it stands; else NULL */
    bool by_name;             /* the format gives no number: whoever stores it finds the unit */
} ParsedUnit;

/* One (unit, indicator, period, grade, sex, owner form). */
typedef struct {
    size_t unit;           /* index into ParsedFile.units */
    const char *indicator; /* "NP.LES.5" */
    const char *period;    /* "2012/13", "2012", "2012K1", "2012-11" */
    const char *grade;     /* "5", "1-7", "vg1"; "" when the indicator has none */
    const char *sex;       /* "alle", "gutt", "jente" */
    const char *owner;     /* "alle", "offentlig", "privat" */
    ValueStatus status;
    double value;                  /* of VALUE_OK, and of VALUE_QUALITATIVE if has_value */
    double uncertainty;            /* half width of the interval, if has_uncertainty */
    double numerator, denominator; /* as given, if has_numerator, has_denominator */
    int64_t n;                     /* persons, if has_n */
    bool has_value, has_uncertainty, has_numerator, has_denominator, has_n;
    bool n_masked;        /* n is hidden by the source */
    bool preliminary;     /* "Foreløpige tall" */
    bool computed;        /* value = numerator / denominator, by us */
    const char *original; /* the cells verbatim, joined by ";": "50;0,1;55 704" */
    const char *quality;  /* "svak", "middels", "god"; NULL */
    const char *source;   /* what the file says of its source (kilde); NULL */
    unsigned line;        /* in the file, from 1 */
} ParsedValue;

/* A fact about a unit: number of places, of pupils. */
typedef struct {
    size_t unit;       /* index into ParsedFile.units */
    const char *label; /* "Elever" */
    const char *value; /* as written */
    const char *at;    /* fuzzy date, i18n.h */
    const char *source;
    unsigned line;
} ParsedFact;

/* A column the format does not know: somebody is asked what it means. */
typedef struct {
    const char *text;       /* as the header has it */
    unsigned column;        /* from 1 */
    const char *suggestion; /* a known column with a similar name; NULL */
} ParsedColumn;

/* Rows of a known format about something we keep no figures of: passed over, and told. */
typedef struct {
    const char *what; /* "Læringsmiljø / Elevundersøkelsen / Trivsel / Trinn 3" */
    size_t rows;
    unsigned line; /* the first */
} ParsedSkipped;

/* What became of a municipality: only merges, new numbers and new names can carry figures over. */
typedef enum {
    CHANGE_RENAME,   /* the same number, another name */
    CHANGE_RENUMBER, /* one became one, under another number */
    CHANGE_MERGE,    /* one of several that became one */
    CHANGE_SPLIT,   /* one of several that it was parted into: figures never follow by themselves */
    CHANGE_BOUNDARY /* some of it went to another, and it stands: nor here */
} ParsedChangeKind;

typedef struct {
    const char *old_code, *new_code, *old_name,
        *new_name;    /* "1551", "1579", "Eide", "Hustadvika" */
    const char *date; /* "2020-01-01" */
    ParsedChangeKind kind;
    unsigned line;
} ParsedChange;

/* Errors and warnings; line and column are 0 when the whole file is meant. */
typedef struct {
    const char *file;    /* the name given to indikator_parse */
    unsigned line;       /* from 1 */
    unsigned column;     /* number of the field in its row, from 1 */
    unsigned character;  /* place on the line in characters, from 1; 0 when not known */
    const char *message; /* translated: what, where, what to do */
} ParsedProblem;

/* rows are data rows as they stand; masked, missing and zeros count cells as EXPECT.md O1 does. */
typedef struct {
    size_t rows, masked, missing, zeros; /* of udir-csv: cells `*`, empty and `0` of measures */
    size_t duplicates;                   /* rows that repeat an earlier one exactly; dropped */
    size_t not_tested;                   /* values */
    size_t unmapped; /* figures of a table whose contents no indicator answers to: never stored */
} ParsedCounts;

typedef struct ParsedFile {
    const char *file;     /* the name it was given */
    const char *format;   /* one of those of indikator_parse; NULL: not known */
    const char *encoding; /* "UTF-16LE"; NULL before it was sniffed */
    const char *title;    /* guessed, "Nasjonale prøver 5. trinn 2025/26"; NULL */
    char sha256[65];      /* of the raw bytes, lower-case hex */
    const char *first_period, *last_period; /* in text order; NULL when there are no values */
    const char *sheet;                      /* of a workbook; NULL */
    const char *table;  /* of one that no parser knows: indikator_table_sample; NULL */
    bool person_number; /* it holds what may be a national identity number: keep nothing of it */
    char separator;     /* ';' ',' '|' or TAB; 0 when not known, and for a workbook */
    ParsedUnit *units;
    size_t n_units;
    ParsedValue *values;
    size_t n_values;
    ParsedFact *facts;
    size_t n_facts;
    ParsedChange *changes;
    size_t n_changes;
    ParsedColumn *columns; /* not known, and an error each; empty when all are */
    size_t n_columns;
    ParsedSkipped *skipped;
    size_t n_skipped;
    ParsedUnit *half_units; /* of a file with errors: what could be read, to be matched, so that */
    size_t n_half_units;    /* one look tells everything, and never to be stored; else empty */
    ParsedValue *half_values;
    size_t n_half_values;
    ParsedCounts counts;
    ParsedProblem *errors;   /* any at all: units and values are empty */
    size_t n_errors;         /* entries, at most PARSE_MAX_ERRORS + 1 */
    size_t n_errors_all;     /* errors found */
    ParsedProblem *warnings; /* accepted, but somebody should look; same limit */
    size_t n_warnings, n_warnings_all;
    GStringChunk *strings; /* owns every const char * above */
} ParsedFile;

void indikator_parse_free(ParsedFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsedFile, indikator_parse_free)

/* What somebody has said a column of the owner's files means. */
typedef struct {
    const char *text; /* of the header, folded with indikator_fold; or indikator_mapping_name */
    const char *as;   /* a column of values-csv; "-": nothing, pass it over; or a mapping's text */
} ColumnMeaning;

typedef struct {
    const char *name; /* for messages and provenance, without folders */
    const void *bytes;
    size_t len;
    const char *format; /* as for indikator_parse; also "xlsx" */
    const ColumnMeaning *columns;
    size_t n_columns;
    bool no_hash; /* the caller takes it: sha256 stays empty */
} ParseSpec;

/* Parse a file in this very process: for the sandbox's child, tests and fuzzers. */
ParsedFile *indikator_parse_spec(const ParseSpec *spec);

/**
 * Parse a file in a child that can do nothing else (sandbox.h). A child that crashes or is stopped
 * gives a file with one error.
 * Errors: APP_ERROR_DB, APP_ERROR_BUSY (no child could be had).
 */
bool indikator_parse_safely(const ParseSpec *spec, ParsedFile **ret, GError **error);

/* The result as bytes, and back; what comes from the child is not trusted. */
GByteArray *indikator_parse_pack(const ParsedFile *file);
/* Errors: APP_ERROR_INVALID. */
ParsedFile *indikator_parse_unpack(const void *bytes, size_t len, GError **error);

/**
 * Parse a file.
 *   name    for messages and provenance, without folders.
 *   format  "udir-csv", "udir-rapport", "udir-json", "values-csv", "skoleporten", "fakta-csv", "jsonstat", "px", "nsr",
 *           "klass", or "auto" or NULL: whatever indikator_parse_detect says.
 * Returns the result, never NULL; its n_errors tells whether it can be stored. Free it with
 * indikator_parse_free.
 */
ParsedFile *indikator_parse(const char *name, const void *bytes, size_t len, const char *format);

/**
 * Which format the bytes are.
 *   ret_why  when the answer is NULL: translated, what it looks like and what to do; g_free it.
 *            May be NULL.
 * Returns one of those names, static, or NULL; "xlsx" for a workbook and "zip" for an archive.
 */
const char *indikator_parse_detect(const void *bytes, size_t len, char **ret_why);

/**
 * An example of values-csv: the header with every column, a row of sick leave and a row of employees.
 *   unit   an organisation or municipality number, written as it is.
 *   today  "YYYY-MM-DD": the rows are about its year.
 * Returns UTF-8 with a byte order mark, for Excel, and CRLF; g_free it.
 */
char *indikator_parse_values_template(const char *unit, const char *today);

/* --- files in a ZIP archive --- */

#define ZIP_MAX_FILES 200
#define ZIP_MAX_BYTES (100u * 1024 * 1024) /* of one file, and of all together */
#define ZIP_MAX_RATIO 200                  /* unpacked to packed, of a file above 1 MiB */

/* indikator_unzip (indikator.h) in this very process; folders and what systems add are passed over. */
bool indikator_unzip_here(const void *bytes, size_t len, GPtrArray **ret, GError **error);

/* Columns of values-csv by number from 0; NULL past the last. */
const char *indikator_values_column(unsigned i);
/* Is it a ZIP archive of files, and not a workbook? */
bool indikator_is_archive(const void *bytes, size_t len);
/* A text as names are compared: lower case, one space between words, ø o, å aa a, æ ae e, "skule" as
 * "skole", without full stops. g_free it. */
char *indikator_fold(const char *text);
/* How alike two folded texts are, 0-1: 1 - edit distance / longer length. */
double indikator_likeness(const char *a, const char *b);

/* "navn", "nummer", "sammenslaing", "deling", "grense": as the store says it. */
const char *indikator_change_word(ParsedChangeKind kind);

/* "ok", "masked", "missing", "not_tested", "qualitative": as files and the command line say it. */
const char *indikator_status_word(ValueStatus status);
