/* suppress-known.c - what is out already: counts, shares and means, and what each tells.
 *
 * A count tells a cell. A share with its denominator bounds a count; without one it ties it to the
 * total it is a share of. A mean over levels does the same to the sum of levels. The spec does not
 * say what a share or a mean is taken over: the first dimension that agrees with every row is it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "suppress-inside.h"

#define SLACK 1e-9

typedef struct {
    unsigned line;
    unsigned at[SDC_MAX_DIMENSIONS];
    double value, half, n; /* half: of the last decimal's unit; n 0 when there is none */
} Fact;

typedef struct {
    SuppressTable *table;
    const SuppressKnown *known;
    const SuppressCsv *csv;
    GArray *facts;
    bool given[SDC_MAX_DIMENSIONS]; /* the file has a column for this dimension */
    unsigned of;
} Known;

static double value_at(const SuppressTable *table, const unsigned at[], unsigned axis,
                       unsigned leaf[])
{
    const SuppressAxis *a = &table->axis[axis];
    double sum = 0;

    if (axis == table->n_axes) {
        unsigned cell = sdc_table_cell(table->problem, leaf);

        return sdc_cell(table->problem, cell)->value;
    }
    for (unsigned l = 0; l < a->n_leaves; l++) {
        bool in = at[axis] == l || at[axis] + 1 == a->names->len;

        for (unsigned h = 0; !in && h < table->dimension[axis].n_hierarchies; h++)
            in = a->n_leaves + a->group[h * a->n_leaves + l] == at[axis];
        leaf[axis] = l;
        sum += in ? value_at(table, at, axis + 1, leaf) : 0;
    }
    return sum;
}

static void add_leaves(const SuppressTable *table, const unsigned at[], unsigned axis,
                       unsigned leaf[], GArray *ret)
{
    const SuppressAxis *a = &table->axis[axis];

    if (axis == table->n_axes) {
        unsigned cell = sdc_table_cell(table->problem, leaf);

        g_array_append_val(ret, cell);
        return;
    }
    for (unsigned l = 0; l < a->n_leaves; l++) {
        bool in = at[axis] == l || at[axis] + 1 == a->names->len;

        for (unsigned h = 0; !in && h < table->dimension[axis].n_hierarchies; h++)
            in = a->n_leaves + a->group[h * a->n_leaves + l] == at[axis];
        leaf[axis] = l;
        if (in)
            add_leaves(table, at, axis + 1, leaf, ret);
    }
}

/* A cell whose change is the sum of coef x changes of cells; it stands in no table of ours. */
static unsigned add_sum(SuppressTable *table, const GArray *cells, const GArray *coefs,
                        SdcCell *cell)
{
    unsigned n = cells->len;
    g_autofree unsigned *all = g_new(unsigned, n + 1);
    g_autofree double *coef = g_new(double, n + 1);

    for (unsigned i = 0; i < n; i++) {
        all[i] = g_array_index(cells, unsigned, i);
        coef[i] = g_array_index(coefs, double, i);
    }
    cell->use = SDC_NEVER;
    all[n] = sdc_add(table->problem, cell);
    coef[n] = -1;
    sdc_equate(table->problem, n + 1, all, coef);
    return all[n];
}

/* The cell at these coordinates; made when no published table has it. */
static unsigned cell_at(SuppressTable *table, const unsigned at[])
{
    unsigned leaf[SDC_MAX_DIMENSIONS], found = sdc_table_cell(table->problem, at);
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_autoptr(GArray) coefs = g_array_new(FALSE, FALSE, sizeof(double));
    SdcCell cell;
    double one = 1;

    if (found != SDC_NO_CELL)
        return found;
    add_leaves(table, at, 0, leaf, cells);
    for (unsigned i = 0; i < cells->len; i++)
        g_array_append_val(coefs, one);
    cell = sdc_count(value_at(table, at, 0, leaf));
    cell.whole = table->whole;
    return add_sum(table, cells, coefs, &cell);
}

static double true_value(const Known *k, const unsigned at[])
{
    unsigned leaf[SDC_MAX_DIMENSIONS], cell = sdc_table_cell(k->table->problem, at);

    return cell != SDC_NO_CELL ? sdc_cell(k->table->problem, cell)->value
                               : value_at(k->table, at, 0, leaf);
}

static bool disagree(const Known *k, const Fact *fact, const char *what, GError **error)
{
    return app_fail(error, APP_ERROR_INVALID,
                    "%s:%u: the published %s %.10g does not agree with the table; correct one of "
                    "them, or leave the row out if it counts something else",
                    k->csv->name, fact->line, what, fact->value);
}

/* This is out: nothing can hide it, and if it is unsafe it is exposed. */
static void out(const Known *k, unsigned cell)
{
    SdcCell *c = sdc_cell(k->table->problem, cell);

    if (c->use == SDC_OPEN && c->interval > 0)
        g_array_append_val(k->table->exposed, cell);
    c->use = SDC_OUT;
    c->tell_lower = c->tell_upper = c->value;
}

static void narrow(SdcCell *cell, double lower, double upper)
{
    if (cell->whole) {
        lower = ceil(lower - SLACK);
        upper = floor(upper + SLACK);
    }
    cell->lower = MIN(MAX(cell->lower, lower), cell->value);
    cell->upper = MAX(MIN(cell->upper, upper), cell->value);
}

static bool know_count(Known *k, const Fact *fact, GError **error)
{
    double value = true_value(k, fact->at);
    unsigned cell;

    if (fabs(value - fact->value) >
        (k->known->decimals >= 0 ? fact->half : 0) + SLACK * (1 + value))
        return disagree(k, fact, "value", error);
    cell = cell_at(k->table, fact->at);
    out(k, cell);
    return true;
}

static unsigned total_of(const Known *k, unsigned axis)
{
    return k->table->axis[axis].names->len - 1;
}

static void whole_of(const Known *k, const Fact *fact, unsigned axis, unsigned ret[])
{
    memcpy(ret, fact->at, k->table->n_axes * sizeof *ret);
    ret[axis] = total_of(k, axis);
}

/* 100 x part / all agrees with the share; as a fraction when no share is above 1. */
static bool share_fits(const Known *k, const Fact *fact, unsigned axis, double hundred)
{
    unsigned all[SDC_MAX_DIMENSIONS];
    double base;

    if (fact->at[axis] == total_of(k, axis))
        return false;
    whole_of(k, fact, axis, all);
    base = true_value(k, all);
    return (!(fact->n > 0) || base == fact->n) && base > 0 &&
           fabs(hundred * true_value(k, fact->at) / base - fact->value) <= fact->half + SLACK;
}

/* The score of a level: the number it is, or ends in ("N3"). */
static bool score(const char *name, double *ret)
{
    while (*name && !g_ascii_isdigit(*name))
        name++;
    return suppress_number(name, ret);
}

static bool mean_fits(const Known *k, const Fact *fact, unsigned axis, double hundred)
{
    const SuppressAxis *a = &k->table->axis[axis];
    unsigned at[SDC_MAX_DIMENSIONS];
    double sum = 0, n = 0, level;

    if (fact->at[axis] != total_of(k, axis) || hundred != 1)
        return false;
    whole_of(k, fact, axis, at);
    for (unsigned l = 0; l < a->n_leaves; l++) {
        if (!score(a->names->pdata[l], &level))
            return false;
        at[axis] = l;
        n += true_value(k, at);
        sum += level * true_value(k, at);
    }
    return n > 0 && (!(fact->n > 0) || n == fact->n) &&
           fabs(sum / n - fact->value) <= fact->half + SLACK;
}

/* The dimension it is taken over: the one named, or the first that agrees with all rows. */
static bool find_axis(Known *k, double *ret_hundred, GError **error)
{
    bool mean = k->known->kind == KNOWN_MEAN;
    const Fact *bad = NULL;

    for (int percent = mean ? 0 : 1; percent >= 0; percent--)
        for (unsigned a = 0; a < k->table->n_axes; a++) {
            const SuppressDimension *dimension = k->table->spec->dimensions->pdata[a];
            unsigned fits = 0;

            if (k->known->of && strcmp(k->known->of, dimension->name))
                continue;
            *ret_hundred = percent ? 100 : 1;
            for (; fits < k->facts->len; fits++) {
                const Fact *fact = &g_array_index(k->facts, Fact, fits);

                if (!(mean ? mean_fits(k, fact, a, *ret_hundred)
                           : share_fits(k, fact, a, *ret_hundred)))
                    break;
            }
            k->of = a;
            if (fits == k->facts->len)
                return true;
            bad = &g_array_index(k->facts, Fact, fits);
        }
    if (!bad)
        return app_fail(error, APP_ERROR_INVALID, "\"of\" names %s, which is no dimension",
                        k->known->of);
    return disagree(k, bad, mean ? "mean" : "share", error);
}

/* sum(coef x cells) is between lower and upper, whatever they are. */
static void bound_sum(Known *k, const GArray *cells, const GArray *coefs, double lower,
                      double upper)
{
    SdcCell cell = sdc_count(0);
    double sum = 0;
    bool whole = k->table->whole;

    for (unsigned i = 0; i < cells->len; i++) {
        double coef = g_array_index(coefs, double, i);

        sum += coef * sdc_cell(k->table->problem, g_array_index(cells, unsigned, i))->value;
        whole &= coef == floor(coef);
    }
    cell.value = cell.tell_lower = cell.tell_upper = sum;
    cell.whole = whole;
    cell.lower = -INFINITY;
    narrow(&cell, lower, upper);
    add_sum(k->table, cells, coefs, &cell);
}

static void append(GArray *cells, GArray *coefs, unsigned cell, double coef)
{
    g_array_append_val(cells, cell);
    g_array_append_val(coefs, coef);
}

/* sum(weight x part) / all, times hundred, rounds to the fact's value. */
static void know_ratio(Known *k, const Fact *fact, GArray *cells, GArray *coefs, unsigned all)
{
    unsigned n = cells->len;

    if (fact->n > 0) {
        out(k, all);
        bound_sum(k, cells, coefs, fact->n * (fact->value - fact->half),
                  fact->n * (fact->value + fact->half));
        return;
    }
    append(cells, coefs, all, -(fact->value + fact->half));
    bound_sum(k, cells, coefs, -INFINITY, 0);
    g_array_index(coefs, double, n) = -(fact->value - fact->half);
    bound_sum(k, cells, coefs, 0, INFINITY);
}

static void know_part(Known *k, const Fact *fact, double hundred)
{
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_autoptr(GArray) coefs = g_array_new(FALSE, FALSE, sizeof(double));
    const SuppressAxis *a = &k->table->axis[k->of];
    unsigned at[SDC_MAX_DIMENSIONS], all;

    whole_of(k, fact, k->of, at);
    all = cell_at(k->table, at);
    if (k->known->kind == KNOWN_SHARE)
        append(cells, coefs, cell_at(k->table, fact->at), hundred);
    for (unsigned l = 0; k->known->kind == KNOWN_MEAN && l < a->n_leaves; l++) {
        double level = 0;

        score(a->names->pdata[l], &level);
        at[k->of] = l;
        append(cells, coefs, cell_at(k->table, at), level);
    }
    know_ratio(k, fact, cells, coefs, all);
}

static bool read_place(Known *k, const SuppressRow *row, Fact *fact, GError **error)
{
    for (unsigned a = 0; a < k->table->n_axes; a++) {
        const SuppressDimension *dimension = k->table->spec->dimensions->pdata[a];
        int column = suppress_csv_column(k->csv, dimension->name);
        gpointer number;

        fact->at[a] = total_of(k, a);
        k->given[a] = column >= 0;
        if (column < 0)
            continue;
        if (!g_hash_table_lookup_extended(k->table->axis[a].number, row->field[column], NULL,
                                          &number))
            return app_fail(
                error, APP_ERROR_INVALID,
                "%s:%u: \"%s\" is no %s of the table; add it to the table, or leave the "
                "row out",
                k->csv->name, row->line, row->field[column], dimension->name);
        fact->at[a] = GPOINTER_TO_UINT(number);
    }
    return true;
}

static bool read_n(const Known *k, const SuppressRow *row, int column, Fact *fact, GError **error)
{
    fact->n = k->known->n_all;
    if (column < 0 || (suppress_number(row->field[column], &fact->n) && fact->n > 0))
        return true;
    return app_fail(error, APP_ERROR_INVALID, "%s:%u: %s is \"%s\" and must be a number above 0",
                    k->csv->name, row->line, k->known->n, row->field[column]);
}

static bool read_fact(Known *k, const SuppressRow *row, int value, int n, GError **error)
{
    const char *text = row->field[value];
    const char *point = strpbrk(text, ".,");
    int status = suppress_csv_column(k->csv, "status");
    Fact fact = { .line = row->line };

    if (!*text || !strcmp(text, "*") || (status >= 0 && !strcmp(row->field[status], "hidden")))
        return true;
    if (!suppress_number(text, &fact.value))
        return app_fail(error, APP_ERROR_INVALID,
                        "%s:%u: %s is \"%s\" and must be a number, 0 or more", k->csv->name,
                        row->line, k->known->value, text);
    fact.half = 0.5 * pow(10, -(k->known->decimals >= 0 ? k->known->decimals
                                : point                 ? (double)strlen(point + 1)
                                                        : 0));
    if (!read_place(k, row, &fact, error) || !read_n(k, row, n, &fact, error))
        return false;
    g_array_append_val(k->facts, fact);
    return true;
}

static bool read_facts(Known *k, GError **error)
{
    int value, n = -1;
    bool any = false;

    if (!suppress_need_column(k->csv, k->known->value, &value, error) ||
        (k->known->n && !suppress_need_column(k->csv, k->known->n, &n, error)))
        return false;
    for (unsigned a = 0; a < k->table->n_axes; a++) {
        const SuppressDimension *dimension = k->table->spec->dimensions->pdata[a];

        any |= suppress_csv_column(k->csv, dimension->name) >= 0;
    }
    if (!any)
        return app_fail(error, APP_ERROR_INVALID, "%s: no column of this file is a dimension",
                        k->csv->name);
    for (unsigned r = 1; r < k->csv->rows->len; r++)
        if (!read_fact(k, k->csv->rows->pdata[r], value, n, error))
            return false;
    return true;
}

bool suppress_known_read(SuppressTable *table, const SuppressKnown *known, const char *text,
                         size_t len, GError **error)
{
    g_autoptr(SuppressCsv) csv = suppress_csv_read(text, len, known->file, error);
    g_autoptr(GArray) facts = g_array_new(FALSE, FALSE, sizeof(Fact));
    Known k = { .table = table, .known = known, .csv = csv, .facts = facts };
    double hundred = 1;

    if (!csv || !read_facts(&k, error))
        return false;
    if (known->kind != KNOWN_COUNT && facts->len && !find_axis(&k, &hundred, error))
        return false;
    for (unsigned i = 0; i < facts->len; i++) {
        const Fact *fact = &g_array_index(facts, Fact, i);

        if (known->kind != KNOWN_COUNT)
            know_part(&k, fact, hundred);
        else if (!know_count(&k, fact, error))
            return false;
    }
    return true;
}
