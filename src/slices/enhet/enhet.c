/* enhet.c - units over time, read and added; the pages stand in enhet-sider.c.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "enhet.h"
#include "enhet.sql.h"

#define UNKNOWN_DATE "0001-01-01"

static const struct {
    const char *kind, *name;
} kinds[] = {
    { "kommune", N_("municipality") },
    { "skole", N_("school") },
    { "barnehage", N_("kindergarten") },
    { "sfo", N_("after-school care") },
    { "ppt", N_("educational psychology service") },
    { "helsestasjon", N_("health clinic") },
    { "barnevern", N_("child welfare service") },
};

static const char *kind_name(const char *kind)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (!strcmp(kinds[i].kind, kind))
            return _(kinds[i].name);
    return NULL;
}

const Option *enhet_kind_options(Arena *arena)
{
    Option *options = arena_alloc(arena, G_N_ELEMENTS(kinds) * sizeof(Option));

    for (size_t i = 1; i < G_N_ELEMENTS(kinds); i++)
        options[i - 1] = (Option){ kinds[i].kind, i18n_text(kinds[i].name) };
    options[G_N_ELEMENTS(kinds) - 1] = (Option){ 0 };
    return options;
}

static Enhet copy_of(Arena *arena, const EnhetSelectRow *r)
{
    return (Enhet){
        .id = r->id,
        .kind = arena_dup(arena, r->kind),
        .kind_name = kind_name(r->kind),
        .parent = r->parent == NO_INT ? 0 : r->parent,
        .name = arena_dup(arena, r->name),
        .code = arena_dup(arena, r->code ? r->code : ""),
        .origin = arena_dup(arena, r->origin),
        .closed = arena_dup(arena, r->closed),
    };
}

bool enhet_list(Db *db, Arena *arena, int64_t owner, const char *today, EnhetList *ret,
                GError **error)
{
    g_auto(EnhetSelectRows) rows = { 0 };

    if (!enhet_select(db, owner, today, &rows, error))
        return false;
    ret->v = arena_alloc(arena, MAX(rows.n, 1) * sizeof(Enhet));
    ret->n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = copy_of(arena, &rows.v[i]);
    return true;
}

bool enhet_get(Db *db, Arena *arena, int64_t owner, int64_t id, const char *today, Enhet *ret,
               GError **error)
{
    g_auto(EnhetSelectRows) rows = { 0 };

    if (!enhet_select(db, owner, today, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.v[i].id != id)
            continue;
        *ret = copy_of(arena, &rows.v[i]);
        return true;
    }
    return app_fail(error, APP_ERROR_NOT_FOUND, "no such unit");
}

bool enhet_root(Db *db, Arena *arena, int64_t owner, const char *today, Enhet *ret, GError **error)
{
    g_auto(EnhetSelectRows) rows = { 0 };

    if (!enhet_select(db, owner, today, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        if (strcmp(rows.v[i].kind, "kommune"))
            continue;
        *ret = copy_of(arena, &rows.v[i]);
        return true;
    }
    return app_fail(error, APP_ERROR_NOT_FOUND, "the owner has no municipality unit");
}

bool enhet_identity_list(Db *db, Arena *arena, int64_t owner, int64_t id, EnhetIdentityList *ret,
                         GError **error)
{
    g_auto(EnhetIdentitiesRows) rows = { 0 };

    if (!enhet_identities(db, owner, id, &rows, error))
        return false;
    ret->v = arena_alloc(arena, MAX(rows.n, 1) * sizeof(EnhetIdentity));
    ret->n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] =
            (EnhetIdentity){ arena_dup(arena, rows.v[i].kind), arena_dup(arena, rows.v[i].value),
                             arena_dup(arena, rows.v[i].valid_from),
                             arena_dup(arena, rows.v[i].valid_to) };
    return true;
}

bool enhet_find(Db *db, int64_t owner, const char *code, int64_t *ret_id, GError **error)
{
    g_auto(EnhetByIdentityRows) rows = { 0 };

    if (!enhet_by_identity(db, owner, code, &rows, error))
        return false;
    *ret_id = rows.n ? rows.v[0].enhet : 0;
    return true;
}

bool enhet_owner_of(Db *db, int64_t id, int64_t *ret_owner, GError **error)
{
    g_auto(EnhetSelectOwnerRows) rows = { 0 };

    if (!enhet_select_owner(db, id, &rows, error))
        return false;
    *ret_owner = rows.n ? rows.v[0].owner : 0;
    return true;
}

bool enhet_orgnr_valid(const char *orgnr)
{
    static const int weight[] = { 3, 2, 7, 6, 5, 4, 3, 2 };
    int sum = 0;

    if (!orgnr || strlen(orgnr) != 9 || strspn(orgnr, "0123456789") != 9)
        return false;
    for (int i = 0; i < 8; i++)
        sum += weight[i] * (orgnr[i] - '0');
    int check = (11 - sum % 11) % 11;
    return check == orgnr[8] - '0'; /* 10 never equals a digit */
}

bool enhet_code_valid(const char *kind, const char *code)
{
    if (strcmp(kind, "kommune"))
        return enhet_orgnr_valid(code);
    return strlen(code) == 4 && strspn(code, "0123456789") == 4;
}

typedef struct {
    int64_t owner, id;
    const EnhetNew *unit;
} Adding;

static bool add_work(Db *db, void *arg, GError **error)
{
    const Adding *a = arg;
    const EnhetNew *u = a->unit;
    const char *from = u->from ? u->from : UNKNOWN_DATE;
    const char *kind = strcmp(u->kind, "kommune") ? "orgnr" : "kommunenr";

    if (!enhet_insert(db, a->owner, a->id, u->kind, u->parent ? u->parent : NO_INT, u->origin,
                      error))
        return false;
    if (!enhet_name_insert(db, a->owner, a->id, from, u->name, error))
        return false;
    return !u->code || enhet_identity_insert(db, a->owner, a->id, kind, u->code, from, NULL, error);
}

bool enhet_add(Db *db, int64_t owner, const EnhetNew *unit, int64_t *ret_id, GError **error)
{
    Adding a = { .owner = owner, .id = id_new(), .unit = unit };

    if (!kind_name(unit->kind))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a kind of unit", unit->kind);
    if (unit->code && !enhet_code_valid(unit->kind, unit->code))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a valid number for a unit",
                        unit->code);
    if (!db_transaction(db, add_work, &a, error))
        return false;
    *ret_id = a.id;
    return true;
}

bool enhet_rename(Db *db, int64_t owner, int64_t id, const char *from, const char *name,
                  GError **error)
{
    return enhet_name_insert(db, owner, id, from ? from : UNKNOWN_DATE, name, error);
}

bool enhet_add_fact(Db *db, int64_t owner, int64_t id, const EnhetFact *fact, GError **error)
{
    const EnhetFactInsertArgs args = {
        .owner = owner,
        .id = fact->key ? fact->key : id_new(),
        .enhet = id,
        .label = fact->label,
        .value = fact->value,
        .at = fact->at,
        .source = fact->source,
        .origin = fact->origin,
    };

    if (!fuzzy_valid(fact->at))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a date", fact->at);
    return enhet_fact_insert(db, &args, error);
}

bool enhet_take_back_fact(Db *db, int64_t owner, int64_t id, int64_t key, bool *ret_gone,
                          GError **error)
{
    g_auto(EnhetFactTakeBackRows) rows = { 0 };

    if (!enhet_fact_take_back(db, owner, id, key, &rows, error))
        return false;
    *ret_gone = rows.n > 0;
    return true;
}

bool enhet_add_successor(Db *db, int64_t owner, int64_t id, const EnhetSuccessor *s, GError **error)
{
    const EnhetSuccessorInsertArgs args = {
        .owner = owner,
        .id = id_new(),
        .enhet = id,
        .relation = s->relation,
        .other_kind = strlen(s->other) == 4 ? "kommunenr" : "orgnr",
        .other = s->other,
        .other_name = s->other_name,
        .happened = s->happened,
        .source = s->source,
    };

    return enhet_successor_insert(db, &args, error);
}

/* "X became Y" and "Y replaces X" say the same; here it is told as the former. */
static EnhetLink link_of(Arena *arena, const EnhetLinksAllRow *row)
{
    int64_t other = row->other_unit == NO_INT ? 0 : row->other_unit;
    bool replaces = !strcmp(row->relation, "erstatter");

    return (EnhetLink){ .from = replaces ? other : row->enhet,
                        .into = replaces ? row->enhet : other,
                        .from_code = replaces ? arena_dup(arena, row->other) : "",
                        .from_name = replaces ? arena_dup(arena, row->other_name) : "",
                        .happened = arena_dup(arena, row->happened),
                        .merged = !strcmp(row->relation, "slatt_sammen_til"),
                        .parted = !strcmp(row->relation, "delt_i") };
}

bool enhet_links(Db *db, Arena *arena, int64_t owner, EnhetLinkList *ret, GError **error)
{
    g_auto(EnhetLinksAllRows) rows = { 0 };

    if (!enhet_links_all(db, owner, &rows, error))
        return false;
    *ret = (EnhetLinkList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(EnhetLink)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = link_of(arena, &rows.v[i]);
    return true;
}
