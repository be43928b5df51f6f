/* begynn.c - "begin here": a new owner's three steps to a first report.
 *
 * A step is done by the role that may; when the active role may not, another of the user's own is
 * offered as a button, and otherwise the page says whose it is.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "hjem-sider.h"
#include "eier.h"
#include "enhet.h"
#include "indikator.h"

#define N_FIRST 3

/* --- the steps --- */

/* How one step can be taken: any of two permissions, on the whole owner. */
typedef struct {
    Perm perm, or_perm;
    const char *path;
    const char *whose; /* role code */
} Way;

static bool may(const Req *req, const Way *way)
{
    return req_may_unit(req, way->perm, 0) || req_may_unit(req, way->or_perm, 0);
}

static bool find_way(Req *req, const Way *way, FirstStep *step, GError **error)
{
    step->whose = tilgang_role_name(way->whose);
    if (step->done)
        return true;
    if (may(req, way)) {
        step->url = url_for(req->arena, way->path);
        return true;
    }
    return tilgang_other_role(req, way->perm, true, way->path, &step->other, error) &&
           (step->other.role ||
            tilgang_other_role(req, way->or_perm, true, way->path, &step->other, error));
}

static bool has_figures(Req *req, bool *ret, GError **error)
{
    g_autoptr(GError) why = NULL;
    DatasetList datasets;
    UnitRef unit;
    Eier owner;

    if (!eier_get(req->db, req->arena, req->user->owner, &owner, error))
        return false;
    *ret = indikator_public_unit(req->db, req->arena, owner.number, &unit, &why);
    if (*ret)
        return true;
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_NOT_FOUND))
        return app_pass(error, &why);
    if (!indikator_datasets(req->db, req->arena, owner.id, 1, &datasets, error))
        return false;
    *ret = datasets.n && !datasets.v[0].shared;
    return true;
}

static bool has_schools(Req *req, bool *ret, GError **error)
{
    EnhetList units;

    *ret = false;
    if (!enhet_list(req->db, req->arena, req->user->owner, req->today, &units, error))
        return false;
    for (size_t i = 0; i < units.n; i++)
        *ret = *ret || strcmp(units.v[i].kind, "kommune") != 0;
    return true;
}

static void name_steps(FirstStep *step)
{
    step[0].name = _("Import the figures");
    step[0].help =
        _("Udir’s national tests, for the whole country. Several files can be sent at once.");
    step[1].name = _("Accept the schools");
    step[1].help = _("The figures say which schools there are; you take them in once.");
    step[2].name = _("Start the report");
    step[2].help = _("The chapters come from a template, and the six steps get dates.");
}

bool hjem_fill_first(Req *req, HomeView *view, GError **error)
{
    /* The national file has its place in the shared store; an owner's own table comes after. */
    static const Way ways[N_FIRST] = {
        { PERM_SHARED_IMPORT, PERM_SHARED_IMPORT, "/import", "IA" },
        { PERM_DATASET_IMPORT, PERM_UNIT_WRITE, "/enheter/forslag", "FS" },
        { PERM_REPORT_CREATE, PERM_REPORT_CREATE, "/tilstandsrapport/ny", "FS" },
    };
    FirstStep *step = arena_alloc(req->arena, N_FIRST * sizeof(FirstStep));
    bool left = false, own = false;

    if (view->n_reports) /* the beginning is past */
        return true;
    memset(step, 0, N_FIRST * sizeof(FirstStep));
    name_steps(step);
    if (!has_figures(req, &step[0].done, error) || !has_schools(req, &step[1].done, error))
        return false;
    for (int i = 0; i < N_FIRST; i++) {
        if (!find_way(req, &ways[i], &step[i], error))
            return false;
        left = left || !step[i].done;
        own = own || step[i].url.text || step[i].other.role;
    }
    view->first = (FirstSteps){ step, left && own ? N_FIRST : 0 };
    return true;
}
