/* app.h - what every file of the program may rely on: the one error domain and a few guards.
 *
 * Three things can go wrong and are never mixed: a bug is g_assert, a failure is a GError of this
 * domain, and wrong input is data that stays in the Form beside what the user typed.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "banned.h"

/* Marks a string for translation without translating it; tables use it. */
#define N_(s) (s)

typedef enum {
    APP_ERROR_INVALID = 1, /* the request makes no sense; HTTP 400 */
    APP_ERROR_NOT_FOUND,   /* no such thing, or none the asker may know of; 404 */
    APP_ERROR_FORBIDDEN,   /* known, but not for this user; 403 */
    APP_ERROR_CONFLICT,    /* a unique rule or a newer version stands in the way; 409 */
    APP_ERROR_BUSY,        /* try again; 503 */
    APP_ERROR_DB           /* the database or the machine failed; 500 */
} AppError;

#define APP_ERROR app_error_quark()
GQuark app_error_quark(void);

/**
 * Hand an error up to the caller.
 *   to    where the caller wants it; may be NULL.
 *   from  holds the error; NULL afterwards.
 * Returns false, so that `return app_pass(error, &why);` reads as what it is.
 */
bool app_pass(GError **to, GError **from);

/**
 * Set an error of the one domain and return false.
 *   format  printf-like, short and factual, without a full stop.
 */
bool app_fail(GError **error, AppError code, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* HTTP status (400-503) for an error of APP_ERROR; 500 for any other domain. */
int app_error_status(const GError *error);
