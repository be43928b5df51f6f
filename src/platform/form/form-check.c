/* form-check.c - holds what was typed against a field's declaration, and words what to do about it.
 *
 * First what is true of all text (UTF-8, no control characters, length), then what the kind asks.
 * Each message says what to do, not what the person did wrong.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "form.h"
#include <math.h>
#include "arena.h"
#include "i18n.h"

enum { DEFAULT_MAX = 400, EMAIL_MAX = 254, EMAIL_LOCAL_MAX = 64, INT_DIGITS_MAX = 15 };

/* What one check has in hand; `value` is what will be stored. */
typedef struct {
    Arena *arena;
    const Field *field;
    const char *today;
    const char *value;
} Check;

static bool has_lines(const Field *field)
{
    return field->kind == FIELD_TEXT || field->kind == FIELD_MARKDOWN;
}

/* CRLF and CR as LF, in place. */
static void unify_newlines(char *text)
{
    char *to = text;

    for (const char *from = text; *from; from++) {
        if (*from == '\r' && from[1] == '\n')
            continue;
        *to++ = *from == '\r' ? '\n' : *from;
    }
    *to = '\0';
}

/* Without whitespace at the ends, any that Unicode knows. */
static char *trim(char *text)
{
    while (*text && g_unichar_isspace(g_utf8_get_char(text)))
        text = g_utf8_next_char(text);
    for (char *end = text + strlen(text); end > text;) {
        char *last = g_utf8_prev_char(end);

        if (!g_unichar_isspace(g_utf8_get_char(last)))
            break;
        *last = '\0';
        end = last;
    }
    return text;
}

static bool holds_control(const char *text, bool lines)
{
    for (const char *s = text; *s; s = g_utf8_next_char(s))
        if (g_unichar_iscntrl(g_utf8_get_char(s)) && !(lines && (*s == '\n' || *s == '\t')))
            return true;
    return false;
}

static const char *check_text(Check *c)
{
    long max = c->field->max > 0 ? c->field->max : DEFAULT_MAX, len = g_utf8_strlen(c->value, -1);

    if (holds_control(c->value, has_lines(c->field)))
        return _("Write this again by hand: it holds characters that cannot be stored");
    if (len > max)
        return arena_printf(c->arena, _("Shorten this to %ld characters; now it has %ld"), max,
                            len);
    if (c->field->kind != FIELD_PASSWORD && form_holds_national_id(c->value))
        return _("Remove the national identity number: it may not be stored here");
    return NULL;
}

/* --- dates ------------------------------------------------------------------------------------------- */

/* "20.6.2013" or ISO, as ISO; NULL when it is no day of the calendar. */
static const char *date_iso(Arena *arena, const char *text)
{
    int day = 0, month = 0, year = 0, end = 0;

    if (date_valid(text))
        return text;
    if (!g_ascii_isdigit(*text) || strspn(text, "0123456789.") != strlen(text))
        return NULL;
    if (sscanf(text, "%2d.%2d.%4d%n", &day, &month, &year, &end) != 3 || text[end])
        return NULL;
    const char *iso = arena_printf(arena, "%04d-%02d-%02d", year, month, day);

    return date_valid(iso) ? iso : NULL;
}

static const char *limit_of(const Check *c, const char *limit)
{
    return limit && strcmp(limit, "today") == 0 ? c->today : limit;
}

static const char *check_date(Check *c)
{
    const char *iso = date_iso(c->arena, c->value);
    const char *first = limit_of(c, c->field->not_before), *last = limit_of(c, c->field->not_after);
    char buf[DATE_TEXT];

    if (!iso)
        return _("Write the date as day.month.year, for example 20.06.2013");
    c->value = iso;
    if (first && strcmp(iso, first) < 0)
        return arena_printf(c->arena, _("Choose %s or a later date"), date_short(first, buf));
    if (last && strcmp(iso, last) > 0)
        return arena_printf(c->arena, _("Choose %s or an earlier date"), date_short(last, buf));
    return NULL;
}

/* --- numbers ------------------------------------------------------------------------------------------ */

static const char *check_range(const Check *c, double value)
{
    const Field *f = c->field;
    int decimals = f->low == floor(f->low) && f->high == floor(f->high) ? 0 : 2;
    char low[NUM_TEXT], high[NUM_TEXT];

    if ((f->low == 0 && f->high == 0) || (value >= f->low && value <= f->high))
        return NULL;
    return arena_printf(c->arena, _("Write a number from %s to %s"),
                        num_text(f->low, decimals, low), num_text(f->high, decimals, high));
}

static const char *check_int(Check *c)
{
    double value;

    if (!num_parse(c->value, &value) || strpbrk(c->value, ".,eE") || value != floor(value) ||
        fabs(value) >= pow(10, INT_DIGITS_MAX))
        return _("Write a whole number, for example 12");
    c->value = arena_printf(c->arena, "%.0f", value + 0.0);
    return check_range(c, value);
}

/* With a point and without an exponent, which nobody types: it must be read again as it stands. */
static const char *number_text(Arena *arena, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd(text, sizeof text, "%.15g", value);
    if (strchr(text, 'e')) { /* below 0.0001: six decimals, and the zeros at their end go */
        g_ascii_formatd(text, sizeof text, "%.6f", value);
        while (g_str_has_suffix(text, "0"))
            text[strlen(text) - 1] = '\0';
    }
    return !strcmp(text, "0.") || !strcmp(text, "-0.") ? "0" : arena_dup(arena, text);
}

static const char *check_number(Check *c)
{
    double value;

    if (!num_parse(c->value, &value) || fabs(value) >= pow(10, INT_DIGITS_MAX))
        return _("Write a number, for example 88,3");
    c->value = number_text(c->arena, value + 0.0);
    return check_range(c, value);
}

/* --- e-mail -------------------------------------------------------------------------------------------- */

/* Letters, digits and hyphens between dots, two labels or more. */
static bool domain_ok(const char *domain)
{
    g_auto(GStrv) labels = g_strsplit(domain, ".", -1);

    for (size_t i = 0; labels[i]; i++) {
        size_t len = strlen(labels[i]);

        if (len < 1 || len > 63 || labels[i][0] == '-' || labels[i][len - 1] == '-')
            return false;
        for (const char *s = labels[i]; *s; s++)
            if (*s != '-' && !g_ascii_isalnum(*s))
                return false;
    }
    return g_strv_length(labels) >= 2;
}

/* The plain addresses of RFC 5321: no quoted local part, no address literal, and no letters beyond
 * a-z, which the servers of mail do not carry everywhere (RFC 6531). */
static bool email_ok(const char *text)
{
    const char *at = strchr(text, '@');

    if (!at || at == text || at - text > EMAIL_LOCAL_MAX || strlen(text) > EMAIL_MAX)
        return false;
    if (*text == '.' || at[-1] == '.' || strstr(text, ".."))
        return false;
    for (const char *s = text; s < at; s++)
        if (!g_ascii_isalnum(*s) && !strchr("!#$%&'*+-/=?^_`{|}~.", *s))
            return false;
    return domain_ok(at + 1);
}

static const char *email_problem(const char *text)
{
    if (!g_str_is_ascii(text) && strchr(text, '@'))
        return _("E-mail does not reach addresses with letters such as æ, ø and å. Write one with "
                 "the letters a to z");
    return email_ok(text) ? NULL : _("Write an e-mail address, for example name@example.com");
}

/* --- one value ------------------------------------------------------------------------------------------ */

static const char *missing(const Field *field)
{
    switch (field->kind) {
    case FIELD_CHOICE:
    case FIELD_RADIO:
        return _("Choose one of the options");
    case FIELD_CHECK:
        return _("Tick this box to go on");
    case FIELD_FILE:
        return _("Choose a file");
    case FIELD_DATE:
        return _("Write the date as day.month.year, for example 20.06.2013");
    default:
        return _("Fill in this field");
    }
}

static const char *check_kind(Check *c)
{
    const char *problem = check_text(c);

    if (problem)
        return problem;
    switch (c->field->kind) {
    case FIELD_DATE:
        return check_date(c);
    case FIELD_INT:
        return check_int(c);
    case FIELD_NUMBER:
        return check_number(c);
    case FIELD_EMAIL:
        return email_problem(c->value);
    default:
        return NULL;
    }
}

const char *form_check(Arena *arena, const Field *field, const char *typed, const char *today,
                       const char **ret_value)
{
    Check check = { arena, field, today, "" };

    if (field->kind == FIELD_CHECK) {
        *ret_value = typed && *typed ? "1" : "";
        return **ret_value || !field->required ? NULL : missing(field);
    }
    if (typed && !g_utf8_validate(typed, -1, NULL)) {
        g_autofree char *valid = g_utf8_make_valid(typed, -1);

        *ret_value = arena_dup(arena, valid);
        return _("Write this again by hand: it holds characters that cannot be stored");
    }
    if (typed && field->kind == FIELD_PASSWORD) {
        check.value = arena_dup(arena, typed);
    } else if (typed) {
        g_autofree char *composed = g_utf8_normalize(typed, -1, G_NORMALIZE_NFC);
        char *copy = arena_dup(arena, composed);

        unify_newlines(copy);
        check.value = trim(copy);
    }
    const char *problem = *check.value      ? check_kind(&check)
                          : field->required ? missing(field)
                                            : NULL;

    *ret_value = check.value;
    return problem;
}
