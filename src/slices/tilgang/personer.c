/* personer.c - who may sign in and in which roles, as data; the pages of people stand in personside.c.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sesjon.h"
#include "person.h"
#include "tilgang-liste.sql.h"

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

        more.id = followed.v[i].id;
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
                           .id = r->id == NO_INT ? 0 : r->id,
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
