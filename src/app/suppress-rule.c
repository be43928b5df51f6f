/* suppress-rule.c - which cells are unsafe: small counts, few contributors, a dominant one.
 *
 * The (n,k) dominance rule and the rule of few contributors are those of Hundepool et al.,
 * Statistical Disclosure Control, 2012, chapter 4.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "suppress-inside.h"

#define MOST_PARTS 20000000u /* rows times the cells each is part of */

typedef struct {
    unsigned who;
    double weight;
} Part;

typedef struct {
    SuppressTable *table;
    const SuppressCsv *csv;
    GArray **part; /* of each place, Part */
    int who, weight;
    GHashTable *numbers; /* of contributors */
} Parts;

/* Add a contributor to every cell that its inner cell is part of, axis after axis. */
static void spread(Parts *p, unsigned axis, size_t place, size_t leaf, const Part *part)
{
    const SuppressAxis *a = axis < p->table->n_axes ? &p->table->axis[axis] : NULL;
    size_t below = 1;
    unsigned c, n_hierarchies;

    if (!a) {
        if (!p->part[place])
            p->part[place] = g_array_new(FALSE, FALSE, sizeof(Part));
        g_array_append_val(p->part[place], *part);
        return;
    }
    for (unsigned b = axis + 1; b < p->table->n_axes; b++)
        below *= p->table->axis[b].n_leaves;
    c = (unsigned)(leaf / below % a->n_leaves);
    n_hierarchies = p->table->dimension[axis].n_hierarchies;
    spread(p, axis + 1, place * a->names->len + c, leaf, part);
    for (unsigned h = 0; h < n_hierarchies; h++)
        spread(p, axis + 1, place * a->names->len + a->n_leaves + a->group[h * a->n_leaves + c],
               leaf, part);
    spread(p, axis + 1, place * a->names->len + a->names->len - 1, leaf, part);
}

static bool read_part(Parts *p, const SuppressRow *row, unsigned number, Part *ret, GError **error)
{
    const char *who = p->who >= 0 ? row->field[p->who] : NULL;
    gpointer found;

    if (who && !*who)
        return app_fail(error, APP_ERROR_INVALID, "%s:%u: the column %s is empty", p->csv->name,
                        row->line, p->table->spec->contributor);
    ret->who = number;
    if (who && g_hash_table_lookup_extended(p->numbers, who, NULL, &found))
        ret->who = GPOINTER_TO_UINT(found);
    else if (who)
        g_hash_table_insert(p->numbers, (gpointer)who, GUINT_TO_POINTER(number));
    if (!suppress_number(row->field[p->weight], &ret->weight))
        return app_fail(error, APP_ERROR_INVALID,
                        "%s:%u: the weight is \"%s\" and must be a number", p->csv->name, row->line,
                        row->field[p->weight]);
    return true;
}

static bool read_parts(Parts *p, GError **error)
{
    double each = 1;

    for (unsigned a = 0; a < p->table->n_axes; a++)
        each *= p->table->dimension[a].n_hierarchies + 2;
    if (each * p->csv->rows->len > MOST_PARTS)
        return app_fail(error, APP_ERROR_INVALID,
                        "%u rows are each part of %.0f cells, which is too much; leave out a "
                        "dimension or a hierarchy",
                        p->csv->rows->len - 1, each);
    for (unsigned r = 1; r < p->csv->rows->len; r++) {
        const SuppressRow *row = p->csv->rows->pdata[r];
        Part part;

        if (!read_part(p, row, r, &part, error))
            return false;
        spread(p, 0, 0, suppress_leaf_of(p->table, p->csv, row), &part);
    }
    return true;
}

static gint by_who(gconstpointer a, gconstpointer b)
{
    const Part *x = a, *y = b;

    return x->who < y->who ? -1 : x->who > y->who;
}

static gint heaviest_first(gconstpointer a, gconstpointer b)
{
    const Part *x = a, *y = b;

    return x->weight > y->weight ? -1 : x->weight < y->weight;
}

/* One part for each contributor. */
static void join(GArray *parts)
{
    unsigned n = 0;

    g_array_sort(parts, by_who);
    for (unsigned i = 0; i < parts->len; i++) {
        Part part = g_array_index(parts, Part, i);

        if (n > 0 && g_array_index(parts, Part, n - 1).who == part.who)
            g_array_index(parts, Part, n - 1).weight += part.weight;
        else
            g_array_index(parts, Part, n++) = part;
    }
    g_array_set_size(parts, n);
}

static bool parts_unsafe(const SuppressSpec *spec, GArray *parts)
{
    double all = 0, most = 0;

    if (!parts || parts->len == 0)
        return spec->protect_zeros;
    join(parts);
    if (spec->rule == RULE_CONTRIBUTORS)
        return parts->len <= spec->max;
    g_array_sort(parts, heaviest_first);
    for (unsigned i = 0; i < parts->len; i++) {
        all += g_array_index(parts, Part, i).weight;
        most += i < spec->n ? g_array_index(parts, Part, i).weight : 0;
    }
    return most * 100 > spec->k * all;
}

static bool count_unsafe(const SuppressSpec *spec, double value)
{
    return value <= spec->max && (value > 0 || spec->protect_zeros);
}

/* A zero that is not unsafe can still be hidden to protect others, at a higher cost; so nobody can
 * say of a hidden cell that it is not zero. */
static void mark(const SuppressTable *table, SdcCell *cell, bool unsafe)
{
    const SuppressSpec *spec = table->spec;

    cell->cost = 1 + 0.1 * log1p(cell->value) + (cell->value == 0 && !unsafe ? 1 : 0);
    if (unsafe)
        cell->interval = spec->interval > 0 ? spec->interval
                         : cell->whole      ? 1
                                            : MAX(cell->value / 100, 1e-6);
}

static void mark_all(SuppressTable *table, GArray *const part[])
{
    size_t n = suppress_n_places(table);
    unsigned coordinate[SDC_MAX_DIMENSIONS];

    for (size_t place = 0; place < n; place++) {
        SdcCell *cell;

        if (!suppress_cell_at(table, place, coordinate))
            continue;
        cell = sdc_cell(table->problem, sdc_table_cell(table->problem, coordinate));
        if (cell->use == SDC_OPEN)
            mark(table, cell,
                 part ? parts_unsafe(table->spec, part[place])
                      : count_unsafe(table->spec, cell->value));
    }
}

bool suppress_mark_unsafe(SuppressTable *table, const SuppressCsv *csv, GError **error)
{
    const SuppressSpec *spec = table->spec;
    Parts p = { .table = table, .csv = csv, .who = -1 };
    size_t n = suppress_n_places(table);
    bool good;

    if (spec->rule == RULE_COUNT) {
        mark_all(table, NULL);
        return true;
    }
    if ((spec->contributor && !suppress_need_column(csv, spec->contributor, &p.who, error)) ||
        !suppress_need_column(csv, spec->weight ? spec->weight : spec->value, &p.weight, error))
        return false;
    p.part = g_new0(GArray *, n);
    p.numbers = g_hash_table_new(g_str_hash, g_str_equal);
    good = read_parts(&p, error);
    if (good)
        mark_all(table, p.part);
    for (size_t i = 0; i < n; i++)
        if (p.part[i])
            g_array_unref(p.part[i]);
    g_free(p.part);
    g_hash_table_unref(p.numbers);
    return good;
}
