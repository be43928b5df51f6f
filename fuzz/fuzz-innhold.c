/* fuzz-innhold.c - any text as a frozen report: refused in words, or read, and then the same again as
 * it is written. A database from a backup holds whatever somebody put there.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "innhold.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_report(Arena *arena, const char *text)
{
    g_autoptr(GError) why = NULL;
    Content content, again;

    if (!tilstandsrapport_from_json(arena, text, &content, &why)) {
        g_assert(why && why->code == APP_ERROR_DB && *why->message);
        return;
    }
    g_autofree char *first = tilstandsrapport_to_json(&content);

    g_assert(tilstandsrapport_from_json(arena, first, &again, NULL));
    g_autofree char *second = tilstandsrapport_to_json(&again);

    g_assert(!strcmp(first, second));
}

static void check_figures(Arena *arena, const char *text)
{
    g_autoptr(GError) why = NULL;
    Figures figures, again;

    if (!tilstandsrapport_figures_from_json(arena, text, &figures, &why)) {
        g_assert(why && why->code == APP_ERROR_DB && *why->message);
        return;
    }
    g_autofree char *first = tilstandsrapport_figures_to_json(&figures);

    g_assert(tilstandsrapport_figures_from_json(arena, first, &again, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autofree char *text = g_strndup((const char *)bytes, len);
    g_autoptr(Arena) arena = arena_new();

    i18n_use(LANG_EN);
    check_report(arena, text);
    check_figures(arena, text);
    return 0;
}
