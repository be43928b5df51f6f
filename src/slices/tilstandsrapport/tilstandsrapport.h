/* tilstandsrapport.h - the yearly report: written, treated in six steps, frozen, published, followed up.
 *
 * A report is chapters of text and blocks of indicators. Before the vote it can be written in; each
 * political step sees a frozen version; the vote locks it by hash; two steps after the vote turn the
 * decision into work. What the public may read is the published version and nothing else.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "indikator.h"
#include "organ.h"

extern const Slice tilstandsrapport_slice;

typedef enum {
    STATE_PLANLAGT, /* being written for the first step */
    STATE_SKISSE,
    STATE_DIALOG_GJENNOMFORT,
    STATE_SENDT_FORMANNSKAP,
    STATE_INNSTILT,
    STATE_GODKJENT,
    STATE_TATT_TIL_ORIENTERING,
    STATE_AVVIST,
    STATE_ETTERARBEID_KOMITE,
    STATE_ETTERARBEID_LEDERGRUPPE,
    STATE_AVSLUTTET,
    N_STATE
} ReportState;

const char *tilstandsrapport_state_code(ReportState state); /* "dialog_gjennomfort" */
const char *
tilstandsrapport_state_name(ReportState state);          /* translated: "Dialogue meeting held" */
ReportState tilstandsrapport_state_of(const char *code); /* of a code the tables hold */
int tilstandsrapport_steps_done(ReportState state);      /* how many of the six, 0-6 */

typedef struct {
    int64_t id, owner;
    const char *year; /* "2012/13" */
    const char *title;
    Lang language; /* of the report itself, not of the page around it */
    ReportState state;
    const char *law;          /* lovhjemmel.code */
    int64_t frozen;           /* newest version; 0 when none */
    int64_t published;        /* version the public reads; 0 when none */
    const char *published_on; /* "YYYY-MM-DD", or NULL */
    const char *locked;       /* 64 hex digits after the vote, or NULL */
} Report;

typedef struct {
    Report *v;
    size_t n;
} ReportList;

/* Errors of all: APP_ERROR_NOT_FOUND where one thing is asked for, APP_ERROR_DB. */
bool tilstandsrapport_get(Db *db, Arena *arena, int64_t owner, int64_t id, Report *ret,
                          GError **error);
/* For an address that carries an id only: finds the owner by it. */
bool tilstandsrapport_find(Db *db, Arena *arena, int64_t id, Report *ret, GError **error);
/* Newest year first. */
bool tilstandsrapport_list(Db *db, Arena *arena, int64_t owner, ReportList *ret, GError **error);
/* What the public may read: of one owner, or of all when owner is 0; newest published first. */
bool tilstandsrapport_published(Db *db, Arena *arena, int64_t owner, ReportList *ret,
                                GError **error);

typedef struct {
    const char *code, *law, *duty, *url; /* law and duty in the language asked for */
    bool checked;                        /* a person has held it against lovdata.no */
} LawRef;
/* The law in force on a date: the one a report begun then answers to. */
bool tilstandsrapport_law(Db *db, Arena *arena, Lang lang, const char *date, LawRef *ret,
                          GError **error);
bool tilstandsrapport_law_by_code(Db *db, Arena *arena, Lang lang, const char *code, LawRef *ret,
                                  GError **error);

typedef struct {
    const char *year; /* "2025/26" */
    Lang language;    /* of the report */
    const char
        *council; /* date of the municipal council, "YYYY-MM-DD"; the other steps follow from it */
    int64_t person; /* who begins it; 0 from the command line */
    const char *today;
    int64_t now;
} ReportNew;
/**
 * Begin a report: its chapters from the template, its six steps with dates computed from the council's.
 * Errors: APP_ERROR_INVALID (year; a council in the past), APP_ERROR_DB.
 */
bool tilstandsrapport_begin(Db *db, int64_t owner, const ReportNew *report, int64_t *ret_id,
                            GError **error);

/* Whether nothing has been written in a report and nothing recorded, ever. Errors: APP_ERROR_DB. */
bool tilstandsrapport_deletable(Db *db, Arena *arena, const Report *report, bool *ret,
                                GError **error);
/* Take an empty report away. Errors: APP_ERROR_CONFLICT (it is not empty), APP_ERROR_NOT_FOUND,
 * APP_ERROR_DB. */
bool tilstandsrapport_delete(Db *db, int64_t owner, int64_t report, GError **error);

/* --- the red thread: evidence, need, goal, measure, practice, evaluation, report, decision, follow-up --- */

#define N_THREAD 9
typedef struct {
    struct {
        const char *name, *text; /* translated; text: how much there is, "" */
        bool done;               /* something stands here */
        const char *path;        /* after the report's address; "": the report itself */
    } link[N_THREAD];
} RedThread;
/* How far a report has come on it, in one query. Source: design.md 2. Errors: APP_ERROR_DB. */
bool tilstandsrapport_thread(Db *db, Arena *arena, const Report *report, RedThread *ret,
                             GError **error);

/* --- chapters --- */

typedef struct {
    int64_t id;
    int nr;
    const char *kind;  /* sammendrag oppfolging tema fritekst internkontroll konklusjon */
    const char *theme; /* of kind tema: indikator.theme; else "" */
    bool statutory;
    const char *title, *body, *goals, *judgement, *measures,
        *no_measures;   /* CommonMark, never NULL */
    const char *status; /* tom utkast kvalitetssikring ferdig */
    int64_t version;
    int64_t changed_by;             /* person; 0 when nobody has */
    int64_t changed_at;             /* microseconds UTC */
    const char *indicators, *views; /* what stands in it, codes and spaces; "": all that suit */
    int64_t writer;                 /* the person who has it now; 0: nobody in particular */
    int64_t unit;                   /* the unit it is about; 0: the whole owner */
    const char *due;                /* "YYYY-MM-DD", or NULL: when the writer should be done */
} Chapter;

typedef struct {
    Chapter *v;
    size_t n;
} ChapterList;

bool tilstandsrapport_chapters(Db *db, Arena *arena, int64_t owner, int64_t report,
                               ChapterList *ret, GError **error);
bool tilstandsrapport_chapter(Db *db, Arena *arena, int64_t owner, int64_t id, int64_t *ret_report,
                              Chapter *ret, GError **error);
/**
 * Store the texts and the status of a chapter.
 *   chapter  id, version (the one that was read), title, texts and status are used.
 * Errors: APP_ERROR_CONFLICT (somebody stored a newer version: nothing is changed), APP_ERROR_FORBIDDEN
 * (the report has been sent and can no longer be written in), APP_ERROR_DB.
 */
bool tilstandsrapport_write(Db *db, int64_t owner, const Chapter *chapter, int64_t person,
                            int64_t now, GError **error);
bool tilstandsrapport_writable(ReportState state); /* before it is sent */
/* "Draft", "Waits for quality assurance"; translated; of Chapter.status. */
const char *tilstandsrapport_chapter_status(const char *status);

/* --- input to the report and its answers: «dere sa – vi gjorde» --- */

/* One input with its answer, as it is frozen with the report (Content.inputs) and drawn. */
typedef struct {
    const char *group; /* code; in words: tilstandsrapport_group_name */
    const char *body;  /* name of the body it is from; "" */
    int chapter;       /* number of the chapter it concerns; 0: the whole report */
    const char *title; /* of that chapter; "" */
    const char *text;  /* what they said */
    const char
        *verdict;       /* tatt_inn delvis ikke_tatt_inn; in words: tilstandsrapport_verdict_name */
    const char *answer; /* why, and what was done */
} AnsweredInput;
typedef struct {
    AnsweredInput *v;
    size_t n;
} AnsweredInputList;

/* Those that have an answer, in the order they were given. Errors: APP_ERROR_DB. */
bool tilstandsrapport_answered_inputs(Db *db, Arena *arena, int64_t owner, int64_t report,
                                      AnsweredInputList *ret, GError **error);
const char *tilstandsrapport_group_name(const char *code); /* translated: "Parents (FAU and SU)" */
const char *tilstandsrapport_verdict_name(const char *code); /* translated: "Partly taken in" */

/* --- what rests on a file that was imported --- */

typedef struct {
    int64_t report, version;
    int nr; /* of the version */
    const char *title;
    bool published; /* the version the public reads */
} ReportUse;
typedef struct {
    ReportUse *v;
    size_t n;
} ReportUses;
/**
 * The frozen versions that have figures from a file; newest year and version first.
 *   file  its name without folder, as indikator keeps it with the dataset.
 * Errors: APP_ERROR_DB (also a version that is damaged).
 */
bool tilstandsrapport_uses(Db *db, Arena *arena, int64_t owner, const char *file, ReportUses *ret,
                           GError **error);

/* --- corrections after publication --- */

/* What was wrong and what is right, as it stands in every version from then on (Content.corrections). */
typedef struct {
    const char *day;   /* "YYYY-MM-DD" */
    int chapter;       /* its number; 0: figures in several */
    const char *title; /* of the chapter; "" */
    const char *was, *now;
    bool figures; /* data were corrected, not a text */
} CorrectionNote;

/* --- steps --- */

typedef struct {
    int nr;              /* 1-6 */
    const char *name;    /* translated: "Draft by the leader group" */
    int64_t organ;       /* 0 when none is set */
    const char *body;    /* its name; "" */
    const char *planned; /* "YYYY-MM-DD" */
} Step;

typedef struct {
    int64_t id;
    const char *action;      /* code: "vedtak" */
    const char *action_name; /* translated: "The case was postponed"; a decision by its outcome */
    int step;
    ReportState from, to;
    const char *on;      /* "YYYY-MM-DD" */
    int64_t recorded_by; /* person; 0 from the command line */
    int64_t recorded_at;
    const char *case_number, *decision, *note; /* never NULL */
    int64_t votes_for, votes_against;          /* NO_INT when not given */
    int64_t version;                           /* frozen version that lay before this step; 0 */
    bool casting_vote;                         /* a tie, decided by the chair's casting vote */
    bool unanimous;                            /* the minutes say so; the votes may be unknown */
    const char *archive_case, *journal_entry;  /* "2013/456", "2013/456-7"; "" */
    const char *seal; /* 64 hex digits over the decision as recorded; NULL: no decision */
    bool withdrawn;
} StepEvent;

typedef struct {
    StepEvent *v;
    size_t n;
} StepEventList;

bool tilstandsrapport_steps(Db *db, Arena *arena, int64_t owner, int64_t report, Step ret[6],
                            GError **error);
bool tilstandsrapport_plan(Db *db, int64_t owner, int64_t report, int step, const char *date,
                           GError **error);
/* Everything that happened, oldest first, withdrawn ones included. */
bool tilstandsrapport_events(Db *db, Arena *arena, int64_t owner, int64_t report,
                             StepEventList *ret, GError **error);

/* What may be done with a report now; a row of the table of actions that suits its state. */
typedef struct {
    const char *
        code; /* skisse dialog send innstilling oversend vedtak utsett send_tilbake komite ledergruppe
                  avslutt */
    const char *name; /* translated */
    int step;
    Perm perm;                                   /* who may */
    bool wants_case, wants_decision, wants_vote; /* must be given */
    bool wants_outcome;                          /* godkjent, tatt_til_orientering or avvist */
    bool wants_tasks;                            /* follow-up items, one a line */
} StepAction;
#define MAX_ACTIONS 6
/* Actions that suit the state, most usual first; returns how many. */
size_t tilstandsrapport_actions(ReportState state, StepAction ret[MAX_ACTIONS]);

typedef struct {
    const char *action;
    const char *outcome; /* of vedtak: "godkjent", "tatt_til_orientering", "avvist"; else NULL */
    const char *on;      /* the day it happened */
    const char *case_number, *decision, *note; /* NULL is "" */
    int64_t votes_for, votes_against;          /* NO_INT when not given */
    bool casting_vote; /* the tie was decided by it. Source: kommuneloven § 11-9 */
    bool unanimous;    /* then the votes may be left out */
    const char *archive_case, *journal_entry; /* NULL is "" */
    const char *tasks;                        /* of komite: one follow-up item a line */
    int64_t seen; /* the newest standing event the form was made from; 0: not checked */
    int64_t person;
    const char *today;
    int64_t now;
} StepRecord;

/**
 * Record a step, in one transaction with what follows from it: freezing, publishing, locking, items.
 * Errors, worded for people and translated: APP_ERROR_CONFLICT (the state does not allow it; validation
 * finds something unfinished), APP_ERROR_INVALID (a date in the future, before the planned one or before
 * the last step; votes that do not fit the decision; something that must be given is missing), APP_ERROR_DB.
 */
bool tilstandsrapport_record(Db *db, int64_t owner, int64_t report, const StepRecord *record,
                             GError **error);

/* The newest event that may still be taken back: nobody has acted after it. ret->id is 0 when none. */
bool tilstandsrapport_withdrawable(Db *db, Arena *arena, int64_t owner, int64_t report,
                                   StepEvent *ret, GError **error);
/* Take it back: the report stands where it stood; what it published is public no more. */
bool tilstandsrapport_withdraw(Db *db, int64_t owner, int64_t report, int64_t event, int64_t person,
                               int64_t now, GError **error);

/* --- the minutes of a case: what was proposed, and how each point and party voted --- */

typedef enum {
    LINE_PROPOSAL, /* an alternative proposal (mindretallsforslag, endringsforslag) */
    LINE_REQUEST,  /* an oversendelsesforslag: sent on, not a decision */
    LINE_POINT,    /* a point that was voted on by itself (punktvis votering) */
    LINE_PARTY,    /* how a party voted in the main vote */
    LINE_INHABIL,  /* who was inhabil (forvaltningsloven § 6), and whether the chair was left */
    N_LINE
} LineKind;

typedef struct {
    int64_t id;
    int nr, step;
    int64_t event; /* the recorded step it belongs to; 0: not recorded yet */
    LineKind kind;
    const char *who;                  /* who proposed it, or was inhabil; "" */
    const char *party;                /* "" */
    const char *text;                 /* word for word; of LINE_INHABIL the reason; "" */
    const char *stance;               /* "for" or "mot" the recommendation; "" */
    int64_t votes_for, votes_against; /* NO_INT when not given */
    bool casting_vote, adopted, left_chair;
} MinuteLine;
typedef struct {
    MinuteLine *v;
    size_t n;
} MinuteLines;

const char *tilstandsrapport_line_name(LineKind kind); /* translated: "Alternative proposal" */
/* Every line of a report, in the order they were written. Errors: APP_ERROR_DB. */
bool tilstandsrapport_minutes(Db *db, Arena *arena, int64_t owner, int64_t report, MinuteLines *ret,
                              GError **error);

/* --- decisions: the register, and what a særutskrift is made of --- */

typedef struct {
    Report report;
    StepEvent event;           /* innstilling, oversend, vedtak, utsett or send_tilbake */
    int64_t organ;             /* 0 */
    const char *body;          /* its name; "" */
    const char *outcome;       /* translated: "Approved" */
    const char *const *points; /* the exact text by its numbered points, numbers left out */
    size_t n_points;           /* 1 when it has no numbers; 0 when there is no text */
    MinuteLines lines;
    const char
        *review_until; /* of vedtak: the last day for lovlighetskontroll, "YYYY-MM-DD"; NULL */
} Decision;
typedef struct {
    Decision *v;
    size_t n;
} DecisionList;

/* One decision. Errors: APP_ERROR_NOT_FOUND (no such event, none with a decision, or withdrawn),
 * APP_ERROR_DB. */
bool tilstandsrapport_decision(Db *db, Arena *arena, int64_t owner, int64_t report, int64_t event,
                               Decision *ret, GError **error);
/* Those of every published report, of one owner or of all when owner is 0; newest first. */
bool tilstandsrapport_decisions(Db *db, Arena *arena, int64_t owner, DecisionList *ret,
                                GError **error);

/* --- validation before step 1 ends: a table of rules --- */

typedef struct {
    bool stops;          /* false: a warning */
    int64_t chapter;     /* 0: the report */
    const char *message; /* translated: what is missing, and what to do */
    const char
        *page; /* where to mend it, after the report's address: "/ifjor"; NULL: the chapter */
} Finding;

typedef struct {
    Finding *v;
    size_t n;
} FindingList;

bool tilstandsrapport_validate(Db *db, Arena *arena, const Report *report, const char *today,
                               FindingList *ret, GError **error);

/* --- follow-up --- */

typedef struct {
    int64_t id;
    int nr;
    const char *task;
    int64_t responsible;     /* position; 0 */
    const char *title;       /* of the position; "" */
    const char *due;         /* "YYYY-MM-DD", or NULL */
    const char *answer;      /* "" */
    const char *answered_on; /* or NULL */
    const char *status;      /* ikke_pabegynt under_arbeid gjennomfort avvik opphevet */
    const char *seen; /* tilstandsrapport_follow_up_mark of what a form was made from; NULL */
} FollowUp;

typedef struct {
    FollowUp *v;
    size_t n;
} FollowUpList;

bool tilstandsrapport_follow_ups(Db *db, Arena *arena, int64_t owner, int64_t report,
                                 const char *today, FollowUpList *ret, GError **error);
bool tilstandsrapport_follow_up_add(Db *db, int64_t owner, int64_t report, const char *task,
                                    GError **error);
const char *tilstandsrapport_follow_up_status(const char *code); /* translated: "In progress" */

/* What was answered before, oldest first. */
typedef struct {
    const char *on, *status, *answer;
    int64_t by; /* person; 0 */
} FollowUpAnswer;
typedef struct {
    FollowUpAnswer *v;
    size_t n;
} FollowUpAnswers;
bool tilstandsrapport_follow_up_answers(Db *db, Arena *arena, int64_t owner, int64_t item,
                                        FollowUpAnswers *ret, GError **error);
/* Tells one state of an item from another, in the arena. */
const char *tilstandsrapport_follow_up_mark(Arena *arena, const FollowUp *item);
/* tilstandsrapport_follow_up_store, and the answer is kept in the item's history when it is new.
 * Errors: also APP_ERROR_CONFLICT (it is not as item->seen any more: nothing is changed). */
bool tilstandsrapport_follow_up_answer(Db *db, int64_t owner, const FollowUp *item, int64_t person,
                                       const char *today, int64_t now, GError **error);
/* id, responsible, due, answer, status (NULL: as before) are used; an answer sets the date. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool tilstandsrapport_follow_up_store(Db *db, int64_t owner, const FollowUp *item,
                                      const char *today, GError **error);

/* --- what case papers and the archive are made of --- */

typedef struct {
    const char *text;
    const char *responsible; /* title of a position; "" */
    const char *due;         /* "YYYY-MM-DD", or NULL */
} BasisLine;
typedef struct {
    BasisLine *v;
    size_t n;
} BasisLines;

typedef struct {
    const char *summary, *conclusion; /* of the chapters of those kinds, CommonMark; "" */
    BasisLines goals, measures;       /* of the whole report, in its order */
} CaseBasis;
/* As they stand in the report now; not for who may not see it. Errors: APP_ERROR_DB. */
bool tilstandsrapport_case_basis(Db *db, Arena *arena, const Report *report, const char *today,
                                 CaseBasis *ret, GError **error);
/**
 * A frozen version as the public reads it, PDF/UA-1 and PDF/A-2a, in the report's language.
 *   treated  with what the bodies have said, on the cover and in a chapter of its own.
 * The same version and treatment give the same bytes. g_bytes_unref. Errors: APP_ERROR_NOT_FOUND,
 * APP_ERROR_DB.
 */
bool tilstandsrapport_version_pdf(Db *db, Arena *arena, const Report *report, int64_t version,
                                  bool treated, GBytes **ret, GError **error);

typedef struct {
    const char *on;             /* the day it was held, or NULL: not recorded */
    int64_t recorded_at;        /* microseconds UTC */
    const char *place, *starts; /* "" */
    const char *minutes;        /* CommonMark; "" */
    BasisLines agenda;          /* what was set on it */
    BasisLines present;         /* "Head teachers: 4", in the report's language */
} MeetingRecord;
bool tilstandsrapport_meeting_record(Db *db, Arena *arena, const Report *report, MeetingRecord *ret,
                                     GError **error);
