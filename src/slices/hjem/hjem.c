/* hjem.c - the home page: its parts filled and put in the order of the role. And the list of shortcuts.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "hjem.h"
#include "eier.h"
#include "hjem-sider.h"
#include "hjem.html.h"
#include "tastatur.html.h"

/* What only an owner has; an administrator of several owners sees none of it. */
static bool fill_owner(Req *req, HomeView *view, GError **error)
{
    return !req->user->owner ||
           (hjem_fill_tasks(req, view, error) && hjem_fill_reports(req, view, error) &&
            hjem_fill_first(req, view, error) && hjem_fill_news(req, view, error) &&
            hjem_fill_signals(req, view, error));
}

static bool show(Req *req, GError **error)
{
    char text[DATE_TEXT];
    Eier eier = { 0 };
    HomeView view = { .name = req->user->name,
                      .role = tilgang_role_name(req->user->role),
                      .today = arena_dup(req->arena, date_text(req->today, text)),
                      .weekday = arena_dup(req->arena, date_weekday(req->today)),
                      .parts = hjem_parts(req->arena, req->user->role),
                      .may_import =
                          req_may(req, PERM_DATASET_IMPORT) || req_may(req, PERM_SHARED_IMPORT) };

    if (req->user->owner && !eier_get(req->db, req->arena, req->user->owner, &eier, error))
        return false;
    view.may_invite = req_may(req, PERM_LOGIN_MANAGE);
    view.may_move_date = eier.demo && req_may(req, PERM_DATE_MOVE);
    if (!fill_owner(req, &view, error))
        return false;
    hjem_vis(req_page(req, 200, _("Home")), &view);
    return true;
}

/* The same for everybody; keys.js shows it in a dialogue too. */
static bool show_keys(Req *req, GError **error)
{
    (void)error;
    hjem_tastatur(req_page(req, 200, _("Keyboard shortcuts")));
    return true;
}

static const Route routes[] = { { "GET", "/hjem", PERM_USER, show },
                                { "GET", "/tastatur", PERM_PUBLIC, show_keys },
                                { 0 } };

static const MenuItem menu[] = { { N_("Home"), "/hjem", PERM_USER, 10 }, { 0 } };

const Slice hjem_slice = { "hjem", routes, menu, .person_data = hjem_person_data };
