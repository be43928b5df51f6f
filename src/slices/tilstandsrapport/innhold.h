/* innhold.h - the content of a report as data: what it is made of, frozen, and drawn from.
 *
 * Content is composed from the database through the disclosure gate for one audience, or read back
 * from a frozen version's JSON. Every face of the report (page, file, PDF, figures) is made from
 * Content alone, so none can show what the others may not.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "doc.h"
#include "tilstandsrapport.h"

typedef struct {
    const char *code, *name;
    bool own; /* the unit the block is about */
} ContentUnit;

typedef struct {
    const char *label;      /* "2025/26", "2012K1" */
    const char *break_text; /* a break stands before this period; NULL */
} ContentPeriod;

typedef struct {
    Cell cell;
    const char *source; /* "file.csv:12", or NULL */
} ContentCell;

/* How a block is drawn: by the view's row in blokker.c's table. */
typedef enum {
    VIEW_SERIES,   /* one indicator: units x periods; line chart and table */
    VIEW_COMPARE,  /* one indicator, newest period: units; dots with whiskers and table */
    VIEW_SCHOOLS,  /* several indicators, newest period: units x indicators; table */
    VIEW_QUARTERS, /* a share by quarter: bars, change to the same quarter, rolling four quarters */
    VIEW_LEVELS,   /* counts on levels N1..Nn: periods x levels; stacked bars and table */
    VIEW_WORDS,    /* values without a number, and single numbers: a list */
    N_VIEW
} BlockView;

typedef struct {
    BlockView view;
    const char *title;     /* "Lesing, 5. trinn" */
    Indicator *indicators; /* names in the report's language */
    size_t n_indicators;
    ContentUnit *units;
    size_t n_units;
    ContentPeriod *periods;
    size_t n_periods;
    ContentCell *cells; /* (u * n_indicators + i) * n_periods + p */
    double rolling;     /* VIEW_QUARTERS: newest four quarters in percent; NAN when not known */
    const ControlChart *control; /* of the first row; NULL: none */
    const char *source;          /* "Kilde: Udir, nasjonale prøver (fil ..., importert ...)" */
} Block;

/* A local goal about an indicator, as people wrote it. */
typedef struct {
    const char *goal, *code, *name;            /* code and name: of the indicator; "" */
    const char *direction;                     /* opp ned hold; "" */
    const char *baseline, *target, *judgement; /* "" */
    const char *due;                           /* "YYYY-MM-DD", or NULL */
} ContentGoal;

typedef struct {
    const char *measure, *responsible; /* responsible: title of a position; "" */
    const char *code, *name, *status,
        *note;                /* code: indicator it should move, ""; status: planlagt ... */
    const char *starts, *due; /* "YYYY-MM-DD", or NULL */
} ContentMeasure;

/* A measure or a follow-up item of the report before, and what this one says of it. */
typedef struct {
    const char *task, *responsible, *then, *status, *note; /* "" */
    const char *due;                                       /* or NULL */
} ContentLastYear;

typedef struct {
    int64_t
        id; /* of the chapter in the database; 0 in a frozen version or a draft of the data alone */
    int nr;
    const char *kind, *theme, *title;
    bool statutory;
    const char *body, *goals, *judgement, *measures, *no_measures;
    Block *blocks;
    size_t n_blocks;
    const char *missing; /* a statutory chapter without data: says so; NULL */
    ContentGoal *goal_items;
    size_t n_goals;
    ContentMeasure *measure_items;
    size_t n_measures;
    ContentLastYear *last_year; /* of kind oppfolging */
    size_t n_last_year;
    const char *last_year_of; /* "2011/12"; NULL */
} ContentChapter;

/* A file that figures of the report came from. */
typedef struct {
    const char *file;        /* its name, without folder */
    const char *imported_on; /* "YYYY-MM-DD", or NULL when not known */
} ContentSource;

typedef struct {
    const char *owner_name, *owner_number;
    const char *title, *year;
    Lang language;
    const char *written; /* language of people's own words, when another; NULL: the same */
    Audience audience;
    const char *law, *duty; /* the law it answers to */
    const char *made_on;    /* "YYYY-MM-DD" */
    const char *rules;      /* version of the disclosure rules */
    ContentChapter *chapters;
    size_t n_chapters;
    ContentSource *sources; /* by name */
    size_t n_sources;
    AnsweredInput *inputs; /* «dere sa – vi gjorde»; in the order they were given */
    size_t n_inputs;
    CorrectionNote *corrections; /* after publication, oldest first */
    size_t n_corrections;
} Content;

/**
 * Compose from the database.
 *   report  its id may be 0: a draft from the data alone, with the template's chapters and no texts.
 * Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. Everything is in the arena.
 */
bool tilstandsrapport_compose(Db *db, Arena *arena, const Report *report, Audience audience,
                              const char *today, Content *ret, GError **error);

/* The figures of one chapter as they are in the data now, through the gate, and the files they came
 * from. Errors: APP_ERROR_DB. */
typedef struct {
    Block *blocks;
    size_t n_blocks;
    ContentSource *sources;
    size_t n_sources;
} Figures;
bool tilstandsrapport_figures(Db *db, Arena *arena, const Report *report, const Chapter *chapter,
                              Audience audience, const char *today, Figures *ret, GError **error);

/* That a theme which must be reported on has no figures; for the owner, what to import. In the
 * thread's language; lives for ever. */
const char *tilstandsrapport_missing_text(const char *theme, Audience audience);

/* As JSON and back: the frozen form. The same content gives the same bytes. */
char *tilstandsrapport_to_json(const Content *content); /* g_free it */
bool tilstandsrapport_from_json(Arena *arena, const char *json, Content *ret,
                                GError **error); /* APP_ERROR_DB: damaged */
/* The figures of one chapter alone, in the same form. */
char *tilstandsrapport_figures_to_json(const Figures *figures); /* g_free it */
bool tilstandsrapport_figures_from_json(Arena *arena, const char *json, Figures *ret,
                                        GError **error);

/**
 * Compose both audiences and store them as the report's next version, with the log of what was hidden.
 * To be called within db_transaction() or by itself; the row of the report is the caller's to change.
 * Errors: those of tilstandsrapport_compose.
 */
bool tilstandsrapport_freeze(Db *db, int64_t owner, const Report *report, const char *today,
                             int64_t now, int64_t *ret_version, GError **error);
/* Store contents as they are as the next version: one that differs from another in a few words. */
bool tilstandsrapport_freeze_as(Db *db, int64_t owner, const Report *report, const Content *open,
                                const Content *internal, const char *today, int64_t now,
                                int64_t *ret_version, GError **error);
/* Read a frozen version back. ret_hash: 64 hex digits in the arena; NULL when not wanted. */
bool tilstandsrapport_load(Db *db, Arena *arena, int64_t owner, int64_t version, Audience audience,
                           Content *ret, const char **ret_hash, GError **error);

/* --- what the bodies have said, in the thread's language --- */

/* The last event of this action that stands; NULL when none. */
const StepEvent *tilstandsrapport_last(const StepEventList *events, const char *action);
/* "Approved by the municipal council 20 June 2013, case PS 45/13". */
const char *tilstandsrapport_status(Arena *arena, const Report *report,
                                    const StepEventList *events);
/* "Adopted unanimously, 17 votes", "11 votes for, 6 against"; "" when no vote is given. */
const char *tilstandsrapport_votes(Arena *arena, const StepEvent *event);

typedef struct {
    bool final;       /* the decision of the municipal council, not a recommendation */
    const char *body; /* name of who said it; "" when the step has no body */
    const StepEvent *event;
} Statement;

typedef struct {
    Statement v[2]; /* the decision, then the recommendation */
    size_t n;
    const char *status;
} Said;

/* What holds now: neither withdrawn nor from before the report was sent back. Errors: APP_ERROR_DB. */
bool tilstandsrapport_said(Db *db, Arena *arena, const Report *report, Said *ret, GError **error);
const char *tilstandsrapport_statement_heading(const Statement *statement);
/* "Eide kommunestyre · 20. juni 2013, sak PS 45/13 · Enstemmig vedtatt, 17 stemmer" */
const char *tilstandsrapport_statement_meta(Arena *arena, const Statement *statement);

/* --- faces --- */

typedef struct {
    const char
        *status;     /* cover line: "Godkjent av kommunestyret 20. juni 2013, sak PS 45/13"; NULL */
    bool draft;      /* marked «Utkast – ikke behandlet» */
    Said said;       /* a chapter «Treatment» when there is any */
    int64_t created; /* microseconds UTC, for the PDF's own dates */
    const char *
        figures; /* address figures are saved from, "/tilstandsrapport/ID/figur/", before "1/svg"; NULL: no links */
    bool no_cover;        /* the page has its own heading */
    bool page;            /* inside a page of ours: no table of contents of its own */
    uint32_t accent;      /* 0xRRGGBB, the municipality's; 0: the product's */
    const char *base_url; /* makes path links absolute in files; NULL */
    bool part; /* a chapter beside its form: without the pages about the figures at the end */
    const Content *whole; /* of a part: where references to figures are looked up; NULL: itself */
} Face;
/**
 * Fill in what a file of a treated report tells of its treatment: status and said, in the report's
 * language. Not for a draft of what is being written. Errors: APP_ERROR_DB.
 */
bool tilstandsrapport_face(Db *db, Arena *arena, const Report *report, Face *face, GError **error);
/* In the report's language whatever the thread's is. Yours: doc_free, before the content's arena goes. */
Doc *tilstandsrapport_doc(const Content *content, const Face *face);
/* The two files made of it, furniture worded in the report's language too; g_bytes_unref. */
bool tilstandsrapport_html_file(const Content *content, const Face *face, GBytes **ret_file,
                                GError **error);
bool tilstandsrapport_pdf(const Content *content, const Face *face, GBytes **ret_file,
                          GError **error);
bool tilstandsrapport_docx(const Content *content, const Face *face, GBytes **ret_file,
                           GError **error);

/* Figures are numbered from 1 through the whole report. NULL chart when there is no such figure. */
typedef struct {
    const Block *block;
    const Chart *chart; /* owned by `doc` */
} Figure;
size_t tilstandsrapport_n_figures(const Content *content);
const Block *tilstandsrapport_figure_block(const Content *content, size_t nr);
/* The chart of a block; freed by tilstandsrapport_chart_free. NULL when the view draws none. */
Chart *tilstandsrapport_chart(const Content *content, const Block *block, const char *id);
void tilstandsrapport_chart_free(Chart *chart);
/**
 * The block's figures as CSV that Excel opens: UTF-8 with BOM, `;`, decimal comma, one row a figure:
 * blokk;enhet;enhetsnavn;indikator;indikatornavn;periode;trinn;kjonn;verdi;usikkerhet;n;status;
 * kvalitativ;kilde. What is hidden has the word for it as status, and no number. g_free it.
 */
char *tilstandsrapport_csv(const Content *content, const Block *block, size_t *ret_len);
/* The same of every block. */
char *tilstandsrapport_csv_all(const Content *content, size_t *ret_len);
/**
 * Every block as a dataset of JSON-stat 2.0 within one collection; g_free it.
 * Dimensions: enhet (geo), indikator (metric, with units), periode (time), storrelse (verdi, usikkerhet,
 * antall). A hidden figure is null with status ":", one that is not known "..", not tested ".".
 * Source: json-stat.org/full, version 2.0.
 */
char *tilstandsrapport_jsonstat(const Content *content, size_t *ret_len);
/* One sentence that says what a block shows: with uncertainty, and no more than the figures bear. */
const char *tilstandsrapport_reading(Arena *arena, const Content *content, const Block *block);
