/* body.c - reading posted forms: urlencoded and multipart, bounded and strict.
 *
 * One pass over bytes already in memory. A pointer never leaves [data, data + size): each step finds
 * the end of what it reads before it reads it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "body.h"
#include "router.h"

#define BOUNDARY_MAX 70 /* RFC 2046, 5.1.1 */
#define PART_HEADER_MAX 4096
#define NAME_MAX_LEN 200

typedef struct {
    Arena *arena;
    GArray *fields, *uploads;
} Reader;

typedef struct {
    const char *data;
    size_t size;
} Span;

BodyKind body_kind(const char *type)
{
    static const struct {
        const char *name;
        BodyKind kind;
    } kinds[] = { { "application/x-www-form-urlencoded", BODY_URLENCODED },
                  { "multipart/form-data", BODY_MULTIPART } };

    if (!type)
        return BODY_NONE;
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        size_t len = strlen(kinds[i].name);

        if (!g_ascii_strncasecmp(type, kinds[i].name, len) &&
            (!type[len] || strchr("; \t", type[len])))
            return kinds[i].kind;
    }
    return BODY_OTHER;
}

/* "\r\n" and "\r" become "\n", as the form's own text had them. */
static char *unify_lines(char *text)
{
    char *to = text;

    for (const char *from = text; *from; from++) {
        if (*from == '\r' && from[1] == '\n')
            continue;
        *to++ = *from == '\r' ? '\n' : *from;
    }
    *to = '\0';
    return text;
}

static bool is_full(const Reader *r)
{
    return r->fields->len + r->uploads->len >= BODY_FIELDS;
}

static bool add_field(Reader *r, char *name, char *value, GError **error)
{
    if (is_full(r))
        return app_fail(error, APP_ERROR_INVALID, "more than %d fields", BODY_FIELDS);
    if (!name || !value)
        return app_fail(error, APP_ERROR_INVALID, "a field is not UTF-8 text");
    Pair pair = { name, unify_lines(value) };

    g_array_append_val(r->fields, pair);
    return true;
}

static bool read_urlencoded(Reader *r, const char *data, size_t size, GError **error)
{
    const char *end = data + size;

    for (const char *p = data; p < end;) {
        const char *stop = memchr(p, '&', (size_t)(end - p));
        const char *next = stop ? stop : end;
        const char *eq = memchr(p, '=', (size_t)(next - p));
        const char *name_end = eq ? eq : next;

        if (next > p) {
            char *name = percent_decode(r->arena, p, (size_t)(name_end - p), true);
            char *value = eq ? percent_decode(r->arena, eq + 1, (size_t)(next - eq - 1), true)
                             : arena_dup(r->arena, "");

            if (!add_field(r, name, value, error))
                return false;
        }
        p = next + (stop ? 1 : 0);
    }
    return true;
}

/* Value of parameter `name` in "x; name=value; other=\"quoted\""; NULL when absent or malformed. */
static char *header_parameter(Arena *arena, const char *header, const char *name)
{
    size_t len = strlen(name);

    for (const char *p = strchr(header, ';'); p; p = strchr(p, ';')) {
        p += 1 + strspn(p + 1, " \t");
        bool match = !g_ascii_strncasecmp(p, name, len) && p[len] == '=';
        const char *eq = p + strcspn(p, "=;");

        if (*eq != '=')
            continue;
        if (eq[1] != '"') {
            p = eq + 1 + strcspn(eq + 1, "; \t");
            if (match)
                return arena_ndup(arena, eq + 1, (size_t)(p - eq - 1));
            continue;
        }
        const char *close = strchr(eq + 2, '"'); /* browsers write %22 for a quote inside */

        if (!close)
            return NULL;
        if (match)
            return arena_ndup(arena, eq + 2, (size_t)(close - eq - 2));
        p = close;
    }
    return NULL;
}

static bool valid_boundary(const char *boundary)
{
    if (!boundary || !*boundary || strlen(boundary) > BOUNDARY_MAX)
        return false;
    for (const char *p = boundary; *p; p++) {
        if (!g_ascii_isalnum(*p) && !strchr("'()+_,-./:=? ", *p))
            return false;
    }
    return boundary[strlen(boundary) - 1] != ' ';
}

/* The browser's file name without folders of either kind and without control characters. */
static char *base_name(char *name)
{
    char *base = name;
    char *to;

    for (char *p = name; *p; p++) {
        if (*p == '/' || *p == '\\')
            base = p + 1;
    }
    to = base;
    for (const char *p = base; *p; p++) {
        if ((unsigned char)*p >= 0x20 && *p != 0x7f)
            *to++ = *p;
    }
    *to = '\0';
    return strcmp(base, ".") && strcmp(base, "..") ? base : base + strlen(base);
}

/* The value of one part's Content-Disposition line; NULL when the headers are malformed. */
static char *part_disposition(Arena *arena, Span headers)
{
    char *text = arena_ndup(arena, headers.data, headers.size);
    char *found = NULL;

    if (strlen(text) != headers.size || !g_utf8_validate(text, -1, NULL))
        return NULL;
    for (char *line = text; *line;) {
        char *stop = strstr(line, "\r\n");
        char *next = stop ? stop + 2 : line + strlen(line);

        if (stop)
            *stop = '\0';
        if (!strchr(line, ':') || strpbrk(line, "\r\n"))
            return NULL;
        if (!g_ascii_strncasecmp(line, "content-disposition:", 20)) {
            if (found)
                return NULL;
            found = line + 20;
        }
        line = next;
    }
    if (!found || g_ascii_strncasecmp(g_strchug(found), "form-data", 9))
        return NULL;
    return found;
}

static bool add_part(Reader *r, Span headers, Span content, GError **error)
{
    char *disposition = part_disposition(r->arena, headers);
    char *name = disposition ? header_parameter(r->arena, disposition, "name") : NULL;
    char *filename = disposition ? header_parameter(r->arena, disposition, "filename") : NULL;

    if (!name || strlen(name) > NAME_MAX_LEN)
        return app_fail(error, APP_ERROR_INVALID, "a part of the form has no proper name");
    if (!filename) {
        char *value = arena_ndup(r->arena, content.data, content.size);
        bool text = strlen(value) == content.size && g_utf8_validate(value, -1, NULL);

        return add_field(r, name, text ? value : NULL, error);
    }
    if (is_full(r))
        return app_fail(error, APP_ERROR_INVALID, "more than %d fields", BODY_FIELDS);
    char *data = arena_alloc(r->arena, content.size + 1);

    if (content.size)
        memcpy(data, content.data, content.size);
    Upload upload = { name, base_name(filename), data, content.size };

    g_array_append_val(r->uploads, upload);
    return true;
}

static const char *find(const char *from, const char *end, const char *what, size_t len)
{
    return from > end ? NULL : memmem(from, (size_t)(end - from), what, len);
}

/* RFC 7578 over RFC 2046: --B CRLF headers CRLF CRLF content CRLF --B ... CRLF --B-- */
static bool read_multipart(Reader *r, const char *boundary, const char *data, size_t size,
                           GError **error)
{
    g_autofree char *mark = g_strdup_printf("\r\n--%s", boundary);
    size_t len = strlen(mark);
    const char *end = data + size, *p = data;

    if (size < len || memcmp(data, mark + 2, len - 2))
        return app_fail(error, APP_ERROR_INVALID, "the form does not begin with its boundary");
    p += len - 2;
    while (end - p >= 2 && !memcmp(p, "\r\n", 2)) {
        const char *head = p + 2;
        const char *blank = find(p, end, "\r\n\r\n", 4);
        const char *stop = blank ? find(blank + 2, end, mark, len) : NULL;

        if (!stop || blank < head || blank - head > PART_HEADER_MAX || stop < blank + 4 - 2)
            return app_fail(error, APP_ERROR_INVALID, "a part of the form is cut off");
        const char *content = stop < blank + 4 ? stop : blank + 4;

        if (!add_part(r, (Span){ head, (size_t)(blank - head) },
                      (Span){ content, (size_t)(stop - content) }, error))
            return false;
        p = stop + len;
    }
    if (end - p < 2 || memcmp(p, "--", 2))
        return app_fail(error, APP_ERROR_INVALID, "the form does not end with its boundary");
    return true;
}

/* Arrays end with a zeroed element, so that an empty one is never NULL. */
static void *keep(Arena *arena, const GArray *array, size_t size)
{
    void *copy = arena_alloc(arena, ((size_t)array->len + 1) * size);

    if (array->len)
        memcpy(copy, array->data, (size_t)array->len * size);
    return copy;
}

bool body_read(Arena *arena, const char *type, const char *data, size_t size, Body *ret_body,
               GError **error)
{
    g_autoptr(GArray) fields = g_array_new(FALSE, FALSE, sizeof(Pair));
    g_autoptr(GArray) uploads = g_array_new(FALSE, FALSE, sizeof(Upload));
    Reader reader = { arena, fields, uploads };
    BodyKind kind = body_kind(type);

    if (kind == BODY_URLENCODED && !read_urlencoded(&reader, data, size, error))
        return false;
    if (kind == BODY_MULTIPART) {
        const char *boundary = header_parameter(arena, type, "boundary");

        if (!valid_boundary(boundary))
            return app_fail(error, APP_ERROR_INVALID, "the form's boundary is malformed");
        if (!read_multipart(&reader, boundary, data, size, error))
            return false;
    }
    *ret_body = (Body){ .fields = keep(arena, fields, sizeof(Pair)),
                        .n_fields = fields->len,
                        .uploads = keep(arena, uploads, sizeof(Upload)),
                        .n_uploads = uploads->len };
    return true;
}

bool query_read(Arena *arena, const char *text, Body *ret_body, GError **error)
{
    return body_read(arena, "application/x-www-form-urlencoded", text, strlen(text), ret_body,
                     error);
}
