/* utvalg.c - from the address to a unit, its neighbours, and the audience a page is made for.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "utvalg.h"
#include "eier.h"

Sight indikator_sight(const Req *req, const UnitRef *units, size_t n)
{
    bool own = false, within = true;

    for (size_t i = 0; i < n; i++) {
        if (!units[i].enhet)
            continue;
        own = true;
        within = within && req_may_unit(req, PERM_INDICATOR_INTERN, units[i].enhet);
    }
    if (!own || !req->user)
        return (Sight){ 0, AUDIENCE_PUBLIC };
    if (within)
        return (Sight){ req->user->owner, AUDIENCE_INTERNAL };
    return (Sight){ req_may(req, PERM_INDICATOR_READ) ? req->user->owner : 0, AUDIENCE_PUBLIC };
}

bool indikator_read_one(Req *req, const OneAsk *ask, Sight *ret_sight, Matrix *ret, GError **error)
{
    const char **codes = arena_alloc(req->arena, 2 * sizeof(char *));

    codes[0] = ask->code;
    *ret_sight = indikator_sight(req, ask->units->v, ask->units->n);
    if (ask->as_public)
        ret_sight->audience = AUDIENCE_PUBLIC;
    const MatrixSpec spec = { .owner = ret_sight->owner,
                              .audience = ret_sight->audience,
                              .lang = req->lang,
                              .today = req->today,
                              .units = ask->units->v,
                              .n_units = ask->units->n,
                              .indicators = codes,
                              .from = ask->only,
                              .to = ask->only,
                              .scale = ask->scale };

    return indikator_matrix(req->db, req->arena, &spec, ret, error);
}

const char *indikator_unit_key(Arena *arena, const UnitRef *unit)
{
    char id[ID_TEXT];

    return *unit->code ? unit->code : arena_dup(arena, id_text(unit->enhet, id));
}

Url indikator_about_url(Req *req, const char *format, const char *code, const UnitRef *unit)
{
    return url_with(req->arena, url_for(req->arena, format, code), "enhet",
                    indikator_unit_key(req->arena, unit));
}

/* --- the unit asked for --- */

static int64_t own_owner(const Req *req)
{
    return req->user ? req->user->owner : 0;
}

/* A unit of the public statistics; before any are imported, the nation is known all the same. */
static bool public_unit(Req *req, const char *code, UnitRef *ret, GError **error)
{
    g_autoptr(GError) why = NULL;

    if (indikator_public_unit(req->db, req->arena, code, ret, &why))
        return true;
    if (strcmp(code, "0") || !g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND))
        return app_pass(error, &why);
    *ret = (UnitRef){ 0, 1, "0", _("The nation") };
    return true;
}

static bool unit_by_id(Req *req, int64_t id, UnitRef *ret, GError **error)
{
    int64_t owner;

    if (!enhet_owner_of(req->db, id, &owner, error))
        return false;
    if (!owner)
        return req_not_found(req, error);
    if (!indikator_unit(req->db, req->arena, owner, id, req->today, ret, error))
        return false;
    return owner == own_owner(req) || public_unit(req, ret->code, ret, error);
}

static bool unit_by_code(Req *req, const char *code, UnitRef *ret, GError **error)
{
    int64_t owner = own_owner(req), id = 0;

    if (owner && !enhet_find(req->db, owner, code, &id, error))
        return false;
    if (id)
        return indikator_unit(req->db, req->arena, owner, id, req->today, ret, error);
    return public_unit(req, code, ret, error);
}

/* The asker's own unit; for a visitor the municipality of the host name, or of the only owner. */
static bool default_unit(Req *req, UnitRef *ret, GError **error)
{
    g_autoptr(GError) why = NULL;
    EierList owners;
    Enhet root;

    if (req->user && req->user->unit)
        return indikator_unit(req->db, req->arena, req->user->owner, req->user->unit, req->today,
                              ret, error);
    if (own_owner(req))
        return enhet_root(req->db, req->arena, own_owner(req), req->today, &root, error) &&
               indikator_unit(req->db, req->arena, own_owner(req), root.id, req->today, ret, error);
    if (!eier_list(req->db, req->arena, &owners, error))
        return false;
    for (size_t i = 0; i < owners.n; i++)
        if (req->owner ? owners.v[i].id == req->owner : owners.n == 1) {
            if (indikator_public_unit(req->db, req->arena, owners.v[i].number, ret, &why))
                return true;
            if (!g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND))
                return app_pass(error, &why);
        }
    return public_unit(req, "0", ret, error);
}

bool indikator_chosen_unit(Req *req, UnitRef *ret, GError **error)
{
    const char *asked = req_query(req, "enhet");
    int64_t id;

    if (!asked || !*asked)
        return default_unit(req, ret, error);
    id = id_parse(asked);
    return id ? unit_by_id(req, id, ret, error) : unit_by_code(req, asked, ret, error);
}

/* --- its neighbours --- */

static bool own_siblings(Req *req, UnitRefList *ret, GError **error)
{
    UnitRefList below;
    Enhet root;

    if (!enhet_root(req->db, req->arena, own_owner(req), req->today, &root, error) ||
        !indikator_units(req->db, req->arena, own_owner(req), NULL, req->today, &below, error))
        return false;
    *ret = (UnitRefList){ arena_alloc(req->arena, (below.n + 1) * sizeof(UnitRef)), below.n + 1 };
    memcpy(ret->v + 1, below.v, below.n * sizeof(UnitRef));
    return indikator_unit(req->db, req->arena, own_owner(req), root.id, req->today, ret->v, error);
}

static bool public_siblings(Req *req, const UnitRef *municipality, UnitRefList *ret, GError **error)
{
    UnitRefList schools;

    if (!indikator_public_schools(req->db, req->arena, municipality->code, &schools, error))
        return false;
    *ret =
        (UnitRefList){ arena_alloc(req->arena, (schools.n + 1) * sizeof(UnitRef)), schools.n + 1 };
    ret->v[0] = *municipality;
    memcpy(ret->v + 1, schools.v, schools.n * sizeof(UnitRef));
    return true;
}

bool indikator_siblings(Req *req, const UnitRef *unit, UnitRefList *ret, GError **error)
{
    UnitRefList peers;

    if (unit->enhet)
        return own_siblings(req, ret, error);
    *ret = (UnitRefList){ arena_alloc(req->arena, sizeof(UnitRef)), 0 };
    if (!indikator_peers(req->db, req->arena, unit, &peers, error))
        return false;
    for (size_t i = 0; i < peers.n; i++)
        if (peers.v[i].level == 3)
            return public_siblings(req, &peers.v[i], ret, error);
    return true;
}

/* --- the chooser --- */

static void offer(Req *req, UnitOptions *options, const UnitRef *unit, const char *chosen)
{
    const char *key = indikator_unit_key(req->arena, unit);

    for (size_t i = 0; i < options->n; i++)
        if (!strcmp(options->v[i].key, key))
            return;
    options->v[options->n++] = (UnitOption){ key, unit->name, !strcmp(key, chosen) };
}

static bool offer_owners(Req *req, UnitOptions *options, const EierList *owners, const char *chosen,
                         GError **error)
{
    for (size_t i = 0; i < owners->n; i++) {
        g_autoptr(GError) why = NULL;
        UnitRef unit;

        if (indikator_public_unit(req->db, req->arena, owners->v[i].number, &unit, &why))
            offer(req, options, &unit, chosen);
        else if (!g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND))
            return app_pass(error, &why);
    }
    return true;
}

bool indikator_unit_options(Req *req, const UnitRef *chosen, UnitOptions *ret, GError **error)
{
    const char *key = indikator_unit_key(req->arena, chosen);
    UnitRefList near, peers;
    EierList owners = { 0 };

    if (!indikator_siblings(req, chosen, &near, error) ||
        !indikator_peers(req->db, req->arena, near.n ? &near.v[0] : chosen, &peers, error) ||
        !eier_list(req->db, req->arena, &owners, error))
        return false;
    *ret = (UnitOptions){
        arena_alloc(req->arena, (near.n + peers.n + owners.n + 1) * sizeof(UnitOption)), 0
    };
    for (size_t i = 0; i < near.n; i++)
        offer(req, ret, &near.v[i], key);
    offer(req, ret, chosen, key);
    for (size_t i = 0; i < peers.n; i++)
        offer(req, ret, &peers.v[i], key);
    return offer_owners(req, ret, &owners, key, error);
}
