/* blokker.h - choosing and reading the blocks of a chapter; what the files of innhold share.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "innhold.h"

/* What is needed to read one report's figures. Strings and results are in the arena. */
typedef struct {
    Db *db;
    Arena *arena;
    int64_t owner;
    Audience audience;
    Lang lang;
    const char *today, *year; /* year: "2025/26", the newest that may be used */
    UnitRefList peers;        /* the municipality first, then its county and the nation */
    UnitRefList schools;      /* by name */
    UnitRefList others;       /* the owner's other units, by name */
    GPtrArray *released;      /* Released *, of every block; for the log */
    GHashTable *files;        /* name -> "YYYY-MM-DD"; every file a block came from */
} Composing;

typedef struct {
    const char *theme;              /* "": of no theme; then `indicators` says all */
    const char *indicators, *views; /* codes, and views of blokker.c's names; "": all that suit */
} BlockChoice;
/* The blocks of a theme, chosen by what data there are, within what the chapter's template lets in.
 * Errors: APP_ERROR_DB. */
bool tilstandsrapport_choose_blocks(Composing *c, const BlockChoice *choice, Block **ret,
                                    size_t *ret_n, GError **error);
/* The word for a view in a list of views: "series", "compare"; its name for people, translated. */
const char *tilstandsrapport_view_code(BlockView view);
const char *tilstandsrapport_view_name(BlockView view);

/* --- one block, one release (blokker-lesing.c) --- */

typedef struct {
    BlockView view;
    const char *title;
    const UnitRef *units;
    size_t n_units;
    const char *const *codes; /* NULL-terminated */
    const char *from, *to;    /* as MatrixSpec */
    const char *own;          /* code of the unit the block is about */
    bool newest_each;         /* keep each row's newest period only; for VIEW_WORDS */
} BlockSpec;

/* *ret_known is false, and *ret empty, when nothing is known. */
bool tilstandsrapport_read_block(Composing *c, const BlockSpec *spec, Block *ret, bool *ret_known,
                                 GError **error);
/* Newest period a report of `year` may use: "2025/26", "2026K2" or "2026". In the arena. */
const char *tilstandsrapport_limit(Arena *arena, const Indicator *indicator, const char *year);

/* --- small questions about a block --- */

static inline const ContentCell *block_cell(const Block *b, size_t unit, size_t indicator,
                                            size_t period)
{
    return &b->cells[(unit * b->n_indicators + indicator) * b->n_periods + period];
}
static inline bool cell_has_number(const Cell *cell)
{
    return cell->status == VALUE_OK;
}
/* A chart can be made of it. */
bool tilstandsrapport_block_draws(const Block *block);
/* Index of the unit it is about; 0 when none is marked. */
static inline size_t block_own(const Block *block)
{
    for (size_t u = 0; u < block->n_units; u++)
        if (block->units[u].own)
            return u;
    return 0;
}

/* The nation among the units ("0" in the public statistics), or SIZE_MAX. */
static inline size_t block_nation(const Block *block)
{
    for (size_t u = 0; u < block->n_units; u++)
        if (!strcmp(block->units[u].code, "0"))
            return u;
    return SIZE_MAX;
}

/* Newest period in which the unit has a value of the indicator that is not missing, or SIZE_MAX. */
static inline size_t block_newest(const Block *block, size_t unit, size_t indicator)
{
    for (size_t p = block->n_periods; p-- > 0;)
        if (block_cell(block, unit, indicator, p)->cell.status != VALUE_MISSING)
            return p;
    return SIZE_MAX;
}

/* --- words of the domain, in the thread's language (ord.c) --- */

const char *
tilstandsrapport_word_subject(const char *code); /* "NP.LES.5" -> "reading"; NULL when not a test */
const char *tilstandsrapport_word_grade(Arena *arena, const char *grade); /* "grade 5" */
const char *
tilstandsrapport_word_short_name(Arena *arena,
                                 const char *name); /* "Hustadvika kommune" -> "Hustadvika" */
const char *tilstandsrapport_word_period(Arena *arena,
                                         const char *period); /* "2012K1" -> "1st quarter 2012" */
const char *tilstandsrapport_word_title(Arena *arena,
                                        const Indicator *indicator); /* "Reading, grade 5" */
const char *tilstandsrapport_word_capital(Arena *arena, const char *text);
