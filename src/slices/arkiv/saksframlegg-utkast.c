/* saksframlegg-utkast.c - what a new case paper begins as: the report's own words, its dates and its law.
 *
 * Only what is known is written. Economy, the best interests of the child and the rest that people must
 * weigh are left empty, and the paper cannot be approved before they are written.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-inside.h"
#include "tilgang.h"

static void put_heading(GString *out, const char *text)
{
    g_string_append_printf(out, "%s## %s\n\n", out->len ? "\n" : "", text);
}

static void put_law(Db *db, Arena *arena, const Report *report, GString *out)
{
    LawRef law;

    if (!report->law ||
        !tilstandsrapport_law_by_code(db, arena, report->language, report->law, &law, NULL))
        return;
    put_heading(out, _("What the law asks for"));
    g_string_append_printf(out, "%s: %s\n", law.law, law.duty);
}

static void put_lines(Arena *arena, GString *out, const char *heading, const BasisLines *lines)
{
    char day[DATE_TEXT];

    if (!lines->n)
        return;
    put_heading(out, heading);
    for (size_t i = 0; i < lines->n; i++) {
        const BasisLine *l = &lines->v[i];

        g_string_append_printf(
            out, "- %s%s%s%s\n", l->text, *l->responsible ? " – " : "", l->responsible,
            l->due ? arena_printf(arena, ", %s %s", _("by the date"), date_text(l->due, day)) : "");
    }
}

static bool put_inputs(Db *db, Arena *arena, const Report *report, GString *out, GError **error)
{
    AnsweredInputList inputs;

    if (!tilstandsrapport_answered_inputs(db, arena, report->owner, report->id, &inputs, error))
        return false;
    if (!inputs.n)
        return true;
    put_heading(out, _("Input from the dialogue, and its answers"));
    for (size_t i = 0; i < inputs.n; i++) {
        const AnsweredInput *a = &inputs.v[i];

        g_string_append_printf(out, "- **%s:** %s  \n  *%s.* %s\n",
                               *a->body ? a->body : tilstandsrapport_group_name(a->group), a->text,
                               tilstandsrapport_verdict_name(a->verdict), a->answer);
    }
    return true;
}

static void put_dates(Arena *arena, const Step steps[6], GString *out)
{
    char day[DATE_TEXT];

    put_heading(out, _("How the report is treated"));
    for (int i = 0; i < 6; i++)
        g_string_append_printf(out, "%d. %s%s – %s\n", steps[i].nr, steps[i].name,
                               *steps[i].body ? arena_printf(arena, " (%s)", steps[i].body) : "",
                               date_text(steps[i].planned, day));
}

static const char *recommendation_of(Db *db, Arena *arena, const Report *report, int step)
{
    g_autoptr(GError) why = NULL;
    DecisionList said;

    if (step == 4 && arkiv_decisions(db, arena, report, &said, &why))
        for (size_t i = said.n; i > 0; i--)
            if (!strcmp(said.v[i - 1].event.action, "innstilling") && *said.v[i - 1].event.decision)
                return said.v[i - 1].event.decision;
    return arena_printf(arena,
                        _("1. The municipal council approves «%s».\n2. The measures in the report "
                          "are carried out, and the municipal council is told how they go in next "
                          "year’s report."),
                        report->title);
}

static bool compose(Db *db, Arena *arena, const Report *report, const char *today, Paper *paper,
                    GError **error)
{
    g_autoptr(GString) facts = g_string_new(NULL);
    CaseBasis basis;
    Step steps[6];

    if (!tilstandsrapport_case_basis(db, arena, report, today, &basis, error) ||
        !tilstandsrapport_steps(db, arena, report->owner, report->id, steps, error))
        return false;
    if (*basis.summary)
        g_string_append_printf(facts, "%s\n", basis.summary);
    put_law(db, arena, report, facts);
    put_lines(arena, facts, _("Goals"), &basis.goals);
    put_lines(arena, facts, _("Measures"), &basis.measures);
    if (!put_inputs(db, arena, report, facts, error))
        return false;
    put_dates(arena, steps, facts);
    paper->text[PAPER_FACTS] = arena_dup(arena, facts->str);
    paper->text[PAPER_ASSESSMENT] = basis.conclusion;
    return true;
}

/* The council's paper goes on from what the executive committee was given. */
static bool go_on(Db *db, Arena *arena, const Report *report, Paper *paper, bool *ret,
                  GError **error)
{
    PaperFile before;

    *ret = false;
    if (!arkiv_paper_file(db, arena, report, 3, &before, error))
        return false;
    if (!before.newest)
        return true;
    *ret = true;
    return arkiv_paper_read(db, arena, report->owner, before.newest->id, paper, error);
}

bool arkiv_paper_begin(Db *db, Arena *arena, const Report *report, int step, const char *today,
                       Paper *ret, GError **error)
{
    g_auto(ArkivSpeaking) speaking = arkiv_speak(report->language);
    bool begun = false;

    for (int i = 0; i < N_PAPER; i++)
        ret->text[i] = "";
    if (step == 4 && !go_on(db, arena, report, ret, &begun, error))
        return false;
    if (!begun) {
        ret->text[PAPER_TITLE] = report->title;
        ret->text[PAPER_HANDLER] = tilgang_role_name("FS");
        if (!compose(db, arena, report, today, ret, error))
            return false;
    }
    ret->text[PAPER_RECOMMENDATION] = recommendation_of(db, arena, report, step);
    return true;
}
