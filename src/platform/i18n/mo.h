/* mo.h - a reader for the GNU .mo files that msgfmt makes; private to platform/i18n.
 *
 * libintl serves one language per process, and here the language belongs to the request.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct Mo Mo;

/**
 * Index a catalogue.
 *   data, size  a .mo file of either byte order, revision 0, UTF-8; borrowed, must outlive the Mo.
 *   name        for the error's words.
 * The header must give the plural rule of Norwegian, `nplurals=2; plural=(n != 1);`: any other
 * would be read wrongly, so it is refused. Every offset, length and terminator is checked here, once.
 * Returns the catalogue, yours to free, or NULL with APP_ERROR_INVALID.
 * Source: GNU gettext manual, section "The Format of GNU MO Files".
 */
Mo *mo_open(const unsigned char *data, size_t size, const char *name, GError **error);
void mo_free(Mo *mo); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mo, mo_free)

/* The translation, borrowed from the data, or NULL when there is none. */
const char *mo_text(const Mo *mo, const char *msgid);
/* The form for n of a message that has two, or NULL. */
const char *mo_plural(const Mo *mo, const char *msgid, long n);
