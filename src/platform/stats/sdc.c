/* sdc.c - disclosure control: the problem, and the order in which the parts do their work.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sdc-inside.h"

#define DEFAULT_WORK 4000000u

SdcCell sdc_count(double value)
{
    return (SdcCell){ .value = value,
                      .upper = INFINITY,
                      .tell_lower = value,
                      .tell_upper = value,
                      .cost = 1,
                      .whole = true,
                      .use = SDC_OPEN };
}

SdcProblem *sdc_new(void)
{
    SdcProblem *problem = g_new0(SdcProblem, 1);
    unsigned first = 0;

    problem->cells = g_array_new(FALSE, FALSE, sizeof(SdcCell));
    problem->terms = g_array_new(FALSE, FALSE, sizeof(SdcTerm));
    problem->rows = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_array_append_val(problem->rows, first);
    return problem;
}

void sdc_free(SdcProblem *problem)
{
    if (!problem)
        return;
    if (problem->shape)
        problem->shape_free(problem->shape);
    g_array_unref(problem->cells);
    g_array_unref(problem->terms);
    g_array_unref(problem->rows);
    g_free(problem);
}

unsigned sdc_add(SdcProblem *problem, const SdcCell *cell)
{
    g_assert(cell->cost > 0 && cell->lower <= cell->value && cell->value <= cell->upper);
    g_assert(cell->tell_lower <= cell->value && cell->value <= cell->tell_upper);
    g_array_append_vals(problem->cells, cell, 1);
    return problem->cells->len - 1;
}

SdcCell *sdc_cell(SdcProblem *problem, unsigned cell)
{
    g_assert(cell < problem->cells->len);
    return &g_array_index(problem->cells, SdcCell, cell);
}

unsigned sdc_n_cells(const SdcProblem *problem)
{
    return problem->cells->len;
}

void sdc_equate(SdcProblem *problem, unsigned n, const unsigned cells[], const double coef[])
{
    for (unsigned i = 0; i < n; i++) {
        SdcTerm term = { cells[i], coef[i] };

        g_assert(cells[i] < problem->cells->len);
        g_array_append_val(problem->terms, term);
    }
    g_array_append_val(problem->rows, problem->terms->len);
}

void sdc_result_free(SdcResult *result)
{
    if (!result)
        return;
    g_free(result->hidden);
    g_free(result->lower);
    g_free(result->upper);
    g_free(result->whole);
    g_free(result->safe);
    g_free(result);
}

void sdc_work_init(SdcWork *w, const SdcProblem *problem, const SdcOptions *options)
{
    *w = (SdcWork){ .problem = problem,
                    .cell = (const SdcCell *)(void *)problem->cells->data,
                    .n = problem->cells->len,
                    .most_work = options && options->work ? options->work : DEFAULT_WORK,
                    .rough = options && options->rough };
    w->hidden = g_new0(bool, w->n + 1);
    w->stuck = g_new0(bool, w->n + 1);
    w->moves = g_ptr_array_new();
    w->by_cell = g_ptr_array_sized_new(w->n);
    g_ptr_array_set_size(w->by_cell, (int)w->n);
}

void sdc_work_clear(SdcWork *w)
{
    for (unsigned i = 0; i < w->moves->len; i++) {
        SdcMove *move = w->moves->pdata[i];

        g_free(move->step);
        g_free(move);
    }
    for (unsigned i = 0; i < w->n; i++)
        if (w->by_cell->pdata[i])
            g_array_unref(w->by_cell->pdata[i]);
    g_ptr_array_unref(w->moves);
    g_ptr_array_unref(w->by_cell);
    g_free(w->hidden);
    g_free(w->stuck);
    sdc_repair_end(w);
}

uint64_t sdc_weigh(uint64_t steps, unsigned n_columns)
{
    return steps * (1 + n_columns / 1000);
}

unsigned sdc_steps_left(const SdcWork *w, unsigned n_columns)
{
    uint64_t left = w->work < w->most_work ? w->most_work - w->work : 0;

    return (unsigned)MIN(left / (1 + n_columns / 1000) + 1, 200000);
}

static SdcResult *result_new(const SdcWork *w)
{
    SdcResult *result = g_new0(SdcResult, 1);

    result->n = w->n;
    result->hidden = g_memdup2(w->hidden, w->n + 1);
    result->lower = g_new(double, w->n + 1);
    result->upper = g_new(double, w->n + 1);
    result->whole = g_new0(unsigned, w->n + 1);
    result->safe = g_new0(bool, w->n + 1);
    for (unsigned i = 0; i < w->n; i++) {
        result->lower[i] = result->upper[i] = NAN;
        result->n_hidden += w->hidden[i];
        result->n_protected += w->cell[i].interval > 0;
    }
    return result;
}

static void count_unsafe(const SdcWork *w, SdcResult *result)
{
    for (unsigned i = 0; i < w->n; i++)
        result->n_unsafe += w->cell[i].interval > 0 && !result->safe[i];
    result->work = w->work;
}

SdcResult *sdc_protect(const SdcProblem *problem, const SdcOptions *options)
{
    gint64 start = g_get_monotonic_time();
    g_auto(SdcWork) w;
    SdcResult *result;

    sdc_work_init(&w, problem, options);
    for (unsigned i = 0; i < w.n; i++)
        w.hidden[i] = w.cell[i].interval > 0 && w.cell[i].use == SDC_OPEN;
    if (problem->shape)
        sdc_shape_moves(&w);
    sdc_repair(&w);
    sdc_clean(&w);
    result = result_new(&w);
    result->method = problem->shape ? "moves in crossed dimensions, linear programs, clean-up"
                                    : "linear programs, clean-up";
    sdc_bounds(&w, result, false);
    count_unsafe(&w, result);
    result->seconds = (double)(g_get_monotonic_time() - start) / 1e6;
    return result;
}

SdcResult *sdc_attack(const SdcProblem *problem, const bool hidden[], const SdcOptions *options)
{
    gint64 start = g_get_monotonic_time();
    g_auto(SdcWork) w;
    SdcResult *result;

    sdc_work_init(&w, problem, options);
    for (unsigned i = 0; i < w.n; i++)
        w.hidden[i] = hidden[i] && w.cell[i].use == SDC_OPEN;
    result = result_new(&w);
    result->method = "linear and integer programs";
    sdc_bounds(&w, result, true);
    count_unsafe(&w, result);
    result->seconds = (double)(g_get_monotonic_time() - start) / 1e6;
    return result;
}
