/* saksnummer.c - case numbers read, suggested and taken.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "saksnummer.h"
#include "saksnummer.sql.h"

bool tilstandsrapport_case_parse(const char *text, const char *on, CaseNumber *ret)
{
    static const char pattern[] = "^(?:([A-ZÆØÅ]{1,4})[ -]?)?([0-9]{1,4})/([0-9]{2}|[0-9]{4})$";
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    int century = (int)g_ascii_strtoll(on ? on : "2000", NULL, 10) / 100 * 100;

    if (!text || !g_regex_match(regex, text, 0, &match))
        return false;
    g_autofree char *prefix = g_match_info_fetch(match, 1);
    g_autofree char *number = g_match_info_fetch(match, 2);
    g_autofree char *year = g_match_info_fetch(match, 3);

    *ret = (CaseNumber){ .number = (int)g_ascii_strtoll(number, NULL, 10),
                         .year = (int)g_ascii_strtoll(year, NULL, 10) };
    g_strlcpy(ret->prefix, prefix, sizeof ret->prefix);
    if (strlen(year) == 2)
        ret->year += century;
    return ret->number > 0 && ret->year >= 1900 && ret->year < 2200;
}

const char *tilstandsrapport_case_series(Arena *arena, const Step *step, const CaseNumber *number)
{
    char id[ID_TEXT];
    const char *whose =
        step->organ ? id_text(step->organ, id) : arena_printf(arena, "steg-%d", step->nr);

    return arena_printf(arena, "%s%s", whose, strcmp(number->prefix, "RS") ? "" : ":RS");
}

bool tilstandsrapport_case_suggest(Db *db, Arena *arena, int64_t owner, const Step *step,
                                   const char *on, const char **ret, GError **error)
{
    const CaseNumber plain = { .prefix = "" };
    g_auto(SaksnummerLastRows) last = { 0 };
    int64_t year = g_ascii_strtoll(on, NULL, 10);
    Organ body = { .case_prefix = "" };

    if ((step->organ && !organ_get(db, arena, owner, step->organ, &body, error)) ||
        !saksnummer_last(db, owner, tilstandsrapport_case_series(arena, step, &plain), year, &last,
                         error))
        return false;
    *ret = arena_printf(arena, "%s %d/%02d", *body.case_prefix ? body.case_prefix : "PS",
                        last.n ? (int)last.v[0].number + 1 : 1, (int)(year % 100));
    return true;
}

bool tilstandsrapport_case_free(Db *db, int64_t owner, const char *series, const CaseNumber *number,
                                int64_t report, bool *ret, GError **error)
{
    g_auto(SaksnummerHolderRows) rows = { 0 };

    if (!saksnummer_holder(db, owner, series, number->year, number->number, &rows, error))
        return false;
    *ret = rows.n == 0 || (rows.v[0].rapport == report && rows.v[0].withdrawn_at != NO_INT);
    return true;
}

bool tilstandsrapport_case_take(Db *db, int64_t owner, const char *series, const CaseNumber *number,
                                int64_t report, int64_t event, GError **error)
{
    g_auto(SaksnummerTakeRows) rows = { 0 };

    if (!saksnummer_take(db, owner, series, number->year, number->number, report, event, &rows,
                         error))
        return false;
    return rows.n == 1 || app_fail(error, APP_ERROR_CONFLICT,
                                   _("This body has given the case number %d/%02d to another case "
                                     "this year. Choose a free one."),
                                   number->number, number->year % 100);
}
