/* struktur.c - what an answer is built of: its columns, dimensions and codes, without its figures.
 *
 * Figures come and go; a column that is new, or a code that is gone, is another table. Time and place grow
 * by themselves and are no part of it, nor are the years in a header.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include <string.h>
#include "encoding.h"
#include "kilde-inside.h"
#include "sandbox.h"

#define LINE_CHARS 120 /* characters of one */
#define PREFIX_CHARS 60
#define LINES_MAX 400
#define ROWS_SEEN 200

static void add(GHashTable *lines, const char *prefix, const char *text)
{
    g_autofree char *fine = g_utf8_make_valid(text, -1);
    g_autofree char *cut = utf8_cut(fine, LINE_CHARS);
    g_autofree char *line = g_strconcat(prefix, g_strstrip(cut), NULL);

    for (char *p = line; *p; p++)
        if ((unsigned char)*p < ' ')
            *p = ' ';
    if (g_hash_table_size(lines) < LINES_MAX && *line)
        g_hash_table_add(lines, g_steal_pointer(&line));
}

/* A name and what follows it, cut between characters. */
static char *prefix_of(const char *name, const char *after)
{
    g_autofree char *cut = utf8_cut(name, PREFIX_CHARS);

    return g_strconcat(cut, after, NULL);
}

/* --- JSON --- */

static bool is_among(const json_t *list, const char *id)
{
    size_t i;
    json_t *one;

    json_array_foreach(list, i, one) if (!g_strcmp0(json_string_value(one), id)) return true;
    return false;
}

/* Time and place: by their roles, and by what SSB calls them. */
static bool grows(const json_t *role, const char *id)
{
    return is_among(json_object_get(role, "time"), id) ||
           is_among(json_object_get(role, "geo"), id) || !strcmp(id, "Tid") ||
           !strcmp(id, "Region");
}

static void add_dimension(GHashTable *lines, const char *id, json_t *dimension)
{
    json_t *index = json_object_get(json_object_get(dimension, "category"), "index"), *one;
    g_autofree char *prefix = prefix_of(id, ": ");
    const char *code;
    size_t i;

    json_object_foreach(index, code, one) add(lines, prefix, code);
    json_array_foreach(index, i, one) if (json_is_string(one))
        add(lines, prefix, json_string_value(one));
}

static bool add_cube(GHashTable *lines, json_t *root)
{
    json_t *dimensions = json_object_get(root, "dimension");
    json_t *ids = json_object_get(root, "id"), *role = json_object_get(root, "role"), *one;
    size_t i;

    if (!json_is_object(dimensions))
        return false;
    ids = json_is_array(ids) ? ids : json_object_get(dimensions, "id"); /* JSON-stat 1 */
    role = role ? role : json_object_get(dimensions, "role");
    json_array_foreach(ids, i, one)
    {
        const char *id = json_string_value(one);

        if (!id)
            continue;
        add(lines, "", id);
        if (!grows(role, id))
            add_dimension(lines, id, json_object_get(dimensions, id));
    }
    return true;
}

static void add_rows(GHashTable *lines, const char *name, const json_t *rows)
{
    g_autofree char *prefix = prefix_of(name, "[].");
    json_t *row, *value;
    const char *key;
    size_t i;

    json_array_foreach(rows, i, row)
    {
        if (i == ROWS_SEEN)
            break;
        json_object_foreach(row, key, value) add(lines, prefix, key);
    }
}

static void add_json(GHashTable *lines, json_t *root)
{
    json_t *value;
    const char *key;

    if (json_is_array(root)) {
        add_rows(lines, "", root);
        return;
    }
    if (add_cube(lines, root))
        return;
    json_object_foreach(root, key, value)
    {
        if (json_is_object(value) && add_cube(lines, value))
            continue;
        add(lines, "", key);
        if (json_is_array(value))
            add_rows(lines, key, value);
    }
}

/* --- text --- */

/* Years and numbers of a header change by themselves. */
static void add_cell(GHashTable *lines, const char *cell)
{
    g_autofree char *text = g_strdup(cell);

    for (char *p = text; *p; p++)
        if (g_ascii_isdigit(*p) || *p == '"')
            *p = *p == '"' ? ' ' : '#';
    add(lines, "", text);
}

static void add_header(GHashTable *lines, const char *text)
{
    static const char marks[] = "\t;|,";
    const char *line = g_str_has_prefix(text, "sep=") ? text + strcspn(text, "\r\n") : text;
    size_t best = 0;
    char mark[2] = ";";

    line += strspn(line, "\r\n");
    g_autofree char *header = g_strndup(line, strcspn(line, "\r\n"));

    for (const char *m = marks; *m; m++) {
        size_t n = 0;

        for (const char *p = header; *p; p++)
            n += *p == *m;
        if (n > best) {
            best = n;
            mark[0] = *m;
        }
    }
    g_auto(GStrv) cells = g_strsplit(header, mark, LINES_MAX);

    for (char **c = cells; *c; c++)
        add_cell(lines, *c);
}

static bool add_px(GHashTable *lines, const char *text)
{
    static const char *const words[] = { "STUB", "HEADING", "CONTVARIABLE" };
    bool any = false;

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *start = g_strdup_printf("\n%s=", words[i]);
        const char *at = strstr(text, start);

        if (!at)
            continue;
        g_autofree char *said = g_strndup(at + 1, MIN(strcspn(at + 1, ";"), 400));

        add(lines, "", said);
        any = true;
    }
    return any;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *kilde_structure(const char *bytes, size_t len, size_t *ret_rows)
{
    g_autoptr(GHashTable) lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *text = NULL;
    g_autofree const char **keys = NULL;
    EncodingProblem problem;
    size_t n = 0;
    guint count;

    if (ret_rows)
        *ret_rows = 0;
    if (len > 1 && bytes[0] == 'P' && bytes[1] == 'K')
        return g_strdup("PK"); /* a workbook: its sheets are looked at when it is imported */
    if (!encoding_to_utf8(bytes, len, encoding_sniff(bytes, len), &text, &n, &problem))
        return g_strdup("");
    json_t *root = strchr("{[", text[strspn(text, " \t\r\n")]) && n
                       ? json_loadb(text, n, JSON_REJECT_DUPLICATES, NULL)
                       : NULL;

    if (root)
        add_json(lines, root);
    else if (!add_px(lines, text))
        add_header(lines, text);
    if (ret_rows)
        *ret_rows = json_array_size(root); /* 0 of anything else */
    json_decref(root);
    keys = (const char **)g_hash_table_get_keys_as_array(lines, &count);
    qsort(keys, count, sizeof *keys, by_text);
    return g_strjoinv("\n", (char **)(uintptr_t)keys);
}

/* --- in the sandbox --- */

static bool structure_work(const char *args, size_t args_size, const char *input, size_t size,
                           SandboxOut *out, GError **error)
{
    size_t rows;
    g_autofree char *text = kilde_structure(input, size, &rows);

    (void)args;
    (void)args_size;
    (void)error;
    sandbox_write(out, &rows, sizeof rows);
    sandbox_write(out, text, strlen(text));
    return true;
}

static bool collect(void *arg, const char *data, size_t size, GError **error)
{
    (void)error;
    g_string_append_len(arg, data, (gssize)size);
    return true;
}

bool kilde_structure_safely(const char *bytes, size_t len, char **ret, size_t *ret_rows,
                            GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (!sandbox_run(structure_work, "", 0, bytes, len, NULL, collect, text, error))
        return false;
    if (text->len < sizeof *ret_rows)
        return app_fail(error, APP_ERROR_INVALID, "the child said too little");
    memcpy(ret_rows, text->str, sizeof *ret_rows);
    *ret = g_utf8_make_valid(text->str + sizeof *ret_rows, -1);
    return true;
}

/* --- comparing --- */

/* A list without rows has no columns: that is no other structure. */
static bool is_of_empty_list(const char *line, const char *other)
{
    const char *mark = strstr(line, "[].");
    g_autofree char *prefix = mark ? g_strndup(line, (size_t)(mark - line) + 3) : NULL;
    g_autofree char *inside = prefix ? g_strconcat("\n", prefix, NULL) : NULL;

    return prefix && !g_str_has_prefix(other, prefix) && !strstr(other, inside);
}

static char *missing_in(const char *lines, const char *other)
{
    g_auto(GStrv) mine = g_strsplit(lines, "\n", -1), theirs = g_strsplit(other, "\n", -1);
    g_autoptr(GString) text = g_string_new(NULL);
    int n = 0;

    for (char **p = mine; *p; p++) {
        if (!**p || g_strv_contains((const char *const *)theirs, *p) || is_of_empty_list(*p, other))
            continue;
        if (n++ < 12)
            g_string_append_printf(text, "%s%s", text->len ? ", " : "", *p);
    }
    if (n > 12)
        g_string_append(text, " …");
    return g_string_free(g_steal_pointer(&text), FALSE);
}

char *kilde_structure_differs(const char *before, const char *now)
{
    g_autofree char *fresh = missing_in(now, before), *gone = missing_in(before, now);

    if (*fresh && *gone)
        return g_strdup_printf(_("New: %s. Missing: %s."), fresh, gone);
    if (*fresh)
        return g_strdup_printf(_("New: %s."), fresh);
    return *gone ? g_strdup_printf(_("Missing: %s."), gone) : NULL;
}
