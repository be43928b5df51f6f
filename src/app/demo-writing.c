/* demo-writing.c - what a report that is being written holds beside its texts: goals, measures, what became of
 * last year's, who has which chapter, and a comment that was answered. All of it is synthetic.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "demo.h"
#include "maal.h"
#include "person.h"
#include "tall.h"

typedef struct {
    const char *number, *theme; /* whose report, and which chapter */
    Goal goal;
} DemoGoal;
static const DemoGoal goals[] = {
    { "1551",
      "hms",
      { .indicator = "SYK.TOT",
        .goal = "Sykefraværet i barnehage og skole skal ned til landsnivået.",
        .direction = "ned",
        .baseline = "14 % (1. kvartal 2012)",
        .target = "6 %",
        .due = "2014-06-30",
        .judgement = "Fraværet gikk ned til [[SYK.TOT]]. Tallet svinger mye fra kvartal til "
                     "kvartal, så vi trenger flere målinger før vi kan si at det varer." } },
    { "1579",
      "laringsresultat",
      { .indicator = "NP.LES.5",
        .goal = "Elevene på 5. trinn skal lese like godt som elevene i landet.",
        .direction = "opp",
        .baseline = "47 (2025/26)",
        .target = "50",
        .due = "2028-12-31",
        .judgement = "Resultatet er [[NP.LES.5]]. Vi ser ingen sikker endring ennå." } },
    { "1579",
      "laringsresultat",
      { .indicator = "",
        .goal = "Alle skoler skal ha en plan for leseopplæring på alle trinn.",
        .direction = "",
        .baseline = "",
        .target = "",
        .judgement = "" } },
};

typedef struct {
    const char *number, *theme, *position; /* position: a part of the title */
    Measures measure;
} DemoMeasure;
static const DemoMeasure measures[] = {
    { "1551",
      "hms",
      "Fagsjef",
      { .measure = "Oppfølgingssamtale innen fire uker for alle som blir sykmeldt (syntetisk).",
        .starts = "2013-08-01",
        .due = "2014-06-30",
        .indicator = "SYK.TOT",
        .status = "pagar",
        .note = "" } },
    { "1579",
      "laringsresultat",
      "Fagsjef",
      { .measure = "Felles kurs i leseveiledning for lærere på 1.–4. trinn (syntetisk).",
        .starts = "2026-08-17",
        .due = "2027-06-18",
        .indicator = "NP.LES.5",
        .status = "planlagt",
        .note = "" } },
    { "1579",
      "laringsresultat",
      "Rektor",
      { .measure = "Fast lesestund hver dag på alle skoler (syntetisk).",
        .starts = "2026-08-17",
        .due = "2027-06-18",
        .indicator = "NP.LES.5",
        .status = "planlagt",
        .note = "" } },
};

static const struct {
    const char *number;
    LastYear said;
} last_year[] = {
    { "1551",
      { .task = "Alle lærere deltar i ped.tid om lesing hver mandag.",
        .status = "viderefores",
        .note = "Gjennomført hele skoleåret. Videreføres med regning (syntetisk)." } },
    { "1579",
      { .task = "Alle skoler skal gå gjennom leseresultatene sammen med naboskolen.",
        .status = "gjennomfort",
        .note = "Gjennomført høsten 2025 (syntetisk)." } },
};

typedef struct {
    Demo *demo;
    Db *db;
    const DemoOwner *from;
    const Report *report;
    int64_t writer;
    const char *today;
    ChapterList chapters;
    PositionList positions;
} Enriching;

static const Chapter *chapter_of(const Enriching *e, const char *kind, const char *theme)
{
    for (size_t i = 0; i < e->chapters.n; i++)
        if (!strcmp(e->chapters.v[i].kind, kind) && !strcmp(e->chapters.v[i].theme, theme))
            return &e->chapters.v[i];
    return NULL;
}

static const Position *position_of(const Enriching *e, const char *title)
{
    for (size_t i = 0; i < e->positions.n; i++)
        if (strstr(e->positions.v[i].title, title))
            return &e->positions.v[i];
    return NULL;
}

static bool is_for(const Enriching *e, const char *number)
{
    return !strcmp(e->from->number, number);
}

static bool add_goals(const Enriching *e, GError **error)
{
    int64_t id;

    for (size_t i = 0; i < G_N_ELEMENTS(goals); i++) {
        const Chapter *c = chapter_of(e, "tema", goals[i].theme);
        Goal goal = goals[i].goal;

        if (!c || !is_for(e, goals[i].number))
            continue;
        goal.chapter = c->id;
        if (!tilstandsrapport_goal_store(e->db, e->report->owner, &goal, &id, error))
            return false;
    }
    return true;
}

static bool add_measures(const Enriching *e, GError **error)
{
    int64_t id;

    for (size_t i = 0; i < G_N_ELEMENTS(measures); i++) {
        const Chapter *c = chapter_of(e, "tema", measures[i].theme);
        const Position *p = position_of(e, measures[i].position);
        Measures measure = measures[i].measure;

        if (!c || !is_for(e, measures[i].number))
            continue;
        measure.chapter = c->id;
        measure.responsible = p ? p->id : 0;
        if (!tilstandsrapport_measure_store(e->db, e->report->owner, &measure, &id, error))
            return false;
    }
    return true;
}

static bool add_last_year(const Enriching *e, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(last_year); i++)
        if (is_for(e, last_year[i].number) &&
            !tilstandsrapport_last_year_store(e->db, e->report->owner, e->report->id,
                                              &last_year[i].said, error))
            return false;
    return true;
}

/* A question to the chapter on results, and its answer; the chapter is the head teacher's. */
static bool add_talk(const Enriching *e, GError **error)
{
    const Chapter *c = chapter_of(e, "tema", "laringsresultat");
    const Position *rektor = position_of(e, "Rektor");
    const Assignment to = { .writer = rektor ? rektor->person : 0,
                            .due = !e->from->report.recorded ? e->today : NULL };
    Comment comment = { .quote = "",
                        .body = "Skal vi ha med nivåene for hver skole, eller holder kommunen?",
                        .by = e->writer,
                        .at = e->demo->now };
    int64_t first, second;

    if (!c || !rektor || !rektor->person)
        return true;
    comment.chapter = c->id;
    if (!tilstandsrapport_assign(e->db, e->report->owner, c->id, &to, e->demo->now, error) ||
        !tilstandsrapport_comment(e->db, e->report->owner, &comment, &first, error))
        return false;
    comment.thread = first;
    comment.by = rektor->person;
    comment.body = "Kommunen holder. Skolene er små, så nivåene blir skjermet.";
    return tilstandsrapport_comment(e->db, e->report->owner, &comment, &second, error);
}

static bool hold(const Enriching *e, GError **error)
{
    const Taking taking = { e->writer, e->demo->now, e->today };

    for (size_t i = 0; i < e->chapters.n; i++)
        if (!tilstandsrapport_hold_figures(e->db, e->report, e->chapters.v[i].id, &taking, error))
            return false;
    return true;
}

bool demo_writing(Demo *demo, Db *db, const DemoOwner *from, const DemoReportAt *at, GError **error)
{
    Report report;
    Enriching e = { .demo = demo,
                    .db = db,
                    .from = from,
                    .report = &report,
                    .writer = at->writer,
                    .today = at->today };

    return tilstandsrapport_get(db, demo->arena, at->owner, at->report, &report, error) &&
           tilstandsrapport_chapters(db, demo->arena, at->owner, at->report, &e.chapters, error) &&
           person_position_list(db, demo->arena, at->owner, at->today, &e.positions, error) &&
           add_goals(&e, error) && add_measures(&e, error) && add_last_year(&e, error) &&
           (!at->writer || add_talk(&e, error)) && hold(&e, error);
}
