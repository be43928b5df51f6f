/* kept.c - answers to queries, given again while nobody has committed anything since.
 *
 * They belong to one handle and to one version of the database (db_version), so there is nothing to
 * lock and nothing that can be out of date: with a new version all are forgotten. They are forgotten
 * too when they take more than their share of memory; the next question is then simply asked.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "inside.h"

#define MOST_ANSWERS 2048
#define MOST_BYTES ((size_t)4 * 1024 * 1024) /* of one handle */
#define LARGEST (MOST_BYTES / 8)             /* a larger answer is not kept */

struct Kept {
    GHashTable *answers; /* set of Answer */
    size_t bytes;
};

typedef struct {
    const DbQuery *query;
    const DbValue *values; /* behind the struct, with their text; of a question: the caller's */
    DbRows rows;
} Answer;

static guint hash_value(const DbValue *v)
{
    switch (v->type) {
    case DB_INT:
        return g_int64_hash(&v->i);
    case DB_REAL:
        return g_double_hash(&v->d);
    case DB_TEXT:
        return v->s ? g_str_hash(v->s) : 0;
    case DB_BLOB:
        break;
    }
    return 0;
}

static guint answer_hash(gconstpointer data)
{
    const Answer *a = data;
    guint hash = g_direct_hash(a->query);

    for (int i = 0; i < a->query->n_params; i++)
        hash = hash * 31 + hash_value(&a->values[i]);
    return hash;
}

static bool same_value(const DbValue *a, const DbValue *b)
{
    switch (a->type) {
    case DB_INT:
        return a->i == b->i;
    case DB_REAL:
        return !memcmp(&a->d, &b->d, sizeof a->d);
    case DB_TEXT:
        return a->s && b->s ? !strcmp(a->s, b->s) : a->s == b->s;
    case DB_BLOB:
        break;
    }
    return false;
}

static gboolean answer_equal(gconstpointer a, gconstpointer b)
{
    const Answer *x = a, *y = b;

    if (x->query != y->query)
        return false;
    for (int i = 0; i < x->query->n_params; i++)
        if (!same_value(&x->values[i], &y->values[i]))
            return false;
    return true;
}

static void answer_free(gpointer data)
{
    Answer *a = data;

    db_rows_clear(&a->rows);
    g_free(a);
}

Kept *kept_new(void)
{
    Kept *kept = g_new0(Kept, 1);

    kept->answers = g_hash_table_new_full(answer_hash, answer_equal, answer_free, NULL);
    return kept;
}

void kept_free(Kept *kept)
{
    if (!kept)
        return;
    g_hash_table_unref(kept->answers);
    g_free(kept);
}

void kept_forget(Kept *kept)
{
    g_hash_table_remove_all(kept->answers);
    kept->bytes = 0;
}

bool kept_find(const Kept *kept, const DbQuery *query, const DbValue *values, DbRows *ret_rows)
{
    const Answer question = { .query = query, .values = values };
    const Answer *known = g_hash_table_lookup(kept->answers, &question);

    if (known)
        *ret_rows = rows_share(&known->rows);
    return known != NULL;
}

/* Blobs are files: large, and seldom asked for twice. */
static bool holds_blob(const DbQuery *query)
{
    for (int i = 0; i < query->n_columns; i++)
        if (query->columns[i].type == DB_BLOB)
            return true;
    for (int i = 0; i < query->n_params; i++)
        if (query->params[i].type == DB_BLOB)
            return true;
    return false;
}

static size_t text_bytes(const DbQuery *query, const DbValue *values)
{
    size_t sum = 0;

    for (int i = 0; i < query->n_params; i++)
        sum += values[i].type == DB_TEXT && values[i].s ? strlen(values[i].s) + 1 : 0;
    return sum;
}

/* The question, with its text, in one piece of memory. */
static Answer *answer_new(const DbQuery *query, const DbValue *values, size_t text)
{
    size_t n = (size_t)query->n_params;
    Answer *a = g_malloc(sizeof *a + n * sizeof(DbValue) + text);
    DbValue *own = (DbValue *)(a + 1);
    char *at = (char *)(own + n);

    *a = (Answer){ .query = query, .values = own };
    for (size_t i = 0; i < n; i++) {
        own[i] = values[i];
        if (values[i].type != DB_TEXT || !values[i].s)
            continue;
        size_t size = strlen(values[i].s) + 1;

        own[i].s = memcpy(at, values[i].s, size);
        at += size;
    }
    return a;
}

void kept_add(Kept *kept, const DbQuery *query, const DbValue *values, size_t bytes,
              const DbRows *rows)
{
    size_t text = text_bytes(query, values);
    size_t all = bytes + text + sizeof(Answer) + (size_t)query->n_params * sizeof(DbValue);

    if (all > LARGEST || holds_blob(query))
        return;
    if (kept->bytes + all > MOST_BYTES || g_hash_table_size(kept->answers) >= MOST_ANSWERS)
        kept_forget(kept);
    Answer *a = answer_new(query, values, text);

    a->rows = rows_share(rows);
    kept->bytes += all;
    g_hash_table_add(kept->answers, a);
}
