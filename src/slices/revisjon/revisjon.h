/* revisjon.h - the audit log: an append-only hash chain of changes, sign-ins, exports and reads of
 * personal data, one chain for each owner and one of the installation (owner 0).
 *
 * A request's changes are written down by themselves: the line goes into the same transaction as the
 * change (db_set_witness), so that neither is there without the other. req_note says it in words;
 * without a word the line names the route.
 *
 * Each line holds the hash of the line before it. The hash of a line is SHA-256, in hex, over its twelve
 * parts, each written as a netstring ("LENGTH:BYTES,", D. J. Bernstein 1997), numbers in decimal:
 *   "revisjon-1" owner seq at person role act object subject detail client prev
 * `prev` of the first line is 64 zeros. Whoever changes a byte, takes a line out or puts one in must
 * write every later line anew, and the end that `oppvekst verify` prints becomes another: note it down
 * outside of the machine (the log of the daily job has it too), and not even that goes unseen.
 *
 * The database itself refuses to change or delete a line. The one exception: lines older than the
 * retention go together with a seal, the number and hash of the last one that went, where the rest joins.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

extern const Slice revisjon_slice;

#define REVISJON_HASH 65 /* 64 hex digits and NUL */

/**
 * A line of its own, for what no request does: the command line, jobs, sign-ins.
 *   note  owner, at and act must be there; texts NULL are "". A detail over 400 characters is cut.
 * In the caller's transaction when there is one; else on disk when this returns. It is no change of
 * the request's: no second line tells of it.
 * Errors: APP_ERROR_INVALID (no act), APP_ERROR_BUSY, APP_ERROR_DB.
 */
bool revisjon_add(Db *db, const AuditNote *note, GError **error);
/* Hook for WebHooks.note: the same, but a reading that stands there from the last ten minutes by the
 * same person is not written again. */
bool revisjon_note(const void *data, Db *db, const AuditNote *note, GError **error);

/* The end of a chain, to be noted down elsewhere: number and hash of its newest line; 0 and 64 zeros
 * when it has none. */
bool revisjon_end(Db *db, int64_t owner, int64_t *ret_seq, char ret_hash[REVISJON_HASH],
                  GError **error);

/* --- what is deleted when: for the command `retention` and the daily job --- */
typedef struct {
    const char *code;
    const char *what, *basis; /* translated */
    int days, least;          /* as the owner has it; the fewest allowed */
    int64_t n;                /* how many are older, or were deleted */
} RetentionLine;
typedef struct {
    RetentionLine *v;
    size_t n;
} RetentionLines;

/**
 * Delete what is older than each slice's retention says, by the owner's own number of days.
 *   who   owner (0: the installation's own), at: now, and person, role and client for the log's lines.
 *   dry   true: count alone.
 *   ret   one line for each rule, in the order of the slices; in the arena.
 * Each rule runs in its own transaction, and leaves a line in the log when it deleted something.
 */
bool revisjon_retention(Db *db, Arena *arena, const AuditNote *who, bool dry, RetentionLines *ret,
                        GError **error);
