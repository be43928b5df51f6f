/* jsonstat-categories.c - the categories of one dimension of JSON-stat, and how they stand to each other.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "i18n.h"
#include "jsonstat-inside.h"

static const CubePlace whole;

static CubeCategory *find(CubeDimension *dim, GHashTable *by_code, const char *code)
{
    gpointer at;

    return g_hash_table_lookup_extended(by_code, code, NULL, &at) ? &dim->v[GPOINTER_TO_SIZE(at)]
                                                                  : NULL;
}

static bool put_category(JsonStat *d, CubeDimension *dim, GHashTable *by_code, size_t at,
                         const char *code)
{
    if (at >= dim->n || dim->v[at].code)
        return cube_fail(d->r, whole, "INDEX_POSITIONS_INVALID",
                         _("Dimension “%s”: the positions in “index” are not 0 to %zu, one of "
                           "each."),
                         cube_short(d->r->arena, dim->code), dim->n - 1);
    dim->v[at] =
        (CubeCategory){ .code = arena_dup(d->r->arena, code), .decimals = -1, .parent = SIZE_MAX };
    dim->v[at].label = dim->v[at].code;
    if (!g_hash_table_insert(by_code, (gpointer)dim->v[at].code, GSIZE_TO_POINTER(at)))
        return cube_fail(d->r, whole, "INDEX_COUNT_MISMATCH",
                         _("Dimension “%s” has the category “%s” twice."),
                         cube_short(d->r->arena, dim->code), cube_short(d->r->arena, code));
    return true;
}

static bool read_index_object(JsonStat *d, CubeDimension *dim, GHashTable *by_code, json_t *index)
{
    const char *code;
    json_t *place;

    json_object_foreach(index, code, place)
    {
        size_t at;

        if (!jsonstat_size(place, &at))
            at = SIZE_MAX;
        if (!put_category(d, dim, by_code, at, code))
            return false;
    }
    return true;
}

static bool read_index_array(JsonStat *d, CubeDimension *dim, GHashTable *by_code, json_t *index)
{
    size_t i;
    json_t *code;

    json_array_foreach(index, i, code)
    {
        if (!json_is_string(code))
            return cube_fail(d->r, whole, "INDEX_POSITIONS_INVALID",
                             _("Dimension “%s”: “index” holds something that is not text."),
                             cube_short(d->r->arena, dim->code));
        if (!put_category(d, dim, by_code, i, json_string_value(code)))
            return false;
    }
    return true;
}

static bool read_index(JsonStat *d, CubeDimension *dim, GHashTable *by_code, json_t *category)
{
    json_t *index = json_object_get(category, "index");
    json_t *label = json_object_get(category, "label");
    size_t n = json_is_array(index) ? json_array_size(index) : json_object_size(index);

    if (!index && dim->n == 1 && json_object_size(label) == 1) /* one category needs no index */
        return put_category(d, dim, by_code, 0, json_object_iter_key(json_object_iter(label)));
    if (n != dim->n || !(json_is_array(index) || json_is_object(index)))
        return cube_fail(d->r, whole, "INDEX_COUNT_MISMATCH",
                         _("Dimension “%s”: “size” says %zu categories, and “index” has %zu."),
                         cube_short(d->r->arena, dim->code), dim->n, n);
    return json_is_array(index) ? read_index_array(d, dim, by_code, index)
                                : read_index_object(d, dim, by_code, index);
}

/* Each of these is an object with categories for keys. */
static bool keys_known(JsonStat *d, CubeDimension *dim, GHashTable *by_code, json_t *category,
                       const char *part, const char *rule)
{
    const char *code;
    json_t *value;

    json_object_foreach(json_object_get(category, part), code, value) if (
        !g_hash_table_contains(by_code,
                               code)) return cube_fail(d->r, whole, rule,
                                                       _("Dimension “%s”: “%s” names the category "
                                                         "“%s”, which “index” does "
                                                         "not have."),
                                                       cube_short(d->r->arena, dim->code), part,
                                                       cube_short(d->r->arena, code));
    return true;
}

static void read_words(JsonStat *d, CubeDimension *dim, json_t *category)
{
    json_t *label = json_object_get(category, "label"), *unit = json_object_get(category, "unit");
    json_t *note = json_object_get(category, "note");

    for (size_t i = 0; i < dim->n; i++) {
        CubeCategory *c = &dim->v[i];
        json_t *u = json_object_get(unit, c->code);
        json_t *decimals = json_object_get(u, "decimals");
        const char *text = jsonstat_text(d, label, c->code);

        if (text && *text)
            c->label = text;
        c->unit = jsonstat_text(d, u, json_object_get(u, "label") ? "label" : "base");
        c->note = jsonstat_note(d, json_object_get(note, c->code));
        if (json_is_integer(decimals) && json_integer_value(decimals) >= 0 &&
            json_integer_value(decimals) <= 15)
            c->decimals = (int)json_integer_value(decimals);
    }
}

static bool read_child(JsonStat *d, CubeDimension *dim, GHashTable *by_code, const char *parent,
                       json_t *list)
{
    size_t i;
    json_t *code;
    CubeCategory *above = find(dim, by_code, parent), *below;

    if (!above)
        return cube_fail(d->r, whole, "CHILD_ID_UNKNOWN",
                         _("Dimension “%s”: “child” names the category “%s”, which “index” does "
                           "not have."),
                         cube_short(d->r->arena, dim->code), cube_short(d->r->arena, parent));
    json_array_foreach(list, i, code)
    {
        below = json_is_string(code) ? find(dim, by_code, json_string_value(code)) : NULL;
        if (!below)
            return cube_fail(d->r, whole, "CHILD_ID_UNKNOWN",
                             _("Dimension “%s”: a child of “%s” is not in “index”."),
                             cube_short(d->r->arena, dim->code), cube_short(d->r->arena, parent));
        if (below->parent == SIZE_MAX) /* a category may stand under several; the first counts */
            below->parent = (size_t)(above - dim->v);
    }
    return true;
}

/* Walk up from each category; one that is met twice on the way is its own ancestor. */
static bool no_circles(JsonStat *d, CubeDimension *dim)
{
    for (size_t i = 0; i < dim->n; i++) {
        size_t steps = 0;

        for (size_t at = dim->v[i].parent; at != SIZE_MAX; at = dim->v[at].parent)
            if (++steps > dim->n)
                return cube_fail(d->r, whole, "CHILD_CYCLE",
                                 _("Dimension “%s”: the category “%s” stands under itself."),
                                 cube_short(d->r->arena, dim->code),
                                 cube_short(d->r->arena, dim->v[i].code));
        if (steps > 64) /* deeper than any classification: not walked again for each below it */
            return cube_fail(d->r, whole, "CHILD_CYCLE",
                             _("Dimension “%s” has more than 64 levels."),
                             cube_short(d->r->arena, dim->code));
    }
    return true;
}

static bool read_children(JsonStat *d, CubeDimension *dim, GHashTable *by_code, json_t *category)
{
    const char *parent;
    json_t *list;

    json_object_foreach(json_object_get(category, "child"), parent,
                        list) if (!read_child(d, dim, by_code, parent, list)) return false;
    return no_circles(d, dim);
}

static void see_units(JsonStat *d, const CubeDimension *dim)
{
    for (size_t i = 0; i < dim->n; i++)
        if (!dim->v[i].unit) {
            cube_warn(d->r, whole, "METRIC_UNIT_MISSING",
                      _("Dimension “%s”: the unit of “%s” is not said."),
                      cube_short(d->r->arena, dim->code), cube_short(d->r->arena, dim->v[i].label));
            return;
        }
}

bool jsonstat_categories(JsonStat *d, CubeDimension *dim)
{
    g_autoptr(GHashTable) by_code = g_hash_table_new(g_str_hash, g_str_equal);
    json_t *json = json_object_get(d->dimension, dim->code);
    json_t *category = json_object_get(json, "category");
    const char *label = jsonstat_text(d, json, "label");

    dim->label = label && *label ? label : dim->code;
    dim->v = arena_alloc(d->r->arena, (dim->n + 1) * sizeof *dim->v);
    if (!read_index(d, dim, by_code, category) ||
        !keys_known(d, dim, by_code, category, "label", "LABEL_KEY_UNKNOWN") ||
        !keys_known(d, dim, by_code, category, "unit", "UNIT_KEY_UNKNOWN") ||
        !keys_known(d, dim, by_code, category, "coordinates", "COORD_KEY_UNKNOWN") ||
        !keys_known(d, dim, by_code, category, "note", "NOTE_KEY_UNKNOWN") ||
        !read_children(d, dim, by_code, category))
        return false;
    read_words(d, dim, category);
    if (dim->role == CUBE_ROLE_METRIC)
        see_units(d, dim);
    return true;
}
