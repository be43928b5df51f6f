/* frist.h - days on which meetings can be held, and the dates of a report counted back from the council's.
 *
 * Source of the holidays: lov 1995-02-24-12 (helligdager), lov 1947-04-26-1 (1 and 17 May); Easter by
 * Meeus/Jones/Butcher, J. Meeus, "Astronomical Algorithms", 1991, ch. 8.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport.h"

/* Easter Sunday of a year of the Gregorian calendar, 1900-2199: "2013-03-31" into buf. */
const char *tilstandsrapport_easter(int year, char buf[DATE_TEXT]);
/* The name of the public holiday on a day, translated; NULL when it is none. */
const char *tilstandsrapport_holiday(const char *day);
/* Monday to Friday, no public holiday, not in July. */
bool tilstandsrapport_working_day(const char *day);
/* The day itself, or the nearest working day before it; into buf. */
const char *tilstandsrapport_workday_before(const char *day, char buf[DATE_TEXT]);
/* The same after it. */
const char *tilstandsrapport_workday_after(const char *day, char buf[DATE_TEXT]);

enum {
    DEADLINE_DRAFT,      /* step 1 */
    DEADLINE_PAPERS,     /* sent out before the dialogue meeting */
    DEADLINE_DIALOGUE,   /* step 2 */
    DEADLINE_CASE_PAPER, /* saksframlegg ready */
    DEADLINE_EXECUTIVE,  /* step 3 */
    DEADLINE_COUNCIL,    /* step 4 */
    DEADLINE_COMMITTEE,  /* step 5 */
    DEADLINE_LEADERS,    /* step 6 */
    N_DEADLINE
};

typedef struct {
    int step; /* 1-6; 0: between the steps */
    char day[DATE_TEXT];
    const char *name; /* translated */
    const char *why;  /* translated: "at least 7 days before the dialogue meeting" */
    bool moved;       /* to a working day */
} Deadline;

/* Every date of a report whose council meets on a day ("YYYY-MM-DD"), in order. */
void tilstandsrapport_deadlines(const char *council, Deadline ret[N_DEADLINE]);

/**
 * The dates a report has: those of its steps as they are planned, and those between the steps as they
 * were set, else counted from the step after them. `moved`: counted, and moved to a working day.
 * Errors: APP_ERROR_DB.
 */
bool tilstandsrapport_dates(Db *db, int64_t owner, int64_t report, const Step steps[6],
                            Deadline ret[N_DEADLINE], GError **error);
/* Set a date between the steps; NULL: counted again. Errors: APP_ERROR_INVALID, APP_ERROR_DB. */
bool tilstandsrapport_date_set(Db *db, int64_t owner, int64_t report, int deadline, const char *day,
                               GError **error);
/* "steg-1", "papirer": the name of a date in forms and tables. */
const char *tilstandsrapport_date_code(int deadline);
