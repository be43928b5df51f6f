/* rekke.c - which part of the home page comes first: by role.
 *
 * Who writes begins with what waits; who leads with the figures; who decides with the report and the
 * dates. Source: domain.md 1.8 (goal, what do we know, what does it mean, what do we do, did it work).
 * SPDX-License-Identifier: EUPL-1.2 */
#include "hjem-sider.h"

typedef struct {
    const char *roles; /* codes with a space on both sides; NULL: everybody else */
    HomePart order[N_PART];
} Order;

static const Order orders[] = {
    { " FS ", { PART_TASKS, PART_NEWS, PART_DATES, PART_REPORT, PART_SIGNALS } },
    { " KD ", { PART_SIGNALS, PART_TASKS, PART_DATES, PART_NEWS, PART_REPORT } },
    { " RK ST ", { PART_TASKS, PART_SIGNALS, PART_NEWS, PART_DATES, PART_REPORT } },
    { " PO ", { PART_REPORT, PART_DATES, PART_NEWS, PART_TASKS, PART_SIGNALS } },
    { " AR ", { PART_TASKS, PART_DATES, PART_NEWS, PART_REPORT, PART_SIGNALS } },
    { " FA TV AD IA ", { PART_TASKS, PART_NEWS, PART_DATES, PART_REPORT, PART_SIGNALS } },
    { NULL, { PART_DATES, PART_NEWS, PART_TASKS, PART_REPORT, PART_SIGNALS } },
};

static const Order *order_of(const char *role)
{
    g_autofree char *key = g_strdup_printf(" %s ", role);
    const Order *o = orders;

    while (o->roles && !strstr(o->roles, key))
        o++;
    return o;
}

PartList hjem_parts(Arena *arena, const char *role)
{
    const Order *o = order_of(role);
    PartList list = { arena_alloc(arena, N_PART * sizeof(PartShown)), N_PART };

    for (int i = 0; i < N_PART; i++)
        list.v[i] = (PartShown){ .tasks = o->order[i] == PART_TASKS,
                                 .news = o->order[i] == PART_NEWS,
                                 .dates = o->order[i] == PART_DATES,
                                 .report = o->order[i] == PART_REPORT,
                                 .signals = o->order[i] == PART_SIGNALS };
    return list;
}
