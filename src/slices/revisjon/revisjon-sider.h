/* revisjon-sider.h - the pages of the audit log and of privacy: what their templates show, and who serves them.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "revisjon.h"

/* --- ord.c: codes in words --- */
/* "rapport.vedtak" -> "Recorded a decision", translated; the code itself when it has no words. */
const char *revisjon_act_text(const char *act);
/* "FS" -> "Fagsjef oppvekst"; "" when there is none. Also roles that are no more. */
const char *revisjon_role_text(const char *role);

/* --- liste.c --- */
typedef struct {
    const char *number, *at, *who, *role, *act, *object, *subject, *detail, *client;
} LogLine;
typedef struct {
    LogLine *v;
    size_t n;
} LogLines;

typedef struct {
    const char *day, *act, *count;
    bool first; /* of its day */
} LogCount;
typedef struct {
    LogCount *v;
    size_t n;
} LogCounts;

typedef struct {
    const char *value, *label;
    bool is_chosen;
} LogChoice;
typedef struct {
    LogChoice *v;
    size_t n;
} LogChoices;

typedef struct {
    LogChoices people, acts;
    const char *from, *to, *object; /* as asked for */
    const char *problem;            /* translated; "" */
    bool filtered;
    Url reset, older, newest, csv;
    bool has_older, is_later; /* than the newest page */
} LogFilter;

/* GET /revisjon: lines for whoever may see them, else how many of what on which day. */
bool revisjon_show_log(Req *req, GError **error);
bool revisjon_send_csv(Req *req, GError **error);

/* --- mine.c --- */
bool revisjon_show_mine(Req *req, GError **error);
bool revisjon_send_mine(Req *req, GError **error);
bool revisjon_person_data(Db *db, Arena *arena, int64_t owner, int64_t person, json_t *into,
                          GError **error);

typedef struct {
    const char *name, *value;
} MineFact;
typedef struct {
    MineFact *v;
    size_t n;
} MineFacts;
typedef struct {
    const char *title;
    MineFacts facts;
} MinePart;
typedef struct {
    MinePart *v;
    size_t n;
} MineParts;
typedef struct {
    const char *name;
    LogLines looked, done;
    MineParts parts;
} MineView;

/* --- lagring.c, lagringside.c --- */
typedef struct {
    const char *what, *basis, *days, *count;
    bool some;
} KeepLine;
typedef struct {
    KeepLine *v;
    size_t n;
} KeepLines;
/* How many days the owner keeps what the rule is about; owner 0: the rule's own number. */
bool revisjon_keep_days(Db *db, Arena *arena, int64_t owner, const Retention *rule, int *ret,
                        GError **error);
/* The rules of all slices, in their order. Array of const Retention *. */
GPtrArray *revisjon_rules(void);
/* "lagring.sesjon": the owner's setting of a rule; in the arena. */
const char *revisjon_keep_key(Arena *arena, const Retention *rule);
/* "12 months", "5 years", "60 days"; translated, in the arena. */
const char *revisjon_days_text(Arena *arena, int days);
bool revisjon_show_retention(Req *req, GError **error);
bool revisjon_store_retention(Req *req, GError **error);
bool revisjon_show_deletion(Req *req, GError **error);
bool revisjon_run_deletion(Req *req, GError **error);
bool revisjon_job(Job *job, GError **error);

/* --- personvern.c --- */
typedef struct {
    const char *what, *why, *basis, *how_long;
} MapLine;
typedef struct {
    MapLine *v;
    size_t n;
} MapLines;
bool revisjon_show_privacy(Req *req, GError **error);
