/* log.c - one key=value line per event to stderr.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "log.h"
#include <unistd.h>

#define LINE_MAX_BYTES 8192

static const char *const level_names[] = { "error", "warning", "info", "debug", NULL };
/* lint: state — set once, before threads start */
static gint most_talkative = LOG_LEVEL_INFO;

void log_set_level(LogLevel level)
{
    g_atomic_int_set(&most_talkative, (gint)level);
}

bool log_level_parse(const char *text, LogLevel *ret_level)
{
    for (int i = 0; text && level_names[i]; i++) {
        if (!strcmp(text, level_names[i])) {
            *ret_level = (LogLevel)i;
            return true;
        }
    }
    return false;
}

static bool is_plain(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if (*p <= 0x20 || *p == '"' || *p == '\\' || *p == '=' || *p == 0x7f)
            return false;
    }
    return *text != '\0';
}

static void put_text(GString *line, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    if (is_plain(valid)) {
        g_string_append(line, valid);
        return;
    }
    g_string_append_c(line, '"');
    for (const unsigned char *p = (const unsigned char *)valid; *p; p++) {
        if (*p < 0x20 || *p == 0x7f)
            g_string_append_printf(line, "\\x%02x", *p);
        else if (*p == '"' || *p == '\\')
            g_string_append_printf(line, "\\%c", *p);
        else
            g_string_append_c(line, (char)*p);
    }
    g_string_append_c(line, '"');
}

char *log_format(LogLevel level, const char *event, const LogField *fields, int64_t now)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(now / G_USEC_PER_SEC);
    g_autofree char *stamp = g_date_time_format(time, "%Y-%m-%dT%H:%M:%S");
    GString *line = g_string_sized_new(256);

    g_string_append_printf(line, "time=%s.%03dZ level=%s event=", stamp,
                           (int)(now % G_USEC_PER_SEC / 1000), level_names[level]);
    put_text(line, event);
    for (; fields->key; fields++) {
        g_string_append_printf(line, " %s=", fields->key);
        if (fields->text)
            put_text(line, fields->text);
        else
            g_string_append_printf(line, "%" G_GINT64_FORMAT, fields->number);
    }
    if (line->len > LINE_MAX_BYTES)
        g_string_truncate(line, LINE_MAX_BYTES);
    g_string_append_c(line, '\n');
    return g_string_free(line, FALSE);
}

void log_write(LogLevel level, const char *event, const LogField *fields)
{
    if ((gint)level > g_atomic_int_get(&most_talkative))
        return;
    g_autofree char *line = log_format(level, event, fields, g_get_real_time());

    /* One write for one line, so that threads' lines do not mix; a full pipe is nobody's error. */
    if (write(STDERR_FILENO, line, strlen(line)) < 0)
        return;
}
