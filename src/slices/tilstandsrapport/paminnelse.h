/* paminnelse.h - reminders of follow-up items by mail: 14 days before, on the day, weekly after.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport.h"

extern const JobKind tilstandsrapport_jobs[]; /* ends with { 0 } */

/**
 * The day of the reminder that should have been sent last.
 *   due, today  "YYYY-MM-DD".
 * Returns buf with due - 14, due, or due + 7, 14, ... the newest that is not after today; NULL when
 * none has come yet.
 */
const char *tilstandsrapport_reminder_day(const char *due, const char *today, char buf[DATE_TEXT]);
/* Put what is due into the outbox; ret_n: how many mails. Safe to run twice. Errors: APP_ERROR_DB. */
bool tilstandsrapport_remind(Db *db, Arena *arena, int64_t owner, const char *today, int64_t now,
                             int *ret_n, GError **error);
