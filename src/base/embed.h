/* embed.h - files that travel inside the binary; tools/embed writes the tables.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <stddef.h>

typedef struct {
    const char *name; /* file name without folder: "nb.mo" */
    const unsigned char *data;
    size_t size;
} Embedded;

extern const Embedded app_catalogues[]; /* po/NAME.po, compiled */
extern const size_t app_n_catalogues;
extern const Embedded app_seed[]; /* the demo's data */
extern const size_t app_n_seed;
