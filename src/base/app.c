/* app.c - the one error domain and the table from its codes to HTTP statuses.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "app.h"

G_DEFINE_QUARK(oppvekst_app_error, app_error)

bool app_pass(GError **to, GError **from)
{
    g_propagate_error(to, g_steal_pointer(from));
    return false;
}

bool app_fail(GError **error, AppError code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *valid = g_utf8_make_valid(text, -1); /* it may tell of bytes from outside */

    g_set_error_literal(error, APP_ERROR, (int)code, valid);
    return false;
}

int app_error_status(const GError *error)
{
    static const int status[] = {
        [APP_ERROR_INVALID] = 400,  [APP_ERROR_NOT_FOUND] = 404, [APP_ERROR_FORBIDDEN] = 403,
        [APP_ERROR_CONFLICT] = 409, [APP_ERROR_BUSY] = 503,      [APP_ERROR_DB] = 500,
    };

    if (!error || error->domain != APP_ERROR || error->code < 1 ||
        error->code >= (int)G_N_ELEMENTS(status))
        return 500;
    return status[error->code];
}
