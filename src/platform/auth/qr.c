/* qr.c - a QR code as the path of an SVG, for a page without pictures.
 *
 * The only door to libqrencode.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <qrencode.h>
#include "auth.h"

#define QUIET 4 /* modules of white around it; ISO/IEC 18004, 9.1 */

/* The dark runs of one row, each a rectangle one module high. */
static void add_row(GString *path, const QRcode *code, int y)
{
    const unsigned char *row = code->data + (size_t)y * (size_t)code->width;

    for (int x = 0; x < code->width;) {
        int end = x;

        while (end < code->width && (row[end] & 1))
            end++;
        if (end > x)
            g_string_append_printf(path, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, end - x,
                                   end - x);
        x = end + 1;
    }
}

char *auth_qr_path(const char *text, int *ret_size)
{
    g_autoptr(GString) path = g_string_new(NULL);
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

    if (!code)
        return NULL;
    for (int y = 0; y < code->width; y++)
        add_row(path, code, y);
    *ret_size = code->width + 2 * QUIET;
    QRcode_free(code);
    return g_string_free(g_steal_pointer(&path), FALSE);
}
