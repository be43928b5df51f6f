/* saksframlegg-doc.c - a case paper as a document: head, recommendation, what it rests on.
 *
 * Order and headings as Norwegian case papers have them: the table «Saksgang», the recommendation
 * first, then what it builds on. Source: domain.md 1.6.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-inside.h"
#include "eier.h"

#define LAW_2018 "2019-11-01" /* kommuneloven 2018 in force: rådmannen became kommunedirektøren */

const char *arkiv_recommendation_heading(const char *day)
{
    return strcmp(day, LAW_2018) < 0 ? _("The chief administrative officer’s recommendation")
                                     : _("The chief executive’s recommendation");
}

/* --- saksgang --- */

static bool is_treatment(const StepEvent *e)
{
    static const char *const all[] = { "innstilling", "oversend",     "vedtak",
                                       "utsett",      "send_tilbake", NULL };

    return !e->withdrawn && (e->step == 3 || e->step == 4) && g_strv_contains(all, e->action);
}

bool arkiv_meetings(Db *db, Arena *arena, const Report *report, Meetings *ret, GError **error)
{
    int done = tilstandsrapport_steps_done(report->state);
    StepEventList events;
    Step steps[6];

    if (!tilstandsrapport_steps(db, arena, report->owner, report->id, steps, error) ||
        !tilstandsrapport_events(db, arena, report->owner, report->id, &events, error))
        return false;
    *ret = (Meetings){ arena_alloc(arena, (events.n + 2) * sizeof(Meeting)), 0 };
    for (size_t i = 0; i < events.n; i++) {
        const StepEvent *e = &events.v[i];

        if (is_treatment(e))
            ret->v[ret->n++] = (Meeting){ steps[e->step - 1].body, e->on, e->case_number, false };
    }
    for (int step = 3; step <= 4; step++)
        if (done < step && report->state != STATE_AVVIST)
            ret->v[ret->n++] = (Meeting){ steps[step - 1].body, steps[step - 1].planned, "", true };
    return true;
}

static void put_meetings(Arena *arena, const Meetings *meetings, Doc *doc)
{
    const DocColumn columns[] = { { _("Body"), DOC_LEFT, true },
                                  { _("Date of the meeting"), DOC_LEFT, false },
                                  { _("Case number"), DOC_LEFT, false } };
    DocTable *table = doc_table(doc, _("How the case is treated"), columns, 3, NULL);
    char day[DATE_TEXT];

    for (size_t i = 0; i < meetings->n; i++) {
        const Meeting *m = &meetings->v[i];
        const char *when = date_text(m->day, day);

        doc_cell(table, *m->body ? m->body : "–", NULL);
        doc_cell(table, m->planned ? arena_printf(arena, _("%s (planned)"), when) : when, NULL);
        doc_cell(table, *m->number ? m->number : "–", NULL);
    }
}

/* --- putting it together --- */

bool arkiv_look(Db *db, Arena *arena, int64_t owner, PaperLook *ret, GError **error)
{
    Eier eier;

    if (!eier_get(db, arena, owner, &eier, error) || !eier_colour(db, owner, &ret->accent, error))
        return false;
    ret->owner = eier.name;
    ret->base = NULL;
    return true;
}

bool arkiv_decisions(Db *db, Arena *arena, const Report *report, DecisionList *ret, GError **error)
{
    static const char *const all[] = { "innstilling", "oversend",     "vedtak",
                                       "utsett",      "send_tilbake", NULL };
    StepEventList events;

    if (!tilstandsrapport_events(db, arena, report->owner, report->id, &events, error))
        return false;
    *ret = (DecisionList){ arena_alloc(arena, MAX(events.n, 1) * sizeof(Decision)), 0 };
    for (size_t i = 0; i < events.n; i++) {
        const StepEvent *e = &events.v[i];

        if (e->withdrawn || !g_strv_contains(all, e->action))
            continue;
        if (!tilstandsrapport_decision(db, arena, report->owner, report->id, e->id, &ret->v[ret->n],
                                       error))
            return false;
        ret->n++;
    }
    return true;
}

/* What the executive committee said last; NULL when nothing. */
static bool find_before(Db *db, Arena *arena, const Report *report, const Decision **ret,
                        GError **error)
{
    DecisionList all;

    *ret = NULL;
    if (!arkiv_decisions(db, arena, report, &all, error))
        return false;
    for (size_t i = all.n; i > 0 && !*ret; i--)
        if (!strcmp(all.v[i - 1].event.action, "innstilling") && *all.v[i - 1].event.decision)
            *ret = &all.v[i - 1];
    return true;
}

bool arkiv_case_paper(Db *db, Arena *arena, const Report *report, int step,
                      const PaperVersion *version, CasePaper *ret, GError **error)
{
    Step steps[6];

    *ret = (CasePaper){ .report = report, .step = step, .version = version };
    if (!arkiv_paper_read(db, arena, report->owner, version->id, &ret->paper, error) ||
        !arkiv_meetings(db, arena, report, &ret->meetings, error) ||
        !arkiv_look(db, arena, report->owner, &ret->look, error) ||
        !tilstandsrapport_steps(db, arena, report->owner, report->id, steps, error))
        return false;
    ret->body = *steps[step - 1].body ? steps[step - 1].body : steps[step - 1].name;
    ret->body_day = steps[step - 1].planned;
    return step == 3 || find_before(db, arena, report, &ret->before, error);
}

/* --- the document --- */

static void put_term(Doc *doc, const char *term, const char *text)
{
    if (*text)
        doc_term(doc, term, text);
}

static void put_part(Doc *doc, const char *heading, const char *markdown)
{
    if (!*markdown)
        return;
    doc_heading(doc, 1, NULL, heading);
    doc_markdown(doc, markdown, 2);
}

static void put_attachments(Arena *arena, const CasePaper *p, Doc *doc)
{
    const char *const *lines = arkiv_lines(arena, p->paper.text[PAPER_ATTACHMENTS], NULL);

    doc_heading(doc, 1, NULL, _("Attachments"));
    doc_list_begin(doc, true);
    doc_item(doc, p->report->title);
    for (; *lines; lines++)
        doc_item(doc, *lines);
    doc_end(doc);
}

static void put_before(const CasePaper *p, Doc *doc)
{
    g_auto(GStrv) lines = NULL;
    g_autofree char *heading = NULL;

    if (!p->before)
        return;
    heading = g_strdup_printf(_("Recommendation of %s"), p->before->body);
    doc_heading(doc, 1, NULL, heading);
    lines = g_strsplit(p->before->event.decision, "\n", -1);
    for (char **line = lines; *line; line++)
        if (*g_strstrip(*line))
            doc_para(doc, *line);
}

static void put_head(Arena *arena, const CasePaper *p, Doc *doc)
{
    const char *const *t = p->paper.text;
    char day[DATE_TEXT];

    put_term(doc, _("Case officer"), t[PAPER_HANDLER]);
    put_term(doc, _("Archive case"), t[PAPER_CASE]);
    put_term(doc, _("Archive code"), t[PAPER_CODE]);
    doc_term(
        doc, _("Date"),
        date_text(p->version->approved_at ? p->version->approved_on : p->version->made_on, day));
    put_meetings(arena, &p->meetings, doc);
}

static void put_approval(Arena *arena, const CasePaper *p, Doc *doc)
{
    char day[DATE_TEXT];

    if (!p->version->approved_at)
        return;
    doc_para(doc, arena_printf(arena,
                               _("Approved by the chief executive %s. The paper is approved "
                                 "electronically and has no signature."),
                               date_text(p->version->approved_on, day)));
}

Doc *arkiv_paper_doc(Arena *arena, const CasePaper *p)
{
    g_auto(ArkivSpeaking) speaking = arkiv_speak(p->report->language);
    const char *const *t = p->paper.text;
    const DocMeta meta = { .title = t[PAPER_TITLE],
                           .subtitle = arena_printf(arena, _("Case paper for %s"), p->body),
                           .author = p->look.owner,
                           .lang = i18n_tag(p->report->language),
                           .draft = p->version->approved_at ? NULL : _("Draft – not approved"),
                           .base_url = p->look.base,
                           .accent = p->look.accent,
                           .created = p->version->approved_at ? p->version->approved_at
                                                              : p->version->made_at,
                           .no_cover = true,
                           .no_contents = true };
    Doc *doc = doc_new(&meta);

    put_head(arena, p, doc);
    doc_heading(doc, 1, NULL, arkiv_recommendation_heading(p->body_day));
    doc_markdown(doc, t[PAPER_RECOMMENDATION], 2);
    put_before(p, doc);
    put_attachments(arena, p, doc);
    put_part(doc, _("Facts of the case"), t[PAPER_FACTS]);
    put_part(doc, _("Assessment"), t[PAPER_ASSESSMENT]);
    put_part(doc, _("Economic consequences"), t[PAPER_ECONOMY]);
    put_part(doc, _("The best interests of the child"), t[PAPER_CHILDREN]);
    put_part(doc, _("Climate, environment and universal design"), t[PAPER_CLIMATE]);
    put_part(doc, _("Conclusion"), t[PAPER_CONCLUSION]);
    put_approval(arena, p, doc);
    return doc;
}
