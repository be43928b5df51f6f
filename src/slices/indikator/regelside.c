/* regelside.c - a page that says in plain language what the charts' rules are, with examples.
 *
 * Every number in it comes from where it is reckoned with, so the page cannot say another.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "sammenlign.h"
#include "regeleksempler.h"
#include "regelside.html.h"

static void add(Notes *notes, const char *label, const char *text)
{
    notes->v[notes->n++] = (Note){ .label = label, .text = text };
}

static Notes room_for(Req *req, size_t n)
{
    return (Notes){ arena_alloc(req->arena, n * sizeof(Note)), 0 };
}

/* --- what the sentences mean --- */

static void fill_sentences(Req *req, RulesView *view)
{
    Arena *a = req->arena;
    Notes *n = &view->sentences;

    *n = room_for(req, 8);
    add(n, _("“Clear improvement” or “clear deterioration”"),
        arena_printf(
            a,
            _("A rule is broken, the newest measurement is part of it, and there are at "
              "least %d measurements. Where no way is the better, it says “clearly higher” "
              "or “clearly lower”."),
            SPC_WORDS_CERTAIN));
    add(n, _("“Sign of improvement” or “sign of deterioration”"),
        arena_printf(
            a,
            _("The same with %d to %d measurements. The limits are then trial limits, and the "
              "next measurements will tell."),
            SPC_WORDS_FEWEST, SPC_WORDS_CERTAIN - 1));
    add(n, _("“No certain change in the newest measurements”"),
        _("There has been a signal, but it ended before the newest measurement."));
    add(n, _("“No certain change”"),
        arena_printf(a, _("At least %d measurements, and no rule is broken."), SPC_WORDS_CERTAIN));
    add(n, _("“The measurements vary more than chance explains”"),
        _("The series as a whole has too long runs or too few crossings of the mean, without a "
          "direction that can be named."));
    add(n, _("“Too few measurements to say anything for certain”"),
        arena_printf(
            a,
            _("Fewer than %d measurements, or fewer than %d without a signal. Of figures "
              "that come once a year: fewer than %d. No limits are then drawn by year, and "
              "by month or quarter none below %d."),
            SPC_WORDS_FEWEST, SPC_WORDS_CERTAIN, CONTROL_FEWEST_YEARLY, CONTROL_FEWEST));
}

static void fill_beside_others(Req *req, RulesView *view)
{
    Arena *a = req->arena;
    Notes *n = &view->funnel;

    *n = room_for(req, 6);
    add(n, _("The funnel"),
        _("Each dot is a unit: across, how many people stand behind its figure; upwards, the "
          "figure. "
          "The limits are wide for small groups and close in for large ones, because chance does "
          "most to the small."));
    for (FunnelPlace place = FUNNEL_WITHIN; place <= FUNNEL_FAR_ABOVE; place++)
        add(n, indikator_place_text(place),
            place == FUNNEL_WITHIN ? _("Inside the limits of 95 %. The figure does not show that "
                                       "the unit differs from "
                                       "the reference.")
            : place == FUNNEL_ABOVE
                ? _("Between the limits of 95 % and 99.8 %. Of many units some lie here by chance.")
                : _("Outside the limits of 99.8 %. Something else than chance is likely: look for "
                    "what it is before anything is concluded."));
    add(n, _("Source"),
        _("Spiegelhalter: Funnel plots for comparing institutional performance, Statistics in "
          "Medicine 24 (2005). Shares get exact binomial limits. Means get the standard deviation "
          "between people that the source’s uncertainties tell. Absence, counted in days, gets "
          "none."));
    n = &view->spread;
    *n = room_for(req, 3);
    add(n, _("Standard deviation between units"),
        arena_printf(
            a,
            _("How far units usually are from each other when what chance does to small "
              "groups is taken away. 0 means that chance explains it all. At least %d units "
              "must have a figure that can be shown, with its uncertainty."),
            SPREAD_MIN_UNITS));
    add(n, _("“Clearly smaller” or “clearly larger” differences"),
        _("The 95 % intervals of the two periods do not meet. Nothing is compared across a break "
          "in "
          "the series."));
    add(n, _("Source"),
        _("The estimate is DerSimonian and Laird’s (1986), the interval Viechtbauer’s Q-profile "
          "(Statistics in Medicine 26, 2007)."));
}

static void fill_standing(Req *req, RulesView *view)
{
    Notes *n = &view->standing;

    *n = room_for(req, 3);
    add(n, _("“Clearly above” or “clearly below”"),
        _("Two results with their uncertainty (±) do not overlap."));
    add(n, _("“Level”"), _("They overlap. The difference may be chance."));
    add(n, _("Nothing is said"),
        _("One of them is hidden or missing, or has no known uncertainty."));
}

static void fill_words(Req *req, RulesView *view)
{
    Notes *n = &view->words;

    *n = room_for(req, 8);
    add(n, _("Mean and limits"),
        _("The mean of the measurements, and how far from it chance alone takes them. Limits come "
          "from how much one measurement differs from the next."));
    add(n, _("Trial limits"),
        arena_printf(
            req->arena,
            _("Limits from %d to %d measurements, drawn with dots. They move much with each "
              "new measurement."),
            CONTROL_FEWEST, SPC_WORDS_CERTAIN - 1));
    add(n, _("Reckon anew"),
        _("Mean and limits are reckoned afresh from a period somebody has chosen. Old and new mean "
          "are "
          "always drawn together, because a new start turns older signals off."));
    add(n, _("Limits from the first measurements"),
        _("Mean and limits are reckoned from the first measurements and held fixed, so that later "
          "ones "
          "are held against how it was before."));
    add(n, _("Target and assurance"),
        _("A target on the good side of both limits is met every time as long as nothing changes, "
          "one "
          "on the wrong side of both never. Between the limits it is met by chance."));
    add(n, _("Series break"),
        _("Where a scale or a definition changed, no line, mean or limit crosses, and the sentence "
          "is "
          "about what came after."));
    add(n, _("Hidden and missing figures"),
        _("They take no part. Mean and limits are reckoned from what is shown, so they give "
          "nothing "
          "away."));
    add(n, _("Three years together"),
        _("Figures that come once a year are too few for limits. The three newest years are put "
          "together instead, weighted by the number of people."));
}

static void fill_charts(Req *req, RulesView *view)
{
    Notes *n = &view->charts;

    *n = room_for(req, 5);
    add(n, control_chart_name(SPC_PP),
        _("Sickness absence and other shares of days: one illness is many days, so they vary more "
          "than if each day were drawn by lot. The limits are wider where the denominator is "
          "small."));
    add(n, control_chart_name(SPC_P), _("Shares of people, with numerator and denominator."));
    add(n, control_chart_name(SPC_U), _("Ratios of counts, with numerator and denominator."));
    add(n, control_chart_name(SPC_C),
        _("Events that are counted, when fewer or more of them is the better."));
    add(n, control_chart_name(SPC_XMR),
        _("Everything else. A stock, such as the number of pupils, is no count of events."));
}

/* --- the sets of rules --- */

/* What is unusual among so many measurements, as an example. */
static const char *runs_text(Arena *arena, size_t n)
{
    size_t longest, crossings;

    spc_runs_limits(n, &longest, &crossings);
    return arena_printf(arena,
                        _("An unusually long run on one side, or unusually few crossings of the "
                          "mean, in the series "
                          "as a whole. What is unusual depends on how many measurements there are: "
                          "of %zu, a run of "
                          "more than %zu or fewer than %zu crossings."),
                        n, longest, crossings);
}

static void fill_rules(Req *req, SpcProfile profile, Notes *n)
{
    const SpcNumbers *numbers = spc_profile_numbers(profile);
    Arena *a = req->arena;

    *n = room_for(req, 6);
    add(n, _("Outside a limit"), _("One measurement above the upper limit or below the lower."));
    if (numbers->shift)
        add(n, _("On the same side"),
            arena_printf(a, _("%zu in a row on the same side of the mean."), numbers->shift));
    if (numbers->trend)
        add(n, _("Steadily"),
            arena_printf(a, _("%zu in a row, each higher than the one before, or each lower."),
                         numbers->trend));
    if (numbers->two_in_three)
        add(n, _("Two of three"),
            numbers->all_on_side
                ? _("Two of three lie more than two thirds of the way to the same limit without "
                    "crossing it, and the third is on that side of the mean.")
                : _("Two of three lie more than two thirds of the way to the same limit."));
    if (numbers->four_in_five)
        add(n, _("Four of five"),
            _("Four of five lie more than one third of the way to the same limit."));
    if (profile == SPC_ANHOEJ)
        add(n, _("Runs and crossings"), runs_text(a, 24));
}

static const char *source_of(SpcProfile profile)
{
    static const char *const sources[N_SPC_PROFILES] = {
        [SPC_NHS_R] = N_(
            "NHS England, “Making Data Count”, as the program NHSRplotthedots reckons. Limits at "
            "2.66 mean moving ranges, after very large ranges are screened away once."),
        [SPC_NHS_R_UNSCREENED] =
            N_("The same without screening, as in NHS England’s spreadsheet and in Wheeler, "
               "Understanding Variation (1993)."),
        [SPC_ANHOEJ] = N_(
            "Anhøj and Olesen, “Run Charts Revisited”, PLoS ONE (2014), as the program qicharts2 "
            "reckons. Gives few false alarms."),
        [SPC_WESTERN_ELECTRIC] =
            N_("Western Electric, Statistical Quality Control Handbook (1956). "
               "Finds more, and gives more false alarms."),
    };

    return _(sources[profile]);
}

static void fill_sets(Req *req, RulesView *view)
{
    view->sets = (RuleSets){ arena_alloc(req->arena, N_SPC_PROFILES * sizeof(RuleSet)), 0 };
    for (int p = 0; p < N_SPC_PROFILES; p++) {
        RuleSet *set = &view->sets.v[view->sets.n++];

        *set = (RuleSet){ .name = control_profile_name((SpcProfile)p),
                          .code = spc_profile_code((SpcProfile)p),
                          .source = source_of((SpcProfile)p) };
        fill_rules(req, (SpcProfile)p, &set->rules);
    }
}

/* --- examples --- */

static const Chart *draw(Arena *arena, const RuleSample *sample, const RuleWorked *worked,
                         size_t nr)
{
    ChartPoint *points = arena_alloc(arena, worked->n * sizeof(ChartPoint));
    ChartColumn *columns = arena_alloc(arena, worked->n * sizeof(ChartColumn));
    ChartRow *row = arena_alloc(arena, sizeof *row);
    Chart *chart = arena_alloc(arena, sizeof *chart);
    char number[NUM_TEXT];

    for (size_t i = 0; i < worked->n; i++) {
        points[i] = (ChartPoint){ .value = worked->value[i], .status = CHART_OK };
        columns[i].label = worked->period[i];
    }
    *row = (ChartRow){ .name = _("Invented figures"), .points = points, .own = true };
    *chart = (Chart){ .kind = CHART_SERIES,
                      .id = arena_printf(arena, "eksempel-%zu", nr),
                      .title = _(sample->name),
                      .reading = worked->control.sentence,
                      .unit = "%",
                      .decimals = 1,
                      .with_table = true,
                      .columns = columns,
                      .n_columns = worked->n,
                      .rows = row,
                      .n_rows = 1,
                      .control = worked->control.points,
                      .centre_name = worked->control.centre_name };
    if (isfinite(sample->target)) {
        chart->target = sample->target;
        chart->target_name =
            arena_printf(arena, _("target %s"), num_text(sample->target, 1, number));
    }
    return chart;
}

static bool fill_examples(Req *req, RulesView *view, GError **error)
{
    Arena *a = req->arena;

    view->examples = (RuleExamples){ arena_alloc(a, N_RULE_SAMPLES * sizeof(RuleExample)), 0 };
    for (size_t i = 0; i < N_RULE_SAMPLES; i++) {
        const RuleSample *sample = &indikator_rule_samples[i];
        RuleWorked worked;

        if (!indikator_rule_work(a, sample, &worked, error))
            return false;
        const ControlChart *c = &worked.control;
        view->examples.v[view->examples.n++] =
            (RuleExample){ _(sample->name), _(sample->text),
                           arena_printf(a, "%s%s%s%s%s", c->sentence, c->more ? " " : "",
                                        c->more ? c->more : "", c->assurance ? " " : "",
                                        c->assurance ? c->assurance : ""),
                           draw(a, sample, &worked, i + 1) };
    }
    return true;
}

bool indikator_show_rules(Req *req, GError **error)
{
    RulesView view = { 0 };

    fill_sentences(req, &view);
    fill_standing(req, &view);
    fill_beside_others(req, &view);
    fill_words(req, &view);
    fill_charts(req, &view);
    fill_sets(req, &view);
    if (!fill_examples(req, &view, error))
        return false;
    indikator_regler(req_page(req, 200, _("More than chance? The rules of the charts")), &view);
    if (!req->user)
        req_cacheable(req);
    return true;
}
