/* dokumenter.c - what of a report belongs in the archive, what it waits for, and each as a file.
 *
 * The voted report, the papers that lay before each body with the report as it was then, each certified
 * excerpt, and the minutes of the dialogue. Drafts and raw data are not archived. Source: domain.md 8.5.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-inside.h"
#include "tilgang.h"

typedef struct {
    Db *db;
    Arena *arena;
    const Report *report;
    StepEventList events;
    Step steps[6];
    ArchiveDocs *docs;
} Gathering;

static const StepEvent *last_of(const Gathering *g, const char *action)
{
    for (size_t i = g->events.n; i > 0; i--)
        if (!g->events.v[i - 1].withdrawn && !strcmp(g->events.v[i - 1].action, action))
            return &g->events.v[i - 1];
    return NULL;
}

static const char *const *one(Arena *arena, const char *who)
{
    const char **all = arena_alloc(arena, 2 * sizeof(char *));

    all[0] = *who ? who : NULL;
    return all;
}

static const char *body_or(const Gathering *g, int step, const char *other)
{
    return *g->steps[step - 1].body ? g->steps[step - 1].body : other;
}

static ArchiveDoc *add(Gathering *g, ArchiveDoc doc)
{
    ArchiveDoc *d = &g->docs->v[g->docs->n++];

    *d = doc;
    d->hjemmel = d->public_title = d->number = d->archive_id = "";
    d->handler = d->handler ? d->handler : "";
    d->journal = d->journal ? d->journal : "";
    return d;
}

/* Texts for the reader of the page, whatever the language of the documents is. */
static const char *told(Lang lang, const char *msgid)
{
    g_auto(ArkivSpeaking) speaking = arkiv_speak(lang);

    return i18n_text(msgid);
}

static void add_report(Gathering *g, Lang reader)
{
    const StepEvent *vote = last_of(g, "vedtak");
    ArchiveDoc doc = { .kind = KIND_REPORT,
                       .part = "rapport",
                       .title = g->report->title,
                       .file = "tilstandsrapport.pdf",
                       .post_type = "N",
                       .doc_type = "RAPPORT",
                       .from = tilgang_role_name("FS"),
                       .to = one(g->arena, body_or(g, 6, "")) };

    if (vote && vote->version) {
        doc.version = vote->version;
        doc.on = vote->on;
        doc.made_at = vote->recorded_at;
    } else {
        doc.waits = told(reader, N_("Waits for the decision of the municipal council."));
    }
    add(g, doc);
}

/* --- case papers --- */

/* The report as it lay before the body. */
static void attach_report(Gathering *g, int step, ArchiveDoc *doc)
{
    const StepEvent *e = last_of(g, step == 3 ? "send" : "vedtak");

    if (!e && step == 4)
        e = last_of(g, "innstilling");
    if (!e || !e->version)
        return;
    doc->version = e->version;
    doc->attached_title = g->report->title;
    doc->attached_file = step == 3 ? "vedlegg-tilstandsrapport-formannskap.pdf"
                                   : "vedlegg-tilstandsrapport-kommunestyre.pdf";
}

static bool add_paper(Gathering *g, int step, Lang reader, GError **error)
{
    const char *body = body_or(g, step, g->steps[step - 1].name);
    PaperFile file;

    if (!arkiv_paper_file(g->db, g->arena, g->report, step, &file, error))
        return false;
    ArchiveDoc *doc =
        add(g, (ArchiveDoc){ .kind = KIND_PAPER,
                             .part = step == 3 ? "saksframlegg-3" : "saksframlegg-4",
                             .title = arena_printf(g->arena, _("Case paper for %1$s: %2$s"), body,
                                                   g->report->title),
                             .file = step == 3 ? "saksframlegg-formannskap.pdf"
                                               : "saksframlegg-kommunestyre.pdf",
                             .post_type = "S",
                             .doc_type = "SAKSFRAMLEGG",
                             .from = tilgang_role_name("KD"),
                             .to = one(g->arena, body) });

    if (!file.sent || !file.open) {
        doc->waits = told(reader, !file.newest ? N_("No case paper is written yet.")
                                  : !file.newest->approved_at
                                      ? N_("Waits for the approval of the chief executive.")
                                      : N_("Waits until the case has gone to the body."));
        return true;
    }
    if (!arkiv_case_paper(g->db, g->arena, g->report, step, file.open, &doc->paper, error))
        return false;
    doc->made_at = file.open->approved_at;
    doc->on = file.open->approved_on;
    doc->handler = doc->paper.paper.text[PAPER_HANDLER];
    attach_report(g, step, doc);
    return true;
}

/* --- excerpts --- */

/* "ps-45-13": what a file can be called everywhere; "" when nothing of it can. */
static const char *slug(Arena *arena, const char *text)
{
    GString *out = g_string_new(NULL);
    const char *kept;

    for (; *text; text++)
        if (g_ascii_isalnum(*text))
            g_string_append_c(out, g_ascii_tolower(*text));
        else if (out->len && out->str[out->len - 1] != '-')
            g_string_append_c(out, '-');
    if (out->len && out->str[out->len - 1] == '-')
        g_string_truncate(out, out->len - 1);
    kept = arena_dup(arena, out->str);
    g_string_free(out, TRUE);
    return kept;
}

static bool add_excerpt(Gathering *g, const Decision *d, Lang reader, GError **error)
{
    const char *name = slug(g->arena, d->event.case_number);
    const char *body = *d->body ? d->body : d->event.action_name;
    char id[ID_TEXT];

    id_text(d->event.id, id);
    ArchiveDoc *doc = add(
        g,
        (ArchiveDoc){ .kind = KIND_EXCERPT,
                      .part = arena_printf(g->arena, "saerutskrift-%s", id),
                      .title = arena_printf(g->arena, _("Excerpt of the minutes, %1$s %2$s: %3$s"),
                                            body, d->event.case_number, d->report.title),
                      .file = arena_printf(g->arena, "saerutskrift-%s-%s.pdf",
                                           d->event.step == 3 ? "formannskap" : "kommunestyre",
                                           *name ? name : id),
                      .doc_type = "PROTOKOLL",
                      .from = body,
                      .decision = *d,
                      .journal = d->event.journal_entry });

    if (!arkiv_excerpt(g->db, g->arena, d, &doc->excerpt, error))
        return false;
    doc->post_type = doc->excerpt.outside ? "U" : "X";
    doc->to = arkiv_lines(g->arena, doc->excerpt.recipients, NULL);
    doc->handler = doc->excerpt.certifier;
    if (arkiv_excerpt_ready(&doc->excerpt)) {
        doc->on = doc->excerpt.certified_on;
        doc->made_at = d->event.recorded_at;
    } else {
        doc->waits = told(reader, N_("Waits for somebody to certify the excerpt."));
    }
    return true;
}

/* --- the dialogue --- */

static bool add_dialogue(Gathering *g, Lang reader, GError **error)
{
    ArchiveDoc *doc = add(
        g, (ArchiveDoc){ .kind = KIND_DIALOGUE,
                         .part = "dialogmote",
                         .title = arena_printf(g->arena, _("Minutes of the dialogue meeting: %s"),
                                               g->report->title),
                         .file = "referat-dialogmote.pdf",
                         .post_type = "X",
                         .doc_type = "NOTAT",
                         .from = tilgang_role_name("FS"),
                         .to = one(g->arena, body_or(g, 2, "")) });

    if (!tilstandsrapport_meeting_record(g->db, g->arena, g->report, &doc->meeting, error))
        return false;
    doc->on = doc->meeting.on;
    doc->made_at = doc->meeting.recorded_at;
    if (!doc->meeting.on)
        doc->waits = told(reader, N_("The dialogue meeting is not recorded yet."));
    else if (!*doc->meeting.minutes)
        doc->waits = told(reader, N_("The dialogue meeting has no minutes."));
    else if (tilstandsrapport_writable(g->report->state))
        doc->waits = told(reader, N_("Waits until the report is sent."));
    if (doc->waits)
        doc->on = NULL;
    return true;
}

static void find_case(Gathering *g)
{
    const StepEvent *e;

    for (size_t i = g->events.n; i > 0 && !*g->docs->archive_case; i--) {
        e = &g->events.v[i - 1];
        if (!e->withdrawn)
            g->docs->archive_case = e->archive_case;
    }
    for (size_t i = 0; i < g->docs->n && !*g->docs->archive_case; i++)
        if (g->docs->v[i].kind == KIND_PAPER && !g->docs->v[i].waits)
            g->docs->archive_case = g->docs->v[i].paper.paper.text[PAPER_CASE];
}

static bool gather(Gathering *g, Lang reader, GError **error)
{
    g_auto(ArkivSpeaking) speaking = arkiv_speak(g->report->language);
    DecisionList decisions;

    if (!tilstandsrapport_events(g->db, g->arena, g->report->owner, g->report->id, &g->events,
                                 error) ||
        !tilstandsrapport_steps(g->db, g->arena, g->report->owner, g->report->id, g->steps,
                                error) ||
        !arkiv_decisions(g->db, g->arena, g->report, &decisions, error))
        return false;
    g->docs->v = arena_alloc(g->arena, (decisions.n + 4) * sizeof(ArchiveDoc));
    add_report(g, reader);
    if (!add_paper(g, 3, reader, error) || !add_paper(g, 4, reader, error))
        return false;
    for (size_t i = 0; i < decisions.n; i++)
        if (!add_excerpt(g, &decisions.v[i], reader, error))
            return false;
    if (!add_dialogue(g, reader, error))
        return false;
    find_case(g);
    return true;
}

bool arkiv_documents(Db *db, Arena *arena, const Report *report, ArchiveDocs *ret, GError **error)
{
    Gathering g = { .db = db, .arena = arena, .report = report, .docs = ret };

    *ret = (ArchiveDocs){ .archive_case = "", .folder_id = "" };
    return gather(&g, i18n_current(), error) &&
           arkiv_look(db, arena, report->owner, &ret->look, error) &&
           arkiv_fill_rows(db, arena, report, ret, error);
}

/* --- as files --- */

static void put_list(Doc *doc, const char *heading, const BasisLines *lines)
{
    if (!lines->n)
        return;
    doc_heading(doc, 1, NULL, heading);
    doc_list_begin(doc, false);
    for (size_t i = 0; i < lines->n; i++)
        doc_item(doc, lines->v[i].text);
    doc_end(doc);
}

static Doc *dialogue_doc(const Report *report, const ArchiveDoc *d, const PaperLook *look)
{
    const DocMeta meta = { .title = d->title,
                           .author = look->owner,
                           .lang = i18n_tag(report->language),
                           .accent = look->accent,
                           .created = d->made_at,
                           .no_cover = true,
                           .no_contents = true };
    Doc *doc = doc_new(&meta);
    char day[DATE_TEXT];

    doc_term(doc, _("Date"), date_text(d->meeting.on, day));
    if (*d->meeting.starts)
        doc_term(doc, _("Begins at"), d->meeting.starts);
    if (*d->meeting.place)
        doc_term(doc, _("Place"), d->meeting.place);
    put_list(doc, _("Present"), &d->meeting.present);
    put_list(doc, _("Agenda"), &d->meeting.agenda);
    doc_heading(doc, 1, NULL, _("Minutes"));
    doc_markdown(doc, d->meeting.minutes, 2);
    return doc;
}

bool arkiv_document_pdf(Db *db, Arena *arena, const Report *report, const ArchiveDocs *docs,
                        const ArchiveDoc *d, bool attached, GBytes **ret, GError **error)
{
    g_auto(ArkivSpeaking) speaking = arkiv_speak(report->language);
    g_autoptr(Doc) doc = NULL;

    if (attached || d->kind == KIND_REPORT)
        return tilstandsrapport_version_pdf(db, arena, report, d->version, !attached, ret, error);
    doc = d->kind == KIND_PAPER ? arkiv_paper_doc(arena, &d->paper)
          : d->kind == KIND_EXCERPT
              ? arkiv_excerpt_doc(arena, &d->decision, &d->excerpt, &docs->look)
              : dialogue_doc(report, d, &docs->look);
    return doc_pdf(doc, ret, error);
}
