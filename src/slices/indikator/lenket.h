/* lenket.h - what hangs together: families of indicators, and the patterns of the public's view.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "job.h"
#include "katalog.h"

/* What an indicator's figures hang together with, in the arena: the code itself, or what its family is
 * called: "NP.LES.5.N", "SYK", "GSI.ITO". */
const char *indikator_family(Arena *arena, const char *code);

/* Inside the transaction that changes values: their systems are hidden until worked out again.
 * owner 0: a public dataset. */
bool indikator_link_mark(Db *db, int64_t owner, int64_t dataset, GError **error);
/* Read one system. Free with skjerming_linked_free. */
bool indikator_read_linked(Db *db, Arena *arena, int64_t owner, const char *family,
                           const char *period, const char *today, Linked **ret, GError **error);

/* The job that does it by the clock. */
bool indikator_run_link(Job *job, GError **error);
