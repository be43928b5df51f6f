/* arena.h - strings and small structs that live as long as the request.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *arena);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Arena, arena_free)
void *arena_alloc(Arena *arena, size_t size);    /* zeroed, aligned for any type */
char *arena_dup(Arena *arena, const char *text); /* NULL gives NULL */
char *arena_ndup(Arena *arena, const char *text, size_t len);
char *arena_printf(Arena *arena, const char *format, ...) G_GNUC_PRINTF(2, 3);
