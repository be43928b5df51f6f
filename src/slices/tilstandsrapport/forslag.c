/* forslag.c - lines of the minutes: proposals, points, parties, who was inhabil.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "forslag.h"
#include "forslag.sql.h"

static const struct {
    const char *code, *name;
} kinds[N_LINE] = {
    [LINE_PROPOSAL] = { "forslag", N_("Alternative proposal") },
    [LINE_REQUEST] = { "oversendelse", N_("Proposal to send on (not a decision)") },
    [LINE_POINT] = { "punkt", N_("Vote on one point") },
    [LINE_PARTY] = { "parti", N_("Votes of a party") },
    [LINE_INHABIL] = { "inhabil", N_("Disqualified member (inhabil)") },
};

const char *tilstandsrapport_line_code(LineKind kind)
{
    return kinds[kind].code;
}

const char *tilstandsrapport_line_name(LineKind kind)
{
    return _(kinds[kind].name);
}

LineKind tilstandsrapport_line_of(const char *code)
{
    for (unsigned i = 0; i < N_LINE; i++)
        if (!g_strcmp0(kinds[i].code, code))
            return (LineKind)i;
    return N_LINE;
}

int tilstandsrapport_minutes_step(ReportState state)
{
    return state == STATE_SENDT_FORMANNSKAP ? 3 : state == STATE_INNSTILT ? 4 : 0;
}

/* --- reading --- */

bool tilstandsrapport_minutes(Db *db, Arena *arena, int64_t owner, int64_t report, MinuteLines *ret,
                              GError **error)
{
    g_auto(ForslagSelectRows) rows = { 0 };

    if (!forslag_select(db, owner, report, &rows, error))
        return false;
    *ret = (MinuteLines){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(MinuteLine)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const ForslagSelectRow *r = &rows.v[i];

        ret->v[i] = (MinuteLine){ .id = r->id,
                                  .nr = (int)r->nr,
                                  .step = (int)r->step,
                                  .event = r->event == NO_INT ? 0 : r->event,
                                  .kind = tilstandsrapport_line_of(r->kind),
                                  .who = arena_dup(arena, r->who),
                                  .party = arena_dup(arena, r->party),
                                  .text = arena_dup(arena, r->text),
                                  .stance = arena_dup(arena, r->stance),
                                  .votes_for = r->votes_for,
                                  .votes_against = r->votes_against,
                                  .casting_vote = r->casting_vote != 0,
                                  .adopted = r->adopted != 0,
                                  .left_chair = r->left_chair != 0 };
    }
    return true;
}

/* --- what a line must be --- */

static bool is_voted(const MinuteLine *l)
{
    return l->votes_for != NO_INT && l->votes_against != NO_INT;
}

/* Adopted has most votes, or the chair's in a tie. Source: kommuneloven § 11-9. */
static const char *majority_problem(const MinuteLine *l)
{
    int64_t more;

    if (!is_voted(l))
        return l->votes_for == l->votes_against
                   ? NULL
                   : _("Give both votes for and votes against, or neither.");
    more = l->votes_for - l->votes_against;
    if (l->votes_for + l->votes_against == 0)
        return _("Somebody must have voted.");
    if (l->casting_vote && more != 0)
        return _("The casting vote decides only when for and against are equal.");
    if (more == 0 && l->adopted != l->casting_vote)
        return _("For and against are equal: it is adopted only by the casting vote.");
    if (more != 0 && l->adopted != (more > 0))
        return _("The votes do not fit: what is adopted has more votes for than against.");
    return NULL;
}

const char *tilstandsrapport_line_problem(const MinuteLine *l)
{
    switch (l->kind) {
    case LINE_PROPOSAL:
    case LINE_REQUEST:
        if (!*l->who && !*l->party)
            return _("Say who proposed it: a name, a party or both.");
        if (!*l->text)
            return _("Write the text of the proposal, word for word.");
        return majority_problem(l);
    case LINE_POINT:
        if (!*l->text)
            return _("Write the text of the point, word for word.");
        return is_voted(l) ? majority_problem(l) : _("Write how many voted for and against.");
    case LINE_PARTY:
        if (!*l->party)
            return _("Write which party.");
        return is_voted(l) ? NULL : _("Write how many voted for and against.");
    case LINE_INHABIL:
        return *l->who ? NULL : _("Write who was disqualified.");
    case N_LINE:
        break;
    }
    return _("Choose what the line is about.");
}

/* --- writing --- */

typedef struct {
    int64_t owner, report, id, person, now;
    const MinuteLine *line;
    const char *seen; /* of a change */
} Writing;

static bool open_step(Db *db, const Writing *w, int *ret_step, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    Report r;

    if (!tilstandsrapport_get(db, arena, w->owner, w->report, &r, error))
        return false;
    *ret_step = tilstandsrapport_minutes_step(r.state);
    return *ret_step || app_fail(error, APP_ERROR_CONFLICT,
                                 _("No body has the report now, so its minutes cannot be written "
                                   "in."));
}

static bool add_work(Db *db, void *arg, GError **error)
{
    const Writing *w = arg;
    const MinuteLine *l = w->line;
    int step;

    if (!open_step(db, w, &step, error))
        return false;
    const ForslagInsertArgs args = { .owner = w->owner,
                                     .id = id_new(),
                                     .rapport = w->report,
                                     .step = step,
                                     .kind = kinds[l->kind].code,
                                     .who = l->who,
                                     .party = l->party,
                                     .text = l->text,
                                     .stance = l->stance,
                                     .votes_for = l->votes_for,
                                     .votes_against = l->votes_against,
                                     .casting_vote = l->casting_vote,
                                     .adopted = l->adopted,
                                     .left_chair = l->left_chair,
                                     .recorded_at = w->now,
                                     .recorded_by = w->person ? w->person : NO_INT };

    return forslag_insert(db, &args, error);
}

bool tilstandsrapport_line_add(Db *db, int64_t owner, int64_t report, const MinuteLine *line,
                               int64_t person, int64_t now, GError **error)
{
    Writing w = { owner, report, 0, person, now, line };
    const char *problem = tilstandsrapport_line_problem(line);

    if (problem)
        return app_fail(error, APP_ERROR_INVALID, "%s", problem);
    return db_transaction(db, add_work, &w, error);
}

const char *tilstandsrapport_line_mark(Arena *arena, const MinuteLine *l)
{
    const char *const parts[] = {
        l->who, l->party, l->text, l->stance,
        arena_printf(arena, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d%d%d", l->votes_for,
                     l->votes_against, l->casting_vote, l->adopted, l->left_chair)
    };

    return tilstandsrapport_mark(arena, parts, G_N_ELEMENTS(parts));
}

/* The line as it stands, when it is not recorded yet and is as it was seen; else NULL. */
static const MinuteLine *as_seen(Arena *arena, const MinuteLines *all, const Writing *w)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].id == w->line->id && !all->v[i].event &&
            !g_strcmp0(tilstandsrapport_line_mark(arena, &all->v[i]), w->seen))
            return &all->v[i];
    return NULL;
}

static bool change_work(Db *db, void *arg, GError **error)
{
    const Writing *w = arg;
    const MinuteLine *l = w->line;
    g_autoptr(Arena) arena = arena_new();
    MinuteLines all;
    const ForslagUpdateArgs args = { .owner = w->owner,
                                     .id = l->id,
                                     .who = l->who,
                                     .party = l->party,
                                     .text = l->text,
                                     .stance = l->stance,
                                     .votes_for = l->votes_for,
                                     .votes_against = l->votes_against,
                                     .casting_vote = l->casting_vote,
                                     .adopted = l->adopted,
                                     .left_chair = l->left_chair };

    if (!tilstandsrapport_minutes(db, arena, w->owner, w->report, &all, error))
        return false;
    if (!as_seen(arena, &all, w))
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("Somebody else has changed the line, or it has been recorded with its "
                          "step."));
    return forslag_update(db, &args, error);
}

bool tilstandsrapport_line_change(Db *db, int64_t owner, int64_t report, const MinuteLine *line,
                                  const char *seen, GError **error)
{
    Writing w = { .owner = owner, .report = report, .line = line, .seen = seen };
    const char *problem = tilstandsrapport_line_problem(line);

    if (problem)
        return app_fail(error, APP_ERROR_INVALID, "%s", problem);
    return db_transaction(db, change_work, &w, error);
}

static bool remove_work(Db *db, void *arg, GError **error)
{
    const Writing *w = arg;
    g_auto(ForslagDeleteRows) gone = { 0 };
    g_autoptr(Arena) arena = arena_new();
    MinuteLines all;

    if (w->seen && (!tilstandsrapport_minutes(db, arena, w->owner, w->report, &all, error)))
        return false;
    if (w->seen && !as_seen(arena, &all, w))
        return app_fail(error, APP_ERROR_CONFLICT,
                        _("Somebody else has changed the line, or it has been recorded with its "
                          "step."));
    if (!forslag_delete(db, w->owner, w->id, w->report, &gone, error))
        return false;
    return gone.n == 1 || app_fail(error, APP_ERROR_CONFLICT,
                                   _("The line is not there any more, or it has been recorded "
                                     "with its step."));
}

bool tilstandsrapport_line_remove(Db *db, int64_t owner, int64_t report, int64_t id,
                                  const char *seen, GError **error)
{
    const MinuteLine line = { .id = id };
    Writing w = { .owner = owner, .report = report, .id = id, .line = &line, .seen = seen };

    return db_transaction(db, remove_work, &w, error);
}

bool tilstandsrapport_minutes_attach(Db *db, int64_t owner, int64_t report, int step, int64_t event,
                                     GError **error)
{
    return forslag_attach(db, owner, report, step, event, error);
}

bool tilstandsrapport_minutes_release(Db *db, int64_t owner, int64_t report, int64_t event,
                                      GError **error)
{
    return forslag_release(db, owner, report, event, error);
}

/* --- votes by party --- */

const char *tilstandsrapport_party_problem(Arena *arena, const MinuteLines *lines, int step,
                                           const StepRecord *record)
{
    int64_t with = 0, against = 0;
    bool any = false;

    for (size_t i = 0; i < lines->n; i++) {
        const MinuteLine *l = &lines->v[i];

        if (l->kind != LINE_PARTY || l->event || l->step != step)
            continue;
        any = true;
        with += l->votes_for;
        against += l->votes_against;
    }
    if (!any || record->votes_for == NO_INT || record->votes_against == NO_INT ||
        (with == record->votes_for && against == record->votes_against))
        return NULL;
    return arena_printf(arena,
                        _("The votes by party add up to %1$d for and %2$d against, not %3$d and "
                          "%4$d. Mend the one or the other."),
                        (int)with, (int)against, (int)record->votes_for,
                        (int)record->votes_against);
}
