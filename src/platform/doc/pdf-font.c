/* pdf-font.c - the fonts of a file: which glyphs are shown, what they say, and the subset embedded.
 *
 * Every font becomes a composite one with two bytes a glyph. A glyph says the first text it was used
 * for; where it stands for another (two words of Unicode share it), the page says so by ActualText.
 * Glyph numbers of the subset are known only at the end, when pages are patched with them.
 * Sources: ISO 32000-1, 9.7 (composite fonts), 9.10.3 (ToUnicode); ISO 19005-2, 6.2.11.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <hb-ot.h>
#include <hb-subset.h>
#include <math.h>
#include "pdf-font.h"

static bool has_table(hb_face_t *hb, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(hb, tag);
    bool has = hb_blob_get_length(blob) > 0;

    hb_blob_destroy(blob);
    return has;
}

static PdfFace *face_new(PdfFonts *fonts, hb_face_t *hb)
{
    PdfFace *face = g_new0(PdfFace, 1);

    face->hb = hb_face_reference(hb);
    face->units = hb_font_create(hb);
    face->per_unit = 1000.0 / hb_face_get_upem(hb);
    face->n_slots = hb_face_get_glyph_count(hb);
    face->slots = g_new0(guint16, face->n_slots + 1);
    face->glyphs = g_array_new(FALSE, FALSE, sizeof(PdfGlyph));
    face->index = fonts->faces->len;
    face->cff = has_table(hb, HB_TAG('C', 'F', 'F', ' '));
    face->outlines = face->cff || has_table(hb, HB_TAG('g', 'l', 'y', 'f'));
    g_ptr_array_add(fonts->faces, face);
    return face;
}

static void face_free(gpointer data)
{
    PdfFace *face = data;

    hb_font_destroy(face->units);
    hb_face_destroy(face->hb);
    g_free(face->slots);
    g_array_unref(face->glyphs);
    g_free(face);
}

void pdf_fonts_init(PdfFonts *fonts)
{
    fonts->faces = g_ptr_array_new_with_free_func(face_free);
    fonts->known = g_hash_table_new(NULL, NULL);
    fonts->texts = g_string_chunk_new(4096);
}

void pdf_fonts_clear(PdfFonts *fonts)
{
    g_clear_pointer(&fonts->known, g_hash_table_unref);
    g_clear_pointer(&fonts->faces, g_ptr_array_unref);
    g_clear_pointer(&fonts->texts, g_string_chunk_free);
}

static void get_name(hb_face_t *hb, char name[64])
{
    unsigned size = 64;

    *name = '\0';
    hb_ot_name_get_utf8(hb, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
}

/* The same font, opened by another map of fonts: it is embedded once. */
static PdfFace *find_again(const PdfFonts *fonts, hb_face_t *hb)
{
    char name[64], other[64];

    get_name(hb, name);
    for (guint i = 0; *name && i < fonts->faces->len; i++) {
        PdfFace *face = fonts->faces->pdata[i];

        get_name(face->hb, other);
        if (!strcmp(name, other) && hb_face_get_index(hb) == hb_face_get_index(face->hb) &&
            hb_face_get_glyph_count(hb) == hb_face_get_glyph_count(face->hb))
            return face;
    }
    return NULL;
}

PdfFace *pdf_face(PdfFonts *fonts, hb_face_t *hb)
{
    PdfFace *face = g_hash_table_lookup(fonts->known, hb);

    if (!face) {
        face = find_again(fonts, hb);
        face = face ? face : face_new(fonts, hb);
        g_hash_table_insert(fonts->known, hb, face);
    }
    return face;
}

unsigned pdf_face_slot(PdfFace *face, hb_codepoint_t glyph)
{
    PdfGlyph made = { .glyph = glyph };

    if (glyph >= face->n_slots || !face->outlines)
        return 0;
    if (face->slots[glyph] || face->glyphs->len == G_MAXUINT16 - 1)
        return face->slots[glyph];
    made.width =
        round(hb_font_get_glyph_h_advance(face->units, glyph) * face->per_unit * 100) / 100;
    g_array_append_val(face->glyphs, made);
    return face->slots[glyph] = (guint16)face->glyphs->len;
}

PdfGlyph *pdf_face_glyph(const PdfFace *face, unsigned slot)
{
    return &g_array_index(face->glyphs, PdfGlyph, slot - 1);
}

/* --- embedding ---------------------------------------------------------------------------------- */

static hb_subset_input_t *wanted(const PdfFace *face)
{
    static const hb_tag_t dropped[] = { HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'),
                                        HB_TAG('G', 'D', 'E', 'F'), HB_TAG('n', 'a', 'm', 'e'),
                                        HB_TAG('c', 'm', 'a', 'p'), HB_TAG('O', 'S', '/', '2'),
                                        HB_TAG('g', 'v', 'a', 'r'), HB_TAG('f', 'v', 'a', 'r'),
                                        HB_TAG('H', 'V', 'A', 'R'), HB_TAG('a', 'v', 'a', 'r'),
                                        HB_TAG('S', 'T', 'A', 'T'), HB_TAG('M', 'V', 'A', 'R'),
                                        HB_TAG('k', 'e', 'r', 'n') };
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);

    for (guint i = 0; i < face->glyphs->len; i++)
        hb_set_add(glyphs, g_array_index(face->glyphs, PdfGlyph, i).glyph);
    for (size_t i = 0; i < G_N_ELEMENTS(dropped); i++)
        hb_set_add(drop, dropped[i]);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    return input;
}

/* The font program with the glyphs shown, whose numbers in it are set; NULL when it cannot be made. */
static hb_blob_t *subset(PdfFace *face)
{
    hb_subset_input_t *input = wanted(face);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(face->hb, input);
    hb_face_t *made = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    hb_blob_t *program = NULL;

    for (guint i = 0; made && i < face->glyphs->len; i++) {
        PdfGlyph *glyph = &g_array_index(face->glyphs, PdfGlyph, i);

        glyph->placed = hb_map_get(hb_subset_plan_old_to_new_glyph_mapping(plan), glyph->glyph);
    }
    if (made && face->cff)
        program = hb_face_reference_table(made, HB_TAG('C', 'F', 'F', ' '));
    else if (made)
        program = hb_face_reference_blob(made);
    hb_face_destroy(made);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    return program;
}

/* "ABCDEF+Inter-Regular": the tag is the subset's, as two subsets of a font are two fonts. */
static char *subset_name(const PdfFace *face, hb_blob_t *program)
{
    unsigned length = 0;
    char name[64];
    const char *bytes = hb_blob_get_data(program, &length);
    g_autofree char *sum =
        g_compute_checksum_for_data(G_CHECKSUM_MD5, (const guchar *)bytes, length);

    get_name(face->hb, name);
    for (char *p = name; *p; p++)
        if (!g_ascii_isalnum(*p) && *p != '-')
            *p = '-';
    for (int i = 0; i < 6; i++)
        sum[i] = (char)('A' + g_ascii_xdigit_value(sum[i]));
    return g_strdup_printf("%.6s+%s", sum, *name ? name : "Font");
}

static void put_bbox(GString *to, const PdfFace *face)
{
    hb_blob_t *table = hb_face_reference_table(face->hb, HB_TAG('h', 'e', 'a', 'd'));
    unsigned length = 0;
    const guint8 *data = (const guint8 *)hb_blob_get_data(table, &length);

    g_string_append(to, "/FontBBox[");
    for (unsigned at = 36; at < 44; at += 2) { /* xMin, yMin, xMax, yMax */
        int value = length > at + 1 ? data[at] << 8 | data[at + 1] : 0;

        pdf_put_int(to, lround((value & 0x8000 ? value - 0x10000 : value) * face->per_unit));
        g_string_append_c(to, ' ');
    }
    g_string_append_c(to, ']');
    hb_blob_destroy(table);
}

static void write_descriptor(PdfOut *out, const PdfFace *face, unsigned number, const char *name,
                             unsigned file)
{
    g_autoptr(GString) dict = g_string_new("<</Type/FontDescriptor/Flags 4/StemV 80/FontName/");
    hb_font_extents_t extents = { 0 };
    hb_position_t capital = 0;

    hb_font_get_h_extents(face->units, &extents);
    hb_ot_metrics_get_position_with_fallback(face->units, HB_OT_METRICS_TAG_CAP_HEIGHT, &capital);
    g_string_append(dict, name);
    put_bbox(dict, face);
    g_string_append(dict, "/ItalicAngle ");
    pdf_put_number(dict, hb_style_get_value(face->units, HB_STYLE_TAG_SLANT_ANGLE));
    g_string_append(dict, "/Ascent ");
    pdf_put_int(dict, lround(extents.ascender * face->per_unit));
    g_string_append(dict, "/Descent ");
    pdf_put_int(dict, lround(extents.descender * face->per_unit));
    g_string_append(dict, "/CapHeight ");
    pdf_put_int(dict, lround(capital * face->per_unit));
    pdf_put_ref(dict, face->cff ? "/FontFile3" : "/FontFile2", file);
    g_string_append(dict, ">>");
    pdf_out_object(out, number, dict);
}

static gint by_place(gconstpointer a, gconstpointer b)
{
    const PdfGlyph *x = a, *y = b;

    return (x->placed > y->placed) - (x->placed < y->placed);
}

static void write_cid_font(PdfOut *out, const PdfFace *face, const GArray *sorted, unsigned number,
                           const char *name, unsigned descriptor)
{
    g_autoptr(GString) dict = g_string_new("<</Type/Font/Subtype/CIDFontType");

    g_string_append(dict, face->cff ? "0/BaseFont/" : "2/CIDToGIDMap/Identity/BaseFont/");
    g_string_append(dict, name);
    g_string_append(dict, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/W[");
    for (guint i = 0; i < sorted->len; i++) {
        const PdfGlyph *glyph = &g_array_index(sorted, PdfGlyph, i);

        if (i == 0 || glyph->placed != glyph[-1].placed + 1) {
            g_string_append(dict, i ? "]" : "");
            pdf_put_int(dict, glyph->placed);
            g_string_append_c(dict, '[');
        } else {
            g_string_append_c(dict, ' ');
        }
        pdf_put_number(dict, glyph->width);
    }
    g_string_append(dict, sorted->len ? "]]" : "]");
    pdf_put_ref(dict, "/FontDescriptor", descriptor);
    g_string_append(dict, ">>");
    pdf_out_object(out, number, dict);
}

static void write_to_unicode(PdfOut *out, const GArray *sorted, unsigned number)
{
    g_autoptr(GString) cmap = g_string_new(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
        "<< /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS "
        "def\n"
        "/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n");

    for (guint i = 0; i < sorted->len; i++) {
        const PdfGlyph *glyph = &g_array_index(sorted, PdfGlyph, i);

        if (i % 100 == 0)
            g_string_append_printf(cmap, "%s%u beginbfchar\n", i ? "endbfchar\n" : "",
                                   MIN(100, sorted->len - i));
        g_string_append_printf(cmap, "<%04x> <", glyph->placed);
        pdf_put_utf16(cmap, glyph->text ? glyph->text : "\ufffd");
        g_string_append(cmap, ">\n");
    }
    g_string_append(cmap, sorted->len ? "endbfchar\n" : "");
    g_string_append(cmap, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    pdf_out_stream(out, number, "", cmap->str, cmap->len);
}

static void write_font(PdfOut *out, const PdfFace *face, unsigned number, hb_blob_t *program)
{
    unsigned kid = pdf_out_number(out), descriptor = pdf_out_number(out);
    unsigned file = pdf_out_number(out), unicode = pdf_out_number(out), length = 0;
    g_autofree char *name = subset_name(face, program);
    g_autoptr(GString) dict =
        g_string_new("<</Type/Font/Subtype/Type0/Encoding/Identity-H/BaseFont/");
    g_autoptr(GArray) sorted = g_array_copy(face->glyphs);
    const char *bytes = hb_blob_get_data(program, &length);
    char lengths[48];

    g_array_sort(sorted, by_place);
    g_string_append_printf(dict, "%s/DescendantFonts[%u 0 R]/ToUnicode %u 0 R>>", name, kid,
                           unicode);
    pdf_out_object(out, number, dict);
    write_cid_font(out, face, sorted, kid, name, descriptor);
    write_descriptor(out, face, descriptor, name, file);
    write_to_unicode(out, sorted, unicode);
    g_snprintf(lengths, sizeof lengths, "/Length1 %u", length);
    pdf_out_stream(out, file, face->cff ? "/Subtype/CIDFontType0C" : lengths, bytes, length);
}

bool pdf_fonts_write(PdfFonts *fonts, PdfOut *out, unsigned resources, GError **error)
{
    g_autoptr(GString) dict = g_string_new("<</Font<<");

    for (guint i = 0; i < fonts->faces->len; i++) {
        PdfFace *face = fonts->faces->pdata[i];
        unsigned number;
        hb_blob_t *program;

        if (!face->glyphs->len)
            continue;
        program = subset(face);
        if (!program)
            return app_fail(error, APP_ERROR_DB, "a font cannot be embedded");
        number = pdf_out_number(out);
        write_font(out, face, number, program);
        hb_blob_destroy(program);
        g_string_append_printf(dict, "/F%u %u 0 R", i, number);
    }
    g_string_append(dict, ">>>>");
    pdf_out_object(out, resources, dict);
    return true;
}
