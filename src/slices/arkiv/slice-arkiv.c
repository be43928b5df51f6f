/* slice-arkiv.c - what the slice of case papers and archive shows the rest of the program.
 *
 * PERM_PUBLIC here means that the handler decides by the report and the paper: see arkiv-sider.h.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-sider.h"

#define PAPERS "/tilstandsrapport/{id}/saksframlegg"
#define EXCERPT "/tilstandsrapport/{id}/saerutskrift/{hendelse}"

static const Route routes[] = {
    { "GET", PAPERS, PERM_PUBLIC, arkiv_show_papers },
    { "GET", PAPERS "/{steg}", PERM_PUBLIC, arkiv_show_paper },
    { "GET", PAPERS "/{steg}/pdf", PERM_PUBLIC, arkiv_send_paper },
    { "GET", PAPERS "/{steg}/docx", PERM_PUBLIC, arkiv_send_paper },
    { "GET", PAPERS "/{steg}/rediger", PERM_CASE_WRITE, arkiv_show_edit },
    { "POST", PAPERS "/{steg}/rediger", PERM_CASE_WRITE, arkiv_post_edit },
    { "POST", PAPERS "/{steg}/godkjenn", PERM_CASE_APPROVE, arkiv_post_approve },
    { "POST", PAPERS "/{steg}/angre", PERM_CASE_APPROVE, arkiv_post_reopen },
    { "GET", EXCERPT, PERM_PUBLIC, arkiv_show_excerpt },
    { "GET", EXCERPT "/pdf", PERM_PUBLIC, arkiv_send_excerpt },
    { "GET", EXCERPT "/docx", PERM_PUBLIC, arkiv_send_excerpt },
    { "POST", EXCERPT, PERM_EXCERPT_WRITE, arkiv_post_excerpt },
    { "GET", "/arkiv", PERM_ARCHIVE_READ, arkiv_show_list },
    { "GET", "/arkiv/{id}", PERM_ARCHIVE_READ, arkiv_show },
    { "POST", "/arkiv/{id}", PERM_ARCHIVE_EXPORT, arkiv_post_export },
    { "GET", "/arkiv/{id}/pakke/{pakke}", PERM_ARCHIVE_EXPORT, arkiv_send_package },
    { "POST", "/arkiv/{id}/kvittering", PERM_ARCHIVE_RECEIPT, arkiv_post_receipt },
    { "POST", "/arkiv/{id}/dokument", PERM_ARCHIVE_RECEIPT, arkiv_post_document },
    { 0 }
};

static const MenuItem menu[] = { { N_("Archive"), "/arkiv", PERM_ARCHIVE_READ, 350 }, { 0 } };

static const Retention retention[] = {
    { .code = "arkivpakke",
      .what = N_("The files of packages for the archive; what they held is remembered"),
      .basis = N_("Long enough to be taken over by the archive"),
      .days = 90,
      .least = 7,
      .run = arkiv_retention },
    { 0 }
};

const Slice arkiv_slice = { .name = "arkiv",
                            .routes = routes,
                            .menu = menu,
                            .tasks = arkiv_tasks,
                            .jobs = arkiv_jobs,
                            .retention = retention,
                            .search = arkiv_search,
                            .case_lacks = arkiv_case_lacks };
