/* import.c - one file in: parsed, matched, and stored in one transaction, or not at all.
 *
 * A dry run does everything and rolls back, so what it says is what would happen.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "lagring.h"

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
        .title = arena_dup(s->arena, f->title),
        .encoding = arena_dup(s->arena, f->encoding ? f->encoding : ""),
        .errors = copy_problems(s->arena, f->errors, f->n_errors),
        .n_errors = f->n_errors,
        .warnings = copy_problems(s->arena, f->warnings, f->n_warnings),
        .n_warnings = f->n_warnings,
        .periods = "",
    };
    if (f->first_period)
        r->periods = strcmp(f->first_period, f->last_period)
                         ? arena_printf(s->arena, "%s–%s", f->first_period, f->last_period)
                         : arena_dup(s->arena, f->first_period);
}

/* Indicators the catalogue does not know, and own values without an owner. */
static void check_meaning(Storing *s, const ParsedValue *values, size_t n)
{
    s->first_of_kind = s->problems->len;
    if (!s->spec->owner && !strcmp(s->file->format, "values-csv"))
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

    if (!indikator_catalogue(db, s->arena, LANG_NB, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        g_hash_table_insert(s->grades, (void *)(uintptr_t)all.v[i].code,
                            (void *)(uintptr_t)all.v[i].grade);
    return true;
}

static const char dry_run_mark[] = "dry run";

static bool store_work(Db *db, void *arg, GError **error)
{
    Storing *s = arg;

    s->result->values = s->result->changed = s->result->units_matched = s->result->units_unknown =
        0;
    g_hash_table_remove_all(s->fresh);
    g_array_set_size(s->problems, 0); /* run again, it finds them again */
    s->n_problems = 0;
    if (!indikator_known(s, db, error))
        return false;
    if (s->result->known_before)
        return true;
    if (s->spec->owner ? !indikator_own_store(s, db, error) : !indikator_public_store(s, db, error))
        return false;
    if (s->spec->dry_run || s->problems->len)
        return app_fail(error, APP_ERROR_CONFLICT, "%s", dry_run_mark); /* so that nothing stays */
    s->result->dataset = s->dataset;
    return true;
}

static bool rolled_back_on_purpose(const Storing *s, const GError *why)
{
    return g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT) &&
           strstr(why->message, dry_run_mark) && (s->spec->dry_run || s->problems->len);
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
    return !s->spec->owner || indikator_own_match(s, db, f->half_units, f->n_half_units, error);
}

/* A file that could be read; its units are looked up here only when its indicators are wrong. */
static bool check_file(Storing *s, Db *db, GError **error)
{
    check_meaning(s, s->file->values, s->file->n_values);
    return s->n_problems == 0 || !s->spec->owner ||
           indikator_own_match(s, db, s->file->units, s->file->n_units, error);
}

static void storing_free(Storing *s)
{
    g_clear_pointer(&s->grades, g_hash_table_unref);
    g_clear_pointer(&s->fresh, g_hash_table_unref);
    g_clear_pointer(&s->problems, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Storing, storing_free)

bool indikator_import(Db *db, Arena *arena, const ImportSpec *spec, ImportResult *ret,
                      GError **error)
{
    g_autoptr(ParsedFile) file =
        indikator_parse(spec->filename, spec->data, spec->size, spec->format);
    g_autoptr(GError) why = NULL;
    g_auto(Storing)
        s = { .arena = arena, .spec = spec, .file = file, .result = ret, .dataset = id_new() };

    s.grades = g_hash_table_new(g_str_hash, g_str_equal);
    s.fresh = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    s.problems = g_array_new(FALSE, FALSE, sizeof(ImportProblem));
    describe(&s);
    if (!load_catalogue(&s, db, error))
        return false;
    s.unit_ids = arena_alloc(arena, MAX(file->n_units, 1) * sizeof(int64_t));
    if (file->n_errors ? !look_up(&s, db, error) : !check_file(&s, db, error))
        return false;
    if (s.n_problems == 0 && !db_transaction(db, store_work, &s, &why) &&
        !rolled_back_on_purpose(&s, why))
        return app_pass(error, &why);
    keep_problems(&s);
    return true;
}

char *indikator_import_json(const ImportResult *r)
{
    json_t *errors = json_array();

    for (size_t i = 0; i < r->n_errors; i++)
        json_array_append_new(errors, json_pack("{s:s?, s:I, s:I, s:s}", "file", r->errors[i].file,
                                                "line", (json_int_t)r->errors[i].line, "column",
                                                (json_int_t)r->errors[i].column, "message",
                                                r->errors[i].message));
    json_t *dataset =
        r->dataset ? json_string(id_text(r->dataset, (char[ID_TEXT]){ 0 })) : json_null();
    json_t *all = json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o}",
                            "format", r->format, "rows", (json_int_t)r->rows, "values",
                            (json_int_t)r->values, "masked", (json_int_t)r->masked, "missing",
                            (json_int_t)r->missing, "zeros", (json_int_t)r->zeros, "duplicates",
                            (json_int_t)r->duplicates, "not_tested", (json_int_t)r->not_tested,
                            "units_matched", (json_int_t)r->units_matched, "units_unknown",
                            (json_int_t)r->units_unknown, "dataset", dataset, "errors", errors);
    char *text = json_dumps(all, JSON_COMPACT | JSON_PRESERVE_ORDER);
    char *copy = g_strdup(text);

    free(text);
    json_decref(all);
    return copy;
}
