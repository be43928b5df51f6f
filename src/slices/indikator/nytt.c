/* nytt.c - new figures since somebody last looked, for the home page.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator-sider.h"

#define NEWEST 3

bool indikator_news(Req *req, int64_t since, GArray *news, GError **error)
{
    DatasetList all;

    if (!req->user ||
        !indikator_datasets(req->db, req->arena, req->user->owner, NEWEST, &all, error))
        return !req->user;
    for (size_t i = 0; i < all.n; i++) {
        const Dataset *d = &all.v[i];
        bool reader = req_may(req, PERM_DATASET_READ);
        const char *title = *d->title ? d->title : d->filename;

        if (d->imported_at <= since || d->undone_at != NO_INT || (!d->shared && !reader))
            continue;
        const News line = { arena_printf(req->arena, _("New figures: %s"), title),
                            reader ? url_for(req->arena, "/import/historikk/%I", d->id)
                                   : url_for(req->arena, "/indikatorer"),
                            d->imported_at };

        g_array_append_val(news, line);
    }
    return true;
}
