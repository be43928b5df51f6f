/* sdc-table.c - cells and equations of crossed dimensions.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sdc-shape.h"

#define MOST_PLACES 4e6 /* combinations of coordinates, published or not */

static void shape_free(SdcShape *shape)
{
    for (unsigned a = 0; a < shape->n_axes; a++) {
        SdcAxis *axis = &shape->axis[a];

        for (unsigned c = 0; c < axis->n_coordinates; c++) {
            for (unsigned t = 0; axis->turns[c] && t < axis->turns[c]->len; t++) {
                g_free(g_array_index(axis->turns[c], SdcTurn, t).coordinate);
                g_free(g_array_index(axis->turns[c], SdcTurn, t).sign);
            }
            if (axis->turns[c])
                g_array_unref(axis->turns[c]);
        }
        g_free(axis->turns);
        g_free(axis->group);
    }
    g_free(shape->axis);
    g_free(shape->cell);
    g_free(shape->place);
    g_free(shape);
}

static SdcShape *shape_new(const SdcTable *table)
{
    SdcShape *shape = g_new0(SdcShape, 1);

    shape->n_axes = table->n_dimensions;
    shape->axis = g_new0(SdcAxis, table->n_dimensions);
    shape->n_places = 1;
    for (unsigned a = table->n_dimensions; a-- > 0;) {
        const SdcDimension *dimension = &table->dimension[a];
        SdcAxis *axis = &shape->axis[a];
        size_t n_group = (size_t)dimension->n_hierarchies * dimension->n_leaves;

        axis->n_leaves = dimension->n_leaves;
        axis->n_coordinates = sdc_coordinates(dimension);
        axis->n_hierarchies = dimension->n_hierarchies;
        axis->group = n_group ? g_memdup2(dimension->group, n_group * sizeof(unsigned)) : NULL;
        axis->stride = shape->n_places;
        axis->turns = g_new0(GArray *, axis->n_coordinates);
        shape->n_places *= axis->n_coordinates;
    }
    return shape;
}

static bool not_too_large(const SdcTable *table, GError **error)
{
    double cells = 1, leaves = 1, places;

    for (unsigned d = 0; d < table->n_dimensions; d++) {
        cells *= sdc_coordinates(&table->dimension[d]);
        leaves *= table->dimension[d].n_leaves;
    }
    places = cells;
    if (table->n_margins) {
        cells = leaves;
        for (unsigned m = 0; m < table->n_margins; m++) {
            double more = 1;

            for (unsigned d = 0; d < table->n_dimensions; d++)
                if (table->margin[m] >> d & 1)
                    more *= sdc_coordinates(&table->dimension[d]);
            cells += more;
        }
    }
    if (cells <= SDC_MAX_CELLS && places <= MOST_PLACES)
        return true;
    return app_fail(
        error, APP_ERROR_INVALID,
        "the table would have %.0f cells, margins counted, and %d is the most; leave out "
        "a dimension, join categories, or split it into tables that share margins",
        MAX(cells, places > MOST_PLACES ? places : 0), SDC_MAX_CELLS);
}

static unsigned coordinate_at(const SdcAxis *axis, size_t place)
{
    return (unsigned)(place / axis->stride % axis->n_coordinates);
}

/* Sum along one axis: leaves into groups and total, whatever the other axes say. */
static void sum_along(const SdcShape *shape, const SdcAxis *axis, double value[])
{
    for (size_t place = 0; place < shape->n_places; place++) {
        unsigned leaf = coordinate_at(axis, place);
        size_t base = place - leaf * axis->stride;

        if (leaf >= axis->n_leaves)
            continue;
        value[base + (axis->n_coordinates - 1) * axis->stride] += value[place];
        for (unsigned h = 0; h < axis->n_hierarchies; h++) {
            unsigned group = axis->n_leaves + axis->group[h * axis->n_leaves + leaf];

            value[base + group * axis->stride] += value[place];
        }
    }
}

static double *all_values(const SdcShape *shape, const double leaf[])
{
    double *value = g_new0(double, shape->n_places);
    size_t next = 0;

    for (size_t place = 0; place < shape->n_places; place++) {
        bool inner = true;

        for (unsigned a = 0; a < shape->n_axes; a++)
            inner &= coordinate_at(&shape->axis[a], place) < shape->axis[a].n_leaves;
        if (inner)
            value[place] = leaf[next++];
    }
    for (unsigned a = 0; a < shape->n_axes; a++)
        sum_along(shape, &shape->axis[a], value);
    return value;
}

/* Published, only a part of what is published, or neither. */
static bool use_of(const SdcShape *shape, const SdcTable *table, size_t place, SdcUse *ret)
{
    uint32_t inside = 0;
    bool inner = true;

    for (unsigned a = 0; a < shape->n_axes; a++) {
        unsigned c = coordinate_at(&shape->axis[a], place);

        inside |= (uint32_t)(c + 1 < shape->axis[a].n_coordinates) << a;
        inner &= c < shape->axis[a].n_leaves;
    }
    *ret = SDC_OPEN;
    if (!table->n_margins)
        return true;
    for (unsigned m = 0; m < table->n_margins; m++)
        if (!(inside & ~table->margin[m]))
            return true;
    *ret = SDC_NEVER;
    return inner;
}

static void make_cells(SdcProblem *problem, SdcShape *shape, const SdcTable *table)
{
    g_autofree double *value = all_values(shape, table->leaf);
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(size_t));

    shape->cell = g_new(unsigned, shape->n_places);
    for (size_t place = 0; place < shape->n_places; place++) {
        SdcCell cell = sdc_count(value[place]);

        shape->cell[place] = SDC_NO_CELL;
        if (!use_of(shape, table, place, &cell.use))
            continue;
        cell.whole = table->whole;
        shape->cell[place] = sdc_add(problem, &cell);
        g_array_append_val(places, place);
    }
    shape->n_cells = places->len;
    shape->place = g_memdup2(places->data, places->len * sizeof(size_t));
}

static bool is_part(const SdcAxis *axis, unsigned leaf, unsigned whole)
{
    if (whole + 1 == axis->n_coordinates)
        return true;
    for (unsigned h = 0; h < axis->n_hierarchies; h++)
        if (axis->n_leaves + axis->group[h * axis->n_leaves + leaf] == whole)
            return true;
    return false;
}

/* The places this one is the sum of along an axis; empty when one of them is no cell. */
static bool parts_along(const SdcShape *shape, unsigned a, size_t place, GArray *parts)
{
    const SdcAxis *axis = &shape->axis[a];
    unsigned c = coordinate_at(axis, place);

    g_array_set_size(parts, 0);
    if (c < axis->n_leaves)
        return false;
    for (unsigned leaf = 0; leaf < axis->n_leaves; leaf++) {
        size_t part = place + leaf * axis->stride - c * axis->stride;

        if (!is_part(axis, leaf, c))
            continue;
        if (shape->cell[part] == SDC_NO_CELL)
            return false;
        g_array_append_val(parts, part);
    }
    return true;
}

/* All leaves below a place, axis after axis. */
static void expand(const SdcShape *shape, size_t place, GArray *parts)
{
    g_array_set_size(parts, 0);
    g_array_append_val(parts, place);
    for (unsigned a = 0; a < shape->n_axes; a++) {
        const SdcAxis *axis = &shape->axis[a];
        unsigned c = coordinate_at(axis, place), n = parts->len;

        for (unsigned i = 0; c >= axis->n_leaves && i < n; i++)
            for (unsigned leaf = 0; leaf < axis->n_leaves; leaf++) {
                size_t part =
                    g_array_index(parts, size_t, i) + leaf * axis->stride - c * axis->stride;

                if (is_part(axis, leaf, c))
                    g_array_append_val(parts, part);
            }
        if (c >= axis->n_leaves)
            g_array_remove_range(parts, 0, n);
    }
}

static void equate(SdcProblem *problem, const SdcShape *shape, size_t place, const GArray *parts)
{
    g_autofree unsigned *cells = g_new(unsigned, parts->len + 1);
    g_autofree double *coef = g_new(double, parts->len + 1);

    for (unsigned i = 0; i < parts->len; i++) {
        cells[i] = shape->cell[g_array_index(parts, size_t, i)];
        coef[i] = 1;
    }
    cells[parts->len] = shape->cell[place];
    coef[parts->len] = -1;
    sdc_equate(problem, parts->len + 1, cells, coef);
}

/* Each sum is tied once, along the axis where it has fewest parts. */
static void make_equations(SdcProblem *problem, const SdcShape *shape)
{
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(size_t));

    for (unsigned i = 0; i < shape->n_cells; i++) {
        size_t place = shape->place[i];
        unsigned best = shape->n_axes, fewest = G_MAXUINT, sums = 0;

        for (unsigned a = 0; a < shape->n_axes; a++) {
            sums += coordinate_at(&shape->axis[a], place) >= shape->axis[a].n_leaves;
            if (parts_along(shape, a, place, parts) && parts->len < fewest) {
                fewest = parts->len;
                best = a;
            }
        }
        if (sums == 0)
            continue;
        if (best < shape->n_axes)
            parts_along(shape, best, place, parts);
        else
            expand(shape, place, parts);
        equate(problem, shape, place, parts);
    }
}

bool sdc_table(SdcProblem *problem, const SdcTable *table, GError **error)
{
    SdcShape *shape;

    g_assert(problem->cells->len == 0 && table->n_dimensions > 0 &&
             table->n_dimensions <= SDC_MAX_DIMENSIONS);
    if (!not_too_large(table, error))
        return false;
    shape = shape_new(table);
    make_cells(problem, shape, table);
    make_equations(problem, shape);
    shape->n_rows = problem->rows->len - 1;
    problem->shape = shape;
    problem->shape_free = shape_free;
    return true;
}

unsigned sdc_table_cell(const SdcProblem *problem, const unsigned coordinate[])
{
    const SdcShape *shape = problem->shape;
    size_t place = 0;

    for (unsigned a = 0; a < shape->n_axes; a++) {
        g_assert(coordinate[a] < shape->axis[a].n_coordinates);
        place += coordinate[a] * shape->axis[a].stride;
    }
    return shape->cell[place];
}
