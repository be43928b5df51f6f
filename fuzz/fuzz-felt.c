/* fuzz-felt.c - any bytes as what is typed in a field of each kind, and as the small things that are read
 * from addresses and files: ids, numbers, dates, colours, case numbers.
 *
 * The first byte chooses; the rest is the text.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "arena.h"
#include "colour.h"
#include "db.h"
#include "form.h"
#include "i18n.h"
#include "saksnummer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_kind(FieldKind kind, const char *text)
{
    g_autoptr(Arena) arena = arena_new();
    const Field field = { .name = "a",
                          .kind = kind,
                          .label = "A",
                          .not_before = "today",
                          .low = kind == FIELD_INT ? 1 : 0,
                          .high = kind == FIELD_INT ? 99 : 0 };
    const char *value = NULL, *again = NULL;
    const char *problem = form_check(arena, &field, text, "2026-11-23", &value);

    g_assert(value && g_utf8_validate(value, -1, NULL));
    g_assert(!problem || (*problem && g_utf8_validate(problem, -1, NULL)));
    if (problem)
        return;
    g_assert(!*value || kind != FIELD_DATE || date_valid(value));
    g_assert(!form_check(arena, &field, value, "2026-11-23", &again)); /* what is kept is good */
    g_assert(!strcmp(value, again));
}

static void check_dates(const char *text)
{
    char buf[DATE_TEXT];

    g_assert(g_utf8_validate(text, -1, NULL));
    g_assert(date_text(text, buf) && date_short(text, buf) && date_weekday(text));
    g_assert(date_week(text) >= 0 && date_week(text) <= 53);
    g_assert(strlen(date_add(text, 21, buf)) == (date_valid(text) ? 10u : 0u));
    date_school_year(text, buf);
    g_assert(strlen(fuzzy_first(text, buf)) == (fuzzy_valid(text) ? 10u : 0u));
    g_assert(fuzzy_text(text, buf));
}

static void check_small(const char *text)
{
    char id[ID_TEXT], colour[COLOUR_TEXT];
    uint32_t shade = 0;
    double number = 0;
    CaseNumber saksnummer;

    if (id_parse(text))
        g_assert(!strcmp(id_text(id_parse(text), id), text));
    if (colour_parse(text, &shade))
        g_assert(shade <= 0xffffff && strlen(colour_text(shade, colour)) == 7);
    if (num_parse(text, &number))
        g_assert(isfinite(number));
    if (tilstandsrapport_case_parse(text, "2026-11-23", &saksnummer))
        g_assert(g_utf8_validate(text, -1, NULL));
    form_holds_national_id(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    enum { KINDS = FIELD_CHECK, DATES = KINDS, SMALL, N };

    if (len == 0)
        return 0;
    g_autofree char *text = g_strndup((const char *)bytes + 1, len - 1);
    unsigned which = bytes[0] % N;
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    i18n_use(LANG_EN);
    if (which < KINDS && which != FIELD_CHOICE && which != FIELD_RADIO)
        check_kind((FieldKind)which, text);
    else if (which == DATES)
        check_dates(valid);
    else
        check_small(text);
    return 0;
}
