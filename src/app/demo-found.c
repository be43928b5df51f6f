/* demo-found.c - founds a demo owner from its table: units, people, logins, bodies and story.
 *
 * All of it is one transaction, so that a run that was interrupted leaves no half owner behind, and the
 * owner's number alone tells whether it has been done.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "demo.h"
#include "cli.h"
#include "eier.h"
#include "offentlig.h"
#include "beskrivelse.h"
#include "tilgang.h"

typedef struct {
    Demo *demo;
    const DemoOwner *from;
    int64_t owner, root;
    EnhetList units;
    int64_t *positions, *people; /* of from->people */
} Founding;

static bool add_units(Founding *f, Db *db, GError **error)
{
    int taken;

    for (size_t i = 0; i < f->from->n_units; i++) {
        const DemoUnit *u = &f->from->units[i];
        const EnhetNew unit = { .kind = u->kind,
                                .parent = f->root,
                                .name = u->name,
                                .code = u->code,
                                .from = u->from,
                                .origin = u->origin };
        int64_t id;

        if (!enhet_add(db, f->owner, &unit, &id, error))
            return false;
        f->root = i == 0 ? id : f->root;
    }
    for (size_t i = 0; i < f->from->n_changes; i++)
        if (!enhet_add_successor(db, f->owner, f->root, &f->from->changes[i], error))
            return false;
    if (f->from->takes_schools && !indikator_accept(db, f->owner, f->from->number, &taken, error))
        return false;
    return enhet_list(db, f->demo->arena, f->owner, "2026-01-01", &f->units, error);
}

static bool unit_named(const Founding *f, const char *name, int64_t *ret_id, GError **error)
{
    for (size_t i = 0; i < f->units.n; i++) {
        if (strcmp(f->units.v[i].name, name))
            continue;
        *ret_id = f->units.v[i].id;
        return true;
    }
    return app_fail(error, APP_ERROR_NOT_FOUND,
                    "%s has no unit called %s; import Udir's files first", f->from->name, name);
}

static bool add_facts(Founding *f, Db *db, GError **error)
{
    for (size_t i = 0; i < f->from->n_facts; i++) {
        const DemoFact *d = &f->from->facts[i];
        const EnhetFact fact = { .label = d->label,
                                 .value = d->value,
                                 .at = d->at,
                                 .source = d->source,
                                 .origin = d->origin };
        int64_t unit;

        if (!unit_named(f, d->unit, &unit, error) ||
            !enhet_add_fact(db, f->owner, unit, &fact, error))
            return false;
    }
    return true;
}

/* An administrator's role is the person's own; every other follows the position. */
static bool add_role(const Founding *f, Db *db, size_t i, const char *role, int64_t unit,
                     GError **error)
{
    const PositionRole follows = { f->positions[i], role, unit, f->from->people[i].from, NULL };

    if (!strcmp(role, "AD") || !strcmp(role, "IA"))
        return tilgang_grant(db, f->owner, f->people[i], role, unit, f->from->since, error);
    return tilgang_grant_position(db, f->owner, &follows, error);
}

static bool add_login(const Founding *f, Db *db, size_t i, int64_t unit, GError **error)
{
    const DemoPerson *p = &f->from->people[i];
    g_autofree char *email = g_strdup_printf("%s@%s", p->login, f->from->domain);

    if (!tilgang_add_login(db, f->owner, f->people[i], email, DEMO_PASSWORD, f->demo->now, error))
        return false;
    for (size_t r = 0; r < G_N_ELEMENTS(p->roles) && p->roles[r]; r++)
        if (!add_role(f, db, i, p->roles[r], p->own_unit ? unit : 0, error))
            return false;
    return true;
}

static bool add_person(Founding *f, Db *db, size_t i, GError **error)
{
    const DemoPerson *p = &f->from->people[i];
    PositionNew position = { .title = p->title, .replaces = p->replaces, .from = p->from };

    if (!unit_named(f, p->unit, &position.unit, error) ||
        !person_add(db, f->owner, p->name, "syntetisk", f->demo->now, &f->people[i], error) ||
        !person_position_add(db, f->owner, &position, &f->positions[i], error) ||
        !person_hold(db, f->owner, f->positions[i], f->people[i], p->from, error))
        return false;
    return !p->login || add_login(f, db, i, position.unit, error);
}

static size_t index_of(const Founding *f, const char *key)
{
    for (size_t i = 0; i < f->from->n_people; i++)
        if (!strcmp(f->from->people[i].key, key))
            return i;
    g_error("the demo's table has no person called %s", key);
}

/* What positions are for: written by who holds them, approved by another. */
static bool add_duties(const Founding *f, Db *db, GError **error)
{
    for (size_t i = 0; i < f->from->n_duties; i++) {
        const DemoDuties *d = &f->from->duties[i];
        size_t whose = index_of(f, d->key);
        DutiesChange change = { f->owner, f->positions[whose], f->people[whose], 0, f->demo->now };

        if (!person_duties_write(db, &change, d->text, error))
            return false;
        change.by = f->people[index_of(f, d->approver)];
        change.edit = 1;
        if (!person_duties_approve_draft(db, &change, d->from, d->from, error))
            return false;
    }
    return true;
}

static int64_t position_of(const Founding *f, const char *key, const char **ret_from)
{
    for (size_t i = 0; i < f->from->n_people; i++) {
        if (strcmp(f->from->people[i].key, key))
            continue;
        *ret_from = f->from->people[i].from;
        return f->positions[i];
    }
    g_error("the demo's table has no person called %s", key);
}

static bool add_seats(const Founding *f, Db *db, const DemoBody *b, int64_t body, GError **error)
{
    char first[DATE_TEXT];

    fuzzy_first(b->from, first);
    for (size_t i = 0; i < DEMO_PARTS && b->seats[i].key; i++) {
        const char *from = NULL;
        int64_t position = position_of(f, b->seats[i].key, &from);

        if (strcmp(from, first) < 0)
            from = first;
        if (!organ_add_member(db, f->owner, body, position, b->seats[i].duty, from, error))
            return false;
    }
    return true;
}

static bool add_bodies(const Founding *f, Db *db, GError **error)
{
    g_autofree int64_t *ids = g_new0(int64_t, f->from->n_bodies);

    for (size_t i = 0; i < f->from->n_bodies; i++) {
        const DemoBody *b = &f->from->bodies[i];
        Organ body = { .kind = b->kind,
                       .name = b->name,
                       .mandate = b->mandate,
                       .decides = b->decides,
                       .open = b->open,
                       .case_prefix = b->case_prefix,
                       .from = b->from,
                       .origin = b->origin };

        for (size_t k = 0; k < i; k++)
            if (!g_strcmp0(b->parent, f->from->bodies[k].name))
                body.parent = ids[k];
        if (!organ_add(db, f->owner, &body, &ids[i], error) || !add_seats(f, db, b, ids[i], error))
            return false;
    }
    return true;
}

static bool add_story(const Founding *f, Db *db, GError **error)
{
    for (size_t i = 0; i < f->from->n_history; i++) {
        const DemoHistory *h = &f->from->history[i];
        const Milestone milestone = {
            .at = h->at, .title = h->title, .text = h->text, .origin = h->origin
        };

        if (!offentlig_add_milestone(db, f->owner, &milestone, error))
            return false;
    }
    return !f->from->goal ||
           offentlig_set_goal(db, f->owner, f->from->goal, f->from->goal_source, "seed", error);
}

static bool found_work(Db *db, void *arg, GError **error)
{
    Founding *f = arg;
    const Eier eier = { .number = f->from->number,
                        .name = f->from->name,
                        .language = LANG_NB,
                        .demo = true,
                        .date = f->from->date };

    f->root = 0;
    if (!eier_add(db, &eier, f->demo->now, &f->owner, error) || !add_units(f, db, error) ||
        !add_facts(f, db, error))
        return false;
    for (size_t i = 0; i < f->from->n_people; i++)
        if (!add_person(f, db, i, error))
            return false;
    return add_duties(f, db, error) && add_bodies(f, db, error) && add_story(f, db, error);
}

bool demo_found(Demo *demo, const DemoOwner *owner, int64_t *ret_id, GError **error)
{
    Founding f = { .demo = demo, .from = owner };
    g_autoptr(GError) why = NULL;
    Eier known;

    if (eier_get_number(demo->db, demo->arena, owner->number, &known, &why)) {
        *ret_id = known.id;
        return true;
    }
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND))
        return app_pass(error, &why);
    cli_progress("%s: units, people and bodies ...", owner->name);
    f.positions = arena_alloc(demo->arena, owner->n_people * sizeof(int64_t));
    f.people = arena_alloc(demo->arena, owner->n_people * sizeof(int64_t));
    if (!db_transaction(demo->db, found_work, &f, error))
        return false;
    demo->made++;
    *ret_id = f.owner;
    return true;
}
