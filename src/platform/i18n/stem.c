/* stem.c - words as they are searched for.
 *
 * A word is a run of letters and digits. It is folded: lower case, without accents, but æ, ø and å stay
 * what they are, and Swedish ä and ö become æ and ø.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <libstemmer.h>
#include <string.h>
#include "stem.h"

typedef struct sb_stemmer Stemmer;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stemmer, sb_stemmer_delete)

/* Words of the field that compounds are made of; bokmål and nynorsk, as they stand inside a compound. */
static const char *const parts[] = {
    "administrasjon",
    "analyse",
    "ansatt",
    "ansvar",
    "arbeid",
    "avtale",
    "barn",
    "barnehage",
    "behandling",
    "behov",
    "beslutning",
    "bruker",
    "budsjett",
    "bygg",
    "deltaking",
    "dialog",
    "direktør",
    "elev",
    "endring",
    "engelsk",
    "enhet",
    "eining",
    "faglig",
    "fagleg",
    "fag",
    "forbedring",
    "foreldre",
    "formannskap",
    "forslag",
    "forventning",
    "framlegg",
    "fritid",
    "fravær",
    "gjennomføring",
    "grunn",
    "grunnskole",
    "grunnskule",
    "gruppe",
    "grep",
    "helse",
    "hovedmål",
    "innsats",
    "innspill",
    "innspel",
    "innstilling",
    "karakter",
    "kart",
    "kartlegging",
    "klasse",
    "kommune",
    "kommunal",
    "komite",
    "kompetanse",
    "kontroll",
    "korps",
    "kvalitet",
    "lag",
    "leder",
    "leiar",
    "ledelse",
    "leiing",
    "lege",
    "lese",
    "lesing",
    "lov",
    "lærer",
    "lærar",
    "læring",
    "mal",
    "medarbeider",
    "medvirkning",
    "medverknad",
    "melding",
    "mestring",
    "meistring",
    "miljø",
    "mobbing",
    "møte",
    "mål",
    "møtebok",
    "nasjonal",
    "nivå",
    "oppfølging",
    "oppgave",
    "oppgåve",
    "opplæring",
    "oppvekst",
    "organisasjon",
    "overgang",
    "pedagog",
    "periode",
    "person",
    "plan",
    "politikk",
    "poeng",
    "program",
    "prosent",
    "prosjekt",
    "protokoll",
    "prøve",
    "rapport",
    "referat",
    "regel",
    "regne",
    "rekne",
    "regning",
    "rekning",
    "resultat",
    "rolle",
    "råd",
    "rådgiver",
    "sak",
    "saksbehandling",
    "samarbeid",
    "samling",
    "samtale",
    "satsing",
    "sekretariat",
    "sektor",
    "skala",
    "skjerming",
    "skole",
    "skule",
    "skriving",
    "spesial",
    "spørre",
    "stab",
    "statistikk",
    "statlig",
    "statleg",
    "steg",
    "stilling",
    "styre",
    "styrer",
    "svar",
    "syk",
    "sjuk",
    "system",
    "tall",
    "tal",
    "tema",
    "tid",
    "tiltak",
    "tilstand",
    "tilsyn",
    "tilsatt",
    "tilsett",
    "time",
    "trinn",
    "trivsel",
    "undersøkelse",
    "undersøking",
    "undervisning",
    "ungdom",
    "ungdomsskole",
    "ungdomsskule",
    "uro",
    "utdanning",
    "utvalg",
    "utval",
    "utvikling",
    "vandring",
    "vedtak",
    "veileder",
    "rettleiar",
    "veiledning",
    "rettleiing",
    "vekst",
    "verdi",
    "verktøy",
    "vurdering",
    "år",
};

/* What is searched for as one: nynorsk beside bokmål, an older word beside a newer one, and inflections
 * that the stemmer leaves apart. Each word's stem counts as the last word's of its line. */
static const char *const same_words[][5] = {
    { "skule", "skole" },
    { "grunnskule", "grunnskole" },
    { "ungdomsskule", "ungdomsskole" },
    { "elevar", "elevane", "elev" },
    { "lærar", "lærarar", "lærarane", "lærere", "lærer" },
    { "leiar", "leiarar", "ledere", "leder" },
    { "rekning", "regning" },
    { "meistring", "mestring" },
    { "undersøking", "undersøkelse" },
    { "sjukefråvær", "sykefravær" },
    { "fråvær", "fravær" },
    { "fråfall", "frafall" },
    { "kommunedirektør", "kommunedirektøren", "rådmannen", "rådmann" },
    { "statsforvalter", "fylkesmann" },
    { "innspel", "innspill" },
    { "utval", "utvalg" },
    { "eining", "einingar", "enheter", "enhet" },
    { "medverknad", "medvirkning" },
    { "rettleiing", "veiledning" },
    { "rettleiar", "veiledere", "veileder" },
    { "samanlikning", "sammenligning" },
    { "vidareføring", "videreføring" },
    { "uvisse", "usikkerhet" },
    { "oppgåve", "oppgave" },
    { "heim", "hjem" },
    { "talet", "tala", "tallene", "tallet", "tall" },
    { "møter", "møtet", "møta", "møtene", "møte" },
    { "styrar", "styrere", "styrer" },
    { "årshjulet", "årshjul" },
};

/* --- folding --- */

/* The folded form of one character of a decomposed text; 0: it goes. */
static gunichar fold(gunichar c, gunichar mark)
{
    if (c == 'a' && mark == 0x30A)
        return 0xE5; /* å */
    if (c == 'a' && mark == 0x308)
        return 0xE6; /* ä as æ */
    if (c == 'o' && mark == 0x308)
        return 0xF8; /* ö as ø */
    if (c == 0x111)
        return 'd'; /* đ */
    if (c == 0x14B)
        return 'n'; /* ŋ */
    return c;
}

/* One word, `len` bytes of UTF-8 at `word`. */
static char *folded(const char *word, size_t len)
{
    g_autofree char *lower = g_utf8_strdown(word, (gssize)MIN(len, STEM_LONGEST));
    g_autofree char *open = g_utf8_normalize(lower, -1, G_NORMALIZE_NFD);
    GString *out = g_string_new(NULL);

    for (const char *p = open ? open : ""; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (!g_unichar_ismark(c))
            g_string_append_unichar(out, fold(c, g_utf8_get_char(g_utf8_next_char(p))));
    }
    return g_string_free(out, FALSE);
}

/* The next word from *p on: its bytes, and *p after it. false at the end of the text. */
static bool next_word(const char **p, const char **ret_word, size_t *ret_len)
{
    const char *at = *p;

    while (*at && !g_unichar_isalnum(g_utf8_get_char(at)))
        at = g_utf8_next_char(at);
    *ret_word = at;
    /* A mark belongs to the letter before it. */
    while (*at && (g_unichar_isalnum(g_utf8_get_char(at)) || g_unichar_ismark(g_utf8_get_char(at))))
        at = g_utf8_next_char(at);
    *ret_len = (size_t)(at - *ret_word);
    *p = at;
    return *ret_len > 0;
}

/* --- stems --- */

static Stemmer *norwegian(void)
{
    Stemmer *stemmer = sb_stemmer_new("norwegian", "UTF_8");

    g_assert(stemmer); /* every libstemmer has it */
    return stemmer;
}

static char *bare_stem(Stemmer *stemmer, const char *word)
{
    const sb_symbol *out = sb_stemmer_stem(stemmer, (const sb_symbol *)word, (int)strlen(word));

    return g_strdup(out ? (const char *)out : word);
}

/* stem -> the stem it counts as; made once. */
static GHashTable *pairs(void)
{
    /* lint: state — made once; words do not change */
    static gsize made;

    if (g_once_init_enter(&made)) {
        g_autoptr(Stemmer) stemmer = norwegian();
        GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

        for (size_t i = 0; i < G_N_ELEMENTS(same_words); i++) {
            const char *const *line = same_words[i];
            size_t last = 0;

            while (last + 1 < G_N_ELEMENTS(same_words[i]) && line[last + 1])
                last++;
            for (size_t k = 0; k < last; k++)
                g_hash_table_insert(table, bare_stem(stemmer, line[k]),
                                    bare_stem(stemmer, line[last]));
        }
        g_once_init_leave(&made, (gsize)table);
    }
    return (GHashTable *)made;
}

/* Yours. */
static char *stem(Stemmer *stemmer, const char *word)
{
    g_autofree char *bare = bare_stem(stemmer, word);
    const char *other = g_hash_table_lookup(pairs(), bare);

    return other ? g_strdup(other) : g_steal_pointer(&bare);
}

/* --- compounds --- */

#define SHORTEST_COMPOUND 7 /* "fagplan" */

/* How many bytes of `word` a part takes at its beginning, the longest first tried by `skip`; 0: none. */
static size_t part_at(const char *word, int skip)
{
    size_t best = 0, limit = SIZE_MAX;

    do {
        best = 0;
        for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
            size_t len = strlen(parts[i]);

            if (len > best && len < limit && g_str_has_prefix(word, parts[i]))
                best = len;
        }
        limit = best;
    } while (best && skip--);
    return best;
}

/* Endings a last part may have: "-rapportene", "-møtet". */
static bool is_ending(const char *rest)
{
    static const char *const endings[] = { "",    "n",    "en",   "a",    "et",  "t",   "ar",
                                           "er",  "r",    "ene",  "ane",  "ne",  "s",   "ens",
                                           "ets", "enes", "anes", "arne", "ens", "iske" };

    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        if (!strcmp(rest, endings[i]))
            return true;
    return false;
}

#define MAX_PARTS 5

typedef struct {
    size_t from, len;
} Part;

/* Opens word[at..] into parts, with nothing, "s" or "e" between them. Returns how many there are, or 0
 * when it does not come out. */
static int split(const char *word, size_t at, int depth, Part found[MAX_PARTS])
{
    static const char *const links[] = { "", "s", "e" };

    if (depth == MAX_PARTS)
        return 0;
    for (int skip = 0;; skip++) {
        size_t len = part_at(word + at, skip), next = at + len;

        if (!len)
            return 0;
        found[depth] = (Part){ at, len };
        if (is_ending(word + next))
            return depth + 1;
        for (size_t i = 0; i < G_N_ELEMENTS(links); i++) {
            bool linked = g_str_has_prefix(word + next, links[i]);
            int n = linked ? split(word, next + strlen(links[i]), depth + 1, found) : 0;

            if (n)
                return n;
        }
    }
}

static void append_parts(GString *out, Stemmer *stemmer, const char *word)
{
    Part found[MAX_PARTS];
    int n = strlen(word) >= SHORTEST_COMPOUND ? split(word, 0, 0, found) : 0;

    for (int i = 0; n > 1 && i < n; i++) {
        g_autofree char *part = g_strndup(word + found[i].from, found[i].len);

        g_autofree char *own = stem(stemmer, part);

        g_string_append_printf(out, " %s", own);
    }
}

/* --- what others use --- */

/* One word as it is stored: its stem, and its parts. */
static void append_word(GString *out, Stemmer *stemmer, const char *word, size_t len)
{
    g_autofree char *plain = folded(word, len), *own = stem(stemmer, plain);

    g_string_append_printf(out, "%s%s", out->len ? " " : "", own);
    append_parts(out, stemmer, plain);
}

char *stem_text(const char *text)
{
    g_autoptr(Stemmer) stemmer = norwegian();
    GString *out = g_string_new(NULL);
    const char *word;
    size_t len;

    while (next_word(&text, &word, &len))
        append_word(out, stemmer, word, len);
    return g_string_free(out, FALSE);
}

static bool has(const GPtrArray *words, const char *word)
{
    for (guint i = 0; i < words->len; i++)
        if (!strcmp(g_ptr_array_index(words, i), word))
            return true;
    return false;
}

char **stem_query(const char *query, int most, char **ret_open)
{
    g_autoptr(Stemmer) stemmer = norwegian();
    GPtrArray *words = g_ptr_array_new();
    const char *word, *p = query;
    char *open = NULL;
    size_t len;

    while ((int)words->len < most && next_word(&p, &word, &len)) {
        g_autofree char *plain = folded(word, len);
        g_autofree char *wanted = stem(stemmer, plain);

        if (!*p || !has(words, wanted))
            g_ptr_array_add(words, g_steal_pointer(&wanted));
        if (!*p)
            open = g_steal_pointer(&plain);
    }
    g_ptr_array_add(words, NULL);
    *ret_open = open;
    return (char **)g_ptr_array_free(words, FALSE);
}

/* Whether a word of the text, as stem_text would store it, is one of the query's. */
static bool is_hit(const char *stored, const char *const *stems, const char *open)
{
    g_auto(GStrv) own = g_strsplit(stored, " ", -1);

    for (char **w = own; *w; w++)
        if (g_strv_contains(stems, *w) || (open && g_str_has_prefix(*w, open)))
            return true;
    return false;
}

GArray *stem_hits(const char *text, const char *const *stems, const char *open)
{
    GArray *hits = g_array_new(FALSE, FALSE, sizeof(StemHit));
    g_autoptr(Stemmer) stemmer = norwegian();
    g_autoptr(GString) stored = g_string_new(NULL);
    const char *word, *p = text;
    size_t len;

    while (next_word(&p, &word, &len)) {
        StemHit hit = { (size_t)(word - text), (size_t)(word - text) + len };

        g_string_truncate(stored, 0);
        append_word(stored, stemmer, word, len);
        if (is_hit(stored->str, stems, open))
            g_array_append_val(hits, hit);
    }
    return hits;
}
