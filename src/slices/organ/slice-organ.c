/* slice-organ.c - what the slice of bodies shows the rest of the program: routes, menu, panels.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "organ-sider.h"
#include "person.h"

/* The address of before: links of old reports and notes still lead somewhere. */
static bool moved_list(Req *req, GError **error)
{
    (void)error;
    return req_redirect(req, "/organer");
}

static bool moved(Req *req, GError **error)
{
    Organ o;

    return organ_get(req->db, req->arena, req->user->owner, req_id(req, "id"), &o, error) &&
           req_redirect(req, url_for(req->arena, "/organer/%I", o.id).text);
}

static const Route routes[] = {
    { "GET", "/organ", PERM_BODY_READ, moved_list },
    { "GET", "/organ/{id}", PERM_BODY_READ, moved },
    { "GET", "/organer", PERM_BODY_READ, organ_show_list },
    { "GET", "/organer/ny", PERM_BODY_WRITE, organ_show_add },
    { "POST", "/organer/ny", PERM_BODY_WRITE, organ_do_add },
    { "GET", "/organer/{id}", PERM_BODY_READ, organ_show },
    { "GET", "/organer/{id}/endre", PERM_BODY_WRITE, organ_show_edit },
    { "POST", "/organer/{id}/endre", PERM_BODY_WRITE, organ_do_edit },
    { "GET", "/organer/{id}/medlem", PERM_BODY_WRITE, organ_show_seat },
    { "POST", "/organer/{id}/medlem", PERM_BODY_WRITE, organ_do_seat },
    { "GET", "/organer/{id}/plass", PERM_BODY_WRITE, organ_show_seat_end },
    { "POST", "/organer/{id}/plass", PERM_BODY_WRITE, organ_do_seat_end },
    { "GET", "/organer/{id}/slutt", PERM_BODY_WRITE, organ_show_end },
    { "POST", "/organer/{id}/slutt", PERM_BODY_WRITE, organ_do_end },
    { 0 }
};

static const MenuItem menu[] = { { N_("Bodies"), "/organer", PERM_BODY_READ, 400 }, { 0 } };

static void put_seats(const OrganMemberList *members, const Organ *o, int64_t position,
                      json_t *seats)
{
    for (size_t i = 0; i < members->n; i++) {
        const OrganMember *m = &members->v[i];

        if (m->position == position)
            json_array_append_new(seats, json_pack("{s:s, s:s, s:s, s:s, s:s?}", "body", o->name,
                                                   "duty", m->duty, "represents", m->represents,
                                                   "from", m->from, "to", m->to));
    }
}

/* The seats that the positions of a person gave, as of the last day each position was held. */
static bool person_data(Db *db, Arena *arena, int64_t owner, int64_t person, json_t *into,
                        GError **error)
{
    json_t *seats = json_array();
    HoldingList held;
    OrganList all;

    json_object_set_new(into, "seats", seats);
    if (!person_holdings(db, arena, owner, person, NULL, &held, error) ||
        !organ_list(db, arena, owner, &all, error))
        return false;
    for (size_t h = 0; h < held.n; h++)
        for (size_t i = 0; i < all.n; i++) {
            const char *day = held.v[h].to ? held.v[h].to : "2199-12-31";
            OrganMemberList members;

            if (!organ_member_list(db, arena, owner, all.v[i].id, day, &members, error))
                return false;
            put_seats(&members, &all.v[i], held.v[h].position, seats);
        }
    return true;
}

const Slice organ_slice = { .name = "organ",
                            .routes = routes,
                            .menu = menu,
                            .person_data = person_data,
                            .search = organ_search,
                            .person_panel = organ_person_panel,
                            .position_panel = organ_position_panel,
                            .day_panel = organ_day_panel };
