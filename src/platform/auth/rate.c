/* rate.c - may this be a password? (NIST SP 800-63B, 5.1.1.2)
 *
 * Length, and not being what a guesser tries first. Rules that demand capitals and signs are left
 * out on purpose: the standard forbids them, as they give worse passwords.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "auth.h"

/* Stems, in lower case: digits and signs at either end do not make them better. */
static const char *const common[] = {
    "passord",       "passordet",
    "mittpassord",   "password",
    "mypassword",    "passw0rd",
    "p@ssord",       "p@ssw0rd",
    "p@ssword",      "hemmelig",
    "hemmeleg",      "velkommen",
    "welcome",       "qwerty",
    "qwertyui",      "qwertyuiop",
    "qwertyuiopå",   "asdfghjkl",
    "asdfghjkløæ",   "zxcvbnm",
    "qazwsx",        "qazwsxedc",
    "q1w2e3r4t5",    "1q2w3e4r5t",
    "sommer",        "sommeren",
    "sommar",        "sommaren",
    "vinter",        "vinteren",
    "høsten",        "hausten",
    "våren",         "januar",
    "februar",       "september",
    "oktober",       "november",
    "desember",      "mandag",
    "fredag",        "norge",
    "noreg",         "oslo",
    "bergen",        "trondheim",
    "stavanger",     "kristiansund",
    "molde",         "eide",
    "hustadvika",    "fotball",
    "handball",      "håndball",
    "liverpool",     "liverpoolfc",
    "arsenal",       "chelsea",
    "manchester",    "manchesterunited",
    "rosenborg",     "brann",
    "vålerenga",     "moldefk",
    "jegelskerdeg",  "eigladideg",
    "iloveyou",      "kjærlighet",
    "sjokolade",     "solskinn",
    "sunshine",      "princess",
    "prinsesse",     "dragon",
    "monkey",        "superman",
    "batman",        "starwars",
    "football",      "baseball",
    "letmein",       "slippmeginn",
    "trustno",       "admin",
    "administrator", "administratorpassord",
    "oppvekst",      "skole",
    "skule",         "skolen",
    "skulen",        "barnehage",
    "barnehagen",    "kommune",
    "kommunen",      "rektor",
    "lærer",         "lærar",
    "elev",          "klasserom",
    "test",          "testtest",
    "testing",       "temp",
    "changeme",      "byttmeg",
    "endremeg",      "default",
    "standard",      "computer",
    "datamaskin",    "internett",
    "internet",      "norskpassord",
    "abc",           "abcd",
    "abcdef",        "abcdefgh",
    "abcdefghij",    "correcthorsebatterystaple",
};

/* Comparable form: NFKC, case folded, blanks left out. */
static char *folded(const char *text)
{
    g_autofree char *whole = g_utf8_normalize(text, -1, G_NORMALIZE_ALL_COMPOSE);
    g_autofree char *low = g_utf8_casefold(whole, -1);
    GString *out = g_string_new(NULL);

    for (const char *p = low; *p; p = g_utf8_next_char(p))
        if (!g_unichar_isspace(g_utf8_get_char(p)))
            g_string_append_unichar(out, g_utf8_get_char(p));
    return g_string_free(out, FALSE);
}

/* The text without what is not a letter at its ends: "2026passord!" -> "passord". */
static char *stem_of(const char *text)
{
    const char *start = text, *end = text + strlen(text);

    while (*start && !g_unichar_isalpha(g_utf8_get_char(start)))
        start = g_utf8_next_char(start);
    while (end > start && !g_unichar_isalpha(g_utf8_get_char(g_utf8_prev_char(end))))
        end = g_utf8_prev_char(end);
    return g_strndup(start, (gsize)(end - start));
}

/* Bytes after which the text begins anew, over and over: 3 of "abcabcab"; its length when never. */
static size_t period_of(const char *text)
{
    size_t n = strlen(text), period = 1;

    while (period < n && memcmp(text, text + period, n - period) != 0)
        period++;
    return period;
}

static bool is_sequence(const char *text)
{
    size_t n = strlen(text);
    bool up = true, down = true;

    for (size_t i = 1; i < n; i++) {
        int step = (unsigned char)text[i] - (unsigned char)text[i - 1];
        bool round = text[i] == '0' && text[i - 1] == '9'; /* 1234567890 */
        up = up && (step == 1 || round);
        down = down && step == -1;
    }
    return up || down;
}

static bool in_list(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(common); i++)
        if (strcmp(common[i], word) == 0)
            return true;
    return false;
}

static bool is_common(const char *low)
{
    size_t period = period_of(low);
    g_autofree char *unit = g_strndup(low, period);
    g_autofree char *stem = stem_of(unit);

    /* "abcabcabcabc" is no better than "abc", and "passordpassord" than "passord" */
    return (period <= 4 && strlen(low) >= 2 * period) || is_sequence(unit) || in_list(low) ||
           in_list(unit) || in_list(stem);
}

/* Is the password this text, or what is left of the text when its ends are stripped? */
static bool is_same(const char *low, const char *stem, const char *text)
{
    g_autofree char *other = folded(text);
    g_autofree char *other_stem = stem_of(other);

    return *other && (strcmp(low, other) == 0 || (*stem && strcmp(stem, other_stem) == 0));
}

static bool is_personal(const char *low, const char *email, const char *name)
{
    g_autofree char *stem = stem_of(low);
    const char *at = email ? strchr(email, '@') : NULL;
    g_autofree char *local = at ? g_strndup(email, (gsize)(at - email)) : NULL;

    return (email && is_same(low, stem, email)) || (local && is_same(low, stem, local)) ||
           (name && is_same(low, stem, name));
}

static bool has_control(const char *text)
{
    for (; *text; text = g_utf8_next_char(text))
        if (g_unichar_iscntrl(g_utf8_get_char(text)))
            return true;
    return false;
}

AuthPassword auth_password_rate(const char *password, const char *email, const char *name)
{
    g_autofree char *whole = NULL, *low = NULL;
    glong n;

    if (!g_utf8_validate(password, -1, NULL) || has_control(password))
        return AUTH_PASSWORD_INVALID;
    if (strlen(password) > 4 * AUTH_PASSWORD_MAX)
        return AUTH_PASSWORD_LONG;
    whole = g_utf8_normalize(password, -1, G_NORMALIZE_ALL_COMPOSE);
    n = g_utf8_strlen(whole, -1);
    if (n < AUTH_PASSWORD_MIN)
        return AUTH_PASSWORD_SHORT;
    if (n > AUTH_PASSWORD_MAX)
        return AUTH_PASSWORD_LONG;
    low = folded(password);
    if (is_personal(low, email, name))
        return AUTH_PASSWORD_PERSONAL;
    return is_common(low) ? AUTH_PASSWORD_COMMON : AUTH_PASSWORD_OK;
}
