/* maal.c - local goals and measures of the chapters, stored with an optimistic lock each.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "maal.h"
#include "maal-deler.h"
#include "person.h"
#include "skriving.h"
#include "maal.sql.h"

/* --- what may be stored where --- */

/* The chapter is there, and its report is still being written. */
static bool check_chapter(Db *db, int64_t owner, int64_t chapter, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    Report report;
    Chapter c;
    int64_t id;

    if (!tilstandsrapport_chapter(db, arena, owner, chapter, &id, &c, error) ||
        !tilstandsrapport_get(db, arena, owner, id, &report, error))
        return false;
    return tilstandsrapport_writable(report.state) ||
           app_fail(error, APP_ERROR_FORBIDDEN,
                    _("The report has been sent and can no longer be written in."));
}

bool tilstandsrapport_was_newer(GError **error)
{
    return app_fail(error, APP_ERROR_CONFLICT,
                    _("Somebody else has stored this since you opened it."));
}

/* --- goals --- */

bool tilstandsrapport_goal_is_whole(const Goal *goal)
{
    return *goal->direction && *goal->baseline && *goal->target && goal->due;
}

bool tilstandsrapport_goals(Db *db, Arena *arena, int64_t owner, int64_t report, GoalList *ret,
                            GError **error)
{
    g_auto(MaalSelectRows) rows = { 0 };

    if (!maal_select(db, owner, report, &rows, error))
        return false;
    *ret = (GoalList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Goal)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const MaalSelectRow *r = &rows.v[i];

        ret->v[i] = (Goal){ .id = r->id,
                            .chapter = r->kapittel,
                            .version = r->version,
                            .indicator = arena_dup(arena, r->indicator),
                            .goal = arena_dup(arena, r->goal),
                            .direction = arena_dup(arena, r->direction),
                            .baseline = arena_dup(arena, r->baseline),
                            .target = arena_dup(arena, r->target),
                            .due = arena_dup(arena, r->due),
                            .judgement = arena_dup(arena, r->judgement) };
    }
    return true;
}

typedef struct {
    int64_t owner, id;
    const Goal *goal;
} GoalStoring;

/* A new one, or the one that the same form made when it was sent first. */
static bool goal_add(Db *db, GoalStoring *s, GError **error)
{
    const Goal *g = s->goal;
    g_auto(MaalSameRows) same = { 0 };
    const MaalSameArgs sought = { .owner = s->owner,
                                  .kapittel = g->chapter,
                                  .indicator = g->indicator,
                                  .goal = g->goal,
                                  .direction = g->direction,
                                  .baseline = g->baseline,
                                  .target = g->target,
                                  .due = g->due ? g->due : "",
                                  .judgement = g->judgement };

    if (!maal_same(db, &sought, &same, error))
        return false;
    s->id = same.n ? same.v[0].id : id_new();
    const MaalInsertArgs fresh = { .owner = s->owner,
                                   .id = s->id,
                                   .kapittel = g->chapter,
                                   .indicator = g->indicator,
                                   .goal = g->goal,
                                   .direction = g->direction,
                                   .baseline = g->baseline,
                                   .target = g->target,
                                   .due = g->due,
                                   .judgement = g->judgement };

    return same.n || maal_insert(db, &fresh, error);
}

static bool goal_work(Db *db, void *arg, GError **error)
{
    GoalStoring *s = arg;
    const Goal *g = s->goal;
    g_auto(MaalUpdateRows) changed = { 0 };
    const MaalUpdateArgs args = { .owner = s->owner,
                                  .id = g->id,
                                  .kapittel = g->chapter,
                                  .version = g->version,
                                  .indicator = g->indicator,
                                  .goal = g->goal,
                                  .direction = g->direction,
                                  .baseline = g->baseline,
                                  .target = g->target,
                                  .due = g->due,
                                  .judgement = g->judgement };

    if (!check_chapter(db, s->owner, g->chapter, error))
        return false;
    if (!g->id)
        return goal_add(db, s, error);
    if (!maal_update(db, &args, &changed, error))
        return false;
    return changed.n == 1 || tilstandsrapport_was_newer(error);
}

bool tilstandsrapport_goal_store(Db *db, int64_t owner, const Goal *goal, int64_t *ret_id,
                                 GError **error)
{
    GoalStoring s = { owner, goal->id, goal };

    if (!db_transaction(db, goal_work, &s, error))
        return false;
    *ret_id = s.id;
    return true;
}

bool tilstandsrapport_goal_remove(Db *db, int64_t owner, int64_t id, GError **error)
{
    g_auto(MaalChapterRows) rows = { 0 };

    if (!maal_chapter(db, owner, id, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such goal");
    return check_chapter(db, owner, rows.v[0].kapittel, error) && maal_delete(db, owner, id, error);
}

/* --- measures --- */

static const struct {
    const char *code, *name;
} statuses[N_MEASURE_STATUS] = { { "planlagt", N_("Planned") },
                                 { "pagar", N_("Under way") },
                                 { "gjennomfort", N_("Carried out") },
                                 { "viderefores", N_("Goes on") },
                                 { "avsluttet", N_("Ended") } };

const char *tilstandsrapport_measure_status_code(size_t i)
{
    g_assert(i < N_MEASURE_STATUS);
    return statuses[i].code;
}

const char *tilstandsrapport_measure_status(const char *status)
{
    for (size_t i = 0; i < N_MEASURE_STATUS; i++)
        if (!strcmp(statuses[i].code, status))
            return _(statuses[i].name);
    return "";
}

static const char *title_of(const PositionList *positions, int64_t id)
{
    for (size_t i = 0; i < positions->n; i++)
        if (positions->v[i].id == id)
            return positions->v[i].title;
    return "";
}

bool tilstandsrapport_measures(Db *db, Arena *arena, int64_t owner, int64_t report,
                               const char *today, MeasureList *ret, GError **error)
{
    g_auto(TiltakSelectRows) rows = { 0 };
    PositionList positions;

    if (!tiltak_select(db, owner, report, &rows, error) ||
        !person_position_list(db, arena, owner, today, &positions, error))
        return false;
    *ret = (MeasureList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Measures)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const TiltakSelectRow *r = &rows.v[i];
        int64_t responsible = r->responsible == NO_INT ? 0 : r->responsible;

        ret->v[i] = (Measures){ .id = r->id,
                                .chapter = r->kapittel,
                                .version = r->version,
                                .measure = arena_dup(arena, r->measure),
                                .responsible = responsible,
                                .title = title_of(&positions, responsible),
                                .starts = arena_dup(arena, r->starts),
                                .due = arena_dup(arena, r->due),
                                .indicator = arena_dup(arena, r->indicator),
                                .status = arena_dup(arena, r->status),
                                .note = arena_dup(arena, r->note) };
    }
    return true;
}

typedef struct {
    int64_t owner, id;
    const Measures *measure;
} MeasureStoring;

static bool measure_add(Db *db, MeasureStoring *s, GError **error)
{
    const Measures *m = s->measure;
    const int64_t responsible = m->responsible ? m->responsible : NO_INT;
    g_auto(TiltakSameRows) same = { 0 };
    const TiltakSameArgs sought = { .owner = s->owner,
                                    .kapittel = m->chapter,
                                    .measure = m->measure,
                                    .responsible = m->responsible,
                                    .starts = m->starts ? m->starts : "",
                                    .due = m->due ? m->due : "",
                                    .indicator = m->indicator,
                                    .status = m->status,
                                    .note = m->note };

    if (!tiltak_same(db, &sought, &same, error))
        return false;
    s->id = same.n ? same.v[0].id : id_new();
    const TiltakInsertArgs fresh = { .owner = s->owner,
                                     .id = s->id,
                                     .kapittel = m->chapter,
                                     .measure = m->measure,
                                     .responsible = responsible,
                                     .starts = m->starts,
                                     .due = m->due,
                                     .indicator = m->indicator,
                                     .status = m->status,
                                     .note = m->note };

    return same.n || tiltak_insert(db, &fresh, error);
}

static bool measure_work(Db *db, void *arg, GError **error)
{
    MeasureStoring *s = arg;
    const Measures *m = s->measure;
    g_auto(TiltakUpdateRows) changed = { 0 };
    const int64_t responsible = m->responsible ? m->responsible : NO_INT;
    const TiltakUpdateArgs args = { .owner = s->owner,
                                    .id = m->id,
                                    .kapittel = m->chapter,
                                    .version = m->version,
                                    .measure = m->measure,
                                    .responsible = responsible,
                                    .starts = m->starts,
                                    .due = m->due,
                                    .indicator = m->indicator,
                                    .status = m->status,
                                    .note = m->note };

    if (!check_chapter(db, s->owner, m->chapter, error))
        return false;
    if (!m->id)
        return measure_add(db, s, error);
    if (!tiltak_update(db, &args, &changed, error))
        return false;
    return changed.n == 1 || tilstandsrapport_was_newer(error);
}

bool tilstandsrapport_measure_store(Db *db, int64_t owner, const Measures *measure, int64_t *ret_id,
                                    GError **error)
{
    MeasureStoring s = { owner, measure->id, measure };

    if (!db_transaction(db, measure_work, &s, error))
        return false;
    *ret_id = s.id;
    return true;
}

bool tilstandsrapport_measure_remove(Db *db, int64_t owner, int64_t id, GError **error)
{
    g_auto(TiltakChapterRows) rows = { 0 };

    if (!tiltak_chapter(db, owner, id, &rows, error))
        return false;
    if (rows.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such measure");
    return check_chapter(db, owner, rows.v[0].kapittel, error) &&
           tiltak_delete(db, owner, id, error);
}

/* --- written measures become items --- */

/* "- Felles leseplan" -> "Felles leseplan"; "2. Kurs" -> "Kurs". */
static const char *without_mark(const char *line)
{
    const char *c = line;

    while (*c == ' ' || *c == '\t')
        c++;
    if ((*c == '-' || *c == '*' || *c == '+') && c[1] == ' ')
        return c + 2;
    const char *digits = c;
    while (g_ascii_isdigit(*c))
        c++;
    return c > digits && (*c == '.' || *c == ')') && c[1] == ' ' ? c + 2 : digits;
}

typedef struct {
    int64_t owner, chapter, person, now;
    int n;
} Turning;

static bool turn_line(Db *db, Turning *t, const char *line, GError **error)
{
    g_autofree char *task = g_strdup(without_mark(line));
    int64_t id;

    g_strstrip(task);
    if (!*task || *task == '#')
        return true;
    if (g_utf8_strlen(task, -1) > 1000)
        *g_utf8_offset_to_pointer(task, 1000) = '\0';
    const Measures measure = {
        .chapter = t->chapter, .measure = task, .indicator = "", .status = "planlagt", .note = ""
    };
    t->n++;
    return tilstandsrapport_measure_store(db, t->owner, &measure, &id, error);
}

static bool turn_work(Db *db, void *arg, GError **error)
{
    Turning *t = arg;
    g_autoptr(Arena) arena = arena_new();
    int64_t report;
    Chapter c;

    t->n = 0;
    if (!tilstandsrapport_chapter(db, arena, t->owner, t->chapter, &report, &c, error))
        return false;
    g_auto(GStrv) lines = g_strsplit(c.measures, "\n", -1);
    for (char **line = lines; *line; line++)
        if (!turn_line(db, t, *line, error))
            return false;
    c.measures = "";
    return tilstandsrapport_write(db, t->owner, &c, t->person, t->now, error);
}

bool tilstandsrapport_measures_from_text(Db *db, int64_t owner, int64_t chapter, int64_t person,
                                         int64_t now, int *ret_n, GError **error)
{
    Turning t = { .owner = owner, .chapter = chapter, .person = person, .now = now };

    if (!db_transaction(db, turn_work, &t, error))
        return false;
    *ret_n = t.n;
    return true;
}
