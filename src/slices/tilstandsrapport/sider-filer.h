/* sider-filer.h - what the pages and the files of an edition share.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "tilstandsrapport-sider.h"

typedef struct {
    const char *label, *size;
    Url url;
} FileLink;
typedef struct {
    FileLink *v;
    size_t n;
} FileLinks;

typedef struct {
    const char *part; /* "-kort", in the file's name; "" */
    const char *form; /* "pdf" */
    const char *type;
} FileReply;

int64_t tilstandsrapport_made_at(const char *day);
/* Not what anybody may read anyway: a draft, internal figures, an earlier version. */
bool tilstandsrapport_is_private(const Edition *e);
/* The same edition at another address of the report: rest "/pdf". */
Url tilstandsrapport_edition_url(Req *req, const Edition *e, const char *rest);
/* "-intern-utkast-nn.pdf" */
const char *tilstandsrapport_file_ending(Arena *arena, const Edition *e, const char *form);
FileLinks tilstandsrapport_file_links(Req *req, const Edition *e);
bool tilstandsrapport_file_face(Req *req, const Edition *e, Face *ret, GError **error);
/* Write in the audit log that something private is taken out. */
bool tilstandsrapport_note_file(Req *req, const Edition *e, const char *form, GError **error);
bool tilstandsrapport_send_bytes(Req *req, const Edition *e, GBytes *bytes, const FileReply *about);
