/* sql.c - who may touch which table: the slice whose migration creates it owns it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "lint.h"

static const Token *token(const Source *source, guint i)
{
    return &g_array_index(source->tokens, Token, i);
}

static bool is_sql(const Source *source)
{
    return g_str_equal(source->ext, ".sql") && source->area != AREA_OTHER;
}

/* Case does not count in SQL's own words. */
static bool is_word(const Source *source, guint i, const char *word)
{
    return i < source->tokens->len && token(source, i)->kind == T_WORD &&
           token(source, i)->size == strlen(word) &&
           g_ascii_strncasecmp(token(source, i)->text, word, strlen(word)) == 0;
}

static bool is_sign(const Source *source, guint i, char sign)
{
    return i < source->tokens->len && token(source, i)->kind == T_SIGN &&
           *token(source, i)->text == sign;
}

/* NNNN of "NNNN-what.sql"; 0 when it is no migration. */
static int migration_number(const Source *source)
{
    const char *name = source->name;

    for (int i = 0; i < 4; i++)
        if (!g_ascii_isdigit(name[i]))
            return 0;
    return is_sql(source) && name[4] == '-' ? (int)g_ascii_strtoll(name, NULL, 10) : 0;
}

void check_migration_number(Tree *tree, Source *source)
{
    int number = migration_number(source);

    for (guint i = 0; number > 0 && i < tree->sources->len; i++) {
        const Source *other = tree->sources->pdata[i];
        if (other == source)
            return;
        if (migration_number(other) == number)
            tree_report(tree, source, 1, "%04d is %s's number", number, other->path);
    }
}

/* Token of the name in CREATE TABLE [IF NOT EXISTS] name; 0 when there is none at i. */
static guint created_table(const Source *source, guint i)
{
    if (!is_word(source, i, "create") || !is_word(source, i + 1, "table"))
        return 0;
    i += 2;
    if (is_word(source, i, "if"))
        i += 3;
    return i < source->tokens->len ? i : 0;
}

/* Fills tree->tables once, when the first .sql comes along. */
static void find_tables(Tree *tree)
{
    if (g_hash_table_size(tree->tables) > 0)
        return;
    for (guint s = 0; s < tree->sources->len; s++) {
        Source *source = tree->sources->pdata[s];
        if (migration_number(source) == 0)
            continue;
        for (guint i = 0; i < source->tokens->len; i++) {
            guint at = created_table(source, i);
            if (at)
                g_hash_table_insert(tree->tables, token_dup(token(source, at)), source);
        }
    }
}

static const Source *owner_of(Tree *tree, const Token *name)
{
    g_autofree char *table = token_dup(name);

    find_tables(tree);
    return g_hash_table_lookup(tree->tables, table);
}

static bool same_part(const Source *a, const Source *b)
{
    return a->area == b->area && g_str_equal(a->folder, b->folder);
}

static void check_table(Tree *tree, Source *source, guint at)
{
    const Token *name = token(source, at);
    const Source *owner = name->kind == T_WORD ? owner_of(tree, name) : NULL;

    if (owner && !same_part(owner, source))
        tree_report(tree, source, name->line, "table %.*s belongs to %s; ask through its header",
                    (int)name->size, name->text, owner->folder);
}

/* Tables of a FROM list: `a, b AS x, c JOIN ...`; returns the last token read. */
static guint check_from_list(Tree *tree, Source *source, guint i)
{
    for (;;) {
        check_table(tree, source, i);
        if (is_word(source, i + 1, "as"))
            i++;
        if (is_sign(source, i + 1, ','))
            i += 2;
        else if (is_sign(source, i + 2, ',') && token(source, i + 1)->kind == T_WORD)
            i += 3;
        else
            return i;
        if (i >= source->tokens->len)
            return i - 1;
    }
}

void check_tables(Tree *tree, Source *source)
{
    static const char *const before[] = { "join", "into", "update", "table" };

    if (!is_sql(source))
        return;
    for (guint i = 0; i + 1 < source->tokens->len; i++) {
        if (is_word(source, i, "from") && !is_sign(source, i + 1, '('))
            i = check_from_list(tree, source, i + 1);
        for (size_t k = 0; k < G_N_ELEMENTS(before); k++)
            if (is_word(source, i, before[k]) && i + 1 < source->tokens->len &&
                !created_table(source, i ? i - 1 : 0))
                check_table(tree, source, i + 1);
    }
}

/* The platform is below all slices; a slice that slices.def lacks is reported by another rule. */
static bool is_below(Tree *tree, const Source *owner, const Source *source)
{
    int theirs = tree_slice_order(tree, owner->folder),
        mine = tree_slice_order(tree, source->folder);

    if (same_part(owner, source) || owner->area < source->area)
        return true;
    return owner->area == source->area && theirs >= 0 && (mine < 0 || theirs < mine);
}

void check_foreign_keys(Tree *tree, Source *source)
{
    if (migration_number(source) == 0)
        return;
    for (guint i = 0; i + 1 < source->tokens->len; i++) {
        const Token *name = token(source, i + 1);
        const Source *owner;
        if (!is_word(source, i, "references"))
            continue;
        owner = owner_of(tree, name);
        if (!owner)
            tree_report(tree, source, name->line, "no migration creates table %.*s",
                        (int)name->size, name->text);
        else if (!is_below(tree, owner, source))
            tree_report(tree, source, name->line, "foreign key to %.*s of %s, which is not below",
                        (int)name->size, name->text, owner->folder);
    }
}
