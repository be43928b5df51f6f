/* perioder.c - the periods of a series with a place for each that is missing between its ends.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator.h"

#define LONGEST_GAP 19 /* periods; more is a mistyped year and not a pause */

/* One more in the last of `n` digits, carried to those before: "2019" -> "2020". */
static void count_up(char *digits, size_t n)
{
    while (n-- > 0 && ++digits[n] > '9')
        digits[n] = '0';
}

/* "2022/23" -> "2023/24", "2012K4" -> "2013K1", "2012" -> "2013". */
static const char *next_period(Arena *arena, const char *period)
{
    char *next = arena_dup(arena, period);
    bool quarter = strlen(period) == 6 && period[4] == 'K';

    if (quarter && period[5] != '4') {
        next[5]++;
        return next;
    }
    count_up(next, strspn(period, "0123456789"));
    if (quarter)
        next[5] = '1';
    else if (strlen(period) == 7 && period[4] == '/')
        count_up(next + 5, 2);
    else
        next[strspn(period, "0123456789")] = '\0';
    return next;
}

PeriodPlaces indikator_places(Arena *arena, const char *const *periods, size_t n)
{
    size_t room = MAX(n, 1) * (LONGEST_GAP + 1);
    PeriodPlaces places = { arena_alloc(arena, room * sizeof(PeriodPlace)), 0 };

    for (size_t p = 0; p < n; p++) {
        const char *between = p ? next_period(arena, periods[p - 1]) : periods[p];

        for (int i = 0; i < LONGEST_GAP && strcmp(between, periods[p]) < 0; i++) {
            places.v[places.n++] = (PeriodPlace){ between, SIZE_MAX };
            between = next_period(arena, between);
        }
        places.v[places.n++] = (PeriodPlace){ periods[p], p };
    }
    return places;
}

const char *indikator_break_between(const SeriesBreak *breaks, const char *before,
                                    const char *period)
{
    for (const SeriesBreak *b = breaks; b && b->first_period; b++)
        if (strcmp(period, b->first_period) >= 0 && strcmp(before, b->first_period) < 0)
            return b->text;
    return NULL;
}
