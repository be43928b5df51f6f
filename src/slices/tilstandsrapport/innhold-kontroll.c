/* innhold-kontroll.c - the control chart of a block: worked out when it is composed, frozen with it.
 *
 * A frozen report keeps the limits and the sentence of its day, whatever the rules become later.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "blokker.h"
#include "innhold-kontroll.h"

/* "from 2012K1" -> "from 1st quarter 2012". */
static const char *with_words(Arena *arena, const PeriodPlaces *places, const char *text)
{
    g_autofree char *now = g_strdup(text);

    for (size_t p = 0; text && p < places->n; p++) {
        g_auto(GStrv) parts = g_strsplit(now, places->v[p].label, -1);

        g_free(now);
        now = g_strjoinv(tilstandsrapport_word_period(arena, places->v[p].label), parts);
    }
    return text ? arena_dup(arena, now) : NULL;
}

bool tilstandsrapport_block_control(Arena *arena, const Matrix *m, const PeriodPlaces *places,
                                    Block *block, GError **error)
{
    const ControlAsk ask = { .places = places, .chart = CONTROL_SUITS, .target = NAN };
    bool quarters = block->view == VIEW_QUARTERS;
    ControlChart *control;

    if (!quarters && block->view != VIEW_SERIES)
        return true;
    control = arena_alloc(arena, sizeof *control);
    if (!indikator_control_chart(arena, m, &ask, control, error))
        return false;
    if (!quarters && !control->limits)
        return true; /* a few years: the reading holds them against each other with their uncertainty */
    if (quarters) {
        control->sentence = with_words(arena, places, control->sentence);
        control->more = with_words(arena, places, control->more);
    }
    block->control = control;
    return true;
}

/* --- the frozen form --- */

static void set_number(json_t *to, const char *key, double value)
{
    if (isfinite(value))
        json_object_set_new(to, key, json_real(value));
}

static void set_if(json_t *to, const char *key, bool value)
{
    if (value)
        json_object_set_new(to, key, json_true());
}

static json_t *points_json(const ControlChart *c, size_t n)
{
    json_t *all = json_array();

    for (size_t i = 0; i < n; i++) {
        const ChartControl *from = &c->points[i];
        json_t *to = json_object();

        set_number(to, "centre", from->centre);
        set_number(to, "lower", from->lower);
        set_number(to, "upper", from->upper);
        if (from->cause != CHART_COMMON)
            json_object_set_new(to, "cause", json_integer(from->cause));
        set_if(to, "starts", from->starts);
        set_if(to, "trial", from->trial);
        json_array_append_new(all, to);
    }
    return all;
}

json_t *tilstandsrapport_control_json(const ControlChart *control, size_t n_periods)
{
    json_t *to = json_object();

    json_object_set_new(to, "sentence", json_string(control->sentence));
    json_object_set_new(to, "method", json_string(control->method));
    json_object_set_new(to, "centre_name", json_string(control->centre_name));
    if (control->limits)
        json_object_set_new(to, "points", points_json(control, n_periods));
    return to;
}

static double number_of(const json_t *from, const char *key)
{
    const json_t *value = json_object_get(from, key);

    return json_is_number(value) ? json_number_value(value) : NAN;
}

static ChartControl point_of(const json_t *from)
{
    int64_t cause = json_integer_value(json_object_get(from, "cause"));

    return (ChartControl){ .centre = number_of(from, "centre"),
                           .lower = number_of(from, "lower"),
                           .upper = number_of(from, "upper"),
                           .former = NAN,
                           .cause = (ChartCause)CLAMP(cause, CHART_COMMON, CHART_LOWER),
                           .starts = json_is_true(json_object_get(from, "starts")),
                           .trial = json_is_true(json_object_get(from, "trial")) };
}

bool tilstandsrapport_control_from_json(Arena *arena, const json_t *from, size_t n_periods,
                                        const ControlChart **ret)
{
    const char *sentence = json_string_value(json_object_get(from, "sentence"));
    const char *method = json_string_value(json_object_get(from, "method"));
    const char *centre = json_string_value(json_object_get(from, "centre_name"));
    const json_t *points = json_object_get(from, "points");
    ControlChart *c = arena_alloc(arena, sizeof *c);

    if (!sentence || !method || !centre ||
        (points && (!json_is_array(points) || json_array_size(points) != n_periods)))
        return false;
    c->sentence = arena_dup(arena, sentence);
    c->method = arena_dup(arena, method);
    c->centre_name = arena_dup(arena, centre);
    c->limits = points != NULL;
    c->points = arena_alloc(arena, MAX(n_periods, 1) * sizeof *c->points);
    for (size_t i = 0; points && i < n_periods; i++)
        c->points[i] = point_of(json_array_get(points, i));
    *ret = c;
    return true;
}
