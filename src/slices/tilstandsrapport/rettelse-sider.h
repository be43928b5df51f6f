/* rettelse-sider.h - versions of a report, what changed between them, and corrections, as pages.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "forskjell.h"
#include "rettelse.h"
#include "tilstandsrapport-sider.h"

typedef struct {
    const char *nr, *made, *why, *hash;
    bool holds, voted, has_changes;
    Url url, changes; /* changes: since the version before */
} VersionView;
typedef struct {
    VersionView *v;
    size_t n;
} VersionViews;

typedef struct {
    const char *day, *title, *was, *now;
    bool figures;
} CorrectionView;
typedef struct {
    CorrectionView *v;
    size_t n;
} CorrectionViews;

typedef struct {
    const char *title, *lang, *trouble, *kept, *status;
    Url up, self, correct;
    VersionViews versions;
    CorrectionViews corrections;
    const Form *form; /* NULL: may not correct it */
    const char *seen;
    bool open;
} VersionsView;

/* --- what changed --- */

typedef struct {
    const char *text,
        *word; /* word: "added", "removed", said before it to those who see no colour */
    bool added, removed;
} PieceView;
typedef struct {
    PieceView *v;
    size_t n;
} PieceViews;
typedef struct {
    PieceViews pieces;
    const char *skipped; /* in its place: "3 paragraphs unchanged"; NULL */
} ParagraphView;
typedef struct {
    ParagraphView *v;
    size_t n;
} ParagraphViews;
typedef struct {
    const char *heading, *sum;
    ParagraphViews paragraphs;
} PartView;
typedef struct {
    PartView *v;
    size_t n;
} PartViews;
typedef struct {
    const FigureChange *v;
    size_t n;
} FigureViews;
typedef struct {
    const char *title, *old_title, *word, *figures_sum, *id;
    PartViews parts;
    FigureViews figures;
} ChapterView;
typedef struct {
    ChapterView *v;
    size_t n;
} ChapterViews;

typedef struct {
    const char *value, *label;
    bool chosen;
} VersionChoice;
typedef struct {
    VersionChoice *v;
    size_t n;
} VersionChoices;

typedef struct {
    const char *title, *lang, *before, *after, *summary, *inputs;
    const char *since; /* why it is compared with that version; NULL: somebody chose it */
    Url up, self;
    ChapterViews chapters; /* those that changed */
    VersionChoices from, to;
    bool one; /* there is only one version, so nothing to compare */
} ChangesView;

/* --- handlers --- */
bool tilstandsrapport_show_versions(Req *req, GError **error);
bool tilstandsrapport_post_correction(Req *req, GError **error);
bool tilstandsrapport_show_changes(Req *req, GError **error);
/* Versions the asker may read, oldest first. */
bool tilstandsrapport_readable_versions(Req *req, const Report *report, VersionList *ret,
                                        GError **error);
