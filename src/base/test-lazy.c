/* test-lazy.c - libraries that are loaded when needed.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "lazy.h"

typedef struct {
    double (*cos)(double);
    double (*nothing)(double);
} Functions;

static void what_it_finds_can_be_called(void)
{
    const LazySymbol symbols[] = { { "cos", offsetof(Functions, cos) } };
    g_autoptr(GError) error = NULL;
    Functions f = { 0 };

    g_assert_true(lazy_load("libm.so.6", symbols, 1, &f, &error));
    g_assert_no_error(error);
    g_assert_cmpfloat(f.cos(0), ==, 1);
}

static void what_lacks_is_named(void)
{
    const LazySymbol symbols[] = { { "cos", offsetof(Functions, cos) },
                                   { "no_such_function", offsetof(Functions, nothing) } };
    g_autoptr(GError) library = NULL;
    g_autoptr(GError) function = NULL;
    Functions f = { 0 };

    g_assert_false(lazy_load("libnosuch.so.1", symbols, 2, &f, &library));
    g_assert_error(library, APP_ERROR, APP_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(library->message, "libnosuch.so.1"));
    g_assert_false(lazy_load("libm.so.6", symbols, 2, &f, &function));
    g_assert_error(function, APP_ERROR, APP_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(function->message, "no_such_function"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lazy/load/functions", what_it_finds_can_be_called);
    g_test_add_func("/lazy/load/lacking", what_lacks_is_named);
    return g_test_run();
}
