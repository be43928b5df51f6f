/* include.c - who may include whom: base, platform, slices in their order, and outside libraries.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "lint.h"

/* The name in `#include "name"`, yours; NULL when the token is no include. */
static char *include_of(const Token *token, bool *ret_outside)
{
    g_autofree char *text = token_dup(token);
    char *p = text + 1, *end;

    if (token->kind != T_LINE)
        return NULL;
    while (*p == ' ' || *p == '\t')
        p++;
    if (!g_str_has_prefix(p, "include"))
        return NULL;
    p += strcspn(p, "\"<");
    *ret_outside = *p == '<';
    end = *p ? p + 1 + strcspn(p + 1, "\">") : p;
    return *p ? g_strndup(p + 1, (gsize)(end - p - 1)) : NULL;
}

typedef void (*EachInclude)(Tree *tree, Source *source, const Token *token, const char *name);

static void for_each(Tree *tree, Source *source, bool outside, EachInclude each)
{
    for (guint i = 0; i < source->tokens->len; i++) {
        const Token *token = &g_array_index(source->tokens, Token, i);
        bool is_outside = false;
        g_autofree char *name = include_of(token, &is_outside);
        if (name && is_outside == outside)
            each(tree, source, token, name);
    }
}

static const char *const area_names[] = { "base", "platform", "a slice", "app", "no part" };

static void check_layer(Tree *tree, Source *source, const Token *token, const char *name)
{
    const Source *header = g_hash_table_lookup(tree->headers, name);

    if (header && header->area > source->area)
        tree_report(tree, source, token->line, "%s includes %s, which is of %s",
                    area_names[source->area], name, area_names[header->area]);
}

void check_layers(Tree *tree, Source *source)
{
    /* A test may lean on the test helpers of any floor. */
    if (source->area == AREA_BASE || source->area == AREA_PLATFORM)
        for_each(tree, source, false, check_layer);
}

static void check_slice(Tree *tree, Source *source, const Token *token, const char *name)
{
    const Source *header = g_hash_table_lookup(tree->headers, name);
    g_autofree char *public_name = NULL;
    int mine, theirs;

    if (!header || header->area != AREA_SLICE || g_str_equal(header->folder, source->folder))
        return;
    public_name = g_strconcat(header->folder, ".h", NULL);
    mine = tree_slice_order(tree, source->folder);
    theirs = tree_slice_order(tree, header->folder);
    if (!g_str_equal(name, public_name))
        tree_report(tree, source, token->line, "%s is private to slice %s; its header is %s", name,
                    header->folder, public_name);
    else if (mine >= 0 && theirs >= mine && !source->is_test)
        tree_report(tree, source, token->line, "slice %s is above %s in slices.def", header->folder,
                    source->folder);
}

void check_slice_includes(Tree *tree, Source *source)
{
    if (source->area == AREA_SLICE)
        for_each(tree, source, false, check_slice);
}

/* Each outside library has one door. */
static const struct {
    const char *prefix, *folders;
} doors[] = {
    { "sqlite3", "db" },      { "libpq", "db" },
    { "microhttpd", "web" },  { "sodium", "auth" },
    { "cairo", "chart doc" }, { "pango", "chart doc" },
    { "qpdf", "chart doc" },  { "fontconfig", "chart doc" },
    { "hb", "chart doc" },    { "unicode/ucol", "i18n" },
};

static void check_library(Tree *tree, Source *source, const Token *token, const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(doors); i++) {
        g_auto(GStrv) folders = g_strsplit(doors[i].folders, " ", -1);
        if (!g_str_has_prefix(name, doors[i].prefix))
            continue;
        if (source->area == AREA_PLATFORM &&
            g_strv_contains((const char *const *)folders, source->folder))
            continue;
        tree_report(tree, source, token->line, "<%s> outside src/platform/{%s}", name,
                    doors[i].folders);
    }
}

void check_libraries(Tree *tree, Source *source)
{
    if (source->area != AREA_OTHER)
        for_each(tree, source, true, check_library);
}

void check_header_names(Tree *tree, Source *source)
{
    const Source *first = g_hash_table_lookup(tree->headers, source->name);

    if (source->area != AREA_OTHER && first && first != source)
        tree_report(tree, source, 1, "%s has this name too; every folder is searched for headers",
                    first->path);
}

/* Told once, at the folder's first file. */
void check_slice_listed(Tree *tree, Source *source)
{
    if (source->area != AREA_SLICE || tree_slice_order(tree, source->folder) >= 0)
        return;
    for (guint i = 0; i < tree->sources->len; i++) {
        const Source *first = tree->sources->pdata[i];
        if (first->area != AREA_SLICE || !g_str_equal(first->folder, source->folder))
            continue;
        if (first == source)
            tree_report(tree, source, 1, "slice %s is not in src/app/slices.def", source->folder);
        return;
    }
}
