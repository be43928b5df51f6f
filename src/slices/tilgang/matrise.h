/* matrise.h - the rows of the role matrix, and what its page shows of them.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilgang.h"

typedef struct {
    const char *resource, *cells;
    const char *label; /* msgid: the resource in words */
} MatrixRow;

const MatrixRow *tilgang_matrix(size_t *ret_n);
/* The cell as it stands, "R+Uo"; "" when the role has nothing there. In the arena. */
const char *tilgang_matrix_cell(Arena *arena, const MatrixRow *row, const char *role);

typedef struct {
    const char *name, *words, *cell;
} MatrixLine;

typedef struct {
    MatrixLine *v;
    size_t n;
} MatrixLines;

typedef struct {
    const char *code, *name;
    bool chosen;
} MatrixChoice;

typedef struct {
    MatrixChoice *v;
    size_t n;
} MatrixChoices;

typedef struct {
    const char **v;
    size_t n;
} MatrixCells;

typedef struct {
    const char *name;
    MatrixCells cells;
} MatrixTableRow;

typedef struct {
    MatrixTableRow *v;
    size_t n;
} MatrixTable;

typedef struct {
    const char *role, *resource; /* in words; NULL when not asked for */
    MatrixLines what, who;
    MatrixChoices roles, resources;
    MatrixTable rows;
} MatrixView;
