/* kontrollside.c - what was checked in a file as lines of a page: in names, never in codes.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "indikator-sider.h"
#include "kontroll.h"
#include "kontroll.html.h"

#define SHOWN CONTROL_SHOWN

static CheckLine line_of(Req *req, const char *file, const Control *c, GHashTable *names)
{
    CheckLine line = {
        .name = indikator_control_name(c->kind),
        .result = arena_printf(req->arena, _("%s of %s"), indikator_number(req, c->held),
                               indikator_number(req, c->checked)),
        .broken = c->held < c->checked,
        .leak = indikator_control_is_leak(c->kind) && c->held < c->checked,
        .found = { arena_alloc(req->arena, MAX(c->n, 1) * sizeof(ProblemLine)), 0 },
    };

    for (size_t i = 0; i < c->n && i < SHOWN; i++)
        line.found.v[line.found.n++] =
            (ProblemLine){ c->v[i].line ? arena_printf(req->arena, "%s:%" G_GINT64_FORMAT, file,
                                                       c->v[i].line)
                                        : "",
                           indikator_control_text(req->arena, c->kind, &c->v[i], names) };
    line.n_more = (size_t)(c->checked - c->held) - line.found.n;
    return line;
}

bool indikator_check_lines(Req *req, const char *file, const ControlList *from, CheckLines *ret,
                           GError **error)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    IndicatorList all;

    if (!indikator_catalogue(req->db, req->arena, i18n_current(), &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        g_hash_table_insert(names, (void *)(uintptr_t)all.v[i].code,
                            (void *)(uintptr_t)all.v[i].name);
    *ret = (CheckLines){ arena_alloc(req->arena, (N_CONTROLS + 1) * sizeof(CheckLine)), 0 };
    for (size_t i = 0; from && i < from->n; i++)
        ret->v[ret->n++] = line_of(req, file, &from->v[i], names);
    return true;
}

void indikator_draw_checks(Html *html, CheckLines checks)
{
    indikator_kontroller(html, checks);
}
