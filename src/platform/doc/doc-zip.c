/* doc-zip.c - files into one ZIP, without a clock: every file is dated 1 January 1980.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <zip.h>
#include "docx.h"

#define DOS_DATE 0x21 /* 1980-01-01, the first a ZIP can say */

typedef struct {
    char *name;
    GBytes *data;
    bool stored;
} Entry;

struct DocZip {
    GArray *entries; /* Entry */
};

static void entry_clear(void *data)
{
    Entry *entry = data;

    g_free(entry->name);
    g_bytes_unref(entry->data);
}

DocZip *doc_zip_new(void)
{
    DocZip *zip = g_new0(DocZip, 1);

    zip->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    g_array_set_clear_func(zip->entries, entry_clear);
    return zip;
}

void doc_zip_free(DocZip *zip)
{
    if (!zip)
        return;
    g_array_unref(zip->entries);
    g_free(zip);
}

void doc_zip_add(DocZip *zip, const char *name, GBytes *data, bool stored)
{
    Entry entry = { g_strdup(name), data, stored };

    g_array_append_val(zip->entries, entry);
}

static bool add_entry(zip_t *archive, const Entry *entry)
{
    gsize size;
    const void *data = g_bytes_get_data(entry->data, &size);
    zip_source_t *source = zip_source_buffer(archive, data, size, 0);
    zip_int64_t index = source ? zip_file_add(archive, entry->name, source, ZIP_FL_ENC_UTF_8) : -1;

    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return !zip_file_set_dostime(archive, (zip_uint64_t)index, 0, DOS_DATE, 0) &&
           !zip_file_set_external_attributes(archive, (zip_uint64_t)index, 0, ZIP_OPSYS_DOS, 0) &&
           !zip_set_file_compression(archive, (zip_uint64_t)index,
                                     entry->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 6);
}

static bool write_all(const DocZip *zip, zip_source_t *target)
{
    zip_t *archive = zip_open_from_source(target, ZIP_TRUNCATE, NULL);
    bool ok = archive != NULL;

    for (guint i = 0; ok && i < zip->entries->len; i++)
        ok = add_entry(archive, &g_array_index(zip->entries, Entry, i));
    if (ok && zip_close(archive) == 0)
        return true;
    if (archive)
        zip_discard(archive);
    return false;
}

static bool read_back(zip_source_t *target, GBytes **ret)
{
    zip_stat_t about;
    g_autofree char *data = NULL;
    bool ok;

    zip_stat_init(&about);
    if (zip_source_open(target) < 0)
        return false;
    ok = zip_source_stat(target, &about) == 0 && about.valid & ZIP_STAT_SIZE;
    if (ok) {
        data = g_malloc(MAX(about.size, 1));
        ok = zip_source_read(target, data, about.size) == (zip_int64_t)about.size;
    }
    zip_source_close(target);
    if (ok)
        *ret = g_bytes_new_take(g_steal_pointer(&data), about.size);
    return ok;
}

bool doc_zip_finish(DocZip *zip, GBytes **ret, GError **error)
{
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    bool ok = false;

    if (target) {
        zip_source_keep(target);
        ok = write_all(zip, target) && read_back(target, ret);
        zip_source_free(target);
    }
    return ok || app_fail(error, APP_ERROR_DB, "the package cannot be written");
}
