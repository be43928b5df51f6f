/* tree.c - reads the sources of the program into memory and says where each belongs.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "lint.h"

#define SLICES_DEF "src/app/slices.def"

/* Folders whose files are read, and those below them that are not. */
static const char *const roots[] = {
    "src", "tools", "fuzz", "bench", "test", "make", "static", "po"
};
static const char *const left_out[] = { "test/lint/cases", "node_modules" };
static const char *const kinds[] = { ".c",   ".h",  ".sql", ".html", ".def", ".mk", ".sh",
                                     ".awk", ".js", ".mjs", ".css",  ".py",  NULL };

static Area area_of(const char *path, char **ret_folder)
{
    g_auto(GStrv) part = g_strsplit(path, "/", 4);
    guint n = g_strv_length(part);

    *ret_folder = g_strdup("");
    if (n < 3 || !g_str_equal(part[0], "src"))
        return AREA_OTHER;
    if (g_str_equal(part[1], "base"))
        return AREA_BASE;
    if (g_str_equal(part[1], "app"))
        return AREA_APP;
    if (n < 4)
        return AREA_OTHER;
    g_free(*ret_folder);
    *ret_folder = g_strdup(part[2]);
    return g_str_equal(part[1], "slices") ? AREA_SLICE : AREA_PLATFORM;
}

static bool read_source(Tree *tree, const char *root, const char *path, GError **error)
{
    g_autofree char *full = g_build_filename(root, path, NULL);
    g_autoptr(GError) why = NULL;
    Source *source = g_new0(Source, 1);
    const char *slash, *dot;

    if (!g_file_get_contents(full, &source->text, NULL, &why)) {
        g_free(source);
        return app_pass(error, &why);
    }
    source->path = g_strdup(path);
    slash = strrchr(source->path, '/');
    source->name = slash ? slash + 1 : source->path;
    dot = strrchr(source->name, '.');
    source->ext = dot ? dot : "";
    source->area = area_of(path, &source->folder);
    source->is_test =
        g_str_has_prefix(source->name, "test-") || g_str_has_prefix(source->name, "testing");
    source->tokens = g_array_new(FALSE, TRUE, sizeof(Token));
    source->decls = g_array_new(FALSE, TRUE, sizeof(Decl));
    g_ptr_array_add(tree->sources, source);
    return true;
}

/* In test/ the sources of other languages are material for tests, right and wrong. */
static bool is_wanted(const char *path)
{
    static const char *const material[] = { ".c", ".h", ".sql", ".html", ".def", ".css" };
    const char *ext = strrchr(path, '.');

    if (!ext || !g_strv_contains(kinds, ext))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(material); i++)
        if (g_str_has_prefix(path, "test/") && g_str_equal(ext, material[i]))
            return false;
    return true;
}

static bool is_left_out(const char *path)
{
    for (size_t i = 0; i < G_N_ELEMENTS(left_out); i++)
        if (g_str_equal(path, left_out[i]) || g_str_has_suffix(path, left_out[i]))
            return true;
    return false;
}

static bool read_folder(Tree *tree, const char *root, const char *folder, GError **error)
{
    g_autofree char *full = g_build_filename(root, folder, NULL);
    g_autoptr(GDir) dir = g_dir_open(full, 0, NULL);

    if (!dir || is_left_out(folder))
        return true;
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *below = g_build_filename(root, path, NULL);
        if (g_file_test(below, G_FILE_TEST_IS_DIR)) {
            if (!read_folder(tree, root, path, error))
                return false;
        } else if (is_wanted(path) && !read_source(tree, root, path, error))
            return false;
    }
    return true;
}

static gint by_path(gconstpointer a, gconstpointer b)
{
    const Source *const *x = a, *const *y = b;

    return strcmp((*x)->path, (*y)->path);
}

static void lex(Source *source)
{
    if (g_str_equal(source->ext, ".sql"))
        lex_sql(source);
    else if (g_str_equal(source->ext, ".c") || g_str_equal(source->ext, ".h") ||
             g_str_equal(source->ext, ".def"))
        lex_c(source);
    if (g_str_equal(source->ext, ".c") || g_str_equal(source->ext, ".h"))
        if (source->tokens->len > 0)
            find_declarations(source);
}

/* SLICE(name) of slices.def. */
static void take_slices(Tree *tree, const Source *source)
{
    for (guint i = 0; i + 2 < source->tokens->len; i++)
        if (token_is(&g_array_index(source->tokens, Token, i), "SLICE"))
            g_ptr_array_add(tree->slices, token_dup(&g_array_index(source->tokens, Token, i + 2)));
}

static void free_source(gpointer data)
{
    Source *source = data;

    g_array_unref(source->tokens);
    g_array_unref(source->decls);
    g_free(source->folder);
    g_free(source->path);
    g_free(source->text);
    g_free(source);
}

void tree_clear(Tree *tree)
{
    g_clear_pointer(&tree->findings, g_ptr_array_unref);
    g_clear_pointer(&tree->tables, g_hash_table_unref);
    g_clear_pointer(&tree->headers, g_hash_table_unref);
    g_clear_pointer(&tree->slices, g_ptr_array_unref);
    g_clear_pointer(&tree->sources, g_ptr_array_unref);
}

bool tree_read(Tree *tree, const char *root, GError **error)
{
    tree->sources = g_ptr_array_new_with_free_func(free_source);
    tree->slices = g_ptr_array_new_with_free_func(g_free);
    tree->findings = g_ptr_array_new_with_free_func(g_free);
    tree->headers = g_hash_table_new(g_str_hash, g_str_equal);
    tree->tables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(roots); i++)
        if (!read_folder(tree, root, roots[i], error))
            return false;
    if (tree->sources->len == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no sources under %s", root);
    g_ptr_array_sort(tree->sources, by_path);
    for (guint i = 0; i < tree->sources->len; i++) {
        Source *source = tree->sources->pdata[i];
        lex(source);
        if (g_str_equal(source->path, SLICES_DEF))
            take_slices(tree, source);
        if (source->area != AREA_OTHER && g_str_equal(source->ext, ".h") &&
            !g_hash_table_contains(tree->headers, source->name))
            g_hash_table_insert(tree->headers, (char *)source->name, source);
    }
    return true;
}

int tree_slice_order(const Tree *tree, const char *slice)
{
    for (guint i = 0; i < tree->slices->len; i++)
        if (g_str_equal(tree->slices->pdata[i], slice))
            return (int)i;
    return -1;
}

void tree_report(Tree *tree, const Source *source, int line, const char *format, ...)
{
    g_autofree char *message = NULL;
    va_list args;

    va_start(args, format);
    message = g_strdup_vprintf(format, args);
    va_end(args);
    g_ptr_array_add(tree->findings,
                    g_strdup_printf("%s:%d: %s [%s]", source->path, line, message, tree->rule));
}
