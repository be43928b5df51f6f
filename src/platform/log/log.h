/* log.h - one key=value line per event to stderr: ids and figures, never people's names.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef enum { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG } LogLevel;

typedef struct {
    const char *key;  /* [a-z_]+; NULL ends a list */
    const char *text; /* NULL: the number */
    int64_t number;
} LogField;

static inline LogField log_text(const char *key, const char *text)
{
    return (LogField){ key, text ? text : "", 0 };
}
static inline LogField log_number(const char *key, int64_t number)
{
    return (LogField){ key, NULL, number };
}

/**
 * Write one event, e.g. log_event(LOG_LEVEL_INFO, "start", log_text("listen", address)).
 * The line reads time=2026-11-23T13:05:36.123Z level=info event=start listen=127.0.0.1:8080 and is
 * written in one go; a value that is not plain is quoted, with control characters as \xNN.
 */
#define log_event(level, event, ...)                                                               \
    log_write(level, event, (const LogField[]){ __VA_ARGS__ __VA_OPT__(, ){ NULL } })
void log_write(LogLevel level, const char *event, const LogField *fields);

/* The line without writing it; yours. `now` in microseconds UTC. */
char *log_format(LogLevel level, const char *event, const LogField *fields, int64_t now);

/* "error", "warning", "info", "debug"; false when it is none of them. */
bool log_level_parse(const char *text, LogLevel *ret_level);
void log_set_level(LogLevel level); /* before threads start; info until then */
