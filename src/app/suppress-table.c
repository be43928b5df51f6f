/* suppress-table.c - the table of suppress: its codes, its leaves, and the problem they make.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "suppress.h"
#include "suppress-inside.h"

void suppress_table_free(SuppressTable *table)
{
    if (!table)
        return;
    for (unsigned a = 0; a < table->n_axes; a++) {
        g_ptr_array_unref(table->axis[a].names);
        g_hash_table_unref(table->axis[a].number);
        g_free(table->axis[a].group);
    }
    g_free(table->axis);
    g_free(table->leaf);
    g_free(table->dimension);
    g_array_unref(table->exposed);
    sdc_free(table->problem);
    g_free(table);
}

static bool no_column(const SuppressCsv *csv, const char *column, GError **error)
{
    const SuppressRow *header = csv->rows->pdata[0];
    g_autoptr(GString) all = g_string_new(NULL);

    for (unsigned i = 0; i < csv->n_columns; i++)
        g_string_append_printf(all, "%s%s", i ? ", " : "", header->field[i]);
    return app_fail(error, APP_ERROR_INVALID,
                    "%s:1: no column \"%s\", which the spec names; the file has %s", csv->name,
                    column, all->str);
}

bool suppress_need_column(const SuppressCsv *csv, const char *column, int *ret, GError **error)
{
    *ret = suppress_csv_column(csv, column);
    return *ret >= 0 || no_column(csv, column, error);
}

static bool add_name(SuppressAxis *axis, const char *name)
{
    if (g_hash_table_contains(axis->number, name))
        return false;
    g_ptr_array_add(axis->names, g_strdup(name));
    g_hash_table_insert(axis->number, axis->names->pdata[axis->names->len - 1],
                        GUINT_TO_POINTER(axis->names->len - 1));
    return true;
}

static bool read_leaves(SuppressAxis *axis, const SuppressCsv *csv, int column, GError **error)
{
    const SuppressRow *header = csv->rows->pdata[0];

    for (unsigned r = 1; r < csv->rows->len; r++) {
        const SuppressRow *row = csv->rows->pdata[r];
        const char *name = row->field[column];

        if (!strcmp(name, "Total"))
            return app_fail(error, APP_ERROR_INVALID,
                            "%s:%u: \"Total\" in the column %s is reserved for margins; give inner "
                            "cells only, or call it something else",
                            csv->name, row->line, header->field[column]);
        if (!*name)
            return app_fail(error, APP_ERROR_INVALID,
                            "%s:%u: the column %s is empty; give the category a name", csv->name,
                            row->line, header->field[column]);
        add_name(axis, name);
    }
    axis->n_leaves = axis->names->len;
    return true;
}

static bool read_hierarchy(SuppressAxis *axis, const SuppressCsv *csv, int leaf_column,
                           const char *hierarchy, unsigned group[], GError **error)
{
    int column;

    if (!suppress_need_column(csv, hierarchy, &column, error))
        return false;
    memset(group, 0xff, axis->n_leaves * sizeof *group);
    for (unsigned r = 1; r < csv->rows->len; r++) {
        const SuppressRow *row = csv->rows->pdata[r];
        const char *leaf = row->field[leaf_column], *code = row->field[column];
        unsigned l = GPOINTER_TO_UINT(g_hash_table_lookup(axis->number, leaf)), at;
        g_autofree char *name = g_strdup_printf("%s=%s", hierarchy, code);

        if (!*code || !strcmp(code, "Total"))
            return app_fail(error, APP_ERROR_INVALID,
                            "%s:%u: the column %s needs a group, and it cannot be \"Total\"",
                            csv->name, row->line, hierarchy);
        add_name(axis, name);
        at = GPOINTER_TO_UINT(g_hash_table_lookup(axis->number, name)) - axis->n_leaves;
        if (at > G_MAXUINT / 2)
            return app_fail(error, APP_ERROR_INVALID,
                            "%s:%u: the category %s is called as a group is written", csv->name,
                            row->line, name);
        if (group[l] != G_MAXUINT && group[l] != at)
            return app_fail(
                error, APP_ERROR_INVALID,
                "%s:%u: \"%s\" is in %s here and in %s above; a category belongs to one "
                "group of a hierarchy",
                csv->name, row->line, leaf, name,
                (char *)axis->names->pdata[axis->n_leaves + group[l]]);
        group[l] = at;
    }
    return true;
}

static bool read_axis(SuppressTable *table, unsigned a, const SuppressCsv *csv, GError **error)
{
    const SuppressDimension *dimension = table->spec->dimensions->pdata[a];
    SuppressAxis *axis = &table->axis[a];
    unsigned n = g_strv_length(dimension->hierarchies);
    int column;

    if (!suppress_need_column(csv, dimension->name, &column, error) ||
        !read_leaves(axis, csv, column, error))
        return false;
    axis->group = g_new(unsigned, (size_t)n * axis->n_leaves + 1);
    for (unsigned h = 0; h < n; h++)
        if (!read_hierarchy(axis, csv, column, dimension->hierarchies[h],
                            axis->group + (size_t)h * axis->n_leaves, error))
            return false;
    axis->n_groups = axis->names->len - axis->n_leaves;
    add_name(axis, "Total");
    table->dimension[a] = (SdcDimension){ axis->n_leaves, axis->n_groups, n, axis->group };
    return true;
}

size_t suppress_leaf_of(const SuppressTable *table, const SuppressCsv *csv, const SuppressRow *row)
{
    size_t at = 0;

    for (unsigned a = 0; a < table->n_axes; a++) {
        const SuppressDimension *dimension = table->spec->dimensions->pdata[a];
        const char *name = row->field[suppress_csv_column(csv, dimension->name)];

        at = at * table->axis[a].n_leaves +
             GPOINTER_TO_UINT(g_hash_table_lookup(table->axis[a].number, name));
    }
    return at;
}

static bool read_value(const SuppressTable *table, const SuppressCsv *csv, const SuppressRow *row,
                       int column, double *ret, GError **error)
{
    bool count = table->spec->rule == RULE_COUNT;

    if (!suppress_number(row->field[column], ret) || (count && *ret != floor(*ret)))
        return app_fail(error, APP_ERROR_INVALID,
                        "%s:%u: %s is \"%s\" and must be a %s, 0 or more and at most 10^12",
                        csv->name, row->line, table->spec->value, row->field[column],
                        count ? "whole number" : "number");
    return true;
}

static bool read_values(SuppressTable *table, const SuppressCsv *csv, size_t n, GError **error)
{
    g_autofree unsigned *line = g_new0(unsigned, n);
    int column;

    if (!suppress_need_column(csv, table->spec->value, &column, error))
        return false;
    table->leaf = g_new0(double, n);
    table->whole = true;
    for (unsigned r = 1; r < csv->rows->len; r++) {
        const SuppressRow *row = csv->rows->pdata[r];
        size_t at = suppress_leaf_of(table, csv, row);
        double value;

        if (!read_value(table, csv, row, column, &value, error))
            return false;
        if (line[at] && table->spec->rule == RULE_COUNT)
            return app_fail(error, APP_ERROR_INVALID,
                            "%s:%u: the same cell as in line %u; a table of counts has one row a "
                            "cell (add them up, or name the column that tells them apart)",
                            csv->name, row->line, line[at]);
        line[at] = row->line;
        table->leaf[at] += value;
        table->whole &= value == floor(value);
    }
    return true;
}

static bool size_up(const SuppressTable *table, size_t *ret, GError **error)
{
    double leaves = 1;

    for (unsigned a = 0; a < table->n_axes; a++)
        leaves *= table->axis[a].n_leaves;
    if (leaves > SDC_MAX_CELLS)
        return app_fail(error, APP_ERROR_INVALID,
                        "the table has %.0f inner cells, and %d cells is the most; leave out a "
                        "dimension or join categories",
                        leaves, SDC_MAX_CELLS);
    *ret = (size_t)leaves;
    return true;
}

static bool read_table(SuppressTable *table, const SuppressCsv *csv, GError **error)
{
    const GArray *margins = table->spec->margins;
    SdcTable shape = { .n_dimensions = table->n_axes,
                       .dimension = table->dimension,
                       .n_margins = margins->len,
                       .margin = (const uint32_t *)(void *)margins->data };
    size_t n;

    for (unsigned a = 0; a < table->n_axes; a++)
        if (!read_axis(table, a, csv, error))
            return false;
    if (!size_up(table, &n, error) || !read_values(table, csv, n, error))
        return false;
    shape.leaf = table->leaf;
    shape.whole = table->whole;
    table->problem = sdc_new();
    return sdc_table(table->problem, &shape, error) && suppress_mark_unsafe(table, csv, error);
}

SuppressTable *suppress_table_read(const SuppressSpec *spec, const char *text, size_t len,
                                   const char *name, GError **error)
{
    g_autoptr(SuppressCsv) csv = suppress_csv_read(text, len, name, error);
    g_autoptr(SuppressTable) table = g_new0(SuppressTable, 1);

    table->spec = spec;
    table->n_axes = spec->dimensions->len;
    table->axis = g_new0(SuppressAxis, table->n_axes);
    table->dimension = g_new0(SdcDimension, table->n_axes);
    table->exposed = g_array_new(FALSE, FALSE, sizeof(unsigned));
    for (unsigned a = 0; a < table->n_axes; a++) {
        table->axis[a].names = g_ptr_array_new_with_free_func(g_free);
        table->axis[a].number = g_hash_table_new(g_str_hash, g_str_equal);
    }
    return csv && read_table(table, csv, error) ? g_steal_pointer(&table) : NULL;
}

size_t suppress_n_places(const SuppressTable *table)
{
    size_t n = 1;

    for (unsigned a = 0; a < table->n_axes; a++)
        n *= table->axis[a].names->len;
    return n;
}

bool suppress_cell_at(const SuppressTable *table, size_t place, unsigned ret_coordinate[])
{
    for (unsigned a = table->n_axes; a-- > 0;) {
        ret_coordinate[a] = (unsigned)(place % table->axis[a].names->len);
        place /= table->axis[a].names->len;
    }
    return sdc_table_cell(table->problem, ret_coordinate) != SDC_NO_CELL;
}
