/* forslag-sider.c - the page where the minutes of a case are written while a body has the report.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "forslag-sider.h"
#include "sider-behandling.h"
#include "forslag.html.h"

/* --- lines in words --- */

static const char *who_text(Req *req, const MinuteLine *l)
{
    return *l->who && *l->party ? arena_printf(req->arena, "%s, %s", l->who, l->party)
           : *l->who            ? l->who
                                : l->party;
}

static const char *votes_text(Req *req, const MinuteLine *l)
{
    if (l->votes_for == NO_INT || l->votes_against == NO_INT)
        return "";
    return arena_printf(req->arena, _("%d votes for, %d against"), (int)l->votes_for,
                        (int)l->votes_against);
}

static const char *result_text(Req *req, const MinuteLine *l)
{
    const char *result = l->adopted ? _("Adopted") : _("Not adopted");

    switch (l->kind) {
    case LINE_INHABIL:
        return l->left_chair ? _("Left the meeting while the case was treated")
                             : _("Stayed in the meeting");
    case LINE_PROPOSAL:
        if (*l->stance)
            result = arena_printf(req->arena, "%s (%s)", result,
                                  !strcmp(l->stance, "for") ? _("adds to the recommendation")
                                                            : _("against the recommendation"));
        return result;
    case LINE_REQUEST:
        return l->adopted ? _("Sent on") : _("Not sent on");
    case LINE_POINT:
        return l->casting_vote
                   ? arena_printf(req->arena, "%s, %s", result, _("by the casting vote"))
                   : result;
    default:
        return "";
    }
}

LineViews tilstandsrapport_line_views(Req *req, const MinuteLines *lines, int64_t event, int step)
{
    LineViews all = { arena_alloc(req->arena, MAX(lines->n, 1) * sizeof(LineView)), 0 };

    for (size_t i = 0; i < lines->n; i++) {
        const MinuteLine *l = &lines->v[i];

        if (l->event == event && (event || l->step == step))
            all.v[all.n++] = (LineView){ tilstandsrapport_line_name(l->kind),
                                         who_text(req, l),
                                         l->text,
                                         votes_text(req, l),
                                         result_text(req, l),
                                         l->id,
                                         tilstandsrapport_line_code(l->kind),
                                         tilstandsrapport_line_mark(req->arena, l),
                                         NULL,
                                         false };
    }
    return all;
}

void tilstandsrapport_draw_lines(Html *html, LineViews lines)
{
    forslag_linjer(html, &lines);
}

/* --- forms: each kind asks for its own --- */

enum {
    L_WHO,
    L_PARTY,
    L_TEXT,
    L_STANCE,
    L_FOR,
    L_AGAINST,
    L_CASTING,
    L_ADOPTED,
    L_LEFT,
    N_LINE_FIELDS
};

static const Field base[N_LINE_FIELDS] = {
    [L_WHO] = { "hvem", FIELD_LINE, N_("Who proposed it"), .max = 120 },
    [L_PARTY] = { "parti", FIELD_LINE, N_("Party"), .max = 60 },
    [L_TEXT] = { "ordlyd", FIELD_TEXT, N_("Text, word for word"), .required = true, .max = 8000 },
    [L_STANCE] = { "holdning", FIELD_CHOICE, N_("How it stands to the recommendation") },
    [L_FOR] = { "for", FIELD_INT, N_("Votes for"), .low = 0, .high = 999 },
    [L_AGAINST] = { "mot", FIELD_INT, N_("Votes against"), .low = 0, .high = 999 },
    [L_CASTING] = { "dobbeltstemme", FIELD_CHECK, N_("Decided by the mayor’s casting vote") },
    [L_ADOPTED] = { "vedtatt", FIELD_CHECK, N_("It was adopted") },
    [L_LEFT] = { "fratradt", FIELD_CHECK, N_("Left the meeting while the case was treated") },
};

#define ASKS(field) (1u << (field))

static const struct {
    unsigned asks;
    const char *what;
} asked[N_LINE] = {
    [LINE_PROPOSAL] = { ASKS(L_WHO) | ASKS(L_PARTY) | ASKS(L_TEXT) | ASKS(L_STANCE) | ASKS(L_FOR) |
                            ASKS(L_AGAINST) | ASKS(L_CASTING) | ASKS(L_ADOPTED),
                        N_("Another proposal than the one that lay before the body.") },
    [LINE_REQUEST] = { ASKS(L_WHO) | ASKS(L_PARTY) | ASKS(L_TEXT) | ASKS(L_FOR) | ASKS(L_AGAINST) |
                           ASKS(L_ADOPTED),
                       N_("A proposal that is sent on without being decided. It is no part of the "
                          "decision.") },
    [LINE_POINT] = { ASKS(L_TEXT) | ASKS(L_FOR) | ASKS(L_AGAINST) | ASKS(L_CASTING) |
                         ASKS(L_ADOPTED),
                     N_("When the points were voted on one by one.") },
    [LINE_PARTY] = { ASKS(L_PARTY) | ASKS(L_FOR) | ASKS(L_AGAINST),
                     N_("How a party voted in the main vote. All parties together must add up to "
                        "the whole.") },
    [LINE_INHABIL] = { ASKS(L_WHO) | ASKS(L_TEXT) | ASKS(L_LEFT),
                       N_("A member who could not take part (forvaltningsloven § 6).") },
};

typedef struct {
    LineKind kind;
    Field fields[N_LINE_FIELDS];
    int which[N_LINE_FIELDS];
    int n;
} LineFields;

/* line: its id, when it is one that exists; 0: a new one. */
static LineFields *fields_of(Req *req, LineKind kind, int64_t line)
{
    LineFields *f = arena_alloc(req->arena, sizeof *f);
    char id[ID_TEXT];

    f->kind = kind;
    for (int i = 0; i < N_LINE_FIELDS; i++) {
        Field *to = &f->fields[f->n];

        if (!(asked[kind].asks & ASKS(i)))
            continue;
        *to = base[i];
        to->name = arena_printf(req->arena, "%s-%s%s", tilstandsrapport_line_code(kind),
                                base[i].name, line ? id_text(line, id) : "");
        if (kind == LINE_INHABIL && i == L_WHO)
            to->label = N_("Who was disqualified"), to->required = true;
        if (kind == LINE_INHABIL && i == L_TEXT)
            to->label = N_("Why"), to->required = false, to->max = 400;
        if (kind == LINE_PARTY || (kind == LINE_POINT && (i == L_FOR || i == L_AGAINST)))
            to->required = true;
        f->which[f->n++] = i;
    }
    return f;
}

static int index_of(const LineFields *f, int which)
{
    for (int i = 0; i < f->n; i++)
        if (f->which[i] == which)
            return i;
    return -1;
}

static void give_options(Req *req, const LineFields *f, Form *form)
{
    Option *options = arena_alloc(req->arena, 3 * sizeof(Option));

    options[0] = (Option){ "mot", _("Against the recommendation") };
    options[1] = (Option){ "for", _("Adds to the recommendation") };
    if (index_of(f, L_STANCE) >= 0)
        form_options(form, index_of(f, L_STANCE), options);
}

static const char *votes_value(Req *req, int64_t votes)
{
    return votes == NO_INT ? "" : arena_printf(req->arena, "%" G_GINT64_FORMAT, votes);
}

/* --- the page --- */

typedef struct {
    int status;
    LineKind kind; /* whose form failed */
    const Form *form;
    const char *trouble, *kept;
    int64_t line; /* that the form changes; 0: a new one */
} LineRetried;

/* The form of a line as it stands. */
static const Form *edit_form(Req *req, const MinuteLine *l)
{
    LineFields *f = fields_of(req, l->kind, l->id);
    Form *form = arena_alloc(req->arena, sizeof *form);
    const char *values[N_LINE_FIELDS] = { [L_WHO] = l->who,
                                          [L_PARTY] = l->party,
                                          [L_TEXT] = l->text,
                                          [L_STANCE] = l->stance,
                                          [L_CASTING] = l->casting_vote ? "1" : "",
                                          [L_ADOPTED] = l->adopted ? "1" : "",
                                          [L_LEFT] = l->left_chair ? "1" : "" };

    values[L_FOR] = votes_value(req, l->votes_for);
    values[L_AGAINST] = votes_value(req, l->votes_against);
    *form = form_blank(req, f->fields, f->n);
    give_options(req, f, form);
    for (int i = 0; i < f->n; i++)
        form_set(form, i, values[f->which[i]]);
    return form;
}

/* Those who write may change what is not recorded yet. */
static void give_forms(Req *req, const MinuteLines *lines, const LineRetried *again,
                       LineViews *views)
{
    for (size_t k = 0; k < views->n; k++)
        for (size_t i = 0; i < lines->n; i++) {
            if (lines->v[i].id != views->v[k].id)
                continue;
            views->v[k].open = again->form && again->line == lines->v[i].id;
            views->v[k].edit = views->v[k].open ? again->form : edit_form(req, &lines->v[i]);
        }
}

static void fill_forms(Req *req, const LineRetried *again, MinutesView *view)
{
    view->forms = (LineFormViews){ arena_alloc(req->arena, N_LINE * sizeof(LineFormView)), N_LINE };
    for (unsigned i = 0; i < N_LINE; i++) {
        LineKind kind = (LineKind)i;
        bool failed = again->form && again->kind == kind && !again->line;
        LineFields *fields = fields_of(req, kind, 0);
        Form *blank = arena_alloc(req->arena, sizeof *blank);

        *blank = form_blank(req, fields->fields, fields->n);
        give_options(req, fields, blank);
        view->forms.v[i] =
            (LineFormView){ tilstandsrapport_line_code(kind), tilstandsrapport_line_name(kind),
                            _(asked[i].what), failed ? again->form : blank, failed };
    }
}

static bool show_with(Req *req, const Report *report, const LineRetried *again, GError **error)
{
    int step = tilstandsrapport_minutes_step(report->state);
    MinutesView view = { .title = report->title,
                         .lang = i18n_tag(report->language),
                         .csrf = req->csrf,
                         .trouble = again->trouble,
                         .kept = again->kept,
                         .up = tilstandsrapport_url(req, report, "/behandling"),
                         .self = tilstandsrapport_url(req, report, "/protokoll"),
                         .remove = tilstandsrapport_url(req, report, "/protokoll/fjern") };
    MinuteLines lines;
    Step steps[6];

    if (!tilstandsrapport_minutes(req->db, req->arena, report->owner, report->id, &lines, error) ||
        !tilstandsrapport_steps(req->db, req->arena, report->owner, report->id, steps, error))
        return false;
    if (!step)
        view.closed = _("No body has the report now, so its minutes cannot be written in.");
    else
        view.body = *steps[step - 1].body ? steps[step - 1].body : steps[step - 1].name;
    view.lines = tilstandsrapport_line_views(req, &lines, 0, step);
    view.may_write = tilstandsrapport_may_all(req, PERM_DECISION_RECORD);
    if (view.may_write)
        give_forms(req, &lines, again, &view.lines);
    fill_forms(req, again, &view);
    forslag_vis(req_page(req, again->status, _("Minutes of the case")), &view);
    return true;
}

bool tilstandsrapport_show_minutes(Req *req, GError **error)
{
    Report report;

    return tilstandsrapport_open_treatment(req, &report, error) &&
           show_with(req, &report, &(LineRetried){ .status = 200 }, error);
}

/* --- writing --- */

static bool open_writable(Req *req, Report *ret, GError **error)
{
    if (!tilstandsrapport_open_treatment(req, ret, error))
        return false;
    return tilstandsrapport_may_all(req, PERM_DECISION_RECORD) ||
           app_fail(error, APP_ERROR_FORBIDDEN, "the role does not write minutes");
}

static const char *value_of(const LineFields *f, const Form *form, int which)
{
    int i = index_of(f, which);

    return i < 0 ? "" : form->value[i];
}

static int64_t votes_of(const LineFields *f, const Form *form, int which)
{
    int i = index_of(f, which);

    return i < 0 || !*form->value[i] || form->problem[i] ? NO_INT : form_int(form, i);
}

static MinuteLine line_of(const LineFields *f, const Form *form)
{
    return (MinuteLine){ .kind = f->kind,
                         .who = value_of(f, form, L_WHO),
                         .party = value_of(f, form, L_PARTY),
                         .text = value_of(f, form, L_TEXT),
                         .stance = value_of(f, form, L_STANCE),
                         .votes_for = votes_of(f, form, L_FOR),
                         .votes_against = votes_of(f, form, L_AGAINST),
                         .casting_vote = *value_of(f, form, L_CASTING),
                         .adopted = *value_of(f, form, L_ADOPTED),
                         .left_chair = *value_of(f, form, L_LEFT) };
}

static bool store_line(Req *req, const Report *report, const MinuteLine *line, GError **error)
{
    return line->id ? tilstandsrapport_line_change(req->db, report->owner, report->id, line,
                                                   req_posted(req, "sett"), error)
                    : tilstandsrapport_line_add(req->db, report->owner, report->id, line,
                                                req->user->id, req->now, error);
}

bool tilstandsrapport_post_minutes(Req *req, GError **error)
{
    const char *posted = req_posted(req, "linje");
    LineKind kind = tilstandsrapport_line_of(req_posted(req, "slag"));
    g_autoptr(GError) why = NULL;
    Report report;

    if (!open_writable(req, &report, error))
        return false;
    if (kind == N_LINE)
        return app_fail(error, APP_ERROR_INVALID, "no such kind of line");
    int64_t id = posted ? g_ascii_strtoll(posted, NULL, 10) : 0;
    LineFields *fields = fields_of(req, kind, id);
    g_auto(Form) form = form_read(req, fields->fields, fields->n);
    LineRetried again = { .status = 422, .kind = kind, .form = &form, .line = id };

    give_options(req, fields, &form);
    MinuteLine line = line_of(fields, &form);
    bool ok = form_ok(&form);

    if (ok)
        form.trouble = tilstandsrapport_line_problem(&line);
    if (!ok || form.trouble)
        return show_with(req, &report, &again, error);
    line.id = id;
    req_note(req, "rapport.protokoll", report.id, 0, NULL);
    if (store_line(req, &report, &line, &why))
        return req_redirect_saying(req, tilstandsrapport_url(req, &report, "/protokoll").text,
                                   id ? _("The line is changed.") : _("The line is added."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    again = (LineRetried){ .status = 409, .form = id ? NULL : &form, .kind = kind };
    again.trouble = arena_dup(req->arena, why->message);
    again.kept = line.text;
    return show_with(req, &report, &again, error);
}

bool tilstandsrapport_post_minutes_remove(Req *req, GError **error)
{
    const char *posted = req_posted(req, "linje");
    g_autoptr(GError) why = NULL;
    LineRetried again = { .status = 409 };
    Report report;

    if (!open_writable(req, &report, error))
        return false;
    req_note(req, "rapport.protokoll_fjern", report.id, 0, NULL);
    if (tilstandsrapport_line_remove(req->db, report.owner, report.id,
                                     posted ? g_ascii_strtoll(posted, NULL, 10) : 0,
                                     req_posted(req, "sett"), &why))
        return req_redirect_saying(req, tilstandsrapport_url(req, &report, "/protokoll").text,
                                   _("The line is removed."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    again.trouble = arena_dup(req->arena, why->message);
    return show_with(req, &report, &again, error);
}

/* --- the register of decisions --- */

static const char *archive_text(Req *req, const StepEvent *e)
{
    if (*e->archive_case && *e->journal_entry)
        return arena_printf(req->arena, _("case %1$s, entry %2$s"), e->archive_case,
                            e->journal_entry);
    return *e->archive_case ? arena_printf(req->arena, _("case %s"), e->archive_case)
                            : e->journal_entry;
}

static DecisionRow row_of(Req *req, const Decision *d)
{
    const StepEvent *e = &d->event;
    char id[ID_TEXT];
    DecisionRow row = { .case_number = e->case_number,
                        .body = d->body,
                        .day = tilstandsrapport_day(req, e->on),
                        .outcome = d->outcome,
                        .votes = tilstandsrapport_votes(req->arena, e),
                        .report = d->report.title,
                        .lang = i18n_tag(d->report.language),
                        .seal = e->seal,
                        .archive = archive_text(req, e),
                        .points = { d->points, d->n_points },
                        .url = tilstandsrapport_url(req, &d->report, ""),
                        .has_version = e->version != 0,
                        .anchor = arena_printf(req->arena, "v%s", id_text(e->id, id)) };

    row.lines = tilstandsrapport_line_views(req, &d->lines, e->id, 0);
    row.version = url_with(req->arena, row.url, "versjon", id_text(e->version, id));
    if (d->review_until)
        row.review = tilstandsrapport_day(req, d->review_until);
    return row;
}

static bool matches(const Decision *d, const char *wish)
{
    g_autofree char *all = g_strdup_printf("%s %s %s %s %s", d->event.case_number, d->body,
                                           d->event.decision, d->report.title, d->event.on);
    g_autofree char *folded = g_utf8_casefold(all, -1), *sought = g_utf8_casefold(wish, -1);

    return strstr(folded, sought) != NULL;
}

bool tilstandsrapport_show_register(Req *req, GError **error)
{
    const char *wish = req_query(req, "q") ? req_query(req, "q") : "";
    g_autofree char *valid = g_utf8_make_valid(wish, -1);
    DecisionList all;

    if (!tilstandsrapport_decisions(req->db, req->arena, req->owner, &all, error))
        return false;
    RegisterView view = { .wish = arena_dup(req->arena, valid), .total = all.n };

    view.rows.v = arena_alloc(req->arena, MAX(all.n, 1) * sizeof(DecisionRow));
    for (size_t i = 0; i < all.n; i++)
        if (!*valid || matches(&all.v[i], valid))
            view.rows.v[view.rows.n++] = row_of(req, &all.v[i]);
    forslag_register(req_page(req, 200, _("Decisions")), &view);
    return true;
}
