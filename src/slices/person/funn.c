/* funn.c - people and positions as search finds them: the name, and the position; nothing else of anybody.
 *
 * A role of one unit sees the people who hold or have held a position there, so a person stands under
 * the unit of the newest one; whoever held none is found by those who see the whole owner alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "stilling-sider.h"
#include "eier.h"

typedef struct {
    Db *db;
    Arena *arena;
    int64_t owner;
    const char *today;
    SearchPut put;
    void *sink;
} Filling;

static bool put_positions(const Filling *f, GError **error)
{
    PositionList all;

    if (!person_position_list(f->db, f->arena, f->owner, f->today, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Position *p = &all.v[i];
        const SearchDoc doc = { .kind = "stilling",
                                .object = p->id,
                                .gate = PERM_UNIT_READ,
                                .unit = p->unit,
                                .title = p->title,
                                .body = p->holder,
                                .path = url_for(f->arena, "/stillinger/%I", p->id).text };

        if (!f->put(f->sink, &doc, error))
            return false;
    }
    return true;
}

static bool put_person(const Filling *f, const Person *person, GError **error)
{
    HoldingList held;

    if (!person_holdings(f->db, f->arena, f->owner, person->id, NULL, &held, error))
        return false;
    const SearchDoc doc = { .kind = "person",
                            .object = person->id,
                            .gate = PERM_UNIT_READ,
                            .unit = held.n ? held.v[0].unit : 0,
                            .title = person->name,
                            .body = held.n ? held.v[0].title : NULL,
                            .path = url_for(f->arena, "/personer/%I", person->id).text };

    return f->put(f->sink, &doc, error);
}

bool person_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink, GError **error)
{
    Filling f = { db, arena, owner, NULL, put, sink };
    PersonList people;

    if (!owner)
        return true;
    if (!eier_today(db, arena, owner, g_get_real_time(), &f.today, error) ||
        !put_positions(&f, error) || !person_list(db, arena, owner, &people, error))
        return false;
    for (size_t i = 0; i < people.n; i++)
        if (!put_person(&f, &people.v[i], error))
            return false;
    return true;
}
