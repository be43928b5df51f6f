/* moenster.h - what the files of this slice share about rules and patterns.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "sdc.h"
#include "skjerming.h"

/* A threshold in force for one audience. */
typedef struct {
    const char *kind;
    int64_t min_n, hide_low, hide_high; /* hide_high 0: no count is hidden */
} Rule;

typedef struct {
    Rule *v;
    size_t n;
} RuleSet;

bool skjerming_rule_set(Db *db, Arena *arena, const char *today, Audience audience, RuleSet *ret,
                        GError **error);
const Rule *skjerming_rule_for(const RuleSet *rules, const char *kind); /* NULL: none in force */
/* Why a primary rule hides the cell, in the arena; NULL when none does. */
const char *skjerming_primary(Arena *arena, const RawCell *raw, const Rule *rule);

/* --- lenket.c: a system as the engine sees it --- */

#define LINKED_MOST_CELLS 3000

typedef struct {
    LinkedCell cell;
    double mass;
} LinkedMass;

typedef struct {
    unsigned first, n; /* in terms */
} LinkedSum;

typedef struct {
    unsigned cell;
    double coef;
} LinkedTerm;

struct Linked {
    int64_t owner;
    char *family, *period;
    GStringChunk *text;
    GArray *cells; /* LinkedMass */
    GArray *sums;  /* LinkedSum */
    GArray *terms; /* LinkedTerm */
};

/* What came of it. */
typedef struct {
    bool safe;
    HiddenBy *hidden; /* for each cell; HIDDEN_NOT for those that are not the owner's */
    int64_t n_cells, n_hidden, n_protected, n_out, n_unsafe;
    double narrowest; /* NAN: nothing protected */
    int64_t wholes;   /* NO_INT: nothing counted */
    const char *method;
} Solved;

/* out[i]: the cell's value has been shown before. Everything in the arena. */
bool skjerming_solve(Arena *arena, const Linked *linked, const RuleSet *rules, const bool out[],
                     Solved *ret, GError **error);
/* The problem alone, nothing of it shown before: to attack it with a pattern there is. */
SdcProblem *skjerming_problem(Arena *arena, const Linked *linked, const RuleSet *rules,
                              GError **error);
const LinkedCell *skjerming_linked_cell(const Linked *linked, unsigned i);

/* --- moenster.c: what the gate asks --- */

typedef struct PatternUse PatternUse;
/* The patterns of the table's own cells; *ret is NULL when it has none that need one. */
bool skjerming_patterns(Db *db, int64_t owner, const GArray *cells, const bool needs[],
                        const char *rules, PatternUse **ret, GError **error);
void skjerming_patterns_free(PatternUse *use);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PatternUse, skjerming_patterns_free)

typedef enum { PATTERN_SHOWS, PATTERN_HIDES, PATTERN_CLOSED } PatternSays;
PatternSays skjerming_pattern_of(const PatternUse *use, const RawCell *cell);
/* Which of the system's cells the pattern hides; hidden[] comes in false. */
bool skjerming_stored_pattern(Db *db, const Linked *linked, bool hidden[], GError **error);
/* For oppvekst verify: how many proofs there are, and those that do not hold. */
bool skjerming_seal_check(Db *db, Arena *arena, int64_t owner, GPtrArray *wrong, int64_t *ret_n,
                          GError **error);
bool skjerming_prove(Db *db, int64_t owner, int64_t release, const Released *released,
                     GError **error);
