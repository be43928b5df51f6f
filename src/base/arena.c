/* arena.c - a bump allocator: memory is handed out from chunks and freed all at once.
 *
 * Chunks double up to a limit, so a small request touches one chunk and a large one few. What does
 * not fit in a fresh chunk gets a chunk of its own, behind the current one.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arena.h"
#include <stdarg.h>
#include <stdalign.h>

enum { FIRST_CHUNK = 4096, LAST_CHUNK = 256 * 1024, ALIGNMENT = alignof(max_align_t) };

typedef struct Chunk {
    struct Chunk *older;
    size_t used, size;
    alignas(max_align_t) char bytes[];
} Chunk;

struct Arena {
    Chunk *chunk; /* the one that is filled now */
    size_t next_size;
};

Arena *arena_new(void)
{
    Arena *arena = g_new0(Arena, 1);

    arena->next_size = FIRST_CHUNK;
    return arena;
}

void arena_free(Arena *arena)
{
    if (!arena)
        return;
    for (Chunk *c = arena->chunk; c;) {
        Chunk *older = c->older;

        g_free(c);
        c = older;
    }
    g_free(arena);
}

static Chunk *chunk_new(size_t size)
{
    Chunk *chunk = g_malloc(sizeof *chunk + size);

    chunk->older = NULL;
    chunk->used = 0;
    chunk->size = size;
    return chunk;
}

/* A chunk with room for `size` more bytes; a very large piece does not displace the current one. */
static Chunk *chunk_for(Arena *arena, size_t size)
{
    Chunk *now = arena->chunk;

    if (now && now->size - now->used >= size)
        return now;
    if (now && size > arena->next_size / 4) {
        Chunk *own = chunk_new(size);

        own->older = now->older;
        now->older = own;
        return own;
    }
    Chunk *fresh = chunk_new(MAX(arena->next_size, size));

    fresh->older = now;
    arena->chunk = fresh;
    arena->next_size = MIN(arena->next_size * 2, (size_t)LAST_CHUNK);
    return fresh;
}

/* Not zeroed: for callers that fill it at once. */
static void *take(Arena *arena, size_t size)
{
    g_assert(size <= SIZE_MAX / 2);
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    Chunk *chunk = chunk_for(arena, rounded);
    void *at = chunk->bytes + chunk->used;

    chunk->used += rounded;
    return at;
}

void *arena_alloc(Arena *arena, size_t size)
{
    return memset(take(arena, MAX(size, 1)), 0, size);
}

char *arena_ndup(Arena *arena, const char *text, size_t len)
{
    if (!text)
        return NULL;
    char *copy = take(arena, len + 1);

    memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

char *arena_dup(Arena *arena, const char *text)
{
    return text ? arena_ndup(arena, text, strlen(text)) : NULL;
}

char *arena_printf(Arena *arena, const char *format, ...)
{
    char small[256];
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    g_assert(len >= 0);
    char *text = take(arena, (size_t)len + 1);

    if ((size_t)len < sizeof small)
        memcpy(text, small, (size_t)len + 1);
    else
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}
