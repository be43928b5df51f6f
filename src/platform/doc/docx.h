/* docx.h - the DOCX writer's parts; private to platform/doc.
 *
 * Blocks become the main part's paragraphs and tables, in one pass; what they refer to (links,
 * pictures, numbered lists) is gathered on the way and written as parts beside it. Lengths: pt are
 * points, tw twentieths of a point, EMU 1/12700 point. Source: ISO/IEC 29500-1 (transitional: -4).
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "doc-model.h"
#include "doc-zip.h"

#define DOCX_TEXT_PT 451.3      /* text width of A4 upright, margins of an inch */
#define DOCX_TEXT_WIDE_PT 697.9 /* and lying */

typedef struct {
    const Doc *doc;
    GString *body;    /* of word/document.xml */
    GString *rels;    /* its relationships */
    GPtrArray *media; /* GBytes: PNG, word/media/image1.png ... */
    GArray *numbered; /* int: w:num of each numbered list, in order */
    int n_rels;       /* given so far, rIdN; the fixed ones first */
    int n_drawings;
    int list_depth;     /* 0: not in a list */
    int list_num;       /* w:numId of the innermost list */
    bool item_begun;    /* its first paragraph has the sign */
    const char *framed; /* style of paragraphs in a quotation or note; NULL: none */
    bool wide;          /* within a landscape section */
    gssize paragraph;   /* where the properties of the last block end, if it is a paragraph; -1 */
    uint32_t accent;
    GError *failed; /* the first failure, of a chart; NULL: none */
} Docx;

#define DOCX_FIXED_RELS 6 /* styles, numbering, settings, header, footer, font table */

void docx_put(GString *out, const char *text); /* escaped for XML */
/* A property of a paragraph's style and what it is in; then its runs, then docx_p_end. */
void docx_p_begin(Docx *docx, const char *style, bool keep_next);
void docx_p_end(Docx *docx);
void docx_run(Docx *docx, const char *text, unsigned style, const char *lang);
void docx_runs(Docx *docx, const Block *block);
void docx_blocks(Docx *docx, const Block *parent);
void docx_table(Docx *docx, const Block *block);
void docx_front(Docx *docx);
/* End the section that is open, upright or lying; the last one stands at the body's end by itself. */
void docx_section_end(Docx *docx);
void docx_section(GString *out, bool wide, bool cover); /* a cover has neither head nor foot */
void docx_bookmark_name(const Docx *docx, const char *id, char buf[24]); /* "" when unknown */

/* The parts that are not the main one; g_free. */
char *docx_styles(const Docx *docx);
char *docx_numbering(const Docx *docx);
char *docx_header(const Docx *docx);
char *docx_footer(const Docx *docx);
char *docx_core(const Docx *docx);
char *docx_types(const Docx *docx);
char *docx_main_rels(const Docx *docx);
extern const char docx_settings[], docx_font_table[], docx_app[], docx_root_rels[];
