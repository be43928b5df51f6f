/* parse-udir-ord.c - the words in the headers of Udir's exports of the pupil survey.
 *
 * A header joins its levels by dots, in an order that changes from export to export, and some words
 * hold dots of their own; so a word is known by the vocabulary, and only names are cut at dots.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-udir-eu.h"

typedef enum {
    PART_SUBJECT,
    PART_GRADE,
    PART_PROGRAM,
    PART_OWNER,
    PART_SEX,
    PART_MEASURE,
    PART_ALL /* all counties, all schools, all questions: adds nothing */
} Part;

typedef struct {
    const char *text;
    Part part;
    const char *code;
    EuMeasure measure;
} Word;

#define SUBJECT(text, code)                                                                        \
    {                                                                                              \
        text, PART_SUBJECT, code, EU_NONE                                                          \
    }
#define GRADE(text, code)                                                                          \
    {                                                                                              \
        text, PART_GRADE, code, EU_NONE                                                            \
    }
#define OTHER(text, part, code)                                                                    \
    {                                                                                              \
        text, part, code, EU_NONE                                                                  \
    }
#define MEASURE(text, measure)                                                                     \
    {                                                                                              \
        text, PART_MEASURE, "", measure                                                            \
    }

/* Source: Udir's exports in ../shared/data/udir, domain.md 2.3 and 3.1. A word that another one starts
 * with is told from it by the dot or the end after it. */
static const Word words[] = {
    SUBJECT("Trivsel", "TRIVSEL"),
    SUBJECT("Støtte fra lærer", "STOTTE_LARER"),
    SUBJECT("Støtte fra lærerne", "STOTTE_LARER"),
    SUBJECT("Støtte hjemmefra", "STOTTE_HJEM"),
    SUBJECT("Faglig utfordring", "FAGUTF"),
    SUBJECT("Vurdering for læring", "VFL"),
    SUBJECT("Læringskultur", "LARKULT"),
    SUBJECT("Mestring", "MESTRING"),
    SUBJECT("Motivasjon", "MOTIVASJON"),
    SUBJECT("Elevdemokrati og medvirkning", "DEMOKRATI"),
    SUBJECT("Felles regler", "REGLER"),
    SUBJECT("Trygt miljø", "TRYGT"),
    SUBJECT("Mobbing på skolen", "MOBB"),
    SUBJECT("Er du blitt mobbet av andre elever på skolen de siste månedene?", "MOBB.ELEVER"),
    SUBJECT("Er du blitt mobbet av voksne på skolen de siste månedene?", "MOBB.VOKSNE"),
    SUBJECT("Er du blitt mobbet digitalt (mobil, iPad, PC) de siste månedene?", "MOBB.DIGITALT"),
    SUBJECT("Er du blitt mobbet digitalt (mobil, iPad, PC, osv.) de siste månedene?",
            "MOBB.DIGITALT"),
    GRADE("Alle trinn", ""),
    GRADE("Alle årstrinn", ""),
    GRADE("5. årstrinn", "5"),
    GRADE("6. årstrinn", "6"),
    GRADE("7. årstrinn", "7"),
    GRADE("8. årstrinn", "8"),
    GRADE("9. årstrinn", "9"),
    GRADE("10. årstrinn", "10"),
    GRADE("5. trinn", "5"),
    GRADE("6. trinn", "6"),
    GRADE("7. trinn", "7"),
    GRADE("8. trinn", "8"),
    GRADE("9. trinn", "9"),
    GRADE("10. trinn", "10"),
    GRADE("Trinn 7", "7"),
    GRADE("Trinn 10", "10"),
    GRADE("Vg1", "vg1"),
    GRADE("Vg2", "vg2"),
    GRADE("Vg3", "vg3"),
    GRADE("Videregående trinn 1", "vg1"),
    GRADE("Videregående trinn 2", "vg2"),
    GRADE("Videregående trinn 3", "vg3"),
    OTHER("Alle utdanningsprogram", PART_PROGRAM, ""),
    OTHER("Studieforberedende", PART_PROGRAM, "STUD"),
    OTHER("Studieforberedende utdanningsprogram", PART_PROGRAM, "STUD"),
    OTHER("Yrkesfaglig", PART_PROGRAM, "YRK"),
    OTHER("Yrkesfaglige utdanningsprogram", PART_PROGRAM, "YRK"),
    OTHER("Alle eierformer", PART_OWNER, "alle"),
    OTHER("Offentlig", PART_OWNER, "offentlig"),
    OTHER("Offentlig eiet", PART_OWNER, "offentlig"),
    OTHER("Privat", PART_OWNER, "privat"),
    OTHER("Privat eiet", PART_OWNER, "privat"),
    OTHER("Alle kjønn", PART_SEX, "alle"),
    OTHER("Begge kjønn", PART_SEX, "alle"),
    OTHER("Gutter", PART_SEX, "gutt"),
    OTHER("Gutt", PART_SEX, "gutt"),
    OTHER("Jenter", PART_SEX, "jente"),
    OTHER("Jente", PART_SEX, "jente"),
    OTHER("Hele landet", PART_ALL, ""),
    OTHER("Nasjonalt", PART_ALL, ""),
    OTHER("Alle fylker", PART_ALL, ""),
    OTHER("Alle kommuner", PART_ALL, ""),
    OTHER("Alle skoler", PART_ALL, ""),
    OTHER("Alle spørsmål", PART_ALL, ""),
    MEASURE("Prosentandel", EU_FIGURE),
    MEASURE("Andel mobbet", EU_FIGURE),
    MEASURE("AndelMobbet", EU_FIGURE),
    MEASURE("Andel elever som er mobbet", EU_FIGURE),
    MEASURE("Score", EU_FIGURE),
    MEASURE("Skår", EU_FIGURE),
    MEASURE("Snitt", EU_FIGURE),
    MEASURE("Gjennomsnitt", EU_FIGURE),
    MEASURE("Indikatorverdi", EU_FIGURE),
    MEASURE("Antall besvart", EU_ANSWERED),
    MEASURE("AntallBesvart", EU_ANSWERED),
    MEASURE("Antall svar", EU_ANSWERED),
    MEASURE("Antall elever besvart", EU_ANSWERED),
    MEASURE("Antall invitert", EU_INVITED),
    MEASURE("AntallInvitert", EU_INVITED),
    MEASURE("Antall elever invitert", EU_INVITED),
    MEASURE("Andel deltatt", EU_PARTICIPATION),
    MEASURE("AndelDeltatt", EU_PARTICIPATION),
    MEASURE("Deltakelse", EU_PARTICIPATION),
    MEASURE("Svarprosent", EU_PARTICIPATION),
    MEASURE("Standardavvik", EU_OTHER),
};

typedef struct {
    const char *name, *code;
    int from, to;
} County;

#define FYLKE(name, code, from, to) { name, code, from, to },
static const County counties[] = {
#include "fylke.def"
};
#undef FYLKE

const char *indikator_parse_county(const char *name, const char *period)
{
    int year = (int)g_ascii_strtoll(period, NULL, 10);
    size_t len = strstr(name, " - ") ? (size_t)(strstr(name, " - ") - name) : strlen(name);

    for (size_t i = 0; i < G_N_ELEMENTS(counties); i++)
        if (strlen(counties[i].name) == len && strncmp(counties[i].name, name, len) == 0 &&
            year >= counties[i].from && (counties[i].to == 0 || year < counties[i].to))
            return counties[i].code;
    return NULL;
}

static bool ends_word(char c)
{
    return c == '.' || c == '\0';
}

/* A word of the vocabulary at p, with " (prosent)" after it or not; its length, 0 for none. */
static size_t match_word(const char *p, const char *text)
{
    static const char percent[] = " (prosent)";
    size_t len = strlen(text);

    if (strncmp(p, text, len) != 0)
        return 0;
    if (strncmp(p + len, percent, sizeof percent - 1) == 0)
        len += sizeof percent - 1;
    return ends_word(p[len]) ? len : 0;
}

static void take_word(const Word *word, EuColumn *column)
{
    switch (word->part) {
    case PART_SUBJECT:
        column->subject = word->code;
        break;
    case PART_GRADE:
        column->grade = word->code;
        column->upper_secondary = column->upper_secondary || word->code[0] == 'v';
        break;
    case PART_PROGRAM:
        column->upper_secondary = true;
        column->program = *word->code ? word->code : column->program;
        break;
    case PART_OWNER:
        column->owner = word->code;
        break;
    case PART_SEX:
        column->sex = word->code;
        break;
    case PART_MEASURE:
        column->measure = word->measure;
        break;
    case PART_ALL:
        break;
    }
}

/* "2020-21", "Foreløpige tall 2020-21" at p; its length, 0 for none. */
static size_t read_period(const char *p, EuColumn *column)
{
    static const char preliminary[] = "Foreløpige tall ";
    size_t skip = g_str_has_prefix(p, preliminary) ? sizeof preliminary - 1 : 0;
    char year[8] = "";

    strncat(year, p + skip, 7);
    if (strlen(year) != 7 || year[4] != '-' || !ends_word(p[skip + 7]) ||
        indikator_parse_period(year, NULL, column->period) != PERIOD_OK)
        return 0;
    column->preliminary = skip > 0;
    return skip + 7;
}

/* A name ends at a dot that no space follows: "St. Svithun skole" is one. */
static size_t name_length(const char *p)
{
    size_t n = 0;

    while (p[n] != '\0' && !(p[n] == '.' && p[n + 1] != ' '))
        n++;
    return n;
}

static size_t read_name(ParseJob *job, const char *p, bool places, EuColumn *column)
{
    size_t len = name_length(p);
    g_autofree char *text = g_strndup(p, len);
    const char *name = indikator_parse_keep(job, text);

    if (!places)
        column->unknown = column->unknown ? column->unknown : name;
    else if (*column->period && indikator_parse_county(name, column->period))
        column->county = name;
    else
        column->place = name;
    return len;
}

static size_t read_word(const char *p, EuColumn *column)
{
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        size_t len = match_word(p, words[i].text);

        if (len == 0)
            continue;
        take_word(&words[i], column);
        return len;
    }
    return read_period(p, column);
}

void indikator_parse_eu_column(ParseJob *job, const char *text, bool places, EuColumn *ret)
{
    g_autofree char *whole = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    const char *p = whole ? whole : "";

    *ret = (EuColumn){
        .grade = "", .program = "", .sex = "alle", .owner = "alle", .county = "", .place = ""
    };
    while (*p) {
        size_t len = read_word(p, ret);

        p += len ? len : read_name(job, p, places, ret);
        p += *p == '.';
    }
}

const char *indikator_parse_eu_subject(const char *text)
{
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        size_t len = words[i].part == PART_SUBJECT ? match_word(text, words[i].text) : 0;

        if (len > 0 && text[len] == '\0')
            return words[i].code;
    }
    return NULL;
}

const char *indikator_parse_eu_code(ParseJob *job, const char *subject, const EuColumn *column)
{
    static const char *const kept[] = { "7", "10", "vg1", "vg2", "vg3", NULL };
    bool bullying = g_str_has_prefix(subject, "MOBB");
    g_autofree char *code = NULL, *grade = g_ascii_strup(column->grade, -1);

    if (*grade == '\0' && (!bullying || !column->upper_secondary))
        return NULL;
    if (*grade && (*column->program || !g_strv_contains(kept, column->grade)))
        return NULL;
    code = *grade ? g_strdup_printf("EU.%s.%s", subject, grade)
                  : g_strdup_printf("EU.%s.VG%s%s", subject, *column->program ? "." : "",
                                    column->program);
    return indikator_parse_keep(job, code);
}
