/* indikator-sider.h - rows as the pages of this slice show them: prepared, so the pages only loop.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "figur.h"
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
    const char *place; /* "12:3"; "" for the whole file */
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
    Notes facts;
    ProblemLines errors, warnings;
} DryRun;

typedef struct {
    DryRun *v;
    size_t n;
} DryRuns;

typedef struct {
    const char *filename, *when, *who, *store;
    int64_t rows, values;
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
    bool shared;
    bool may_accept;
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
/* Whether the asker may take schools in as the owner's units. */
bool indikator_may_accept(const Req *req);
