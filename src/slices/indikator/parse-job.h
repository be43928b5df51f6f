/* parse-job.h - what the parsers of the single formats share; nobody else includes it.
 *
 * A job holds the text, converted and sniffed, and collects units, values and problems. A parser
 * reads on after a bad row, so that one look at the list mends the file.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "csv.h"
#include "encoding.h"
#include "i18n.h"
#include "parse.h"

typedef struct {
    ParsedFile *file;
    const ParseSpec *spec;
    GArray *units, *values, *errors, *warnings, *facts, *columns, *skipped, *changes;
    GArray *people;      /* of ParsePlace: where what may be identity numbers stands */
    GHashTable *by_code; /* unit's code -> index + 1 */
    char *text;          /* UTF-8, len bytes and a NUL */
    size_t len;
    bool ends_line; /* the text ends with a line end */
    bool utf16;
    char *unknown; /* why no sheet of a workbook is known; NULL */
} ParseJob;

/* line and column as in ParsedProblem; all 0 for the whole file. */
typedef struct {
    unsigned line, column, character;
} ParsePlace;

/* Field i (from 0) of a row. */
ParsePlace indikator_parse_place(const CsvRow *row, unsigned i);

/* Collect an error or a warning; the format is a translated msgid. */
void indikator_parse_fail(ParseJob *job, ParsePlace place, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
void indikator_parse_warn(ParseJob *job, ParsePlace place, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* Note where the text holds identity numbers of people, before a parser cuts it; parse-person.c. */
void indikator_parse_look_for_people(ParseJob *job, const char *text, size_t len);
/* Refuse the file for them, unless its parser has done so. */
void indikator_parse_refuse_people(ParseJob *job);

/* Whether field i (from 0) of a row holds what may be a national identity number; then it is told. */
bool indikator_parse_person_number(ParseJob *job, const CsvRow *row, unsigned i);

/* The text kept with the result; equal texts share one copy. NULL gives NULL. */
const char *indikator_parse_keep(ParseJob *job, const char *text);

/* Index of the unit with that code, made from *unit when new; *ret_new tells. Texts are kept. */
size_t indikator_parse_unit(ParseJob *job, const ParsedUnit *unit, bool *ret_new);

/**
 * Start reading rows.
 *   max_rows  what the format can need.
 *   ret_head  the header row.
 * Returns NULL, with the error collected, when there is no header.
 */
CsvReader *indikator_parse_rows(ParseJob *job, size_t max_rows, CsvRow *ret_head);

/* The same where rows need not be as wide as the first. */
CsvReader *indikator_parse_loose_rows(ParseJob *job, CsvRow *ret_head);

/* Next row; problems of the splitter are collected, and false is the end. */
bool indikator_parse_next(ParseJob *job, CsvReader *reader, CsvRow *ret_row);

/* --- the formats: is this header theirs, and fill the job from job->text --- */
bool indikator_parse_is_udir(const CsvRow *head);
void indikator_parse_udir(ParseJob *job);
bool indikator_parse_is_report(const CsvRow *head);
void indikator_parse_report(ParseJob *job);
bool indikator_parse_is_values(const CsvRow *head);
bool indikator_parse_is_skoleporten(const CsvRow *head);
void indikator_parse_skoleporten(ParseJob *job);
bool indikator_parse_is_facts(const CsvRow *head);
void indikator_parse_facts(ParseJob *job);
void indikator_parse_values(ParseJob *job);

/* Formats that are no tables of text. */
void indikator_parse_jsonstat(ParseJob *job);
void indikator_parse_px(ParseJob *job); /* from job->spec's bytes: it says its own character set */
void indikator_parse_udir_json(ParseJob *job);
void indikator_parse_nsr(ParseJob *job);
void indikator_parse_klass(ParseJob *job);
bool indikator_parse_is_px(const char *bytes, size_t len);
/* "jsonstat", "udir-json", "nsr" or "klass" by what its members are called; NULL for other JSON. */
const char *indikator_parse_json_kind(const char *text, size_t len);
bool indikator_parse_reads_json(const char *format);

/* Rows about what we keep no figures of: counted under `what`. */
void indikator_parse_skip(ParseJob *job, const char *what, unsigned line);

/* First and last period of the values. */
void indikator_parse_note_periods(ParsedFile *file);

/**
 * A table that none of the formats above knows: a sample is kept with the result, and when its columns
 * have been explained before (job->spec->columns), it is read. Returns whether it was.
 */
bool indikator_parse_table(ParseJob *job, const char *text, size_t len);

/* --- parse-xlsx.c --- */
bool indikator_parse_is_workbook(const void *bytes, size_t len);
/**
 * The sheet of a workbook that fits a format best, as text of values-csv's kind: `;` between cells, a
 * decimal comma, a line for each row of the sheet, so that lines and columns are the sheet's own.
 *   ret_text   g_free it.    ret_sheet  its name, g_free it.
 *   ret_why    translated, g_free it: why there is no text, or why no sheet is known, and then the text
 *              is that of the largest.
 *   ret_people a sheet holds what may be a national identity number, and *ret_why says where.
 * Returns false when the workbook cannot be read, or must not be.
 */
bool indikator_parse_workbook(const void *bytes, size_t len, char **ret_text, char **ret_sheet,
                              char **ret_why, bool *ret_people);

/* --- parse-sniff.c --- */
/* What bytes that are no text we read look like: translated, with what to do; NULL when fine. */
char *indikator_parse_foreign(const void *bytes, size_t len);
/* The same for text: a web page, JSON, XML, PX, nothing at all. */
char *indikator_parse_foreign_text(const char *text);
/* The format of a text by its header, or NULL and why. Cuts nothing. */
const char *indikator_parse_format_of(const char *text, size_t len, char **ret_why);
