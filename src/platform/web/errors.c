/* errors.c - what one reads when a request cannot be answered: what happened, and what to do.
 *
 * Nothing from inside shows; the number on the page leads to the line in the log.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "request.h"

typedef struct {
    int status;
    const char *title, *what, *todo;
} Wording;

static const Wording wordings[] = {
    { 400, N_("We did not understand the request"),
      N_("The address or the form was not complete when it reached us."),
      N_("Go back, load the page again and try once more.") },
    { 401, N_("You are no longer signed in"),
      N_("For safety you are signed out after some time without activity."),
      N_("Sign in again and continue where you were.") },
    { 403, N_("You do not have access to this"),
      N_("The role you have active does not give access to this page."),
      N_("Change role if you have several, or ask your administrator for access.") },
    { 404, N_("We cannot find the page"),
      N_("The page may have been moved, or the address may be misspelt."),
      N_("Check the address, or start from the front page.") },
    { 405, N_("This address cannot be used that way"),
      N_("The page exists, but does not take this kind of request."),
      N_("Open the page from the menu instead.") },
    { 408, N_("It took too long to receive the request"),
      N_("The connection was too slow or was interrupted."), N_("Try again in a moment.") },
    { 409, N_("Someone else got there first"),
      N_("What you tried to store conflicts with something already stored."),
      N_("Go back, load the page again and see what has changed.") },
    { 413, N_("What you sent is too large"),
      N_("The file or the text is larger than the system accepts."),
      N_("Send a smaller file, or divide it into several.") },
    { 422, N_("Something must be corrected"), N_("Some of what was filled in could not be used."),
      N_("Go back and correct what is marked.") },
    { 429, N_("Too many requests at once"),
      N_("We have received unusually many requests from where you are."),
      N_("Wait a minute and try again.") },
    { 431, N_("The request is too large"),
      N_("The address or the browser's cookies are longer than the system accepts."),
      N_("Shorten the address, or delete the cookies for this site and sign in again.") },
    { 503, N_("The system is busy"),
      N_("There are more requests right now than we can answer. Nothing you wrote has been "
         "stored."),
      N_("Wait some seconds and try again.") },
    { 500, N_("Something went wrong with us"),
      N_("The error is ours, and it has been logged. Nothing was stored halfway."),
      N_("Try again. If it happens again, give the number below to your administrator.") },
};

static const Wording *wording(int status)
{
    size_t i = 0;

    while (i + 1 < G_N_ELEMENTS(wordings) && wordings[i].status != status)
        i++;
    return &wordings[i];
}

typedef struct {
    int status;
    const char *title, *what, *todo, *id;
    Url home, sign_in;
    bool offer_sign_in;
} Trouble;

typedef struct {
    const char *name, *value, *id;
    bool tall;
} KeptField;

typedef struct {
    KeptField *v;
    size_t n;
} KeptFields;

typedef struct {
    const char *title, *csrf, *encoding, *reference;
    Url action, sign_in;
    bool offer_sign_in, lost_files;
    bool short_aside; /* whose text was lost looks for that; who is asked to confirm sees all */
    KeptFields fields;
} Retry;

#include "error.html.h"
#include "retry.html.h"

/* A page that says no is made even when nothing better can be found out. */
static void offer_way_on(Req *req, Html *page)
{
    const Web *web = req->state->web;
    const Incoming *in = req->state->in;
    const Route *route = req->state->match.route;
    const char *to = "";
    g_autoptr(GError) ignored = NULL;

    if (!web->hooks.forbidden || !req->user || !req->db || !route || req_may(req, route->perm))
        return;
    if (!strcmp(req->method, "GET"))
        to = *in->query ? arena_printf(req->arena, "%s?%s", in->path, in->query) : in->path;
    web->hooks.forbidden(web->hooks.data, req, route->perm, to, page, &ignored);
}

void error_page(Req *req, int status)
{
    const Wording *w = wording(status);
    Trouble t = { .status = status, .title = _(w->title), .what = _(w->what), .todo = _(w->todo) };

    reply_discard(req);
    Html *page = req_page(req, status, _(w->title));

    t.id = req->state->in->id;
    t.home = req->state->layout.home;
    t.sign_in = req->state->layout.sign_in;
    t.offer_sign_in = !req->user && (status == 401 || status == 403 || status == 404);
    web_error(page, &t);
    if (status == 403)
        offer_way_on(req, page);
}

/* Passwords are never sent back. */
static bool may_be_kept(const char *name)
{
    return strcmp(name, "csrf") && !strstr(name, "pass");
}

static void keep_fields(Req *req, Retry *retry)
{
    const Body *body = &req->state->body;

    retry->fields.v = arena_alloc(req->arena, (body->n_fields + 1) * sizeof(KeptField));
    for (size_t i = 0; i < body->n_fields; i++) {
        const Pair *p = &body->fields[i];

        if (!may_be_kept(p->name))
            continue;
        KeptField *f = &retry->fields.v[retry->fields.n++];

        *f = (KeptField){ .name = p->name, .value = p->value };
        f->id = arena_printf(req->arena, "felt-%zu", i);
        f->tall = strlen(p->value) > 60 || strchr(p->value, '\n');
        retry->short_aside |= f->tall && retry->offer_sign_in;
    }
    retry->lost_files = body->n_uploads > 0;
}

void retry_page(Req *req, int status)
{
    const Incoming *in = req->state->in;
    const char *path =
        *in->query ? arena_printf(req->arena, "%s?%s", in->path, in->query) : in->path;
    Retry retry = { .csrf = req->csrf, .reference = in->id, .offer_sign_in = !req->user };

    retry.title = req->user ? _("Please confirm what you sent") : _("You are no longer signed in");
    reply_discard(req);
    Html *page = req_page(req, status, retry.title);

    retry.action = (Url){ req_back(req, path, "/") };
    retry.sign_in = (Url){ "/logg-inn" };
    retry.encoding = body_kind(req_header_in(req, "Content-Type")) == BODY_MULTIPART
                         ? "multipart/form-data"
                         : "application/x-www-form-urlencoded";
    keep_fields(req, &retry);
    web_retry(page, &retry);
}
