/* innhold-sprak.h - the same report in the other language form.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "innhold.h"

/**
 * Word the content in another language: names of indicators, titles and texts that the program made,
 * the law; figures and what people wrote are untouched, and ret->written tells their language.
 *   report  its owner and law are used; law NULL leaves the law's and the chapters' words as they are.
 *   to   the content's own language gives the content itself.
 * Errors: APP_ERROR_DB.
 */
bool tilstandsrapport_turn(Db *db, Arena *arena, const Report *report, const Content *content,
                           Lang to, Content *ret, GError **error);
