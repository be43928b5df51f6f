/* nytt.c - what is new of the reports since somebody last looked, and where a report stands on the red
 * thread; both for the home page, one query each.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "skriving-sider.h"
#include "behandling.h"
#include "nytt.sql.h"

/* A kind of news: whom it is for, and where it leads. */
typedef struct {
    const char *what;
    Perm perm; /* beside seeing the report at all */
    const char *path;
} Kind;

static const Kind kinds[] = {
    { "kapitler", PERM_REPORT_DRAFT, "/skriving" },
    { "kommentarer", PERM_REPORT_WRITE, "/kapitler" },
    { "innspill", PERM_INPUT_READ, "/dialogmote#innspill" },
    { "svar", PERM_INPUT_READ, "/dialogmote#innspill" },
};

static const Kind *kind_of(const char *what)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (!strcmp(kinds[i].what, what))
            return &kinds[i];
    return NULL;
}

/* A step is for whoever sees the report; what comes in for those who work with it. */
static bool may_see(const Req *req, const NyttSelectRow *row, const Kind *kind)
{
    bool open = row->published != NO_INT || req_may(req, PERM_REPORT_DRAFT);

    return kind ? req_may(req, kind->perm) : open;
}

static const char *counted(Arena *arena, const char *what, int n)
{
    if (!strcmp(what, "kapitler"))
        return arena_printf(arena,
                            ngettext("%d chapter was changed", "%d chapters were changed", n), n);
    if (!strcmp(what, "kommentarer"))
        return arena_printf(arena, ngettext("%d new comment", "%d new comments", n), n);
    if (!strcmp(what, "innspill"))
        return arena_printf(arena, ngettext("%d new input", "%d new inputs", n), n);
    return arena_printf(
        arena, ngettext("%d of your inputs has an answer", "%d of your inputs have an answer", n),
        n);
}

static const char *words(Req *req, const NyttSelectRow *row, const Kind *kind)
{
    const char *what =
        kind ? counted(req->arena, row->what, (int)row->n) : tilstandsrapport_happened(row->what);

    if (!*what)
        what = tilstandsrapport_state_name(tilstandsrapport_state_of(row->state));

    return arena_printf(req->arena, "%s: %s", row->title, what);
}

bool tilstandsrapport_news(Req *req, int64_t since, GArray *news, GError **error)
{
    g_auto(NyttSelectRows) rows = { 0 };
    char day[DATE_TEXT];

    if (!req->user || !req->user->owner)
        return true;
    if (!nytt_select(req->db, req->user->owner, req->user->id, since, time_date(since, day), &rows,
                     error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const NyttSelectRow *row = &rows.v[i];
        const Kind *kind = kind_of(row->what);
        const Report report = { .id = row->rapport };

        if (!may_see(req, row, kind))
            continue;
        const News line = { words(req, row, kind),
                            tilstandsrapport_url(req, &report, kind ? kind->path : "/behandling"),
                            row->at };

        g_array_append_val(news, line);
    }
    return true;
}

/* --- the red thread --- */

static const char *chapters_judged(Arena *arena, int n)
{
    return n ? arena_printf(arena, ngettext("%d chapter judged", "%d chapters judged", n), n) : "";
}

static const char *goals_set(Arena *arena, int n)
{
    return n ? arena_printf(arena, ngettext("%d goal", "%d goals", n), n) : "";
}

static const char *measures_planned(Arena *arena, int n)
{
    return n ? arena_printf(arena, ngettext("%d measure", "%d measures", n), n) : "";
}

static const char *measures_begun(Arena *arena, int n)
{
    return n ? arena_printf(arena, ngettext("%d measure begun", "%d measures begun", n), n) : "";
}

static const char *looked_back(Arena *arena, int n)
{
    return n ? arena_printf(arena,
                            ngettext("looked back on %d from last year",
                                     "looked back on %d from last year", n),
                            n)
             : "";
}

bool tilstandsrapport_thread(Db *db, Arena *arena, const Report *report, RedThread *ret,
                             GError **error)
{
    int done = tilstandsrapport_steps_done(report->state);
    g_auto(NyttTraadRows) rows = { 0 };

    if (!nytt_traad(db, report->owner, report->id, &rows, error))
        return false;
    const NyttTraadRow n = rows.v[0];
    const char *finished =
        arena_printf(arena, _("%1$d of %2$d chapters finished"), (int)n.finished, (int)n.chapters);
    const char *answered =
        n.items ? arena_printf(arena, _("%1$d of %2$d answered"), (int)n.answered, (int)n.items)
                : "";

    *ret = (RedThread){ {
        { _("Evidence"), "", n.chapters > 0, "" },
        { _("Need"), chapters_judged(arena, (int)n.judged), n.judged > 0, "/skriving" },
        { _("Goal"), goals_set(arena, (int)n.goals), n.goals > 0, "/skriving" },
        { _("Measure"), measures_planned(arena, (int)n.measures), n.measures > 0, "/skriving" },
        { _("Practice"), measures_begun(arena, (int)n.begun), n.begun > 0, "/skriving" },
        { _("Evaluation"), looked_back(arena, (int)n.evaluated), n.evaluated > 0, "/ifjor" },
        { _("Report"), finished, done >= 1, "" },
        { _("Decision"), tilstandsrapport_state_name(report->state), done >= 4, "/behandling" },
        { _("Follow-up"), answered, n.items > 0 && n.items == n.answered, "/oppfolging" },
    } };
    return true;
}
