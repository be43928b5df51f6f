/* pdf-finish.c - from cairo's file to PDF/UA-1 and PDF/A-2a, with libqpdf.
 *
 * Puts in: the structure tree with its parent tree, marks renumbered to it, link annotations,
 * outline, language, metadata, output intent. Sources: ISO 32000-1 14.7-14.8, ISO 14289-1 clause 7,
 * ISO 19005-2 clause 6. Handles are released per element, as libqpdf keeps them otherwise.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pdf-finish.h"

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

static void make_objects(Finish *f, Elem *elem)
{
    elem->object = indirect(f, qpdf_oh_new_dictionary(f->q));
    for (Elem *kid = elem->first; kid; kid = kid->next) {
        if (kid->type)
            make_objects(f, kid);
        else if (elem->page < 0)
            elem->page = kid->mark.page;
    }
}

static void note_parent(Finish *f, Elem *elem, Mark mark)
{
    GPtrArray *parents = f->parents[mark.page];

    if ((guint)mark.mcid >= parents->len)
        g_ptr_array_set_size(parents, mark.mcid + 1);
    parents->pdata[mark.mcid] = elem;
}

static void add_mark(Finish *f, Elem *elem, qpdf_oh kids, Mark mark)
{
    note_parent(f, elem, mark);
    if (mark.page == elem->page) {
        append(f, kids, qpdf_oh_new_integer(f->q, mark.mcid));
        return;
    }
    qpdf_oh ref = qpdf_oh_new_dictionary(f->q);
    put(f, ref, "/Type", name(f, "/MCR"));
    put_shared(f, ref, "/Pg", f->pages[mark.page]);
    put(f, ref, "/MCID", qpdf_oh_new_integer(f->q, mark.mcid));
    append(f, kids, ref);
}

static void add_objects(Finish *f, const Elem *elem, qpdf_oh kids)
{
    for (guint i = 0; elem->objects && i < elem->objects->len; i++) {
        int number = g_array_index(elem->objects, int, i);
        qpdf_oh ref = qpdf_oh_new_dictionary(f->q);

        put(f, ref, "/Type", name(f, "/OBJR"));
        put_shared(f, ref, "/Obj", f->links[number]);
        put_shared(f, ref, "/Pg", f->pages[g_array_index(f->pdf->links, Link, number).page->index]);
        append(f, kids, ref);
    }
}

/* Names are made once: a report has thousands of TD. */
static qpdf_oh type_name(Finish *f, const char *type)
{
    gpointer known = g_hash_table_lookup(f->names, type);
    g_autofree char *text = known ? NULL : g_strconcat("/", type, NULL);

    if (known)
        return GPOINTER_TO_UINT(known);
    qpdf_oh made = name(f, text);
    g_hash_table_insert(f->names, (void *)type, GUINT_TO_POINTER(made));
    return made;
}

static void write_attrs(Finish *f, const Elem *elem)
{
    char box[160], n[4][G_ASCII_DTOSTR_BUF_SIZE];

    put_shared(f, elem->object, "/S", type_name(f, elem->type));
    if (elem->alt)
        put(f, elem->object, "/Alt", text_string(f, elem->alt));
    if (elem->lang)
        put(f, elem->object, "/Lang", text_string(f, elem->lang));
    if (elem->attr == ATTR_BBOX) {
        for (int i = 0; i < 4; i++)
            g_ascii_formatd(n[i], sizeof n[i], "%.2f", elem->bbox[i]);
        g_snprintf(box, sizeof box, "<< /O /Layout /Placement /Block /BBox [%s %s %s %s] >>", n[0],
                   n[1], n[2], n[3]);
        put(f, elem->object, "/A", parsed(f, box));
    } else if (elem->attr) {
        put_shared(f, elem->object, "/A", f->attrs[elem->attr]);
    }
}

/* One stretch of content and nothing else, as nearly every cell has: its number needs no array. */
static bool write_leaf(Finish *f, Elem *elem)
{
    const Elem *kid = elem->first;

    if (!kid || kid->next || kid->type || kid->more || elem->objects)
        return false;
    note_parent(f, elem, kid->mark);
    put(f, elem->object, "/K", qpdf_oh_new_integer(f->q, kid->mark.mcid));
    return true;
}

static void write_elem(Finish *f, Elem *elem)
{
    qpdf_oh kids;

    write_attrs(f, elem);
    if (elem->page >= 0)
        put_shared(f, elem->object, "/Pg", f->pages[elem->page]);
    if (write_leaf(f, elem))
        return;
    kids = qpdf_oh_new_array(f->q);
    for (Elem *kid = elem->first; kid; kid = kid->next) {
        if (kid->type) {
            put_shared(f, kid->object, "/P", elem->object);
            qpdf_oh_append_item(f->q, kids, kid->object);
            write_elem(f, kid);
            continue;
        }
        add_mark(f, elem, kids, kid->mark);
        for (guint i = 0; kid->more && i < kid->more->len; i++)
            add_mark(f, elem, kids, g_array_index(kid->more, Mark, i));
    }
    add_objects(f, elem, kids);
    put(f, elem->object, "/K", kids);
}

static void write_parent_tree(Finish *f, qpdf_oh root)
{
    qpdf_oh nums = qpdf_oh_new_array(f->q), tree = qpdf_oh_new_dictionary(f->q);
    guint n_pages = f->pdf->pages->len;

    for (guint p = 0; p < n_pages; p++) {
        qpdf_oh list = qpdf_oh_new_array(f->q);

        for (guint i = 0; i < f->parents[p]->len; i++)
            qpdf_oh_append_item(f->q, list, ((Elem *)f->parents[p]->pdata[i])->object);
        append(f, nums, qpdf_oh_new_integer(f->q, p));
        append(f, nums, indirect(f, list));
    }
    for (guint i = 0; i < f->pdf->links->len; i++) {
        append(f, nums, qpdf_oh_new_integer(f->q, n_pages + i));
        qpdf_oh_append_item(f->q, nums, g_array_index(f->pdf->links, Link, i).elem->object);
    }
    put(f, tree, "/Nums", nums);
    put(f, root, "/ParentTree", indirect(f, tree));
    put(f, root, "/ParentTreeNextKey", qpdf_oh_new_integer(f->q, n_pages + f->pdf->links->len));
}

static void write_structure(Finish *f, qpdf_oh catalog)
{
    static const char *const attrs[ATTR_BBOX] = {
        [ATTR_COLUMN] = "<< /O /Table /Scope /Column >>",
        [ATTR_ROW] = "<< /O /Table /Scope /Row >>",
        [ATTR_DISC] = "<< /O /List /ListNumbering /Disc >>",
        [ATTR_DECIMAL] = "<< /O /List /ListNumbering /Decimal >>",
        [ATTR_NOMARK] = "<< /O /List /ListNumbering /None >>",
    };
    Elem *document = f->pdf->tree;
    qpdf_oh root = indirect(f, parsed(f, "<< /Type /StructTreeRoot /RoleMap << /Title /P >> >>"));

    for (int i = 1; i < ATTR_BBOX; i++)
        f->attrs[i] = indirect(f, parsed(f, attrs[i]));
    prune(document);
    make_objects(f, document);
    put_shared(f, document->object, "/P", root);
    put_shared(f, root, "/K", document->object);
    write_elem(f, document);
    write_parent_tree(f, root);
    put(f, catalog, "/StructTreeRoot", root);
    put(f, catalog, "/MarkInfo", parsed(f, "<< /Marked true >>"));
}

/* --- pages, links, outline ---------------------------------------------------------------------- */

qpdf_oh pdf_destination(Finish *f, const Anchor *anchor)
{
    qpdf_oh dest = qpdf_oh_new_array(f->q);

    qpdf_oh_append_item(f->q, dest, f->pages[anchor->page->index]);
    append(f, dest, name(f, "/XYZ"));
    append(f, dest, qpdf_oh_new_integer(f->q, 0));
    append(f, dest, qpdf_oh_new_real_from_double(f->q, anchor->page->h - anchor->y + 12, 2));
    append(f, dest, qpdf_oh_new_null(f->q));
    return dest;
}

static const Anchor *anchor_of(const Finish *f, const char *url)
{
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(f->pdf->targets, url + 1));

    return n ? &g_array_index(f->pdf->anchors, Anchor, n - 1) : NULL;
}

/* An address as 7-bit ASCII, as /URI wants it. */
static qpdf_oh uri_action(Finish *f, const char *url)
{
    g_autofree char *ascii = g_uri_escape_string(url, ":/?#[]@!$&'()*+,;=%", FALSE);
    qpdf_oh action = qpdf_oh_new_dictionary(f->q);

    put(f, action, "/S", name(f, "/URI"));
    put(f, action, "/URI", qpdf_oh_new_string(f->q, ascii));
    return action;
}

static qpdf_oh annotation(Finish *f, const Link *link, guint number)
{
    qpdf_oh annot = parsed(f, "<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] >>");
    qpdf_oh rect = qpdf_oh_new_array(f->q);
    double corners[] = { link->x, link->page->h - link->y - link->h, link->x + link->w,
                         link->page->h - link->y };
    const Anchor *anchor = *link->url == '#' ? anchor_of(f, link->url) : NULL;

    for (int i = 0; i < 4; i++)
        append(f, rect, qpdf_oh_new_real_from_double(f->q, corners[i], 2));
    put(f, annot, "/Rect", rect);
    put(f, annot, "/Contents", text_string(f, link->text && *link->text ? link->text : link->url));
    put(f, annot, "/StructParent", qpdf_oh_new_integer(f->q, f->pdf->pages->len + number));
    if (*link->url != '#')
        put(f, annot, "/A", uri_action(f, link->url));
    else if (anchor)
        put(f, annot, "/Dest", pdf_destination(f, anchor));
    return indirect(f, annot);
}

static void write_links(Finish *f)
{
    for (guint i = 0; i < f->pdf->links->len; i++) {
        const Link *link = &g_array_index(f->pdf->links, Link, i);
        qpdf_oh page = f->pages[link->page->index], list;

        f->links[i] = annotation(f, link, i);
        if (!qpdf_oh_has_key(f->q, page, "/Annots"))
            put(f, page, "/Annots", qpdf_oh_new_array(f->q));
        list = qpdf_oh_get_key(f->q, page, "/Annots");
        qpdf_oh_append_item(f->q, list, f->links[i]);
        qpdf_oh_release(f->q, list);
    }
}

static bool write_page(Finish *f, guint i, GString *out, GError **error)
{
    const Page *page = f->pdf->pages->pdata[i];
    unsigned char *data = NULL;
    size_t size = 0;
    bool ok;

    qpdf_oh_get_page_content_data(f->q, f->pages[i], &data, &size);
    g_string_truncate(out, 0);
    ok = data && pdf_content_rewrite(data, size, page->marks, out);
    free(data);
    if (!ok)
        return app_fail(error, APP_ERROR_DB, "page %u of the PDF holds unexpected marks", i + 1);
    put(f, f->pages[i], "/Contents", indirect(f, stream(f, out->str, out->len)));
    put(f, f->pages[i], "/Tabs", name(f, "/S"));
    put(f, f->pages[i], "/StructParents", qpdf_oh_new_integer(f->q, i));
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------- */

static bool rewrite(Finish *f, GError **error)
{
    g_autoptr(GString) out = g_string_sized_new(65536);
    qpdf_oh catalog = qpdf_get_root(f->q);
    guint n = f->pdf->pages->len;

    if ((guint)qpdf_get_num_pages(f->q) != n)
        return app_fail(error, APP_ERROR_DB, "the PDF has another number of pages than laid out");
    for (guint i = 0; i < n; i++)
        f->pages[i] = qpdf_get_page_n(f->q, i);
    for (guint i = 0; i < n; i++)
        if (!write_page(f, i, out, error))
            return false;
    write_links(f);
    write_structure(f, catalog);
    return pdf_catalog(f, catalog, error);
}

static bool write_file(Finish *f, GBytes **ret_pdf, GError **error)
{
    QPDF_ERROR_CODE code;

    qpdf_init_write_memory(f->q);
    qpdf_force_pdf_version(f->q, "1.7");
    qpdf_set_object_stream_mode(f->q, qpdf_o_generate);
    qpdf_set_deterministic_ID(f->q, QPDF_TRUE);
    code = qpdf_write(f->q);
    if (code & QPDF_ERRORS)
        return app_fail(error, APP_ERROR_DB, "qpdf: %s",
                        qpdf_get_error_full_text(f->q, qpdf_get_error(f->q)));
    *ret_pdf = g_bytes_new(qpdf_get_buffer(f->q), qpdf_get_buffer_length(f->q));
    return true;
}

bool pdf_finish(Pdf *pdf, const GByteArray *file, GBytes **ret_pdf, GError **error)
{
    guint n = pdf->pages->len;
    g_autofree qpdf_oh *pages = g_new0(qpdf_oh, n + 1);
    g_autofree qpdf_oh *links = g_new0(qpdf_oh, pdf->links->len + 1);
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    Finish f = { .pdf = pdf, .q = qpdf_init(), .pages = pages, .links = links, .names = names };
    bool ok;

    for (guint i = 0; i < n; i++)
        g_ptr_array_add(lists, g_ptr_array_new());
    f.parents = (GPtrArray **)lists->pdata;
    qpdf_set_suppress_warnings(f.q, QPDF_TRUE);
    qpdf_silence_errors(f.q);
    if (qpdf_read_memory(f.q, "report", (const char *)file->data, file->len, NULL) & QPDF_ERRORS)
        ok = app_fail(error, APP_ERROR_DB, "qpdf cannot read the drawn file");
    else
        ok = rewrite(&f, error) && write_file(&f, ret_pdf, error);
    qpdf_cleanup(&f.q);
    return ok;
}
