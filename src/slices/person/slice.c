/* slice.c - what the slice of people and positions shows the rest of the program: routes and menu.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "stilling-sider.h"

static const Route routes[] = {
    { "GET", "/stillinger", PERM_UNIT_READ, person_show_day },
    { "GET", "/stillinger/ny", PERM_UNIT_WRITE, person_show_add },
    { "POST", "/stillinger/ny", PERM_UNIT_WRITE, person_do_add },
    { "GET", "/stillinger/{id}", PERM_UNIT_READ, person_show_position },
    { "GET", "/stillinger/{id}/innehaver", PERM_UNIT_WRITE, person_show_hold },
    { "POST", "/stillinger/{id}/innehaver", PERM_UNIT_WRITE, person_do_hold },
    { "GET", "/stillinger/{id}/ledig", PERM_UNIT_WRITE, person_show_vacate },
    { "POST", "/stillinger/{id}/ledig", PERM_UNIT_WRITE, person_do_vacate },
    { "GET", "/stillinger/{id}/tittel", PERM_UNIT_WRITE, person_show_title },
    { "POST", "/stillinger/{id}/tittel", PERM_UNIT_WRITE, person_do_title },
    { "GET", "/stillinger/{id}/slutt", PERM_UNIT_WRITE, person_show_end },
    { "POST", "/stillinger/{id}/slutt", PERM_UNIT_WRITE, person_do_end },
    { "GET", "/stillinger/{id}/beskrivelse", PERM_UNIT_READ, person_show_duties },
    { "GET", "/stillinger/{id}/beskrivelse/utkast", PERM_DUTIES_WRITE, person_show_duties_form },
    { "POST", "/stillinger/{id}/beskrivelse/utkast", PERM_DUTIES_WRITE, person_do_duties_form },
    { "POST", "/stillinger/{id}/beskrivelse/forkast", PERM_DUTIES_WRITE, person_do_duties_discard },
    { "GET", "/stillinger/{id}/beskrivelse/godkjenn", PERM_DUTIES_APPROVE,
      person_show_duties_approve },
    { "POST", "/stillinger/{id}/beskrivelse/godkjenn", PERM_DUTIES_APPROVE,
      person_do_duties_approve },
    { "GET", "/stillinger/{id}/beskrivelse/{n}", PERM_UNIT_READ, person_show_duties_version },
    { "GET", "/stillinger/{id}/beskrivelse/{n}/forskjell", PERM_UNIT_READ,
      person_show_duties_diff },
    { 0 }
};

static const MenuItem settings[] = { { N_("Positions"), "/stillinger", PERM_UNIT_WRITE, 120 },
                                     { 0 } };

static void put(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, text ? json_string(text) : json_null());
}

/* Name, and the positions held. */
static bool own_data(Db *db, Arena *arena, int64_t owner, int64_t person, json_t *into,
                     GError **error)
{
    HoldingList held;
    const char *name;
    json_t *positions = json_array();

    json_object_set_new(into, "positions", positions);
    if (!person_name(db, arena, owner, person, &name, error) ||
        !person_holdings(db, arena, owner, person, NULL, &held, error))
        return false;
    put(into, "name", name);
    for (size_t i = 0; i < held.n; i++) {
        json_t *one = json_object();

        put(one, "title", held.v[i].title);
        put(one, "from", held.v[i].from);
        put(one, "to", held.v[i].to);
        json_array_append_new(positions, one);
    }
    return true;
}

const Slice person_slice = {
    .name = "person",
    .routes = routes,
    .settings = settings,
    .person_data = own_data,
    .search = person_search,
};
