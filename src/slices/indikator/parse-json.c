/* parse-json.c - JSON from registers and services: loading with errors in words, and lines of records.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-json.h"

json_t *indikator_json_load(ParseJob *job)
{
    json_error_t why;
    json_t *root = json_loadb(job->text, job->len, JSON_REJECT_DUPLICATES, &why);

    if (root == NULL) {
        g_autofree char *what = g_utf8_make_valid(why.text, -1);

        indikator_parse_fail(job,
                             (ParsePlace){ why.line > 0 ? (unsigned)why.line : 1, 0,
                                           why.column > 0 ? (unsigned)why.column : 0 },
                             _("The JSON cannot be read (%s). Download the file again"), what);
    }
    return root;
}

/* The byte after a text that begins at i with its quote. */
static size_t after_text(const char *text, size_t len, size_t i)
{
    for (i++; i < len && text[i] != '"'; i++)
        i += text[i] == '\\';
    return i + 1;
}

GArray *indikator_json_lines(const ParseJob *job, unsigned depth)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(unsigned));
    unsigned line = 1, now = 0;

    for (size_t i = 0; i < job->len; i++) {
        char c = job->text[i];

        if (c == '"') {
            i = after_text(job->text, job->len, i) - 1;
            continue;
        }
        line += c == '\n';
        if (c == '{' && now == depth)
            g_array_append_val(lines, line);
        now += c == '{' || c == '[';
        now -= c == '}' || c == ']';
    }
    return lines;
}

const char *indikator_json_text(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}
