/* katalogside.c - the catalogue by theme with each unit's newest figures, and the same as a panel.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator-sider.h"
#include "katalog.h"
#include "katalogside.sql.h"
#include "katalogside.html.h"

const char *indikator_audience_text(Audience audience)
{
    return audience == AUDIENCE_INTERNAL
               ? _("The owner’s view: figures about small groups are shown. Do not pass them on.")
               : _("The public’s view: figures about small groups are hidden.");
}

/* Which indicators have anything stored for a unit, or for the units of a municipality. */
static bool collect_known(Req *req, const UnitRef *unit, const Sight *sight, GHashTable *known,
                          GError **error)
{
    g_auto(KatalogsidePublicRows) shared = { 0 };
    g_auto(KatalogsideOwnRows) own = { 0 };

    if (!katalogside_public(req->db, unit->code, &shared, error) ||
        (sight->owner && unit->level == 3 && !katalogside_own(req->db, sight->owner, &own, error)))
        return false;
    for (size_t i = 0; i < shared.n; i++)
        g_hash_table_add(known, arena_dup(req->arena, shared.v[i].indikator));
    for (size_t i = 0; i < own.n; i++)
        g_hash_table_add(known, arena_dup(req->arena, own.v[i].indikator));
    return true;
}

static bool collect_own_unit(Req *req, const UnitRef *unit, const Sight *sight, GHashTable *known,
                             GError **error)
{
    g_auto(KatalogsideUnitRows) own = { 0 };

    if (!sight->owner || !unit->enhet)
        return true;
    if (!katalogside_unit(req->db, sight->owner, unit->enhet, &own, error))
        return false;
    for (size_t i = 0; i < own.n; i++)
        g_hash_table_add(known, arena_dup(req->arena, own.v[i].indikator));
    return true;
}

static const char *tone_of(Stands stands)
{
    static const char *const tones[] = { [STANDS_UNKNOWN] = "",
                                         [STANDS_BELOW] = "under",
                                         [STANDS_LEVEL] = "likt",
                                         [STANDS_ABOVE] = "over" };

    return tones[stands];
}

static Url address_of(Req *req, const UnitRef *unit, const char *code)
{
    return url_with(req->arena, url_for(req->arena, "/indikatorer/%s", code), "enhet",
                    indikator_unit_key(req->arena, unit));
}

static IndicatorLine line_of(Req *req, const Matrix *m, size_t indicator)
{
    const Indicator *about = &m->indicators[indicator];
    size_t p = indikator_newest(m, 0, indicator);
    IndicatorLine line = { .code = about->code,
                           .name = about->name,
                           .period = "",
                           .value = "",
                           .stands = "",
                           .tone = "",
                           .url = address_of(req, &m->units[0], about->code) };

    if (p == m->n_periods)
        return line;
    const Cell *own = &matrix_at(m, 0, indicator, p)->cell;
    line.period = m->periods[p];
    line.value = indikator_cell_text(req->arena, about, own, false);
    if (m->n_units > 1) {
        Stands stands = indikator_stands(own, &matrix_at(m, 1, indicator, p)->cell);

        line.stands = indikator_stands_text(req->arena, stands, NULL);
        line.tone = tone_of(stands);
    }
    return line;
}

/* The group of a theme, made when it is met first; groups stand in the catalogue's order. */
static IndicatorLine *line_add(Req *req, ThemeGroups *groups, const char *theme, size_t room)
{
    ThemeGroup *g = groups->n ? &groups->v[groups->n - 1] : NULL;

    for (size_t i = 0; i < groups->n; i++)
        if (!strcmp(groups->v[i].name, indikator_theme_name(theme)))
            g = &groups->v[i];
    if (!g || strcmp(g->name, indikator_theme_name(theme))) {
        g = &groups->v[groups->n++];
        *g = (ThemeGroup){ indikator_theme_name(theme),
                           { arena_alloc(req->arena, room * sizeof(IndicatorLine)), 0 } };
    }
    return &g->lines.v[g->lines.n++];
}

static ThemeGroups groups_new(Req *req, size_t room)
{
    return (ThemeGroups){ arena_alloc(req->arena, MAX(room, 1) * sizeof(ThemeGroup)), 0 };
}

/* The unit itself, and the nation beside it. */
static bool beside_nation(Req *req, const UnitRef *unit, UnitRefList *ret, GError **error)
{
    UnitRefList peers;

    if (!indikator_peers(req->db, req->arena, unit, &peers, error))
        return false;
    *ret = (UnitRefList){ arena_alloc(req->arena, 2 * sizeof(UnitRef)), 1 };
    ret->v[0] = *unit;
    if (peers.n > 1)
        ret->v[ret->n++] = peers.v[peers.n - 1];
    return true;
}

static bool is_known(const char *code, const void *known)
{
    return g_hash_table_contains((GHashTable *)(uintptr_t)known, code);
}

static bool is_unknown(const char *code, const void *known)
{
    return !is_known(code, known);
}

bool indikator_overview(Req *req, const UnitRef *unit, ThemeGroups *ret, GHashTable *known,
                        Sight *ret_sight, GError **error)
{
    g_autofree const char **codes = NULL;
    Sight sight = indikator_sight(req, unit, 1);
    MatrixSpec spec = {
        .owner = sight.owner, .audience = sight.audience, .lang = req->lang, .today = req->today
    };
    UnitRefList units;
    IndicatorList all;
    Matrix m;

    if (!collect_known(req, unit, &sight, known, error) ||
        !collect_own_unit(req, unit, &sight, known, error) ||
        !beside_nation(req, unit, &units, error) ||
        !indikator_some(req->db, req->arena, req->lang, is_known, known, &all, error))
        return false;
    codes = g_new0(const char *, all.n + 1);
    for (size_t i = 0; i < all.n; i++)
        codes[i] = all.v[i].code;
    spec.units = units.v;
    spec.n_units = units.n;
    spec.indicators = codes;
    if (!indikator_matrix(req->db, req->arena, &spec, &m, error))
        return false;
    *ret = groups_new(req, all.n);
    for (size_t i = 0; i < all.n; i++)
        *line_add(req, ret, m.indicators[i].theme, all.n) = line_of(req, &m, i);
    *ret_sight = sight;
    return true;
}

static bool list_rest(Req *req, const UnitRef *unit, GHashTable *known, CatalogueView *view,
                      GError **error)
{
    IndicatorList all;

    if (!indikator_some(req->db, req->arena, req->lang, is_unknown, known, &all, error))
        return false;
    view->without = groups_new(req, all.n);
    for (size_t i = 0; i < all.n; i++)
        *line_add(req, &view->without, all.v[i].theme, all.n) =
            (IndicatorLine){ .code = all.v[i].code,
                             .name = all.v[i].name,
                             .url = address_of(req, unit, all.v[i].code) };
    view->n_without = all.n;
    return true;
}

bool indikator_show_catalogue(Req *req, GError **error)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    CatalogueView view = { .may_import = req_may(req, PERM_DATASET_IMPORT) ||
                                         req_may(req, PERM_SHARED_IMPORT) };
    UnitRef unit;
    Sight sight;

    if (!indikator_chosen_unit(req, &unit, error) ||
        !indikator_overview(req, &unit, &view.with, known, &sight, error) ||
        !list_rest(req, &unit, known, &view, error) ||
        !indikator_unit_options(req, &unit, &view.options, error))
        return false;
    view.unit = unit.name;
    view.audience = indikator_audience_text(sight.audience);
    view.legend = skjerming_legend();
    view.uncertainty = indikator_uncertainty_legend();
    indikator_katalog(req_page(req, 200, _("Indicators")), &view);
    if (!req->user)
        req_cacheable(req);
    return true;
}

bool indikator_panel(Req *req, int64_t owner, int64_t unit, Html *html, GError **error)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    CatalogueView view = { 0 };
    UnitRef ref;
    Sight sight;

    if (!indikator_unit(req->db, req->arena, owner, unit, req->today, &ref, error) ||
        !indikator_overview(req, &ref, &view.with, known, &sight, error))
        return false;
    view.unit = ref.name;
    view.audience = indikator_audience_text(sight.audience);
    view.legend = skjerming_legend();
    view.uncertainty = indikator_uncertainty_legend();
    indikator_enhet(html, &view);
    return true;
}
