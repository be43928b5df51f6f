/* innspill-sider.h - the dialogue meeting as its page shows it.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "innspill.h"
#include "tilstandsrapport-sider.h"

typedef struct {
    const char *nr, *text, *from, *status, *reason;
    int64_t id;
    const Form *form; /* to decide on it; NULL: may not, or decided */
    bool open;
} AgendaView;
typedef struct {
    AgendaView *v;
    size_t n;
} AgendaViews;

typedef struct {
    const char *nr, *text, *from, *about, *given, *verdict, *answer, *answered;
    int64_t id, version;
    bool waits;
    const Form *form; /* to answer it; NULL: may not */
    bool open;
    const Form *own, *withdraw; /* to those who gave it, until it is answered; else NULL */
    bool own_open;
} InputView;
typedef struct {
    InputView *v;
    size_t n;
} InputViews;

typedef struct {
    const char *group, *number;
} PresentView;
typedef struct {
    PresentView *v;
    size_t n;
} PresentViews;

typedef struct {
    const char *const *v;
    size_t n;
} TextLines;

typedef struct {
    const char *title, *lang, *day, *place, *trouble, *kept, *summary, *closed;
    Lang language;
    Url up, self, innspill, svar, eget, punkt, punkt_svar;
    AgendaViews agenda;
    InputViews inputs;
    PresentViews present;
    TextLines questions;
    Doc *minutes; /* NULL: none */
    bool sees_inputs, meeting_open, add_open, propose_open;
    int64_t version;
    const Form *meeting, *add, *propose; /* NULL: may not */
} DialogueView;

/* --- the page's forms --- */

enum { I_GROUP, I_BODY, I_CHAPTER, I_OCCASION, I_TEXT, N_INPUT };
enum { P_GROUP, P_TEXT, N_PROPOSE };
enum { S_STATUS, S_ANSWER, N_ANSWER };
enum { O_TEXT, N_OWN };
enum { M_PLACE, M_STARTS, M_QUESTIONS, M_MINUTES, M_PRESENT, N_MEETING = 4 + N_DIALOGUE_GROUP };

extern const Field tilstandsrapport_input_fields[N_INPUT];
extern const Field tilstandsrapport_propose_fields[N_PROPOSE];
extern const Field tilstandsrapport_answer_fields[N_ANSWER];
extern const Field tilstandsrapport_decide_fields[N_ANSWER];
const Field *tilstandsrapport_dialogue_meeting_fields(Req *req); /* N_MEETING of them */
/* Of answers: each field's name carries the number of the line it belongs to. */
/* The form that decides on an item, filled with what stands. */
Form *tilstandsrapport_decide_form(Req *req, const AgendaItem *item);
const Field *tilstandsrapport_dialogue_numbered(Req *req, const Field *base, int nr);
const Option *tilstandsrapport_dialogue_groups(Req *req); /* for whom the asker may speak */
const Option *tilstandsrapport_dialogue_verdicts(Req *req);
const Option *tilstandsrapport_dialogue_decisions(Req *req);

typedef struct {
    Report report;
    Step steps[6];
    DialogueMeeting meeting;
    AgendaList agenda;
    InputList inputs;
    ChapterList chapters;
    OrganList bodies;
} DialogueRoom;

/* What the page is made of. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool tilstandsrapport_dialogue_load(Req *req, DialogueRoom *room, GError **error);
void tilstandsrapport_dialogue_give_input(Req *req, const DialogueRoom *room, Form *form);

/* A form that failed, in the place of its blank one. */
typedef struct {
    int status;
    int64_t id; /* of the input or item the form belongs to; 0 */
    const Form *meeting, *add, *propose, *answer, *decide, *own, *withdraw;
    const char *trouble, *kept;
} DialogueRetried;
/* The forms of an input for the one who gave it; nothing for others. */
void tilstandsrapport_dialogue_own(Req *req, const DialogueRoom *room, const Input *input,
                                   const DialogueRetried *again, InputView *view);
bool tilstandsrapport_dialogue_show(Req *req, const DialogueRoom *room,
                                    const DialogueRetried *again);

/* --- handlers --- */
bool tilstandsrapport_show_dialogue(Req *req, GError **error);
bool tilstandsrapport_post_meeting(Req *req, GError **error);
bool tilstandsrapport_post_input(Req *req, GError **error);
bool tilstandsrapport_post_input_own(Req *req, GError **error);
bool tilstandsrapport_post_input_answer(Req *req, GError **error);
bool tilstandsrapport_post_agenda(Req *req, GError **error);
bool tilstandsrapport_post_agenda_answer(Req *req, GError **error);
