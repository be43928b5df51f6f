/* cube-inside.h - what the readers of cubes share. SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "cube.h"

#define CUBE_MAX_PROBLEMS 100

/* Cubes and problems while a file is read; the arena keeps all texts. */
typedef struct {
    Arena *arena;
    GArray *cubes, *errors, *warnings; /* of Cube, CubeProblem */
} CubeReading;

typedef struct {
    unsigned line, column;
} CubePlace;

CubeReading cube_reading(Arena *arena);
/* Hand over what was read, and free the rest. */
void cube_reading_end(CubeReading *r, CubeFile *ret);
/* Collect a problem; returns false. The format is a translated msgid. */
bool cube_fail(CubeReading *r, CubePlace place, const char *code, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
void cube_warn(CubeReading *r, CubePlace place, const char *code, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
/* For messages and labels: a text without soft hyphens, trimmed. */
const char *cube_text(Arena *arena, const char *text);
/* The first 60 characters, for a message. */
const char *cube_short(Arena *arena, const char *text);
/* Multiply the sizes into n_cells; false, with the error told, when there are too many. */
bool cube_count(CubeReading *r, Cube *cube);
