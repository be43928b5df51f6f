/* parse-tabell.h - a table that no parser knows: what stands in it, and how somebody said it is read.
 *
 * What is said is kept by the table's headers, not by its columns' places: the next year's file may have
 * its columns in another order, or one quarter more. Headers that are periods are one and the same.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "arena.h"
#include "parse.h"

typedef enum {
    ROLE_SKIP,
    ROLE_UNIT,
    ROLE_PERIOD,
    ROLE_YEAR,
    ROLE_PART, /* the quarter or month of ROLE_YEAR */
    ROLE_INDICATOR,
    ROLE_VALUE,
    ROLE_NUMERATOR,
    ROLE_DENOMINATOR,
    ROLE_N,
    ROLE_SEX,
    ROLE_STATUS,
    N_ROLES
} TableRole;

/* "enhet", "verdi" ...: as forms and the store have it. N_ROLES for no role. */
const char *indikator_role_word(TableRole role);
TableRole indikator_role_of(const char *word);

typedef struct {
    const char *key; /* of its header: indikator_table_key */
    TableRole role;
    const char *indicator; /* of a value, a numerator: its own; "" for the row's or the table's */
    const char *period;    /* likewise */
} TableColumn;

typedef struct {
    const char *folded, *indicator; /* "-": rows about it are passed over */
} TableWord;

typedef struct {
    TableColumn *column;
    unsigned n_columns;
    TableWord *word;
    unsigned n_words;
    const char *indicator, *period; /* of the whole table; "" when columns or rows say it */
    bool share;                     /* values are 0-1, and percent is meant */
    char dash;                      /* what a hyphen alone means: 'm' hidden, 't' no figure, '0' */
} TableMapping;

#define TABLE_MAX_COLUMNS 200
#define TABLE_SAMPLE_ROWS 12
#define TABLE_MAX_WORDS 80
#define TABLE_PERIOD_KEY "#periode"

/* As text, one line each; g_free it. And back; false for what is none. */
char *indikator_mapping_write(const TableMapping *mapping);
bool indikator_mapping_read(Arena *arena, const char *text, TableMapping *ret);
const TableColumn *indikator_mapping_column(const TableMapping *mapping, const char *key);

/* What a mapping goes by among ParseSpec.columns: a mark and the signature. g_free it. */
char *indikator_mapping_name(const char *signature);

typedef struct {
    const char *signature; /* 32 hex digits */
    unsigned line;         /* of the header */
    unsigned n_columns, n_rows;
    const char **header, **key; /* n_columns of each */
    const char **cell;          /* n_rows x n_columns: the first rows */
    const char **word;          /* of the column of indicators: what no answer is known of */
    unsigned n_words;
    bool mapped; /* it was read as somebody has said */
} TableSample;

/* ParsedFile.table as it was; false when it has none. */
bool indikator_table_sample(Arena *arena, const ParsedFile *file, TableSample *ret);

/**
 * A period as people write it in tables: also "1. kvartal 2012", "K1 2012", "2012-Q1", "januar 2012",
 * "Høst 2019". Otherwise as indikator_parse_period.
 */
bool indikator_parse_loose_period(const char *text, const char *indicator, char *ret, size_t size);

/* Is it a sentence people agree with, as the staff survey of KS has 36 of? They are KS' property. */
bool indikator_is_statement(const char *text);
