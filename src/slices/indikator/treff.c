/* treff.c - units of a file that are not known: what has been said of them, and what to ask.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "lagring.h"

const char *indikator_said_unit(const Storing *s, const char *text)
{
    g_autofree char *folded = NULL;

    if (s->spec->units.n == 0)
        return NULL;
    folded = indikator_fold(text);
    for (size_t i = 0; i < s->spec->units.n; i++)
        if (strcmp(s->spec->units.v[i].text, folded) == 0)
            return s->spec->units.v[i].as;
    return NULL;
}

/* Values of the file about a unit; facts too. */
static int64_t count_about(const ParsedFile *f, const ParsedUnit *u)
{
    int64_t n = 0;
    size_t i = (size_t)(u - f->units);

    if (f->n_errors > 0 || i >= f->n_units)
        return 0;
    for (size_t v = 0; v < f->n_values; v++)
        n += f->values[v].unit == i;
    for (size_t v = 0; v < f->n_facts; v++)
        n += f->facts[v].unit == i;
    return n;
}

void indikator_unknown_unit(Storing *s, const ParsedUnit *u, const char *message)
{
    const ImportUnknown one = { arena_dup(s->arena, u->code), u->by_name, u->line,
                                count_about(s->file, u) };

    g_array_append_val(s->unknown, one);
    indikator_problem(s, u->line, 1, "%s", message);
}
