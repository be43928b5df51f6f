/* pdf-catalog.c - outline, language, metadata and output intent of the finished file.
 *
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pdf-finish.h"

#define PROFILE "/usr/share/color/icc/sRGB.icc" /* package icc-profiles-free */

/* --- outline ------------------------------------------------------------------------------------ */

typedef struct {
    qpdf_oh object, first, last;
    int level, kids;
} Branch;

static void hang(Finish *f, Branch *parent, qpdf_oh item)
{
    put_shared(f, item, "/Parent", parent->object);
    if (parent->last) {
        put_shared(f, parent->last, "/Next", item);
        put_shared(f, item, "/Prev", parent->last);
    } else {
        put_shared(f, parent->object, "/First", item);
    }
    put_shared(f, parent->object, "/Last", item);
    parent->last = item;
    parent->kids++;
}

static void close_branch(Finish *f, const Branch *branch)
{
    if (branch->kids) /* open to the first level, folded below it */
        put(f, branch->object, "/Count",
            qpdf_oh_new_integer(f->q, branch->level == 0 ? branch->kids : -branch->kids));
}

static void write_outline(Finish *f, qpdf_oh catalog)
{
    Branch stack[5] = { { .object = indirect(f, parsed(f, "<< /Type /Outlines >>")) } };
    int depth = 0;

    if (!f->pdf->anchors->len)
        return;
    for (guint i = 0; i < f->pdf->anchors->len; i++) {
        const Anchor *anchor = &g_array_index(f->pdf->anchors, Anchor, i);
        qpdf_oh item = indirect(f, qpdf_oh_new_dictionary(f->q));

        while (depth > 0 && stack[depth].level >= anchor->block->level)
            close_branch(f, &stack[depth--]);
        put(f, item, "/Title", text_string(f, anchor->block->text));
        put(f, item, "/Dest", pdf_destination(f, anchor));
        hang(f, &stack[depth], item);
        depth++;
        stack[depth] = (Branch){ .object = item, .level = anchor->block->level };
    }
    for (; depth >= 0; depth--)
        close_branch(f, &stack[depth]);
    put_shared(f, catalog, "/Outlines", stack[0].object);
    put(f, catalog, "/PageMode", name(f, "/UseOutlines"));
}

/* --- metadata ----------------------------------------------------------------------------------- */

static void info_text(Finish *f, qpdf_oh info, const char *key, const char *text)
{
    if (text)
        put(f, info, key, text_string(f, text));
}

static void write_metadata(Finish *f, qpdf_oh catalog)
{
    const DocMeta *meta = &f->pdf->doc->meta;
    g_autofree char *date = pdf_date(meta->created, false);
    g_autofree char *stamp = pdf_date(meta->created, true);
    g_autofree char *xmp = pdf_xmp(f->pdf->doc, stamp);
    qpdf_oh info = indirect(f, qpdf_oh_new_dictionary(f->q)), trailer = qpdf_get_trailer(f->q);
    qpdf_oh data = stream(f, xmp, strlen(xmp)), dict = qpdf_oh_get_dict(f->q, data);

    info_text(f, info, "/Title", meta->title);
    info_text(f, info, "/Author", meta->author);
    info_text(f, info, "/Subject", meta->subject);
    info_text(f, info, "/Creator", "oppvekst");
    info_text(f, info, "/Producer", "oppvekst");
    info_text(f, info, "/CreationDate", date);
    info_text(f, info, "/ModDate", date);
    put(f, trailer, "/Info", info);
    put(f, dict, "/Type", name(f, "/Metadata"));
    put(f, dict, "/Subtype", name(f, "/XML"));
    put(f, catalog, "/Metadata", data);
    put(f, catalog, "/Lang", text_string(f, meta->lang));
    put(f, catalog, "/ViewerPreferences", parsed(f, "<< /DisplayDocTitle true >>"));
}

static bool write_intent(Finish *f, qpdf_oh catalog, GError **error)
{
    g_autofree char *profile = NULL;
    size_t size = 0;
    qpdf_oh intent, list, data;

    if (!g_file_get_contents(PROFILE, &profile, &size, NULL))
        return app_fail(error, APP_ERROR_DB, "%s is missing (icc-profiles-free)", PROFILE);
    data = stream(f, profile, size);
    put(f, qpdf_oh_get_dict(f->q, data), "/N", qpdf_oh_new_integer(f->q, 3));
    intent =
        parsed(f, "<< /Type /OutputIntent /S /GTS_PDFA1 "
                  "/OutputConditionIdentifier (sRGB IEC61966-2.1) /Info (sRGB IEC61966-2.1) >>");
    put(f, intent, "/DestOutputProfile", data);
    list = qpdf_oh_new_array(f->q);
    append(f, list, intent);
    put(f, catalog, "/OutputIntents", list);
    return true;
}

bool pdf_catalog(Finish *f, qpdf_oh catalog, GError **error)
{
    write_outline(f, catalog);
    write_metadata(f, catalog);
    return write_intent(f, catalog, error);
}
