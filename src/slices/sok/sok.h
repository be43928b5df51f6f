/* sok.h - search over everything one may see.
 *
 * Each slice says what of its own can be found (Slice.search), with the permission that opens it; the
 * index is brought up to date by a job a few seconds after a change, and by the clock. A hit shows
 * only what was put in, so nothing goes in that its gate would not show on the page it leads to.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

extern const Slice sok_slice;

/* Ask for the index of an owner to be brought up to date soon; asked again before that, it is one. In
 * the caller's transaction. */
bool sok_changed(Db *db, int64_t owner, int64_t now, GError **error);

/**
 * Bring the index of an owner (0: the installation's) up to date now: what is new or different is
 * put in, what is gone is taken out, the rest is left alone.
 *   slices       NULL-terminated; app_slices but in tests.
 *   ret_changed  how many documents were written or removed; may be NULL.
 * Errors: APP_ERROR_CONFLICT (a slice puts two documents of one name), APP_ERROR_DB.
 */
bool sok_build(Db *db, int64_t owner, const Slice *const *slices, int64_t *ret_changed,
               GError **error);
