/* jsonstat.c - JSON-stat 1.x and 2.0 into cubes.
 *
 * jansson has found the JSON sound before anything here runs; what is checked here is that the parts of
 * a dataset agree with each other. Messages name the dataset's dimension, since JSON keeps no lines.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>
#include "i18n.h"
#include "jsonstat-inside.h"

static const CubePlace whole;

/* --- small things --- */

const char *jsonstat_text(JsonStat *d, json_t *object, const char *key)
{
    return cube_text(d->r->arena, json_string_value(json_object_get(object, key)));
}

const char *jsonstat_note(JsonStat *d, json_t *note)
{
    GString *all = g_string_new(NULL);
    size_t i;
    json_t *one;

    if (json_is_string(note))
        g_string_append(all, json_string_value(note));
    json_array_foreach(note, i, one) if (json_is_string(one))
        g_string_append_printf(all, "%s%s", all->len ? "\n" : "", json_string_value(one));
    const char *kept = all->len ? cube_text(d->r->arena, all->str) : NULL;

    g_string_free(all, TRUE);
    return kept;
}

bool jsonstat_size(json_t *json, size_t *ret)
{
    guint64 size;

    if (json_is_integer(json) && json_integer_value(json) >= 0) {
        *ret = (size_t)json_integer_value(json);
        return true;
    }
    if (json_is_string(json) &&
        g_ascii_string_to_unsigned(json_string_value(json), 10, 0, G_MAXUINT32, &size, NULL)) {
        *ret = (size_t)size;
        return true;
    }
    return false;
}

/* --- dimensions --- */

/* 2.0 has id, size and role in the dataset, 1.x among its dimensions. */
static json_t *part_of(JsonStat *d, const char *part)
{
    json_t *own = json_object_get(d->json, part);

    return own ? own : json_object_get(d->dimension, part);
}

static bool dimensions_named(JsonStat *d, json_t *id, json_t *size)
{
    size_t n = json_array_size(id), others = 0;
    const char *key;
    json_t *json;

    if (!json_is_array(id) || !json_is_array(size) || n != json_array_size(size))
        return cube_fail(d->r, whole, "ID_SIZE_LEN_MISMATCH",
                         _("“id” and “size” are not lists of the same length (%zu and %zu)."), n,
                         json_array_size(size));
    if (n > CUBE_MAX_DIMENSIONS)
        return cube_fail(d->r, whole, "TOO_LARGE", _("More than %d dimensions."),
                         CUBE_MAX_DIMENSIONS);
    json_object_foreach(d->dimension, key, json) others +=
        json_is_object(json) && strcmp(key, "role") != 0;
    for (size_t i = 0; i < n; i++)
        if (!json_is_object(
                json_object_get(d->dimension, json_string_value(json_array_get(id, i)) ?: "")))
            others = SIZE_MAX - 1;
    if (others != n)
        return cube_fail(d->r, whole, "DIM_KEY_ID_MISMATCH",
                         _("The names in “id” are not those of the dimensions."));
    return true;
}

static bool read_role(JsonStat *d, json_t *roles, const char *key, CubeRole role)
{
    size_t i;
    json_t *code;

    json_array_foreach(json_object_get(roles, key), i, code)
    {
        size_t at =
            json_is_string(code) ? cube_dimension(&d->cube, json_string_value(code)) : SIZE_MAX;

        if (at == SIZE_MAX)
            return cube_fail(d->r, whole, "ROLE_ID_UNKNOWN",
                             _("“role” names a dimension that “id” does not have."));
        d->cube.dimension[at].role = role;
    }
    return true;
}

static bool read_dimensions(JsonStat *d)
{
    json_t *id = part_of(d, "id"), *size = part_of(d, "size"), *roles = part_of(d, "role");
    Cube *cube = &d->cube;

    if (!dimensions_named(d, id, size))
        return false;
    cube->n_dimensions = json_array_size(id);
    cube->dimension = arena_alloc(d->r->arena, (cube->n_dimensions + 1) * sizeof *cube->dimension);
    for (size_t i = 0; i < cube->n_dimensions; i++) {
        cube->dimension[i].code = arena_dup(d->r->arena, json_string_value(json_array_get(id, i)));
        if (!jsonstat_size(json_array_get(size, i), &cube->dimension[i].n))
            return cube_fail(d->r, whole, "ID_SIZE_LEN_MISMATCH",
                             _("“size” holds something that is not a whole number."));
    }
    if (!cube_count(d->r, cube) || !read_role(d, roles, "time", CUBE_ROLE_TIME) ||
        !read_role(d, roles, "geo", CUBE_ROLE_GEO) ||
        !read_role(d, roles, "metric", CUBE_ROLE_METRIC))
        return false;
    for (size_t i = 0; i < cube->n_dimensions; i++)
        if (!jsonstat_categories(d, &cube->dimension[i]))
            return false;
    return true;
}

/* --- cells --- */

static bool put_value(JsonStat *d, size_t at, json_t *value)
{
    CubeCell *cell = &d->cube.cell[at];

    if (json_is_number(value)) {
        cell->value = json_number_value(value);
        d->cube.n_values++;
    } else if (json_is_string(value)) {
        cell->text = arena_dup(d->r->arena, json_string_value(value));
        d->cube.n_values++;
    } else if (!json_is_null(value)) {
        return cube_fail(d->r, whole, "VALUE_TYPE",
                         _("Cell %zu is neither a number, a text nor null."), at);
    }
    return true;
}

/* The cell that a key of a sparse object means. */
static bool cell_of(JsonStat *d, const char *key, size_t *ret)
{
    guint64 at;

    if (!g_ascii_string_to_unsigned(key, 10, 0, G_MAXUINT32, &at, NULL) || at >= d->cube.n_cells)
        return cube_fail(d->r, whole, "SPARSE_KEY_OUT_OF_RANGE",
                         _("A cell has the number “%s”; the table has cells 0 to %zu."),
                         cube_short(d->r->arena, key), MAX(d->cube.n_cells, 1) - 1);
    *ret = (size_t)at;
    return true;
}

static bool read_sparse(JsonStat *d, json_t *values)
{
    const char *key;
    json_t *value;
    size_t at;

    json_object_foreach(values, key,
                        value) if (!cell_of(d, key, &at) || !put_value(d, at, value)) return false;
    return true;
}

static bool read_values(JsonStat *d)
{
    json_t *values = json_object_get(d->json, "value");
    Cube *cube = &d->cube;

    if (!json_is_object(values) &&
        (!json_is_array(values) || json_array_size(values) != cube->n_cells))
        return cube_fail(d->r, whole, "VALUE_LEN_MISMATCH",
                         _("The table has %zu cells, and “value” has %zu."), cube->n_cells,
                         json_array_size(values));
    cube->cell = arena_alloc(d->r->arena, (cube->n_cells + 1) * sizeof *cube->cell);
    for (size_t i = 0; i < cube->n_cells; i++)
        cube->cell[i].value = NAN;
    if (json_is_object(values))
        return read_sparse(d, values);
    for (size_t i = 0; i < cube->n_cells; i++)
        if (!put_value(d, i, json_array_get(values, i)))
            return false;
    return true;
}

static bool read_status_list(JsonStat *d, json_t *list)
{
    size_t n = json_array_size(list);

    if (n != d->cube.n_cells && n != 1)
        return cube_fail(d->r, whole, "STATUS_LEN_MISMATCH",
                         _("The table has %zu cells, and “status” has %zu."), d->cube.n_cells, n);
    for (size_t i = 0; i < d->cube.n_cells; i++) {
        const char *one = json_string_value(json_array_get(list, n == 1 ? 0 : i));

        d->cube.cell[i].status = arena_dup(d->r->arena, one);
    }
    return true;
}

static bool read_status(JsonStat *d)
{
    json_t *status = json_object_get(d->json, "status"), *one;
    const char *key;
    size_t at;

    if (json_is_object(status) && json_is_array(json_object_get(status, "value")))
        status = json_object_get(status, "value"); /* as Eurostat once wrote it */
    if (json_is_array(status))
        return read_status_list(d, status);
    if (json_is_string(status)) {
        const char *all = arena_dup(d->r->arena, json_string_value(status));

        for (size_t i = 0; i < d->cube.n_cells; i++)
            d->cube.cell[i].status = all;
        return true;
    }
    json_object_foreach(status, key, one)
    {
        if (!cell_of(d, key, &at))
            return false;
        d->cube.cell[at].status = arena_dup(d->r->arena, json_string_value(one));
    }
    return true;
}

/* --- datasets, bundles, collections --- */

static void read_dataset(CubeReading *r, json_t *json, const char *version)
{
    JsonStat d = { .r = r, .json = json, .dimension = json_object_get(json, "dimension") };

    if (r->cubes->len >= CUBE_MAX_CUBES) {
        cube_fail(r, whole, "TOO_LARGE", _("More than %d tables in one file."), CUBE_MAX_CUBES);
        return;
    }
    d.cube.format = "jsonstat";
    d.cube.version = version;
    d.cube.label = jsonstat_text(&d, json, json_object_get(json, "label") ? "label" : "title");
    d.cube.source = jsonstat_text(&d, json, "source");
    d.cube.updated = jsonstat_text(&d, json, "updated");
    d.cube.note = jsonstat_note(&d, json_object_get(json, "note"));
    if (read_dimensions(&d) && read_values(&d) && read_status(&d))
        g_array_append_val(r->cubes, d.cube);
}

static bool is_dataset(json_t *json)
{
    return json_is_object(json_object_get(json, "dimension")) && json_object_get(json, "value");
}

static void read_collection(CubeReading *r, json_t *root, const char *version, unsigned depth)
{
    size_t i, links = 0;
    json_t *item;

    json_array_foreach(json_object_get(json_object_get(root, "link"), "item"), i, item)
    {
        const char *class = json_string_value(json_object_get(item, "class"));

        if (is_dataset(item))
            read_dataset(r, item, version);
        else if (!g_strcmp0(class, "collection") && json_object_get(item, "link") && depth < 8)
            read_collection(r, item, version, depth + 1);
        else
            links++;
    }
    if (links)
        cube_warn(r, whole, "LINK_ONLY",
                  ngettext("%zu table of the collection is only a link, and was not read. Fetch "
                           "it, and import that file.",
                           "%zu tables of the collection are only links, and were not read. Fetch "
                           "them, and import those files.",
                           links),
                  links);
}

/* 1.x: an object of datasets with names of their own. */
static void read_bundle(CubeReading *r, json_t *root, const char *version)
{
    const char *key;
    json_t *one;

    if (*version == '2')
        cube_warn(r, whole, "BUNDLE_DEPRECATED",
                  _("The file has its tables one level down, as version 1 had it."));
    json_object_foreach(root, key, one) if (is_dataset(one)) read_dataset(r, one, version);
    if (!r->cubes->len && !r->errors->len)
        cube_fail(r, whole, "NOT_JSONSTAT",
                  _("This is JSON, but not JSON-stat: there is no dataset in it."));
}

static void read_root(CubeReading *r, json_t *root)
{
    json_t *version = json_object_get(root, "version");
    const char *said =
        json_is_string(version) ? arena_dup(r->arena, json_string_value(version)) : "";

    if (is_dataset(root))
        read_dataset(r, root, said);
    else if (!g_strcmp0(json_string_value(json_object_get(root, "class")), "collection"))
        read_collection(r, root, said, 0);
    else if (!g_strcmp0(json_string_value(json_object_get(root, "class")), "dataset"))
        cube_fail(r, whole, "NOT_JSONSTAT", _("The dataset has no “dimension” or no “value”."));
    else
        read_bundle(r, root, said);
}

void cube_read_jsonstat(Arena *arena, const char *bytes, size_t len, CubeFile *ret)
{
    CubeReading r = cube_reading(arena);
    json_error_t why;
    json_t *root;

    if (len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) {
        bytes += 3;
        len -= 3;
    }
    root = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &why);
    if (root) {
        read_root(&r, root);
    } else { /* the reason quotes the file, whose bytes may be anything */
        g_autofree char *text = g_utf8_make_valid(why.text, -1);

        cube_fail(&r, (CubePlace){ (unsigned)MAX(why.line, 0), (unsigned)MAX(why.column, 0) },
                  "NOT_JSON", _("The file is not whole or not JSON: %s. Fetch it again."), text);
    }
    json_decref(root);
    cube_reading_end(&r, ret);
}
