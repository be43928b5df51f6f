/* pdf-out.c - a PDF file being written: numbered objects, streams, cross-references.
 *
 * Sources: ISO 32000-1, 7.3 (objects), 7.5.7 (object streams), 7.5.8 (cross-reference streams).
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "pdf-out.h"

#define LEVEL 3         /* of deflate: half the time of 6 for one twentieth more bytes */
#define PER_STREAM 200u /* objects */

enum { PLACE_FREE, PLACE_FILE, PLACE_STREAM };
typedef struct {
    unsigned kind, at, index; /* at: offset in the file, or number of the object stream */
} Place;

typedef struct {
    unsigned number, start;
} Held;

static const char head[] = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";

void pdf_out_init(PdfOut *out)
{
    Place none = { 0 };

    *out = (PdfOut){ .file = g_byte_array_sized_new(1 << 18),
                     .places = g_array_new(FALSE, FALSE, sizeof(Place)),
                     .held = g_string_sized_new(1 << 15),
                     .held_at = g_array_new(FALSE, FALSE, sizeof(Held)) };
    g_assert(deflateInit(&out->deflater, LEVEL) == Z_OK);
    g_array_append_val(out->places, none);
    g_byte_array_append(out->file, (const guint8 *)head, sizeof head - 1);
}

void pdf_out_clear(PdfOut *out)
{
    deflateEnd(&out->deflater);
    g_clear_pointer(&out->file, g_byte_array_unref);
    g_array_unref(out->places);
    g_string_free(out->held, TRUE);
    g_array_unref(out->held_at);
}

static void append(PdfOut *out, const char *text)
{
    g_byte_array_append(out->file, (const guint8 *)text, (guint)strlen(text));
}

unsigned pdf_out_number(PdfOut *out)
{
    Place none = { 0 };

    g_array_append_val(out->places, none);
    return out->places->len - 1;
}

void pdf_out_stream(PdfOut *out, unsigned number, const char *dict, const void *data, size_t size)
{
    uLong bound = deflateBound(&out->deflater, (uLong)size);
    g_autofree guint8 *packed = g_malloc(bound);
    g_autofree char *start = NULL;

    g_array_index(out->places, Place, number) = (Place){ PLACE_FILE, out->file->len, 0 };
    out->deflater.next_in = (Bytef *)(uintptr_t)data; /* zlib only reads it */
    out->deflater.avail_in = (uInt)size;
    out->deflater.next_out = packed;
    out->deflater.avail_out = (uInt)bound;
    g_assert(deflate(&out->deflater, Z_FINISH) == Z_STREAM_END);
    start = g_strdup_printf("%u 0 obj\n<<%s/Filter/FlateDecode/Length %lu>>\nstream\n", number,
                            dict, out->deflater.total_out);
    append(out, start);
    g_byte_array_append(out->file, packed, (guint)out->deflater.total_out);
    append(out, "\nendstream\nendobj\n");
    deflateReset(&out->deflater);
}

static void flush_held(PdfOut *out)
{
    unsigned number;
    g_autoptr(GString) text = g_string_sized_new(out->held->len + 4096);
    char dict[96];

    if (!out->held_at->len)
        return;
    number = pdf_out_number(out);
    for (guint i = 0; i < out->held_at->len; i++) {
        const Held *held = &g_array_index(out->held_at, Held, i);

        pdf_put_int(text, held->number);
        g_string_append_c(text, ' ');
        pdf_put_int(text, held->start);
        g_string_append_c(text, ' ');
        g_array_index(out->places, Place, held->number) = (Place){ PLACE_STREAM, number, i };
    }
    g_snprintf(dict, sizeof dict, "/Type/ObjStm/N %u/First %zu", out->held_at->len, text->len);
    g_string_append_len(text, out->held->str, (gssize)out->held->len);
    pdf_out_stream(out, number, dict, text->str, text->len);
    g_string_truncate(out->held, 0);
    g_array_set_size(out->held_at, 0);
}

void pdf_out_object(PdfOut *out, unsigned number, const GString *value)
{
    Held held = { number, (unsigned)out->held->len };

    g_array_append_val(out->held_at, held);
    g_string_append_len(out->held, value->str, (gssize)value->len);
    g_string_append_c(out->held, '\n');
    if (out->held_at->len == PER_STREAM)
        flush_held(out);
}

/* --- cross-references --------------------------------------------------------------------------- */

#define ROW 7 /* bytes: kind, four of place, two of index */

/* Each row as differences to the row above: long runs of equal bytes, which deflate well. */
static GByteArray *cross_references(const PdfOut *out)
{
    GByteArray *rows = g_byte_array_sized_new(out->places->len * (ROW + 1));
    guint8 above[ROW] = { 0 };

    for (guint i = 0; i < out->places->len; i++) {
        const Place *p = &g_array_index(out->places, Place, i);
        const guint8 row[ROW] = { (guint8)p->kind,       (guint8)(p->at >> 24),
                                  (guint8)(p->at >> 16), (guint8)(p->at >> 8),
                                  (guint8)p->at,         (guint8)(p->index >> 8),
                                  (guint8)p->index };
        guint8 coded[ROW + 1] = { 2 }; /* PNG's filter "up" */

        for (int k = 0; k < ROW; k++)
            coded[k + 1] = (guint8)(row[k] - above[k]);
        memcpy(above, row, ROW);
        g_byte_array_append(rows, coded, sizeof coded);
    }
    return rows;
}

GBytes *pdf_out_finish(PdfOut *out, unsigned root, unsigned info)
{
    g_autofree char *id = NULL, *dict = NULL, *end = NULL;
    g_autoptr(GByteArray) rows = NULL;
    unsigned number, start;

    flush_held(out);
    number = pdf_out_number(out);
    start = out->file->len;
    g_array_index(out->places, Place, number) = (Place){ PLACE_FILE, start, 0 };
    id = g_compute_checksum_for_data(G_CHECKSUM_MD5, out->file->data, out->file->len);
    rows = cross_references(out);
    dict = g_strdup_printf("/Type/XRef/Size %u/W[1 4 2]/Root %u 0 R/Info %u 0 R/ID[<%s><%s>]"
                           "/DecodeParms<</Predictor 12/Columns %d>>",
                           out->places->len, root, info, id, id, ROW);
    pdf_out_stream(out, number, dict, rows->data, rows->len);
    end = g_strdup_printf("startxref\n%u\n%%%%EOF\n", start);
    append(out, end);
    return g_byte_array_free_to_bytes(g_steal_pointer(&out->file));
}

/* --- values ------------------------------------------------------------------------------------- */

void pdf_put_int(GString *to, int64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        digits[--at] = '-';
    g_string_append_len(to, digits + at, (gssize)(sizeof digits - at));
}

void pdf_put_number(GString *to, double value)
{
    int64_t thousandths = llround(CLAMP(value, -1e9, 1e9) * 1000);
    int64_t rest = thousandths < 0 ? -thousandths : thousandths;
    char decimals[4] = { '.', (char)('0' + rest / 100 % 10), (char)('0' + rest / 10 % 10),
                         (char)('0' + rest % 10) };
    int n = rest % 10 ? 4 : rest % 100 ? 3 : rest % 1000 ? 2 : 0;

    if (value < 0 && rest)
        g_string_append_c(to, '-');
    pdf_put_int(to, rest / 1000);
    g_string_append_len(to, decimals, n);
}

void pdf_put_ref(GString *to, const char *key, unsigned number)
{
    g_string_append(to, key);
    g_string_append_c(to, ' ');
    pdf_put_int(to, number);
    g_string_append(to, " 0 R");
}

void pdf_put_utf16(GString *to, const char *utf8)
{
    for (const char *p = utf8; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (c < 0x10000)
            g_string_append_printf(to, "%04X", c);
        else
            g_string_append_printf(to, "%04X%04X", 0xd800 + ((c - 0x10000) >> 10),
                                   0xdc00 + ((c - 0x10000) & 0x3ff));
    }
}

void pdf_put_text(GString *to, const char *key, const char *utf8)
{
    g_string_append(to, key);
    if (!g_str_is_ascii(utf8)) {
        g_string_append(to, "<FEFF");
        pdf_put_utf16(to, utf8);
        g_string_append_c(to, '>');
        return;
    }
    g_string_append_c(to, '(');
    for (const char *p = utf8; *p; p++) {
        if (*p == '(' || *p == ')' || *p == '\\')
            g_string_append_c(to, '\\');
        g_string_append_c(to, *p);
    }
    g_string_append_c(to, ')');
}
