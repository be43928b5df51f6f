/* revisjon.h - the audit log: an append-only hash chain of changes, sign-ins, exports and reads of
 * personal data, one chain for each owner and one of the installation (owner 0).
 *
 * A request's changes are written down by themselves: the line goes into the same transaction as the
 * change (db_set_witness), so that neither is there without the other. req_note says it in words;
 * without a word the line names the route.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

extern const Slice revisjon_slice;

/**
 * A line of its own, for what no request does: the command line, jobs, sign-ins.
 * In the caller's transaction when there is one.
 */
bool revisjon_add(Db *db, const AuditNote *note, GError **error);
/* Hook for WebHooks.note. */
bool revisjon_note(const void *data, Db *db, const AuditNote *note, GError **error);
