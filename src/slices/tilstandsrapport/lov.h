/* lov.h - the laws a report may answer to, as data with dates, and words that changed, by date.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport.h"

typedef struct {
    const char *code, *law, *duty, *url; /* worded in the language asked for */
    const char *from, *to;               /* "YYYY-MM-DD"; to NULL: still in force */
    bool informs;                        /* a duty to inform, in any form; false: to report */
    const char *themes;                  /* "Learning environment, learning outcomes, completion" */
    int64_t checked_by;                  /* who of the owner has held it against lovdata.no; 0 */
    const char *checked_on, *note;
} Law;
typedef struct {
    Law *v; /* oldest first */
    size_t n;
} LawList;
bool tilstandsrapport_laws(Db *db, Arena *arena, int64_t owner, Lang lang, LawList *ret,
                           GError **error);
/* person 0 takes the tick away. Errors: APP_ERROR_INVALID (no such law), APP_ERROR_DB. */
typedef struct {
    const char *law, *on, *note;
    int64_t person;
} LawCheck;
bool tilstandsrapport_law_check(Db *db, int64_t owner, const LawCheck *check, GError **error);

typedef struct {
    const char *term, *from, *to; /* to NULL: still the word */
    const char *word;             /* in the language asked for */
    const char *note;             /* why it changed; "" */
} Term;
typedef struct {
    Term *v; /* by term, oldest first */
    size_t n;
} TermList;
bool tilstandsrapport_terms(Db *db, Arena *arena, Lang lang, TermList *ret, GError **error);
/* The word for a term on a date: ("kommunedirektor", "2013-06-06") -> "rådmann". The term itself when
 * it is not in the list. */
const char *tilstandsrapport_term_on(const TermList *terms, const char *term, const char *date);
/* The row whose word the text uses although another held on the date; NULL when there is none.
 * Endings count ("rådmannen"); ret_now: the word to use. */
const Term *tilstandsrapport_term_wrong(const TermList *terms, const char *text, const char *date,
                                        const char **ret_now);
