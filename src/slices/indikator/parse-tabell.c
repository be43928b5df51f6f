/* parse-tabell.c - finds header and rows of a table that no parser knows, and keeps a sample of it.
 *
 * The sample goes to a page where somebody says what the columns are. When that has been said before,
 * for the same headers, the table is read by it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "encoding.h"
#include "parse-tabell-inni.h"

#define HEADER_WITHIN 60
#define CELL_SHOWN 80
#define SAMPLE_VERSION "1"
#define FIELD '\x1f'
#define RECORD '\x1e'

/* --- roles and mappings as text --- */

static const char *const roles[N_ROLES] = {
    [ROLE_SKIP] = "-",      [ROLE_UNIT] = "enhet",       [ROLE_PERIOD] = "periode",
    [ROLE_YEAR] = "ar",     [ROLE_PART] = "kvartal",     [ROLE_INDICATOR] = "indikator",
    [ROLE_VALUE] = "verdi", [ROLE_NUMERATOR] = "teller", [ROLE_DENOMINATOR] = "nevner",
    [ROLE_N] = "n",         [ROLE_SEX] = "kjonn",        [ROLE_STATUS] = "status",
};

const char *indikator_role_word(TableRole role)
{
    return roles[role];
}

TableRole indikator_role_of(const char *word)
{
    TableRole role = ROLE_SKIP;

    while (role < N_ROLES && strcmp(roles[role], word) != 0)
        role++;
    return role;
}

static void append_plain(GString *out, const char *text, char end)
{
    for (const char *p = text ? text : ""; *p; p++)
        g_string_append_c(out, (unsigned char)*p < ' ' ? ' ' : *p);
    g_string_append_c(out, end);
}

char *indikator_mapping_write(const TableMapping *m)
{
    GString *out = g_string_new("1\t");

    append_plain(out, m->indicator, '\t');
    append_plain(out, m->period, '\t');
    g_string_append_printf(out, "%d\t%c\n", m->share, m->dash ? m->dash : 'm');
    for (unsigned i = 0; i < m->n_columns; i++) {
        g_string_append_printf(out, "k\t%s\t", roles[m->column[i].role]);
        append_plain(out, m->column[i].key, '\t');
        append_plain(out, m->column[i].indicator, '\t');
        append_plain(out, m->column[i].period, '\n');
    }
    for (unsigned i = 0; i < m->n_words; i++) {
        g_string_append(out, "o\t");
        append_plain(out, m->word[i].folded, '\t');
        append_plain(out, m->word[i].indicator, '\n');
    }
    return g_string_free(out, FALSE);
}

static bool read_line(Arena *arena, char *const *field, guint n, TableMapping *m)
{
    if (n == 5 && !strcmp(field[0], "k") && m->n_columns < TABLE_MAX_COLUMNS &&
        indikator_role_of(field[1]) < N_ROLES) {
        m->column[m->n_columns++] =
            (TableColumn){ arena_dup(arena, field[2]), indikator_role_of(field[1]),
                           arena_dup(arena, field[3]), arena_dup(arena, field[4]) };
        return true;
    }
    if (n != 3 || strcmp(field[0], "o") != 0 || m->n_words >= TABLE_MAX_WORDS)
        return false;
    m->word[m->n_words++] = (TableWord){ arena_dup(arena, field[1]), arena_dup(arena, field[2]) };
    return true;
}

bool indikator_mapping_read(Arena *arena, const char *text, TableMapping *ret)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_auto(GStrv) first = g_strsplit(lines[0] ? lines[0] : "", "\t", -1);
    TableMapping m = { arena_alloc(arena, TABLE_MAX_COLUMNS * sizeof(TableColumn)),
                       0,
                       arena_alloc(arena, TABLE_MAX_WORDS * sizeof(TableWord)),
                       0,
                       NULL,
                       NULL,
                       false,
                       'm' };

    if (g_strv_length(first) != 5 || strcmp(first[0], "1") != 0)
        return false;
    m.indicator = arena_dup(arena, first[1]);
    m.period = arena_dup(arena, first[2]);
    m.share = *first[3] == '1';
    m.dash = *first[4];
    for (size_t i = 1; lines[i] && *lines[i]; i++) {
        g_auto(GStrv) field = g_strsplit(lines[i], "\t", -1);

        if (!read_line(arena, field, g_strv_length(field), &m))
            return false;
    }
    *ret = m;
    return true;
}

const TableColumn *indikator_mapping_column(const TableMapping *mapping, const char *key)
{
    for (unsigned i = 0; i < mapping->n_columns; i++)
        if (strcmp(mapping->column[i].key, key) == 0)
            return &mapping->column[i];
    return NULL;
}

char *indikator_mapping_name(const char *signature)
{
    return g_strconcat("\x01", signature, NULL);
}

/* --- the table --- */

static unsigned filled(const CsvRow *row)
{
    unsigned n = 0;

    for (unsigned i = 0; i < row->n; i++)
        n += row->field[i].text[strspn(row->field[i].text, " \t")] != '\0';
    return n;
}

static CsvReader *open_table(Table *t)
{
    const CsvOptions options = { .separator = t->separator, .ragged = CSV_RAGGED_GIVE };

    g_free(t->copy);
    t->copy = g_memdup2(t->text, t->len + 1);
    return csv_reader_new(t->copy + t->start, t->len - t->start, t->first_line, &options);
}

/* The separator that parts the first lines best: some files begin with a line of text alone. */
static char find_separator(const Table *t)
{
    static const char separators[] = "\t;|,";
    char best = 0;
    unsigned most = 1;

    for (const char *s = separators; *s; s++) {
        Table try = *t;
        CsvRow row;

        try.copy = NULL;
        try.separator = *s;
        g_autoptr(CsvReader) reader = open_table(&try);

        for (int i = 0; i < HEADER_WITHIN && csv_next(reader, &row) == CSV_ROW; i++)
            if (filled(&row) > most) {
                most = filled(&row);
                best = *s;
            }
        g_free(try.copy);
    }
    return best;
}

/* The header is the first row that is nearly as full as the fullest of the first. */
static bool find_header(Table *t)
{
    unsigned most = 0;

    for (int round = 0; round < 2; round++) {
        g_autoptr(CsvReader) reader = open_table(t);
        CsvRow row;

        for (int i = 0; i < HEADER_WITHIN && csv_next(reader, &row) == CSV_ROW; i++) {
            most = round == 0 ? MAX(most, filled(&row)) : most;
            if (round == 1 && filled(&row) * 10 >= most * 6) {
                t->header_line = row.line;
                return most >= 2;
            }
        }
    }
    return false;
}

char *indikator_table_key(const char *header)
{
    char period[PERIOD_TEXT];

    if (indikator_parse_loose_period(header, "x", period, sizeof period))
        return g_strdup(TABLE_PERIOD_KEY);
    return indikator_fold(header);
}

/* Headers with their keys; the second of a name is "name 2". */
static void read_header(Table *t, const CsvRow *row)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (unsigned i = 0; i < row->n && i < TABLE_MAX_COLUMNS; i++) {
        g_autofree char *key = NULL;
        guint times;

        indikator_parse_trim(row->field[i].text);
        key = indikator_table_key(row->field[i].text);
        times = GPOINTER_TO_UINT(g_hash_table_lookup(seen, key)) + 1;
        g_hash_table_replace(seen, g_strdup(key), GUINT_TO_POINTER(times));
        g_autofree char *numbered = g_strdup_printf("%s %u", key, times);

        g_ptr_array_add(t->headers,
                        (void *)(uintptr_t)indikator_parse_keep(t->job, row->field[i].text));
        g_ptr_array_add(t->keys,
                        (void *)(uintptr_t)indikator_parse_keep(
                            t->job, times > 1 && strcmp(key, TABLE_PERIOD_KEY) ? numbered : key));
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sign(Table *t)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_copy(t->keys, NULL, NULL);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    const char *before = NULL;

    qsort(sorted->pdata, sorted->len, sizeof(char *), by_text);
    for (guint i = 0; i < sorted->len; i++) {
        if (before && strcmp(before, sorted->pdata[i]) == 0)
            continue;
        before = sorted->pdata[i];
        g_checksum_update(sum, sorted->pdata[i], (gssize)strlen(before) + 1);
    }
    g_strlcpy(t->signature, g_checksum_get_string(sum), sizeof t->signature);
}

static const char *saved_mapping(const Table *t)
{
    g_autofree char *name = indikator_mapping_name(t->signature);

    for (size_t i = 0; i < t->job->spec->n_columns; i++)
        if (strcmp(t->job->spec->columns[i].text, name) == 0)
            return t->job->spec->columns[i].as;
    return NULL;
}

/* --- the sample --- */

static void append_cell(GString *out, const char *text)
{
    g_autofree char *cut = utf8_cut(text, CELL_SHOWN);

    append_plain(out, indikator_parse_has_person_number(text) ? "" : cut, FIELD);
}

static void append_rows(Table *t, GString *out)
{
    g_autoptr(CsvReader) reader = open_table(t);
    unsigned n = 0;
    CsvRow row;

    while (n < TABLE_SAMPLE_ROWS && csv_next(reader, &row) == CSV_ROW) {
        if (row.line <= t->header_line || filled(&row) == 0)
            continue;
        g_string_append_c(out, RECORD);
        for (unsigned i = 0; i < t->headers->len; i++)
            append_cell(out, i < row.n ? row.field[i].text : "");
        n++;
    }
}

/* Version, signature, line, mapped; headers; words; rows. */
static void keep_sample(Table *t, bool mapped)
{
    g_autoptr(GString) out = g_string_new(SAMPLE_VERSION);

    g_string_append_printf(out, "%c%s%c%u%c%d%c", FIELD, t->signature, FIELD, t->header_line, FIELD,
                           mapped, RECORD);
    for (guint i = 0; i < t->headers->len; i++)
        append_cell(out, t->headers->pdata[i]);
    g_string_append_c(out, RECORD);
    for (guint i = 0; i < t->keys->len; i++)
        append_plain(out, t->keys->pdata[i], FIELD);
    g_string_append_c(out, RECORD);
    for (guint i = 0; i < t->words->len; i++)
        append_cell(out, t->words->pdata[i]);
    append_rows(t, out);
    t->job->file->table = indikator_parse_keep(t->job, out->str);
}

/* The fields of a record, each ended by FIELD. */
static const char **fields_of(Arena *arena, const char *record, unsigned *ret_n)
{
    g_auto(GStrv) parts = g_strsplit(record, (char[]){ FIELD, '\0' }, -1);
    unsigned n = g_strv_length(parts);
    const char **fields;

    n -= n > 0; /* after the last mark */
    fields = arena_alloc(arena, MAX(n, 1) * sizeof *fields);
    for (unsigned i = 0; i < n; i++)
        fields[i] = arena_dup(arena, parts[i]);
    *ret_n = n;
    return fields;
}

bool indikator_table_sample(Arena *arena, const ParsedFile *file, TableSample *ret)
{
    g_auto(GStrv) records =
        g_strsplit(file->table ? file->table : "", (char[]){ RECORD, '\0' }, -1);
    g_auto(GStrv) head = NULL;
    TableSample s = { 0 };
    unsigned n_keys = 0;

    if (g_strv_length(records) < 4)
        return false;
    head = g_strsplit(records[0], (char[]){ FIELD, '\0' }, -1);
    if (g_strv_length(head) != 4 || strcmp(head[0], SAMPLE_VERSION) != 0)
        return false;
    s.signature = arena_dup(arena, head[1]);
    s.line = (unsigned)g_ascii_strtoull(head[2], NULL, 10);
    s.mapped = *head[3] == '1';
    s.header = fields_of(arena, records[1], &s.n_columns);
    s.key = fields_of(arena, records[2], &n_keys);
    s.word = fields_of(arena, records[3], &s.n_words);
    s.cell = arena_alloc(arena, MAX(g_strv_length(records) * s.n_columns, 1) * sizeof *s.cell);
    for (size_t r = 4; records[r] && n_keys == s.n_columns; r++) {
        unsigned n;
        const char **fields = fields_of(arena, records[r], &n);

        for (unsigned i = 0; i < s.n_columns; i++)
            s.cell[s.n_rows * s.n_columns + i] = i < n ? fields[i] : "";
        s.n_rows++;
    }
    *ret = s;
    return n_keys == s.n_columns && s.n_columns > 0;
}

/* --- reading --- */

static void table_clear(Table *t)
{
    g_free(t->copy);
    g_ptr_array_unref(t->headers);
    g_ptr_array_unref(t->keys);
    g_ptr_array_unref(t->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Table, table_clear)

static Table table_of(ParseJob *job, const char *text, size_t len)
{
    return (Table){ .job = job,
                    .text = text,
                    .len = len,
                    .first_line = 1,
                    .headers = g_ptr_array_new(),
                    .keys = g_ptr_array_new(),
                    .words = g_ptr_array_new() };
}

static bool look_at(Table *t)
{
    CsvRow row;

    if (csv_sniff(t->text, t->len, &t->start, &t->first_line) == 0)
        t->start = 0;
    t->separator = find_separator(t);
    if (t->separator == 0 || !find_header(t))
        return false;
    g_autoptr(CsvReader) reader = open_table(t);
    while (csv_next(reader, &row) == CSV_ROW)
        if (row.line == t->header_line) {
            read_header(t, &row);
            sign(t);
            return t->headers->len >= 2;
        }
    return false;
}

bool indikator_parse_table(ParseJob *job, const char *text, size_t len)
{
    g_autoptr(Arena) arena = arena_new();
    g_auto(Table) t = table_of(job, text, len);
    const char *saved;
    bool mapped;

    if (!look_at(&t))
        return false;
    saved = saved_mapping(&t);
    mapped = saved && indikator_mapping_read(arena, saved, &t.mapping);
    if (mapped) {
        g_autoptr(CsvReader) reader = open_table(&t);

        job->file->separator = job->file->sheet ? 0 : t.separator;
        indikator_parse_table_rows(&t, reader);
    }
    keep_sample(&t, mapped);
    return mapped;
}
