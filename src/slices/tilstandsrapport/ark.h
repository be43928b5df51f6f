/* ark.h - what the pages of the summary and of the schools' sheets show.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "sider-filer.h"

typedef struct {
    const char *owner, *title, *subtitle, *lang, *note; /* note: whom it is not for; NULL */
    Lang language;
    const Doc *doc;
    Url pdf, report, other; /* other: internal or public version of a school's sheet */
    const char *other_text; /* NULL: there is none */
} SheetView;

typedef struct {
    const char *name;
    Url page, pdf;
} SchoolLine;

typedef struct {
    const char *owner, *title, *lang;
    Url all, report;
    SchoolLine *v;
    size_t n;
} SchoolsView;
