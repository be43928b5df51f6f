/* sider-kapittel.c - writing a chapter beside its figures.
 *
 * Nobody's words are lost: the form carries the version that was read; when somebody stored a newer
 * one, both texts are shown, and when the report was sent meanwhile, the text stays to be copied.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "mal.h"
#include "sider-kapittel.h"
#include "kapittel.html.h"

enum { TEXT_MAX = 40000 };

/* A chapter about a theme has all; the others have version, body and status. */
enum {
    F_VERSION,
    F_BODY,
    F_STATUS,
    N_PLAIN,
    F_GOALS = N_PLAIN,
    F_JUDGEMENT,
    F_MEASURES,
    F_NO_MEASURES,
    N_FIELDS
};

#define TEXT(field, words, advice)                                                                 \
    {                                                                                              \
        field, FIELD_MARKDOWN, words, .max = TEXT_MAX, .help = advice                              \
    }
static const Field fields[N_FIELDS] = {
    [F_VERSION] = { "versjon", FIELD_HIDDEN, N_("Version"), .required = true, .max = 20 },
    [F_BODY] = TEXT("tekst", N_("Text"), N_("What the reader should know. Mark up with # and -")),
    [F_STATUS] = { "status", FIELD_RADIO, N_("How far is the chapter?"), .required = true },
    [F_GOALS] = TEXT("maal", N_("Local goals"), N_("What the municipality has set out to reach")),
    [F_JUDGEMENT] = TEXT("vurdering", N_("Judgement"),
                         N_("What the figures mean here. Say no more than they bear")),
    [F_MEASURES] = TEXT("tiltak", N_("Measures"), N_("What is done, by whom and when")),
    [F_NO_MEASURES] =
        TEXT("ingen_tiltak", N_("Reason for no measures"), N_("Only when there are none")),
};
#undef TEXT

void tilstandsrapport_draw_chapter_form(Html *html, const Form *form)
{
    form_draw_start(html, form);
    form_draw_fields(html, form, 0, F_STATUS);
    form_draw_fields(html, form, N_PLAIN, form->n - N_PLAIN);
    form_draw_fields(html, form, F_STATUS, 1);
}

/* Where the form's text belongs in a chapter. */
static const char **text_of(Chapter *c, int field)
{
    switch (field) {
    case F_BODY:
        return &c->body;
    case F_GOALS:
        return &c->goals;
    case F_JUDGEMENT:
        return &c->judgement;
    case F_MEASURES:
        return &c->measures;
    case F_NO_MEASURES:
        return &c->no_measures;
    default:
        return NULL;
    }
}

typedef struct {
    Report report;
    Chapter chapter; /* as stored */
    ChapterList all;
    int n_fields;
} Writing;

static bool load(Req *req, Writing *w, GError **error)
{
    int64_t id = req_id(req, "kapittel");

    *w = (Writing){ 0 };
    if (!tilstandsrapport_open_own(req, &w->report, error) ||
        !tilstandsrapport_chapters(req->db, req->arena, w->report.owner, w->report.id, &w->all,
                                   error))
        return false;
    for (size_t i = 0; i < w->all.n; i++)
        if (w->all.v[i].id == id)
            w->chapter = w->all.v[i];
    w->n_fields = w->chapter.id && !strcmp(w->chapter.kind, "tema") ? N_FIELDS : N_PLAIN;
    return w->chapter.id || req_not_found(req, error);
}

static const Option *statuses(Req *req)
{
    Option *options = arena_alloc(req->arena, 3 * sizeof(Option));

    options[0] = (Option){ "utkast", _("Draft: more is to be done") };
    options[1] = (Option){ "ferdig", _("Finished") };
    return options;
}

static void fill_form(Req *req, Form *form, const Writing *w)
{
    Chapter c = w->chapter;

    form_set(form, F_VERSION, arena_printf(req->arena, "%" G_GINT64_FORMAT, c.version));
    form_set(form, F_STATUS, strcmp(c.status, "ferdig") ? "utkast" : "ferdig");
    for (int i = 0; i < w->n_fields; i++)
        if (text_of(&c, i))
            form_set(form, i, *text_of(&c, i));
}

/* The chapter with what was typed in the place of what is stored. */
static Chapter typed(const Form *form, const Writing *w)
{
    Chapter c = w->chapter;

    for (int i = 0; i < w->n_fields; i++)
        if (text_of(&c, i))
            *text_of(&c, i) = form->value[i];
    c.version = g_ascii_strtoll(form->value[F_VERSION], NULL, 10);
    c.status = form->value[F_STATUS];
    return c;
}

/* --- the figures, or the whole chapter, beside the form --- */

static bool beside(Req *req, const Writing *w, const Chapter *texts, Doc **ret,
                   const char **ret_missing, GError **error)
{
    static ContentChapter const none = { 0 };
    ContentChapter chapter = none;
    Content content;
    Audience audience =
        tilstandsrapport_sees_internal(req, &w->report) ? AUDIENCE_INTERNAL : AUDIENCE_PUBLIC;
    const Face face = { .page = true, .no_cover = true, .part = true };

    if (!tilstandsrapport_compose(req->db, req->arena, &w->report, audience, req->today, &content,
                                  error))
        return false;
    for (size_t i = 0; i < content.n_chapters; i++)
        if (content.chapters[i].nr == w->chapter.nr)
            chapter = content.chapters[i];
    chapter.body = texts ? texts->body : "";
    chapter.goals = texts ? texts->goals : "";
    chapter.judgement = texts ? texts->judgement : "";
    chapter.measures = texts ? texts->measures : "";
    chapter.no_measures = texts ? texts->no_measures : "";
    if (chapter.missing) { /* who writes is told what to import, whatever figures may be seen */
        g_auto(Speaking) speaking = tilstandsrapport_mal_speak(w->report.language);

        chapter.missing = tilstandsrapport_missing_text(chapter.theme, AUDIENCE_INTERNAL);
    }
    content.chapters = &chapter;
    content.n_chapters = 1;
    *ret_missing = chapter.n_blocks || texts ? NULL : _("This chapter has no figures.");
    *ret = tilstandsrapport_doc(&content, &face);
    return true;
}

/* --- the page --- */

static const char *stored_status(Req *req, const Chapter *c)
{
    const char *word = !strcmp(c->status, "ferdig")   ? _("Finished")
                       : !strcmp(c->status, "utkast") ? _("Draft")
                                                      : _("Empty");

    return arena_dup(req->arena, word);
}

static StoredTexts stored_texts(Req *req, const Writing *w)
{
    StoredTexts all = { arena_alloc(req->arena, N_FIELDS * sizeof(StoredText)), 0 };
    Chapter c = w->chapter;

    for (int i = 0; i < w->n_fields; i++)
        if (text_of(&c, i) && **text_of(&c, i))
            all.v[all.n++] = (StoredText){ i18n_text(fields[i].label), *text_of(&c, i) };
    return all;
}

static void fill_neighbours(Req *req, const Writing *w, ChapterView *view)
{
    for (size_t i = 0; i < w->all.n; i++) {
        const Chapter *c = &w->all.v[i];
        Url url = url_for(req->arena, "/tilstandsrapport/%I/kapittel/%I", w->report.id, c->id);

        if (c->id == w->chapter.id)
            view->self = url;
        if (i + 1 < w->all.n && w->all.v[i + 1].id == w->chapter.id) {
            view->previous = url;
            view->previous_title = c->title;
        }
        if (i > 0 && w->all.v[i - 1].id == w->chapter.id) {
            view->next = url;
            view->next_title = c->title;
        }
    }
}

static ChapterView view_of(Req *req, const Writing *w, const Form *form)
{
    const Chapter *c = &w->chapter;
    const char *who = tilstandsrapport_who(req, w->report.owner, c->changed_by);
    char when[DATE_TEXT];
    ChapterView view = { .title = c->title,
                         .report = w->report.title,
                         .lang = i18n_tag(w->report.language),
                         .language = w->report.language,
                         .status = stored_status(req, c),
                         .nr = c->nr,
                         .statutory = c->statutory,
                         .form = form,
                         .up = tilstandsrapport_url(req, &w->report, "/skriving") };

    if (*who)
        view.changed =
            arena_printf(req->arena, _("changed by %s, %s"), who, time_text(c->changed_at, when));
    fill_neighbours(req, w, &view);
    return view;
}

typedef struct {
    int status;
    bool conflict, closed;
    const Chapter *preview; /* NULL: only the figures beside the form */
} Showing;

static bool show_with(Req *req, const Writing *w, const Form *form, const Showing *how,
                      GError **error)
{
    ChapterView view = view_of(req, w, form);
    g_autoptr(Doc) doc = NULL;

    if (!beside(req, w, how->preview, &doc, &view.missing, error))
        return false;
    view.doc = doc;
    view.conflict = how->conflict;
    view.closed = how->closed;
    view.preview = how->preview != NULL;
    if (how->conflict)
        view.stored = stored_texts(req, w);
    kapittel_vis(req_page(req, how->status, w->chapter.title), &view);
    return true;
}

static bool is_closed(const Writing *w)
{
    return !tilstandsrapport_writable(w->report.state);
}

bool tilstandsrapport_show_chapter(Req *req, GError **error)
{
    Writing w;

    if (!load(req, &w, error))
        return false;
    if (is_closed(&w))
        return req_redirect_saying(
            req, tilstandsrapport_url(req, &w.report, "").text,
            _("The report has been sent, and its chapters can no longer be changed."));
    g_auto(Form) form = form_blank(req, fields, w.n_fields);

    form_options(&form, F_STATUS, statuses(req));
    fill_form(req, &form, &w);
    return show_with(req, &w, &form, &(Showing){ .status = 200 }, error);
}

/* Somebody else was first: show what they stored; the form now answers to that version. */
static bool show_conflict(Req *req, Form *form, GError **error)
{
    Writing now;

    if (!load(req, &now, error))
        return false;
    form_set(form, F_VERSION, arena_printf(req->arena, "%" G_GINT64_FORMAT, now.chapter.version));
    return show_with(req, &now, form, &(Showing){ .status = 409, .conflict = true }, error);
}

bool tilstandsrapport_store_chapter(Req *req, GError **error)
{
    g_autoptr(GError) why = NULL;
    Writing w;

    if (!load(req, &w, error))
        return false;
    g_auto(Form) form = form_read(req, fields, w.n_fields);
    Chapter chapter;

    form_options(&form, F_STATUS, statuses(req));
    chapter = typed(&form, &w);
    if (is_closed(&w))
        return show_with(req, &w, &form, &(Showing){ .status = 403, .closed = true }, error);
    if (!form_ok(&form))
        return show_with(req, &w, &form, &(Showing){ .status = 422 }, error);
    if (!g_strcmp0(req_posted(req, "gjor"), "forhandsvis"))
        return show_with(req, &w, &form, &(Showing){ .status = 200, .preview = &chapter }, error);
    if (tilstandsrapport_write(req->db, w.report.owner, &chapter, req->user->id, req->now, &why))
        return req_redirect_saying(req, view_of(req, &w, &form).self.text,
                                   _("The chapter is stored."));
    if (g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return show_conflict(req, &form, error);
    if (g_error_matches(why, APP_ERROR, APP_ERROR_FORBIDDEN))
        return show_with(req, &w, &form, &(Showing){ .status = 403, .closed = true }, error);
    return app_pass(error, &why);
}
