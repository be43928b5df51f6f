/* sider-ifjor.c - saying what became of last year's measures, one at a time.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-ifjor.h"
#include "ifjor.html.h"

typedef struct {
    Report report;
    LastYearList list;
} Room;

static bool load(Req *req, Room *room, GError **error)
{
    return tilstandsrapport_open_own(req, &room->report, error) &&
           tilstandsrapport_last_year(req->db, req->arena, &room->report, req->today, &room->list,
                                      error);
}

static StatusChoices choices_of(Req *req, const char *status)
{
    StatusChoices all = { arena_alloc(req->arena, N_MEASURE_STATUS * sizeof(StatusChoice)),
                          N_MEASURE_STATUS };

    for (size_t i = 0; i < N_MEASURE_STATUS; i++) {
        const char *code = tilstandsrapport_measure_status_code(i);

        all.v[i] =
            (StatusChoice){ code, tilstandsrapport_measure_status(code), !strcmp(code, status) };
    }
    return all;
}

static const char *facts_of(Req *req, const LastYear *l)
{
    if (!l->due)
        return l->responsible;
    return arena_printf(req->arena, "%s%s%s", l->responsible, *l->responsible ? " · " : "",
                        arena_printf(req->arena, _("by %s"), tilstandsrapport_day(req, l->due)));
}

static bool show(Req *req, const Room *room, int status, const char *trouble, const char *kept)
{
    LastYearPage page = { .report = room->report.title,
                          .lang = i18n_tag(room->report.language),
                          .csrf = req->csrf,
                          .year = room->list.year,
                          .trouble = trouble,
                          .typed = kept,
                          .up = tilstandsrapport_url(req, &room->report, "/skriving"),
                          .self = tilstandsrapport_url(req, &room->report, "/ifjor") };
    size_t n = room->list.n, told = 0;

    page.items = (LastYearViews){ arena_alloc(req->arena, MAX(n, 1) * sizeof(LastYearView)), n };
    for (size_t i = 0; i < n; i++) {
        const LastYear *l = &room->list.v[i];
        char id[ID_TEXT];

        told += *l->status != '\0';
        page.items.v[i] = (LastYearView){
            .item = arena_dup(req->arena, id_text(l->item, id)),
            .version = arena_printf(req->arena, "%" G_GINT64_FORMAT, l->version),
            .field = arena_printf(req->arena, "%zu", i + 1),
            .task = l->task,
            .facts = facts_of(req, l),
            .then = l->then,
            .note = l->note,
            .missing = !*l->status,
            .choices = choices_of(req, l->status),
        };
    }
    page.progress = n ? arena_printf(req->arena, _("%zu of %zu are told of"), told, n) : "";
    rapport_ifjor(req_page(req, status, _("Last year’s measures")), &page);
    return true;
}

bool tilstandsrapport_show_last_year(Req *req, GError **error)
{
    Room room;

    return load(req, &room, error) && show(req, &room, 200, NULL, NULL);
}

static bool is_status(const char *text)
{
    return text && *tilstandsrapport_measure_status(text);
}

static const char *posted(Req *req, const char *name)
{
    const char *text = req_posted(req, name);
    g_autofree char *copy = g_strstrip(g_strdup(text ? text : ""));

    return arena_dup(req->arena, copy);
}

/* What is wrong with a post; NULL when nothing is. */
static const char *trouble_of(const LastYear *said, bool by_hand, const char *status)
{
    if (by_hand && !*said->task)
        return _("Write what was to be done.");
    if (!by_hand && !is_status(status))
        return _("Choose what became of it.");
    if (g_utf8_strlen(said->task, -1) > 1000 || g_utf8_strlen(said->note, -1) > 2000)
        return _("The text is too long.");
    if (form_holds_national_id(said->note) || form_holds_national_id(said->task))
        return _("The text holds a national identity number. Take it out.");
    return NULL;
}

bool tilstandsrapport_post_last_year(Req *req, GError **error)
{
    bool by_hand = !g_strcmp0(req_posted(req, "gjor"), "ny");
    const char *item = req_posted(req, "post"), *trouble;
    const LastYear *found = NULL;
    g_autoptr(GError) why = NULL;
    Room room;

    if (!load(req, &room, error))
        return false;
    for (size_t i = 0; !by_hand && item && i < room.list.n; i++)
        if (room.list.v[i].item == id_parse(item))
            found = &room.list.v[i];
    if (!by_hand && !found)
        return req_not_found(req, error);
    const LastYear said = { .item = found ? found->item : 0,
                            .version =
                                found ? tilstandsrapport_number(req_posted(req, "versjon")) : 0,
                            .task = found ? found->task : posted(req, "oppgave"),
                            .status = by_hand ? "" : posted(req, "status"),
                            .note = posted(req, "merknad") };

    req_note(req, "rapport.ifjor", room.report.id, 0, NULL);
    trouble = trouble_of(&said, by_hand, said.status);
    if (trouble)
        return show(req, &room, 422, trouble, by_hand ? said.task : said.note);
    if (tilstandsrapport_last_year_store(req->db, room.report.owner, room.report.id, &said, &why))
        return req_redirect_saying(req, tilstandsrapport_url(req, &room.report, "/ifjor").text,
                                   _("It is stored."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT) &&
        !g_error_matches(why, APP_ERROR, APP_ERROR_FORBIDDEN))
        return app_pass(error, &why);
    int status = app_error_status(why);

    return load(req, &room, error) &&
           show(req, &room, status,
                status == 403 ? _("The report has been sent and can no longer be written in.")
                              : _("Somebody else has stored this since you opened it. What you "
                                  "wrote stands here:"),
                said.note);
}
