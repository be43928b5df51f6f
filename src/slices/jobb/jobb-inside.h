/* jobb-inside.h - what the files of this slice say to each other and to the jobs program.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "jobb.h"
#include "runner.h"

/* Several queries have rows of this shape. */
#define JOBB_INFO_FROM(row, arena)                                                                 \
    {                                                                                              \
        .id = (row).id, .owner = (row).owner, .person = (row).person,                              \
        .kind = arena_dup(arena, (row).kind), .title = arena_dup(arena, (row).title),              \
        .state = jobb_state_of((row).state), .attempt = (int)(row).attempt,                        \
        .attempts = (int)(row).attempts, .done = (row).done, .total = (row).total,                 \
        .text = arena_dup(arena, (row).text), .path = arena_dup(arena, (row).path),                \
        .added = (row).added, .due = (row).due, .stopping = (row).stop != 0,                       \
        .ended = (row).ended == NO_INT ? 0 : (row).ended                                           \
    }

JobState jobb_state_of(const char *code);

extern const Route jobb_routes[];
extern const Retention jobb_retention[];
bool jobb_person_data(Db *db, Arena *arena, int64_t owner, int64_t person, json_t *into,
                      GError **error);
extern const JobKind jobb_kinds[];
#define JOBB_TRIAL "prove"
