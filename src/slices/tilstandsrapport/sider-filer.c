/* sider-filer.c - the report as PDF, DOCX, CSV and JSON-stat, and each of its figures as SVG, PNG and CSV.
 *
 * A file shows the edition its asker may see, like the page. Each download of something that is not
 * public leaves a line in the audit log.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "chart.h"
#include "eier.h"
#include "mal.h"
#include "sider-filer.h"

enum { PNG_WIDTH = 1600 };

typedef struct {
    const char *form, *type, *label; /* label: msgid */
} FileForm;
static const FileForm forms[] = {
    { "pdf", "application/pdf", N_("PDF, to read and print") },
    { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      N_("Word document (DOCX), to work on") },
    { "csv", "text/csv; charset=utf-8", N_("The figures as CSV, for a spreadsheet") },
    { "jsonstat", "application/json", N_("The figures as JSON-stat, for programs") },
};

/* Midnight UTC of the day the content was made: the same version gives the same bytes. */
int64_t tilstandsrapport_made_at(const char *day)
{
    g_autofree char *text = g_strconcat(day, "T00:00:00Z", NULL);
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, NULL);

    return time ? g_date_time_to_unix(time) * G_USEC_PER_SEC : 0;
}

/* How a file of this edition looks: its marks, its treatment, the municipality's colour. */
bool tilstandsrapport_file_face(Req *req, const Edition *e, Face *ret, GError **error)
{
    *ret =
        (Face){ .draft = e->version == 0, .created = tilstandsrapport_made_at(e->content.made_on) };
    return eier_colour(req->db, e->report.owner, &ret->accent, error) &&
           (ret->draft || tilstandsrapport_face(req->db, req->arena, &e->report, ret, error));
}

/* Nothing else tells afterwards who has taken figures out that are not for everybody. */
bool tilstandsrapport_note_file(Req *req, const Edition *e, const char *form, GError **error)
{
    const char *act = arena_printf(req->arena, "eksport.%s", form);
    const char *detail =
        arena_printf(req->arena, "%s, %s", e->content.title,
                     e->audience == AUDIENCE_INTERNAL ? _("internal figures") : _("draft"));

    if (!tilstandsrapport_is_private(e))
        return true;
    return req_note_read(req, act, e->report.id, 0, detail, error);
}

bool tilstandsrapport_is_private(const Edition *e)
{
    return e->audience == AUDIENCE_INTERNAL || e->version == 0 || e->version != e->report.published;
}

const char *tilstandsrapport_file_ending(Arena *arena, const Edition *e, const char *form)
{
    return arena_printf(arena, "%s%s%s%s.%s", e->audience == AUDIENCE_INTERNAL ? "-intern" : "",
                        e->version ? "" : "-utkast", e->turned ? "-" : "",
                        e->turned ? i18n_tag(e->content.language) : "",
                        strcmp(form, "jsonstat") ? form : "json");
}

static bool make(const Edition *e, const Face *face, const char *form, GBytes **ret, GError **error)
{
    size_t len;
    char *text;

    if (!strcmp(form, "pdf"))
        return tilstandsrapport_pdf(&e->content, face, ret, error);
    if (!strcmp(form, "docx"))
        return tilstandsrapport_docx(&e->content, face, ret, error);
    text = strcmp(form, "csv") ? tilstandsrapport_jsonstat(&e->content, &len)
                               : tilstandsrapport_csv_all(&e->content, &len);
    *ret = g_bytes_new_take(text, len);
    return true;
}

/* A PDF opens in the browser; the rest is kept. */
bool tilstandsrapport_send_bytes(Req *req, const Edition *e, GBytes *bytes, const FileReply *about)
{
    const char *name = tilstandsrapport_filename(
        req->arena, &e->content,
        arena_printf(req->arena, "%s%s", about->part,
                     tilstandsrapport_file_ending(req->arena, e, about->form)));
    size_t size;
    const char *data = g_bytes_get_data(bytes, &size);
    bool inside = !strcmp(about->form, "pdf");

    req_header(
        req, "Content-Disposition",
        arena_printf(req->arena, "%s; filename=\"%s\"", inside ? "inline" : "attachment", name));
    req_send(req, 200, about->type, data, size);
    if (!tilstandsrapport_is_private(e))
        req_cacheable(req);
    return true;
}

/* The form is the last word of the address. */
bool tilstandsrapport_send_file(Req *req, GError **error)
{
    const char *form = strrchr(req->path, '/') + 1;
    g_autoptr(GBytes) bytes = NULL;
    Edition e;
    Face face;

    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
        if (!strcmp(forms[i].form, form))
            return tilstandsrapport_edition(req, &e, error) &&
                   tilstandsrapport_note_file(req, &e, form, error) &&
                   tilstandsrapport_file_face(req, &e, &face, error) &&
                   make(&e, &face, form, &bytes, error) &&
                   tilstandsrapport_send_bytes(req, &e, bytes,
                                               &(FileReply){ "", form, forms[i].type });
    return req_not_found(req, error);
}

/* --- what there is to download --- */

/* PDF and DOCX are not made to tell their size; it follows from the number of figures. Fitted to the
 * demo's reports; test-sider-filer.c holds it within a third of the truth. */
static size_t guess(const Content *content, const char *form)
{
    size_t figures = tilstandsrapport_n_figures(content);

    return !strcmp(form, "pdf") ? 53500 + 2300 * figures : 14000 + 47000 * figures;
}

static const char *size_text(Arena *arena, const Content *content, const char *form)
{
    g_autofree char *made = NULL;
    size_t size = 0;

    if (!strcmp(form, "csv"))
        made = tilstandsrapport_csv_all(content, &size);
    else if (!strcmp(form, "jsonstat"))
        made = tilstandsrapport_jsonstat(content, &size);
    else
        return arena_printf(arena, _("about %zu kB"), (guess(content, form) / 1000 + 5) / 10 * 10);
    return arena_printf(arena, "%zu kB", (size + 999) / 1000);
}

/* An address of this very edition: the same version, audience and language. */
Url tilstandsrapport_edition_url(Req *req, const Edition *e, const char *rest)
{
    Url url = tilstandsrapport_url(req, &e->report, rest);
    char id[ID_TEXT];

    if (e->version ? e->version != e->report.published : e->report.published != 0)
        url = e->version ? url_with(req->arena, url, "versjon", id_text(e->version, id)) : url;
    if (e->audience == AUDIENCE_INTERNAL)
        url = url_with(req->arena, url, "for", "intern");
    else if (!e->version)
        url = url_with(req->arena, url, "for", "offentlig");
    return e->turned ? url_with(req->arena, url, "sprak", i18n_tag(e->content.language)) : url;
}

FileLinks tilstandsrapport_file_links(Req *req, const Edition *e)
{
    FileLinks links = { arena_alloc(req->arena, G_N_ELEMENTS(forms) * sizeof(FileLink)),
                        G_N_ELEMENTS(forms) };

    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
        links.v[i] = (FileLink){
            _(forms[i].label), size_text(req->arena, &e->content, forms[i].form),
            tilstandsrapport_edition_url(req, e, arena_printf(req->arena, "/%s", forms[i].form))
        };
    return links;
}

/* --- figures --- */

static bool send_chart(Req *req, const Chart *chart, const char *form, const char *name,
                       GError **error)
{
    g_autoptr(GBytes) png = NULL;
    g_autofree char *svg = NULL;
    size_t size;

    if (!strcmp(form, "svg")) {
        svg = chart_svg(chart, &size);
        return req_download(req, "image/svg+xml", name, svg, size);
    }
    if (!chart_png(chart, PNG_WIDTH, &png, error))
        return false;
    const char *data = g_bytes_get_data(png, &size);

    return req_download(req, "image/png", name, data, size);
}

static bool send_figure(Req *req, const Edition *e, const Block *block, const char *form,
                        GError **error)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(e->content.language);
    const char *ending = arena_printf(req->arena, "-figur-%s.%s", req_param(req, "n"), form);
    const char *name = tilstandsrapport_filename(req->arena, &e->content, ending);
    size_t size;

    if (!strcmp(form, "csv")) {
        g_autofree char *csv = tilstandsrapport_csv(&e->content, block, &size);

        return req_download(req, "text/csv; charset=utf-8", name, csv, size);
    }
    Chart *chart = tilstandsrapport_chart(&e->content, block, "figur");
    bool done = chart ? send_chart(req, chart, form, name, error) : req_not_found(req, error);

    tilstandsrapport_chart_free(chart);
    return done;
}

/* 1-9999 written plainly; 0 for anything else. */
static size_t figure_number(const char *text)
{
    guint64 n = 0;

    return g_ascii_string_to_unsigned(text, 10, 1, 9999, &n, NULL) ? (size_t)n : 0;
}

bool tilstandsrapport_send_figure(Req *req, GError **error)
{
    static const char *const kinds[] = { "svg", "png", "csv", NULL };
    const char *form = req_param(req, "form");
    size_t nr = figure_number(req_param(req, "n"));
    Edition e;
    bool done;

    if (!tilstandsrapport_edition(req, &e, error))
        return false;
    if (!nr || nr > tilstandsrapport_n_figures(&e.content) || !g_strv_contains(kinds, form))
        return req_not_found(req, error);
    if (!tilstandsrapport_note_file(req, &e, form, error))
        return false;
    done = send_figure(req, &e, tilstandsrapport_figure_block(&e.content, nr), form, error);
    if (done && !tilstandsrapport_is_private(&e))
        req_cacheable(req);
    return done;
}
