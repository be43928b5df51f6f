/* pdf-fontmap.c - where a document's fonts come from.
 *
 * Almost every document is set in two families alone. Fontconfig's own configuration is some fifty
 * files of rules about other families, and each style asked for is held against every font of the
 * machine: half of a report's time. So the two folders of the two families are read first (by
 * fontconfig and its cache, without rules); a text with a character that Inter lacks is set with
 * everything there is. Where the folders are others, everything is asked from the start.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include "pdf.h"

static const char few_fonts[] = "<fontconfig>"
                                "<dir>/usr/share/fonts/opentype/inter</dir>"
                                "<dir>/usr/share/fonts/truetype/dejavu</dir>"
                                "<cachedir>/var/cache/fontconfig</cachedir>"
                                "</fontconfig>";

static bool has_family(FcConfig *config, const char *family)
{
    const FcFontSet *all = FcConfigGetFonts(config, FcSetSystem);
    FcChar8 *name = NULL;

    for (int i = 0; all && i < all->nfont; i++)
        if (FcPatternGetString(all->fonts[i], FC_FAMILY, 0, &name) == FcResultMatch &&
            !strcmp((const char *)name, family))
            return true;
    return false;
}

/* The configuration with the two families; NULL where they are not. */
static gpointer few(gpointer unused)
{
    FcConfig *config = FcConfigCreate();

    (void)unused;
    if (FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)few_fonts, FcTrue) &&
        FcConfigBuildFonts(config) && has_family(config, PDF_FAMILY) &&
        has_family(config, PDF_MONO))
        return config;
    FcConfigDestroy(config);
    return NULL;
}

/* A thread's own, as Pango's default is: fonts stay loaded from one document to the next. */
static PangoFontMap *small_map(void)
{
    /* lint: state — made once, then read only */
    static GOnce once = G_ONCE_INIT;
    /* lint: state — the map that a thread keeps */
    static GPrivate kept = G_PRIVATE_INIT(g_object_unref);
    FcConfig *config = g_once(&once, few, NULL);
    PangoFontMap *map = g_private_get(&kept);

    if (!config)
        return pango_cairo_font_map_get_default();
    if (map)
        return map;
    map = pango_cairo_font_map_new();
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    g_private_set(&kept, map);
    return map;
}

static PangoContext *context_of(PangoFontMap *map, const char *lang)
{
    cairo_font_options_t *options = cairo_font_options_create();
    PangoContext *context = pango_font_map_create_context(map);

    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string(lang));
    cairo_font_options_destroy(options);
    return context;
}

PangoContext *pdf_context(const char *lang)
{
    return context_of(small_map(), lang);
}

PangoContext *pdf_context_full(const char *lang)
{
    return context_of(pango_cairo_font_map_get_default(), lang);
}
