/* parse-klass.c - what became of municipalities, from Statistics Norway's Klass.
 *
 * Klass names pairs: the number before and after. What a pair means follows from the others of its day:
 * several to one is a merge, one to several a split, or a moved boundary when the old one stands. Only
 * merges, new numbers and new names can carry figures over: what is parted never follows by itself.
 * Source: data.ssb.no/api/klass/v1/classifications/131/changes, domain.md 3.6.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-cell.h"
#include "parse-json.h"

#define CHANGE_DEPTH 2
#define LONGEST_NAME 200
#define MAX_CHANGES 20000u

static bool is_code(const char *text)
{
    return strlen(text) == 4 && strspn(text, "0123456789") == 4;
}

static bool is_day(const char *text)
{
    return strlen(text) == 10 && strspn(text, "0123456789-") == 10 && text[4] == '-' &&
           text[7] == '-';
}

static const char *member(ParseJob *job, const json_t *change, const char *name)
{
    const char *text = indikator_json_text(change, name);
    g_autofree char *copy = g_strdup(text ? text : "");

    indikator_parse_trim(copy);
    return indikator_parse_keep(job, copy);
}

static bool is_name(const char *text)
{
    return *text && g_utf8_strlen(text, -1) <= LONGEST_NAME &&
           !indikator_parse_has_person_number(text);
}

static void read_change(ParseJob *job, const json_t *from, unsigned line)
{
    const ParsedChange c = { .old_code = member(job, from, "oldCode"),
                             .new_code = member(job, from, "newCode"),
                             .old_name = member(job, from, "oldName"),
                             .new_name = member(job, from, "newName"),
                             .date = member(job, from, "changeOccurred"),
                             .line = line };
    const ParsePlace place = { .line = line };

    job->file->counts.rows++;
    if (!is_code(c.old_code) || !is_code(c.new_code))
        indikator_parse_fail(job, place,
                             _("A change without two municipality numbers of four digits. Fetch "
                               "classification 131 again"));
    else if (!is_name(c.old_name) || !is_name(c.new_name))
        indikator_parse_fail(job, place, _("A change without the names of its municipalities"));
    else if (!is_day(c.date))
        indikator_parse_fail(job, place, _("A change without its day, as 2020-01-01"));
    else
        g_array_append_val(job->changes, c);
}

/* What the other pairs of the day say of one. */
typedef struct {
    GHashTable *out, *in; /* "day;code" -> number of pairs from it, and to it */
    GHashTable *stands;   /* "day;code": it goes over into itself */
} Day;

static guint count_of(GHashTable *table, const char *date, const char *code)
{
    g_autofree char *key = g_strjoin(";", date, code, NULL);

    return GPOINTER_TO_UINT(g_hash_table_lookup(table, key));
}

static void add_one(GHashTable *table, const char *date, const char *code)
{
    guint now = count_of(table, date, code);

    g_hash_table_insert(table, g_strjoin(";", date, code, NULL), GUINT_TO_POINTER(now + 1));
}

static ParsedChangeKind kind_of(const Day *day, const ParsedChange *c)
{
    bool parted = count_of(day->out, c->date, c->old_code) > 1;

    if (parted && count_of(day->stands, c->date, c->old_code) > 0)
        return CHANGE_BOUNDARY;
    if (parted)
        return CHANGE_SPLIT;
    if (strcmp(c->old_code, c->new_code) == 0 && strcmp(c->old_name, c->new_name) != 0)
        return CHANGE_RENAME;
    if (count_of(day->in, c->date, c->new_code) > 1)
        return CHANGE_MERGE;
    return strcmp(c->old_code, c->new_code) == 0 ? CHANGE_BOUNDARY : CHANGE_RENUMBER;
}

static void judge(ParseJob *job)
{
    Day day = { g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) };

    for (guint i = 0; i < job->changes->len; i++) {
        const ParsedChange *c = &g_array_index(job->changes, ParsedChange, i);

        add_one(day.out, c->date, c->old_code);
        add_one(day.in, c->date, c->new_code);
        if (strcmp(c->old_code, c->new_code) == 0)
            add_one(day.stands, c->date, c->old_code);
    }
    for (guint i = 0; i < job->changes->len; i++) {
        ParsedChange *c = &g_array_index(job->changes, ParsedChange, i);

        c->kind = kind_of(&day, c);
        if (c->kind == CHANGE_SPLIT || (c->kind == CHANGE_BOUNDARY && c->old_code != c->new_code))
            indikator_parse_warn(job, (ParsePlace){ .line = c->line },
                                 _("Only a part of %s %s went to %s %s: figures are never carried "
                                   "over between them"),
                                 c->old_code, c->old_name, c->new_code, c->new_name);
    }
    g_hash_table_unref(day.out);
    g_hash_table_unref(day.in);
    g_hash_table_unref(day.stands);
}

/* The new municipalities, with their names from the year of the change. */
static void name_units(ParseJob *job)
{
    for (guint i = 0; i < job->changes->len; i++) {
        const ParsedChange *c = &g_array_index(job->changes, ParsedChange, i);
        g_autofree char *year = g_strndup(c->date, 4), *county = g_strndup(c->new_code, 2);
        const ParsedUnit unit = { .level = PARSED_MUNICIPALITY,
                                  .code = c->new_code,
                                  .name = c->new_name,
                                  .county = county,
                                  .from = year,
                                  .line = c->line };
        bool is_new;

        indikator_parse_unit(job, &unit, &is_new);
    }
}

void indikator_parse_klass(ParseJob *job)
{
    g_autoptr(json_t) root = indikator_json_load(job);
    const json_t *list = root ? json_object_get(root, "codeChanges") : NULL;
    g_autoptr(GArray) lines = NULL;

    if (root == NULL)
        return;
    job->file->title = _("Changes of municipalities");
    if (!json_is_array(list) || json_array_size(list) == 0 || json_array_size(list) > MAX_CHANGES) {
        indikator_parse_fail(job, (ParsePlace){ .line = 1 },
                             _("The list codeChanges is empty, too long or none. Fetch changes of "
                               "classification 131 for some years"));
        return;
    }
    lines = indikator_json_lines(job, CHANGE_DEPTH);
    for (size_t i = 0; i < json_array_size(list); i++)
        read_change(job, json_array_get(list, i),
                    i < lines->len ? g_array_index(lines, unsigned, i) : 1);
    judge(job);
    name_units(job);
}
