/* parse-values-kolonner.c - which column of our own table a header means.
 *
 * The names of the contract, the words people and our own templates use for them, and what somebody
 * has said of a column before. Nothing is guessed: what is only similar is proposed.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-values.h"

static const struct {
    const char *word; /* folded */
    unsigned col;
} words[] = {
    { "kjonn", COL_SEX },
    { "organisasjonsnummer", COL_UNIT },
    { "orgnr", COL_UNIT },
    { "enhetsnummer", COL_UNIT },
    { "indikatorkode", COL_INDICATOR },
    { "skolear", COL_PERIOD },
    { "skulear", COL_PERIOD },
    { "avtalte dagsverk", COL_DENOMINATOR },
    { "tapte dagsverk", COL_NUMERATOR },
    { "antall ansatte", COL_N },
    { "ansatte", COL_N },
    { "tal pa tilsette", COL_N },
    { "tilsette", COL_N },
    { "antall elever", COL_N },
    { "vurdering", COL_QUALITY },
    { "kjelde", COL_SOURCE },
    { "navn", COL_PASS },
    { "namn", COL_PASS },
    { "enhetsnavn", COL_PASS },
    { "indikatornavn", COL_PASS },
    { "indikatornamn", COL_PASS },
    { "merknad", COL_PASS },
};

static unsigned by_name(const char *text)
{
    unsigned col = 0;

    while (col < N_COLS && strcmp(text, indikator_parse_values_name(col)) != 0)
        col++;
    return col == N_COLS ? COL_UNKNOWN : col;
}

static unsigned said(const ParseSpec *spec, const char *folded)
{
    for (size_t i = 0; spec && i < spec->n_columns; i++)
        if (strcmp(spec->columns[i].text, folded) == 0)
            return strcmp(spec->columns[i].as, "-") == 0 ? (unsigned)COL_PASS
                                                         : by_name(spec->columns[i].as);
    return COL_UNKNOWN;
}

unsigned indikator_parse_values_column(const ParseSpec *spec, const char *text)
{
    g_autofree char *folded = indikator_fold(text);
    unsigned col = by_name(folded);

    for (size_t i = 0; col == COL_UNKNOWN && i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i].word, folded) == 0)
            col = words[i].col;
    return col == COL_UNKNOWN ? said(spec, folded) : col;
}

const char *indikator_parse_values_similar(const char *text)
{
    g_autofree char *folded = indikator_fold(text);
    const char *best = NULL;
    double most = 0.6;

    for (unsigned col = 0; col < N_COLS; col++) {
        const char *name = indikator_parse_values_name(col);
        double alike = indikator_likeness(folded, name);

        if (strlen(name) > 2 && (g_str_has_prefix(folded, name) || g_str_has_suffix(folded, name)))
            alike = MAX(alike, 0.7);
        if (alike > most) {
            most = alike;
            best = name;
        }
    }
    return best;
}

const char *indikator_values_column(unsigned i)
{
    return i < N_COLS ? indikator_parse_values_name(i) : NULL;
}
