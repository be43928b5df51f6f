/* suppress-write.c - the public table and the internal proof.
 *
 * The public file must not tell which hidden cells were unsafe, so nothing in it, not the order and
 * not a word, depends on that.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "csv.h"
#include "suppress.h"

static void add_value(GString *out, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append(out, g_ascii_formatd(text, sizeof text, "%.12g", value));
}

static const char *name_at(const SuppressTable *table, unsigned axis, const unsigned coordinate[])
{
    return table->axis[axis].names->pdata[coordinate[axis]];
}

char *suppress_output(const SuppressTable *table, const SdcResult *result)
{
    GString *out = g_string_new(NULL);
    size_t n = suppress_n_places(table);
    unsigned coordinate[SDC_MAX_DIMENSIONS];

    for (unsigned a = 0; a < table->n_axes; a++) {
        csv_field(out, ((SuppressDimension *)table->spec->dimensions->pdata[a])->name, ',');
        g_string_append_c(out, ',');
    }
    csv_field(out, table->spec->value, ',');
    g_string_append(out, ",status\n");
    for (size_t place = 0; place < n; place++) {
        unsigned cell;

        if (!suppress_cell_at(table, place, coordinate))
            continue;
        cell = sdc_table_cell(table->problem, coordinate);
        if (sdc_cell(table->problem, cell)->use == SDC_NEVER)
            continue;
        for (unsigned a = 0; a < table->n_axes; a++) {
            csv_field(out, name_at(table, a, coordinate), ',');
            g_string_append_c(out, ',');
        }
        if (!result->hidden[cell])
            add_value(out, sdc_cell(table->problem, cell)->value);
        g_string_append(out, result->hidden[cell] ? ",hidden\n" : ",ok\n");
    }
    return g_string_free(out, FALSE);
}

/* A number as it would be written, or null without end. */
static json_t *number(double value)
{
    if (!isfinite(value))
        return json_null();
    value = fabs(value - round(value)) < 1e-6 ? round(value) : round(value * 1e6) / 1e6;
    return value == floor(value) && fabs(value) < 1e15 ? json_integer((json_int_t)value)
                                                       : json_real(value);
}

static json_t *describe(const SuppressTable *table, const SdcResult *result, unsigned cell,
                        const unsigned coordinate[])
{
    const SdcCell *c = sdc_cell(table->problem, cell);
    json_t *object = json_object(), *place = json_object();

    for (unsigned a = 0; a < table->n_axes; a++)
        json_object_set_new(place, ((SuppressDimension *)table->spec->dimensions->pdata[a])->name,
                            json_string(name_at(table, a, coordinate)));
    json_object_set_new(object, "cell", place);
    json_object_set_new(object, "value", number(c->value));
    json_object_set_new(object, "reason", json_string(c->interval > 0 ? "primary" : "secondary"));
    if (!isnan(result->lower[cell])) {
        json_object_set_new(object, "lower", number(result->lower[cell]));
        json_object_set_new(object, "upper", number(result->upper[cell]));
    }
    if (c->interval > 0) {
        if (c->whole)
            json_object_set_new(object, "whole_numbers", json_integer(result->whole[cell]));
        json_object_set_new(object, "safe", json_boolean(result->safe[cell]));
        if (c->use == SDC_OUT)
            json_object_set_new(object, "already_public", json_true());
    }
    return object;
}

static json_t *list_cells(const SuppressTable *table, const SdcResult *result, unsigned *ret_cells)
{
    json_t *list = json_array();
    size_t n = suppress_n_places(table);
    unsigned coordinate[SDC_MAX_DIMENSIONS];

    *ret_cells = 0;
    for (size_t place = 0; place < n; place++) {
        const SdcCell *c;
        unsigned cell;

        if (!suppress_cell_at(table, place, coordinate))
            continue;
        cell = sdc_table_cell(table->problem, coordinate);
        c = sdc_cell(table->problem, cell);
        *ret_cells += c->use != SDC_NEVER;
        if (result->hidden[cell] || c->interval > 0)
            json_array_append_new(list, describe(table, result, cell, coordinate));
    }
    return list;
}

char *suppress_proof(const SuppressTable *table, const SdcResult *result, const SuppressRun *run)
{
    json_t *root = json_object(), *cells;
    unsigned n;
    char *text;
    g_autofree char *whole = NULL;

    cells = list_cells(table, result, &n);
    json_object_set_new(root, "cells", json_integer(n));
    json_object_set_new(root, "primary", json_integer(result->n_protected));
    json_object_set_new(
        root, "secondary",
        json_integer((json_int_t)result->n_hidden - result->n_protected + table->exposed->len));
    json_object_set_new(root, "hidden", json_integer(result->n_hidden));
    json_object_set_new(root, "unsafe", json_integer(result->n_unsafe));
    json_object_set_new(root, "interval", number(table->spec->interval));
    json_object_set_new(root, "method", json_string(result->method));
    json_object_set_new(
        root, "bounds",
        json_string(result->exact ? "linear programming" : "at least this wide, by whole moves"));
    json_object_set_new(root, "seconds", json_real(run->seconds));
    json_object_set_new(root, "work", json_integer((json_int_t)result->work));
    json_object_set_new(root, "input_sha256", json_string(run->input_sha256));
    json_object_set_new(root, "output_sha256",
                        run->output_sha256 ? json_string(run->output_sha256) : json_null());
    json_object_set_new(root, "protected", cells);
    text = json_dumps(root, JSON_INDENT(1));
    whole = g_strconcat(text, "\n", NULL);
    free(text);
    json_decref(root);
    return g_steal_pointer(&whole);
}
