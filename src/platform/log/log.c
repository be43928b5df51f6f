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
    if (is_plain(text) && g_utf8_validate(text, -1, NULL)) {
        g_string_append(line, text);
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1);

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

/* A line is written for every request, so the commonest parts of it go without printf. */
static void put_number(GString *line, int64_t number)
{
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    char digits[21];
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + left % 10);
    while (left /= 10);
    if (number < 0)
        digits[--at] = '-';
    g_string_append_len(line, digits + at, (gssize)(sizeof digits - at));
}

static void put_time(GString *line, int64_t now)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(now / G_USEC_PER_SEC);
    int year, month, day;

    g_date_time_get_ymd(time, &year, &month, &day);
    g_string_append_printf(line, "time=%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", year, month, day,
                           g_date_time_get_hour(time), g_date_time_get_minute(time),
                           g_date_time_get_second(time), (int)(now % G_USEC_PER_SEC / 1000));
}

char *log_format(LogLevel level, const char *event, const LogField *fields, int64_t now)
{
    GString *line = g_string_sized_new(512);

    put_time(line, now);
    g_string_append(line, " level=");
    g_string_append(line, level_names[level]);
    g_string_append(line, " event=");
    put_text(line, event);
    for (; fields->key; fields++) {
        g_string_append_c(line, ' ');
        g_string_append(line, fields->key);
        g_string_append_c(line, '=');
        if (fields->text)
            put_text(line, fields->text);
        else
            put_number(line, fields->number);
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
