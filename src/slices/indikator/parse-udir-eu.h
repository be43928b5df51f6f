/* parse-udir-eu.h - the words of Udir's exports of the pupil survey; shared by its two layouts.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "parse-cell.h"
#include "parse-job.h"

typedef enum { EU_NONE, EU_FIGURE, EU_ANSWERED, EU_INVITED, EU_PARTICIPATION, EU_OTHER } EuMeasure;

/* One header split into its parts; what it does not say is "" or EU_NONE. Texts are static or kept. */
typedef struct {
    char period[16];
    const char *subject; /* "TRIVSEL", "MOBB", "MOBB.ELEVER" */
    const char *grade;   /* "7", "vg1"; "" for all grades together */
    const char *program; /* "", "STUD", "YRK" of upper secondary */
    const char *sex, *owner;
    const char *county, *place; /* names; "" for the whole country, and for no place below */
    bool upper_secondary, preliminary;
    EuMeasure measure;
    const char *unknown; /* the first word nobody knows; NULL */
} EuColumn;

/**
 * Split "2020-21.Hele landet.Alle fylker.Alle skoler.Alle utdanningsprogram.Begge kjønn.Prosentandel".
 *   places  whether the header names units: then unknown words are names, and counties are known.
 * Dots inside a word ("7. årstrinn") are part of it. Source: domain.md 3.3, EXPECT.md O2.
 */
void indikator_parse_eu_column(ParseJob *job, const char *text, bool places, EuColumn *ret);

/* "Mobbing på skolen (prosent)" -> "MOBB"; NULL for what we keep nothing of. */
const char *indikator_parse_eu_subject(const char *text);

/* The catalogue's code of a column about a subject; NULL where nothing is kept. Kept with the job. */
const char *indikator_parse_eu_code(ParseJob *job, const char *subject, const EuColumn *column);

/* "Vestfold og Telemark" in "2020/21" -> "38"; NULL when no county of that year is called so. */
const char *indikator_parse_county(const char *name, const char *period);

/* A cell of the survey as a value: status, and its number. False with the error told. */
bool indikator_parse_eu_cell(ParseJob *job, const CsvRow *row, unsigned i, Cell *ret);

bool indikator_parse_is_udir_eu(const CsvRow *head);
void indikator_parse_udir_eu(ParseJob *job, CsvReader *reader, CsvRow *row);
bool indikator_parse_is_udir_across(const CsvRow *head);
void indikator_parse_udir_across(ParseJob *job, CsvReader *reader, CsvRow *row);
