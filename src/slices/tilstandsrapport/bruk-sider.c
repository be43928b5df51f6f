/* bruk-sider.c - told to whoever thinks of undoing an import: the reports that have figures from the file,
 * and what becomes of each of them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "innhold.h"
#include "tilstandsrapport-sider.h"

static void add_use(GArray *uses, const char *name, Url url, const char *after)
{
    const DatasetUse use = { name, url, after };

    g_array_append_val(uses, use);
}

/* Versions are kept for good. The one the public reads is told of also to those who read no drafts. */
static bool add_frozen(Req *req, const char *file, GArray *uses, GError **error)
{
    bool drafts = req_may(req, PERM_REPORT_READ);
    ReportUses all;

    if (!tilstandsrapport_uses(req->db, req->arena, req->user->owner, file, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const ReportUse *u = &all.v[i];
        char id[ID_TEXT];
        Url url = url_with(req->arena, url_for(req->arena, "/tilstandsrapport/%I", u->report),
                           "versjon", id_text(u->version, id));

        if (u->published)
            add_use(uses,
                    arena_printf(req->arena, _("%1$s, version %2$d, which the public reads"),
                                 u->title, u->nr),
                    url,
                    _("It keeps its own copy of the figures and does not change. If they were "
                      "wrong, correct the report."));
        else if (drafts)
            add_use(uses, arena_printf(req->arena, _("%1$s, version %2$d"), u->title, u->nr), url,
                    _("It keeps its own copy of the figures and does not change."));
    }
    return true;
}

static bool draws_on(Req *req, const Report *report, const char *file, bool *ret, GError **error)
{
    g_autoptr(Arena) scratch = arena_new();
    Content content;

    *ret = false;
    if (!tilstandsrapport_compose(req->db, scratch, report, AUDIENCE_INTERNAL, req->today, &content,
                                  error))
        return false;
    for (size_t i = 0; i < content.n_sources; i++)
        *ret = *ret || !strcmp(content.sources[i].file, file);
    return true;
}

static bool add_drafts(Req *req, const char *file, GArray *uses, GError **error)
{
    ReportList all;

    if (!tilstandsrapport_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Report *r = &all.v[i];
        bool found;

        if (!tilstandsrapport_writable(r->state))
            continue;
        if (!draws_on(req, r, file, &found, error))
            return false;
        if (found)
            add_use(uses, arena_printf(req->arena, _("%s, which is being written"), r->title),
                    tilstandsrapport_url(req, r, "/tall"),
                    _("Chapters that hold their figures keep them, and say that the data have "
                      "changed, until somebody takes in the new ones. The others follow at "
                      "once."));
    }
    return true;
}

bool tilstandsrapport_uses_dataset(Req *req, const char *file, GArray *uses, GError **error)
{
    if (!req->user ||
        !req->user->owner) /* public data, the installation's: each owner's own page */
        return true;
    return (!req_may(req, PERM_REPORT_READ) || add_drafts(req, file, uses, error)) &&
           add_frozen(req, file, uses, error);
}
