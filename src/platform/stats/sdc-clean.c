/* sdc-clean.c - publish again what need not be hidden, the largest first.
 *
 * A hidden cell that is not protected is published for a trial. Only cells whose moves went through
 * it can have become unsafe; for these the repair looks for other moves, among what is hidden. When
 * one finds none the cell is hidden again, for good: with less hidden it would not become easier.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sdc-inside.h"

#define ROUGH_CELLS 400 /* a rough answer is wanted: tables up to this are cleaned all the same */
#define STEPS_PER_CELL 10
#define TOO_MANY 4000 /* cells */

/* The protected cells that a move through this one serves, ascending. */
static GArray *served(const SdcWork *w, unsigned cell)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(unsigned));
    const GArray *mine = w->by_cell->pdata[cell];
    g_autofree bool *seen = g_new0(bool, w->n);

    for (unsigned m = 0; mine && m < mine->len; m++) {
        const SdcMove *move = w->moves->pdata[g_array_index(mine, unsigned, m)];

        for (unsigned i = 0; (move->forth > 0 || move->back > 0) && i < move->n; i++)
            seen[move->step[i].cell] = true;
    }
    for (unsigned i = 0; i < w->n; i++)
        if (seen[i] && w->cell[i].interval > 0 && !w->stuck[i])
            g_array_append_val(found, i);
    return found;
}

static void try_publishing(SdcWork *w, unsigned cell)
{
    g_autoptr(GArray) affected = served(w, cell);

    sdc_hide(w, cell, false);
    sdc_repair_room(w, cell);
    for (unsigned i = 0; i < affected->len; i++)
        if (!sdc_repair_cell(w, g_array_index(affected, unsigned, i))) {
            sdc_hide(w, cell, true);
            sdc_repair_room(w, cell);
            return;
        }
}

static gint dearest_first(gconstpointer a, gconstpointer b, gpointer data)
{
    const SdcWork *w = data;
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

    if (w->cell[x].cost != w->cell[y].cost)
        return w->cell[x].cost > w->cell[y].cost ? -1 : 1;
    return x < y ? -1 : x > y;
}

void sdc_clean(SdcWork *w)
{
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(unsigned));
    uint64_t most;

    w->closed = true;
    sdc_repair_end(w);
    for (unsigned i = 0; i < w->n; i++)
        if (w->hidden[i] && !(w->cell[i].interval > 0))
            g_array_append_val(order, i);
    if (w->n > (w->rough ? ROUGH_CELLS : TOO_MANY))
        return;
    most = MIN(w->most_work, w->work + (uint64_t)w->n * STEPS_PER_CELL + 10000);
    g_array_sort_with_data(order, dearest_first, w);
    for (unsigned i = 0; i < order->len && w->work < most; i++)
        try_publishing(w, g_array_index(order, unsigned, i));
}
