/* indikator-sider.h - rows as the pages of this slice show them: prepared, so the pages only loop.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "figur.h"
#include "tilgang.h"
#include "utforsk.h"

typedef struct {
    const char *code, *name;
    const char *period, *value; /* newest; "" when the unit itself has none */
    const char *stands;         /* "clearly below Norway"; "" */
    const char *tone;           /* under likt over, or "" */
    Url url;
} IndicatorLine;

typedef struct {
    IndicatorLine *v;
    size_t n;
} IndicatorLines;

typedef struct {
    const char *name;
    IndicatorLines lines;
} ThemeGroup;

typedef struct {
    ThemeGroup *v;
    size_t n;
} ThemeGroups;

typedef struct {
    const char *unit, *audience;
    const char *legend, *uncertainty; /* of * and ± */
    UnitOptions options;
    ThemeGroups with, without; /* values */
    size_t n_without;
    bool may_import;
} CatalogueView;

typedef struct {
    const char *text;
    bool hidden;
} TableCell;

typedef struct {
    TableCell *v;
    size_t n;
} TableCells;

typedef struct {
    const char *period;
    const char *broke; /* why nothing older can be compared with it; "" */
    TableCells cells;
    TableCells control; /* centre, limits, signal; empty without control chart */
} TableRow;

typedef struct {
    TableRow *v;
    size_t n;
} TableRows;

typedef struct {
    const char *label, *text;
    const char *code; /* what machines call it, in small print; NULL when nothing */
} Note;

typedef struct {
    Note *v;
    size_t n;
} Notes;

typedef struct {
    const char *value, *label;
    bool chosen;
} Choice;

typedef struct {
    Choice *v;
    size_t n;
} Choices;

/* One written choice of the explorer. */
typedef struct {
    const char *name, *label, *help; /* help: "" */
    const char *typed, *problem;     /* problem: "" */
    const char *tied;                /* id of the help or the problem, for aria-describedby */
} ExploreText;

typedef struct {
    ExploreText *v;
    size_t n;
} ExploreTexts;

typedef struct {
    const char *name, *label, *problem;
    Choices choices;
} ExploreSelect;

typedef struct {
    ExploreSelect *v;
    size_t n;
} ExploreSelects;

typedef struct {
    Url self, reset;
    UnitOptions units;
    ExploreSelects selects;
    ExploreTexts texts;
    bool open, changed, fails; /* changed: anything but the unit is chosen */
} ExploreForm;

typedef struct {
    const char *name, *explain, *unit, *unit_word, *source, *audience, *code;
    const char *caption, *compare_audience;
    bool internal, from_udir, corrected;
    ExploreForm form;
    const Chart *series, *compare;
    const char *reading; /* of the chart: the newest figure */
    ControlChart control;
    const char *word, *word_means; /* of the trade; "" */
    Notes control_columns;         /* of the table; empty without control chart */
    UnitRefList columns;
    TableRows rows;
    Notes facts;   /* change from a year before, rolling year */
    Notes legend;  /* * and – */
    Notes past;    /* what the units came of, and the periods before */
    Notes differs; /* why the figure may not be the one its source shows today */
    Notes hidden;  /* which rule hid which cell: for the internal audience */
    Notes sources;
    Url back, svg, png, csv;
    Url unseen;         /* what the public does not see; for the internal audience */
    Url beside, spread; /* the same figure of others, and the differences between units */
} IndicatorView;

/* --- the rules --- */

typedef struct {
    const char *name, *text; /* text: what the example shows */
    const char *sentence;
    const Chart *chart;
} RuleExample;

typedef struct {
    RuleExample *v;
    size_t n;
} RuleExamples;

typedef struct {
    const char *name, *code, *source;
    Notes rules; /* label: the rule's name */
} RuleSet;

typedef struct {
    RuleSet *v;
    size_t n;
} RuleSets;

typedef struct {
    RuleExamples examples;
    Notes sentences, words, charts, standing, funnel, spread;
    RuleSets sets;
} RulesView;

/* --- import --- */

typedef struct {
    const char *place; /* "12:3", or "the whole file" */
    const char *message;
} ProblemLine;

typedef struct {
    ProblemLine *v;
    size_t n;
} ProblemLines;

typedef struct {
    const char *name, *result; /* result: "1 432 of 1 432" */
    bool broken, leak;
    ProblemLines found;
    size_t n_more; /* not shown */
} CheckLine;

typedef struct {
    CheckLine *v;
    size_t n;
} CheckLines;

typedef struct {
    const char *unit, *indicator, *period, *from, *to, *line;
} ChangeLine;

typedef struct {
    ChangeLine *v;
    size_t n;
} ChangeLines;

/* Something to be asked: which unit a name is, what a column means. */
typedef struct {
    const char *text, *about; /* about: "12 values, first in line 3" */
    const char *kind;         /* enhet, kolonne */
    const char *id;           /* of the field */
    Choices choices;          /* empty: a number is to be written */
    const char *proposed;     /* the number proposed; "" */
} Question;

typedef struct {
    Question *v;
    size_t n;
} Questions;

typedef struct {
    const char *filename, *title,
        *key;          /* key: the waiting file's id; "" when it cannot be stored */
    const char *state; /* ulest, lest, lagret, droppet */
    bool refused, known_before, undone_before;
    bool national;    /* public statistics on its way into the owner's own figures */
    bool ready;       /* can be said yes to */
    bool asks;        /* its only errors are what the questions ask about */
    bool unknown;     /* a table that no parser knows, and that nobody has explained */
    bool mapped;      /* read as somebody has said its columns are to be read */
    Url table;        /* where its columns are explained; text NULL: this role cannot */
    RoleSwitch admin; /* of a national file: the role of the user's that takes in all of it */
    int64_t n_values;
    Notes facts, differences;
    const char *tick; /* what is to be said yes to first; "" */
    ChangeLines changes;
    Notes covered, earlier, quality;
    CheckLines checks;
    ProblemLines errors, warnings, skipped;
    const char *errors_caption, *warnings_caption;
    Questions questions;
    size_t n_errors; /* all of them */
    Url problems;    /* all as CSV */
    Url dataset;     /* once stored */
} DryRun;

typedef struct {
    DryRun *v;
    size_t n;
} DryRuns;

typedef struct {
    const char *csrf;
    Url action, answer; /* of the forms */
    DryRuns runs;
    size_t n_ready, n_unread;
    size_t n_knowing;     /* of those: to be ticked first */
    bool shared, settled; /* settled: nothing waits any more */
    Url job;              /* of what is being read */
} PreviewView;

typedef struct {
    const char *filename, *when, *who, *store, *state;
    const char *rows, *values; /* as people write numbers */
    Url url;
} DatasetLine;

typedef struct {
    DatasetLine *v;
    size_t n;
} DatasetLines;

typedef struct {
    const Form *form; /* NULL: may look at the history only */
    bool may_own;
    size_t n_proposed; /* schools that can be added, by this user in some role */
    Url waiting;       /* files that wait for a yes; text NULL: none */
    DatasetLines history;
} ImportView;

typedef struct {
    const DatasetUse *v;
    size_t n;
} DatasetUseList;

typedef struct {
    const char *csrf, *filename;
    CheckLines checks; /* empty: stored before checks were kept */
    Url action;
    bool undone, may;
    Notes facts;
    const char *what;    /* would happen, in a sentence */
    DatasetUseList uses; /* what rests on it, and what would happen there */
    const char *problem;
} DatasetView;

typedef struct {
    const char *id, *text, *source, *target, *who;
    Choices choices;
} AnswerLine;

typedef struct {
    AnswerLine *v;
    size_t n;
} AnswerLines;

typedef struct {
    const char *csrf;
    AnswerLines units, columns;
    bool may;
} AnswersView;

typedef struct {
    const char *name, *about;
    Url xlsx, csv;
} TemplateLine;

typedef struct {
    TemplateLine *v;
    size_t n;
} TemplateLines;

typedef struct {
    const char *year;
    TemplateLines lines;
    bool may_import;
} TemplatesView;

typedef struct {
    const char *code, *name;
} ProposalLine;

typedef struct {
    ProposalLine *v;
    size_t n;
} ProposalLines;

typedef struct {
    const char *csrf, *municipality;
    ProposalLines schools;
    SuccessorList successors;
    RoleSwitch other; /* to change to before anything can be added; no role in it: this one adds */
} ProposalView;

/* "For the owner: ..." or "As the public sees it: ...", translated. */
const char *indikator_audience_text(Audience audience);
/* Newest value of each known indicator of a unit, by theme; `ret_known` is a set of their codes. */
bool indikator_overview(Req *req, const UnitRef *unit, ThemeGroups *ret, GHashTable *known,
                        Sight *ret_sight, GError **error);

/* A cell of the first indicator's table; one computed from before the unit came to be has a dagger. */
TableCell indikator_table_cell(Arena *arena, const Matrix *matrix, const MatrixCell *cell);
/* What the units of a matrix came of, and how each figure from before then was computed, or why none
 * was. Empty when they came of nothing. */
Notes indikator_past_notes(Arena *arena, const Matrix *matrix);

/* Why a figure of this indicator may differ from what its source shows on its own pages. */
Notes indikator_differences(Arena *arena, const Indicator *about);

/* The form of the explorer, filled in (visning-valg.c). `all` is the matrix before it was narrowed. */
bool indikator_explore_form(Req *req, const UnitRef *unit, const Matrix *all, const Explore *x,
                            bool may_inside, ExploreForm *ret, GError **error);

bool indikator_show_catalogue(Req *req, GError **error);
bool indikator_show_one(Req *req, GError **error);
bool indikator_show_rules(Req *req, GError **error);
bool indikator_send_svg(Req *req, GError **error);
bool indikator_send_png(Req *req, GError **error);
bool indikator_send_csv(Req *req, GError **error);
bool indikator_show_hidden(Req *req, GError **error); /* skjulte.c */
bool indikator_panel(Req *req, int64_t owner, int64_t unit, Html *html, GError **error);
bool indikator_show_import(Req *req, GError **error);
bool indikator_receive_files(Req *req, GError **error);
bool indikator_show_files(Req *req, GError **error);
bool indikator_settle_files(Req *req, GError **error);
bool indikator_answer_files(Req *req, GError **error);
bool indikator_send_problems(Req *req, GError **error);
bool indikator_show_table(Req *req, GError **error);
bool indikator_answer_table(Req *req, GError **error);
bool indikator_show_history(Req *req, GError **error);
bool indikator_show_dataset(Req *req, GError **error);
bool indikator_change_dataset(Req *req, GError **error);
bool indikator_show_answers(Req *req, GError **error);
bool indikator_change_answer(Req *req, GError **error);
bool indikator_show_templates(Req *req, GError **error);
bool indikator_send_filled_template(Req *req, GError **error);

/* Who may import: into the owner's own store, into the shared one. */
bool indikator_may_own(const Req *req);
bool indikator_may_shared(const Req *req);
/* The unit a role of one unit may import for; 0: any. */
int64_t indikator_only_unit(const Req *req);
/* "skoleporten" -> "Skoleporten", translated. */
const char *indikator_format_name(const char *format);
/* What has been imported, newest first. */
bool indikator_history_lines(Req *req, int limit, DatasetLines *ret, GError **error);
const char *indikator_number(Req *req, int64_t number);
const char *indikator_when(Req *req, int64_t at);
/* A page's choices: the owner's units by name, the proposed one chosen. proposed NULL: none. */
bool indikator_unit_choices(Req *req, const char *proposed, Choices *ret, GError **error);
Choices indikator_column_choices(Req *req, const char *proposed);

/* An uploaded file as the preview shows it. */
struct ParsedFile;
typedef struct {
    int64_t id;
    const char *filename;
    bool shared;
} Previewed;
bool indikator_try_parsed(Req *req, const Previewed *file, const struct ParsedFile *parsed,
                          bool dry_run, ImportResult *ret, GError **error);
/* What was checked in a file, as lines. file: its name, for where a finding stands. */
struct ControlList;
bool indikator_check_lines(Req *req, const char *file, const struct ControlList *from,
                           CheckLines *ret, GError **error);
/* The lines as a list; in a page: {{render indikator_draw_checks(view.checks)}}. */
void indikator_draw_checks(Html *html, CheckLines checks);
/* What the page shows of a file that was judged. */
bool indikator_fill_run(Req *req, const Previewed *file, const ImportResult *r, DryRun *run,
                        GError **error);
/* Questions of a file: its unknown units and columns. */
bool indikator_questions(Req *req, const Previewed *file, const ImportResult *r, Questions *ret,
                         GError **error);

bool indikator_show_proposals(Req *req, GError **error);
bool indikator_take_proposals(Req *req, GError **error);
/* The table of values that people fill in: header and two rows, about the owner's own units. */
bool indikator_send_template(Req *req, GError **error);
/* Schools that the user, in this role or another, can take in as the owner's units; 0 also when the
 * user cannot. */
bool indikator_count_proposals(Req *req, size_t *ret, GError **error);
bool indikator_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink,
                      GError **error);
bool indikator_news(Req *req, int64_t since, GArray *news, GError **error);
