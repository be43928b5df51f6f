/* rettelse-doc.c - in the report itself: what was corrected, and «dere sa – vi gjorde».
 * SPDX-License-Identifier: EUPL-1.2 */
#include "rettelse.h"

static const char *correction_text(Arena *arena, const CorrectionNote *c)
{
    return c->figures
               ? arena_printf(arena, _("Figures. What was wrong: %1$s What is right: %2$s"), c->was,
                              c->now)
               : arena_printf(arena, _("It said «%1$s». It is to say «%2$s»."), c->was, c->now);
}

void tilstandsrapport_doc_corrections(Doc *doc, Arena *arena, const Content *content)
{
    char day[DATE_TEXT];

    for (size_t i = 0; i < content->n_corrections; i++) {
        const CorrectionNote *c = &content->corrections[i];

        doc_note_begin(doc, DOC_WARNING,
                       *c->title ? arena_printf(arena, _("Corrected %1$s: %2$s"),
                                                date_text(c->day, day), c->title)
                                 : arena_printf(arena, _("Corrected %s"), date_text(c->day, day)));
        doc_para(doc, correction_text(arena, c));
        doc_end(doc);
    }
}

void tilstandsrapport_doc_inputs(Doc *doc, Arena *arena, const Content *content)
{
    if (!content->n_inputs)
        return;
    doc_heading(doc, 1, "dere-sa", _("You said – we did"));
    doc_para(doc, _("What came up in the dialogue about this report, and what came of it."));
    for (size_t i = 0; i < content->n_inputs; i++) {
        const AnsweredInput *a = &content->inputs[i];
        const char *group = tilstandsrapport_group_name(a->group);

        doc_heading(doc, 2, NULL,
                    *a->title  ? arena_printf(arena, "%s: %s", *a->body ? a->body : group, a->title)
                    : *a->body ? a->body
                               : group);
        doc_term(doc, _("You said"), a->text);
        doc_term(doc, tilstandsrapport_verdict_name(a->verdict), a->answer);
    }
}
