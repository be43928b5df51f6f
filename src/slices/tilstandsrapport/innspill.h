/* innspill.h - the dialogue meeting: agenda, questions, who came, minutes, and input with its answers.
 *
 * Input can be given before the meeting and at it, until the report is sent; each must be answered
 * before that. What a group said and what came of it is frozen with the report.
 * Source: domain.md 1.5, 6.4.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport.h"

/* --- groups: who takes part, and whom input is from --- */

typedef struct {
    const char *code; /* "fau_su": ASCII, at most 20 */
    const char *name; /* msgid */
} DialogueGroup;
#define N_DIALOGUE_GROUP 11
const DialogueGroup *tilstandsrapport_group_at(size_t i); /* NULL past the last */
bool tilstandsrapport_group_known(const char *code);
/* The group that a role (domain.md 7.1) speaks for; NULL: may speak for any. */
const char *tilstandsrapport_group_of_role(const char *role);

/* --- the meeting --- */

typedef struct {
    const char *place, *starts;    /* "18:00"; "" when not set */
    const char *questions;         /* for work in groups, one a line */
    const char *minutes;           /* CommonMark, plain language */
    int present[N_DIALOGUE_GROUP]; /* how many came, by the order of the groups; 0 none */
    int64_t version;               /* 0: nothing stored yet */
} DialogueMeeting;

bool tilstandsrapport_meeting(Db *db, Arena *arena, int64_t owner, int64_t report,
                              DialogueMeeting *ret, GError **error);
/* Stores all of it. Errors: APP_ERROR_CONFLICT (somebody stored meanwhile; the report has been sent),
 * APP_ERROR_DB. */
bool tilstandsrapport_meeting_store(Db *db, int64_t owner, int64_t report,
                                    const DialogueMeeting *meeting, int64_t person, int64_t now,
                                    GError **error);

typedef struct {
    int64_t id;
    int nr;
    const char *group; /* code: who proposed it */
    const char *text;
    const char *status; /* foreslatt satt_pa avvist */
    const char *reason; /* of avvist; "" */
    int64_t by;         /* person; 0 */
} AgendaItem;
typedef struct {
    AgendaItem *v;
    size_t n;
} AgendaList;

bool tilstandsrapport_agenda(Db *db, Arena *arena, int64_t owner, int64_t report, AgendaList *ret,
                             GError **error);
/* group, text, status and by are used; the same words from the same group are kept once.
 * Errors: APP_ERROR_CONFLICT (the report has been sent), APP_ERROR_DB. */
bool tilstandsrapport_agenda_add(Db *db, int64_t owner, int64_t report, const AgendaItem *item,
                                 int64_t now, GError **error);
/* satt_pa, or avvist with a reason. Errors: APP_ERROR_CONFLICT, APP_ERROR_INVALID (no reason),
 * APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool tilstandsrapport_agenda_decide(Db *db, int64_t owner, int64_t report, const AgendaItem *item,
                                    GError **error);

/* --- input --- */

typedef struct {
    int64_t id;
    int nr;
    const char *group;    /* code */
    int64_t organ;        /* the body it is from; 0 */
    const char *body;     /* its name; "" */
    int chapter;          /* number; 0: the whole report */
    bool at_meeting;      /* false: before it */
    const char *given_on; /* "YYYY-MM-DD" */
    const char *text;
    const char *status;      /* mottatt tatt_inn delvis ikke_tatt_inn */
    const char *answer;      /* the reason, and what was done; "" */
    const char *answered_on; /* or NULL */
    int64_t by;              /* person who gave it; 0 */
    int64_t version;
} Input;
typedef struct {
    Input *v;
    size_t n;
} InputList;

bool tilstandsrapport_inputs(Db *db, Arena *arena, int64_t owner, int64_t report, InputList *ret,
                             GError **error);
/* group, organ, chapter, at_meeting, given_on, text and by are used; the same words from the same
 * group are kept once. Errors: APP_ERROR_CONFLICT (the report has been sent), APP_ERROR_DB. */
bool tilstandsrapport_input_add(Db *db, int64_t owner, int64_t report, const Input *input,
                                int64_t now, GError **error);
/* id, version, status and answer are used. Errors: APP_ERROR_CONFLICT (answered by somebody else
 * meanwhile; the report has been sent), APP_ERROR_INVALID (no reason), APP_ERROR_DB. */
bool tilstandsrapport_input_answer(Db *db, int64_t owner, int64_t report, const Input *input,
                                   int64_t person, const char *today, GError **error);
/**
 * Whoever gave an input changes its words, or with text NULL withdraws it, until it is answered.
 *   input  id, version, text and by are used.
 * Errors: APP_ERROR_CONFLICT (answered, stored from another tab, somebody else's; the report has been
 * sent), APP_ERROR_DB.
 */
bool tilstandsrapport_input_own(Db *db, int64_t owner, int64_t report, const Input *input,
                                GError **error);
/* How many wait for an answer. */
bool tilstandsrapport_inputs_waiting(Db *db, int64_t owner, int64_t report, int *ret,
                                     GError **error);
/* Whether anything of the meeting or any input is stored. */
bool tilstandsrapport_has_dialogue(Db *db, Arena *arena, int64_t owner, int64_t report, bool *ret,
                                   GError **error);
