/* px-data.c - the cells of a PX file: numbers, and symbols where there is none.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>
#include "i18n.h"
#include "px-inside.h"

#define MAX_SYMBOL 40
#define N_SYMBOLS 6

typedef struct {
    PxReading *px;
    Cube *cube;
    const char *symbol[N_SYMBOLS + 1]; /* DATASYMBOL1 ...; the texts that so many dots stand for */
    size_t next;                       /* cell */
} Data;

static bool fail(Data *d, CubePlace place, const char *text)
{
    return cube_fail(d->px->r, place, "PX_DATA",
                     _("“%s” is neither a number nor a symbol such as “..”."),
                     cube_short(d->px->r->arena, text));
}

static bool is_symbol(const char *text)
{
    return *text && strspn(text, ".-:*") == strlen(text);
}

/* One, two ... six dots stand for what DATASYMBOL1 ... 6 say; anything else for itself. */
static const char *status_of(const Data *d, const char *text)
{
    size_t n = strlen(text);

    if (strspn(text, ".") == n && n <= N_SYMBOLS && d->symbol[n])
        return d->symbol[n];
    return arena_dup(d->px->r->arena, text);
}

static bool put(Data *d, CubePlace place, const char *text, bool quoted)
{
    CubeCell *cell;
    char *end;

    if (d->next >= d->cube->n_cells)
        return cube_fail(d->px->r, place, "PX_DATA",
                         _("DATA has more cells than the table, which has %zu."), d->cube->n_cells);
    cell = &d->cube->cell[d->next++];
    cell->value = g_ascii_strtod(text, &end);
    if (end != text && !*end && isfinite(cell->value) && !quoted && !strpbrk(text, "xXnN")) {
        d->cube->n_values++;
        return true;
    }
    cell->value = NAN;
    if (!is_symbol(text) && !quoted)
        return fail(d, place, text);
    cell->status = status_of(d, text);
    return true;
}

/* The next word or text; false at the end, or with an error told. */
static bool next_token(Data *d, char word[MAX_SYMBOL + 1], const char **ret, bool *ret_quoted)
{
    PxReading *px = d->px;
    const char *from;
    size_t n;

    px_blanks(px);
    while (*px->at == ',') { /* some programs part cells by commas */
        px_step(px);
        px_blanks(px);
    }
    if (px->at >= px->end || *px->at == ';')
        return false;
    *ret_quoted = *px->at == '"';
    if (*ret_quoted) { /* one by one: cells in quotes stand side by side */
        CubePlace began = px->place;

        px_step(px);
        for (from = px->at; px->at < px->end && *px->at != '"';)
            px_step(px);
        if (px->at >= px->end)
            return cube_fail(px->r, began, "PX_SYNTAX",
                             _("A text begins here and never ends: a quotation mark is missing."));
        *ret = arena_ndup(px->r->arena, from, (size_t)(px->at - from));
        px_step(px);
        return true;
    }
    for (from = px->at; px->at < px->end && !g_ascii_isspace(*px->at) && *px->at != ';' &&
                        *px->at != ',' && *px->at != '"';)
        px_step(px);
    n = MIN((size_t)(px->at - from), MAX_SYMBOL);
    memcpy(word, from, n);
    word[n] = 0;
    while (n && !g_utf8_validate(word, -1, NULL)) /* cut within a character */
        word[--n] = 0;
    *ret = word;
    return true;
}

static bool put_next(Data *d)
{
    char word[MAX_SYMBOL + 1];
    const char *text;
    bool quoted;

    px_blanks(d->px);
    CubePlace place = d->px->place;

    return next_token(d, word, &text, &quoted) && put(d, place, text, quoted);
}

/* KEYS: each row begins with the categories of the stub, and rows may lack. */
static bool row_start(Data *d, size_t n_stub, size_t row_cells, size_t *ret)
{
    char word[MAX_SYMBOL + 1];
    const char *text;
    size_t at = 0;
    bool quoted;

    for (size_t i = 0; i < n_stub; i++) {
        const CubeDimension *dim = &d->cube->dimension[i];

        px_blanks(d->px);
        CubePlace place = d->px->place;

        if (!next_token(d, word, &text, &quoted)) {
            if (i)
                cube_fail(d->px->r, place, "PX_DATA", _("DATA ends in the middle of a row."));
            return false;
        }
        size_t category = cube_category(dim, text);

        for (size_t k = 0; category == SIZE_MAX && k < dim->n; k++)
            if (!strcmp(dim->v[k].label, text))
                category = k;
        if (category == SIZE_MAX)
            return cube_fail(d->px->r, place, "PX_DATA", _("“%s” has no category “%s”."),
                             cube_short(d->px->r->arena, dim->label),
                             cube_short(d->px->r->arena, text));
        at = at * dim->n + category;
    }
    *ret = at * row_cells;
    return true;
}

static bool read_keyed(Data *d, size_t n_stub)
{
    size_t row_cells = 1;

    for (size_t i = n_stub; i < d->cube->n_dimensions; i++)
        row_cells *= d->cube->dimension[i].n;
    while (row_start(d, n_stub, row_cells, &d->next))
        for (size_t i = 0; i < row_cells; i++)
            if (!put_next(d))
                return d->px->r->errors->len > 0
                           ? false
                           : cube_fail(d->px->r, d->px->place, "PX_DATA",
                                       _("DATA ends in the middle of a row."));
    return d->px->r->errors->len == 0;
}

static bool read_full(Data *d)
{
    while (put_next(d))
        ;
    if (d->px->r->errors->len)
        return false;
    if (d->next != d->cube->n_cells)
        return cube_fail(d->px->r, d->px->place, "PX_DATA",
                         _("DATA ends after %zu cells; the table has %zu. Fetch the file again."),
                         d->next, d->cube->n_cells);
    return true;
}

bool px_read_data(PxReading *px, Cube *cube, size_t n_stub)
{
    Data d = { .px = px, .cube = cube };

    for (int i = 1; i <= N_SYMBOLS; i++) {
        char keyword[] = "DATASYMBOL1";

        keyword[sizeof keyword - 2] = (char)('0' + i);
        d.symbol[i] = px_text(px, keyword, NULL, NULL);
    }
    cube->cell = arena_alloc(px->r->arena, (cube->n_cells + 1) * sizeof *cube->cell);
    for (size_t i = 0; i < cube->n_cells; i++)
        cube->cell[i].value = NAN;
    if (px_find(px, "KEYS", cube->dimension[0].label, NULL))
        return read_keyed(&d, n_stub);
    return read_full(&d);
}
