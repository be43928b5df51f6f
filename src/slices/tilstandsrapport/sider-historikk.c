/* sider-historikk.c - the earlier texts of a chapter, to be read and brought back.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-kapittel.h"
#include "historikk.html.h"

const char *tilstandsrapport_text_label(int text)
{
    static const char *const labels[N_TEXT] = { [TEXT_BODY] = N_("Text"),
                                                [TEXT_GOALS] = N_("Local goals"),
                                                [TEXT_JUDGEMENT] = N_("Judgement"),
                                                [TEXT_MEASURES] = N_("Measures"),
                                                [TEXT_NO_MEASURES] = N_("Reason for no measures") };

    return i18n_text(labels[text]);
}

StoredTexts tilstandsrapport_stored_texts(Req *req, const Chapter *of)
{
    StoredTexts all = { arena_alloc(req->arena, N_TEXT * sizeof(StoredText)), 0 };
    Chapter c = *of;

    for (int i = 0; i < N_TEXT; i++) {
        const char *text = *tilstandsrapport_chapter_text(&c, i);

        if (*text)
            all.v[all.n++] = (StoredText){ tilstandsrapport_text_label(i), text };
    }
    return all;
}

static HistoryTexts history_of(Req *req, const ChapterPlace *w, const ChapterTexts *earlier)
{
    HistoryTexts all = { arena_alloc(req->arena, MAX(earlier->n, 1) * sizeof(HistoryText)),
                         earlier->n };

    for (size_t i = 0; i < earlier->n; i++) {
        const ChapterText *t = &earlier->v[i];

        all.v[i] = (HistoryText){
            .version = arena_printf(req->arena, "%" G_GINT64_FORMAT, t->version),
            .when = tilstandsrapport_by_and_when(req, w->report.owner, t->saved_by, t->saved_at),
            .status = tilstandsrapport_chapter_status(t->chapter.status),
            .texts = tilstandsrapport_stored_texts(req, &t->chapter),
        };
    }
    return all;
}

bool tilstandsrapport_show_history(Req *req, GError **error)
{
    ChapterTexts earlier;
    ChapterPlace w;

    if (!tilstandsrapport_open_chapter(req, &w, error) ||
        !tilstandsrapport_earlier(req->db, req->arena, w.report.owner, &w.chapter, &earlier, error))
        return false;
    const HistoryView view = {
        .title = w.chapter.title,
        .lang = i18n_tag(w.report.language),
        .csrf = req->csrf,
        .current =
            arena_printf(req->arena, _("Version %d stands now: %s"), (int)w.chapter.version,
                         tilstandsrapport_by_and_when(req, w.report.owner, w.chapter.changed_by,
                                                      w.chapter.changed_at)),
        .up = tilstandsrapport_chapter_url(req, &w.report, &w.chapter, ""),
        .restore = tilstandsrapport_chapter_url(req, &w.report, &w.chapter, "/historikk"),
        .texts = history_of(req, &w, &earlier),
        .closed = !tilstandsrapport_writable(w.report.state),
    };

    kapittel_historikk(req_page(req, 200, _("Earlier texts")), &view);
    return true;
}

bool tilstandsrapport_post_restore(Req *req, GError **error)
{
    int64_t wish = tilstandsrapport_number(req_posted(req, "til"));
    const Chapter *found = NULL;
    ChapterTexts earlier;
    ChapterPlace w;

    if (!tilstandsrapport_open_chapter(req, &w, error) ||
        !tilstandsrapport_earlier(req->db, req->arena, w.report.owner, &w.chapter, &earlier, error))
        return false;
    for (size_t i = 0; i < earlier.n; i++)
        if (earlier.v[i].version == wish)
            found = &earlier.v[i].chapter;
    if (!found)
        return req_not_found(req, error);
    Chapter back = *found;

    back.version = w.chapter.version;
    back.status = "utkast"; /* somebody should read it before it is finished again */
    req_note(req, "rapport.kapittel.hent", back.id, 0, NULL);
    return tilstandsrapport_write(req->db, w.report.owner, &back, req->user->id, req->now, error) &&
           req_redirect_saying(req,
                               tilstandsrapport_chapter_url(req, &w.report, &w.chapter, "").text,
                               _("The earlier text stands again. The one that stood is kept."));
}
