/* read.c - reads a .sql file into queries: the query line, its reasons, its one statement.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sqlgen.h"
#include <string.h>

#define START "-- query "

static void field_clear(void *data)
{
    g_free(((Field *)data)->name);
}

static void query_free(void *data)
{
    Query *q = data;

    g_free(q->name);
    g_free(q->all_owners);
    g_free(q->text);
    g_free(q->source);
    g_clear_pointer(&q->params, g_array_unref);
    g_clear_pointer(&q->columns, g_array_unref);
    g_clear_pointer(&q->tokens, g_array_unref);
    g_free(q);
}

/* One query as it stands in the file, before it is understood. */
typedef struct {
    Query *q;
    Report *report;
    char *head;       /* the query line, continued lines joined */
    const char *body; /* what follows it, up to the next query line */
    int body_line;
} Block;

static bool read_type(const char *word, Field *ret)
{
    static const struct {
        const char *name;
        DbType type;
    } types[] = {
        { "int", DB_INT }, { "real", DB_REAL }, { "text", DB_TEXT }, { "blob", DB_BLOB }
    };
    size_t len = strlen(word);

    ret->nullable = len && word[len - 1] == '?';
    len -= ret->nullable;
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        if (strlen(types[i].name) == len && !strncmp(word, types[i].name, len)) {
            ret->type = types[i].type;
            return true;
        }
    return false;
}

static bool is_identifier(const char *s)
{
    if (!g_ascii_islower(*s))
        return false;
    for (; *s; s++)
        if (!g_ascii_islower(*s) && !g_ascii_isdigit(*s) && *s != '_')
            return false;
    return true;
}

static bool has_field(const GArray *fields, const char *name)
{
    for (guint i = 0; i < fields->len; i++)
        if (!strcmp(g_array_index(fields, Field, i).name, name))
            return true;
    return false;
}

/* "int owner, text? name" -> Fields. */
static GArray *read_fields(Block *b, const char *list, const char *what)
{
    GArray *fields = g_array_new(FALSE, FALSE, sizeof(Field));
    g_auto(GStrv) parts = g_strsplit(list, ",", -1);

    g_array_set_clear_func(fields, field_clear);
    for (char **part = parts; *part; part++) {
        g_auto(GStrv) words = g_strsplit_set(g_strstrip(*part), " \t", 2);
        Field field = { 0 };
        const char *name = words[0] && words[1] ? g_strstrip(words[1]) : "";

        if (!words[0] || !read_type(words[0], &field))
            refuse(b->report, b->q->file, b->q->line, "%s: unknown type '%s'", b->q->name,
                   words[0] ? words[0] : "");
        else if (!is_identifier(name))
            refuse(b->report, b->q->file, b->q->line, "%s: '%s' is no %s", b->q->name, *part, what);
        else if (has_field(fields, name))
            refuse(b->report, b->q->file, b->q->line, "%s: two of the name %s", b->q->name, name);
        else {
            field.name = g_strdup(name);
            g_array_append_val(fields, field);
        }
    }
    return fields;
}

/* "@sqlite: reason" or nothing. */
static void read_engine(Block *b, const char *text)
{
    Query *q = b->q;
    const char *colon = strchr(text, ':');
    g_autofree char *reason = g_strstrip(g_strdup(colon ? colon + 1 : ""));

    if (!*text)
        return;
    if (g_str_has_prefix(text, "@sqlite"))
        q->engine = FOR_SQLITE;
    else if (g_str_has_prefix(text, "@postgresql"))
        q->engine = FOR_POSTGRESQL;
    else
        refuse(b->report, q->file, q->line, "%s: cannot read '%s'", q->name, text);
    if (!*reason)
        refuse(b->report, q->file, q->line, "%s: a text for one engine needs its reason", q->name);
}

static bool read_head(Block *b)
{
    g_autoptr(GRegex) line = g_regex_new(
        "^(\\w+)\\s*\\(([^()]*)\\)\\s*->\\s*(rows|row|nothing|nothing many)\\s*(?:\\(([^()]*)\\))?"
        "\\s*(@.*)?$",
        0, 0, NULL);
    g_autoptr(GMatchInfo) m = NULL;
    Query *q = b->q;

    if (!g_regex_match(line, b->head, 0, &m)) {
        refuse(b->report, q->file, q->line, "cannot read the query line");
        return false;
    }
    q->name = g_match_info_fetch(m, 1);
    g_autofree char *in = g_match_info_fetch(m, 2), *shape = g_match_info_fetch(m, 3);
    g_autofree char *out = g_match_info_fetch(m, 4), *engine = g_match_info_fetch(m, 5);
    int before = b->report->refused;

    if (!is_identifier(q->name))
        refuse(b->report, q->file, q->line, "%s: a query's name is lower_case", q->name);
    q->shape = !strcmp(shape, "rows") ? DB_ROWS : !strcmp(shape, "row") ? DB_ROW : DB_NOTHING;
    q->many = !strcmp(shape, "nothing many");
    q->params = read_fields(b, g_strstrip(in), "argument");
    q->columns = read_fields(b, g_strstrip(out ? out : ""), "column");
    read_engine(b, engine ? g_strstrip(engine) : "");
    if ((q->shape == DB_NOTHING) != (q->columns->len == 0) && b->report->refused == before)
        refuse(b->report, q->file, q->line, "%s: %s", q->name,
               q->shape == DB_NOTHING ? "nothing has no columns" : "a row needs columns");
    return b->report->refused == before;
}

/* The reason after "-- all owners:" in the comments up to `end`. */
static void read_reason(Block *b, const char *end)
{
    for (const char *p = b->body; p < end;) {
        const char *stop = p + strcspn(p, "\n");
        g_autofree char *line = g_strstrip(g_strndup(p, (gsize)(stop - p)));

        if (g_str_has_prefix(line, "-- all owners")) {
            const char *colon = strchr(line, ':');

            g_free(b->q->all_owners);
            b->q->all_owners = g_strstrip(g_strdup(colon ? colon + 1 : ""));
            if (!*b->q->all_owners)
                refuse(b->report, b->q->file, b->q->line, "%s: all owners: without its reason",
                       b->q->name);
        }
        p = *stop ? stop + 1 : stop;
    }
}

static int param_number(const Query *q, const SqlToken *t)
{
    for (guint i = 0; i < q->params->len; i++) {
        const char *name = g_array_index(q->params, Field, i).name;

        if (strlen(name) == t->len - 1 && !strncmp(name, t->at + 1, t->len - 1))
            return (int)i + 1;
    }
    return 0;
}

/* The statement with $1..$n and without its comments; line breaks stay. */
static void write_text(Block *b)
{
    Query *q = b->q;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree bool *used = g_new0(bool, q->params->len + 1);
    const SqlToken *before = NULL;

    for (guint i = 0; i < q->tokens->len; i++) {
        const SqlToken *t = sql_at(q->tokens, i);
        int k = t->kind == SQL_PARAM ? param_number(q, t) : 0;

        if (before && t->line != before->line)
            g_string_append_c(text, '\n');
        else if (before && before->at + before->len != t->at)
            g_string_append_c(text, ' ');
        if (t->kind != SQL_PARAM)
            g_string_append_len(text, t->at, (gssize)t->len);
        else if (k)
            g_string_append_printf(text, "$%d", k);
        else
            refuse(b->report, q->file, t->line, "%s: the query line lacks %.*s", q->name,
                   (int)t->len, t->at);
        used[k] = true;
        before = t;
    }
    for (guint i = 0; i < q->params->len; i++)
        if (!used[i + 1])
            refuse(b->report, q->file, q->line, "%s: the statement does not use :%s", q->name,
                   g_array_index(q->params, Field, i).name);
    q->text = g_string_free(g_steal_pointer(&text), FALSE);
}

static bool read_statement(Block *b)
{
    Query *q = b->q;
    g_autoptr(GError) why = NULL;
    int line = b->body_line;
    guint end = 0;

    q->tokens = sql_tokens(b->body, b->body_line, &line, &why);
    if (!q->tokens) {
        refuse(b->report, q->file, line, "%s: %s", q->name, why->message);
        return false;
    }
    while (end < q->tokens->len && !sql_is(q->tokens, end, ";"))
        end++;
    if (end == q->tokens->len || !end) {
        refuse(b->report, q->file, q->line, "%s: no statement that ends with ';'", q->name);
        return false;
    }
    if (end + 1 < q->tokens->len) {
        refuse(b->report, q->file, sql_at(q->tokens, end + 1)->line, "%s: more than one statement",
               q->name);
        return false;
    }
    read_reason(b, sql_at(q->tokens, end)->at);
    g_array_set_size(q->tokens, end);
    q->writes = !sql_is_any(q->tokens, 0, "select with values");
    write_text(b);
    return true;
}

/* The query line may go on in the comment lines after it, as long as it is not complete. */
static char **read_lines(Block *b, char **line, int *number)
{
    g_autoptr(GString) head = g_string_new(g_strchug(*line + strlen(START)));

    for (line++, (*number)++; *line && g_str_has_prefix(*line, "--"); line++, (*number)++) {
        const char *arrow = strstr(head->str, "->");

        if (arrow && (strstr(arrow, "nothing") || strchr(arrow, ')')))
            break;
        g_string_append_printf(head, " %s", g_strstrip(*line + 2));
    }
    b->head = g_strdup(g_strstrip(head->str));
    return line;
}

static char **read_block(GPtrArray *queries, const char *file, char **line, int *number,
                         Report *report)
{
    Block b = { .q = g_new0(Query, 1), .report = report };
    g_autoptr(GString) body = g_string_new(NULL);

    b.q->file = file;
    b.q->line = *number;
    line = read_lines(&b, line, number);
    b.body_line = *number;
    for (; *line && !g_str_has_prefix(*line, START); line++, (*number)++)
        g_string_append_printf(body, "%s\n", *line);
    b.q->source = g_string_free(g_steal_pointer(&body), FALSE);
    b.body = b.q->source;
    if (read_head(&b) && read_statement(&b))
        g_ptr_array_add(queries, b.q);
    else
        query_free(b.q);
    g_free(b.head);
    return line;
}

/* Only comments may stand before the first query. */
static char **read_preface(char **line, const char *file, int *number, Report *report)
{
    for (; *line && !g_str_has_prefix(*line, START); line++, (*number)++) {
        const char *p = *line + strspn(*line, " \t\r");

        if (*p && !g_str_has_prefix(p, "--"))
            refuse(report, file, *number, "a statement without its query line");
    }
    return line;
}

GPtrArray *read_queries(const char *file, const char *text, Report *report)
{
    GPtrArray *queries = g_ptr_array_new_with_free_func(query_free);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    int number = 1;
    char **line = read_preface(lines, file, &number, report);

    while (*line)
        line = read_block(queries, file, line, &number, report);
    return queries;
}
