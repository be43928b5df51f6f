/* stedfortreder.c - deputies: named for a position, from day to day, by its holder or an administrator.
 *
 * A deputy has the position's roles beside the holder, and no longer than the days say. Nobody names
 * themselves (docs/decisions/0008).
 * SPDX-License-Identifier: EUPL-1.2 */
#include "rolle-sider.h"
#include "formpage.h"
#include "stedfortreder.sql.h"
#include "stedfortreder.html.h"

bool tilgang_deputies_for(Db *db, Arena *arena, int64_t owner, int64_t position, DeputyList *ret,
                          GError **error)
{
    g_auto(TilgangDeputiesOfPositionRows) rows = { 0 };

    if (!tilgang_deputies_of_position(db, owner, position, &rows, error))
        return false;
    *ret = (DeputyList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Deputy)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (Deputy){ rows.v[i].id,
                              rows.v[i].stilling,
                              rows.v[i].person,
                              arena_dup(arena, rows.v[i].valid_from),
                              arena_dup(arena, rows.v[i].valid_to),
                              rows.v[i].named_by };
    return true;
}

bool tilgang_deputyships(Db *db, Arena *arena, int64_t owner, int64_t person, DeputyList *ret,
                         GError **error)
{
    g_auto(TilgangDeputiesOfPersonRows) rows = { 0 };

    if (!tilgang_deputies_of_person(db, owner, person, &rows, error))
        return false;
    *ret = (DeputyList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Deputy)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (Deputy){ rows.v[i].id,
                              rows.v[i].stilling,
                              rows.v[i].person,
                              arena_dup(arena, rows.v[i].valid_from),
                              arena_dup(arena, rows.v[i].valid_to),
                              rows.v[i].named_by };
    return true;
}

bool tilgang_end_deputy(Db *db, int64_t owner, int64_t position, int64_t id, const char *last,
                        GError **error)
{
    g_auto(TilgangDeputyEndRows) rows = { 0 };

    if (!tilgang_deputy_end(db, owner, position, id, last, &rows, error))
        return false;
    return rows.n || app_fail(error, APP_ERROR_NOT_FOUND, "no such deputy to end");
}

/* --- who may name one --- */

static bool may_name(Req *req, const Position *p, bool *ret, GError **error)
{
    HoldingList held;

    *ret = req_may_unit(req, PERM_UNIT_WRITE, p->unit);
    if (*ret)
        return true;
    if (!person_holdings(req->db, req->arena, req->user->owner, req->user->id, req->today, &held,
                         error))
        return false;
    for (size_t i = 0; i < held.n; i++)
        *ret = *ret || held.v[i].position == p->id;
    return true;
}

/* The position of the address, whose deputies the asker may name; else 404. */
static bool open_position(Req *req, Position *ret, GError **error)
{
    bool may;

    if (!person_position_get(req->db, req->arena, req->user->owner, req_id(req, "id"), ret,
                             error) ||
        !may_name(req, ret, &may, error))
        return false;
    return may || req_not_found(req, error);
}

/* --- naming --- */

enum { N_PERSON, N_FROM, N_TO, N_NAME };
static const Field name_fields[N_NAME] = {
    [N_PERSON] = { "person", FIELD_CHOICE, N_("Deputy"), .required = true },
    [N_FROM] = { "fra", FIELD_DATE, N_("First day"), .required = true, .not_before = "today" },
    [N_TO] = { "til", FIELD_DATE, N_("Last day"), .required = true, .not_before = "today",
               .help = N_("At most a year after the first") },
};

static bool name_page(Req *req, int status, const Position *p, const Form *form)
{
    const FormPage page = {
        .title = _("Name a deputy"),
        .lead = _("The deputy has the roles of the position on these days, beside the one who "
                  "holds it. They end by themselves."),
        .up_title = p->title,
        .up = url_for(req->arena, "/stillinger/%I", p->id),
        .action = url_for(req->arena, "/stillinger/%I/stedfortreder", p->id),
        .button = _("Name the deputy"),
        .form = form
    };

    return req_form_page(req, status, &page);
}

bool tilgang_show_deputy(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, name_fields, N_NAME);
    const Option *people;
    Position p;

    if (!open_position(req, &p, error) || !person_options(req, req->user->id, &people, error))
        return false;
    form_options(&form, N_PERSON, people);
    form_set(&form, N_FROM, req->today);
    return name_page(req, 200, &p, &form);
}

static bool name_ok(Req *req, Form *form)
{
    char year[DATE_TEXT];

    if (id_parse(form->value[N_PERSON]) == req->user->id)
        form->problem[N_PERSON] = _("You cannot name yourself");
    if (!form_ok(form))
        return false;
    if (strcmp(form->value[N_TO], form->value[N_FROM]) < 0)
        form->problem[N_TO] = _("The last day is before the first");
    else if (strcmp(form->value[N_TO], date_add(form->value[N_FROM], 365, year)) > 0)
        form->problem[N_TO] = _("A deputy is named for a year at most");
    return form_ok(form);
}

static bool back(Req *req, const Position *p, const char *message)
{
    return req_redirect_saying(req, url_for(req->arena, "/stillinger/%I", p->id).text, message);
}

bool tilgang_do_deputy(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, name_fields, N_NAME);
    g_autoptr(GError) why = NULL;
    const Option *people;
    Position p;

    if (!open_position(req, &p, error) || !person_options(req, 0, &people, error))
        return false;
    form_options(&form, N_PERSON, people);
    if (!name_ok(req, &form))
        return name_page(req, 422, &p, &form);
    const DeputyNew deputy = { .position = p.id,
                               .person = id_parse(form.value[N_PERSON]),
                               .from = form.value[N_FROM],
                               .to = form.value[N_TO],
                               .by = req->user->id,
                               .now = req->now };

    req_note(req, "stedfortreder.ny", p.id, deputy.person,
             arena_printf(req->arena, "%s–%s", deputy.from, deputy.to));
    if (tilgang_name_deputy(req->db, req->user->owner, &deputy, &why))
        return back(req, &p, _("The deputy is named."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    form.problem[N_FROM] = _("This person is deputy on some of these days already");
    return name_page(req, 409, &p, &form);
}

bool tilgang_do_end_deputy(Req *req, GError **error)
{
    const char *posted = req_posted(req, "stedfortreder");
    int64_t id = posted ? id_parse(posted) : 0;
    g_autoptr(GError) why = NULL;
    char before[DATE_TEXT];
    Position p;

    if (!open_position(req, &p, error))
        return false;
    req_note(req, "stedfortreder.slutt", p.id, 0, NULL);
    if (tilgang_end_deputy(req->db, req->user->owner, p.id, id, date_add(req->today, -1, before),
                           &why))
        return back(req, &p, _("The deputyship has ended."));
    return g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND)
               ? back(req, &p, _("The deputyship had ended already."))
               : app_pass(error, &why);
}

/* --- on the page of the position --- */

static const char *deputy_note(const Req *req, const Deputy *d)
{
    if (strcmp(d->to, req->today) < 0)
        return _("ended");
    return strcmp(d->from, req->today) > 0 ? _("to come") : _("now");
}

static bool fill_deputies(Req *req, const Names *names, const Position *p, PositionRoles *view,
                          GError **error)
{
    DeputyList all;

    if (!tilgang_deputies_for(req->db, req->arena, req->user->owner, p->id, &all, error))
        return false;
    view->deputies =
        (DeputyLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(DeputyLine)), all.n };
    for (size_t i = 0; i < all.n; i++) {
        const Deputy *d = &all.v[i];
        char id[ID_TEXT];

        view->deputies.v[i] =
            (DeputyLine){ .who = tilgang_name_of(names, d->person),
                          .period = person_period(req, d->from, d->to),
                          .namer = tilgang_name_of(names, d->named_by),
                          .note = deputy_note(req, d),
                          .id = arena_dup(req->arena, id_text(d->id, id)),
                          .url = url_for(req->arena, "/personer/%I", d->person),
                          .may_end = view->may_name && strcmp(d->to, req->today) >= 0 };
    }
    return true;
}

static bool fill_roles(Req *req, const Names *names, const Position *p, PositionRoles *view,
                       GError **error)
{
    GrantedList all;

    if (!tilgang_granted(req->db, req->arena, req->user->owner, &all, error))
        return false;
    view->roles = (GrantLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(GrantLine)), 0 };
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].position == p->id &&
            !tilgang_grant_line(req, names, &all.v[i], &view->roles.v[view->roles.n++], error))
            return false;
    return true;
}

bool tilgang_position_panel(Req *req, int64_t id, const char *day, Html *html, GError **error)
{
    PositionRoles view = { .may_propose = req_may(req, PERM_ROLE_PROPOSE), .csrf = req->csrf };
    char text[ID_TEXT];
    Position p;
    Names names;

    (void)day;
    if (!person_position_get(req->db, req->arena, req->user->owner, id, &p, error) ||
        !may_name(req, &p, &view.may_name, error) || !tilgang_names(req, &names, error))
        return false;
    if (p.to && strcmp(p.to, req->today) < 0)
        view.may_name = view.may_propose = false;
    view.propose = url_with(req->arena, url_for(req->arena, "/roller/ny"), "stilling",
                            arena_dup(req->arena, id_text(id, text)));
    view.name = url_for(req->arena, "/stillinger/%I/stedfortreder", id);
    view.end = url_for(req->arena, "/stillinger/%I/stedfortreder/slutt", id);
    if (!fill_roles(req, &names, &p, &view, error) || !fill_deputies(req, &names, &p, &view, error))
        return false;
    tilgang_stilling(html, &view);
    return true;
}
