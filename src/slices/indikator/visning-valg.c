/* visning-valg.c - the explorer's form: what can be chosen, what is chosen, and what is wrong with it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator-sider.h"

typedef struct {
    Req *req;
    const Explore *x;
    const Matrix *all;
    const UnitRef *unit;
    ExploreForm *form;
    Choices now; /* of the select that is being made */
} Making;

static const char *problem_of(const Making *m, ExploreField field)
{
    return m->x->problem[field] ? m->x->problem[field] : "";
}

static void offer(Making *m, ExploreField field, const char *value, const char *label)
{
    m->now.v[m->now.n++] = (Choice){ value, label, !strcmp(m->x->typed[field], value) };
}

static void begin(Making *m, size_t room)
{
    m->now = (Choices){ arena_alloc(m->req->arena, room * sizeof(Choice)), 0 };
}

/* With one choice alone there is nothing to ask, unless the address asked for another. */
static void end(Making *m, ExploreField field, const char *label)
{
    if (m->now.n > 1 || m->x->problem[field])
        m->form->selects.v[m->form->selects.n++] =
            (ExploreSelect){ indikator_explore_name(field), label, problem_of(m, field), m->now };
}

static void add_periods(Making *m, ExploreField field, const char *label, const char *none)
{
    begin(m, m->all->n_periods + 1);
    offer(m, field, "", none);
    for (size_t p = 0; p < m->all->n_periods; p++)
        offer(m, field, m->all->periods[p], m->all->periods[p]);
    end(m, field, label);
}

static void add_compare(Making *m)
{
    begin(m, m->all->n_units + 2);
    offer(m, X_COMPARE, "", _("All that stand beside it"));
    offer(m, X_COMPARE, "ingen", _("None"));
    for (size_t u = 1; u < m->all->n_units; u++)
        offer(m, X_COMPARE, indikator_unit_key(m->req->arena, &m->all->units[u]),
              m->all->units[u].name);
    if (m->all->n_units > 1 || m->x->problem[X_COMPARE])
        end(m, X_COMPARE, _("Held against"));
}

static void add_rules(Making *m)
{
    begin(m, N_SPC_PROFILES + 1);
    for (int p = 0; p < N_SPC_PROFILES; p++)
        offer(m, X_PROFILE, p == SPC_NHS_R ? "" : spc_profile_code((SpcProfile)p),
              control_profile_name((SpcProfile)p));
    end(m, X_PROFILE, _("Rules for what is more than chance"));
    begin(m, N_SPC_CHARTS + 1);
    offer(m, X_CHART, "", _("The chart that suits the figures"));
    for (int c = 0; c < N_SPC_CHARTS; c++)
        if (c != SPC_MR && c != SPC_T)
            offer(m, X_CHART, spc_chart_code((SpcChart)c), control_chart_name((SpcChart)c));
    end(m, X_CHART, _("Chart"));
}

static void add_view(Making *m, bool may_inside)
{
    begin(m, 2);
    offer(m, X_AUDIENCE, "", _("The owner’s view"));
    if (may_inside)
        offer(m, X_AUDIENCE, "offentlig", _("The public’s view"));
    end(m, X_AUDIENCE, _("Seen as"));
    begin(m, 2);
    offer(m, X_SCALE, "", _("As Udir published them"));
    if (!strcmp(m->all->indicators[0].unit, "skalapoeng"))
        offer(m, X_SCALE, "korrigert", _("Statistics Norway’s corrected scale (2014–2021)"));
    end(m, X_SCALE, _("Scale"));
}

static void add_text(Making *m, ExploreField field, const char *label, const char *help)
{
    const char *name = indikator_explore_name(field), *problem = problem_of(m, field);

    m->form->texts.v[m->form->texts.n++] = (ExploreText){
        name,    label,
        help,    m->x->typed[field],
        problem, arena_printf(m->req->arena, *problem ? "%s-h %s-p" : "%s-h", name, name)
    };
}

static void add_texts(Making *m)
{
    const char *example = m->all->n_periods ? m->all->periods[m->all->n_periods / 2] : "2025K1";

    add_text(m, X_TARGET, _("Target"), _("A number in the indicator’s own unit."));
    add_text(m, X_STARTS, _("Reckon anew from"),
             arena_printf(m->req->arena,
                          _("The first period of each new start, with commas between, as %s. The "
                            "old mean is drawn on."),
                          example));
    add_text(m, X_FIX, _("Limits from the first"),
             _("How many measurements mean and limits are reckoned from."));
    add_text(m, X_EXCLUDED, _("Leave out"),
             _("Periods that are shown and not counted, with commas between."));
}

static bool any_choice(const Explore *x, ExploreField from)
{
    for (int i = (int)from; i < N_EXPLORE; i++)
        if (*x->typed[i])
            return true;
    return false;
}

bool indikator_explore_form(Req *req, const UnitRef *unit, const Matrix *all, const Explore *x,
                            bool may_inside, ExploreForm *ret, GError **error)
{
    Making m = { .req = req, .x = x, .all = all, .unit = unit, .form = ret };

    *ret = (ExploreForm){ .self = url_for(req->arena, "/indikatorer/%s", all->indicators[0].code),
                          .changed = any_choice(x, X_FROM),
                          .fails = indikator_explore_fails(x) };
    ret->open = ret->changed;
    ret->reset = url_with(req->arena, ret->self, "enhet", indikator_unit_key(req->arena, unit));
    ret->selects.v = arena_alloc(req->arena, N_EXPLORE * sizeof(ExploreSelect));
    ret->texts.v = arena_alloc(req->arena, N_EXPLORE * sizeof(ExploreText));
    if (!indikator_unit_options(req, unit, &ret->units, error))
        return false;
    add_periods(&m, X_FROM, _("From period"), _("the first"));
    add_periods(&m, X_TO, _("To period"), _("the newest"));
    add_compare(&m);
    add_view(&m, may_inside);
    add_rules(&m);
    add_texts(&m);
    return true;
}
