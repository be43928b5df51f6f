/* testing-sider.h - a report of a made-up municipality, moved to any state, for tests of its pages.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport-sider.h"
#include "testing-db.h"

#define TEST_COUNCIL                                                                               \
    "2026-09-10" /* the other steps follow: 23 June, 4 August, 1 September ... 1 December */
#define TEST_AFTER_ALL "2026-12-15" /* a day on which every step can be recorded */

#define TEST_SECRET "37 ±5,0" /* a mean of four pupils, hidden from the public */

typedef struct {
    TestApp *app;
    int64_t id;
    char path[48]; /* "/tilstandsrapport/ID" */
} TestReport;

/* Owner 1 with two quarters of sick leave, one hidden mean and a report that can be finished; another
 * owner, 8, has people too. Signed in is the fagsjef, on a day before the first step. */
TestReport *test_report(void);
void test_report_free(TestReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestReport, test_report_free)

/* A role of domain.md 7.1, of owner 1; NULL: nobody is signed in. */
void test_report_become(TestReport *report, const char *role);
void test_report_become_other(TestReport *report, const char *role); /* of owner 8 */
/* Record every step up to a state, each on its own date, without the pages. */
void test_report_move(TestReport *report, ReportState state);
ReportState test_report_state(TestReport *report);
int64_t test_report_chapter(TestReport *report, const char *kind); /* id of the first of a kind */
/* "/tilstandsrapport/ID" + rest, in a buffer of the report's that the next call reuses. */
const char *test_report_path(TestReport *report, const char *rest);

/* Get and post, and the status that must come. */
Reply *test_report_get(TestReport *report, const char *rest, int status);
Reply *test_report_post(TestReport *report, const char *rest, const char *body, int status);
/* The same where only the status matters. */
void test_report_gets(TestReport *report, const char *rest, int status);
void test_report_posted(TestReport *report, const char *rest, const char *body, int status);
#define assert_shows(reply, text) g_assert_nonnull(strstr((reply)->body, text))
#define assert_hides(reply, text) g_assert_null(strstr((reply)->body, text))
/* "a=b&c=d" from names and values, encoded; ends with NULL. g_free it. */
char *test_report_body(const char *name, ...) G_GNUC_NULL_TERMINATED;
