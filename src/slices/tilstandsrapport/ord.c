/* ord.c - words of the domain that titles and sentences of a report are made of.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "blokker.h"

const char *tilstandsrapport_word_subject(const char *code)
{
    static const struct {
        const char *prefix, *name;
    } subjects[] = {
        { "NP.LES.", N_("reading") },
        { "NP.REG.", N_("numeracy") },
        { "NP.ENG.", N_("English") },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++)
        if (g_str_has_prefix(code, subjects[i].prefix))
            return _(subjects[i].name);
    return NULL;
}

const char *tilstandsrapport_word_grade(Arena *arena, const char *grade)
{
    return arena_printf(arena, _("grade %s"), grade);
}

const char *tilstandsrapport_word_short_name(Arena *arena, const char *name)
{
    static const char *const endings[] = { " kommune", " fylkeskommune" };

    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(name, endings[i]))
            return arena_ndup(arena, name, strlen(name) - strlen(endings[i]));
    return name;
}

const char *tilstandsrapport_word_period(Arena *arena, const char *period)
{
    if (strlen(period) != 6 || period[4] != 'K' || period[5] < '1' || period[5] > '4')
        return period;
    switch (period[5]) {
    case '1':
        return arena_printf(arena, _("first quarter of %.4s"), period);
    case '2':
        return arena_printf(arena, _("second quarter of %.4s"), period);
    case '3':
        return arena_printf(arena, _("third quarter of %.4s"), period);
    default:
        return arena_printf(arena, _("fourth quarter of %.4s"), period);
    }
}

const char *tilstandsrapport_word_capital(Arena *arena, const char *text)
{
    char first[7] = "";
    int length;

    if (!*text)
        return text;
    length = g_unichar_to_utf8(g_unichar_toupper(g_utf8_get_char(text)), first);
    return arena_printf(arena, "%.*s%s", length, first, g_utf8_next_char(text));
}

const char *tilstandsrapport_word_title(Arena *arena, const Indicator *indicator)
{
    const char *subject = tilstandsrapport_word_subject(indicator->code);

    if (!subject)
        return indicator->name;
    return arena_printf(arena, "%s, %s", tilstandsrapport_word_capital(arena, subject),
                        tilstandsrapport_word_grade(arena, indicator->grade));
}
