/* tilbud.c - a file that was fetched is offered to a person as if they had sent it, and found again.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "bunke.h"
#include "tilbud.sql.h"

bool indikator_offer(Db *db, const ImportOffer *offer, int64_t *ret_id, GError **error)
{
    const Bunke bundle = {
        .owner = offer->owner, .person = offer->person, .shared = true, .created_at = offer->now
    };
    const NewFil file = { offer->filename, offer->data, offer->size };

    return indikator_bundle_add(db, &bundle, &file, 1, ret_id, error);
}

bool indikator_public_dataset(Db *db, const char *sha256, int64_t *ret_id, GError **error)
{
    g_auto(TilbudDatasetRows) rows = { 0 };

    if (!tilbud_dataset(db, sha256, &rows, error))
        return false;
    *ret_id = rows.n && rows.v[0].undone_at == NO_INT ? rows.v[0].id : 0;
    return true;
}
