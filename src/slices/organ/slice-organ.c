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

static const char *later(const char *a, const char *b)
{
    return strcmp(a, b) > 0 ? a : b;
}

/* NULL is no end. */
static const char *earlier(const char *a, const char *b)
{
    if (!a || !b)
        return a ? a : b;
    return strcmp(a, b) < 0 ? a : b;
}

/* The part of a seat's time in which the position was this person's. */
static void put_seat(const OrganSeatTime *seat, const Holding *held, json_t *seats)
{
    const char *from = later(seat->from, held->from), *to = earlier(seat->to, held->to);

    if (!to || strcmp(from, to) <= 0)
        json_array_append_new(seats, json_pack("{s:s, s:s, s:s, s:s, s:s?}", "body", seat->body,
                                               "duty", seat->duty, "represents", seat->represents,
                                               "from", from, "to", to));
}

/* The seats that the positions of a person gave, now and before. */
static bool person_data(Db *db, Arena *arena, int64_t owner, int64_t person, json_t *into,
                        GError **error)
{
    json_t *seats = json_array();
    HoldingList held;

    json_object_set_new(into, "seats", seats);
    if (!person_holdings(db, arena, owner, person, NULL, &held, error))
        return false;
    for (size_t h = 0; h < held.n; h++) {
        OrganSeatTimes all;

        if (!organ_seats_ever(db, arena, owner, held.v[h].position, &all, error))
            return false;
        for (size_t i = 0; i < all.n; i++)
            put_seat(&all.v[i], &held.v[h], seats);
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
