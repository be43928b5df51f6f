/* rewrite.c - turns the one DDL text into each engine's.
 *
 * SQLite: it does not check types by itself, so each column gets a CHECK on typeof(). PostgreSQL:
 * foreign keys come last (on Citus they must follow the tables' distribution); TEXT compares by
 * its bytes, as it does on SQLite; tables with an owner get row-level security. REFUSE becomes a trigger
 * on both, SEARCH a full-text index.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "migrate.h"

#define NAME_MAX_PG 63 /* bytes of an identifier */

/* Something to put in, or (to > at) to take out, at a place of the statement. */
typedef struct {
    size_t at, to;
    char *insert;
} Edit;

static void edit_clear(void *data)
{
    g_free(((Edit *)data)->insert);
}

static int by_place(const void *a, const void *b)
{
    size_t x = ((const Edit *)a)->at, y = ((const Edit *)b)->at;

    return (x > y) - (x < y);
}

static GArray *edits_new(void)
{
    GArray *edits = g_array_new(FALSE, FALSE, sizeof(Edit));

    g_array_set_clear_func(edits, edit_clear);
    return edits;
}

/* Takes `insert`. */
static void edit(GArray *edits, size_t at, size_t to, char *insert)
{
    Edit e = { at, to, insert };

    g_array_append_val(edits, e);
}

static char *apply(const char *text, GArray *edits)
{
    GString *out = g_string_new(NULL);
    size_t at = 0;

    g_array_sort(edits, by_place);
    for (guint i = 0; i < edits->len; i++) {
        const Edit *e = &g_array_index(edits, Edit, i);

        if (e->at > at)
            g_string_append_len(out, text + at, (gssize)(e->at - at));
        if (e->insert)
            g_string_append(out, e->insert);
        at = MAX(at, e->to);
    }
    g_string_append(out, text + at);
    return g_string_free(out, FALSE);
}

static char *quoted(const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, "\"", -1);
    g_autofree char *inner = g_strjoinv("\"\"", parts);

    return g_strconcat("\"", inner, "\"", NULL);
}

static const char *storage_class(const char *type)
{
    static const char *const classes[][2] = {
        { "BIGINT", "integer" },
        { "TEXT", "text" },
        { "DOUBLE PRECISION", "real" },
        { "BYTEA", "blob" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(classes); i++)
        if (!strcmp(type, classes[i][0]))
            return classes[i][1];
    return NULL;
}

/* --- REFUSE --- */

static char *condition(const DdlStatement *s)
{
    return s->unless_to ? g_strndup(s->text + s->unless_from, s->unless_to - s->unless_from)
                        : g_strdup("(1 = 0)");
}

static char *refuse_sqlite(const DdlStatement *s)
{
    g_autofree char *unless = condition(s);

    return g_strdup_printf("CREATE TRIGGER \"%s_refuse_%s\" BEFORE %s ON \"%s\" FOR EACH ROW "
                           "WHEN NOT %s BEGIN SELECT RAISE(ABORT, '%s: %s is refused'); END",
                           s->table, s->verb, s->verb, s->table, unless, s->table, s->verb);
}

#define REFUSAL_PG                                                                                 \
    "CREATE FUNCTION \"%1$s_refuse_%2$s\"() RETURNS trigger LANGUAGE plpgsql AS $refuse$ "         \
    "BEGIN IF TG_OP <> 'TRUNCATE' THEN IF %3$s THEN "                                              \
    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END IF; END IF; "                    \
    "RAISE EXCEPTION '%1$s: %2$s is refused' USING ERRCODE = 'check_violation'; END $refuse$; "    \
    "CREATE TRIGGER \"%1$s_refuse_%2$s\" BEFORE %2$s ON \"%1$s\" FOR EACH ROW "                    \
    "EXECUTE FUNCTION \"%1$s_refuse_%2$s\"()"
/* Emptying a table is deleting, but fires no row's trigger. */
#define TRUNCATION_PG                                                                              \
    "; CREATE TRIGGER \"%1$s_refuse_truncate\" BEFORE TRUNCATE ON \"%1$s\" FOR EACH STATEMENT "    \
    "EXECUTE FUNCTION \"%1$s_refuse_delete\"()"

static char *refuse_postgresql(const DdlStatement *s)
{
    g_autofree char *unless = condition(s);
    g_autofree char *row = g_strdup_printf(REFUSAL_PG, s->table, s->verb, unless);
    g_autofree char *all = g_strdup_printf(TRUNCATION_PG, s->table);

    return g_strconcat(row, strcmp(s->verb, "delete") ? NULL : all, NULL);
}

/* --- SEARCH --- */

/* The words come stemmed: nothing is left to fold. Without triggers, since SQLite trusts no virtual
 * table that a schema touches by itself. */
static char *search_sqlite(const DdlStatement *s)
{
    return g_strdup_printf("CREATE VIRTUAL TABLE \"%1$s_search\" USING fts5(\"%2$s\", \"%3$s\", "
                           "content='', tokenize='unicode61 remove_diacritics 0'); "
                           "CREATE UNIQUE INDEX \"%1$s_search_id\" ON \"%1$s\" (\"%4$s\")",
                           s->table, s->title, s->body, s->id);
}

static char *search_postgresql(const DdlStatement *s)
{
    return g_strdup_printf("ALTER TABLE \"%1$s\" ADD COLUMN search tsvector; "
                           "CREATE INDEX \"%1$s_search\" ON \"%1$s\" USING gin (search)",
                           s->table);
}

/* --- the statements --- */

char *migrate_sqlite(const DdlStatement *s)
{
    g_autoptr(GArray) edits = edits_new();

    if (s->kind == DDL_REFUSE)
        return refuse_sqlite(s);
    if (s->kind == DDL_SEARCH)
        return search_sqlite(s);
    for (guint i = 0; i < s->columns->len; i++) {
        const DdlColumn *c = g_ptr_array_index(s->columns, i);
        const char *class = storage_class(c->type);
        g_autofree char *name = quoted(c->name);

        if (class)
            edit(edits, c->end, c->end,
                 g_strdup_printf(" CHECK (typeof(%s) IN ('%s'%s))", name, class,
                                 c->not_null ? "" : ", 'null'"));
    }
    return apply(s->text, edits);
}

char *migrate_postgresql(const DdlStatement *s)
{
    g_autoptr(GArray) edits = edits_new();

    if (s->kind == DDL_REFUSE)
        return refuse_postgresql(s);
    if (s->kind == DDL_SEARCH)
        return search_postgresql(s);
    for (guint i = 0; i < s->columns->len; i++) {
        const DdlColumn *c = g_ptr_array_index(s->columns, i);

        if (!strcmp(c->type, "TEXT") && !c->collated)
            edit(edits, c->type_end, c->type_end, g_strdup(" COLLATE \"C\""));
    }
    for (guint i = 0; i < s->keys->len; i++) {
        const DdlKey *k = g_ptr_array_index(s->keys, i);

        edit(edits, k->from, k->to, NULL);
    }
    return apply(s->text, edits);
}

static char *name_list(const GPtrArray *names)
{
    g_autoptr(GString) list = g_string_new(NULL);

    for (guint i = 0; i < names->len; i++) {
        g_autofree char *name = quoted(g_ptr_array_index(names, i));

        g_string_append_printf(list, "%s%s", i ? ", " : "", name);
    }
    return g_strdup(list->str);
}

/* table_column_column_fkey, as PostgreSQL itself would; a digest ends what would be too long. */
static char *key_name(const char *table, const DdlKey *key)
{
    g_autoptr(GString) name = g_string_new(table);

    for (guint i = 0; i < key->columns->len; i++)
        g_string_append_printf(name, "_%s", (char *)g_ptr_array_index(key->columns, i));
    g_string_append_printf(name, "_%s_fkey", key->target);
    if (name->len > NAME_MAX_PG) {
        g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, name->str, -1);

        g_string_truncate(name, NAME_MAX_PG - 9);
        while (!g_utf8_validate(name->str, -1, NULL))
            g_string_truncate(name, name->len - 1);
        g_string_append_printf(name, "_%.8s", digest);
    }
    return quoted(name->str);
}

static void add_keys(const DdlStatement *s, GPtrArray *last)
{
    for (guint i = 0; i < s->keys->len; i++) {
        const DdlKey *k = g_ptr_array_index(s->keys, i);
        g_autofree char *table = quoted(s->table), *name = key_name(s->table, k);
        g_autofree char *columns = name_list(k->columns);

        g_ptr_array_add(last,
                        g_strdup_printf("ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) %.*s",
                                        table, name, columns, (int)(k->ref_to - k->ref_from),
                                        s->text + k->ref_from));
    }
}

/* An empty setting means all owners. NULLIF first, for '' is no number. */
#define OWNER_IS                                                                                   \
    "owner = coalesce(nullif(current_setting('oppvekst.owner', true), '')::bigint, owner)"

static void add_security(const DdlStatement *s, GPtrArray *last)
{
    if (!ddl_column(s, "owner"))
        return;
    g_autofree char *table = quoted(s->table);

    g_ptr_array_add(last, g_strdup_printf("ALTER TABLE %s ENABLE ROW LEVEL SECURITY", table));
    g_ptr_array_add(last, g_strdup_printf("ALTER TABLE %s FORCE ROW LEVEL SECURITY", table));
    g_ptr_array_add(last,
                    g_strdup_printf("CREATE POLICY owner_only ON %s USING (" OWNER_IS ")", table));
}

GPtrArray *migrate_postgresql_last(const GPtrArray *statements)
{
    GPtrArray *last = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < statements->len; i++)
        add_keys(g_ptr_array_index(statements, i), last);
    for (guint i = 0; i < statements->len; i++)
        add_security(g_ptr_array_index(statements, i), last);
    return last;
}
