/* pdf-finish.c - from drawn pages to a file made to PDF/UA-1 and PDF/A-2a.
 *
 * Writes fonts, pages, links, and the structure tree with the parent tree that leads back to it.
 * Sources: ISO 32000-1 14.7-14.8, ISO 14289-1 clause 7, ISO 19005-2 clause 6.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pdf-finish.h"

void pdf_end_object(Finish *f, unsigned number)
{
    pdf_out_object(f->out, number, f->text);
    g_string_truncate(f->text, 0);
}

static unsigned object(Finish *f, const char *text)
{
    unsigned number = pdf_out_number(f->out);

    g_string_append(f->text, text);
    pdf_end_object(f, number);
    return number;
}

/* --- structure ---------------------------------------------------------------------------------- */

static bool is_empty(const Elem *elem)
{
    return elem->type ? !elem->first && strcmp(elem->type, "TD") && strcmp(elem->type, "TH") &&
                            strcmp(elem->type, "LBody")
                      : elem->mark.page < 0;
}

/* Removes elements nothing was drawn for, such as a front part without cover and contents. */
static void prune(Elem *elem)
{
    Elem **link = &elem->first;

    elem->last = NULL;
    while (*link) {
        Elem *kid = *link;

        if (kid->type)
            prune(kid);
        if (is_empty(kid)) {
            *link = kid->next;
        } else {
            elem->last = kid;
            link = &kid->next;
        }
    }
}

static void number_elems(Finish *f, Elem *elem)
{
    elem->object = pdf_out_number(f->out);
    for (Elem *kid = elem->first; kid; kid = kid->next) {
        if (kid->type)
            number_elems(f, kid);
        else if (elem->page < 0)
            elem->page = kid->mark.page;
    }
}

static void put_mark(Finish *f, Elem *elem, Mark mark)
{
    GPtrArray *parents = f->parents[mark.page];

    if ((guint)mark.mcid >= parents->len)
        g_ptr_array_set_size(parents, mark.mcid + 1);
    parents->pdata[mark.mcid] = elem;
    if (mark.page == elem->page) {
        g_string_append_c(f->text, ' ');
        pdf_put_int(f->text, mark.mcid);
        return;
    }
    pdf_put_ref(f->text, "<</Type/MCR/Pg", f->pages[mark.page]);
    g_string_append(f->text, "/MCID ");
    pdf_put_int(f->text, mark.mcid);
    g_string_append(f->text, ">>");
}

static void put_objects(Finish *f, const Elem *elem)
{
    for (guint i = 0; elem->objects && i < elem->objects->len; i++) {
        int number = g_array_index(elem->objects, int, i);
        const Link *link = &g_array_index(f->pdf->links, Link, number);

        pdf_put_ref(f->text, "<</Type/OBJR/Obj", f->links[number]);
        pdf_put_ref(f->text, "/Pg", f->pages[link->page->index]);
        g_string_append(f->text, ">>");
    }
}

static void put_attrs(Finish *f, const Elem *elem)
{
    g_string_append(f->text, "/S/");
    g_string_append(f->text, elem->type);
    if (elem->alt)
        pdf_put_text(f->text, "/Alt", elem->alt);
    if (elem->lang)
        pdf_put_text(f->text, "/Lang", elem->lang);
    if (elem->attr == ATTR_BBOX) {
        g_string_append(f->text, "/A<</BBox[");
        for (int i = 0; i < 4; i++) {
            pdf_put_number(f->text, elem->bbox[i]);
            g_string_append_c(f->text, ' ');
        }
        g_string_append(f->text, "]/O/Layout/Placement/Block>>");
    } else if (elem->attr) {
        pdf_put_ref(f->text, "/A", f->attrs[elem->attr]);
    }
    if (elem->page >= 0)
        pdf_put_ref(f->text, "/Pg", f->pages[elem->page]);
}

static void write_elem(Finish *f, Elem *elem, unsigned parent)
{
    pdf_put_ref(f->text, "<</P", parent);
    put_attrs(f, elem);
    g_string_append(f->text, "/K[");
    for (Elem *kid = elem->first; kid; kid = kid->next) {
        if (kid->type) {
            pdf_put_ref(f->text, "", kid->object);
            continue;
        }
        put_mark(f, elem, kid->mark);
        for (guint i = 0; kid->more && i < kid->more->len; i++)
            put_mark(f, elem, g_array_index(kid->more, Mark, i));
    }
    put_objects(f, elem);
    g_string_append(f->text, "]>>");
    pdf_end_object(f, elem->object);
    for (Elem *kid = elem->first; kid; kid = kid->next)
        if (kid->type)
            write_elem(f, kid, elem->object);
}

/* The elements of one page's marks, in their order. */
static unsigned write_parents(Finish *f, const GPtrArray *parents)
{
    unsigned number = pdf_out_number(f->out);

    g_string_append_c(f->text, '[');
    for (guint i = 0; i < parents->len; i++)
        pdf_put_ref(f->text, "", ((const Elem *)parents->pdata[i])->object);
    g_string_append_c(f->text, ']');
    pdf_end_object(f, number);
    return number;
}

static unsigned write_parent_tree(Finish *f)
{
    guint n_pages = f->pdf->pages->len;
    g_autoptr(GString) tree = g_string_new("<</Nums[");
    unsigned number = pdf_out_number(f->out);

    for (guint i = 0; i < n_pages + f->pdf->links->len; i++) {
        pdf_put_int(tree, i);
        pdf_put_ref(tree, "",
                    i < n_pages ? write_parents(f, f->parents[i])
                                : g_array_index(f->pdf->links, Link, i - n_pages).elem->object);
        g_string_append_c(tree, ' ');
    }
    g_string_append(tree, "]>>");
    pdf_out_object(f->out, number, tree);
    return number;
}

static void write_structure(Finish *f, GString *catalog)
{
    static const char *const attrs[ATTR_BBOX] = {
        [ATTR_COLUMN] = "<</O/Table/Scope/Column>>",
        [ATTR_ROW] = "<</O/Table/Scope/Row>>",
        [ATTR_DISC] = "<</O/List/ListNumbering/Disc>>",
        [ATTR_DECIMAL] = "<</O/List/ListNumbering/Decimal>>",
        [ATTR_NOMARK] = "<</O/List/ListNumbering/None>>",
    };
    Elem *document = f->pdf->tree;
    unsigned root = pdf_out_number(f->out), tree;

    for (int i = 1; i < ATTR_BBOX; i++)
        f->attrs[i] = object(f, attrs[i]);
    prune(document);
    number_elems(f, document);
    write_elem(f, document, root);
    tree = write_parent_tree(f);
    g_string_append(f->text, "<</Type/StructTreeRoot/RoleMap<</Title/P>>");
    pdf_put_ref(f->text, "/K", document->object);
    pdf_put_ref(f->text, "/ParentTree", tree);
    g_string_append(f->text, "/ParentTreeNextKey ");
    pdf_put_int(f->text, f->pdf->pages->len + f->pdf->links->len);
    g_string_append(f->text, ">>");
    pdf_end_object(f, root);
    pdf_put_ref(catalog, "/StructTreeRoot", root);
    g_string_append(catalog, "/MarkInfo<</Marked true>>");
}

/* --- links -------------------------------------------------------------------------------------- */

void pdf_put_destination(Finish *f, const char *key, const Anchor *anchor)
{
    g_string_append(f->text, key);
    pdf_put_ref(f->text, "[", f->pages[anchor->page->index]);
    g_string_append(f->text, "/XYZ 0 ");
    pdf_put_number(f->text, anchor->page->h - anchor->y + 12);
    g_string_append(f->text, " null]");
}

static const Anchor *anchor_of(const Finish *f, const char *url)
{
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(f->pdf->targets, url + 1));

    return n ? &g_array_index(f->pdf->anchors, Anchor, n - 1) : NULL;
}

/* An address as 7-bit ASCII, as /URI wants it. */
static void put_uri(Finish *f, const char *url)
{
    g_autofree char *ascii = g_uri_escape_string(url, ":/?#[]@!$&'()*+,;=%", FALSE);

    pdf_put_text(f->text, "/A<</S/URI/URI", ascii);
    g_string_append(f->text, ">>");
}

static void write_link(Finish *f, const Link *link, guint number)
{
    const double corners[] = { link->x, link->page->h - link->y - link->h, link->x + link->w,
                               link->page->h - link->y };
    const Anchor *anchor = *link->url == '#' ? anchor_of(f, link->url) : NULL;

    g_string_append(f->text, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
    for (int i = 0; i < 4; i++) {
        pdf_put_number(f->text, corners[i]);
        g_string_append_c(f->text, ' ');
    }
    g_string_append_c(f->text, ']');
    pdf_put_text(f->text, "/Contents", link->text && *link->text ? link->text : link->url);
    g_string_append(f->text, "/StructParent ");
    pdf_put_int(f->text, f->pdf->pages->len + number);
    if (*link->url != '#')
        put_uri(f, link->url);
    else if (anchor)
        pdf_put_destination(f, "/Dest", anchor);
    g_string_append(f->text, ">>");
    pdf_end_object(f, f->links[number]);
}

/* --- pages -------------------------------------------------------------------------------------- */

/* Glyphs' numbers into their places, now that the fonts are made. */
static void patch(const Finish *f, const Page *page)
{
    static const char digits[] = "0123456789abcdef";

    for (guint i = 0; i < page->patches->len; i++) {
        const PdfPatch *p = &g_array_index(page->patches, PdfPatch, i);
        const PdfFace *face = f->pdf->faces.faces->pdata[p->face];
        unsigned number = pdf_face_glyph(face, p->slot)->placed;

        for (int k = 3; k >= 0; k--, number >>= 4)
            page->content->str[p->at + (guint32)k] = digits[number & 15];
    }
}

static void put_annotations(Finish *f, const Page *page)
{
    bool any = false;

    for (guint i = 0; i < f->pdf->links->len; i++) {
        if (g_array_index(f->pdf->links, Link, i).page != page)
            continue;
        pdf_put_ref(f->text, any ? "" : "/Annots[", f->links[i]);
        any = true;
    }
    if (any)
        g_string_append_c(f->text, ']');
}

static void write_page(Finish *f, guint i, unsigned tree, unsigned resources)
{
    const Page *page = f->pdf->pages->pdata[i];
    unsigned content = pdf_out_number(f->out);

    patch(f, page);
    pdf_out_stream(f->out, content, "", page->content->str, page->content->len);
    pdf_put_ref(f->text, "<</Type/Page/Parent", tree);
    g_string_append(f->text, "/MediaBox[0 0 ");
    pdf_put_number(f->text, page->w);
    g_string_append_c(f->text, ' ');
    pdf_put_number(f->text, page->h);
    pdf_put_ref(f->text, "]/Resources", resources);
    pdf_put_ref(f->text, "/Contents", content);
    g_string_append(f->text, "/Tabs/S/StructParents ");
    pdf_put_int(f->text, i);
    put_annotations(f, page);
    g_string_append(f->text, ">>");
    pdf_end_object(f, f->pages[i]);
}

static bool write_pages(Finish *f, GString *catalog, GError **error)
{
    unsigned tree = pdf_out_number(f->out), resources = pdf_out_number(f->out);
    guint n = f->pdf->pages->len;

    if (!pdf_fonts_write(&f->pdf->faces, f->out, resources, error))
        return false;
    for (guint i = 0; i < n; i++)
        write_page(f, i, tree, resources);
    g_string_append(f->text, "<</Type/Pages/Kids[");
    for (guint i = 0; i < n; i++)
        pdf_put_ref(f->text, "", f->pages[i]);
    g_string_append(f->text, "]/Count ");
    pdf_put_int(f->text, n);
    g_string_append(f->text, ">>");
    pdf_end_object(f, tree);
    pdf_put_ref(catalog, "/Pages", tree);
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------- */

static bool write_all(Finish *f, GBytes **ret_pdf, GError **error)
{
    g_autoptr(GString) catalog = g_string_new("<</Type/Catalog");
    unsigned root = pdf_out_number(f->out), info = 0;

    for (guint i = 0; i < f->pdf->pages->len; i++)
        f->pages[i] = pdf_out_number(f->out);
    for (guint i = 0; i < f->pdf->links->len; i++)
        f->links[i] = pdf_out_number(f->out);
    if (!write_pages(f, catalog, error))
        return false;
    for (guint i = 0; i < f->pdf->links->len; i++)
        write_link(f, &g_array_index(f->pdf->links, Link, i), i);
    write_structure(f, catalog);
    if (!pdf_catalog(f, catalog, &info, error))
        return false;
    g_string_append(catalog, ">>");
    pdf_out_object(f->out, root, catalog);
    *ret_pdf = pdf_out_finish(f->out, root, info);
    return true;
}

bool pdf_finish(Pdf *pdf, GBytes **ret_pdf, GError **error)
{
    guint n = pdf->pages->len;
    g_autofree unsigned *pages = g_new0(unsigned, n + 1);
    g_autofree unsigned *links = g_new0(unsigned, pdf->links->len + 1);
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GString) text = g_string_sized_new(1024);
    PdfOut out;
    Finish f = { .pdf = pdf, .out = &out, .pages = pages, .links = links, .text = text };
    bool ok;

    for (guint i = 0; i < n; i++)
        g_ptr_array_add(lists, g_ptr_array_new());
    f.parents = (GPtrArray **)lists->pdata;
    pdf_out_init(&out);
    ok = write_all(&f, ret_pdf, error);
    pdf_out_clear(&out);
    return ok;
}
