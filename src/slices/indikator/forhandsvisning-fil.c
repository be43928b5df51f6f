/* forhandsvisning-fil.c - what the preview tells of one file: dialect, counts, differences, problems.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "indikator-sider.h"

#define SHOWN_PROBLEMS 50

static ProblemLines problems_of(Req *req, const ImportProblem *from, size_t n)
{
    ProblemLines lines = { arena_alloc(req->arena, MAX(n, 1) * sizeof(ProblemLine)),
                           MIN(n, SHOWN_PROBLEMS) };

    for (size_t i = 0; i < lines.n; i++)
        lines.v[i] =
            (ProblemLine){ from[i].line
                               ? arena_printf(req->arena, "%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
                                              from[i].line, from[i].column)
                               : _("the whole file"),
                           from[i].message };
    return lines;
}

static void word(Notes *notes, const char *label, const char *text)
{
    if (text && *text)
        notes->v[notes->n++] = (Note){ label, text };
}

static void count(Req *req, Notes *notes, const char *label, int64_t number)
{
    word(notes, label, indikator_number(req, number));
}

static const char *separator_name(char separator)
{
    switch (separator) {
    case ';':
        return _("semicolon");
    case ',':
        return _("comma");
    case '\t':
        return _("TAB");
    case '|':
        return _("vertical bar");
    default:
        return "";
    }
}

static Notes facts_of(Req *req, const ImportResult *r)
{
    Notes notes = { arena_alloc(req->arena, 20 * sizeof(Note)), 0 };

    word(&notes, _("Contents"), r->title);
    word(&notes, _("Periods"), r->periods);
    notes.v[notes.n++] = (Note){ _("Format"), indikator_format_name(r->format), r->format };
    word(&notes, _("Encoding"), *r->encoding ? i18n_text(r->encoding) : "");
    word(&notes, _("Sheet"), r->sheet);
    word(&notes, _("Between the columns"), separator_name(r->separator));
    if (!*r->format)
        return notes; /* nothing of it was counted */
    count(req, &notes, _("Rows"), r->rows);
    count(req, &notes, _("Masked cells"), r->masked);
    count(req, &notes, _("Empty cells"), r->missing);
    count(req, &notes, _("Cells with 0"), r->zeros);
    if (r->not_tested)
        count(req, &notes, _("Not tested"), r->not_tested);
    if (r->duplicates)
        count(req, &notes, _("Repeated rows"), r->duplicates);
    count(req, &notes, _("Known units"), r->units_matched);
    count(req, &notes, _("Units passed over"), r->units_unknown);
    return notes;
}

static Notes differences_of(Req *req, const ImportResult *r)
{
    Notes notes = { arena_alloc(req->arena, 6 * sizeof(Note)), 0 };

    if (r->n_errors || r->known_before)
        return notes;
    count(req, &notes, _("New values"), r->fresh);
    count(req, &notes, _("Changed values"), r->changed);
    count(req, &notes, _("The same as before"), r->same);
    if (r->gone)
        count(req, &notes, _("Stored, not in the file: stay as they are"), r->gone);
    return notes;
}

static ChangeLines changes_of(Req *req, const ImportResult *r)
{
    ChangeLines lines = { arena_alloc(req->arena, MAX(r->n_changes, 1) * sizeof(ChangeLine)),
                          r->n_changes };

    for (size_t i = 0; i < lines.n; i++) {
        const ImportChange *c = r->changes[i];

        lines.v[i] = (ChangeLine){ c->unit, c->indicator, c->period,
                                   c->from, c->to,        indikator_number(req, c->line) };
    }
    return lines;
}

static Notes covered_of(Req *req, const ImportResult *r)
{
    Notes notes = { arena_alloc(req->arena, MAX(r->n_covered, 1) * sizeof(Note)), 0 };

    for (size_t i = 0; i < r->n_covered; i++) {
        const ImportCovered *c = &r->covered[i];
        const char *label = *c->name ? c->name : c->code;

        word(&notes, label,
             strcmp(c->first, c->last)
                 ? arena_printf(req->arena, "%s · %s–%s · %s", c->code, c->first, c->last,
                                indikator_number(req, c->n))
                 : arena_printf(req->arena, "%s · %s · %s", c->code, c->first,
                                indikator_number(req, c->n)));
    }
    return notes;
}

static Notes earlier_of(Req *req, const ImportResult *r)
{
    Notes notes = { arena_alloc(req->arena, MAX(r->n_earlier, 1) * sizeof(Note)), 0 };

    for (size_t i = 0; i < r->n_earlier; i++)
        word(&notes, r->earlier[i].filename,
             arena_printf(req->arena, ngettext("%s, %s value", "%s, %s values", r->earlier[i].n),
                          indikator_when(req, r->earlier[i].imported_at),
                          indikator_number(req, r->earlier[i].n)));
    return notes;
}

static Notes quality_of(Req *req, const ImportResult *r)
{
    Notes notes = { arena_alloc(req->arena, MAX(r->n_quality, 1) * sizeof(Note)), 0 };

    for (size_t i = 0; i < r->n_quality; i++)
        word(&notes, "", r->quality[i]);
    return notes;
}

static ProblemLines skipped_of(Req *req, const ImportResult *r)
{
    ProblemLines lines = { arena_alloc(req->arena, MAX(r->n_skipped, 1) * sizeof(ProblemLine)),
                           MIN(r->n_skipped, SHOWN_PROBLEMS) };

    for (size_t i = 0; i < lines.n; i++)
        lines.v[i] =
            (ProblemLine){ arena_printf(req->arena,
                                        ngettext("%s row, first in line %s",
                                                 "%s rows, first in line %s", r->skipped[i].n),
                                        indikator_number(req, r->skipped[i].n),
                                        indikator_number(req, r->skipped[i].place)),
                           r->skipped[i].text };
    return lines;
}

/* A file about the whole country, of which the owner's own store would take next to nothing. */
static bool is_national(bool shared, const ImportResult *r)
{
    return !shared && !strcmp(r->format, "udir-csv") && r->units_unknown > r->units_matched;
}

static const char *tick_of(Req *req, const DryRun *run, const ImportResult *r)
{
    if (run->refused || (r->known_before && !r->undone_before))
        return "";
    if (run->national)
        return arena_printf(req->arena, _("Yes, take in only our own units’ values from %s"),
                            run->filename);
    return r->n_skipped
               ? arena_printf(req->arena, _("Yes, import %s without the rows that are passed over"),
                              run->filename)
               : "";
}

bool indikator_fill_run(Req *req, const Previewed *file, const ImportResult *r, DryRun *run,
                        GError **error)
{
    run->title = r->title;
    run->refused = r->n_errors > 0;
    run->unknown = (r->has_table && !r->mapped) || r->unmapped > 0;
    run->mapped = r->mapped;
    run->known_before = r->known_before;
    run->undone_before = r->undone_before;
    run->national = !run->refused && !r->known_before && is_national(file->shared, r);
    run->asks = run->refused && r->n_errors == r->n_unknown + r->n_columns;
    run->n_values = r->values;
    run->facts = facts_of(req, r);
    run->differences = differences_of(req, r);
    run->changes = changes_of(req, r);
    run->covered = covered_of(req, r);
    run->earlier = earlier_of(req, r);
    run->quality = quality_of(req, r);
    run->errors = problems_of(req, r->errors, run->asks ? 0 : r->n_errors);
    run->warnings = problems_of(req, r->warnings, r->n_warnings);
    run->errors_caption = _("Errors");
    run->warnings_caption = _("Worth a look");
    run->skipped = skipped_of(req, r);
    run->n_errors = r->n_errors;
    run->tick = tick_of(req, run, r);
    if (run->national &&
        !tilgang_other_role(req, PERM_SHARED_IMPORT, true, "/import", &run->admin, error))
        return false;
    return indikator_check_lines(req, file->filename, r->controls, &run->checks, error) &&
           indikator_questions(req, file, r, &run->questions, error);
}
