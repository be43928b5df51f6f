/* router.h - the route tables of all slices as one, matched by path segments.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

#define ROUTE_PARAMS 6

typedef struct Router Router;

typedef struct {
    const Route *route; /* NULL: nothing answers this method and path */
    bool path_known;    /* some other method does; then: */
    char allow[48];     /* "GET, HEAD, POST" */
    int n_params;
    const char *name[ROUTE_PARAMS], *value[ROUTE_PARAMS]; /* decoded, in the arena */
} RouteMatch;

/**
 * Build the table.
 * Errors: APP_ERROR_INVALID, naming the route: it states no permission, its path or method is
 * malformed, it has no handler, or another route answers the same requests.
 */
Router *router_new(const Slice *const *slices, GError **error);
void router_free(Router *router);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Router, router_free)

/**
 * Find the route of a request.
 *   method  "HEAD" finds GET's route.   path  as sent, percent-encoded, without the query.
 * Returns false when the path does not decode to UTF-8 without NUL.
 */
bool router_match(const Router *router, Arena *arena, const char *method, const char *path,
                  RouteMatch *ret_match);
void router_print(const Router *router, FILE *out);

/* Percent-decodes; `plus` makes + a blank. NULL when the result holds NUL or is not UTF-8. */
char *percent_decode(Arena *arena, const char *text, size_t len, bool plus);
