/* pdf-catalog.c - outline, language, metadata and output intent of the file.
 *
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pdf-finish.h"

#define PROFILE "/usr/share/color/icc/sRGB.icc" /* package icc-profiles-free */

/* --- outline ------------------------------------------------------------------------------------ */

typedef struct {
    const Anchor *anchor; /* NULL: the outline itself */
    unsigned number, parent, first, last, prev, next;
    int level, kids;
} Branch;

/* Items numbered, and each hung below the last heading of a lower level. */
static GArray *branches(Finish *f)
{
    GArray *list = g_array_new(FALSE, TRUE, sizeof(Branch));
    Branch top = { .number = pdf_out_number(f->out) };
    guint stack[5] = { 0 };
    int depth = 0;

    g_array_append_val(list, top);
    for (guint i = 0; i < f->pdf->anchors->len; i++) {
        const Anchor *anchor = &g_array_index(f->pdf->anchors, Anchor, i);
        Branch item = { .anchor = anchor,
                        .number = pdf_out_number(f->out),
                        .level = anchor->block->level };

        while (depth > 0 && g_array_index(list, Branch, stack[depth]).level >= item.level)
            depth--;
        Branch *parent = &g_array_index(list, Branch, stack[depth]);
        item.parent = parent->number;
        item.prev = parent->last;
        parent->first = parent->first ? parent->first : item.number;
        parent->last = item.number;
        parent->kids++;
        if (item.prev) /* numbers run with the list */
            g_array_index(list, Branch, item.prev - top.number).next = item.number;
        stack[++depth] = list->len;
        g_array_append_val(list, item);
    }
    return list;
}

static void write_branch(Finish *f, const Branch *branch)
{
    const struct {
        const char *key;
        unsigned number;
    } refs[] = { { "/Parent", branch->parent },
                 { "/First", branch->first },
                 { "/Last", branch->last },
                 { "/Prev", branch->prev },
                 { "/Next", branch->next } };

    g_string_append(f->text, branch->anchor ? "<<" : "<</Type/Outlines");
    for (size_t i = 0; i < G_N_ELEMENTS(refs); i++)
        if (refs[i].number)
            pdf_put_ref(f->text, refs[i].key, refs[i].number);
    if (branch->kids) { /* open to the first level, folded below it */
        g_string_append(f->text, "/Count ");
        pdf_put_int(f->text, branch->anchor ? -branch->kids : branch->kids);
    }
    if (branch->anchor) {
        pdf_put_text(f->text, "/Title", branch->anchor->block->text);
        pdf_put_destination(f, "/Dest", branch->anchor);
    }
    g_string_append(f->text, ">>");
    pdf_end_object(f, branch->number);
}

static void write_outline(Finish *f, GString *catalog)
{
    g_autoptr(GArray) list = NULL;

    if (!f->pdf->anchors->len)
        return;
    list = branches(f);
    for (guint i = 0; i < list->len; i++)
        write_branch(f, &g_array_index(list, Branch, i));
    pdf_put_ref(catalog, "/Outlines", g_array_index(list, Branch, 0).number);
    g_string_append(catalog, "/PageMode/UseOutlines");
}

/* --- metadata ----------------------------------------------------------------------------------- */

static unsigned write_info(Finish *f, const char *date)
{
    const DocMeta *meta = &f->pdf->doc->meta;
    const char *const pairs[][2] = { { "/Title", meta->title },     { "/Author", meta->author },
                                     { "/Subject", meta->subject }, { "/Creator", "oppvekst" },
                                     { "/Producer", "oppvekst" },   { "/CreationDate", date },
                                     { "/ModDate", date } };
    unsigned number = pdf_out_number(f->out);

    g_string_append(f->text, "<<");
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        if (pairs[i][1])
            pdf_put_text(f->text, pairs[i][0], pairs[i][1]);
    g_string_append(f->text, ">>");
    pdf_end_object(f, number);
    return number;
}

static unsigned write_metadata(Finish *f, GString *catalog)
{
    const DocMeta *meta = &f->pdf->doc->meta;
    g_autofree char *date = pdf_date(meta->created, false);
    g_autofree char *stamp = pdf_date(meta->created, true);
    g_autofree char *xmp = pdf_xmp(f->pdf->doc, stamp);
    unsigned number = pdf_out_number(f->out);

    pdf_out_stream(f->out, number, "/Type/Metadata/Subtype/XML", xmp, strlen(xmp));
    pdf_put_ref(catalog, "/Metadata", number);
    pdf_put_text(catalog, "/Lang", meta->lang);
    g_string_append(catalog, "/ViewerPreferences<</DisplayDocTitle true>>");
    return write_info(f, date);
}

static bool write_intent(Finish *f, GString *catalog, GError **error)
{
    g_autofree char *profile = NULL;
    unsigned number = pdf_out_number(f->out);
    size_t size = 0;

    if (!g_file_get_contents(PROFILE, &profile, &size, NULL))
        return app_fail(error, APP_ERROR_DB, "%s is missing (icc-profiles-free)", PROFILE);
    pdf_out_stream(f->out, number, "/N 3", profile, size);
    pdf_put_ref(catalog,
                "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier"
                "(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile",
                number);
    g_string_append(catalog, ">>]");
    return true;
}

bool pdf_catalog(Finish *f, GString *catalog, unsigned *ret_info, GError **error)
{
    write_outline(f, catalog);
    *ret_info = write_metadata(f, catalog);
    return write_intent(f, catalog, error);
}
