/* router.c - the route tables of all slices as one table, and finding a request's route in it.
 *
 * A path is compared segment by segment, a literal before a {parameter}; a parameter takes one whole
 * segment, or what is left of it before a literal ending: "/kalender/{token}.ics".
 * SPDX-License-Identifier: EUPL-1.2 */
#include "router.h"

#define MAX_SEGMENTS 12

typedef struct {
    char *text;   /* the literal, or the parameter's name */
    char *ending; /* of a parameter: "" or ".ics"; NULL for a literal */
} Segment;

typedef struct {
    const Route *route;
    Segment segment[MAX_SEGMENTS];
    int n;
    char *shape; /* the path with its parameters nameless: what may not stand twice */
} Entry;

struct Router {
    GPtrArray *entries;
};

static void entry_free(void *data)
{
    Entry *e = data;

    for (int i = 0; i < e->n; i++) {
        g_free(e->segment[i].text);
        g_free(e->segment[i].ending);
    }
    g_free(e->shape);
    g_free(e);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Entry, entry_free)

void router_free(Router *router)
{
    if (!router)
        return;
    g_ptr_array_unref(router->entries);
    g_free(router);
}

static int hex(char c)
{
    return g_ascii_isxdigit(c) ? g_ascii_xdigit_value(c) : -1;
}

char *percent_decode(Arena *arena, const char *text, size_t len, bool plus)
{
    char *out = arena_alloc(arena, len + 1);
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        char c = text[i];

        if (c == '%') {
            if (len - i < 3 || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0)
                return NULL;
            c = (char)(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (!c)
            return NULL;
        out[n++] = c;
    }
    return g_utf8_validate(out, (gssize)n, NULL) ? out : NULL;
}

/* One segment of a pattern; false when its braces are not right. */
static bool read_segment(const char *text, Segment *ret)
{
    const char *close = strchr(text, '}');

    if (text[0] != '{') {
        *ret = (Segment){ .text = g_strdup(text) };
        return !strpbrk(text, "{}") && *text;
    }
    if (!close || close == text + 1 || strpbrk(close + 1, "{}"))
        return false;
    *ret = (Segment){ .text = g_strndup(text + 1, (size_t)(close - text - 1)),
                      .ending = g_strdup(close + 1) };
    return true;
}

static bool known_method(const char *method)
{
    static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", NULL };

    return method && g_strv_contains(methods, method);
}

/* Reads one route; NULL when its path or method is malformed. */
static Entry *entry_new(const Route *route)
{
    g_autoptr(Entry) e = g_new0(Entry, 1);
    g_auto(GStrv) parts = g_strsplit(route->path + 1, "/", -1);
    g_autoptr(GString) shape = g_string_new(route->method);
    int params = 0;

    e->route = route;
    for (int i = 0; parts[i] && (i > 0 || *parts[i] || parts[1]); i++) {
        if (i == MAX_SEGMENTS)
            return NULL;
        bool fine = read_segment(parts[i], &e->segment[i]);

        e->n = i + 1;
        if (!fine)
            return NULL;
        params += e->segment[i].ending ? 1 : 0;
        g_string_append_printf(shape, "/%s%s", e->segment[i].ending ? "{}" : e->segment[i].text,
                               e->segment[i].ending ? e->segment[i].ending : "");
    }
    if (params > ROUTE_PARAMS)
        return NULL;
    e->shape = g_string_free(g_steal_pointer(&shape), FALSE);
    return g_steal_pointer(&e);
}

static bool add_route(Router *router, GHashTable *seen, const Route *route, GError **error)
{
    if (!known_method(route->method) || route->path[0] != '/')
        return app_fail(error, APP_ERROR_INVALID, "route %s %s is malformed",
                        route->method ? route->method : "(none)", route->path);
    if (route->perm <= PERM_NONE || route->perm >= N_PERM)
        return app_fail(error, APP_ERROR_INVALID, "route %s %s states no permission", route->method,
                        route->path);
    if (!route->handler)
        return app_fail(error, APP_ERROR_INVALID, "route %s %s has no handler", route->method,
                        route->path);
    g_autoptr(Entry) e = entry_new(route);

    if (!e)
        return app_fail(error, APP_ERROR_INVALID, "route %s %s is malformed", route->method,
                        route->path);
    if (!g_hash_table_add(seen, e->shape))
        return app_fail(error, APP_ERROR_INVALID, "route %s %s stands twice", route->method,
                        route->path);
    g_ptr_array_add(router->entries, g_steal_pointer(&e));
    return true;
}

/* Literals before parameters, segment by segment, so that the first match is the right one. */
static int by_specificity(gconstpointer a, gconstpointer b)
{
    const Entry *x = *(Entry *const *)a, *y = *(Entry *const *)b;

    for (int i = 0; i < x->n && i < y->n; i++) {
        const char *ex = x->segment[i].ending, *ey = y->segment[i].ending;

        if (!ex != !ey)
            return ex ? 1 : -1;
        if (ex && strlen(ex) != strlen(ey))
            return strlen(ex) > strlen(ey) ? -1 : 1;
    }
    return x->n - y->n;
}

Router *router_new(const Slice *const *slices, GError **error)
{
    g_autoptr(Router) router = g_new0(Router, 1);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    router->entries = g_ptr_array_new_with_free_func(entry_free);
    for (; *slices; slices++) {
        for (const Route *r = (*slices)->routes; r && r->path; r++) {
            if (!add_route(router, seen, r, error))
                return NULL;
        }
    }
    g_ptr_array_sort(router->entries, by_specificity);
    return g_steal_pointer(&router);
}

/* The path's segments, decoded; -1 when it is malformed or longer than any route. */
static int split_path(Arena *arena, const char *path, char *segment[MAX_SEGMENTS], bool *ret_valid)
{
    int n = 0;

    *ret_valid = path[0] == '/';
    for (const char *p = path; *ret_valid && *p == '/' && p[1];) {
        const char *end = strchrnul(p + 1, '/');
        char *text = percent_decode(arena, p + 1, (size_t)(end - p - 1), false);

        *ret_valid = text != NULL;
        if (!text || n == MAX_SEGMENTS)
            return -1;
        segment[n++] = text;
        if (end[0] == '/' && !end[1])
            return -1; /* "/hjem/" is not "/hjem" */
        p = end;
    }
    return n;
}

static bool entry_matches(const Entry *e, char *const *segment, int n)
{
    if (e->n != n)
        return false;
    for (int i = 0; i < n; i++) {
        const Segment *s = &e->segment[i];

        if (!s->ending && strcmp(s->text, segment[i]))
            return false;
        if (s->ending &&
            (strlen(segment[i]) <= strlen(s->ending) || !g_str_has_suffix(segment[i], s->ending)))
            return false;
    }
    return true;
}

static void take_params(Arena *arena, const Entry *e, char *const *segment, RouteMatch *match)
{
    for (int i = 0; i < e->n; i++) {
        const Segment *s = &e->segment[i];

        if (!s->ending)
            continue;
        match->name[match->n_params] = s->text;
        match->value[match->n_params++] =
            arena_ndup(arena, segment[i], strlen(segment[i]) - strlen(s->ending));
    }
}

static void allow(RouteMatch *match, const char *method)
{
    if (strstr(match->allow, method))
        return;
    if (match->allow[0])
        g_strlcat(match->allow, ", ", sizeof match->allow);
    g_strlcat(match->allow, method, sizeof match->allow);
    if (!strcmp(method, "GET"))
        g_strlcat(match->allow, ", HEAD", sizeof match->allow);
}

bool router_match(const Router *router, Arena *arena, const char *method, const char *path,
                  RouteMatch *ret_match)
{
    char *segment[MAX_SEGMENTS];
    bool valid;
    int n = split_path(arena, path, segment, &valid);
    const char *want = strcmp(method, "HEAD") ? method : "GET";

    *ret_match = (RouteMatch){ 0 };
    for (guint i = 0; n >= 0 && i < router->entries->len; i++) {
        const Entry *e = router->entries->pdata[i];

        if (!entry_matches(e, segment, n))
            continue;
        ret_match->path_known = true;
        allow(ret_match, e->route->method);
        if (strcmp(e->route->method, want))
            continue;
        ret_match->route = e->route;
        take_params(arena, e, segment, ret_match);
        break;
    }
    return valid;
}

static const char *perm_name(Perm perm)
{
    return perm_info(perm)->name;
}

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void router_print(const Router *router, FILE *out)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < router->entries->len; i++) {
        const Route *r = ((Entry *)router->entries->pdata[i])->route;

        g_ptr_array_add(lines, g_strdup_printf("%s %s %s", r->method, r->path, perm_name(r->perm)));
    }
    g_ptr_array_sort(lines, by_text);
    for (guint i = 0; i < lines->len; i++)
        fprintf(out, "%s\n", (char *)lines->pdata[i]);
}
