/* sider-kapittel.c - writing a chapter beside its figures.
 *
 * Nobody's words are lost: the form carries the version that was read; when somebody stored a newer
 * one, the two are put together, and only a passage that both changed is handed back to be chosen. When
 * the report was sent meanwhile, the text stays to be copied.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "belegg.h"
#include "mal.h"
#include "maal.h"
#include "sider-kapittel.h"
#include "tall.h"
#include "kapittel.html.h"

enum { TEXT_MAX = 40000, MAX_TOOLS = 6 };

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

/* The field of each text of a chapter. */
static const int field_of[N_TEXT] = { [TEXT_BODY] = F_BODY,
                                      [TEXT_GOALS] = F_GOALS,
                                      [TEXT_JUDGEMENT] = F_JUDGEMENT,
                                      [TEXT_MEASURES] = F_MEASURES,
                                      [TEXT_NO_MEASURES] = F_NO_MEASURES };

void tilstandsrapport_draw_chapter_form(Html *html, const Form *form)
{
    form_draw_start(html, form);
    form_draw_fields(html, form, 0, F_STATUS);
    form_draw_fields(html, form, N_PLAIN, form->n - N_PLAIN);
    form_draw_fields(html, form, F_STATUS, 1);
}

/* --- the chapter of the address --- */

bool tilstandsrapport_may_write(const Req *req, const Chapter *chapter)
{
    return !chapter->unit || !req->user->unit || req->user->unit == chapter->unit;
}

bool tilstandsrapport_open_chapter(Req *req, ChapterPlace *ret, GError **error)
{
    int64_t id = req_id(req, "kapittel");

    *ret = (ChapterPlace){ 0 };
    if (!tilstandsrapport_open_own(req, &ret->report, error) ||
        !tilstandsrapport_chapters(req->db, req->arena, ret->report.owner, ret->report.id,
                                   &ret->all, error))
        return false;
    for (size_t i = 0; i < ret->all.n; i++)
        if (ret->all.v[i].id == id)
            ret->chapter = ret->all.v[i];
    return (ret->chapter.id && tilstandsrapport_may_write(req, &ret->chapter)) ||
           req_not_found(req, error);
}

Url tilstandsrapport_chapter_url(Req *req, const Report *report, const Chapter *chapter,
                                 const char *rest)
{
    Url url = url_for(req->arena, "/tilstandsrapport/%I/kapittel/%I", report->id, chapter->id);

    return (Url){ arena_printf(req->arena, "%s%s", url.text, rest) };
}

const char *tilstandsrapport_by_and_when(Req *req, int64_t owner, int64_t person, int64_t at)
{
    const char *who = tilstandsrapport_who(req, owner, person);
    char when[DATE_TEXT];

    time_text(at, when);
    return *who ? arena_printf(req->arena, "%s, %s", who, when) : arena_dup(req->arena, when);
}

int64_t tilstandsrapport_number(const char *text)
{
    return text ? MAX(g_ascii_strtoll(text, NULL, 10), 0) : 0;
}

static int n_fields(const ChapterPlace *w)
{
    return !strcmp(w->chapter.kind, "tema") ? N_FIELDS : N_PLAIN;
}

/* --- the form --- */

static const Option *statuses(Req *req)
{
    Option *options = arena_alloc(req->arena, 4 * sizeof(Option));

    options[0] = (Option){ "utkast", _("Draft: more is to be done") };
    options[1] = (Option){ "kvalitetssikring", _("Ready for somebody else to read through") };
    options[2] = (Option){ "ferdig", _("Finished") };
    return options;
}

static void fill_form(Req *req, Form *form, const ChapterPlace *w)
{
    Chapter c = w->chapter;

    form_set(form, F_VERSION, arena_printf(req->arena, "%" G_GINT64_FORMAT, c.version));
    form_set(form, F_STATUS, strcmp(c.status, "tom") ? c.status : "utkast");
    for (int i = 0; i < N_TEXT; i++)
        if (field_of[i] < form->n)
            form_set(form, field_of[i], *tilstandsrapport_chapter_text(&c, i));
}

/* The chapter with what was typed in the place of what is stored. */
static Chapter typed(const Form *form, const ChapterPlace *w)
{
    Chapter c = w->chapter;

    for (int i = 0; i < N_TEXT; i++)
        if (field_of[i] < form->n)
            *tilstandsrapport_chapter_text(&c, i) = form->value[field_of[i]];
    c.version = tilstandsrapport_number(form->value[F_VERSION]);
    c.status = form->value[F_STATUS];
    return c;
}

/* --- the figures, or the whole chapter, beside the form --- */

/* Figures of the report's newest periods, as they can be referred to: this chapter's, or all. */
static RefViews refs_of(Req *req, const Content *content, const ContentChapter *of)
{
    RefViews refs = { arena_alloc(req->arena, 60 * sizeof(RefView)), 0 };

    for (size_t i = 0; i < content->n_chapters; i++)
        for (size_t k = 0; k < content->chapters[i].n_blocks && refs.n < 60; k++) {
            const Block *b = &content->chapters[i].blocks[k];
            const char *ref = arena_printf(req->arena, "[[%s]]", b->indicators[0].code);
            bool told = of && of->n_blocks && of->nr != content->chapters[i].nr;

            for (size_t r = 0; r < refs.n; r++)
                told = told || !strcmp(refs.v[r].code, ref);
            if (!told)
                refs.v[refs.n++] =
                    (RefView){ ref, arena_printf(req->arena, "%s, %s", b->indicators[0].name,
                                                 b->periods[b->n_periods - 1].label) };
        }
    return refs;
}

static bool beside(Req *req, const ChapterPlace *w, const Chapter *texts, ChapterView *view,
                   Doc **ret, GError **error)
{
    ContentChapter *chapter = arena_alloc(req->arena, sizeof *chapter);
    Content *content = arena_alloc(req->arena, sizeof *content), shown;
    Audience audience =
        tilstandsrapport_sees_internal(req, &w->report) ? AUDIENCE_INTERNAL : AUDIENCE_PUBLIC;
    const Face face = { .page = true, .no_cover = true, .part = true, .whole = content };

    if (!tilstandsrapport_compose(req->db, req->arena, &w->report, audience, req->today, content,
                                  error))
        return false;
    for (size_t i = 0; i < content->n_chapters; i++)
        if (content->chapters[i].nr == w->chapter.nr)
            *chapter = content->chapters[i];
    view->refs = refs_of(req, content, chapter);
    chapter->body = texts ? texts->body : "";
    chapter->goals = texts ? texts->goals : "";
    chapter->judgement = texts ? texts->judgement : "";
    chapter->measures = texts ? texts->measures : "";
    chapter->no_measures = texts ? texts->no_measures : "";
    if (chapter->missing) { /* who writes is told what to import, whatever figures may be seen */
        g_auto(Speaking) speaking = tilstandsrapport_mal_speak(w->report.language);

        chapter->missing = tilstandsrapport_missing_text(chapter->theme, AUDIENCE_INTERNAL);
    }
    shown = *content;
    shown.chapters = chapter;
    shown.n_chapters = 1;
    view->missing = chapter->n_blocks || texts ? NULL : _("This chapter has no figures.");
    *ret = tilstandsrapport_doc(&shown, &face);
    return true;
}

/* --- the page --- */

static void fill_neighbours(Req *req, const ChapterPlace *w, ChapterView *view)
{
    for (size_t i = 0; i < w->all.n; i++) {
        const Chapter *c = &w->all.v[i];
        Url url = tilstandsrapport_chapter_url(req, &w->report, c, "");

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

static void add_tool(Req *req, ChapterView *view, const char *text, Url url)
{
    if (!view->tools.v)
        view->tools.v = arena_alloc(req->arena, MAX_TOOLS * sizeof(PageLink));
    g_assert(view->tools.n < MAX_TOOLS);
    view->tools.v[view->tools.n++] = (PageLink){ text, url };
}

static const char *assigned_text(Req *req, const ChapterPlace *w)
{
    const char *who = tilstandsrapport_who(req, w->report.owner, w->chapter.writer);

    if (!*who)
        return NULL;
    return w->chapter.due ? arena_printf(req->arena, _("%s has it, until %s"), who,
                                         tilstandsrapport_day(req, w->chapter.due))
                          : arena_printf(req->arena, _("%s has it"), who);
}

static bool fill_counts(Req *req, const ChapterPlace *w, ChapterView *view, GError **error)
{
    const Chapter *c = &w->chapter;
    ChapterTexts earlier;
    GoalList goals;
    MeasureList measures;
    size_t n_goals = 0, n_measures = 0;

    if (!tilstandsrapport_earlier(req->db, req->arena, w->report.owner, c, &earlier, error) ||
        !tilstandsrapport_goals(req->db, req->arena, w->report.owner, w->report.id, &goals,
                                error) ||
        !tilstandsrapport_measures(req->db, req->arena, w->report.owner, w->report.id, req->today,
                                   &measures, error))
        return false;
    for (size_t i = 0; i < goals.n; i++)
        n_goals += goals.v[i].chapter == c->id;
    for (size_t i = 0; i < measures.n; i++)
        n_measures += measures.v[i].chapter == c->id;
    if (!strcmp(c->kind, "oppfolging"))
        add_tool(req, view, _("Last year’s measures"),
                 tilstandsrapport_url(req, &w->report, "/ifjor"));
    if (!strcmp(c->kind, "tema") || c->unit) {
        add_tool(req, view, arena_printf(req->arena, _("Goals (%zu)"), n_goals),
                 tilstandsrapport_chapter_url(req, &w->report, c, "/maal"));
        add_tool(req, view, arena_printf(req->arena, _("Measures (%zu)"), n_measures),
                 tilstandsrapport_chapter_url(req, &w->report, c, "/tiltak"));
    }
    if (!strcmp(c->kind, "tema"))
        add_tool(req, view, _("Choose the figures of the chapter"),
                 tilstandsrapport_chapter_url(req, &w->report, c, "/utvalg"));
    if (earlier.n)
        add_tool(req, view, arena_printf(req->arena, _("Earlier texts (%zu)"), earlier.n),
                 tilstandsrapport_chapter_url(req, &w->report, c, "/historikk"));
    return true;
}

static bool fill_others(Req *req, const ChapterPlace *w, ChapterView *view, GError **error)
{
    OpenedList others;
    char when[DATE_TEXT];

    if (!tilstandsrapport_others_in(req->db, req->arena, w->report.owner, w->chapter.id,
                                    req->user->id, req->now, &others, error))
        return false;
    if (others.n)
        view->others =
            arena_printf(req->arena, _("%s opened this chapter %s and may be writing in it now."),
                         tilstandsrapport_who(req, w->report.owner, others.v[0].person),
                         time_text(others.v[0].at, when));
    return tilstandsrapport_opened(req->db, w->report.owner, w->chapter.id, req->user->id, req->now,
                                   error);
}

static ChapterView view_of(Req *req, const ChapterPlace *w, const Form *form)
{
    const Chapter *c = &w->chapter;
    const char *who = tilstandsrapport_who(req, w->report.owner, c->changed_by);
    char when[DATE_TEXT];
    ChapterView view = { .title = c->title,
                         .report = w->report.title,
                         .lang = i18n_tag(w->report.language),
                         .language = w->report.language,
                         .status = tilstandsrapport_chapter_status(c->status),
                         .nr = c->nr,
                         .statutory = c->statutory,
                         .form = form,
                         .csrf = req->csrf,
                         .assigned = assigned_text(req, w),
                         .self = tilstandsrapport_chapter_url(req, &w->report, c, ""),
                         .comment_url =
                             tilstandsrapport_chapter_url(req, &w->report, c, "/kommentar"),
                         .figures_url = tilstandsrapport_url(req, &w->report, "/tall"),
                         .up = tilstandsrapport_url(req, &w->report, "/skriving") };

    if (*who)
        view.changed =
            arena_printf(req->arena, _("changed by %s, %s"), who, time_text(c->changed_at, when));
    fill_neighbours(req, w, &view);
    return view;
}

typedef struct {
    int status;
    bool closed;
    const Stored *conflict; /* NULL: none */
    const Chapter *preview; /* NULL: only the figures beside the form */
    const char *began;      /* version the typed text came from */
} Showing;

/* What is typed, to be sent again with the choices. */
static StoredTexts typed_texts(Req *req, const Form *form)
{
    StoredTexts all = { arena_alloc(req->arena, N_FIELDS * sizeof(StoredText)), 0 };

    for (int i = F_BODY; i < form->n; i++)
        all.v[all.n++] = (StoredText){ fields[i].name, form->value[i] };
    return all;
}

static void fill_conflict(Req *req, const Form *form, const Showing *how, ChapterView *view)
{
    view->conflict = true;
    view->stored = tilstandsrapport_stored_texts(req, &how->conflict->stored);
    view->typed = typed_texts(req, form);
    view->passages = tilstandsrapport_passages(req, how->conflict);
    view->began = how->began;
    view->against = arena_printf(req->arena, "%" G_GINT64_FORMAT, how->conflict->stored.version);
}

static bool show_with(Req *req, const ChapterPlace *w, Form *form, const Showing *how,
                      GError **error)
{
    ChapterView view = view_of(req, w, form);
    g_autoptr(Doc) doc = NULL;

    if (!beside(req, w, how->preview, &view, &doc, error) || !fill_counts(req, w, &view, error) ||
        !fill_others(req, w, &view, error) ||
        !tilstandsrapport_threads(req, w, &view.threads, &view.open_threads, error) ||
        !tilstandsrapport_is_stale(req->db, w->report.owner, &w->chapter, &view.stale, error))
        return false;
    view.doc = doc;
    view.closed = how->closed;
    view.preview = how->preview != NULL;
    if (how->conflict) {
        fill_conflict(req, form, how, &view);
        form_set(form, F_VERSION, view.against); /* the form now answers to what is stored */
    }
    kapittel_vis(req_page(req, how->status, w->chapter.title), &view);
    return true;
}

static bool is_closed(const ChapterPlace *w)
{
    return !tilstandsrapport_writable(w->report.state);
}

bool tilstandsrapport_show_chapter(Req *req, GError **error)
{
    ChapterPlace w;

    if (!tilstandsrapport_open_chapter(req, &w, error))
        return false;
    if (is_closed(&w))
        return req_redirect_saying(
            req, tilstandsrapport_url(req, &w.report, "").text,
            _("The report has been sent, and its chapters can no longer be changed."));
    g_auto(Form) form = form_blank(req, fields, n_fields(&w));

    form_options(&form, F_STATUS, statuses(req));
    fill_form(req, &form, &w);
    return show_with(req, &w, &form, &(Showing){ .status = 200 }, error);
}

/* The same passage was changed in two ways: choose, or store what is typed over what stands there. */
static bool show_conflict(Req *req, Form *form, const Stored *stored, GError **error)
{
    const char *began = arena_dup(req->arena, form->value[F_VERSION]);
    ChapterPlace now;

    return tilstandsrapport_open_chapter(req, &now, error) &&
           show_with(req, &now, form,
                     &(Showing){ .status = 409, .conflict = stored, .began = began }, error);
}

static bool save(Req *req, const ChapterPlace *w, const Chapter *chapter, Stored *ret,
                 GError **error)
{
    Saving saving = {
        .chapter = chapter, .person = req->user->id, .now = req->now, .today = req->today
    };

    if (!tilstandsrapport_save(req->db, req->arena, w->report.owner, &saving, ret, error))
        return false;
    if (!ret->conflict || g_strcmp0(req_posted(req, "gjor"), "velg"))
        return true;
    saving.choices = tilstandsrapport_choices(req, ret);
    saving.against = tilstandsrapport_number(req_posted(req, "mot"));
    return !saving.choices ||
           tilstandsrapport_save(req->db, req->arena, w->report.owner, &saving, ret, error);
}

bool tilstandsrapport_store_chapter(Req *req, GError **error)
{
    g_autoptr(GError) why = NULL;
    ChapterPlace w;
    Stored stored;

    if (!tilstandsrapport_open_chapter(req, &w, error))
        return false;
    g_auto(Form) form = form_read(req, fields, n_fields(&w));
    Chapter chapter;

    form_options(&form, F_STATUS, statuses(req));
    chapter = typed(&form, &w);
    if (is_closed(&w))
        return show_with(req, &w, &form, &(Showing){ .status = 403, .closed = true }, error);
    if (!form_ok(&form))
        return show_with(req, &w, &form, &(Showing){ .status = 422 }, error);
    if (!g_strcmp0(req_posted(req, "gjor"), "forhandsvis"))
        return show_with(req, &w, &form, &(Showing){ .status = 200, .preview = &chapter }, error);
    req_note(req, "rapport.kapittel", chapter.id, 0, NULL);
    if (!save(req, &w, &chapter, &stored, &why)) {
        if (g_error_matches(why, APP_ERROR, APP_ERROR_FORBIDDEN))
            return show_with(req, &w, &form, &(Showing){ .status = 403, .closed = true }, error);
        return app_pass(error, &why);
    }
    if (stored.conflict)
        return show_conflict(req, &form, &stored, error);
    return req_redirect_saying(
        req, view_of(req, &w, &form).self.text,
        stored.merged ? _("The chapter is stored. Somebody else had stored it meanwhile; both "
                          "texts are put together, so read it through.")
                      : _("The chapter is stored."));
}
