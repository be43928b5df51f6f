/* bakover.c - what stands beside a series about the time before its unit: what there was, how a figure was
 * computed, and why another was not.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator-sider.h"

static const char *when_of(Arena *arena, const Matrix *m, size_t unit, size_t indicator,
                           size_t period)
{
    return m->n_indicators > 1
               ? arena_printf(arena, "%s, %s, %s", m->units[unit].name,
                              m->indicators[indicator].name, m->periods[period])
               : arena_printf(arena, "%s, %s", m->units[unit].name, m->periods[period]);
}

TableCell indikator_table_cell(Arena *arena, const Matrix *m, const MatrixCell *c)
{
    const char *text = indikator_cell_text(arena, &m->indicators[0], &c->cell, true);

    return (TableCell){ c->told && c->cell.computed ? arena_printf(arena, "%s†", text) : text,
                        c->cell.status == VALUE_MASKED };
}

Notes indikator_past_notes(Arena *arena, const Matrix *m)
{
    size_t size = m->n_units * m->n_indicators * m->n_periods;
    Notes notes = { arena_alloc(arena, (m->n_units + size + 1) * sizeof(Note)), 0 };

    for (size_t u = 0; u < m->n_units; u++)
        if (m->past && m->past[u])
            notes.v[notes.n++] = (Note){ .label = m->units[u].name, .text = m->past[u] };
    for (size_t i = 0; i < size; i++)
        if (m->v[i].told)
            notes.v[notes.n++] =
                (Note){ .label = when_of(arena, m, i / m->n_periods / m->n_indicators,
                                         i / m->n_periods % m->n_indicators, i % m->n_periods),
                        .text = m->v[i].told };
    return notes;
}
