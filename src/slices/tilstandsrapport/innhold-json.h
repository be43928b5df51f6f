/* innhold-json.h - the words of the frozen form, for the file that writes and the file that reads.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "innhold.h"

#define JSON_FORMAT 1 /* raised when an older program could misread what is written */

enum { N_JSON_STATUS = VALUE_QUALITATIVE + 1, N_JSON_HIDING = HIDDEN_SECONDARY + 1 };
extern const char *const tilstandsrapport_json_statuses[N_JSON_STATUS]; /* of ValueStatus */
extern const char *const tilstandsrapport_json_views[N_VIEW];           /* of BlockView */
extern const char *const tilstandsrapport_json_hidings[N_JSON_HIDING];  /* of HiddenBy */
