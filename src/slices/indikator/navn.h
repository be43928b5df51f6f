/* navn.h - the name of a unit as readers see it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "indikator.h"

/* Udir's files name the whole country (code "0") in bokmål: here it is in the reader's language.
 * Every other name is `name` itself, which must live as long as the answer is used. */
const char *indikator_shown_name(const char *code, const char *name);
