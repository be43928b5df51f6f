/* fuzz-kube.h - what every cube must hold to, whatever bytes it came from.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "cube.h"
#include "i18n.h"

static inline void fuzz_check_dimension(const CubeDimension *dim)
{
    g_assert(dim->code && dim->label);
    for (size_t i = 0; i < dim->n; i++) {
        g_assert(dim->v[i].code && dim->v[i].label);
        g_assert(dim->v[i].parent == SIZE_MAX || dim->v[i].parent < dim->n);
    }
}

static inline void fuzz_check_cube(const Cube *cube)
{
    size_t n = 1, numbers = 0;

    g_assert(cube->n_dimensions <= CUBE_MAX_DIMENSIONS && cube->n_cells <= CUBE_MAX_CELLS);
    for (size_t d = 0; d < cube->n_dimensions; d++) {
        fuzz_check_dimension(&cube->dimension[d]);
        n *= cube->dimension[d].n;
    }
    g_assert(n == cube->n_cells);
    for (size_t i = 0; i < n; i++)
        numbers += cube->cell[i].value == cube->cell[i].value || cube->cell[i].text;
    g_assert(numbers == cube->n_values);
}

/* A file with errors gives nothing, and every error says something in sound UTF-8. */
static inline void fuzz_check_cubes(const CubeFile *file)
{
    g_assert(file->n_errors == 0 || file->n == 0);
    for (size_t i = 0; i < file->n_errors; i++)
        g_assert(*file->errors[i].message && g_utf8_validate(file->errors[i].message, -1, NULL));
    for (size_t i = 0; i < file->n_warnings; i++)
        g_assert(g_utf8_validate(file->warnings[i].message, -1, NULL));
    for (size_t i = 0; i < file->n; i++)
        fuzz_check_cube(&file->v[i]);
}
