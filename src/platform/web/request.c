/* request.c - reading a request: path parameters, query, posted fields, files, headers.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "request.h"

static const char *lookup(const Pair *pairs, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(pairs[i].name, name))
            return pairs[i].value;
    }
    return NULL;
}

const char *incoming_header(const Incoming *in, const char *name)
{
    for (size_t i = 0; i < in->n_headers; i++) {
        if (!g_ascii_strcasecmp(in->headers[i].name, name))
            return in->headers[i].value;
    }
    return NULL;
}

const char *req_header_in(Req *req, const char *name)
{
    return incoming_header(req->state->in, name);
}

const char *req_client(Req *req)
{
    return req->state->in->client;
}

const char *req_param(Req *req, const char *name)
{
    const RouteMatch *m = &req->state->match;

    for (int i = 0; i < m->n_params; i++) {
        if (!strcmp(m->name[i], name))
            return m->value[i];
    }
    return "";
}

int64_t req_id(Req *req, const char *name)
{
    return id_parse(req_param(req, name));
}

const char *req_query(Req *req, const char *name)
{
    return lookup(req->state->query.fields, req->state->query.n_fields, name);
}

const char *req_posted(Req *req, const char *name)
{
    return lookup(req->state->body.fields, req->state->body.n_fields, name);
}

const char *const *req_posted_all(Req *req, const char *name)
{
    const Body *body = &req->state->body;
    const char **all = arena_alloc(req->arena, (body->n_fields + 1) * sizeof *all);
    size_t n = 0;

    for (size_t i = 0; i < body->n_fields; i++) {
        if (!strcmp(body->fields[i].name, name))
            all[n++] = body->fields[i].value;
    }
    return all;
}

const Upload *req_upload(Req *req, const char *name, size_t index)
{
    const Body *body = &req->state->body;

    for (size_t i = 0; i < body->n_uploads; i++) {
        if (!strcmp(body->uploads[i].name, name) && index-- == 0)
            return &body->uploads[i];
    }
    return NULL;
}

const char *req_body(Req *req, size_t *ret_size)
{
    if (ret_size)
        *ret_size = req->state->in->body_size;
    return req->state->in->body ? req->state->in->body : "";
}

const char *req_session(Req *req)
{
    return req->state->session;
}

/* A path of ours: one slash first, nothing a browser would read as another host or skip. */
static bool is_own_path(const char *path)
{
    if (!path || path[0] != '/' || path[1] == '/' || strlen(path) > 2000)
        return false;
    for (const unsigned char *p = (const unsigned char *)path; *p; p++) {
        if (*p <= 0x20 || *p >= 0x7f || *p == '\\')
            return false;
    }
    return true;
}

bool req_may_follow(const Req *req, const char *path)
{
    g_autofree char *bare = g_strndup(path, strcspn(path, "?#"));
    RouteMatch match = { 0 };

    if (!req->user || !router_match(req->state->web->router, req->arena, "GET", bare, &match))
        return true;
    return !match.route || req_may(req, match.route->perm);
}

const char *req_back(Req *req, const char *path, const char *fallback)
{
    return is_own_path(path) ? arena_dup(req->arena, path) : fallback;
}
