/* tilstandsrapport-sider.h - what the files behind the pages of a report share: who may see what, and the views.
 *
 * The one rule of access: a report that is published is for everyone; one that is not exists only for
 * those of its owner who may see drafts. To all others its addresses answer like any that is unknown.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "innhold.h"
#include "tilstandsrapport.h"

/* --- who may see what --- */

/* The report of the address, for anyone who may see it. Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB. */
bool tilstandsrapport_open(Req *req, Report *ret, GError **error);
/* The same for pages of the owner's own people: other owners' users do not find it. */
bool tilstandsrapport_open_own(Req *req, Report *ret, GError **error);
/* Whether the asker may see what is being written of this report. */
bool tilstandsrapport_sees_draft(const Req *req, const Report *report);
/* Whether the asker may see the internal audience's figures of the whole owner, masked ones too. */
bool tilstandsrapport_sees_internal(const Req *req, const Report *report);
/* The permission on the whole owner, not on one unit alone. */
bool tilstandsrapport_may_all(const Req *req, Perm perm);

/* --- content --- */

typedef struct {
    Report report;
    Content content;
    int64_t version; /* frozen; 0: as it stands now */
    bool chosen;     /* by ?versjon= */
    bool turned;     /* into another language than the report's */
    Audience audience;
} Edition;
/**
 * The edition the asker has asked for and may see: ?for=intern, ?for=offentlig, ?versjon=ID, ?sprak=nn
 * (what the program words, in another language; report.language is then that one); without
 * them the published one, or for those who may see drafts the open form of what is being written.
 * Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB.
 */
bool tilstandsrapport_edition(Req *req, Edition *ret, GError **error);
/* Whether a frozen version has been public: the published one, or one a body has treated. */
bool tilstandsrapport_was_public(const Report *report, const StepEventList *events,
                                 int64_t version);
/* Draws a document in its own language, whatever the page's is. */
void tilstandsrapport_draw(Html *html, const Doc *doc, Lang lang);
/* "tilstandsrapport-eide-2012-13" with an ending, ASCII, in the arena. */
const char *tilstandsrapport_filename(Arena *arena, const Content *content, const char *ending);

/* --- words and addresses, in the request's arena --- */

const char *tilstandsrapport_day(Req *req, const char *iso); /* "20. juni 2013"; "" for NULL */
const char *tilstandsrapport_weekday_day(Req *req, const char *iso); /* "torsdag 20. juni 2013" */
/* "/tilstandsrapport/ID" and what follows: "", "/behandling". */
Url tilstandsrapport_url(Req *req, const Report *report, const char *rest);
/* A person's name; "" for 0 and for one who is no more. */
const char *tilstandsrapport_who(Req *req, int64_t owner, int64_t person);

/* --- the six steps as a line --- */

typedef struct {
    int nr;
    const char *name, *body, *date;
    const char *word; /* "done", "now", "delayed", "to come": never colour alone */
    bool done, now;
} StepMark;
typedef struct {
    StepMark *v;
    size_t n;
} StepLine;
StepLine tilstandsrapport_line(Req *req, const Report *report, const Step steps[6]);

typedef struct {
    const char *text; /* "Next: Record that the dialogue meeting was held"; "" when closed */
    const char *date; /* "tirsdag 14. mai 2013", late ones "... (forsinket)"; "" */
} NextStep;
NextStep tilstandsrapport_next(Req *req, const Report *report, const Step steps[6]);

typedef struct {
    const char *text;
    Url url;
} PageLink;
typedef struct {
    PageLink *v;
    size_t n;
} PageLinks;

/* --- handlers --- */

bool tilstandsrapport_show_list(Req *req, GError **error);
bool tilstandsrapport_show_new(Req *req, GError **error);
bool tilstandsrapport_create(Req *req, GError **error);
bool tilstandsrapport_show(Req *req, GError **error);
bool tilstandsrapport_show_room(Req *req, GError **error);
bool tilstandsrapport_show_preview(Req *req, GError **error);
bool tilstandsrapport_send_file(Req *req, GError **error); /* the whole: pdf docx csv jsonstat */
bool tilstandsrapport_show_summary(Req *req, GError **error);
bool tilstandsrapport_send_summary(Req *req, GError **error);
bool tilstandsrapport_show_schools(Req *req, GError **error);
bool tilstandsrapport_send_schools(Req *req, GError **error);
bool tilstandsrapport_show_school(Req *req, GError **error);
bool tilstandsrapport_send_school(Req *req, GError **error);
bool tilstandsrapport_send_figure(Req *req, GError **error);
bool tilstandsrapport_show_chapter(Req *req, GError **error);
bool tilstandsrapport_store_chapter(Req *req, GError **error);
bool tilstandsrapport_show_treatment(Req *req, GError **error);
bool tilstandsrapport_post_action(Req *req, GError **error);
bool tilstandsrapport_post_withdraw(Req *req, GError **error);
bool tilstandsrapport_post_plan(Req *req, GError **error);
bool tilstandsrapport_post_delete(Req *req, GError **error);
bool tilstandsrapport_show_follow_ups(Req *req, GError **error);
bool tilstandsrapport_post_follow_up(Req *req, GError **error);
bool tilstandsrapport_tasks(Req *req, GArray *tasks, GError **error);

/* Slice.uses_dataset: frozen versions, and reports that are being written. */
bool tilstandsrapport_uses_dataset(Req *req, const char *file, GArray *uses, GError **error);
