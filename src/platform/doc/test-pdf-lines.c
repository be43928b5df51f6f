/* test-pdf-lines.c - our lines are PangoLayout's lines: the same words, widths and fonts on each.
 *
 * SPDX-License-Identifier: EUPL-1.2 */
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include "app.h"
#include "pdf.h"

static const char *const texts[] = {
    "",
    "Skule",
    "Elevane trivst godt, og 92,4 % seier at dei har nokon å vere saman med i friminutta.",
    "To  blanke, og ein bindestrek i 2024/25–2025/26 – «sitat» (og parentes) før/etter 49 ±0,1.",
    "eitt-langt-ord-med-bindestrekar-som-ikkje-får-plass og Menneskerettighetsorganisasjonene",
    "Menneskerettighetsorganisasjonenes\u200bmedlemskapskontingent",
    "to linjer\nog ein ny\n",
    "\n",
    "AVATAR Ty. Wa: fi ffl å e\u0301 æøåÆØÅ §½×→",
    "Sammendrag på عربي er مدرسة النرويج og слово и дело sammen med 学校 og emoji 🎒 her",
    "مدرسة النرويج في المدينة الكبيرة جدا والجميلة",
};

typedef struct {
    PangoContext *context;
    PangoFontDescription *font;
    PangoAttrList *attrs;
} Fixture;

static PangoLayout *reference(const Fixture *f, const char *words, int width)
{
    PangoLayout *layout = pango_layout_new(f->context);

    pango_layout_set_font_description(layout, f->font);
    pango_layout_set_attributes(layout, f->attrs);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, width);
    pango_layout_set_text(layout, words, -1);
    return layout;
}

/* What a line shows: each run's font, place in the text and width. */
static void tell(GString *to, const PangoGlyphItem *run)
{
    g_autoptr(PangoFontDescription) font = pango_font_describe(run->item->analysis.font);

    g_string_append_printf(to, "[%s %d+%d w%.1f]", pango_font_description_get_family(font),
                           run->item->offset, run->item->length, pdf_run_width(run));
}

static void compare(const Fixture *f, const char *words, int width)
{
    Shaped *shaped = pdf_shape(f->context, f->font, f->attrs, words);
    Lines *lines = pdf_lines(shaped, width);
    g_autoptr(PangoLayout) layout = reference(f, words, width);

    for (int i = 0; i < MAX((int)lines->line->len, pango_layout_get_line_count(layout)); i++) {
        g_autoptr(GString) ours = g_string_new(NULL);
        g_autoptr(GString) theirs = g_string_new(NULL);
        PangoLayoutLine *line = pango_layout_get_line_readonly(layout, i);
        const GPtrArray *own = i < (int)lines->line->len ? pdf_lines_line(lines, i) : NULL;

        for (guint k = 0; own && k < own->len; k++)
            tell(ours, own->pdata[k]);
        for (GSList *l = line ? line->runs : NULL; l; l = l->next)
            tell(theirs, l->data);
        if (strcmp(ours->str, theirs->str))
            g_test_message("width %d, line %d of \"%s\"", width, i, words);
        g_assert_cmpstr(ours->str, ==, theirs->str);
    }
    g_assert_cmpint((int)lines->line->len, ==, pango_layout_get_line_count(layout));
    pdf_lines_free(lines);
    pdf_shaped_free(shaped);
}

static Fixture *fixture(PangoContext *context, const char *features)
{
    Fixture *f = g_new0(Fixture, 1);

    f->context = context;
    f->font = pango_font_description_from_string("Inter");
    pango_font_description_set_absolute_size(f->font, 10.2 * PANGO_SCALE);
    f->attrs = pango_attr_list_new();
    pango_attr_list_insert(f->attrs, pango_attr_font_features_new(features));
    return f;
}

static void fixture_free(Fixture *f)
{
    g_object_unref(f->context);
    pango_font_description_free(f->font);
    pango_attr_list_unref(f->attrs);
    g_free(f);
}

static void lines_are_those_of_pango_layout(void)
{
    static const char *const features[] = { "calt=0", "calt=0, tnum=1" };

    for (size_t k = 0; k < G_N_ELEMENTS(features); k++) {
        Fixture *f = fixture(pdf_context_full("nn"), features[k]);

        for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
            for (int width = 418; width >= 12; width = width * 2 / 3)
                compare(f, texts[i], width * PANGO_SCALE);
        for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
            compare(f, texts[i], -1);
        fixture_free(f);
    }
}

/* Two families are enough for what Inter has: the lines are the same as with all fonts at hand. */
static void few_fonts_set_the_same_lines(void)
{
    static const char words[] = "Vår sære Zulu fra badeøya spilte 49 ±0,1 – «jo» whist";
    Fixture *few = fixture(pdf_context("nb"), "calt=0"),
            *all = fixture(pdf_context_full("nb"), "calt=0");
    static const PangoWeight weights[] = { 400, 500, 600, 650, 700 };

    for (size_t i = 0; i < G_N_ELEMENTS(weights); i++) {
        Shaped *a, *b;
        Lines *from_few, *from_all;

        pango_font_description_set_weight(few->font, weights[i]);
        pango_font_description_set_weight(all->font, weights[i]);
        a = pdf_shape(few->context, few->font, few->attrs, words);
        b = pdf_shape(all->context, all->font, all->attrs, words);
        from_few = pdf_lines(a, -1);
        from_all = pdf_lines(b, -1);
        g_assert_cmpfloat(pdf_lines_width(from_few), ==, pdf_lines_width(from_all));
        g_assert_cmpfloat(pdf_lines_width(from_few), >, 200);
        pdf_lines_free(from_few);
        pdf_lines_free(from_all);
        pdf_shaped_free(a);
        pdf_shaped_free(b);
    }
    fixture_free(few);
    fixture_free(all);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pdf/lines/are-those-of-pango-layout", lines_are_those_of_pango_layout);
    g_test_add_func("/pdf/lines/few-fonts-set-the-same", few_fonts_set_the_same_lines);
    return g_test_run();
}
