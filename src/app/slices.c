/* slices.c - the slices of the program as a table, from slices.def.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "web.h"

#define SLICE(name) extern const Slice name##_slice;
#include "slices.def"
#undef SLICE

const Slice *const app_slices[] = {
#define SLICE(name) &name##_slice,
#include "slices.def"
#undef SLICE
    NULL
};
