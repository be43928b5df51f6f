/* ifjor.c - last year's measures and follow-up items, with what this report says of each.
 *
 * They are read from the report before as it stands today, so what is added there after this one was
 * begun is here too; what is said of each is stored with its wording at that time.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "maal-deler.h"
#include "ifjor.sql.h"

static bool report_before(Db *db, Arena *arena, const Report *report, Report *ret, GError **error)
{
    ReportList all;

    *ret = (Report){ 0 };
    if (!tilstandsrapport_list(db, arena, report->owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n && !ret->id; i++) /* newest first */
        if (strcmp(all.v[i].year, report->year) < 0)
            *ret = all.v[i];
    return true;
}

static const IfjorSelectRow *said_of(const IfjorSelectRows *said, int64_t item)
{
    for (size_t i = 0; i < said->n; i++)
        if (said->v[i].item == item)
            return &said->v[i];
    return NULL;
}

static void add(Arena *arena, LastYearList *to, LastYear item, const IfjorSelectRow *said)
{
    item.version = said ? said->version : 0;
    item.status = said ? arena_dup(arena, said->status) : "";
    item.note = said ? arena_dup(arena, said->note) : "";
    to->v[to->n++] = item;
}

static void add_by_hand(Arena *arena, LastYearList *to, const IfjorSelectRows *said)
{
    for (size_t i = 0; i < said->n; i++) {
        const IfjorSelectRow *r = &said->v[i];
        bool told = false;

        for (size_t k = 0; k < to->n; k++)
            told = told || to->v[k].item == r->item;
        if (!told)
            add(arena, to,
                (LastYear){ .item = r->item,
                            .by_hand = true,
                            .task = arena_dup(arena, r->task),
                            .responsible = "",
                            .then = "" },
                r);
    }
}

bool tilstandsrapport_last_year(Db *db, Arena *arena, const Report *report, const char *today,
                                LastYearList *ret, GError **error)
{
    g_auto(IfjorSelectRows) said = { 0 };
    MeasureList measures = { 0 };
    FollowUpList items = { 0 };
    Report before;

    if (!report_before(db, arena, report, &before, error) ||
        !ifjor_select(db, report->owner, report->id, &said, error))
        return false;
    if (before.id &&
        (!tilstandsrapport_measures(db, arena, before.owner, before.id, today, &measures, error) ||
         !tilstandsrapport_follow_ups(db, arena, before.owner, before.id, today, &items, error)))
        return false;
    *ret = (LastYearList){ arena_alloc(arena,
                                       MAX(measures.n + items.n + said.n, 1) * sizeof(LastYear)),
                           0, before.id ? before.year : NULL };
    for (size_t i = 0; i < measures.n; i++) {
        const Measures *m = &measures.v[i];

        add(arena, ret,
            (LastYear){ .item = m->id,
                        .task = m->measure,
                        .responsible = m->title,
                        .due = m->due,
                        .then = tilstandsrapport_measure_status(m->status) },
            said_of(&said, m->id));
    }
    for (size_t i = 0; i < items.n; i++) {
        const FollowUp *f = &items.v[i];

        add(arena, ret,
            (LastYear){ .item = f->id,
                        .task = f->task,
                        .responsible = f->title,
                        .due = f->due,
                        .then = f->answer },
            said_of(&said, f->id));
    }
    add_by_hand(arena, ret, &said);
    return true;
}

typedef struct {
    int64_t owner, report;
    const LastYear *said;
} Saying;

/* What was written by hand in just these words: the form was sent twice. */
static bool is_said(Db *db, const Saying *s, bool *ret, GError **error)
{
    g_auto(IfjorSelectRows) said = { 0 };

    *ret = false;
    if (s->said->item)
        return true;
    if (!ifjor_select(db, s->owner, s->report, &said, error))
        return false;
    for (size_t i = 0; i < said.n; i++)
        *ret = *ret || (said.v[i].item == said.v[i].id && !strcmp(said.v[i].task, s->said->task));
    return true;
}

static bool say_work(Db *db, void *arg, GError **error)
{
    const Saying *s = arg;
    const LastYear *l = s->said;
    g_autoptr(Arena) arena = arena_new();
    g_auto(IfjorUpdateRows) changed = { 0 };
    int64_t id = id_new();
    Report report;
    bool twice;
    const IfjorInsertArgs fresh = { .owner = s->owner,
                                    .id = id,
                                    .rapport = s->report,
                                    .item = l->item ? l->item : id,
                                    .task = l->task,
                                    .status = l->status,
                                    .note = l->note };
    const IfjorUpdateArgs args = { .owner = s->owner,
                                   .rapport = s->report,
                                   .item = l->item,
                                   .version = l->version,
                                   .task = l->task,
                                   .status = l->status,
                                   .note = l->note };

    if (!tilstandsrapport_get(db, arena, s->owner, s->report, &report, error))
        return false;
    if (!tilstandsrapport_writable(report.state))
        return app_fail(error, APP_ERROR_FORBIDDEN,
                        _("The report has been sent and can no longer be written in."));
    if (!is_said(db, s, &twice, error))
        return false;
    if (!l->version)
        return twice || ifjor_insert(db, &fresh,
                                     error); /* said meanwhile by another: unique, so a conflict */
    if (!ifjor_update(db, &args, &changed, error))
        return false;
    return changed.n == 1 || tilstandsrapport_was_newer(error);
}

bool tilstandsrapport_last_year_store(Db *db, int64_t owner, int64_t report, const LastYear *said,
                                      GError **error)
{
    Saying s = { owner, report, said };

    return db_transaction(db, say_work, &s, error);
}
