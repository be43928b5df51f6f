/* arkiv-sider.h - what the pages of case papers, excerpts and the archive show.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "arkiv-inside.h"

/* --- who may see what --- */

/* The report of the address, for whoever may see it, or write its case papers. Errors:
 * APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool arkiv_open(Req *req, Report *ret, GError **error);
/* The permission, on the whole owner whose report it is. */
bool arkiv_may(const Req *req, const Report *report, Perm perm);
void arkiv_draw(Html *html, const Doc *doc, Lang lang); /* in its own language */
const char *arkiv_day(Req *req, const char *iso);       /* "20. juni 2013"; "" for NULL */
const char *arkiv_moment_day(Req *req, int64_t micros); /* the day of it */
const char *arkiv_who(Req *req, int64_t owner, int64_t person);
Url arkiv_url(Req *req, const Report *report, const char *rest); /* under the report's address */
Url arkiv_step_url(Req *req, const Report *report, int step, const char *rest);
/* Answers with the document as "pdf" or "docx". name: without ending. */
bool arkiv_send_doc(Req *req, const Doc *doc, Lang lang, const char *form, const char *name,
                    GError **error);

/* --- case papers --- */

typedef struct {
    const char *body, *state, *day; /* state in words */
    bool readable, writable, exists;
    Url read, edit;
} PaperLine;
typedef struct {
    PaperLine *v;
    size_t n;
} PaperLinesView;

typedef struct {
    const char *body, *number, *day, *state;
    bool readable;
    Url url;
} ExcerptLine;
typedef struct {
    ExcerptLine *v;
    size_t n;
} ExcerptLines;

typedef struct {
    const char *title, *lang;
    Url up, archive;
    bool sees_archive, sees_report;
    PaperLinesView papers;
    ExcerptLines excerpts;
} PapersView;

typedef struct {
    const char *nr, *made, *by, *approved;
    bool shown;
    Url url;
} PaperVersionView;
typedef struct {
    PaperVersionView *v;
    size_t n;
} PaperVersionViews;

typedef struct {
    const char *owner, *title, *lang, *heading, *state, *trouble;
    Lang language;
    const Doc *doc;
    Url up, pdf, docx, edit, approve, reopen, report;
    bool may_edit;
    const Form *approving; /* NULL: may not, or nothing to approve */
    const char *missing;   /* what lacks before it can be approved; NULL */
    bool may_reopen;
    const char *csrf;
    PaperVersionViews versions; /* empty for the public */
} PaperView;

typedef struct {
    const char *title, *lang, *heading, *trouble, *note;
    Url up, self;
    const Form *form;
} PaperEditView;

/* --- excerpts --- */

typedef struct {
    const char *owner, *title, *lang, *heading, *trouble;
    Lang language;
    const Doc *doc;
    Url up, pdf, docx, self;
    const Form *form; /* NULL: may not certify */
    bool open;
} ExcerptView;

/* --- the archive --- */

typedef struct {
    const char *title, *year, *lang, *state, *number;
    int ready, exported, receipts, all;
    Url url;
} ArchiveLine;
typedef struct {
    ArchiveLine *v;
    size_t n;
} ArchiveLines;
typedef struct {
    ArchiveLines reports;
} ArchiveListView;

typedef struct {
    const char *title, *lang, *type, *waits, *state, *file, *access, *part, *id;
    Url page, edit;
    bool has_page, has_edit;
    const Form *form; /* access, and a receipt by hand; of the chosen document alone */
} ArchiveDocView;
typedef struct {
    ArchiveDocView *v;
    size_t n;
} ArchiveDocViews;

typedef struct {
    const char *made, *by, *what, *hash;
    bool kept;
    Url url;
} PackageView;
typedef struct {
    PackageView *v;
    size_t n;
} PackageViews;

typedef struct {
    const char *title, *lang, *number, *trouble;
    Url up, report, exports, receipt, document, papers;
    ArchiveDocViews documents;
    PackageViews packages;
    const Form *making;    /* NULL: may not, or nothing is ready */
    const Form *receiving; /* NULL: may not */
    bool receiving_open;
    int ready;
} ArchiveView;

/* --- handlers --- */
bool arkiv_show_papers(Req *req, GError **error);
bool arkiv_show_paper(Req *req, GError **error);
bool arkiv_send_paper(Req *req, GError **error);
bool arkiv_show_edit(Req *req, GError **error);
bool arkiv_post_edit(Req *req, GError **error);
bool arkiv_post_approve(Req *req, GError **error);
bool arkiv_post_reopen(Req *req, GError **error);
bool arkiv_show_excerpt(Req *req, GError **error);
bool arkiv_send_excerpt(Req *req, GError **error);
bool arkiv_post_excerpt(Req *req, GError **error);
bool arkiv_show_list(Req *req, GError **error);
bool arkiv_show(Req *req, GError **error);
bool arkiv_post_export(Req *req, GError **error);
bool arkiv_send_package(Req *req, GError **error);
bool arkiv_post_receipt(Req *req, GError **error);
bool arkiv_post_document(Req *req, GError **error);

/* Slice.case_lacks: a case paper that is not written, or not approved. */
bool arkiv_case_lacks(Req *req, int64_t report, int step, GPtrArray *lacks, GError **error);
