/* organ.c - bodies: read, added, and shown with the people who hold their members' positions.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "organ.h"
#include "person.h"
#include "organ-sider.h"
#include "organ.sql.h"
#include "organ.html.h"

typedef struct {
    const char *code, *name;
} Word;

static const Word kinds[] = {
    { "kommunestyre", N_("municipal council") },
    { "formannskap", N_("executive committee") },
    { "komite", N_("committee") },
    { "ledergruppe", N_("leader group") },
    { "dialogmote", N_("dialogue meeting") },
    { "strategisk_ledergruppe", N_("strategic leader group") },
    { "styringsgruppe", N_("steering group") },
    { "fellesmote", N_("joint meeting") },
    { "prosjektgruppe", N_("project group") },
    { "arbeidsgruppe", N_("working group") },
    { "su", N_("co-operation committee") },
    { "fau", N_("parents’ working committee") },
    { "elevrad", N_("pupil council") },
    { "annet", N_("other body") },
};

static const Word duties[] = {
    { "leder", N_("leader") },        { "nestleder", N_("deputy leader") },
    { "medlem", N_("member") },       { "sekretaer", N_("secretary") },
    { "observator", N_("observer") }, { "vara", N_("substitute") },
};

static const char *word_for(const Word *words, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(words[i].code, code))
            return _(words[i].name);
    return NULL;
}

bool organ_list(Db *db, Arena *arena, int64_t owner, OrganList *ret, GError **error)
{
    g_auto(OrganSelectRows) rows = { 0 };

    if (!organ_select(db, owner, &rows, error))
        return false;
    ret->v = arena_alloc(arena, MAX(rows.n, 1) * sizeof(Organ));
    ret->n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        const OrganSelectRow *r = &rows.v[i];

        ret->v[i] = (Organ){
            .id = r->id,
            .kind = arena_dup(arena, r->kind),
            .kind_name = word_for(kinds, G_N_ELEMENTS(kinds), r->kind),
            .name = arena_dup(arena, r->name),
            .mandate = arena_dup(arena, r->mandate),
            .parent = r->parent == NO_INT ? 0 : r->parent,
            .decides = r->decides != 0,
            .open = r->open != 0,
            .case_prefix = arena_dup(arena, r->case_prefix),
            .from = arena_dup(arena, r->valid_from),
            .to = arena_dup(arena, r->valid_to),
            .origin = arena_dup(arena, r->origin),
        };
    }
    return true;
}

bool organ_get(Db *db, Arena *arena, int64_t owner, int64_t id, Organ *ret, GError **error)
{
    OrganList all;

    if (!organ_list(db, arena, owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        if (all.v[i].id != id)
            continue;
        *ret = all.v[i];
        return true;
    }
    return app_fail(error, APP_ERROR_NOT_FOUND, "no such body");
}

bool organ_of_kind(Db *db, Arena *arena, int64_t owner, const char *kind, Organ *ret,
                   GError **error)
{
    OrganList all;

    if (!organ_list(db, arena, owner, &all, error))
        return false;
    *ret = (Organ){ 0 };
    for (size_t i = 0; i < all.n && !ret->id; i++)
        if (!strcmp(all.v[i].kind, kind))
            *ret = all.v[i];
    return true;
}

static const Position *position_of(const PositionList *positions, int64_t id)
{
    for (size_t i = 0; i < positions->n; i++)
        if (positions->v[i].id == id)
            return &positions->v[i];
    return NULL;
}

bool organ_member_list(Db *db, Arena *arena, int64_t owner, int64_t organ, const char *today,
                       OrganMemberList *ret, GError **error)
{
    g_auto(OrganMembersRows) rows = { 0 };
    PositionList positions;

    if (!organ_members(db, owner, organ, today, &rows, error) ||
        !person_position_list(db, arena, owner, today, &positions, error))
        return false;
    *ret = (OrganMemberList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(OrganMember)), 0 };
    for (size_t i = 0; i < rows.n; i++) {
        const Position *p = position_of(&positions, rows.v[i].stilling);

        if (p)
            ret->v[ret->n++] = (OrganMember){
                .duty = word_for(duties, G_N_ELEMENTS(duties), rows.v[i].duty),
                .title = p->title,
                .holder = p->holder ? p->holder : "",
                .represents = arena_dup(arena, rows.v[i].represents),
            };
    }
    return true;
}

bool organ_add(Db *db, int64_t owner, const Organ *organ, int64_t *ret_id, GError **error)
{
    const OrganInsertArgs args = {
        .owner = owner,
        .id = id_new(),
        .kind = organ->kind,
        .name = organ->name,
        .mandate = organ->mandate ? organ->mandate : "",
        .parent = organ->parent ? organ->parent : NO_INT,
        .decides = organ->decides,
        .open = organ->open,
        .case_prefix = organ->case_prefix ? organ->case_prefix : "",
        .valid_from = organ->from,
        .origin = organ->origin,
    };

    if (!word_for(kinds, G_N_ELEMENTS(kinds), organ->kind))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a kind of body", organ->kind);
    if (!fuzzy_valid(organ->from))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a date", organ->from);
    if (!organ_insert(db, &args, error))
        return false;
    *ret_id = args.id;
    return true;
}

bool organ_add_member(Db *db, int64_t owner, int64_t organ, int64_t position, const char *duty,
                      const char *from, GError **error)
{
    const OrganMemberInsertArgs args = { .owner = owner,
                                         .id = id_new(),
                                         .organ = organ,
                                         .stilling = position,
                                         .duty = duty,
                                         .represents = "",
                                         .valid_from = from };

    if (!word_for(duties, G_N_ELEMENTS(duties), duty))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a duty in a body", duty);
    return organ_member_insert(db, &args, error);
}

static bool show_list(Req *req, GError **error)
{
    OrganLines lines;
    OrganList all;

    if (!organ_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    lines = (OrganLines){ arena_alloc(req->arena, MAX(all.n, 1) * sizeof(OrganLine)), all.n };
    for (size_t i = 0; i < all.n; i++)
        lines.v[i] = (OrganLine){ all.v[i].name, all.v[i].kind_name, all.v[i].decides,
                                  url_for(req->arena, "/organ/%I", all.v[i].id) };
    organ_liste(req_page(req, 200, _("Bodies")), &lines);
    return true;
}

static bool show(Req *req, GError **error)
{
    char from[DATE_TEXT];
    OrganView view = { 0 };
    Organ organ;

    if (!organ_get(req->db, req->arena, req->user->owner, req_id(req, "id"), &organ, error) ||
        !organ_member_list(req->db, req->arena, req->user->owner, organ.id, req->today,
                           &view.members, error))
        return false;
    view.organ = organ;
    view.since = arena_dup(req->arena, fuzzy_text(organ.from, from));
    organ_vis(req_page(req, 200, organ.name), &view);
    return true;
}

static const Route routes[] = { { "GET", "/organ", PERM_BODY_READ, show_list },
                                { "GET", "/organ/{id}", PERM_BODY_READ, show },
                                { 0 } };

static const MenuItem menu[] = { { N_("Bodies"), "/organ", PERM_BODY_READ, 400 }, { 0 } };

const Slice organ_slice = { "organ", routes, menu };
