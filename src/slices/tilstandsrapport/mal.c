/* mal.c - the template of chapters and the report's own language.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "mal.h"

/* Source: Udir's template for the tilstandsrapport, domain.md 1.3; the three statutory themes are those
 * of opplæringslova (2023) § 17-12. */
static const TemplateChapter chapters[] = {
    { "sammendrag", "", false, N_("Summary") },
    { "oppfolging", "", false, N_("Follow-up since last year") },
    { "tema", "ressurs", false, N_("Pupils and resources") },
    { "tema", "laringsmiljo", true, N_("Learning environment") },
    { "tema", "laringsresultat", true, N_("Learning outcomes") },
    { "tema", "gjennomforing", true, N_("Completion") },
    { "tema", "hms", false, N_("Staff and sickness absence") },
    { "internkontroll", "", false, N_("System for follow-up") },
    { "konklusjon", "", false, N_("Conclusion and recommendation") },
};

size_t tilstandsrapport_mal_n_chapters(void)
{
    return G_N_ELEMENTS(chapters);
}

const TemplateChapter *tilstandsrapport_mal_chapter(size_t i)
{
    g_assert(i < G_N_ELEMENTS(chapters));
    return &chapters[i];
}

const char *tilstandsrapport_mal_title(Arena *arena, const TemplateChapter *chapter, Lang lang)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(lang);

    return arena_dup(arena, _(chapter->title));
}

const char *tilstandsrapport_mal_report_name(Lang lang)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(lang);

    return _("State of the schools");
}

Speaking tilstandsrapport_mal_speak(Lang lang)
{
    Speaking speaking = { i18n_current(), true };

    i18n_use(lang);
    return speaking;
}

void tilstandsrapport_mal_speak_end(Speaking *speaking)
{
    if (speaking->changed)
        i18n_use(speaking->before);
    speaking->changed = false;
}
