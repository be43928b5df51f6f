/* navn.c - the whole country in the reader's language.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "navn.h"

const char *indikator_shown_name(const char *code, const char *name)
{
    return strcmp(code, "0") ? name : _("The whole country");
}
