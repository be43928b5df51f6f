/* personer.c - who holds which position and which role: read as data, and shown as one page.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider.h"
#include "enhet.h"
#include "person.h"
#include "tilgang-liste.sql.h"
#include "personer.html.h"

/* The line of a granted role, and after a person's last one those of the roles that follow a position.
 * A login without any keeps its one line. */
static bool add_lines(Db *db, Arena *arena, int64_t owner, const char *today, const LoginLine *line,
                      bool last, GArray *lines, GError **error)
{
    const Signer who = { owner, line->person };
    RoleTupleList followed = { 0 };

    if (last && !tilgang_followed(db, arena, &who, today, &followed, error))
        return false;
    if (*line->role || !followed.n)
        g_array_append_vals(lines, line, 1);
    for (size_t i = 0; i < followed.n; i++) {
        LoginLine more = *line;

        more.role = followed.v[i].role;
        more.role_name = tilgang_role_name(more.role);
        more.unit = followed.v[i].unit;
        more.since = "";
        more.kind = followed.v[i].kind;
        more.position = followed.v[i].position;
        g_array_append_val(lines, more);
    }
    return true;
}

bool tilgang_list(Db *db, Arena *arena, int64_t owner, const char *today, LoginList *ret,
                  GError **error)
{
    g_auto(TilgangUsersRows) rows = { 0 };
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LoginLine));

    if (!tilgang_users(db, owner, today, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const TilgangUsersRow *r = &rows.v[i];
        const char *role = r->role ? arena_dup(arena, r->role) : "";
        LoginLine line = { .person = r->person,
                           .email = arena_dup(arena, r->email),
                           .disabled = r->disabled != 0,
                           .role = role,
                           .role_name = tilgang_role_name(role),
                           .unit = r->unit == NO_INT ? 0 : r->unit,
                           .since = r->since ? arena_dup(arena, r->since) : "",
                           .position = "" };

        if (!person_name(db, arena, owner, r->person, &line.name, error))
            return false;
        bool last = i + 1 == rows.n || rows.v[i + 1].person != r->person;

        if (!add_lines(db, arena, owner, today, &line, last, lines, error))
            return false;
    }
    *ret = (LoginList){ arena_alloc(arena, MAX(lines->len, 1) * sizeof(LoginLine)), lines->len };
    if (lines->len)
        memcpy(ret->v, lines->data, lines->len * sizeof(LoginLine));
    return true;
}

static const char *unit_name(const EnhetList *units, int64_t id)
{
    for (size_t i = 0; i < units->n; i++)
        if (units->v[i].id == id)
            return units->v[i].name;
    return "";
}

static const char *day(Req *req, const char *iso)
{
    char text[DATE_TEXT];

    return iso && *iso && strcmp(iso, "0001-01-01") ? arena_dup(req->arena, date_short(iso, text))
                                                    : "";
}

static void fill_positions(Req *req, const EnhetList *units, const PositionList *all,
                           PositionLines *ret)
{
    *ret = (PositionLines){ arena_alloc(req->arena, MAX(all->n, 1) * sizeof(PositionLine)), 0 };
    for (size_t i = 0; i < all->n; i++) {
        const Position *p = &all->v[i];

        if (!req_may_unit(req, PERM_UNIT_READ, p->unit))
            continue;
        ret->v[ret->n++] =
            (PositionLine){ p->title, unit_name(units, p->unit), p->holder ? p->holder : "",
                            day(req, p->since), p->replaces };
    }
}

static void fill_roles(Req *req, const EnhetList *units, const LoginList *all, RoleLines *ret)
{
    *ret = (RoleLines){ arena_alloc(req->arena, MAX(all->n, 1) * sizeof(RoleLine)), 0 };
    for (size_t i = 0; i < all->n; i++) {
        const LoginLine *l = &all->v[i];

        if (!l->disabled && *l->role && req_may_unit(req, PERM_UNIT_READ, l->unit))
            ret->v[ret->n++] =
                (RoleLine){ l->name, l->role_name,
                            l->unit ? unit_name(units, l->unit) : _("the whole municipality"),
                            day(req, l->since) };
    }
}

bool tilgang_show_people(Req *req, GError **error)
{
    int64_t owner = req->user->owner;
    PositionList positions;
    PositionLines lines;
    LoginList logins;
    EnhetList units;
    RoleLines roles;

    if (!enhet_list(req->db, req->arena, owner, req->today, &units, error) ||
        !person_position_list(req->db, req->arena, owner, req->today, &positions, error) ||
        !tilgang_list(req->db, req->arena, owner, req->today, &logins, error))
        return false;
    fill_positions(req, &units, &positions, &lines);
    fill_roles(req, &units, &logins, &roles);
    tilgang_personer(req_page(req, 200, _("People")), &lines, &roles);
    return true;
}
