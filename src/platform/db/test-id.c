/* test-id.c - ids rise, and only what id_text writes is read back.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "db.h"

#define N 20000
#define N_THREADS 8

static void rises_within_a_millisecond(void)
{
    int64_t before = id_new();

    for (int i = 0; i < 200000; i++) {
        int64_t id = id_new();

        g_assert_cmpint(id, >, before);
        before = id;
    }
}

static void holds_the_time(void)
{
    gint64 ms = g_get_real_time() / 1000 - 1577836800000;
    int64_t id = id_new();

    /* ids of other tests may have run a little ahead of the clock */
    g_assert_cmpint(id >> 22, >=, ms);
    g_assert_cmpint(id >> 22, <=, ms + 60000);
}

static void *make_ids(void *data)
{
    int64_t *ids = data;

    for (int i = 0; i < N; i++)
        ids[i] = id_new();
    return NULL;
}

static void threads_never_share_one(void)
{
    g_autofree int64_t *ids = g_new0(int64_t, N * N_THREADS);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
    GThread *threads[N_THREADS];

    for (int i = 0; i < N_THREADS; i++)
        threads[i] = g_thread_new("ids", make_ids, ids + i * N);
    for (int i = 0; i < N_THREADS; i++)
        g_thread_join(threads[i]);
    for (int i = 0; i < N * N_THREADS; i++) {
        g_assert_true(g_hash_table_add(seen, &ids[i]));
        g_assert_true(i % N == 0 || ids[i] > ids[i - 1]);
    }
}

static void text_and_back(void)
{
    static const struct {
        int64_t id;
        const char *text;
    } known[] = {
        { 1, "0000000000001" },
        { 31, "000000000000z" },
        { 32, "0000000000010" },
        { INT64_MAX, "7zzzzzzzzzzzz" },
    };
    char buf[ID_TEXT];

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        g_assert_cmpstr(id_text(known[i].id, buf), ==, known[i].text);
        g_assert_cmpint(id_parse(known[i].text), ==, known[i].id);
    }
    for (int i = 0; i < 1000; i++) {
        int64_t id = id_new();

        g_assert_cmpint(id_parse(id_text(id, buf)), ==, id);
        g_assert_cmpuint(strlen(buf), ==, ID_TEXT - 1);
    }
}

static void refuses_what_it_would_not_write(void)
{
    static const char *const bad[] = {
        "",
        "1",
        "000000000000",   /* short */
        "00000000000001", /* long */
        "000000000000Z",  /* upper case */
        "000000000000i",  /* not of the alphabet */
        "000000000000l",
        "000000000000o",
        "000000000000u",
        "000000000000-",
        "000000000 001",
        "8000000000000", /* 64 bits and a sign */
        "zzzzzzzzzzzzz",
        "0000000000000", /* zero is no id */
        "00000000000\xc3\xa5",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_cmpint(id_parse(bad[i]), ==, 0);
    g_assert_cmpint(id_parse(NULL), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/id/new/time", holds_the_time);
    g_test_add_func("/id/new/rises", rises_within_a_millisecond);
    g_test_add_func("/id/new/threads", threads_never_share_one);
    g_test_add_func("/id/text/round-trip", text_and_back);
    g_test_add_func("/id/parse/refused", refuses_what_it_would_not_write);
    return g_test_run();
}
