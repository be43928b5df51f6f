/* value.h - what one value can be: shared by import, storage, masking and reports.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

/* A masked value is neither zero nor missing. "Preliminary" and "computed" are flags beside this. */
typedef enum {
    VALUE_OK,
    VALUE_MASKED,     /* the source hides it: the group is small */
    VALUE_MISSING,    /* the source has no data */
    VALUE_NOT_TESTED, /* nobody took the test: 0 participants */
    VALUE_QUALITATIVE /* svak, middels or god */
} ValueStatus;
