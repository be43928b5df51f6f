/* fuzz-body.c - any bytes as a posted form: the reader neither crashes nor breaks its own promises.
 * The first byte chooses the type; for multipart the boundary is "b".
 * SPDX-License-Identifier: EUPL-1.2 */
#include "body.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const Body *body)
{
    g_assert(body->n_fields + body->n_uploads <= BODY_FIELDS);
    for (size_t i = 0; i < body->n_fields; i++) {
        g_assert(g_utf8_validate(body->fields[i].name, -1, NULL));
        g_assert(g_utf8_validate(body->fields[i].value, -1, NULL));
        g_assert(!strchr(body->fields[i].value, '\r'));
    }
    for (size_t i = 0; i < body->n_uploads; i++) {
        const Upload *u = &body->uploads[i];

        g_assert(!strpbrk(u->filename, "/\\\r\n"));
        g_assert(u->data[u->size] == '\0');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const types[] = {
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=b",
        "multipart/form-data; boundary=\"b\"; charset=utf-8",
    };
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    Body body = { 0 };

    if (size == 0)
        return 0;
    g_autofree char *exact = g_memdup2(data + 1, size - 1); /* its end is where ASan guards */

    if (data[0] % 4 == 3) { /* the bytes are the type itself */
        g_autofree char *type = g_strndup((const char *)data + 1, size - 1);

        body_read(arena, type, "--b--", 5, &body, NULL);
        return 0;
    }
    if (body_read(arena, types[data[0] % 4], exact ? exact : "", size - 1, &body, &why))
        check(&body);
    else
        g_assert(why && why->domain == APP_ERROR && why->code == APP_ERROR_INVALID);
    return 0;
}
