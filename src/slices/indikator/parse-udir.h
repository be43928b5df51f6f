/* parse-udir.h - the columns of Udir's wide export; shared by its header and its rows.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "parse-job.h"

enum { MEASURE_SCORE, MEASURE_UNCERTAINTY, MEASURE_N, N_MEASURES };
enum {
    ID_LEVEL,
    ID_COUNTY_CODE,
    ID_MUNICIPALITY_CODE,
    ID_CODE,
    ID_COUNTY,
    ID_MUNICIPALITY,
    ID_NAME,
    ID_NATION_CODE,
    ID_NATION,
    N_IDS
};

/* The three columns that make one value. Texts are kept with the job's result. */
typedef struct {
    const char *indicator, *period, *grade, *sex, *owner;
    bool preliminary;
    unsigned column[N_MEASURES]; /* from 0 */
} UdirGroup;

typedef struct {
    unsigned id[N_IDS]; /* column from 0, or NO_COLUMN */
    GArray *groups;     /* of UdirGroup, at least one */
} UdirHeader;

/* The name of an ID_ column. */
const char *indikator_parse_udir_id_name(unsigned id);

#define NO_COLUMN G_MAXUINT

/* One measure's header split into its parts. */
typedef struct {
    char period[16];     /* "2025/26" */
    const char *subject; /* "LES", "REG", "ENG" */
    char grade[4];       /* "5" */
    const char *owner, *sex;
    unsigned measure;
    bool preliminary;
} UdirColumn;

/**
 * Split "2025-26.Lesing.5. årstrinn.Alle eierformer.Alle kjønn.Skalapoeng" by its known words,
 * greedily and in any order; a dot inside a word is part of it. Each of the six parts once.
 *   ret_rest  where an unknown word starts, or the empty end when a part is lacking.
 * Source: domain.md 3.3 and 12 no. 18.
 */
bool indikator_parse_udir_column(const char *text, UdirColumn *ret_column, const char **ret_rest);

/* All columns; false with the errors collected when one is unknown, twice there or lacking. */
bool indikator_parse_udir_header(ParseJob *job, const CsvRow *head, UdirHeader *ret_header);
