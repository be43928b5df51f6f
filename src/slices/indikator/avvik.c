/* avvik.c - why a figure here may differ from what its source shows on its own pages: a table for each
 * source of the catalogue, and the breaks of the national tests.
 *
 * Sources: udir.no on the national tests' scales and on masking; SSB's notes to tables 07170 and 13719;
 * GSI's, Elevundersøkelsen's and BASIL's own guides; KS and NAV on sickness absence.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator-sider.h"

#define MOST 8

typedef struct {
    const char *label, *text; /* msgids */
} Cause;

/* What holds for every figure that comes as a file. */
static const Cause of_any_file = {
    N_("Import date"),
    N_("The figure is that of the file named above, as it stood when it was downloaded. What its "
       "source "
       "has corrected or taken away since is not known here until a newer file is imported.")
};
static const Cause of_any_mask = { N_("Masking"),
                                   N_("Our own rules hide small groups from the public, also where "
                                      "the source shows the figure. What "
                                      "the source hides is hidden here too.") };
/* Of several sources: a macro, since clang takes no variable for a constant. */
#define OF_PRIVATE                                                                                 \
    {                                                                                              \
        N_("Private schools"),                                                                     \
            N_("The file says whether a figure is about all schools of the municipality or the "   \
               "public "                                                                           \
               "ones alone. Compare with the same choice on the source’s page.")                   \
    }

static const struct {
    const char *source;
    Cause causes[MOST - 2];
} table[] = {
    { "udir_np",
      { { N_("Rounding"), N_("Udir shows whole points. Sums and means made from rounded figures "
                             "can differ by one from "
                             "those Udir makes of the exact ones, so the published figure is "
                             "always the one shown.") },
        OF_PRIVATE,
        { N_("Grade"),
          N_("Grade 9 takes the same tests as grade 8. See that the grade is the same.") },
        { N_("Levels and points"), N_("Mean level and scale points are two indicators. Neither can "
                                      "be computed from the other.") },
        { N_("Break in the scale"),
          N_("The scale was set anew in 2014 and in 2022. Statistics Norway also shows older years "
             "corrected to the new scale; Udir took results from before 2022 away in November "
             "2025.") } } },
    { "udir_eu",
      { { N_("Season"), N_("From 2013 pupils answer in the autumn, before that in the spring. The "
                           "autumn belongs to "
                           "the school year that begins.") },
        { N_("Index or question"), N_("An index is the mean of several questions. Udir’s page can "
                                      "show one question of it.") },
        { N_("Grade"),
          N_("Grades 7 and 10 must answer, others may. A mean of all grades is another figure.") },
        { N_("Rounding"), N_("Means are shown with one decimal.") },
        OF_PRIVATE } },
    { "udir_gsi",
      { { N_("Day of counting"), N_("Schools count on 1 October. Figures are preliminary until the "
                                    "county governor has approved "
                                    "them in December.") },
        OF_PRIVATE,
        { N_("What is counted"), N_("Shares are computed here from the counts, and rounded once. "
                                    "Special needs education got a "
                                    "new name and content in August 2024.") } } },
    { "udir_karakter",
      { { N_("Preliminary and final"),
          N_("Grades are published as preliminary in the summer and final in the autumn.") },
        OF_PRIVATE,
        { N_("Who is counted"), N_("Pupils with grades in fewer than half of their subjects have "
                                   "no points, and are not in "
                                   "the mean.") } } },
    { "udir_overgang",
      { { N_("Where the pupils live"),
          N_("Transition is counted by where pupils live, not by where they went to school.") },
        { N_("When it is counted"),
          N_("Only those who begin upper secondary education the same autumn are counted.") } } },
    { "basil",
      { { N_("Day of counting"), N_("Kindergartens count on 15 December.") },
        { N_("Private kindergartens"), N_("See whether the figure is about all kindergartens of "
                                          "the municipality or its own alone.") } } },
    { "hr_lokal",
      { { N_("How it is counted"),
          N_("Sickness absence is lost days divided by agreed days. Statistics Norway and NAV "
             "count "
             "other employees, and NAV only what a doctor has certified.") },
        { N_("Quarter or year"),
          N_("A year is the sum of its quarters, not the mean of four percentages.") } } },
    { "undersokelse_lokal",
      { { N_("Who answered"), N_("A survey is about those who answered. The provider’s own report "
                                 "may count answers that "
                                 "came later, or other units.") } } },
};

static void add(Notes *notes, const Cause *cause)
{
    notes->v[notes->n++] = (Note){ .label = _(cause->label), .text = _(cause->text) };
}

Notes indikator_differences(Arena *arena, const Indicator *about)
{
    Notes notes = { arena_alloc(arena, MOST * sizeof(Note)), 0 };

    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        if (strcmp(table[i].source, about->source))
            continue;
        for (const Cause *c = table[i].causes; c < table[i].causes + MOST - 2 && c->label; c++)
            add(&notes, c);
    }
    add(&notes, &of_any_mask);
    add(&notes, &of_any_file);
    return notes;
}
