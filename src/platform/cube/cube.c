/* cube.c - finding in a cube, and collecting what is wrong with a file.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "cube-inside.h"
#include <stdarg.h>
#include <string.h>
#include "i18n.h"

#define SOFT_HYPHEN "\u00ad"

size_t cube_at(const Cube *cube, const size_t *category)
{
    size_t at = 0;

    for (size_t d = 0; d < cube->n_dimensions; d++)
        at = at * cube->dimension[d].n + category[d];
    return at;
}

size_t cube_dimension(const Cube *cube, const char *code)
{
    for (size_t d = 0; d < cube->n_dimensions; d++)
        if (!strcmp(cube->dimension[d].code, code))
            return d;
    return SIZE_MAX;
}

size_t cube_category(const CubeDimension *dimension, const char *code)
{
    for (size_t i = 0; i < dimension->n; i++)
        if (!strcmp(dimension->v[i].code, code))
            return i;
    return SIZE_MAX;
}

CubeReading cube_reading(Arena *arena)
{
    return (CubeReading){ arena, g_array_new(FALSE, TRUE, sizeof(Cube)),
                          g_array_new(FALSE, TRUE, sizeof(CubeProblem)),
                          g_array_new(FALSE, TRUE, sizeof(CubeProblem)) };
}

static void *keep(Arena *arena, GArray *list, size_t *ret_n)
{
    size_t size = list->len * g_array_get_element_size(list);
    void *copy = arena_alloc(arena, size + 1);

    if (size)
        memcpy(copy, list->data, size);
    *ret_n = list->len;
    g_array_free(list, TRUE);
    return copy;
}

void cube_reading_end(CubeReading *r, CubeFile *ret)
{
    *ret = (CubeFile){ 0 };
    if (r->errors->len)
        g_array_set_size(r->cubes, 0);
    ret->v = keep(r->arena, r->cubes, &ret->n);
    ret->errors = keep(r->arena, r->errors, &ret->n_errors);
    ret->warnings = keep(r->arena, r->warnings, &ret->n_warnings);
}

G_GNUC_PRINTF(5, 0)
static void collect(CubeReading *r, GArray *list, CubePlace place, const char *code,
                    const char *format, va_list values)
{
    g_autofree char *message = g_strdup_vprintf(format, values);
    CubeProblem problem = { place.line, place.column, code, arena_dup(r->arena, message) };

    if (list->len < CUBE_MAX_PROBLEMS)
        g_array_append_val(list, problem);
}

bool cube_fail(CubeReading *r, CubePlace place, const char *code, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    collect(r, r->errors, place, code, format, values);
    va_end(values);
    return false;
}

void cube_warn(CubeReading *r, CubePlace place, const char *code, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    collect(r, r->warnings, place, code, format, values);
    va_end(values);
}

const char *cube_text(Arena *arena, const char *text)
{
    g_auto(GStrv) part = g_strsplit(text ? text : "", SOFT_HYPHEN, -1);
    g_autofree char *joined = g_strjoinv("", part);

    return text ? arena_dup(arena, g_strstrip(joined)) : NULL;
}

const char *cube_short(Arena *arena, const char *text)
{
    const char *end = text;

    for (int i = 0; i < 60 && *end; i++)
        end = g_utf8_next_char(end);
    return *end ? arena_printf(arena, "%.*s\u2026", (int)(end - text), text) : text;
}

bool cube_count(CubeReading *r, Cube *cube)
{
    size_t n = 1;

    for (size_t d = 0; d < cube->n_dimensions; d++) {
        if (cube->dimension[d].n > CUBE_MAX_CELLS / n)
            return cube_fail(r, (CubePlace){ 0 }, "TOO_LARGE",
                             _("The table has more than %u cells. Fetch fewer years or units at a "
                               "time."),
                             CUBE_MAX_CELLS);
        n *= cube->dimension[d].n;
        if (n == 0)
            break;
    }
    cube->n_cells = n;
    return true;
}
