/* parse-person.c - identity numbers of people in any file: found before it is read, told without them.
 *
 * Parsers refuse eleven digits in the cells they look at; this finds real numbers, by day, month and both
 * control digits, wherever they stand, so that a table of figures with eleven digits is still read.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "form.h"
#include "parse-job.h"

#define MOST_TOLD 50u

/* Length of what may be a number at p: 11 digits, or 6 and 5 with a space between; 0 for none. */
static size_t length_at(const char *p, const char *end)
{
    size_t n = 0, space;

    while (p + n < end && n < 12 && g_ascii_isdigit(p[n]))
        n++;
    if (n == 11)
        return n;
    if (n != 6 || p + n >= end)
        return 0;
    space = p[n] == ' ' ? 1 : end - p > 8 && !memcmp(p + n, "\xC2\xA0", 2) ? 2 : 0;
    if (space == 0)
        return 0;
    for (size_t i = 0; i < 5; i++)
        if (p + n + space + i >= end || !g_ascii_isdigit(p[n + space + i]))
            return 0;
    return n + space + 5;
}

/* The number of the field that holds `at`, of a line that begins at `start`. */
static unsigned field_of(const char *start, const char *at, char separator)
{
    unsigned field = 1;
    bool quoted = false;

    for (const char *p = start; p < at; p++) {
        quoted = *p == '"' ? !quoted : quoted;
        field += !quoted && *p == separator;
    }
    return field;
}

void indikator_parse_look_for_people(ParseJob *job, const char *text, size_t len)
{
    const char *end = text + len, *start = text;
    size_t rows_at;
    unsigned line = 1, first;
    char separator = csv_sniff(text, len, &rows_at, &first);

    for (const char *p = text; p < end && job->people->len < MOST_TOLD; p++) {
        size_t n;

        if (*p == '\n') {
            line++;
            start = p + 1;
        }
        if (!g_ascii_isdigit(*p))
            continue;
        n = length_at(p, end);
        g_autofree char *number = n ? g_strndup(p, n) : NULL;

        if (number && form_holds_national_id(number)) {
            const ParsePlace place = { line, separator ? field_of(start, p, separator) : 1,
                                       (unsigned)(p - start) + 1 };

            g_array_append_val(job->people, place);
        }
        while (p + 1 < end && g_ascii_isdigit(p[1]))
            p++;
    }
}

void indikator_parse_refuse_people(ParseJob *job)
{
    if (job->people->len == 0 || job->file->person_number)
        return;
    job->file->person_number = true;
    for (guint i = 0; i < job->people->len; i++)
        indikator_parse_fail(job, g_array_index(job->people, ParsePlace, i),
                             _("The cell holds what may be a national identity number. Such "
                               "numbers must never be here; take it away"));
}
