/* pdf-finish.h - what the two files of the finish share; private to platform/doc.
 *
 * put() and append() take over the handle they are given; put_shared() leaves it for more uses.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <qpdf/qpdf-c.h>
#include "pdf.h"

typedef struct {
    Pdf *pdf;
    qpdf_data q;
    qpdf_oh *pages, *links;   /* by index */
    qpdf_oh attrs[ATTR_BBOX]; /* shared attribute objects */
    GPtrArray **parents;      /* by page: Elem * of each mark */
    GHashTable *names;        /* element type -> handle of its name */
} Finish;

static inline qpdf_oh name(Finish *f, const char *text)
{
    return qpdf_oh_new_name(f->q, text);
}

static inline void put(Finish *f, qpdf_oh dict, const char *key, qpdf_oh value)
{
    qpdf_oh_replace_key(f->q, dict, key, value);
    if (value != dict)
        qpdf_oh_release(f->q, value);
}

/* The same for an object that is used again. */
static inline void put_shared(Finish *f, qpdf_oh dict, const char *key, qpdf_oh value)
{
    qpdf_oh_replace_key(f->q, dict, key, value);
}

static inline void append(Finish *f, qpdf_oh array, qpdf_oh value)
{
    qpdf_oh_append_item(f->q, array, value);
    qpdf_oh_release(f->q, value);
}

static inline qpdf_oh parsed(Finish *f, const char *text)
{
    return qpdf_oh_parse(f->q, text);
}

static inline qpdf_oh indirect(Finish *f, qpdf_oh direct)
{
    qpdf_oh object = qpdf_make_indirect_object(f->q, direct);

    qpdf_oh_release(f->q, direct);
    return object;
}

static inline qpdf_oh text_string(Finish *f, const char *text)
{
    return qpdf_oh_new_unicode_string(f->q, text);
}

static inline qpdf_oh stream(Finish *f, const void *data, size_t size)
{
    qpdf_oh object = qpdf_oh_new_stream(f->q);
    qpdf_oh null = qpdf_oh_new_null(f->q);

    qpdf_oh_replace_stream_data(f->q, object, data, size, null, null);
    qpdf_oh_release(f->q, null);
    return object;
}

qpdf_oh pdf_destination(Finish *f, const Anchor *anchor);
bool pdf_catalog(Finish *f, qpdf_oh catalog, GError **error); /* outline, metadata, output intent */
