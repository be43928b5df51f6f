/* suppress-spec.c - the spec of suppress: JSON in, each key known or refused.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "suppress.h"

static void dimension_free(gpointer data)
{
    SuppressDimension *dimension = data;

    g_free(dimension->name);
    g_strfreev(dimension->hierarchies);
    g_free(dimension);
}

static void known_free(gpointer data)
{
    SuppressKnown *known = data;

    g_free(known->file);
    g_free(known->value);
    g_free(known->n);
    g_free(known->of);
    g_free(known);
}

void suppress_spec_free(SuppressSpec *spec)
{
    if (!spec)
        return;
    g_free(spec->value);
    g_free(spec->contributor);
    g_free(spec->weight);
    g_ptr_array_unref(spec->dimensions);
    g_ptr_array_unref(spec->known);
    g_array_unref(spec->margins);
    g_free(spec);
}

static bool only(const json_t *object, const char *where, const char *const keys[], GError **error)
{
    const char *key;
    json_t *value;

    if (!json_is_object(object))
        return app_fail(error, APP_ERROR_INVALID, "%s must be an object {...}", where);
    json_object_foreach((json_t *)object, key, value)
    {
        if (!g_strv_contains(keys, key)) {
            g_autofree char *all = g_strjoinv(", ", (char **)keys);

            return app_fail(error, APP_ERROR_INVALID,
                            "%s has the unknown key \"%s\"; it may have %s", where, key, all);
        }
    }
    return true;
}

/* A text that must be there, or may be missing. */
static bool take_text(const json_t *object, const char *where, const char *key, bool must,
                      char **ret, GError **error)
{
    const json_t *value = json_object_get(object, key);

    if (!value && !must)
        return true;
    if (!json_is_string(value) || !*json_string_value(value))
        return app_fail(error, APP_ERROR_INVALID, "%s needs \"%s\": a text", where, key);
    *ret = g_strdup(json_string_value(value));
    return true;
}

static bool take_number(const json_t *object, const char *where, const char *key, double least,
                        double *ret, GError **error)
{
    const json_t *value = json_object_get(object, key);

    if (!json_is_number(value) || !(json_number_value(value) >= least) ||
        json_number_value(value) > 1e9)
        return app_fail(error, APP_ERROR_INVALID, "%s needs \"%s\": a number of at least %g", where,
                        key, least);
    *ret = json_number_value(value);
    return true;
}

static bool take_texts(const json_t *list, const char *where, GPtrArray *ret, GError **error)
{
    size_t i;
    json_t *value;

    if (list && !json_is_array(list))
        return app_fail(error, APP_ERROR_INVALID, "%s must be a list [...] of texts", where);
    json_array_foreach((json_t *)list, i, value)
    {
        if (!json_is_string(value) || !*json_string_value(value))
            return app_fail(error, APP_ERROR_INVALID, "%s must be a list of texts", where);
        g_ptr_array_add(ret, g_strdup(json_string_value(value)));
    }
    return true;
}

static bool taken(const SuppressSpec *spec, const char *column)
{
    for (unsigned d = 0; d < spec->dimensions->len; d++) {
        const SuppressDimension *dimension = spec->dimensions->pdata[d];

        if (!strcmp(dimension->name, column) ||
            g_strv_contains((const char *const *)dimension->hierarchies, column))
            return true;
    }
    return false;
}

static bool read_dimension(SuppressSpec *spec, const json_t *item, GError **error)
{
    static const char *const keys[] = { "name", "hierarchies", NULL };
    SuppressDimension *dimension = g_new0(SuppressDimension, 1);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    dimension->hierarchies = g_new0(char *, 1);
    if (!only(item, "a dimension", keys, error) ||
        !take_text(item, "a dimension", "name", true, &dimension->name, error) ||
        !take_texts(json_object_get(item, "hierarchies"), "\"hierarchies\"", names, error)) {
        dimension_free(dimension);
        return false;
    }
    for (unsigned i = 0; i <= names->len; i++) {
        const char *column = i < names->len ? names->pdata[i] : dimension->name;

        if (taken(spec, column)) {
            app_fail(error, APP_ERROR_INVALID, "the column \"%s\" is named twice in \"dimensions\"",
                     column);
            dimension_free(dimension);
            return false;
        }
    }
    g_strfreev(dimension->hierarchies);
    g_ptr_array_add(names, NULL);
    dimension->hierarchies = (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
    g_ptr_array_add(spec->dimensions, dimension);
    return true;
}

static bool read_dimensions(SuppressSpec *spec, const json_t *list, GError **error)
{
    size_t i;
    json_t *item;

    if (!json_is_array(list) || json_array_size(list) == 0)
        return app_fail(error, APP_ERROR_INVALID,
                        "the spec needs \"dimensions\": [{\"name\": COLUMN}, ...]");
    if (json_array_size(list) > SDC_MAX_DIMENSIONS)
        return app_fail(error, APP_ERROR_INVALID, "the spec has %zu dimensions, and %d is the most",
                        json_array_size(list), SDC_MAX_DIMENSIONS);
    json_array_foreach((json_t *)list, i, item)
    {
        if (!read_dimension(spec, item, error))
            return false;
    }
    return true;
}

static bool read_zeros(SuppressSpec *spec, const json_t *rule, GError **error)
{
    const char *zeros = json_string_value(json_object_get(rule, "zeros"));

    spec->protect_zeros = spec->rule == RULE_COUNT;
    if (!json_object_get(rule, "zeros"))
        return true;
    if (!zeros || (strcmp(zeros, "protect") && strcmp(zeros, "publish")))
        return app_fail(error, APP_ERROR_INVALID, "\"zeros\" is \"protect\" or \"publish\"");
    spec->protect_zeros = !strcmp(zeros, "protect");
    return true;
}

static bool read_dominance(SuppressSpec *spec, const json_t *rule, GError **error)
{
    double n;

    if (!take_text(rule, "\"rule\"", "contributor", false, &spec->contributor, error) ||
        !take_text(rule, "\"rule\"", "weight", false, &spec->weight, error) ||
        !take_number(rule, "\"rule\"", "n", 1, &n, error) ||
        !take_number(rule, "\"rule\"", "k", 0, &spec->k, error))
        return false;
    spec->n = (unsigned)n;
    if (n != spec->n || spec->k > 100)
        return app_fail(error, APP_ERROR_INVALID,
                        "in \"rule\", \"n\" is a whole number and \"k\" is in percent");
    return true;
}

static bool read_rule(SuppressSpec *spec, const json_t *rule, GError **error)
{
    static const char *const count[] = { "kind", "max", "zeros", NULL };
    static const char *const few[] = { "kind", "max", "zeros", "contributor", NULL };
    static const char *const dominance[] = { "kind",   "n",     "k", "contributor",
                                             "weight", "zeros", NULL };
    const char *kind = json_string_value(json_object_get(rule, "kind"));

    if (!g_strcmp0(kind, "count")) {
        spec->rule = RULE_COUNT;
        return only(rule, "\"rule\"", count, error) && read_zeros(spec, rule, error) &&
               take_number(rule, "\"rule\"", "max", 0, &spec->max, error);
    }
    if (!g_strcmp0(kind, "contributors")) {
        spec->rule = RULE_CONTRIBUTORS;
        return only(rule, "\"rule\"", few, error) && read_zeros(spec, rule, error) &&
               take_text(rule, "\"rule\"", "contributor", false, &spec->contributor, error) &&
               take_number(rule, "\"rule\"", "max", 1, &spec->max, error);
    }
    if (!g_strcmp0(kind, "dominance")) {
        spec->rule = RULE_DOMINANCE;
        return only(rule, "\"rule\"", dominance, error) && read_zeros(spec, rule, error) &&
               read_dominance(spec, rule, error);
    }
    return app_fail(error, APP_ERROR_INVALID,
                    "the spec needs \"rule\": {\"kind\": \"count\", \"contributors\" or "
                    "\"dominance\", ...}");
}

static bool read_margin(SuppressSpec *spec, const json_t *item, GError **error)
{
    static const char *const keys[] = { "dimensions", NULL };
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    uint32_t mask = 0;

    if (!only(item, "an entry of \"linked\"", keys, error) ||
        !take_texts(json_object_get(item, "dimensions"), "\"dimensions\" of \"linked\"", names,
                    error))
        return false;
    for (unsigned i = 0; i < names->len; i++) {
        unsigned d = 0;

        while (d < spec->dimensions->len &&
               strcmp(((SuppressDimension *)spec->dimensions->pdata[d])->name, names->pdata[i]))
            d++;
        if (d == spec->dimensions->len)
            return app_fail(error, APP_ERROR_INVALID,
                            "\"linked\" names \"%s\", which is no dimension of the spec",
                            (char *)names->pdata[i]);
        mask |= 1u << d;
    }
    g_array_append_val(spec->margins, mask);
    return true;
}

static bool read_linked(SuppressSpec *spec, const json_t *list, GError **error)
{
    size_t i;
    json_t *item;

    if (list && (!json_is_array(list) || json_array_size(list) == 0))
        return app_fail(
            error, APP_ERROR_INVALID,
            "\"linked\" is a list [{\"dimensions\": [...]}, ...] of the margins that are "
            "published");
    json_array_foreach((json_t *)list, i, item)
    {
        if (!read_margin(spec, item, error))
            return false;
    }
    return true;
}

/* A column, or one number for all rows. */
static bool read_n(const json_t *item, SuppressKnown *known, GError **error)
{
    if (json_is_number(json_object_get(item, "n")))
        return take_number(item, "an entry of \"published\"", "n", 1, &known->n_all, error);
    return take_text(item, "an entry of \"published\"", "n", false, &known->n, error);
}

static bool read_published(SuppressSpec *spec, const json_t *item, GError **error)
{
    static const char *const keys[] = { "file", "value", "kind", "n", "decimals", "of", NULL };
    static const char *const kinds[] = { "count", "mean", "share" };
    const char *kind = json_string_value(json_object_get(item, "kind"));
    const json_t *decimals = json_object_get(item, "decimals");
    SuppressKnown *known = g_new0(SuppressKnown, 1);

    g_ptr_array_add(spec->known, known);
    known->decimals = -1;
    if (!only(item, "an entry of \"published\"", keys, error) ||
        !take_text(item, "an entry of \"published\"", "file", true, &known->file, error) ||
        !take_text(item, "an entry of \"published\"", "value", true, &known->value, error) ||
        !read_n(item, known, error) ||
        !take_text(item, "an entry of \"published\"", "of", false, &known->of, error))
        return false;
    if (decimals && (!json_is_integer(decimals) || json_integer_value(decimals) < 0 ||
                     json_integer_value(decimals) > 9))
        return app_fail(error, APP_ERROR_INVALID, "\"decimals\" is a whole number from 0 to 9");
    if (decimals)
        known->decimals = (int)json_integer_value(decimals);
    for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (!g_strcmp0(kind, kinds[i])) {
            known->kind = (SuppressKnownKind)i;
            return true;
        }
    return app_fail(error, APP_ERROR_INVALID,
                    "in \"published\", \"kind\" is \"count\", \"mean\" or \"share\"");
}

static bool read_known(SuppressSpec *spec, const json_t *root, GError **error)
{
    const json_t *list = json_object_get(root, "published");
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    size_t i;
    json_t *item;

    if (list && !json_is_array(list))
        return app_fail(error, APP_ERROR_INVALID, "\"published\" is a list [...]");
    json_array_foreach((json_t *)list, i, item)
    {
        if (!read_published(spec, item, error))
            return false;
    }
    if (!take_texts(json_object_get(root, "public"), "\"public\"", files, error))
        return false;
    for (unsigned f = 0; f < files->len; f++) {
        SuppressKnown *known = g_new0(SuppressKnown, 1);

        known->file = g_strdup(files->pdata[f]);
        known->value = g_strdup(spec->value);
        known->decimals = -1;
        g_ptr_array_add(spec->known, known);
    }
    return true;
}

static bool read_all(SuppressSpec *spec, const json_t *root, GError **error)
{
    static const char *const keys[] = { "value",  "dimensions", "rule",      "interval",
                                        "public", "linked",     "published", NULL };

    if (!only(root, "the spec", keys, error) ||
        !take_text(root, "the spec", "value", true, &spec->value, error) ||
        !read_dimensions(spec, json_object_get(root, "dimensions"), error) ||
        !read_rule(spec, json_object_get(root, "rule"), error) ||
        !read_linked(spec, json_object_get(root, "linked"), error) ||
        !read_known(spec, root, error))
        return false;
    if (taken(spec, spec->value))
        return app_fail(error, APP_ERROR_INVALID, "the column \"%s\" is both value and dimension",
                        spec->value);
    return !json_object_get(root, "interval") ||
           take_number(root, "the spec", "interval", 0, &spec->interval, error);
}

SuppressSpec *suppress_spec_read(const char *text, size_t len, const char *name, GError **error)
{
    g_autoptr(SuppressSpec) spec = g_new0(SuppressSpec, 1);
    g_autoptr(GError) why = NULL;
    json_error_t problem;
    json_t *root;
    bool good;

    spec->dimensions = g_ptr_array_new_with_free_func(dimension_free);
    spec->known = g_ptr_array_new_with_free_func(known_free);
    spec->margins = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &problem);
    if (!root) {
        app_fail(error, APP_ERROR_INVALID, "%s:%d: not JSON: %s", name, problem.line, problem.text);
        return NULL;
    }
    good = read_all(spec, root, &why);
    json_decref(root);
    if (good)
        return g_steal_pointer(&spec);
    app_fail(error, APP_ERROR_INVALID, "%s: %s", name, why->message);
    return NULL;
}
