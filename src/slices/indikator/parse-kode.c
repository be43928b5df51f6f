/* parse-kode.c - a parsed file as bytes and back, so that a child in the sandbox can hand it over.
 *
 * Texts first, each once; then fixed records that name them by number. What is read back is not
 * trusted: every number is held against its limits, and every text is UTF-8.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "parse-job.h"

#define NO_TEXT G_MAXUINT32
#define MAGIC 0x32565070u

typedef struct {
    uint32_t magic, n_texts, file, format, encoding, title, sheet, table, person_number, separator;
    uint32_t n_units, n_values, n_facts, n_changes, n_columns, n_skipped, n_half_units,
        n_half_values;
    uint32_t n_errors, n_warnings;
    uint64_t rows, masked, missing, zeros, duplicates, not_tested, unmapped, n_errors_all,
        n_warnings_all;
    char sha256[72];
} WireHead;

typedef struct {
    uint32_t level, code, name, county, municipality, line, by_name, from, closed;
} WireUnit;

enum {
    HAS_VALUE = 1,
    HAS_UNCERTAINTY = 2,
    HAS_NUMERATOR = 4,
    HAS_DENOMINATOR = 8,
    HAS_N = 16,
    N_MASKED = 32,
    PRELIMINARY = 64,
    COMPUTED = 128
};

typedef struct {
    double value, uncertainty, numerator, denominator;
    int64_t n;
    uint32_t unit, indicator, period, grade, sex, owner, original, quality, source, line;
    uint32_t status, flags;
} WireValue;

typedef struct {
    uint32_t a, b, c, d, e, f, g; /* texts and numbers of the small records, in their own order */
} WireSmall;

/* --- writing --- */

typedef struct {
    GByteArray *texts, *records;
    GHashTable *known; /* text by address -> number + 1 */
} Packing;

static uint32_t put_text(Packing *p, const char *text)
{
    guint known;

    if (text == NULL)
        return NO_TEXT;
    known = GPOINTER_TO_UINT(g_hash_table_lookup(p->known, text));
    if (known == 0) {
        known = g_hash_table_size(p->known) + 1;
        g_hash_table_insert(p->known, (void *)(uintptr_t)text, GUINT_TO_POINTER(known));
        g_byte_array_append(p->texts, (const guint8 *)text, (guint)strlen(text) + 1);
    }
    return known - 1;
}

static void put(Packing *p, const void *record, size_t size)
{
    g_byte_array_append(p->records, record, (guint)size);
}

static void put_units(Packing *p, const ParsedUnit *units, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const ParsedUnit *u = &units[i];
        const WireUnit w = { (uint32_t)u->level,
                             put_text(p, u->code),
                             put_text(p, u->name),
                             put_text(p, u->county),
                             put_text(p, u->municipality),
                             u->line,
                             u->by_name,
                             put_text(p, u->from),
                             put_text(p, u->closed) };

        put(p, &w, sizeof w);
    }
}

static uint32_t flags_of(const ParsedValue *v)
{
    return (v->has_value ? HAS_VALUE : 0u) | (v->has_uncertainty ? HAS_UNCERTAINTY : 0u) |
           (v->has_numerator ? HAS_NUMERATOR : 0u) | (v->has_denominator ? HAS_DENOMINATOR : 0u) |
           (v->has_n ? HAS_N : 0u) | (v->n_masked ? N_MASKED : 0u) |
           (v->preliminary ? PRELIMINARY : 0u) | (v->computed ? COMPUTED : 0u);
}

static void put_values(Packing *p, const ParsedValue *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const ParsedValue *v = &values[i];
        WireValue w;

        memset(&w, 0, sizeof w);
        w = (WireValue){ .value = v->value,
                         .uncertainty = v->uncertainty,
                         .numerator = v->numerator,
                         .denominator = v->denominator,
                         .n = v->n,
                         .unit = (uint32_t)v->unit,
                         .indicator = put_text(p, v->indicator),
                         .period = put_text(p, v->period),
                         .grade = put_text(p, v->grade),
                         .sex = put_text(p, v->sex),
                         .owner = put_text(p, v->owner),
                         .original = put_text(p, v->original),
                         .quality = put_text(p, v->quality),
                         .source = put_text(p, v->source),
                         .line = v->line,
                         .status = (uint32_t)v->status,
                         .flags = flags_of(v) };
        put(p, &w, sizeof w);
    }
}

static void put_small(Packing *p, WireSmall w)
{
    put(p, &w, sizeof w);
}

static void put_problems(Packing *p, const ParsedProblem *problems, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put_small(p, (WireSmall){ put_text(p, problems[i].message), problems[i].line,
                                  problems[i].column, problems[i].character });
}

static void put_rest(Packing *p, const ParsedFile *f)
{
    for (size_t i = 0; i < f->n_facts; i++) {
        const ParsedFact *x = &f->facts[i];

        put_small(p, (WireSmall){ (uint32_t)x->unit, put_text(p, x->label), put_text(p, x->value),
                                  put_text(p, x->at), put_text(p, x->source), x->line });
    }
    for (size_t i = 0; i < f->n_changes; i++) {
        const ParsedChange *c = &f->changes[i];

        put_small(p, (WireSmall){ put_text(p, c->old_code), put_text(p, c->new_code),
                                  put_text(p, c->old_name), put_text(p, c->new_name),
                                  put_text(p, c->date), (uint32_t)c->kind, c->line });
    }
    for (size_t i = 0; i < f->n_columns; i++)
        put_small(p, (WireSmall){ put_text(p, f->columns[i].text), f->columns[i].column,
                                  put_text(p, f->columns[i].suggestion) });
    for (size_t i = 0; i < f->n_skipped; i++)
        put_small(p, (WireSmall){ put_text(p, f->skipped[i].what), (uint32_t)f->skipped[i].rows,
                                  f->skipped[i].line });
    put_problems(p, f->errors, f->n_errors);
    put_problems(p, f->warnings, f->n_warnings);
}

static WireHead head_of(Packing *p, const ParsedFile *f)
{
    WireHead h;

    memset(&h, 0, sizeof h);
    h.magic = MAGIC;
    h.file = put_text(p, f->file);
    h.format = put_text(p, f->format);
    h.encoding = put_text(p, f->encoding);
    h.title = put_text(p, f->title);
    h.sheet = put_text(p, f->sheet);
    h.table = put_text(p, f->table);
    h.person_number = f->person_number;
    h.separator = (uint32_t)f->separator;
    h.n_units = (uint32_t)f->n_units;
    h.n_values = (uint32_t)f->n_values;
    h.n_facts = (uint32_t)f->n_facts;
    h.n_changes = (uint32_t)f->n_changes;
    h.n_columns = (uint32_t)f->n_columns;
    h.n_skipped = (uint32_t)f->n_skipped;
    h.n_half_units = (uint32_t)f->n_half_units;
    h.n_half_values = (uint32_t)f->n_half_values;
    h.n_errors = (uint32_t)f->n_errors;
    h.n_warnings = (uint32_t)f->n_warnings;
    h.rows = f->counts.rows;
    h.masked = f->counts.masked;
    h.missing = f->counts.missing;
    h.zeros = f->counts.zeros;
    h.duplicates = f->counts.duplicates;
    h.not_tested = f->counts.not_tested;
    h.unmapped = f->counts.unmapped;
    h.n_errors_all = f->n_errors_all;
    h.n_warnings_all = f->n_warnings_all;
    g_strlcpy(h.sha256, f->sha256, sizeof h.sha256);
    return h;
}

GByteArray *indikator_parse_pack(const ParsedFile *file)
{
    Packing p = { g_byte_array_new(), g_byte_array_new(),
                  g_hash_table_new(g_direct_hash, g_direct_equal) };
    GByteArray *all = g_byte_array_new();
    WireHead head = head_of(&p, file);

    put_units(&p, file->units, file->n_units);
    put_units(&p, file->half_units, file->n_half_units);
    put_values(&p, file->values, file->n_values);
    put_values(&p, file->half_values, file->n_half_values);
    put_rest(&p, file);
    head.n_texts = g_hash_table_size(p.known);
    g_byte_array_append(all, (const guint8 *)&head, sizeof head);
    g_byte_array_append(all, p.records->data, p.records->len);
    g_byte_array_append(all, p.texts->data, p.texts->len);
    g_byte_array_unref(p.texts);
    g_byte_array_unref(p.records);
    g_hash_table_unref(p.known);
    return all;
}

/* --- reading --- */

typedef struct {
    const char *at, *end;
    const char **texts;
    uint32_t n_texts;
    bool bad;
} Unpacking;

static const char *text(Unpacking *u, uint32_t i, bool needed)
{
    if (i == NO_TEXT && !needed)
        return NULL;
    if (i < u->n_texts)
        return u->texts[i];
    u->bad = true;
    return "";
}

static bool take(Unpacking *u, void *record, size_t size)
{
    if (u->bad || (size_t)(u->end - u->at) < size)
        return !(u->bad = true);
    memcpy(record, u->at, size);
    u->at += size;
    return true;
}

static uint32_t below(Unpacking *u, uint32_t value, uint64_t limit)
{
    u->bad = u->bad || value >= limit;
    return u->bad ? 0 : value;
}

static ParsedUnit *take_units(Unpacking *u, uint32_t n)
{
    ParsedUnit *units = g_new0(ParsedUnit, MAX(n, 1));
    WireUnit w;

    for (uint32_t i = 0; i < n && take(u, &w, sizeof w); i++)
        units[i] = (ParsedUnit){ .level = (ParsedLevel)(1 + below(u, w.level - 1, 4)),
                                 .code = text(u, w.code, true),
                                 .name = text(u, w.name, false),
                                 .county = text(u, w.county, false),
                                 .municipality = text(u, w.municipality, false),
                                 .line = w.line,
                                 .by_name = w.by_name != 0,
                                 .from = text(u, w.from, false),
                                 .closed = text(u, w.closed, false) };
    return units;
}

static ParsedValue value_of(Unpacking *u, const WireValue *w, uint32_t n_units)
{
    u->bad = u->bad || !isfinite(w->value) || !isfinite(w->uncertainty) ||
             !isfinite(w->numerator) || !isfinite(w->denominator);
    return (ParsedValue){ .unit = below(u, w->unit, MAX(n_units, 1)),
                          .indicator = text(u, w->indicator, true),
                          .period = text(u, w->period, false),
                          .grade = text(u, w->grade, false),
                          .sex = text(u, w->sex, false),
                          .owner = text(u, w->owner, false),
                          .status = (ValueStatus)below(u, w->status, VALUE_QUALITATIVE + 1),
                          .value = w->value,
                          .uncertainty = w->uncertainty,
                          .numerator = w->numerator,
                          .denominator = w->denominator,
                          .n = w->n,
                          .has_value = w->flags & HAS_VALUE,
                          .has_uncertainty = w->flags & HAS_UNCERTAINTY,
                          .has_numerator = w->flags & HAS_NUMERATOR,
                          .has_denominator = w->flags & HAS_DENOMINATOR,
                          .has_n = w->flags & HAS_N,
                          .n_masked = w->flags & N_MASKED,
                          .preliminary = w->flags & PRELIMINARY,
                          .computed = w->flags & COMPUTED,
                          .original = text(u, w->original, false),
                          .quality = text(u, w->quality, false),
                          .source = text(u, w->source, false),
                          .line = w->line };
}

static ParsedValue *take_values(Unpacking *u, uint32_t n, uint32_t n_units, bool whole)
{
    ParsedValue *values = g_new0(ParsedValue, MAX(n, 1));
    WireValue w;

    for (uint32_t i = 0; i < n && take(u, &w, sizeof w); i++) {
        values[i] = value_of(u, &w, n_units);
        u->bad = u->bad || (whole && (!values[i].period || !values[i].grade || !values[i].sex ||
                                      !values[i].owner || !values[i].original));
    }
    return values;
}

static ParsedProblem *take_problems(Unpacking *u, uint32_t n, const char *file)
{
    ParsedProblem *problems = g_new0(ParsedProblem, MAX(n, 1));
    WireSmall w;

    for (uint32_t i = 0; i < n && take(u, &w, sizeof w); i++)
        problems[i] = (ParsedProblem){ file, w.b, w.c, w.d, text(u, w.a, true) };
    return problems;
}

static void take_changes(Unpacking *u, uint32_t n, ParsedFile *f)
{
    WireSmall w;

    f->changes = g_new0(ParsedChange, MAX(n, 1));
    for (; f->n_changes < n && take(u, &w, sizeof w); f->n_changes++)
        f->changes[f->n_changes] =
            (ParsedChange){ .old_code = text(u, w.a, true),
                            .new_code = text(u, w.b, true),
                            .old_name = text(u, w.c, true),
                            .new_name = text(u, w.d, true),
                            .date = text(u, w.e, true),
                            .kind = (ParsedChangeKind)below(u, w.f, CHANGE_BOUNDARY + 1),
                            .line = w.g };
}

static void take_rest(Unpacking *u, const WireHead *h, ParsedFile *f)
{
    WireSmall w;

    f->facts = g_new0(ParsedFact, MAX(h->n_facts, 1));
    for (; f->n_facts < h->n_facts && take(u, &w, sizeof w); f->n_facts++)
        f->facts[f->n_facts] = (ParsedFact){ below(u, w.a, MAX(h->n_units, 1)),
                                             text(u, w.b, true),
                                             text(u, w.c, true),
                                             text(u, w.d, true),
                                             text(u, w.e, true),
                                             w.f };
    take_changes(u, h->n_changes, f);
    f->columns = g_new0(ParsedColumn, MAX(h->n_columns, 1));
    for (; f->n_columns < h->n_columns && take(u, &w, sizeof w); f->n_columns++)
        f->columns[f->n_columns] = (ParsedColumn){ text(u, w.a, true), w.b, text(u, w.c, false) };
    f->skipped = g_new0(ParsedSkipped, MAX(h->n_skipped, 1));
    for (; f->n_skipped < h->n_skipped && take(u, &w, sizeof w); f->n_skipped++)
        f->skipped[f->n_skipped] = (ParsedSkipped){ text(u, w.a, true), w.b, w.c };
    f->errors = take_problems(u, h->n_errors, f->file);
    f->n_errors = h->n_errors;
    f->warnings = take_problems(u, h->n_warnings, f->file);
    f->n_warnings = h->n_warnings;
}

/* Records stand before the texts; their sizes follow from the head. */
static uint64_t size_of_records(const WireHead *h)
{
    return ((uint64_t)h->n_units + h->n_half_units) * sizeof(WireUnit) +
           ((uint64_t)h->n_values + h->n_half_values) * sizeof(WireValue) +
           ((uint64_t)h->n_facts + h->n_changes + h->n_columns + h->n_skipped + h->n_errors +
            h->n_warnings) *
               sizeof(WireSmall);
}

static void take_texts(Unpacking *u, const WireHead *h, const char *from, GStringChunk *chunk)
{
    size_t size = (size_t)(u->end - from);
    char *all;
    uint32_t n = 0;

    if (h->n_texts > size || (size > 0 && u->end[-1] != '\0')) {
        u->bad = true;
        return;
    }
    all = g_string_chunk_insert_len(chunk, from, (gssize)size);
    u->texts = g_new0(const char *, MAX(h->n_texts, 1));
    for (const char *p = all; p < all + size && n < h->n_texts; p += strlen(p) + 1) {
        u->bad = u->bad || !g_utf8_validate(p, -1, NULL);
        u->texts[n++] = p;
    }
    u->bad = u->bad || n != h->n_texts;
    u->n_texts = n;
}

static void take_head(Unpacking *u, const WireHead *h, ParsedFile *f)
{
    f->file = text(u, h->file, true);
    f->format = text(u, h->format, false);
    f->encoding = text(u, h->encoding, false);
    f->title = text(u, h->title, false);
    f->sheet = text(u, h->sheet, false);
    f->table = text(u, h->table, false);
    f->person_number = h->person_number != 0;
    f->separator = (char)below(u, h->separator, 128);
    f->counts = (ParsedCounts){ h->rows,       h->masked,     h->missing, h->zeros,
                                h->duplicates, h->not_tested, h->unmapped };
    f->n_errors_all = h->n_errors_all;
    f->n_warnings_all = h->n_warnings_all;
    g_strlcpy(f->sha256, h->sha256, sizeof f->sha256);
}

static void take_all(Unpacking *u, const WireHead *h, ParsedFile *f)
{
    take_head(u, h, f);
    f->units = take_units(u, h->n_units);
    f->half_units = take_units(u, h->n_half_units);
    f->values = take_values(u, h->n_values, h->n_units, true);
    f->half_values = take_values(u, h->n_half_values, h->n_half_units, false);
    f->n_units = h->n_units;
    f->n_half_units = h->n_half_units;
    f->n_values = h->n_values;
    f->n_half_values = h->n_half_values;
    take_rest(u, h, f);
    u->bad = u->bad || (h->n_values > 0 && h->n_units == 0) ||
             (h->n_facts > 0 && h->n_units == 0) || (h->n_half_values > 0 && h->n_half_units == 0);
    u->bad = u->bad || (f->format == NULL && h->n_errors == 0);
    if (!u->bad)
        indikator_parse_note_periods(f);
}

ParsedFile *indikator_parse_unpack(const void *bytes, size_t len, GError **error)
{
    g_autoptr(ParsedFile) f = g_new0(ParsedFile, 1);
    Unpacking u = { bytes, (const char *)bytes + len, NULL, 0, false };
    WireHead h;

    f->strings = g_string_chunk_new(64 * 1024);
    if (take(&u, &h, sizeof h) && h.magic == MAGIC &&
        size_of_records(&h) <= (uint64_t)(u.end - u.at)) {
        const char *texts = u.at + size_of_records(&h);

        h.sha256[sizeof h.sha256 - 1] = '\0';
        take_texts(&u, &h, texts, f->strings);
        if (!u.bad) {
            u.end = texts;
            take_all(&u, &h, f);
        }
    } else {
        u.bad = true;
    }
    g_free(u.texts);
    if (u.bad) {
        app_fail(error, APP_ERROR_INVALID, "the reading of the file gave no sense");
        return NULL;
    }
    return g_steal_pointer(&f);
}
