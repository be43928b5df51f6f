/* saerutskrift.c - an excerpt of the minutes: one case, word for word, certified, and to whom it goes.
 *
 * Everything but recipients and certification is read from the decision as it was recorded; nothing of
 * it can be changed here. Source: kommuneloven § 11-4, domain.md 1.6, 6.3.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-inside.h"
#include "enhet.h"
#include "tilgang.h"
#include "saerutskrift.sql.h"

/* --- recipients --- */

static void add_line(GString *lines, const char *line)
{
    if (*line)
        g_string_append_printf(lines, "%s%s", lines->len ? "\n" : "", line);
}

/* Those a decision about the schools concerns: the head of education, who follows it up, each school. */
static bool propose(Db *db, Arena *arena, const Decision *d, const char **ret, GError **error)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    EnhetList units;
    Step steps[6];

    if (!tilstandsrapport_steps(db, arena, d->report.owner, d->report.id, steps, error) ||
        !enhet_list(db, arena, d->report.owner, d->event.on, &units, error))
        return false;
    add_line(lines, tilgang_role_name("FS"));
    if (d->event.step == 3)
        add_line(lines, steps[3].body);
    add_line(lines, steps[4].body);
    add_line(lines, steps[5].body);
    for (size_t i = 0; i < units.n && d->event.step == 4; i++)
        if (!strcmp(units.v[i].kind, "skole") || !strcmp(units.v[i].kind, "barnehage"))
            add_line(lines, units.v[i].name);
    *ret = arena_dup(arena, lines->str);
    return true;
}

bool arkiv_excerpt(Db *db, Arena *arena, const Decision *d, Excerpt *ret, GError **error)
{
    g_auto(ArkivSpeaking) speaking = arkiv_speak(d->report.language);
    g_auto(SaerutskriftReadRows) rows = { 0 };

    *ret = (Excerpt){ .recipients = "", .certifier = "" };
    if (!saerutskrift_read(db, d->report.owner, d->event.id, &rows, error))
        return false;
    if (!rows.n)
        return propose(db, arena, d, &ret->recipients, error);
    ret->recipients = arena_dup(arena, rows.v[0].recipients);
    ret->outside = rows.v[0].outside == 1;
    ret->certifier = arena_dup(arena, rows.v[0].certifier);
    ret->certified_on = arena_dup(arena, rows.v[0].certified_on);
    ret->version = rows.v[0].version;
    return true;
}

bool arkiv_excerpt_ready(const Excerpt *excerpt)
{
    return *excerpt->certifier && excerpt->certified_on;
}

bool arkiv_excerpt_store(Db *db, int64_t owner, int64_t event, const Excerpt *e, int64_t person,
                         int64_t now, GError **error)
{
    int64_t by = person ? person : NO_INT;
    bool stored;

    if (e->version) {
        g_auto(SaerutskriftUpdateRows) rows = { 0 };
        const SaerutskriftUpdateArgs args = { .owner = owner,
                                              .event = event,
                                              .version = e->version,
                                              .recipients = e->recipients,
                                              .outside = e->outside,
                                              .certifier = e->certifier,
                                              .certified_on = e->certified_on,
                                              .changed_at = now,
                                              .changed_by = by };

        if (!saerutskrift_update(db, &args, &rows, error))
            return false;
        stored = rows.n > 0;
    } else {
        g_auto(SaerutskriftInsertRows) rows = { 0 };
        const SaerutskriftInsertArgs args = { .owner = owner,
                                              .event = event,
                                              .recipients = e->recipients,
                                              .outside = e->outside,
                                              .certifier = e->certifier,
                                              .certified_on = e->certified_on,
                                              .changed_at = now,
                                              .changed_by = by };

        if (!saerutskrift_insert(db, &args, &rows, error))
            return false;
        stored = rows.n > 0;
    }
    return stored || app_fail(error, APP_ERROR_CONFLICT, "%s",
                              _("Somebody else has stored this excerpt meanwhile. Look at it "
                                "before you store again."));
}

/* --- the document --- */

/* Word for word, with its own numbers and lines. */
static void put_words(Doc *doc, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line; line++)
        if (*g_strchomp(*line))
            doc_para(doc, *line);
}

static const char *votes_text(Arena *arena, int64_t with, int64_t against, bool casting)
{
    if (with == NO_INT || against == NO_INT)
        return "";
    return casting
               ? arena_printf(arena,
                              _("%d votes for, %d against, decided by the mayor’s casting vote"),
                              (int)with, (int)against)
               : arena_printf(arena, _("%d votes for, %d against"), (int)with, (int)against);
}

static const char *line_result(Arena *arena, const MinuteLine *l)
{
    const char *votes = votes_text(arena, l->votes_for, l->votes_against, l->casting_vote);
    const char *result = l->kind == LINE_PARTY ? ""
                         : l->kind == LINE_INHABIL
                             ? (l->left_chair ? _("Left the meeting while the case was "
                                                  "treated")
                                              : _("Stayed in the meeting"))
                         : l->kind == LINE_REQUEST ? (l->adopted ? _("Sent on") : _("Not sent on"))
                         : l->adopted              ? _("Adopted")
                                                   : _("Not adopted");

    return *votes && *result   ? arena_printf(arena, "%s. %s.", result, votes)
           : *votes || *result ? arena_printf(arena, "%s%s.", result, votes)
                               : "";
}

static void put_line(Arena *arena, const MinuteLine *l, Doc *doc)
{
    const char *who = *l->who && *l->party ? arena_printf(arena, "%s, %s", l->who, l->party)
                      : *l->who            ? l->who
                                           : l->party;
    const char *name = tilstandsrapport_line_name(l->kind);
    const char *result = line_result(arena, l);
    const DocRun head[] = {
        { .text =
              *who ? arena_printf(arena, "%s (%s):", name, who) : arena_printf(arena, "%s:", name),
          .style = DOC_STRONG },
    };

    doc_para_runs(doc, head, 1);
    doc_keep_next(doc);
    put_words(doc, l->text);
    if (*result)
        doc_para(doc, result);
}

static void put_treatment(Arena *arena, const Decision *d, Doc *doc)
{
    const StepEvent *e = &d->event;
    const char *votes = votes_text(arena, e->votes_for, e->votes_against, e->casting_vote);

    doc_heading(doc, 1, NULL, _("Treatment in the meeting"));
    if (!d->lines.n)
        doc_para(doc, _("No other proposals were made."));
    for (size_t i = 0; i < d->lines.n; i++)
        put_line(arena, &d->lines.v[i], doc);
    doc_heading(doc, 2, NULL, _("Voting"));
    if (e->votes_against == 0 && e->votes_for != NO_INT)
        doc_para(doc, arena_printf(arena, _("Adopted unanimously, %d votes"), (int)e->votes_for));
    else if (*votes)
        doc_para(doc, votes);
    else
        doc_para(doc, e->unanimous ? _("Adopted unanimously") : _("No vote is recorded."));
}

static void put_decision(const Decision *d, Doc *doc)
{
    bool recommends = !strcmp(d->event.action, "innstilling");

    doc_heading(doc, 1, NULL, recommends ? _("Recommendation") : _("Decision"));
    if (*d->outcome && !recommends) {
        doc_lead(doc, d->outcome);
        doc_keep_next(doc);
    }
    if (*d->event.decision) {
        doc_quote_begin(doc);
        put_words(doc, d->event.decision);
        doc_end(doc);
    }
}

static void put_certified(Arena *arena, const Excerpt *e, const PaperLook *look, Doc *doc)
{
    const char *const *to = arkiv_lines(arena, e->recipients, NULL);
    char day[DATE_TEXT];

    doc_heading(doc, 1, NULL, _("True copy"));
    if (arkiv_excerpt_ready(e))
        doc_para(doc, arena_printf(arena,
                                   _("%1$s, %2$s. It is certified that this is a true excerpt "
                                     "of the minutes. %3$s"),
                                   look->owner, date_text(e->certified_on, day), e->certifier));
    else
        doc_para(doc, _("Not certified yet."));
    doc_heading(doc, 1, NULL, _("Sent to"));
    if (!*to)
        doc_para(doc, _("Nobody is named yet."));
    else {
        doc_list_begin(doc, false);
        for (; *to; to++)
            doc_item(doc, *to);
        doc_end(doc);
    }
}

static void put_head(const Decision *d, Doc *doc)
{
    char day[DATE_TEXT];

    doc_term(doc, _("Case"), *d->event.case_number ? d->event.case_number : "–");
    doc_term(doc, _("Body"), *d->body ? d->body : "–");
    doc_term(doc, _("Date of the meeting"), date_text(d->event.on, day));
    if (*d->event.archive_case)
        doc_term(doc, _("Archive case"), d->event.archive_case);
    if (*d->event.journal_entry)
        doc_term(doc, _("Journal entry"), d->event.journal_entry);
}

Doc *arkiv_excerpt_doc(Arena *arena, const Decision *d, const Excerpt *e, const PaperLook *look)
{
    g_auto(ArkivSpeaking) speaking = arkiv_speak(d->report.language);
    const DocMeta meta = { .title = d->report.title,
                           .subtitle =
                               *d->body
                                   ? arena_printf(arena, _("Excerpt of the minutes, %s"), d->body)
                                   : _("Excerpt of the minutes"),
                           .author = look->owner,
                           .lang = i18n_tag(d->report.language),
                           .draft = arkiv_excerpt_ready(e) ? NULL : _("Draft – not certified"),
                           .base_url = look->base,
                           .accent = look->accent,
                           .created = d->event.recorded_at,
                           .no_cover = true,
                           .no_contents = true };
    Doc *doc = doc_new(&meta);

    put_head(d, doc);
    put_treatment(arena, d, doc);
    put_decision(d, doc);
    put_certified(arena, e, look, doc);
    return doc;
}
