/* tegn.c - the newest figures of one's own scope, and how they stand to the nation: no more than their
 * uncertainty bears.
 *
 * A role of one school sees the school's, the others the municipality's; through the gate, as the
 * indicator pages do, and one read for all of them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "enhet.h"
#include "hjem-sider.h"

#define DAYS_BACK (2 * 365)

static const char *const codes[] = { "NP.LES.5", "NP.REG.5", "NP.ENG.5", "NP.LES.8",
                                     "NP.REG.8", "NP.ENG.8", NULL };

static bool wants(const User *user)
{
    static const char *const roles[] = { "FS", "KD", "RK", NULL };

    return user->owner && g_strv_contains(roles, user->role);
}

/* The school year two years before the one today is in: "2024/25". */
static const char *first_year(Arena *arena, const char *today)
{
    char date[DATE_TEXT], year[DATE_TEXT];

    return arena_dup(arena, date_school_year(date_add(today, -DAYS_BACK, date), year));
}

/* The newest period in which the own unit has a figure of an indicator. */
static bool newest(const Matrix *m, size_t i, const char *until, size_t *ret)
{
    for (size_t p = m->n_periods; p > 0; p--)
        if (strcmp(m->periods[p - 1], until) <= 0 && matrix_at(m, 0, i, p - 1)->known) {
            *ret = p - 1;
            return true;
        }
    return false;
}

static void add_signals(Req *req, const Matrix *m, HomeView *view)
{
    char until[DATE_TEXT];
    size_t nation = m->n_units - 1, period;

    date_school_year(req->today, until);
    view->signals.v = arena_alloc(req->arena, m->n_indicators * sizeof(Signal));
    for (size_t i = 0; i < m->n_indicators; i++) {
        const Indicator *in = &m->indicators[i];

        if (!newest(m, i, until, &period))
            continue;
        const Cell *own = &matrix_at(m, 0, i, period)->cell;
        const Cell *land = &matrix_at(m, nation, i, period)->cell;

        view->signals.v[view->signals.n++] =
            (Signal){ .name = in->name,
                      .value = indikator_cell_text(req->arena, in, own, true),
                      .period = arena_dup(req->arena, m->periods[period]),
                      .stands = indikator_stands_text(req->arena, indikator_stands(own, land),
                                                      m->units[nation].name),
                      .url = url_for(req->arena, "/indikatorer/%s", in->code) };
    }
}

static bool own_unit(Req *req, UnitRef *ret, GError **error)
{
    int64_t unit = req->user->unit;
    Enhet root;

    if (!unit && !enhet_root(req->db, req->arena, req->user->owner, req->today, &root, error))
        return false;
    return indikator_unit(req->db, req->arena, req->user->owner, unit ? unit : root.id, req->today,
                          ret, error);
}

bool hjem_fill_signals(Req *req, HomeView *view, GError **error)
{
    UnitRefList units;
    UnitRef own;
    Matrix m;

    if (!wants(req->user) || !req_may(req, PERM_INDICATOR_READ))
        return true;
    if (!own_unit(req, &own, error) || !indikator_peers(req->db, req->arena, &own, &units, error))
        return false;
    view->signals_of = own.name;
    if (units.n < 2)
        return true;
    const UnitRef two[] = { units.v[0], units.v[units.n - 1] };
    bool internal = req_may_unit(req, PERM_INDICATOR_INTERN, own.enhet);
    const MatrixSpec spec = { .owner = req->user->owner,
                              .audience = internal ? AUDIENCE_INTERNAL : AUDIENCE_PUBLIC,
                              .lang = req->lang,
                              .today = req->today,
                              .units = two,
                              .n_units = G_N_ELEMENTS(two),
                              .indicators = codes,
                              .from = first_year(req->arena, req->today) };

    if (!indikator_matrix(req->db, req->arena, &spec, &m, error))
        return false;
    add_signals(req, &m, view);
    return true;
}
