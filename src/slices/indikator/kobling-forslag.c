/* kobling-forslag.c - what a table's columns most likely are: a proposal for somebody to confirm.
 *
 * Headers are compared with words that HR systems, KS, GSI and BASIL use, and with the names of the
 * catalogue in both written languages; nothing is stored by a proposal alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "kobling.h"

typedef struct {
    const char *word; /* folded; the whole header, or its start when it ends with * */
    TableRole role;
} Known;

/* The first that fits counts. */
static const Known known[] = {
    { "organisasjonsnummer", ROLE_UNIT },
    { "orgnr*", ROLE_UNIT },
    { "org nr*", ROLE_UNIT },
    { "enhet_orgnr", ROLE_UNIT },
    { "enhet orgnr", ROLE_UNIT },
    { "kommunenummer", ROLE_UNIT },
    { "enhet*", ROLE_UNIT },
    { "skole*", ROLE_UNIT },
    { "barnehage*", ROLE_UNIT },
    { "avdeling*", ROLE_UNIT },
    { "arbeidssted*", ROLE_UNIT },
    { "tjenestested*", ROLE_UNIT },
    { "virksomhet*", ROLE_UNIT },
    { "navn", ROLE_UNIT },
    { "region*", ROLE_UNIT },
    { "kommune*", ROLE_UNIT },
    { "periode*", ROLE_PERIOD },
    { "skolear*", ROLE_PERIOD },
    { "skolaar*", ROLE_PERIOD },
    { "tid*", ROLE_PERIOD },
    { "maned*", ROLE_PART },
    { "kvartal*", ROLE_PART },
    { "ar", ROLE_YEAR },
    { "aar", ROLE_YEAR },
    { "year", ROLE_YEAR },
    { "indikator*", ROLE_INDICATOR },
    { "faktor", ROLE_INDICATOR },
    { "faktorer", ROLE_INDICATOR },
    { "statistikkvariabel", ROLE_INDICATOR },
    { "avtalte*", ROLE_DENOMINATOR },
    { "avtalt*", ROLE_DENOMINATOR },
    { "mulige*", ROLE_DENOMINATOR },
    { "tapte*", ROLE_NUMERATOR },
    { "sykefravarsdagsverk*", ROLE_NUMERATOR },
    { "sykefravaersdagsverk*", ROLE_NUMERATOR },
    { "fravarsdager*", ROLE_NUMERATOR },
    { "fravaersdager*", ROLE_NUMERATOR },
    { "antall svar*", ROLE_N },
    { "antall besvart*", ROLE_N },
    { "antall_ansatte", ROLE_N },
    { "antall ansatte", ROLE_N },
    { "ansatte", ROLE_N },
    { "svar", ROLE_N },
    { "n", ROLE_N },
    { "respondenter", ROLE_N },
    { "kjonn", ROLE_SEX },
    { "status", ROLE_STATUS },
    { "prikket", ROLE_STATUS },
    { "verdi*", ROLE_VALUE },
    { "skar*", ROLE_VALUE },
    { "snitt*", ROLE_VALUE },
    { "score*", ROLE_VALUE },
    { "resultat*", ROLE_VALUE },
    { "prosent*", ROLE_VALUE },
    { "andel*", ROLE_VALUE },
    { "antall", ROLE_VALUE },
    { TABLE_PERIOD_KEY, ROLE_VALUE },
};

/* Names people use that the catalogue has otherwise. */
static const IndicatorName aliases[] = {
    { "sykefravar", "SYK.TOT" },         { "sykefravaer", "SYK.TOT" },
    { "sykefravarsprosent", "SYK.TOT" }, { "sykefravaersprosent", "SYK.TOT" },
    { "totalt fravar", "SYK.TOT" },      { "fravar", "SYK.TOT" },
    { "egenmeldt fravaer", "SYK.EGEN" }, { "legemeldt fravaer", "SYK.LEGE" },
    { "antall elever", "GSI.ELEV" },     { "elevtall", "GSI.ELEV" },
    { "elever i alt", "GSI.ELEV" },      { "spesialundervisning", "GSI.ITO" },
    { "antall barn", "BHG.BARN" },       { "barn", "BHG.BARN" },
    { "plasser", "BHG.PLASSER" },        { "antall plasser", "BHG.PLASSER" },
    { "indre motivasjon", "MU.F1" },     { "prososial motivasjon", "MU.F10" },
};

/* "1. Oppgavemotivasjon (indre)" -> "oppgavemotivasjon"; g_free it. */
static char *bare(const char *text)
{
    g_autofree char *cut = g_strndup(text, strcspn(text, "("));
    const char *at = g_str_has_prefix(cut, "Faktor ") ? cut + 7 : cut;

    at += strspn(at, "0123456789.:- ");
    return indikator_fold(*at ? at : cut);
}

static void add_name(Arena *arena, GArray *names, const char *name, const char *code)
{
    const char *after = strstr(name, ": ");
    g_autofree char *whole = bare(name), *rest = after ? bare(after + 2) : NULL;
    const IndicatorName one = { arena_dup(arena, whole), arena_dup(arena, code) };
    const IndicatorName other = { arena_dup(arena, rest), one.code };

    g_array_append_val(names, one);
    if (rest && g_str_has_prefix(code, "MU.")) /* a survey of pupils has the same names by grade */
        g_array_append_val(names, other);
}

bool indikator_mapping_names(Db *db, Arena *arena, GArray **ret, GError **error)
{
    static const Lang langs[] = { LANG_NB, LANG_NN, LANG_EN };
    g_autoptr(GArray) names = g_array_new(FALSE, FALSE, sizeof(IndicatorName));
    IndicatorList all;

    for (size_t l = 0; l < G_N_ELEMENTS(langs); l++) {
        if (!indikator_catalogue(db, arena, langs[l], &all, error))
            return false;
        for (size_t i = 0; i < all.n; i++) {
            add_name(arena, names, all.v[i].name, all.v[i].code);
            if (l == 0)
                add_name(arena, names, all.v[i].code, all.v[i].code);
        }
    }
    g_array_append_vals(names, aliases, G_N_ELEMENTS(aliases));
    *ret = g_steal_pointer(&names);
    return true;
}

const char *indikator_mapping_match(const GArray *names, const char *text)
{
    g_autofree char *wanted = bare(text);

    for (guint i = 0; i < names->len && *wanted; i++)
        if (strcmp(g_array_index(names, IndicatorName, i).folded, wanted) == 0)
            return g_array_index(names, IndicatorName, i).code;
    return "";
}

static TableRole role_of(const char *key)
{
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        size_t len = strlen(known[i].word);
        bool starts = known[i].word[len - 1] == '*';

        if (starts ? strncmp(key, known[i].word, len - 1) == 0 : !strcmp(key, known[i].word))
            return known[i].role;
    }
    return ROLE_SKIP;
}

/* A unit by its number before one by its name, and the first of the others: one column says it. */
static void keep_one(TableMapping *m, TableRole role)
{
    bool seen = false;

    for (unsigned i = 0; i < m->n_columns; i++) {
        if (m->column[i].role != role)
            continue;
        m->column[i].role = seen ? ROLE_SKIP : role;
        seen = true;
    }
}

static bool has_role(const TableMapping *m, TableRole role)
{
    for (unsigned i = 0; i < m->n_columns; i++)
        if (m->column[i].role == role)
            return true;
    return false;
}

/* Cells of a quarter's column that say the year too are a period by themselves. */
static bool is_whole_period(const TableSample *s, unsigned column)
{
    char period[16];

    return s->n_rows > 0 &&
           indikator_parse_loose_period(s->cell[column], "SYK.TOT", period, sizeof period);
}

static void propose_column(const TableSample *s, const GArray *names, unsigned i, TableColumn *c)
{
    const char *code = indikator_mapping_match(names, s->header[i]);

    *c = (TableColumn){ s->key[i], role_of(s->key[i]), "", "" };
    if (c->role == ROLE_PART && is_whole_period(s, i))
        c->role = ROLE_PERIOD;
    if (*code && (c->role == ROLE_SKIP || c->role == ROLE_VALUE) &&
        !indikator_is_statement(s->header[i])) {
        c->role = ROLE_VALUE;
        c->indicator = code;
    }
}

/* Factors in the rows or columns mean the staff survey, and days of days the sick leave. */
static void propose_table(const TableSample *s, TableMapping *m)
{
    bool sick = has_role(m, ROLE_NUMERATOR) && has_role(m, ROLE_DENOMINATOR);

    for (unsigned i = 0; i < s->n_columns && !sick; i++)
        sick = strstr(s->key[i], "sykefrav") || strstr(s->key[i], "sjukefrav");
    m->indicator = sick && !has_role(m, ROLE_INDICATOR) ? "SYK.TOT" : "";
}

bool indikator_mapping_propose(Db *db, Arena *arena, const TableSample *sample, TableMapping *ret,
                               GError **error)
{
    static const TableRole single[] = { ROLE_UNIT, ROLE_PERIOD, ROLE_YEAR,     ROLE_PART,
                                        ROLE_SEX,  ROLE_STATUS, ROLE_INDICATOR };
    TableMapping m = { .column = arena_alloc(arena, TABLE_MAX_COLUMNS * sizeof(TableColumn)),
                       .word = arena_alloc(arena, TABLE_MAX_WORDS * sizeof(TableWord)),
                       .indicator = "",
                       .period = "",
                       .dash = 'm' };
    g_autoptr(GArray) names = NULL;

    if (!indikator_mapping_names(db, arena, &names, error))
        return false;
    for (unsigned i = 0; i < sample->n_columns && i < TABLE_MAX_COLUMNS; i++)
        if (!indikator_mapping_column(&m, sample->key[i]))
            propose_column(sample, names, i, &m.column[m.n_columns++]);
    for (unsigned i = 0; i < m.n_columns; i++) /* by number before by name */
        if (m.column[i].role == ROLE_UNIT && strstr(m.column[i].key, "org"))
            for (unsigned k = 0; k < m.n_columns; k++)
                if (k != i && m.column[k].role == ROLE_UNIT)
                    m.column[k].role = ROLE_SKIP;
    for (size_t i = 0; i < G_N_ELEMENTS(single); i++)
        keep_one(&m, single[i]);
    propose_table(sample, &m);
    *ret = m;
    return true;
}
