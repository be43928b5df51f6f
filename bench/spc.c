/* spc.c - 1,000 control charts of 36 points, worked out in one process; prints milliseconds.
 *
 * usage: spc [SERIES [POINTS [ROUNDS]]]      prints "spc MEDIAN WORST", then "calibrate MEDIAN WORST" of
 *                                            square roots summed in the same rounds
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stdio.h>
#include "spc.h"

#define CALIBRATE 1000000

static int by_size(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double since(gint64 from)
{
    return (double)(g_get_monotonic_time() - from) / 1000;
}

static double draw_all(const double *value, size_t n, size_t points, size_t *ret_signals)
{
    const SpcSpec spec = { .better = SPC_BETTER_DOWN, .target = NAN };
    gint64 from = g_get_monotonic_time();
    size_t signals = 0;

    for (size_t i = 0; i < n; i++) {
        g_autoptr(Arena) arena = arena_new();
        const SpcSeries series = { value + i * points, NULL, points };
        g_autoptr(GError) why = NULL;
        Spc spc;

        if (!spc_compute(arena, &spec, &series, &spc, &why))
            g_error("%s", why->message);
        for (size_t p = 0; p < points; p++)
            signals += spc.point[p].rules != 0;
    }
    *ret_signals = signals;
    return since(from);
}

static double calibrate(double *ret_sum)
{
    gint64 from = g_get_monotonic_time();

    for (int i = 0; i < CALIBRATE; i++)
        *ret_sum += sqrt((double)i + *ret_sum);
    return since(from);
}

static void print_times(const char *name, GArray *ms)
{
    g_array_sort(ms, by_size);
    printf("%s %.2f %.2f\n", name, g_array_index(ms, double, ms->len / 2),
           g_array_index(ms, double, ms->len - 1));
}

static size_t count_of(int argc, char **argv, int at, size_t otherwise)
{
    guint64 n = argc > at ? g_ascii_strtoull(argv[at], NULL, 10) : 0;

    return n > 0 && n < 1000000 ? (size_t)n : otherwise;
}

int main(int argc, char **argv)
{
    size_t n = count_of(argc, argv, 1, 1000), points = count_of(argc, argv, 2, 36);
    size_t rounds = count_of(argc, argv, 3, 15), signals = 0;
    g_autofree double *value = g_new(double, n *points);
    g_autoptr(GArray) spc = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GArray) sums = g_array_new(FALSE, FALSE, sizeof(double));
    GRand *chance = g_rand_new_with_seed(1);
    double sum = 0;

    for (size_t i = 0; i < n * points; i++)
        value[i] = g_rand_double(chance) + g_rand_double(chance) + g_rand_double(chance);
    g_rand_free(chance);
    for (size_t r = 0; r < rounds; r++) {
        double ours = draw_all(value, n, points, &signals), other = calibrate(&sum);

        g_array_append_val(spc, ours);
        g_array_append_val(sums, other);
    }
    print_times("spc", spc);
    print_times("calibrate", sums);
    printf("signals %zu sum %.0f\n", signals, sum);
    return 0;
}
