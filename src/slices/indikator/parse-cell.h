/* parse-cell.h - what single cells say: numbers, units, periods, and what must not be there.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "parse.h"

typedef enum { CELL_EMPTY, CELL_MASKED, CELL_ZERO, CELL_NUMBER, CELL_OTHER } CellKind;

typedef struct {
    CellKind kind;
    double value;      /* of CELL_NUMBER; 0 for CELL_ZERO */
    unsigned decimals; /* digits after the comma */
} Cell;

/**
 * Read a cell of numbers as Udir and Excel write them.
 *   text  spaces around it (U+0020, U+00A0, U+202F) do not count.
 * Returns CELL_EMPTY for nothing, CELL_MASKED for `*`, CELL_ZERO for `0` alone, CELL_NUMBER for
 * digits with a decimal comma, one sign (- or U+2212), and groups of three parted by those spaces;
 * at most 15 digits. Anything else, "." and "-" too, is CELL_OTHER. Source: domain.md 3, 12 no. 2.
 */
Cell indikator_parse_cell(const char *text);

/* Cuts white space (also U+00A0, U+202F) off both ends, in place. */
void indikator_parse_trim(char *text);

/* Nine digits whose last is right by modulus 11, weights 3 2 7 6 5 4 3 2 (Brønnøysund). */
bool indikator_parse_is_orgnr(const char *text);

/* Udir's own ids of units without an orgnr: "U99999999". */
bool indikator_parse_is_udir_id(const char *text);

/* An orgnr-shaped text: exactly nine digits, right or wrong. */
bool indikator_parse_looks_like_orgnr(const char *text);

/* "9,75E+08": a number as Excel shortens it. */
bool indikator_parse_is_scientific(const char *text);
/* What Excel makes of a period: "2009-10-01", "01.10.2009", "okt.09", "des. 13", "12. mar". */
bool indikator_parse_is_date(const char *text);
/* "Prikket", "skjermet", "hidden": a figure the source hides, in words. */
bool indikator_parse_is_masked_word(const char *text);
/* A dash of any length alone. */
bool indikator_parse_is_dash(const char *text);

#define CODE_TEXT 16
/* digits (1 to width) with the leading zeros that Excel eats put back; false for anything else. */
bool indikator_parse_code(const char *text, unsigned width, char ret_code[CODE_TEXT]);

/* A run of exactly eleven digits, or six and five parted by a space: may be a fødselsnummer. */
bool indikator_parse_has_person_number(const char *text);

#define PERIOD_TEXT 16
typedef enum { PERIOD_OK, PERIOD_BAD, PERIOD_AMBIGUOUS } PeriodResult;

/**
 * Normalise a period to "2012/13", "2012", "2012K1" or "2012-11".
 *   indicator  settles "2009-10", which is a school year for indicators that come by school year,
 *              and October 2009 for SYK.*; NULL for a text that can only be a school year.
 * Input also "2012-13", "2012-2013" and "2012/2013" for school years. Years 1970 to 2099.
 * Source: contracts.md, "Values, import, series".
 */
PeriodResult indikator_parse_period(const char *text, const char *indicator,
                                    char ret_period[PERIOD_TEXT]);

/* For messages: at most 60 characters of the text, and none of it if it may hold a person number. */
#define SHOWN_TEXT 256
const char *indikator_parse_shown(const char *text, char buf[SHOWN_TEXT]);
