/* items.c - the parts of a query that its rules are about: result columns, and whence rows come.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sqlgen.h"
#include <string.h>

#define CLAUSES                                                                                    \
    "from where group having window order limit offset fetch union except intersect returning "    \
    "on set values"

static void item_clear(void *data)
{
    g_free(((Item *)data)->qualifier);
    g_free(((Item *)data)->column);
}

static Item read_item(const GArray *t, size_t from, size_t to)
{
    Item item = { .from = from, .to = to };

    if (to - from >= 2 && sql_is(t, to - 2, "as"))
        item.to = to - 2;
    if (item.to - from == 1 && sql_is_name(t, from))
        item.column = sql_name(sql_at(t, from));
    if (item.to - from == 3 && sql_is_name(t, from) && sql_is(t, from + 1, ".")) {
        item.qualifier = sql_name(sql_at(t, from));
        item.column = sql_name(sql_at(t, from + 2));
    }
    return item;
}

GArray *read_items(const GArray *t)
{
    GArray *items = g_array_new(FALSE, FALSE, sizeof(Item));
    bool selects = sql_is_any(t, 0, "select with values");
    size_t i = 0;

    g_array_set_clear_func(items, item_clear);
    while (i < t->len &&
           !(sql_at(t, i)->depth == 0 && sql_is(t, i, selects ? "select" : "returning")))
        i++;
    if (++i < t->len && sql_is_any(t, i, "distinct all"))
        i++;
    for (size_t from = i; i <= t->len; i++) {
        bool end = i == t->len || (sql_at(t, i)->depth == 0 && sql_is_any(t, i, CLAUSES));

        if (!end && !(sql_at(t, i)->depth == 0 && sql_is(t, i, ",")))
            continue;
        if (i > from) {
            Item item = read_item(t, from, i);

            g_array_append_val(items, item);
        }
        from = i + 1;
        if (end)
            break;
    }
    return items;
}

static void source_clear(void *data)
{
    g_free(((Source *)data)->table);
    g_free(((Source *)data)->alias);
}

/* A table or subquery at i, with its alias; returns the index after it. */
static size_t read_source(const GArray *t, size_t i, Source *ret)
{
    if (sql_is(t, i, "lateral"))
        i++;
    if (sql_is(t, i, "(")) {
        i = sql_close(t, i) + 1;
    } else if (sql_is_name(t, i)) {
        ret->table = sql_name(sql_at(t, i++));
    } else {
        return i + 1;
    }
    if (sql_is(t, i, "as"))
        i++;
    if (sql_is_name(t, i) &&
        !sql_is_any(t, i, CLAUSES " join left right full inner cross natural using"))
        ret->alias = sql_name(sql_at(t, i++));
    else if (ret->table)
        ret->alias = g_strdup(ret->table);
    return i;
}

GArray *read_sources(const GArray *t, size_t from)
{
    GArray *sources = g_array_new(FALSE, FALSE, sizeof(Source));
    int depth = sql_at(t, from)->depth;
    bool next_nullable = false, expected = true;

    g_array_set_clear_func(sources, source_clear);
    for (size_t i = from + 1; i < t->len && sql_at(t, i)->depth >= depth;) {
        if (expected) {
            Source s = { .nullable = next_nullable };

            i = read_source(t, i, &s);
            g_array_append_val(sources, s);
            expected = next_nullable = false;
            continue;
        }
        if (sql_at(t, i)->depth > depth) {
            i++;
            continue;
        }
        if (sql_is_any(
                t, i, "where group having window order limit union except intersect returning set"))
            break;
        if (sql_is_any(t, i, "left full"))
            next_nullable = true;
        if (sql_is_any(t, i, "right full"))
            for (guint k = 0; k < sources->len; k++)
                g_array_index(sources, Source, k).nullable = true;
        expected = sql_is(t, i, "join") || sql_is(t, i, ",");
        i++;
    }
    return sources;
}
