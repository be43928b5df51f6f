/* px-inside.h - statements of a PX file. SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "cube-inside.h"

/* KEYWORD[language]("sub","sub")="text","text"; or =WORD; Texts are the arena's. */
typedef struct {
    const char *keyword, *language; /* language: NULL when none is said */
    const char **sub;
    size_t n_sub;
    const char **text; /* the value's texts, in order; those after ":" in HIERARCHIES too */
    const bool *under; /* of text i: it came after ":" and stands under the one before */
    size_t n_text;
    const char *word; /* YES, NO, 2, TLIST(A1): what stands without quotes; NULL when none */
    CubePlace place;
} PxStatement;

typedef struct {
    CubeReading *r;
    const char *at, *end; /* UTF-8, a NUL at end */
    CubePlace place;      /* of `at` */
    GArray *statements;   /* of PxStatement */
    GHashTable *index;    /* of those of the default language; made by px_index() */
    const char *language; /* the default one; NULL before it is known */
    bool has_data;        /* the reader stands after DATA= */
} PxReading;

/**
 * Read statements up to DATA= or the end. False: the error is told.
 * Keywords whose kind of value is known are held to it.
 */
bool px_read_statements(PxReading *px);
/* Pass over blanks and line ends. */
void px_blanks(PxReading *px);
void px_step(PxReading *px); /* one character on */
/* The text in quotes at px->at, without the quotes; joined with those that follow it directly. */
bool px_quoted(PxReading *px, const char **ret);
/* When all statements are read: so that they can be found. */
void px_index(PxReading *px);
/* The statement of the default language, with these subs (NULL: without); NULL when none. */
const PxStatement *px_find(const PxReading *px, const char *keyword, const char *sub,
                           const char *sub2);
const char *px_text(const PxReading *px, const char *keyword, const char *sub, const char *sub2);
/* DATA into the cells of a cube whose dimensions are known. */
bool px_read_data(PxReading *px, Cube *cube, size_t n_stub);
