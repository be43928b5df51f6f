/* testing-innhold.h - owners with figures, and a report's faces as text, for tests of the content.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "innhold.h"
#include "testing-db.h"

#define INNHOLD_TODAY "2026-11-23"
#define INNHOLD_NOW INT64_C(1795435200000000)

/* A fresh database, an arena, and bokmål for the thread. */
typedef struct {
    TestDb *db;
    Arena *arena;
} Given;
Given innhold_given(void);
void innhold_given_clear(Given *given);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Given, innhold_given_clear)

/* Hustadvika with its schools and Udir's newest files (grade 5 of 2022/23 and 2025/26, grade 8 of 2024/25). */
int64_t innhold_given_hustadvika(Given *given);
/* Eide in 2013 with Eide barneskole and the figures of its story. */
int64_t innhold_given_eide(Given *given);
/* Values of the owner's own, as a values-csv file; lines after the header. */
void innhold_given_values(Given *given, int64_t owner, const char *name, const char *lines);

/* A draft from the data alone; dies on failure. */
Content innhold_draft(Given *given, int64_t owner, const char *year, Lang lang, Audience audience);
/* A report begun for the year, as stored. */
Report innhold_report(Given *given, int64_t owner, const char *year);

char *innhold_face_text(const Content *content); /* doc_text, white space as it is; g_free */
char *innhold_face_html(const Content *content);
GBytes *innhold_face_pdf(const Content *content);
/* What a reader's programme finds in the PDF, white space collapsed. */
char *innhold_pdf_text(GBytes *pdf);
/* Run a program on a file with these bytes; returns its exit code. */
int innhold_run_on(const char *program, const char *argument, GBytes *bytes, char **ret_stdout);
