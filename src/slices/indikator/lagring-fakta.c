/* lagring-fakta.c - facts about units by file: into the unit's own list, each once.
 *
 * The facts belong to the slice enhet. Here stands only which file said what, so that the same again
 * adds nothing and another value of the same day is told as a change.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "lagring.h"
#include "lagring-fakta.sql.h"

/* What earlier files have said of a fact; NULL when nothing. */
static const char *said_before(const FaktaKnownRows *rows, const ParsedFact *fact)
{
    const char *value = NULL;

    for (size_t i = 0; i < rows->n; i++)
        if (!strcmp(rows->v[i].label, fact->label) && !strcmp(rows->v[i].at, fact->at))
            value = rows->v[i].value;
    return value;
}

static Plan plan_of(Storing *s, const FaktaKnownRows *rows, const ParsedFact *fact)
{
    const char *before = said_before(rows, fact);
    ImportChange *change;

    if (before == NULL)
        return PLAN_NEW;
    if (!strcmp(before, fact->value))
        return PLAN_SAME;
    change = arena_alloc(s->arena, sizeof *change);
    *change = (ImportChange){ .unit = indikator_name_in_file(s, fact->unit),
                              .indicator = arena_dup(s->arena, fact->label),
                              .period = arena_dup(s->arena, fact->at),
                              .from = arena_dup(s->arena, before),
                              .to = arena_dup(s->arena, fact->value),
                              .line = fact->line };
    if (s->changes->len < 20)
        g_ptr_array_add(s->changes, change);
    return PLAN_CHANGED;
}

/* The plan of each fact, given to `each`. */
static bool each_fact(Storing *s, Db *db,
                      bool (*each)(Storing *, Db *, const ParsedFact *, Plan, GError **),
                      GError **error)
{
    for (size_t i = 0; i < s->file->n_facts; i++) {
        const ParsedFact *fact = &s->file->facts[i];
        g_auto(FaktaKnownRows) rows = { 0 };
        int64_t unit = s->unit_ids[fact->unit];

        if (unit == 0)
            continue;
        if (!fakta_known(db, s->spec->owner, unit, &rows, error) ||
            !each(s, db, fact, plan_of(s, &rows, fact), error))
            return false;
    }
    return true;
}

static bool count(Storing *s, Db *db, const ParsedFact *fact, Plan plan, GError **error)
{
    ImportResult *r = s->result;

    (void)db, (void)fact, (void)error;
    r->fresh += plan == PLAN_NEW;
    r->same += plan == PLAN_SAME;
    r->changed += plan == PLAN_CHANGED;
    r->facts += plan != PLAN_SAME;
    r->values += plan != PLAN_SAME;
    return true;
}

bool indikator_plan_facts(Storing *s, Db *db, GError **error)
{
    s->result->facts = 0;
    return s->spec->owner == 0 || each_fact(s, db, count, error);
}

static bool write_fact(Storing *s, Db *db, const ParsedFact *fact, Plan plan, GError **error)
{
    const int64_t unit = s->unit_ids[fact->unit];
    g_autofree char *source = *fact->source
                                  ? g_strdup(fact->source)
                                  : g_strdup_printf("%s:%u", s->spec->filename, fact->line);
    const EnhetFact new = { .label = fact->label,
                            .value = fact->value,
                            .at = fact->at,
                            .source = source,
                            .origin = "register",
                            .key = id_new() };
    const FaktaInsertArgs said = {
        .owner = s->spec->owner,
        .datasett = s->dataset,
        .enhet = unit,
        .label = fact->label,
        .at = fact->at,
        .value = fact->value,
        .line = fact->line,
        .faktum = new.key,
        .source = source,
    };

    return plan == PLAN_SAME || (enhet_add_fact(db, s->spec->owner, unit, &new, error) &&
                                 fakta_insert(db, &said, error));
}

bool indikator_write_facts(Storing *s, Db *db, GError **error)
{
    guint shown = s->changes->len;
    bool good = s->spec->owner == 0 || each_fact(s, db, write_fact, error);

    g_ptr_array_set_size(s->changes, (int)shown);
    return good;
}
