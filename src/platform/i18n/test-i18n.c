/* test-i18n.c - languages, catalogues (also damaged ones) and Norwegian order.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "embed.h"
#include "mo.h"

#define RULE "nplurals=2; plural=(n != 1);"

/* --- a .mo file made by hand, in either byte order --- */

typedef struct {
    const char *id, *text;
    size_t id_size, text_size;
} Message;
#define MESSAGE(id, text)                                                                          \
    {                                                                                              \
        id, text, sizeof(id) - 1, sizeof(text) - 1                                                 \
    }

static void append_word(GByteArray *file, size_t word, bool big)
{
    uint32_t w = big ? GUINT32_TO_BE((uint32_t)word) : GUINT32_TO_LE((uint32_t)word);

    g_byte_array_append(file, (const guint8 *)&w, sizeof w);
}

static void append_index(GByteArray *file, GString *pool, const char *s, size_t n, size_t base,
                         bool big)
{
    append_word(file, n, big);
    append_word(file, base + pool->len, big);
    g_string_append_len(pool, s, (gssize)n);
    g_string_append_c(pool, 0);
}

static GByteArray *make_mo(const Message *message, size_t n, bool big)
{
    GByteArray *file = g_byte_array_new();
    g_autoptr(GString) pool = g_string_new(NULL);
    size_t base = 28 + 16 * n;
    size_t header[] = { 0x950412de, 0, n, 28, 28 + 8 * n, 0, base };

    for (size_t i = 0; i < G_N_ELEMENTS(header); i++)
        append_word(file, header[i], big);
    for (size_t i = 0; i < n; i++)
        append_index(file, pool, message[i].id, message[i].id_size, base, big);
    for (size_t i = 0; i < n; i++)
        append_index(file, pool, message[i].text, message[i].text_size, base, big);
    g_byte_array_append(file, (const guint8 *)pool->str, (guint)pool->len);
    return file;
}

static const Message good[] = {
    MESSAGE("", "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: " RULE "\n"),
    MESSAGE("%d school\0%d schools", "%d skole\0%d skoler"),
    MESSAGE("Goal", "Mål"),
};

static void both_byte_orders_are_read(void)
{
    for (int big = 0; big < 2; big++) {
        g_autoptr(GByteArray) file = make_mo(good, G_N_ELEMENTS(good), big);
        g_autoptr(GError) error = NULL;
        g_autoptr(Mo) mo = mo_open(file->data, file->len, "x", &error);

        g_assert_no_error(error);
        g_assert_cmpstr(mo_text(mo, "Goal"), ==, "Mål");
        g_assert_null(mo_text(mo, "goal"));
        g_assert_null(mo_text(mo, "")); /* the header is no message */
        g_assert_cmpstr(mo_plural(mo, "%d school", 1), ==, "%d skole");
        g_assert_cmpstr(mo_plural(mo, "%d school", 0), ==, "%d skoler");
        g_assert_cmpstr(mo_plural(mo, "%d school", -1), ==, "%d skoler");
        g_assert_null(mo_plural(mo, "Goal", 2));
    }
}

static void many_messages_are_all_found(void)
{
    enum { N = 5000 };
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_free);
    g_autofree Message *message = g_new0(Message, N + 1);

    message[0] = good[0];
    for (int i = 1; i <= N; i++) {
        char *id = g_strdup_printf("message %d", i), *text = g_strdup_printf("melding %d", i);
        g_ptr_array_add(kept, id);
        g_ptr_array_add(kept, text);
        message[i] = (Message){ id, text, strlen(id), strlen(text) };
    }
    g_autoptr(GByteArray) file = make_mo(message, N + 1, false);
    g_autoptr(Mo) mo = mo_open(file->data, file->len, "x", NULL);
    for (int i = 1; i <= N; i++)
        g_assert_cmpstr(mo_text(mo, message[i].id), ==, message[i].text);
}

static void assert_refused(const Message *message, size_t n)
{
    g_autoptr(GByteArray) file = make_mo(message, n, false);
    g_autoptr(GError) error = NULL;

    g_assert_null(mo_open(file->data, file->len, "x", &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
}

static void another_plural_rule_is_refused(void)
{
    static const Message french = MESSAGE("", "Content-Type: text/plain; charset=UTF-8\n"
                                              "Plural-Forms: nplurals=2; plural=(n > 1);\n");
    static const Message latin1 = MESSAGE("", "Content-Type: text/plain; charset=ISO-8859-1\n"
                                              "Plural-Forms: " RULE "\n");
    static const Message without = MESSAGE("", "Content-Type: text/plain; charset=UTF-8\n");

    assert_refused(&french, 1);
    assert_refused(&latin1, 1);
    assert_refused(&without, 1);
    assert_refused(NULL, 0);
}

static void bad_messages_are_refused(void)
{
    const Message twice[] = { good[0], good[2], good[2] };
    const Message one_form[] = { good[0], MESSAGE("a\0b", "a") };
    const Message three_forms[] = { good[0], MESSAGE("a\0b", "a\0b\0c") };
    const Message not_utf8[] = { good[0], MESSAGE("a", "\xff") };

    assert_refused(twice, 3);
    assert_refused(one_form, 2);
    assert_refused(three_forms, 2);
    assert_refused(not_utf8, 2);
}

/* Every byte changed and every length cut: refused or read, never out of bounds (ASan watches). */
static void damage_never_leads_outside(void)
{
    g_autoptr(GByteArray) file = make_mo(good, G_N_ELEMENTS(good), false);

    for (guint size = 0; size < file->len; size++) {
        g_autofree unsigned char *copy = g_memdup2(file->data, MAX(size, 1));
        g_autoptr(Mo) mo = mo_open(copy, size, "x", NULL);
        g_assert_null(mo);
    }
    for (guint at = 0; at < file->len; at++)
        for (int value = 0; value < 256; value += 5) {
            g_autofree unsigned char *copy = g_memdup2(file->data, file->len);
            copy[at] = (unsigned char)value;
            g_autoptr(Mo) mo = mo_open(copy, file->len, "x", NULL);
            if (mo)
                mo_plural(mo, "%d school", 2);
        }
}

/* --- languages --- */

static void tags_name_languages(void)
{
    g_assert_cmpint(i18n_lang("nn"), ==, LANG_NN);
    g_assert_cmpint(i18n_lang("nn-NO"), ==, LANG_NN);
    g_assert_cmpint(i18n_lang("EN_gb"), ==, LANG_EN);
    g_assert_cmpint(i18n_lang("nb"), ==, LANG_NB);
    g_assert_cmpint(i18n_lang("no"), ==, LANG_NB);
    g_assert_cmpint(i18n_lang("enm"), ==, LANG_NB);
    g_assert_cmpint(i18n_lang("e"), ==, LANG_NB);
    g_assert_cmpint(i18n_lang(""), ==, LANG_NB);
    g_assert_cmpint(i18n_lang(NULL), ==, LANG_NB);
    for (Lang lang = 0; lang < N_LANG; lang++)
        g_assert_cmpint(i18n_lang(i18n_tag(lang)), ==, lang);
}

static gpointer language_of_a_new_thread(gpointer unused)
{
    (void)unused;
    Lang first = i18n_current();
    i18n_use(LANG_EN);
    return GINT_TO_POINTER(first);
}

static void the_language_belongs_to_the_thread(void)
{
    i18n_use(LANG_NN);
    GThread *thread = g_thread_new("other", language_of_a_new_thread, NULL);
    g_assert_cmpint(GPOINTER_TO_INT(g_thread_join(thread)), ==, LANG_NB);
    g_assert_cmpint(i18n_current(), ==, LANG_NN);
}

static void english_is_the_msgid(void)
{
    i18n_use(LANG_EN);
    g_assert_cmpstr(_("Goal"), ==, "Goal");
    g_assert_cmpstr(_(""), ==, "");
    g_assert_cmpstr(ngettext("%d school", "%d schools", 1), ==, "%d school");
    g_assert_cmpstr(ngettext("%d school", "%d schools", 2), ==, "%d schools");
    i18n_use(LANG_NB);
    g_assert_cmpstr(_("no such message anywhere"), ==, "no such message anywhere");
    g_assert_cmpstr(_(""), ==, "");
}

static void the_embedded_catalogues_load(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_cmpuint(app_n_catalogues, >=, 2);
    g_assert_true(i18n_check(&error));
    g_assert_no_error(error);
}

/* --- order --- */

static int by_name(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;

    return nb_compare(*x, strlen(*x), *y, strlen(*y));
}

static void names_sort_as_in_norway(void)
{
    const char *got[] = { "Aalesund", "Zürich",  "Ørsta", "Åfjord", "Eide",  "Ærfugl", "Averøy",
                          "Alta",     "Ålesund", "Fræna", "eide",   "André", "Andre" };
    static const char *const wanted[] = { "Alta",   "Andre",   "André",   "Averøy", "eide",
                                          "Eide",   "Fræna",   "Zürich",  "Ærfugl", "Ørsta",
                                          "Åfjord", "Ålesund", "Aalesund" };

    qsort(got, G_N_ELEMENTS(got), sizeof *got, by_name);
    for (size_t i = 0; i < G_N_ELEMENTS(got); i++)
        g_assert_cmpstr(got[i], ==, wanted[i]);
}

static void equal_only_when_the_bytes_are(void)
{
    static const char composed[] = "\u00e5", decomposed[] = "a\u030a";

    g_assert_cmpint(nb_compare("Eide", 4, "Eide", 4), ==, 0);
    g_assert_cmpint(nb_compare("", 0, "", 0), ==, 0);
    g_assert_cmpint(nb_compare(NULL, 0, "a", 1), <, 0);
    g_assert_cmpint(nb_compare("Eide kommune", 4, "Eide skole", 4), ==, 0); /* lengths count */
    g_assert_cmpint(nb_compare(composed, 2, decomposed, 3), ==,
                    -nb_compare(decomposed, 3, composed, 2));
    g_assert_cmpint(nb_compare(composed, 2, decomposed, 3), !=, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/i18n/mo/byte-orders", both_byte_orders_are_read);
    g_test_add_func("/i18n/mo/many", many_messages_are_all_found);
    g_test_add_func("/i18n/mo/plural-rule", another_plural_rule_is_refused);
    g_test_add_func("/i18n/mo/bad-message", bad_messages_are_refused);
    g_test_add_func("/i18n/mo/damage", damage_never_leads_outside);
    g_test_add_func("/i18n/language/tags", tags_name_languages);
    g_test_add_func("/i18n/language/thread", the_language_belongs_to_the_thread);
    g_test_add_func("/i18n/language/english", english_is_the_msgid);
    g_test_add_func("/i18n/catalogue/embedded", the_embedded_catalogues_load);
    g_test_add_func("/i18n/order/norwegian", names_sort_as_in_norway);
    g_test_add_func("/i18n/order/ties", equal_only_when_the_bytes_are);
    return g_test_run();
}
