/* importmal.c - the empty table of values that people fill in, made from the format itself.
 *
 * The columns are the parser's own, and the rows are about the owner's own units, so that the file can
 * be sent back as it is and be read without an error.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator-sider.h"
#include "parse.h"

/* The owner's units that have a number, schools before the municipality itself. */
static bool example_unit(Req *req, const char **ret, GError **error)
{
    EnhetList all;

    *ret = "";
    if (!enhet_list(req->db, req->arena, req->user->owner, req->today, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Enhet *e = &all.v[i];

        if (*e->code && (!**ret || !strcmp(e->kind, "skole")))
            *ret = e->code;
        if (*e->code && !strcmp(e->kind, "skole"))
            break;
    }
    return true;
}

bool indikator_send_template(Req *req, GError **error)
{
    const char *unit;

    if (!example_unit(req, &unit, error))
        return false;
    g_autofree char *text = indikator_parse_values_template(unit, req->today);

    return req_download(req, "text/csv; charset=utf-8", "mal.csv", text, strlen(text));
}
