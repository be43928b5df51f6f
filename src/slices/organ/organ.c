/* organ.c - bodies as data: read, added, changed and ended; the pages stand in organ-sider.c.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "organ.h"
#include "person.h"
#include "organ.sql.h"

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

static const Option *options_of(Arena *arena, const Word *words, size_t n)
{
    Option *options = arena_alloc(arena, (n + 1) * sizeof(Option));

    for (size_t i = 0; i < n; i++)
        options[i] = (Option){ words[i].code, i18n_text(words[i].name) };
    options[n] = (Option){ 0 };
    return options;
}

const Option *organ_kind_options(Arena *arena)
{
    return options_of(arena, kinds, G_N_ELEMENTS(kinds));
}

const Option *organ_duty_options(Arena *arena)
{
    return options_of(arena, duties, G_N_ELEMENTS(duties));
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
            .legal = arena_dup(arena, r->legal_basis),
            .legal_from = arena_dup(arena, r->legal_from),
            .legal_to = arena_dup(arena, r->legal_to),
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
                .id = rows.v[i].id,
                .position = p->id,
                .unit = p->unit,
                .person = p->person,
                .from = arena_dup(arena, rows.v[i].valid_from),
                .to = arena_dup(arena, rows.v[i].valid_to),
                .duty_code = arena_dup(arena, rows.v[i].duty),
                .nr = rows.v[i].nr == NO_INT ? 0 : rows.v[i].nr,
            };
        if (p && rows.v[i].nr != NO_INT)
            ret->v[ret->n - 1].duty =
                arena_printf(arena, "%s %d", ret->v[ret->n - 1].duty, (int)rows.v[i].nr);
    }
    return true;
}

static bool body_valid(const Organ *organ, GError **error)
{
    const char *wrong = !fuzzy_valid(organ->from)                              ? organ->from
                        : organ->legal_from && !fuzzy_valid(organ->legal_from) ? organ->legal_from
                        : organ->legal_to && !fuzzy_valid(organ->legal_to)     ? organ->legal_to
                                                                               : NULL;

    if (!word_for(kinds, G_N_ELEMENTS(kinds), organ->kind))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a kind of body", organ->kind);
    return !wrong || app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a date", wrong);
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
        .legal_basis = organ->legal ? organ->legal : "",
        .legal_from = organ->legal_from,
        .legal_to = organ->legal_to,
    };

    if (!body_valid(organ, error))
        return false;
    if (!organ_insert(db, &args, error))
        return false;
    *ret_id = args.id;
    return true;
}

bool organ_add_seat(Db *db, int64_t owner, const OrganSeat *seat, GError **error)
{
    const OrganMemberInsertArgs args = { .owner = owner,
                                         .id = id_new(),
                                         .organ = seat->organ,
                                         .stilling = seat->position,
                                         .duty = seat->duty,
                                         .represents = seat->represents,
                                         .valid_from = seat->from,
                                         .valid_to = seat->to,
                                         .nr = seat->nr ? seat->nr : NO_INT };

    if (!word_for(duties, G_N_ELEMENTS(duties), seat->duty))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a duty in a body", seat->duty);
    return organ_member_insert(db, &args, error);
}

bool organ_add_member(Db *db, int64_t owner, int64_t organ, int64_t position, const char *duty,
                      const char *from, GError **error)
{
    const OrganSeat seat = {
        .organ = organ, .position = position, .duty = duty, .represents = "", .from = from
    };

    return organ_add_seat(db, owner, &seat, error);
}

bool organ_seat_last(Db *db, Arena *arena, int64_t owner, int64_t organ, int64_t seat,
                     const char **ret, GError **error)
{
    g_auto(OrganMemberLastRows) rows = { 0 };

    if (!organ_member_last(db, owner, organ, seat, &rows, error))
        return false;
    if (!rows.n)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such seat");
    *ret = arena_dup(arena, rows.v[0].valid_to);
    return true;
}

bool organ_end_seat(Db *db, int64_t owner, int64_t organ, int64_t seat, const char *last,
                    GError **error)
{
    g_auto(OrganMemberEndRows) rows = { 0 };

    if (!organ_member_end(db, owner, organ, seat, last, &rows, error))
        return false;
    return rows.n || app_fail(error, APP_ERROR_NOT_FOUND, "no such seat");
}

/* Above the body, up to the top, the body itself must not come. */
static bool parent_valid(Db *db, int64_t owner, const Organ *organ, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    int64_t above = organ->parent;
    OrganList all;

    if (!organ_list(db, arena, owner, &all, error))
        return false;
    for (size_t step = 0; above && step <= all.n; step++) {
        int64_t next = 0;

        if (above == organ->id)
            return app_fail(error, APP_ERROR_INVALID, "a body cannot stand below itself");
        for (size_t i = 0; i < all.n; i++)
            next = all.v[i].id == above ? all.v[i].parent : next;
        above = next;
    }
    return true;
}

bool organ_change(Db *db, int64_t owner, const Organ *organ, GError **error)
{
    g_auto(OrganUpdateRows) rows = { 0 };
    const OrganUpdateArgs args = { .owner = owner,
                                   .id = organ->id,
                                   .kind = organ->kind,
                                   .name = organ->name,
                                   .mandate = organ->mandate ? organ->mandate : "",
                                   .parent = organ->parent ? organ->parent : NO_INT,
                                   .decides = organ->decides,
                                   .open = organ->open,
                                   .case_prefix = organ->case_prefix ? organ->case_prefix : "",
                                   .valid_from = organ->from,
                                   .legal_basis = organ->legal ? organ->legal : "",
                                   .legal_from = organ->legal_from,
                                   .legal_to = organ->legal_to };

    if (!body_valid(organ, error) || !parent_valid(db, owner, organ, error) ||
        !organ_update(db, &args, &rows, error))
        return false;
    return rows.n || app_fail(error, APP_ERROR_NOT_FOUND, "no such body");
}

bool organ_end(Db *db, int64_t owner, int64_t id, const char *last, GError **error)
{
    g_auto(OrganLastRows) rows = { 0 };

    if (!fuzzy_valid(last))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a date", last);
    if (!organ_last(db, owner, id, last, &rows, error))
        return false;
    return rows.n || app_fail(error, APP_ERROR_NOT_FOUND, "no such body");
}

bool organ_seats_ever(Db *db, Arena *arena, int64_t owner, int64_t position, OrganSeatTimes *ret,
                      GError **error)
{
    g_auto(OrganSeatsOfRows) rows = { 0 };

    if (!organ_seats_of(db, owner, position, &rows, error))
        return false;
    *ret = (OrganSeatTimes){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(OrganSeatTime)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (OrganSeatTime){ arena_dup(arena, rows.v[i].name),
                                     word_for(duties, G_N_ELEMENTS(duties), rows.v[i].duty),
                                     arena_dup(arena, rows.v[i].represents),
                                     arena_dup(arena, rows.v[i].valid_from),
                                     arena_dup(arena, rows.v[i].valid_to) };
    return true;
}
