/* frist.c - from the council's day back: what must be ready when, on days when people are at work.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "frist.h"
#include "frist.sql.h"

/* --- the calendar --- */

static int year_of(const char *day)
{
    return (int)g_ascii_strtoll(day, NULL, 10);
}

const char *tilstandsrapport_easter(int year, char buf[DATE_TEXT])
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;

    g_snprintf(buf, DATE_TEXT, "%04d-%02d-%02d", year, n / 31, n % 31 + 1);
    return buf;
}

const char *tilstandsrapport_holiday(const char *day)
{
    static const struct {
        const char *date, *name;
    } fixed[] = {
        { "01-01", N_("New Year’s Day") },   { "05-01", N_("Labour Day") },
        { "05-17", N_("Constitution Day") }, { "12-25", N_("Christmas Day") },
        { "12-26", N_("Boxing Day") },
    };
    static const struct {
        int after;
        const char *name;
    } movable[] = {
        { -3, N_("Maundy Thursday") }, { -2, N_("Good Friday") },   { 0, N_("Easter Sunday") },
        { 1, N_("Easter Monday") },    { 39, N_("Ascension Day") }, { 49, N_("Whit Sunday") },
        { 50, N_("Whit Monday") },
    };
    char easter[DATE_TEXT], other[DATE_TEXT];

    if (!date_valid(day))
        return NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
        if (!strcmp(day + 5, fixed[i].date))
            return _(fixed[i].name);
    tilstandsrapport_easter(year_of(day), easter);
    for (size_t i = 0; i < G_N_ELEMENTS(movable); i++)
        if (!strcmp(day, date_add(easter, movable[i].after, other)))
            return _(movable[i].name);
    return NULL;
}

static bool is_weekend(const char *day)
{
    GDate date;

    g_date_clear(&date, 1);
    g_date_set_parse(&date, day);
    return g_date_get_weekday(&date) >= G_DATE_SATURDAY;
}

bool tilstandsrapport_working_day(const char *day)
{
    return !is_weekend(day) && !tilstandsrapport_holiday(day) && strncmp(day + 5, "07", 2) != 0;
}

static const char *workday(const char *day, int step, char buf[DATE_TEXT])
{
    char next[DATE_TEXT];

    g_strlcpy(buf, day, DATE_TEXT);
    while (!tilstandsrapport_working_day(buf)) {
        date_add(buf, step, next);
        g_strlcpy(buf, next, DATE_TEXT);
    }
    return buf;
}

const char *tilstandsrapport_workday_before(const char *day, char buf[DATE_TEXT])
{
    return workday(day, -1, buf);
}

const char *tilstandsrapport_workday_after(const char *day, char buf[DATE_TEXT])
{
    return workday(day, 1, buf);
}

/* --- the dates of a report --- */

/* Counted from another of the dates; before the council backwards, after it onwards. domain.md 6.3:
 * the case paper 2-3 weeks before the executive committee, the dialogue 3-4 weeks before that; 1.5:
 * papers at least 7 days before the dialogue meeting. */
static const struct {
    int step, from, days;
    const char *name, *why, *code;
} rules[N_DEADLINE] = {
    [DEADLINE_DRAFT] = { 1, DEADLINE_PAPERS, -7, N_("Draft by the leader group"),
                         N_("a week before the papers go out"), "steg-1" },
    [DEADLINE_PAPERS] = { 0, DEADLINE_DIALOGUE, -7, N_("Papers for the dialogue meeting"),
                          N_("at least 7 days before the dialogue meeting"), "papirer" },
    [DEADLINE_DIALOGUE] = { 2, DEADLINE_CASE_PAPER, -14, N_("Dialogue meeting"),
                            N_("time to answer the input before the case paper"), "steg-2" },
    [DEADLINE_CASE_PAPER] = { 0, DEADLINE_EXECUTIVE, -14, N_("Case paper ready (saksframlegg)"),
                              N_("two weeks before the executive committee"), "saksframlegg" },
    [DEADLINE_EXECUTIVE] = { 3, DEADLINE_COUNCIL, -9, N_("Executive committee"),
                             N_("the papers must reach the council a week before"), "steg-3" },
    [DEADLINE_COUNCIL] = { 4, DEADLINE_COUNCIL, 0, N_("Municipal council"),
                           N_("the day you have chosen"), "steg-4" },
    [DEADLINE_COMMITTEE] = { 5, DEADLINE_COUNCIL, 75, N_("Follow-up in the committee"),
                             N_("when the decision has been written out and the summer is over"),
                             "steg-5" },
    [DEADLINE_LEADERS] = { 6, DEADLINE_COMMITTEE, 7, N_("Follow-up in the leader group"),
                           N_("a week after the committee"), "steg-6" },
};

void tilstandsrapport_deadlines(const char *council, Deadline ret[N_DEADLINE])
{
    static const int order[N_DEADLINE] = { DEADLINE_COUNCIL,    DEADLINE_EXECUTIVE,
                                           DEADLINE_CASE_PAPER, DEADLINE_DIALOGUE,
                                           DEADLINE_PAPERS,     DEADLINE_DRAFT,
                                           DEADLINE_COMMITTEE,  DEADLINE_LEADERS };
    char day[DATE_TEXT];

    for (size_t i = 0; i < N_DEADLINE; i++) {
        int k = order[i];
        Deadline *d = &ret[k];

        *d = (Deadline){ .step = rules[k].step, .name = _(rules[k].name), .why = _(rules[k].why) };
        if (k == DEADLINE_COUNCIL) { /* chosen by people: kept, also when it is a strange day */
            g_strlcpy(d->day, council, DATE_TEXT);
            continue;
        }
        date_add(ret[rules[k].from].day, rules[k].days, day);
        workday(day, rules[k].days < 0 ? -1 : 1, d->day);
        d->moved = strcmp(day, d->day) != 0;
    }
}

/* --- as a report has them --- */

const char *tilstandsrapport_date_code(int deadline)
{
    return rules[deadline].code;
}

static const char *set_for(const FristSelectRows *rows, const char *code)
{
    for (size_t i = 0; i < rows->n; i++)
        if (!strcmp(rows->v[i].code, code))
            return rows->v[i].day;
    return NULL;
}

bool tilstandsrapport_dates(Db *db, int64_t owner, int64_t report, const Step steps[6],
                            Deadline ret[N_DEADLINE], GError **error)
{
    g_auto(FristSelectRows) rows = { 0 };
    char day[DATE_TEXT];

    if (!frist_select(db, owner, report, &rows, error))
        return false;
    tilstandsrapport_deadlines(steps[3].planned, ret);
    for (int i = 0; i < N_DEADLINE; i++)
        if (ret[i].step) {
            g_strlcpy(ret[i].day, steps[ret[i].step - 1].planned, DATE_TEXT);
            ret[i].moved = false;
        }
    for (int i = 0; i < N_DEADLINE; i++) {
        const char *own = set_for(&rows, rules[i].code);

        if (ret[i].step)
            continue;
        date_add(ret[rules[i].from].day, rules[i].days, day);
        if (own)
            g_strlcpy(ret[i].day, own, DATE_TEXT);
        else
            workday(day, -1, ret[i].day);
        ret[i].moved = !own && strcmp(day, ret[i].day) != 0;
    }
    return true;
}

bool tilstandsrapport_date_set(Db *db, int64_t owner, int64_t report, int deadline, const char *day,
                               GError **error)
{
    if (!day)
        return frist_delete(db, owner, report, rules[deadline].code, error);
    if (!date_valid(day))
        return app_fail(error, APP_ERROR_INVALID, _("\"%s\" is not a date"), day);
    return frist_store(db, owner, report, rules[deadline].code, day, error);
}
