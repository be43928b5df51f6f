/* many.c - an INSERT that takes any number of rows: the same statement with several rows of VALUES.
 *
 * What a statement costs beside its row (a message to PostgreSQL, the tables SQLite makes for its
 * checks) is then paid once for MANY_ROWS rows.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sqlgen.h"
#include <string.h>

/* Past the bracket that closes the one at `open`; NULL when none does. Texts are passed over. */
static const char *past_close(const char *open)
{
    int depth = 0;
    bool quoted = false;

    for (const char *p = open; *p; p++) {
        quoted ^= *p == '\'';
        depth += !quoted && *p == '(';
        depth -= !quoted && *p == ')';
        if (depth == 0)
            return p + 1;
    }
    return NULL;
}

/* A row with its arguments' numbers raised by `more`. */
static void write_row(GString *out, const char *from, const char *to, guint more)
{
    for (const char *p = from; p < to;) {
        char *end;

        if (*p != '$') {
            g_string_append_c(out, *p++);
            continue;
        }
        guint64 number = g_ascii_strtoull(p + 1, &end, 10);

        g_string_append_printf(out, "$%" G_GUINT64_FORMAT, number + more);
        p = end;
    }
}

char *many_text(const Query *q)
{
    const char *open = strstr(q->text, "VALUES ("), *close;
    g_autoptr(GString) out = NULL;

    open = open ? open + strlen("VALUES ") : NULL;
    close = open ? past_close(open) : NULL;
    if (!close || strchr(close, '$') || memchr(q->text, '$', (size_t)(open - q->text)) ||
        *(close + strspn(close, " \n")) == ',')
        return NULL;
    out = g_string_new_len(q->text, open - q->text);
    for (guint row = 0; row < MANY_ROWS; row++) {
        g_string_append(out, row ? ",\n" : "");
        write_row(out, open, close, row * q->params->len);
    }
    g_string_append(out, close);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

void check_many(const Query *q, Report *report)
{
    if (!q->many)
        return;
    g_autofree char *text =
        q->params->len && q->engine == FOR_BOTH && sql_is(q->tokens, 0, "insert") ? many_text(q)
                                                                                  : NULL;

    if (!text)
        refuse(report, q->file, q->line,
               "%s: many is for an INSERT with one row of VALUES that holds all its arguments",
               q->name);
}
