/* lint.c - holds the tree to the house style: every rule that it marks [lint].
 *
 * Usage: lint [--root DIR] [--list] [--only RULE]. Each finding is one line, FILE:LINE: message
 * [rule]; exit code 1 when there is any. Sources are read as tokens, not as lines of text; what is
 * generated lies in the build folder and is not read. Layout is clang-format's (make/lint.mk).
 * SPDX-License-Identifier: EUPL-1.2 */
#include "lint/lint.h"

static const Rule rules[] = {
    { "first-comment", "first comment: name, purpose, licence", check_first_comment },
    { "file-length", "a file stays under 500 lines", check_file_length },
    { "unfinished", "no note of unfinished work", check_unfinished },
    { "function-length", "a function has at most 100 lines", check_function_length },
    { "branches", "a function has at most 15 branches", check_branches },
    { "inputs", "at most 6 inputs to a function, db, ret_* and error aside", check_inputs },
    { "goto", "no goto", check_goto },
    { "state", "state that changes: platform only, with a reason", check_state },
    { "symbols", "exported symbols, and only they, carry the slice's name", check_symbols },
    { "raw-html", "html_raw only in platform/{web,form,chart,doc}", check_raw_html },
    { "layers", "base uses nothing above, the platform no slice", check_layers },
    { "slice-includes", "of other slices, the header of lower ones only", check_slice_includes },
    { "libraries", "each outside library has one door", check_libraries },
    { "header-names", "no two headers of one name", check_header_names },
    { "slice-listed", "each slice is in slices.def", check_slice_listed },
    { "migration-number", "migration numbers are unique", check_migration_number },
    { "tables", "a slice touches its own tables only", check_tables },
    { "foreign-keys", "a foreign key points to its own slice or below", check_foreign_keys },
};

static void list_rules(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
        g_print("%-18s %s\n", rules[i].name, rules[i].what);
}

static void run_rules(Tree *tree, const char *only)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
        if (only && !g_str_equal(only, rules[i].name))
            continue;
        tree->rule = rules[i].name;
        for (guint s = 0; s < tree->sources->len; s++)
            rules[i].check(tree, tree->sources->pdata[s]);
    }
}

/* By file, then by line as a number. */
static gint by_place(gconstpointer a, gconstpointer b)
{
    const char *const *x = a, *const *y = b;
    const char *x_colon = strchr(*x, ':'), *y_colon = strchr(*y, ':');
    size_t x_size = (size_t)(x_colon - *x), y_size = (size_t)(y_colon - *y);
    int order = memcmp(*x, *y, MIN(x_size, y_size));
    gint64 x_line = g_ascii_strtoll(x_colon + 1, NULL, 10);
    gint64 y_line = g_ascii_strtoll(y_colon + 1, NULL, 10);

    if (order != 0)
        return order;
    if (x_size != y_size)
        return x_size < y_size ? -1 : 1;
    return x_line < y_line ? -1 : x_line > y_line ? 1 : strcmp(*x, *y);
}

static int lint(const char *root, const char *only)
{
    g_auto(Tree) tree = { 0 };
    g_autoptr(GError) error = NULL;

    if (!tree_read(&tree, root, &error)) {
        g_printerr("lint: %s\n", error->message);
        return 2;
    }
    run_rules(&tree, only);
    g_ptr_array_sort(tree.findings, by_place);
    for (guint i = 0; i < tree.findings->len; i++)
        puts(tree.findings->pdata[i]); /* g_print would turn UTF-8 into the locale's */
    return tree.findings->len > 0;
}

int main(int argc, char **argv)
{
    g_autofree char *root = NULL, *only = NULL;
    gboolean list = FALSE;
    const GOptionEntry options[] = {
        { "root", 0, 0, G_OPTION_ARG_FILENAME, &root, "the tree to check", "DIR" },
        { "only", 0, 0, G_OPTION_ARG_STRING, &only, "one rule alone", "RULE" },
        { "list", 0, 0, G_OPTION_ARG_NONE, &list, "name the rules", NULL },
        { 0 },
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;

    g_option_context_add_main_entries(context, options, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error) || argc > 1) {
        g_printerr("lint: %s\n", error ? error->message : "unknown argument");
        return 2;
    }
    if (list) {
        list_rules();
        return 0;
    }
    return lint(root ? root : ".", only);
}
