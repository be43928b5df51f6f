/* perioder.c - the periods of a series with a place for each that is missing between its ends.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator.h"

#define LONGEST_GAP 19 /* periods; more is a mistyped year and not a pause */

/* "2022/23" -> "2023/24", "2012K4" -> "2013K1", "2012" -> "2013". */
static const char *next_period(Arena *arena, const char *period)
{
    int year = (int)g_ascii_strtoll(period, NULL, 10);

    if (strlen(period) == 7 && period[4] == '/')
        return arena_printf(arena, "%d/%02d", year + 1, (year + 2) % 100);
    if (strlen(period) == 6 && period[4] == 'K')
        return period[5] == '4' ? arena_printf(arena, "%dK1", year + 1)
                                : arena_printf(arena, "%dK%c", year, period[5] + 1);
    return arena_printf(arena, "%d", year + 1);
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
