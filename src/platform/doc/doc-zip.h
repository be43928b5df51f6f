/* doc-zip.h - files into one ZIP with no clock in it: the same files, the same bytes.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct DocZip DocZip;
DocZip *doc_zip_new(void);
void doc_zip_free(DocZip *zip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DocZip, doc_zip_free)
/* data is taken over. stored: not compressed, for what is so already. */
void doc_zip_add(DocZip *zip, const char *name, GBytes *data, bool stored);
/* Errors: APP_ERROR_DB. */
bool doc_zip_finish(DocZip *zip, GBytes **ret, GError **error);
