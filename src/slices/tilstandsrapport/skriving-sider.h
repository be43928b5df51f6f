/* skriving-sider.h - the pages of the writing: chapter, merging, earlier texts, comments, who has what,
 * goals, measures, last year's, figures, template and law.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "skriving.h"
#include "tilstandsrapport-sider.h"

/* A chapter of the report in the address, for one who may write in it. Errors: APP_ERROR_NOT_FOUND (also
 * of a chapter about a unit that is another's), APP_ERROR_DB. */
typedef struct {
    Report report;
    Chapter chapter; /* as stored */
    ChapterList all;
} ChapterPlace;
bool tilstandsrapport_open_chapter(Req *req, ChapterPlace *ret, GError **error);
bool tilstandsrapport_may_write(const Req *req, const Chapter *chapter);
/* "/tilstandsrapport/ID/kapittel/ID" + rest. */
Url tilstandsrapport_chapter_url(Req *req, const Report *report, const Chapter *chapter,
                                 const char *rest);
/* "Kari Nordmann, 20. juni 2013 kl. 13.00", or without the name when there is none. */
const char *tilstandsrapport_by_and_when(Req *req, int64_t owner, int64_t person, int64_t at);
/* A positive number as posted or asked for; 0 when it is none. */
int64_t tilstandsrapport_number(const char *text);

bool tilstandsrapport_show_chapter(Req *req, GError **error);
bool tilstandsrapport_store_chapter(Req *req, GError **error);
bool tilstandsrapport_show_history(Req *req, GError **error);
bool tilstandsrapport_post_restore(Req *req, GError **error);
bool tilstandsrapport_post_comment(Req *req, GError **error);
bool tilstandsrapport_show_choice(Req *req, GError **error);
bool tilstandsrapport_post_choice(Req *req, GError **error);
bool tilstandsrapport_show_work(Req *req, GError **error);
bool tilstandsrapport_post_work(Req *req, GError **error);
bool tilstandsrapport_show_goals(Req *req, GError **error);
bool tilstandsrapport_post_goal(Req *req, GError **error);
bool tilstandsrapport_show_measures(Req *req, GError **error);
bool tilstandsrapport_post_measure(Req *req, GError **error);
bool tilstandsrapport_show_last_year(Req *req, GError **error);
bool tilstandsrapport_post_last_year(Req *req, GError **error);
bool tilstandsrapport_show_figures(Req *req, GError **error);
bool tilstandsrapport_post_figures(Req *req, GError **error);
bool tilstandsrapport_show_template(Req *req, GError **error);
bool tilstandsrapport_post_template(Req *req, GError **error);
bool tilstandsrapport_show_laws(Req *req, GError **error);
bool tilstandsrapport_post_law(Req *req, GError **error);
/* Chapters somebody has, for the home page. */
bool tilstandsrapport_writing_tasks(Req *req, const Report *report, GArray *tasks, GError **error);
bool tilstandsrapport_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink,
                             GError **error);
bool tilstandsrapport_news(Req *req, int64_t since, GArray *news, GError **error);
