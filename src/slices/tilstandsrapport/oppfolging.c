/* oppfolging.c - follow-up items: what the decision becomes, with owner, date and answer.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "tilstandsrapport.h"
#include "behandling.h"
#include "person.h"
#include "oppfolging.sql.h"

static const char *title_of(const PositionList *positions, int64_t id)
{
    for (size_t i = 0; i < positions->n; i++)
        if (positions->v[i].id == id)
            return positions->v[i].title;
    return "";
}

bool tilstandsrapport_follow_ups(Db *db, Arena *arena, int64_t owner, int64_t report,
                                 const char *today, FollowUpList *ret, GError **error)
{
    g_auto(OppfolgingSelectRows) rows = { 0 };
    PositionList positions;

    if (!oppfolging_select(db, owner, report, &rows, error) ||
        !person_position_list(db, arena, owner, today, &positions, error))
        return false;
    *ret = (FollowUpList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(FollowUp)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const OppfolgingSelectRow *r = &rows.v[i];
        int64_t responsible = r->responsible == NO_INT ? 0 : r->responsible;

        ret->v[i] = (FollowUp){ .id = r->id,
                                .nr = (int)r->nr,
                                .task = arena_dup(arena, r->task),
                                .responsible = responsible,
                                .title = title_of(&positions, responsible),
                                .due = arena_dup(arena, r->due),
                                .answer = arena_dup(arena, r->answer),
                                .answered_on = arena_dup(arena, r->answered_on),
                                .status = arena_dup(arena, r->status) };
    }
    return true;
}

bool tilstandsrapport_follow_up_add(Db *db, int64_t owner, int64_t report, const char *task,
                                    GError **error)
{
    return oppfolging_insert(db, owner, id_new(), report, task, NO_INT, error);
}

bool tilstandsrapport_follow_up_from(Db *db, int64_t owner, int64_t report, int64_t event,
                                     const char *task, GError **error)
{
    return oppfolging_insert(db, owner, id_new(), report, task, event, error);
}

bool tilstandsrapport_follow_up_undo(Db *db, int64_t owner, int64_t report, int64_t event,
                                     GError **error)
{
    return oppfolging_delete_answers(db, owner, report, event, error) &&
           oppfolging_delete_reminders(db, owner, report, event, error) &&
           oppfolging_delete(db, owner, report, event, error);
}

bool tilstandsrapport_follow_up_store(Db *db, int64_t owner, const FollowUp *item,
                                      const char *today, GError **error)
{
    g_auto(OppfolgingUpdateRows) changed = { 0 };
    const OppfolgingUpdateArgs args = {
        .owner = owner,
        .id = item->id,
        .task = item->task,
        .responsible = item->responsible ? item->responsible : NO_INT,
        .due = item->due,
        .answer = item->answer,
        .answered_on = *item->answer ? today : NULL,
        .status = item->status,
    };

    if (!oppfolging_update(db, &args, &changed, error))
        return false;
    return changed.n == 1 || app_fail(error, APP_ERROR_NOT_FOUND, "no such follow-up item");
}

const char *tilstandsrapport_follow_up_status(const char *code)
{
    static const struct {
        const char *code, *name;
    } all[] = {
        { "ikke_pabegynt", N_("Not begun") },       { "under_arbeid", N_("In progress") },
        { "gjennomfort", N_("Carried out") },       { "avvik", N_("Not as decided") },
        { "opphevet", N_("No longer to be done") },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        if (!g_strcmp0(all[i].code, code))
            return _(all[i].name);
    return "";
}

/* --- every answer that was given --- */

bool tilstandsrapport_follow_up_answers(Db *db, Arena *arena, int64_t owner, int64_t item,
                                        FollowUpAnswers *ret, GError **error)
{
    g_auto(OppfolgingAnswersRows) rows = { 0 };

    if (!oppfolging_answers(db, owner, item, &rows, error))
        return false;
    *ret = (FollowUpAnswers){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(FollowUpAnswer)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (FollowUpAnswer){ arena_dup(arena, rows.v[i].given_on),
                                      arena_dup(arena, rows.v[i].status),
                                      arena_dup(arena, rows.v[i].answer),
                                      rows.v[i].recorded_by == NO_INT ? 0 : rows.v[i].recorded_by };
    return true;
}

typedef struct {
    int64_t owner, person, now;
    const FollowUp *item;
    const char *today;
} Answering;

const char *tilstandsrapport_mark(Arena *arena, const char *const *parts, size_t n)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    for (size_t i = 0; i < n; i++) /* with its end, so that "a","b" is not "ab","" */
        g_checksum_update(sum, (const guchar *)parts[i], (gssize)strlen(parts[i]) + 1);
    return arena_printf(arena, "%.16s", g_checksum_get_string(sum));
}

const char *tilstandsrapport_follow_up_mark(Arena *arena, const FollowUp *item)
{
    const char *const parts[] = { arena_printf(arena, "%" G_GINT64_FORMAT, item->responsible),
                                  item->due ? item->due : "", item->answer, item->status };

    return tilstandsrapport_mark(arena, parts, G_N_ELEMENTS(parts));
}

/* Nobody has stored the item since the form was made. */
static bool is_fresh(Db *db, const Answering *a, GError **error)
{
    g_auto(OppfolgingOneRows) rows = { 0 };
    g_autoptr(Arena) arena = arena_new();

    if (!a->item->seen)
        return true;
    if (!oppfolging_one(db, a->owner, a->item->id, &rows, error))
        return false;
    const FollowUp now = { .responsible = rows.n && rows.v[0].responsible != NO_INT
                                              ? rows.v[0].responsible
                                              : 0,
                           .due = rows.n ? rows.v[0].due : NULL,
                           .answer = rows.n ? rows.v[0].answer : "",
                           .status = rows.n ? rows.v[0].status : "" };

    return (rows.n && !strcmp(tilstandsrapport_follow_up_mark(arena, &now), a->item->seen)) ||
           app_fail(error, APP_ERROR_CONFLICT,
                    _("Somebody else has just stored this. Copy what you wrote and load the page "
                      "again."));
}

static bool answer_work(Db *db, void *arg, GError **error)
{
    const Answering *a = arg;
    const OppfolgingAnswerInsertArgs args = { .owner = a->owner,
                                              .id = id_new(),
                                              .punkt = a->item->id,
                                              .status = a->item->status,
                                              .answer = a->item->answer,
                                              .given_on = a->today,
                                              .recorded_at = a->now,
                                              .recorded_by = a->person ? a->person : NO_INT };

    return is_fresh(db, a, error) &&
           tilstandsrapport_follow_up_store(db, a->owner, a->item, a->today, error) &&
           (!*a->item->answer || oppfolging_answer_insert(db, &args, error));
}

bool tilstandsrapport_follow_up_answer(Db *db, int64_t owner, const FollowUp *item, int64_t person,
                                       const char *today, int64_t now, GError **error)
{
    Answering a = { owner, person, now, item, today };

    return db_transaction(db, answer_work, &a, error);
}
