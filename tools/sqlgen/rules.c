/* rules.c - what a text may not say because the engines differ, or because time is a parameter.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sqlgen.h"
#include <string.h>

#define TIME "time is a parameter"
#define DATES "dates are TEXT, reckoned in C"
#define JSON "no JSON functions"
#define IDS "ids come from id_new()"

typedef struct {
    const char *word;
    bool call; /* only when a "(" follows */
    const char *why;
} Ban;

static const Ban bans[] = {
    { "now", true, TIME },
    { "current_timestamp", false, TIME },
    { "current_date", false, TIME },
    { "current_time", false, TIME },
    { "localtime", false, TIME },
    { "localtimestamp", false, TIME },
    { "clock_timestamp", true, TIME },
    { "unixepoch", true, TIME },
    { "ilike", false, "PostgreSQL alone has it; compare a folded column" },
    { "glob", false, "SQLite alone has it" },
    { "regexp", false, "SQLite alone has it" },
    { "similar", false, "PostgreSQL alone has it" },
    { "lower", true, "folds ASCII only on SQLite; fold in C" },
    { "upper", true, "folds ASCII only on SQLite; fold in C" },
    { "initcap", true, "PostgreSQL alone has it" },
    { "date", true, DATES },
    { "time", true, DATES },
    { "datetime", true, DATES },
    { "strftime", true, DATES },
    { "julianday", true, DATES },
    { "extract", true, DATES },
    { "date_trunc", true, DATES },
    { "date_part", true, DATES },
    { "to_char", true, DATES },
    { "to_date", true, DATES },
    { "to_timestamp", true, DATES },
    { "age", true, DATES },
    { "interval", false, DATES },
    { "string_agg", true, "the engines name it differently; join the rows in C" },
    { "group_concat", true, "the engines name it differently; join the rows in C" },
    { "autoincrement", false, IDS },
    { "serial", false, IDS },
    { "bigserial", false, IDS },
    { "identity", false, IDS },
    { "nextval", true, IDS },
    { "currval", true, IDS },
    { "setval", true, IDS },
    { "last_insert_rowid", true, IDS },
    { "rowid", false, "SQLite alone has it" },
    { "random", true, "chance is a parameter; the engines' ranges differ" },
    { "deferrable", false, "a late failure would sink the other callers of its commit" },
};

static void check_word(const char *file, const GArray *tokens, guint i, Report *report)
{
    const SqlToken *t = sql_at(tokens, i);
    bool call = sql_is(tokens, i + 1, "(");

    /* w.age, AS time: the name of a column, not the engine's word */
    if (t->kind != SQL_WORD || (i && sql_is(tokens, i - 1, ".")))
        return;
    for (size_t k = 0; k < G_N_ELEMENTS(bans); k++)
        if (sql_is(tokens, i, bans[k].word) && (call || !bans[k].call))
            refuse(report, file, t->line, "%s%s: %s", bans[k].word, bans[k].call ? "()" : "",
                   bans[k].why);
    if (call && t->len >= 4 && !g_ascii_strncasecmp(t->at, "json", 4))
        refuse(report, file, t->line, "%.*s(): %s", (int)t->len, t->at, JSON);
}

void check_words(const char *file, const GArray *tokens, Report *report)
{
    for (guint i = 0; i < tokens->len; i++) {
        const SqlToken *t = sql_at(tokens, i);

        check_word(file, tokens, i, report);
        if (sql_is(tokens, i, "->") || sql_is(tokens, i, "->>"))
            refuse(report, file, t->line, "%.*s: %s", (int)t->len, t->at, JSON);
        if (sql_is(tokens, i, "::"))
            refuse(report, file, t->line, "::: SQLite does not know it; write CAST(x AS type)");
        if (sql_is(tokens, i, "=="))
            refuse(report, file, t->line, "==: write =");
    }
}

/* A "*" that stands for columns: it has no operand before it. */
static bool is_star(const GArray *t, guint i)
{
    return sql_is(t, i, "*") && i &&
           (sql_is_any(t, i - 1, "select distinct all returning") || sql_is(t, i - 1, ",") ||
            sql_is(t, i - 1, "."));
}

static void check_stars(const Query *q, Report *report)
{
    for (guint i = 0; i < q->tokens->len; i++)
        if (is_star(q->tokens, i))
            refuse(report, q->file, sql_at(q->tokens, i)->line, "%s: SELECT *: name the columns",
                   q->name);
}

static void check_inserts(const Query *q, Report *report)
{
    const GArray *t = q->tokens;

    for (guint i = 0; i < t->len; i++) {
        if (sql_is(t, i, "insert") && sql_is(t, i + 1, "or"))
            refuse(report, q->file, sql_at(t, i)->line, "%s: INSERT OR: write ON CONFLICT",
                   q->name);
        if (!sql_is(t, i, "into"))
            continue;
        size_t open = i + (sql_is(t, i + 2, "as") ? 4 : 2);

        if (!sql_is(t, open, "(") || sql_is_any(t, open + 1, "select values with"))
            refuse(report, q->file, sql_at(t, i)->line, "%s: INSERT without its columns", q->name);
    }
}

/* Past CASE ... END, whose comparisons are not the result. */
static size_t case_end(const GArray *t, size_t i, size_t to)
{
    int open = 0;

    for (; i < to; i++) {
        open += sql_is(t, i, "case");
        if (sql_is(t, i, "end") && --open == 0)
            return i;
    }
    return to;
}

/* An expression whose value PostgreSQL calls boolean and SQLite an integer. */
static bool is_boolean(const GArray *t, size_t from, size_t to)
{
    static const char *const comparisons[] = { "=", "<>", "!=", "<", ">", "<=", ">=" };

    while (to > from && sql_is(t, from, "(") && sql_close(t, from) == to - 1 &&
           !sql_is_any(t, from + 1, "select with")) {
        from++;
        to--;
    }
    if (from >= to)
        return false;
    int depth = sql_at(t, from)->depth;

    for (size_t i = from; i < to; i++)
        if (sql_at(t, i)->depth == depth && sql_is_any(t, i, "true false"))
            return true;
    for (size_t i = from; i < to; i++) {
        if (sql_at(t, i)->depth != depth)
            continue;
        if (sql_is(t, i, "case"))
            i = case_end(t, i, to);
        if (sql_is_any(t, i, "exists not is in like between and or isnull notnull"))
            return true;
        for (size_t k = 0; k < G_N_ELEMENTS(comparisons); k++)
            if (sql_is(t, i, comparisons[k]))
                return true;
    }
    return false;
}

static void check_booleans(const Query *q, Report *report)
{
    g_autoptr(GArray) items = read_items(q->tokens);

    for (guint i = 0; i < items->len; i++) {
        const Item *item = &g_array_index(items, Item, i);

        if (is_boolean(q->tokens, item->from, item->to))
            refuse(report, q->file, sql_at(q->tokens, item->from)->line,
                   "%s: column %u is a bare boolean: write CASE WHEN ... THEN 1 ELSE 0 END",
                   q->name, i + 1);
    }
}

void check_text(const Query *q, Report *report)
{
    if (!sql_is_any(q->tokens, 0, "select with values insert update delete"))
        refuse(report, q->file, sql_at(q->tokens, 0)->line,
               "%s: a query is SELECT, WITH, VALUES, INSERT, UPDATE or DELETE", q->name);
    check_words(q->file, q->tokens, report);
    check_stars(q, report);
    check_inserts(q, report);
    check_booleans(q, report);
    check_many(q, report);
}
