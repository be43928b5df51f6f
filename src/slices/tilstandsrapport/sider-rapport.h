/* sider-rapport.h - the report as its one address shows it: to the public, and while it is written.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "sider-filer.h"

typedef struct {
    const char *heading, *meta, *text;
} DecisionView;
typedef struct {
    DecisionView *v;
    size_t n;
} DecisionViews;

/* An item of the follow-up, for those who may see it. */
typedef struct {
    const char *task, *status, *responsible, *due;
} FollowUpLine;
typedef struct {
    FollowUpLine *v;
    size_t n;
} FollowUpLines;

typedef struct {
    const char *owner, *title, *lang, *status;
    const Doc *doc;
    Lang language;
    Url self, pdf;
    FileLinks files;
    PageLinks also;       /* the summary, the schools, the other language form */
    bool older;           /* an earlier version than the published one */
    bool draft;           /* preview of what is being written */
    const char *audience; /* of a preview, in words */
    PageLinks tools, audiences, versions;
    DecisionViews decisions;
    bool decided; /* by the municipal council; before that, only how far it has come */
    const char *law, *duty, *published, *made;
    const char *hash; /* of the version that was voted on, when this is it; else NULL */
    Url law_url, voted, all_versions, changes, follow_up_url;
    bool has_voted, has_changes;           /* voted: another version; changes: two to compare */
    const char *corrected;                 /* "Corrected 3 March 2027"; NULL */
    const char *sent_back, *sent_back_why; /* in plain words, and the body's own; NULL */
    FollowUpLines follow_ups;
} ReportView;

enum { MAX_PAGE_LINKS = 12 };
void tilstandsrapport_add_link(Req *req, PageLinks *links, const char *text, Url url);
/* What page and preview share. */
ReportView tilstandsrapport_report_view(Req *req, const Edition *e, const Doc *doc);
bool tilstandsrapport_show_published(Req *req, GError **error);

typedef struct {
    const char *nr, *title, *status, *mark, *changed;
    bool statutory, finished;
    Url url;
    bool may_write;
} ChapterLine;
typedef struct {
    ChapterLine *v;
    size_t n;
} ChapterLines;

typedef struct {
    const char *message;
    bool stops, linked;
    Url url;
} FindingLine;
typedef struct {
    FindingLine *v;
    size_t n, stops;
} FindingLines;

typedef struct {
    const char *title, *lang, *state, *law, *duty, *progress;
    bool published;
    StepLine line;
    NextStep next;
    PageLinks tools;
    ChapterLines chapters;
    FindingLines findings;
    Url treatment, delete_url;
    const Form *delete_form; /* of an empty report, to those who may take it away; else NULL */
} RoomView;
