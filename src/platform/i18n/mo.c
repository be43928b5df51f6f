/* mo.c - a reader for the GNU .mo files that msgfmt makes.
 *
 * The file is walked once, with every offset checked, into a table of our own with open addressing;
 * afterwards a look-up is one hash and usually one comparison, and nothing changes, so threads share it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "mo.h"

#define MAGIC 0x950412deu
#define MAGIC_SWAPPED 0xde120495u
#define HEADER_SIZE 28 /* seven words */

typedef struct {
    uint32_t hash;
    const char *msgid;  /* NULL: free slot */
    const char *text;   /* the translation; its first form when there are two */
    const char *plural; /* its second form, or NULL */
} Slot;

struct Mo {
    size_t mask; /* slots - 1, slots a power of two */
    Slot *slot;
};

typedef struct {
    const unsigned char *data;
    size_t size;
    bool swapped;
} File;

typedef struct {
    const char *text;
    size_t size; /* without the last NUL; may hold NULs between forms */
} Piece;

/* Eight bytes at a time: a page looks up a hundred messages, some of them whole paragraphs. */
static uint32_t hash_of(const char *text)
{
    size_t left = strlen(text);
    uint64_t h = left;

    for (uint64_t word = 0; left; text += MIN(left, sizeof word), left -= MIN(left, sizeof word)) {
        word = 0;
        memcpy(&word, text, MIN(left, sizeof word));
        h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15); /* 2^64 divided by the golden ratio */
        h ^= h >> 32;
    }
    return (uint32_t)h;
}

static bool word_at(const File *file, size_t at, uint32_t *ret_word)
{
    uint32_t word;

    if (at > file->size || file->size - at < sizeof word)
        return false;
    memcpy(&word, file->data + at, sizeof word);
    *ret_word = file->swapped ? GUINT32_SWAP_LE_BE(word) : word;
    return true;
}

/* Reads the index-th {length, offset} pair of the table at `table` and checks what it points to. */
static bool piece_at(const File *file, uint32_t table, uint32_t index, Piece *ret_piece)
{
    uint32_t size, offset;
    size_t at = (size_t)table + (size_t)index * 8;

    if (!word_at(file, at, &size) || !word_at(file, at + 4, &offset))
        return false;
    if (offset >= file->size || file->size - offset <= size || file->data[offset + size] != 0)
        return false;
    ret_piece->text = (const char *)file->data + offset;
    ret_piece->size = size;
    for (const char *part = ret_piece->text; part <= ret_piece->text + size;
         part += strlen(part) + 1)
        if (!g_utf8_validate(part, -1, NULL))
            return false;
    return true;
}

/* The second of exactly two NUL-separated parts; NULL when there is one. false when there are more. */
static bool second_part(Piece piece, const char **ret_second)
{
    size_t first = strlen(piece.text);

    *ret_second = NULL;
    if (first == piece.size)
        return true;
    *ret_second = piece.text + first + 1;
    return first + 1 + strlen(*ret_second) == piece.size;
}

static const Slot *find(const Mo *mo, const char *msgid)
{
    uint32_t hash = hash_of(msgid);

    for (size_t i = hash & mo->mask; mo->slot[i].msgid; i = (i + 1) & mo->mask)
        if (mo->slot[i].hash == hash && strcmp(mo->slot[i].msgid, msgid) == 0)
            return &mo->slot[i];
    return NULL;
}

static void put(Mo *mo, Slot slot)
{
    size_t i = slot.hash & mo->mask;

    while (mo->slot[i].msgid)
        i = (i + 1) & mo->mask;
    mo->slot[i] = slot;
}

/* "plural=(n != 1)" and "plural=n!=1" are the same rule; blanks and brackets do not count. */
static bool rule_is_norwegian(const char *header)
{
    const char *rule = strstr(header, "\nPlural-Forms:");
    g_autoptr(GString) bare = g_string_new(NULL);

    if (!rule)
        return false;
    for (rule += strlen("\nPlural-Forms:"); *rule && *rule != '\n'; rule++)
        if (!strchr(" \t()", *rule))
            g_string_append_c(bare, *rule);
    if (bare->len && bare->str[bare->len - 1] == ';')
        g_string_truncate(bare, bare->len - 1);
    return strcmp(bare->str, "nplurals=2;plural=n!=1") == 0;
}

static bool take_header(const char *header, const char *name, GError **error)
{
    if (!strstr(header, "charset=UTF-8"))
        return app_fail(error, APP_ERROR_INVALID, "catalogue %s is not UTF-8", name);
    if (!rule_is_norwegian(header))
        return app_fail(error, APP_ERROR_INVALID, "catalogue %s: plural rule is not n != 1", name);
    return true;
}

static bool take_message(Mo *mo, Piece id, Piece text)
{
    Slot slot = { .hash = hash_of(id.text), .msgid = id.text, .text = text.text };
    const char *many;

    if (!second_part(id, &many) || !second_part(text, &slot.plural))
        return false;
    if ((many != NULL) != (slot.plural != NULL) || find(mo, id.text))
        return false;
    put(mo, slot);
    return true;
}

static bool take_all(Mo *mo, const File *file, const char *name, GError **error)
{
    uint32_t n = 0, ids = 0, texts = 0;
    Piece id, text;
    bool has_header = false;

    if (!word_at(file, 8, &n) || !word_at(file, 12, &ids) || !word_at(file, 16, &texts))
        return app_fail(error, APP_ERROR_INVALID, "catalogue %s is cut short", name);
    for (uint32_t i = 0; i < n; i++) {
        if (!piece_at(file, ids, i, &id) || !piece_at(file, texts, i, &text))
            return app_fail(error, APP_ERROR_INVALID, "catalogue %s is damaged", name);
        if (id.size == 0 && !take_header(text.text, name, error))
            return false;
        if (id.size == 0)
            has_header = true;
        else if (!take_message(mo, id, text))
            return app_fail(error, APP_ERROR_INVALID, "catalogue %s: bad message \"%s\"", name,
                            id.text);
    }
    return has_header || app_fail(error, APP_ERROR_INVALID, "catalogue %s has no header", name);
}

Mo *mo_open(const unsigned char *data, size_t size, const char *name, GError **error)
{
    File file = { data, size, false };
    uint32_t magic = 0, revision = 0, n = 0;
    size_t slots = 8;

    if (size < HEADER_SIZE || !word_at(&file, 0, &magic) ||
        (magic != MAGIC && magic != MAGIC_SWAPPED)) {
        app_fail(error, APP_ERROR_INVALID, "catalogue %s is not a .mo file", name);
        return NULL;
    }
    file.swapped = magic == MAGIC_SWAPPED;
    if (!word_at(&file, 4, &revision) || revision >> 16 != 0 || !word_at(&file, 8, &n) ||
        n > size / 16) {
        app_fail(error, APP_ERROR_INVALID, "catalogue %s: unknown revision or damaged", name);
        return NULL;
    }
    while (slots < (size_t)n * 2)
        slots *= 2;

    g_autoptr(Mo) mo = g_new0(Mo, 1);
    mo->mask = slots - 1;
    mo->slot = g_new0(Slot, slots);
    return take_all(mo, &file, name, error) ? g_steal_pointer(&mo) : NULL;
}

void mo_free(Mo *mo)
{
    if (!mo)
        return;
    g_free(mo->slot);
    g_free(mo);
}

const char *mo_text(const Mo *mo, const char *msgid)
{
    const Slot *slot = find(mo, msgid);

    return slot ? slot->text : NULL;
}

const char *mo_plural(const Mo *mo, const char *msgid, long n)
{
    const Slot *slot = find(mo, msgid);

    if (!slot || !slot->plural)
        return NULL;
    return n != 1 ? slot->plural : slot->text;
}
