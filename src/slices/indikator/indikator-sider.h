/* indikator-sider.h - rows as the pages of this slice show them: prepared, so the pages only loop.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "figur.h"
#include "tilgang.h"
#include "utvalg.h"

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
    const char *unit, *audience, *legend;
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
    const char *name, *explain, *unit, *unit_word, *source, *audience, *code;
    const char *caption, *compare_audience;
    bool internal, from_udir;
    UnitOptions options;
    const Chart *series, *compare;
    UnitRefList columns;
    TableRows rows;
    Notes facts;  /* change from a year before, rolling year */
    Notes legend; /* * and – */
    Notes hidden; /* which rule hid which cell: for the internal audience */
    Notes sources;
    Url back, svg, png, csv;
} IndicatorView;

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
    const char *filename, *title,
        *key; /* key: the waiting upload's id; "" when it cannot be stored */
    bool refused, known_before;
    bool national;    /* public statistics on its way into the owner's own figures */
    RoleSwitch admin; /* of a national file: the role of the user's that takes in all of it */
    int64_t n_values;
    Notes facts;
    ProblemLines errors, warnings;
} DryRun;

typedef struct {
    DryRun *v;
    size_t n;
} DryRuns;

typedef struct {
    const char *filename, *when, *who, *store;
    const char *rows, *values; /* as people write numbers */
} DatasetLine;

typedef struct {
    DatasetLine *v;
    size_t n;
} DatasetLines;

typedef struct {
    const Form *form; /* NULL: may look at the history only */
    const char *csrf;
    DryRuns runs;
    size_t n_ready;
    size_t n_knowing; /* of those: to be ticked first */
    bool shared;
    bool may_own;
    size_t n_proposed; /* schools that can be added, by this user in some role */
    DatasetLines history;
} ImportView;

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
    RoleSwitch other; /* to change to before anything can be added; no role in it: this one adds */
} ProposalView;

/* "For the owner: ..." or "As the public sees it: ...", translated. */
const char *indikator_audience_text(Audience audience);
/* Newest value of each known indicator of a unit, by theme; `ret_known` is a set of their codes. */
bool indikator_overview(Req *req, const UnitRef *unit, ThemeGroups *ret, GHashTable *known,
                        Sight *ret_sight, GError **error);

bool indikator_show_catalogue(Req *req, GError **error);
bool indikator_show_one(Req *req, GError **error);
bool indikator_send_svg(Req *req, GError **error);
bool indikator_send_png(Req *req, GError **error);
bool indikator_send_csv(Req *req, GError **error);
bool indikator_panel(Req *req, int64_t owner, int64_t unit, Html *html, GError **error);
bool indikator_show_import(Req *req, GError **error);
bool indikator_try_import(Req *req, GError **error);
bool indikator_store_import(Req *req, GError **error);
bool indikator_show_proposals(Req *req, GError **error);
bool indikator_take_proposals(Req *req, GError **error);
/* The table of values that people fill in: header and two rows, about the owner's own units. */
bool indikator_send_template(Req *req, GError **error);
/* Schools that the user, in this role or another, can take in as the owner's units; 0 also when the
 * user cannot. */
bool indikator_count_proposals(Req *req, size_t *ret, GError **error);
