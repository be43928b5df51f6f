/* place.c - a page's memory, and places in its HTML: what the branches of a block must agree on.
 *
 * A block may be drawn once, never or many times, so each branch must leave the HTML as it found it.
 * Two stacks of open elements count as the same when they differ only in last elements whose end tag
 * may be left out: <tr> after <tr> ends the first.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pagegen.h"

static void attr_free(void *data)
{
    Attr *attr = data;

    g_free(attr->name);
    g_free(attr->value);
    g_free(attr);
}

static void element_free(void *data)
{
    Element *element = data;

    g_free(element->name);
    g_free(element);
}

static void control_free(void *data)
{
    Control *control = data;

    g_free(control->id);
    g_free(control->element);
    g_free(control);
}

void page_init(Page *page)
{
    page->c = g_string_new(NULL);
    page->chunk = g_string_new(NULL);
    page->word = g_string_new(NULL);
    page->human = g_string_new(NULL);
    page->open = g_ptr_array_new();
    page->elements = g_ptr_array_new_with_free_func(element_free);
    page->controls = g_ptr_array_new_with_free_func(control_free);
    page->tag.attrs = g_ptr_array_new_with_free_func(attr_free);
    page->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    page->labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void page_clear(Page *page)
{
    g_string_free(page->c, TRUE);
    g_string_free(page->chunk, TRUE);
    g_string_free(page->word, TRUE);
    g_string_free(page->human, TRUE);
    g_ptr_array_unref(page->open);
    g_ptr_array_unref(page->elements);
    g_ptr_array_unref(page->controls);
    g_ptr_array_unref(page->tag.attrs);
    g_hash_table_unref(page->ids);
    g_hash_table_unref(page->labels);
    g_free(page->tag.name);
}

Place *markup_place(const Page *page)
{
    Place *place = g_new0(Place, 1);

    place->where = page->where;
    place->glued = page->glued;
    place->n_attrs = page->tag.attrs->len;
    place->tag = g_strdup(page->where == AT_TEXT ? "" : page->tag.name);
    place->attr = g_strdup(
        page->where == AT_VALUE ? ((Attr *)page->tag.attrs->pdata[place->n_attrs - 1])->name : "");
    place->open = g_ptr_array_copy(page->open, NULL, NULL);
    place->solid = place->open->len;
    while (place->solid &&
           rules_end_optional(((Element *)place->open->pdata[place->solid - 1])->name))
        place->solid--;
    return place;
}

void place_free(Place *place)
{
    if (!place)
        return;
    g_ptr_array_unref(place->open);
    g_free(place->tag);
    g_free(place->attr);
    g_free(place);
}

static guint common(const GPtrArray *a, const GPtrArray *b)
{
    guint n = 0;

    while (n < a->len && n < b->len &&
           strcmp(((Element *)a->pdata[n])->name, ((Element *)b->pdata[n])->name) == 0)
        n++;
    return n;
}

bool markup_same(const Place *a, const Place *b)
{
    return a->where == b->where && strcmp(a->tag, b->tag) == 0 && strcmp(a->attr, b->attr) == 0 &&
           a->solid == b->solid && common(a->open, b->open) >= a->solid;
}

void markup_return(Page *page, const Place *place)
{
    g_ptr_array_set_size(page->open, 0);
    g_ptr_array_extend(page->open, place->open, NULL, NULL);
    page->where = place->where;
    page->glued = place->glued;
    for (guint i = place->n_attrs; place->where == AT_TAG && i < page->tag.attrs->len; i++)
        ((Attr *)page->tag.attrs->pdata[i])->elsewhere = true;
    page->squeezed = 0;
}

void markup_merge(Page *page, const Place *start)
{
    if (page->open->len != start->open->len)
        g_ptr_array_set_size(page->open, (gint)common(page->open, start->open));
    page->glued = page->where == AT_TAG;
    page->squeezed = 0;
}
