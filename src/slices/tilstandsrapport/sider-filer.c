/* sider-filer.c - the report as PDF, and each of its figures as SVG, PNG and CSV.
 *
 * A file shows the edition its asker may see, like the page.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "chart.h"
#include "mal.h"
#include "tilstandsrapport-sider.h"

enum { PNG_WIDTH = 1600 };

/* Midnight UTC of the day the content was made: the same version gives the same bytes. */
static int64_t made_at(const char *day)
{
    g_autofree char *text = g_strconcat(day, "T00:00:00Z", NULL);
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, NULL);

    return time ? g_date_time_to_unix(time) * G_USEC_PER_SEC : 0;
}

static bool render(Req *req, const Edition *e, GBytes **ret_pdf, GError **error)
{
    Face face = { .draft = e->version == 0, .created = made_at(e->content.made_on) };

    return (face.draft || tilstandsrapport_face(req->db, req->arena, &e->report, &face, error)) &&
           tilstandsrapport_pdf(&e->content, &face, ret_pdf, error);
}

bool tilstandsrapport_send_pdf(Req *req, GError **error)
{
    g_autoptr(GBytes) pdf = NULL;
    Edition e;

    if (!tilstandsrapport_edition(req, &e, error) || !render(req, &e, &pdf, error))
        return false;
    const char *name = tilstandsrapport_filename(
        req->arena, &e.content, e.audience == AUDIENCE_INTERNAL ? "-intern.pdf" : ".pdf");
    size_t size;
    const char *data = g_bytes_get_data(pdf, &size);

    req_header(req, "Content-Disposition",
               arena_printf(req->arena, "inline; filename=\"%s\"", name));
    req_send(req, 200, "application/pdf", data, size);
    if (e.version && e.audience == AUDIENCE_PUBLIC)
        req_cacheable(req);
    return true;
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
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(e->report.language);
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
    static const char *const forms[] = { "svg", "png", "csv", NULL };
    const char *form = req_param(req, "form");
    size_t nr = figure_number(req_param(req, "n"));
    Edition e;
    bool done;

    if (!tilstandsrapport_edition(req, &e, error))
        return false;
    if (!nr || nr > tilstandsrapport_n_figures(&e.content) || !g_strv_contains(forms, form))
        return req_not_found(req, error);
    done = send_figure(req, &e, tilstandsrapport_figure_block(&e.content, nr), form, error);
    if (done && e.version && e.audience == AUDIENCE_PUBLIC)
        req_cacheable(req);
    return done;
}
