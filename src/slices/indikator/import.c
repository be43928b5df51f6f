/* import.c - one file in: parsed, matched, and stored in one transaction, or not at all.
 *
 * A dry run does everything and rolls back, so what it says is what would happen.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "bunke.h"
#include "kobling.h"
#include "kontroll.h"
#include "kvalitet.h"
#include "lenket.h"

void indikator_problem(Storing *s, int64_t line, int64_t column, const char *format, ...)
{
    va_list args;

    s->n_problems++;
    if (s->problems->len - s->first_of_kind >= PARSE_MAX_ERRORS)
        return; /* the earliest of each kind are enough to choose from */
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    const ImportProblem problem = { s->spec->filename, line, column, arena_dup(s->arena, message) };

    g_array_append_val(s->problems, problem);
}

static ImportProblem *copy_problems(Arena *arena, const ParsedProblem *from, size_t n)
{
    ImportProblem *to = arena_alloc(arena, MAX(n, 1) * sizeof(ImportProblem));

    for (size_t i = 0; i < n; i++)
        to[i] = (ImportProblem){ arena_dup(arena, from[i].file), from[i].line, from[i].column,
                                 arena_dup(arena, from[i].message) };
    return to;
}

static ImportOdd *copy_columns(Arena *arena, const ParsedFile *f)
{
    ImportOdd *to = arena_alloc(arena, MAX(f->n_columns, 1) * sizeof(ImportOdd));

    for (size_t i = 0; i < f->n_columns; i++)
        to[i] = (ImportOdd){ arena_dup(arena, f->columns[i].text),
                             arena_dup(arena, f->columns[i].suggestion), f->columns[i].column, 0 };
    return to;
}

static ImportOdd *copy_skipped(Arena *arena, const ParsedFile *f)
{
    ImportOdd *to = arena_alloc(arena, MAX(f->n_skipped, 1) * sizeof(ImportOdd));

    for (size_t i = 0; i < f->n_skipped; i++)
        to[i] = (ImportOdd){ arena_dup(arena, f->skipped[i].what), NULL, f->skipped[i].line,
                             (int64_t)f->skipped[i].rows };
    return to;
}

static void describe(Storing *s)
{
    const ParsedFile *f = s->file;
    ImportResult *r = s->result;

    *r = (ImportResult){
        .format = arena_dup(s->arena, f->format ? f->format : ""),
        .rows = (int64_t)f->counts.rows,
        .masked = (int64_t)f->counts.masked,
        .missing = (int64_t)f->counts.missing,
        .zeros = (int64_t)f->counts.zeros,
        .duplicates = (int64_t)f->counts.duplicates,
        .not_tested = (int64_t)f->counts.not_tested,
        .unmapped = (int64_t)f->counts.unmapped,
        .title = arena_dup(s->arena, f->title),
        .encoding = arena_dup(s->arena, f->encoding ? f->encoding : ""),
        .sheet = arena_dup(s->arena, f->sheet),
        .separator = f->separator,
        .errors = copy_problems(s->arena, f->errors, f->n_errors),
        .n_errors = f->n_errors,
        .warnings = copy_problems(s->arena, f->warnings, f->n_warnings),
        .n_warnings = f->n_warnings,
        .columns = copy_columns(s->arena, f),
        .n_columns = f->n_columns,
        .skipped = copy_skipped(s->arena, f),
        .n_skipped = f->n_skipped,
        .periods = "",
    };
    TableSample table;

    r->has_table = indikator_table_sample(s->arena, f, &table);
    r->mapped = r->has_table && table.mapped;
    if (f->first_period)
        r->periods = strcmp(f->first_period, f->last_period)
                         ? arena_printf(s->arena, "%s–%s", f->first_period, f->last_period)
                         : arena_dup(s->arena, f->first_period);
}

static int by_code(const void *a, const void *b)
{
    return strcmp(((const ImportCovered *)a)->code, ((const ImportCovered *)b)->code);
}

/* The indicators of the file with their periods. */
static void cover(Storing *s)
{
    const ParsedFile *f = s->file;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GArray) list = g_array_new(FALSE, TRUE, sizeof(ImportCovered));

    for (size_t i = 0; i < f->n_values; i++) {
        const ParsedValue *v = &f->values[i];
        size_t known = GPOINTER_TO_SIZE(g_hash_table_lookup(seen, v->indicator));
        ImportCovered *c;

        if (known == 0) {
            const char *name = g_hash_table_lookup(s->grades, v->indicator);
            const ImportCovered one = { arena_dup(s->arena, v->indicator), name ? name : "",
                                        v->period, v->period, 0 };

            g_array_append_val(list, one);
            g_hash_table_insert(seen, (void *)(uintptr_t)v->indicator,
                                GSIZE_TO_POINTER(known = list->len));
        }
        c = &g_array_index(list, ImportCovered, known - 1);
        c->n++;
        c->first = strcmp(v->period, c->first) < 0 ? v->period : c->first;
        c->last = strcmp(v->period, c->last) > 0 ? v->period : c->last;
    }
    s->result->n_covered = list->len;
    s->result->covered = arena_alloc(s->arena, MAX(list->len, 1) * sizeof(ImportCovered));
    if (list->len)
        memcpy(s->result->covered, list->data, list->len * sizeof(ImportCovered));
    for (size_t i = 0; i < list->len; i++) {
        s->result->covered[i].first = arena_dup(s->arena, s->result->covered[i].first);
        s->result->covered[i].last = arena_dup(s->arena, s->result->covered[i].last);
    }
    qsort(s->result->covered, list->len, sizeof(ImportCovered), by_code);
}

/* Indicators the catalogue does not know, and own values without an owner. */
static void check_meaning(Storing *s, const ParsedValue *values, size_t n)
{
    s->first_of_kind = s->problems->len;
    if (!s->spec->owner &&
        (!strcmp(s->file->format, "values-csv") || !strcmp(s->file->format, "fakta-csv")))
        indikator_problem(
            s, 0, 0, _("These are a municipality’s own values: say which owner they belong to."));
    for (size_t i = 0; i < n; i++)
        if (!g_hash_table_contains(s->grades, values[i].indicator))
            indikator_problem(s, values[i].line, 2,
                              _("The catalogue has no indicator \"%s\". Check the code."),
                              values[i].indicator);
}

static bool load_catalogue(Storing *s, Db *db, GError **error)
{
    IndicatorList all;

    if (!indikator_catalogue(db, s->arena, i18n_current(), &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        g_hash_table_insert(s->grades, (void *)(uintptr_t)all.v[i].code,
                            (void *)(uintptr_t)all.v[i].name);
    return true;
}

/* Everything that can be known by reading: units, what stands, what would change. */
static bool judge(Storing *s, Db *db, GError **error)
{
    s->result->values = s->result->changed = s->result->units_matched = s->result->units_unknown =
        0;
    g_array_set_size(s->problems, 0); /* run again, it finds them again */
    g_array_set_size(s->unknown, 0);
    s->n_problems = 0;
    if (!s->store->known(s, db, error))
        return false;
    if (s->result->known_before)
        return true;
    return s->store->match(s, db, s->file->units, s->file->n_units, error) &&
           (s->n_problems > 0 || (indikator_plan(s, db, error) && indikator_control(s, db, error)));
}

static const char problems_mark[] = "the file has problems";

static bool store_work(Db *db, void *arg, GError **error)
{
    Storing *s = arg;

    if (!judge(s, db, error))
        return false;
    if (s->result->known_before)
        return !s->result->undone_before ||
               indikator_redo_here(db, s->spec->owner, s->result->dataset, error);
    if (s->n_problems > 0) /* so that nothing stays */
        return app_fail(error, APP_ERROR_CONFLICT, "%s", problems_mark);
    if (!indikator_write(s, db, error) || !indikator_control_store(s, db, error) ||
        !indikator_link_mark(db, s->spec->owner, s->dataset, error))
        return false;
    s->result->dataset = s->dataset;
    return true;
}

static bool rolled_back_on_purpose(const Storing *s, const GError *why)
{
    return g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT) &&
           strstr(why->message, problems_mark) && s->n_problems > 0;
}

static int by_place(const void *a, const void *b)
{
    const ImportProblem *x = a, *y = b;

    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

/* What was found goes into the result by its place in the file: the first PARSE_MAX_ERRORS, and how
 * many more there are. */
static void keep_problems(Storing *s)
{
    size_t shown = MIN(s->n_problems, PARSE_MAX_ERRORS), more = s->n_problems - shown;

    if (s->n_problems == 0)
        return;
    qsort(s->problems->data, s->problems->len, sizeof(ImportProblem), by_place);
    s->result->errors = arena_alloc(s->arena, (shown + 1) * sizeof(ImportProblem));
    memcpy(s->result->errors, s->problems->data, shown * sizeof(ImportProblem));
    s->result->n_errors = shown;
    if (more)
        s->result->errors[s->result->n_errors++] = (ImportProblem){
            .file = s->spec->filename,
            .message = arena_printf(s->arena, ngettext("and %zu more", "and %zu more", more), more)
        };
    s->result->values = s->result->changed = 0;
}

/* A file with errors in its cells: its units and indicators are looked up too, so that one look at
 * the list mends the file. */
static bool look_up(Storing *s, Db *db, GError **error)
{
    const ParsedFile *f = s->file;

    for (size_t i = 0; i < MIN(f->n_errors, PARSE_MAX_ERRORS); i++) {
        const ImportProblem *p = &s->result->errors[i];

        g_array_append_val(s->problems, *p);
    }
    s->n_problems = f->n_errors_all;
    if (!f->format)
        return true;
    check_meaning(s, f->half_values, f->n_half_values);
    s->unit_ids = arena_alloc(s->arena, MAX(f->n_half_units, 1) * sizeof(int64_t));
    s->unit_new = arena_alloc(s->arena, MAX(f->n_half_units, 1) * sizeof(bool));
    return !s->spec->owner || s->store->match(s, db, f->half_units, f->n_half_units, error);
}

/* What is read and never stored: a table whose contents no indicator answers to, and a register that
 * was given to an owner. */
static void check_place(Storing *s)
{
    const ParsedFile *f = s->file;
    bool registry = f->format && (!strcmp(f->format, "nsr") || !strcmp(f->format, "klass"));

    s->first_of_kind = s->problems->len;
    if (f->counts.unmapped > 0 && !s->spec->dry_run)
        indikator_problem(s, 0, 0,
                          _("Nothing of this table is stored: none of its contents answers to an "
                            "indicator. With a dry run it is read and counted."));
    if (f->format && !strcmp(f->format, "udir-json") && f->n_values == 0 && !s->spec->dry_run)
        indikator_problem(s, 0, 0, _("None of the rows is about a figure that is kept here"));
    if (registry && s->spec->owner && !s->spec->dry_run)
        indikator_problem(s, 0, 0,
                          _("This is a public register, for all owners: it is imported without "
                            "an owner, by whoever runs the installation."));
}

/* A file that could be read; its units are looked up here only when its indicators are wrong. */
static bool check_file(Storing *s, Db *db, GError **error)
{
    check_meaning(s, s->file->values, s->file->n_values);
    check_place(s);
    return s->n_problems == 0 || !s->spec->owner ||
           s->store->match(s, db, s->file->units, s->file->n_units, error);
}

static void storing_free(Storing *s)
{
    g_clear_pointer(&s->names, g_hash_table_unref);
    g_clear_pointer(&s->grades, g_hash_table_unref);
    g_clear_pointer(&s->stored, g_hash_table_unref);
    g_clear_pointer(&s->planned, g_hash_table_unref);
    g_clear_pointer(&s->problems, g_array_unref);
    g_clear_pointer(&s->unknown, g_array_unref);
    g_clear_pointer(&s->earlier, g_array_unref);
    g_clear_pointer(&s->changes, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Storing, storing_free)

static void prepare(Storing *s)
{
    s->store = s->spec->owner ? &indikator_own_values : &indikator_public_values;
    s->names = g_hash_table_new(g_int64_hash, g_int64_equal);
    s->grades = g_hash_table_new(g_str_hash, g_str_equal);
    s->stored = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    s->planned = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    s->problems = g_array_new(FALSE, FALSE, sizeof(ImportProblem));
    s->unknown = g_array_new(FALSE, FALSE, sizeof(ImportUnknown));
    s->earlier = g_array_new(FALSE, FALSE, sizeof(ImportEarlier));
    s->changes = g_ptr_array_new();
    s->unit_ids = arena_alloc(s->arena, MAX(s->file->n_units, 1) * sizeof(int64_t));
    s->unit_new = arena_alloc(s->arena, MAX(s->file->n_units, 1) * sizeof(bool));
    s->plan = arena_alloc(s->arena, MAX(s->file->n_values, 1));
    describe(s);
}

static void *keep_array(Arena *arena, const GArray *from, size_t size)
{
    void *to = arena_alloc(arena, MAX(from->len, 1) * size);

    if (from->len)
        memcpy(to, from->data, from->len * size);
    return to;
}

/* What the lists hold, for the caller. */
static void keep_lists(Storing *s)
{
    ImportResult *r = s->result;

    r->unknown = keep_array(s->arena, s->unknown, sizeof(ImportUnknown));
    r->n_unknown = s->unknown->len;
    r->earlier = keep_array(s->arena, s->earlier, sizeof(ImportEarlier));
    r->n_earlier = s->earlier->len;
    r->n_changes = s->changes->len;
    r->changes = arena_alloc(s->arena, MAX(r->n_changes, 1) * sizeof(ImportChange *));
    if (r->n_changes)
        memcpy(r->changes, s->changes->pdata, r->n_changes * sizeof(ImportChange *));
}

static bool import_parsed(Db *db, Arena *arena, const ImportSpec *spec, const ParsedFile *file,
                          ImportResult *ret, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_auto(Storing)
        s = { .arena = arena, .spec = spec, .file = file, .result = ret, .dataset = id_new() };

    prepare(&s);
    if (!load_catalogue(&s, db, error))
        return false;
    cover(&s);
    if (file->n_errors ? !look_up(&s, db, error) : !check_file(&s, db, error))
        return false;
    if (s.n_problems == 0 && spec->dry_run &&
        (!judge(&s, db, error) ||
         (!ret->known_before && s.n_problems == 0 && !indikator_quality(&s, db, error))))
        return false;
    if (s.n_problems == 0 && spec->dry_run)
        ret->values += (int64_t)file->counts.unmapped; /* what the table has, as its warning says */
    if (s.n_problems == 0 && !spec->dry_run && !db_transaction(db, store_work, &s, &why) &&
        !rolled_back_on_purpose(&s, why))
        return app_pass(error, &why);
    if (s.n_problems == 0 && !spec->dry_run &&
        !indikator_link(db, spec->owner, spec->today, spec->now, NULL, error))
        return false;
    keep_problems(&s);
    keep_lists(&s);
    return true;
}

/* What has been said of names on the page holds here too; what the caller says goes first. */
static bool import_with_answers(Db *db, Arena *arena, const ImportSpec *spec,
                                const ParsedFile *file, ImportResult *ret, GError **error)
{
    ImportSpec with = *spec;
    ImportMeanings saved;

    if (spec->owner && file->format) {
        if (!indikator_meanings(db, arena, spec->owner, file->format, "enhet", &saved, error))
            return false;
        with.units.n = spec->units.n + saved.n;
        with.units.v = arena_alloc(arena, MAX(with.units.n, 1) * sizeof(ImportMeaning));
        if (spec->units.n)
            memcpy(with.units.v, spec->units.v, spec->units.n * sizeof(ImportMeaning));
        if (saved.n)
            memcpy(with.units.v + spec->units.n, saved.v, saved.n * sizeof(ImportMeaning));
    }
    return import_parsed(db, arena, &with, file, ret, error);
}

bool indikator_import(Db *db, Arena *arena, const ImportSpec *spec, ImportResult *ret,
                      GError **error)
{
    g_autoptr(GArray) columns = g_array_new(FALSE, TRUE, sizeof(ColumnMeaning));
    g_autoptr(ParsedFile) file = NULL;

    if (spec->parsed)
        return import_parsed(db, arena, spec, spec->parsed, ret, error);
    for (size_t i = 0; i < spec->columns.n; i++) {
        const ColumnMeaning one = { spec->columns.v[i].text, spec->columns.v[i].as };

        g_array_append_val(columns, one);
    }
    if (spec->owner && !indikator_mapping_meanings(db, arena, spec->owner, columns, error))
        return false;
    const ParseSpec how = { .name = spec->filename,
                            .bytes = spec->data,
                            .len = spec->size,
                            .format = spec->format,
                            .columns = (const ColumnMeaning *)(void *)columns->data,
                            .n_columns = columns->len };

    return indikator_parse_safely(&how, &file, error) &&
           import_with_answers(db, arena, spec, file, ret, error);
}
