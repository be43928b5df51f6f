/* kilde-inside.h - what the files of this slice say to each other, and rows as its pages show them.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "kilde.h"

/* --- one source --- */

typedef struct {
    int64_t id;
    const char *name, *url, *body, *kind, *structure, *asked_url, *etag, *modified;
    int64_t hours, due_at, last_ok_at, trouble_at, failures; /* 0: never */
    const char *trouble, *words;
    bool straight, active;
} Kilde;

typedef struct {
    const char *code, *name, *about, *url, *body, *kind; /* name, about: msgids */
    int hours;
} KjentKilde;
extern const KjentKilde kilde_known[]; /* ends with { NULL } */

/* Errors: APP_ERROR_NOT_FOUND. */
bool kilde_get(Db *db, Arena *arena, int64_t id, Kilde *ret, GError **error);
/* {dato}, {aar} and {fjoraar} filled in. */
const char *kilde_filled(Arena *arena, const char *pattern, const char *today);
/* The media types a kind may come as; NULL-terminated. */
const char *const *kilde_types(const char *kind);
/* "Klass 2026-11-24.json": the name an answer is imported under. */
const char *kilde_filename(Arena *arena, const Kilde *kilde, int64_t fetched_at);
bool kilde_wanted(Db *db, int64_t now, bool *ret, GError **error);
extern const JobKind kilde_jobs[];
/* Ask it soon, by the jobs program; the same asked for twice is one. */
bool kilde_ask_now(Db *db, const Kilde *kilde, int64_t owner, int64_t person, int64_t now,
                   int64_t *ret_job, GError **error);

/* --- the structure of an answer: a line for each column, dimension or code, sorted --- */

/* In this very process: for the sandbox's child, tests and fuzzers. g_free it.
 *   ret_rows  of a JSON list, else 0; may be NULL. */
char *kilde_structure(const char *bytes, size_t len, size_t *ret_rows);
/* Errors: APP_ERROR_INVALID (the child crashed), APP_ERROR_DB. */
bool kilde_structure_safely(const char *bytes, size_t len, char **ret, size_t *ret_rows,
                            GError **error);
/* What is new and what is missing, translated; NULL when nothing is. g_free it. */
char *kilde_structure_differs(const char *before, const char *now);

/* --- pages --- */

typedef struct {
    const char *name, *state, *colour, *last_ok, *next, *trouble, *trouble_when, *words, *size,
        *answers;
    Url url, newest, dataset, ask;
    bool waits, troubled, may_ask;
} KildeLine;

typedef struct {
    KildeLine *v;
    size_t n;
} KildeLines;

typedef struct {
    const char *name, *about, *where;
    Url url;
} KjentLine;

typedef struct {
    KjentLine *v;
    size_t n;
} KjentLines;

typedef struct {
    const char *csrf;
    bool on;
    KildeLines lines;
    KjentLines known;
} KilderView;

typedef struct {
    const char *when, *state, *colour, *size, *sha256, *note, *headers, *url;
    Url file, action, dataset;
    bool kept, waits, new_structure;
} SvarLine;

typedef struct {
    SvarLine *v;
    size_t n;
} SvarLines;

typedef struct {
    const char *csrf, *name;
    bool on, fresh; /* fresh: being set up */
    KildeLine about;
    const Form *form;
    SvarLines answers;
    Url action, remove;
    const char *remove_problem;
} KildeView;

bool kilde_show_all(Req *req, GError **error);
bool kilde_show_new(Req *req, GError **error);
bool kilde_store_new(Req *req, GError **error);
bool kilde_show_one(Req *req, GError **error);
bool kilde_store_one(Req *req, GError **error);
bool kilde_remove(Req *req, GError **error);
bool kilde_ask(Req *req, GError **error);
bool kilde_send_answer(Req *req, GError **error);
bool kilde_settle_answer(Req *req, GError **error);
bool kilde_tasks(Req *req, GArray *tasks, GError **error);
/* What the pages show of one source. */
bool kilde_fill_line(Req *req, const Kilde *kilde, KildeLine *ret, GError **error);
/* The page of one source, with a form that may have been refused. */
bool kilde_show_with(Req *req, int status, const Kilde *kilde, const Form *form,
                     const char *remove_problem, GError **error);
