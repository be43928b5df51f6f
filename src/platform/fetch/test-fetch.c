/* test-fetch.c - one question to a real socket, and everything the other side may do wrong.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <zlib.h>
#include "fetch.h"
#include "i18n.h"
#include "sandbox.h"
#include "testing-replay.h"

#define BODY "{\"codeChanges\":[{\"oldCode\":\"1551\",\"newCode\":\"1579\"}]}"

static const char *const json[] = { "application/json", NULL };

static void let(const TestReplay *replay)
{
    const FetchDefaults defaults = { .on = true, .allow = test_replay_origin(replay) };

    fetch_defaults_set(&defaults);
}

static FetchResult ask(const TestReplay *replay, const FetchSpec *how)
{
    g_autofree char *url = g_strconcat(test_replay_origin(replay), "/data", NULL);
    g_autoptr(GError) error = NULL;
    FetchSpec spec = how ? *how : (FetchSpec){ 0 };
    FetchResult result;

    spec.url = url;
    spec.types = json;
    fetch_get(&spec, &result, &error);
    g_assert_no_error(error);
    return result;
}

static GByteArray *packed(const void *data, size_t size)
{
    GByteArray *out = g_byte_array_new();
    z_stream z = { .next_in = (Bytef *)(uintptr_t)data, .avail_in = (uInt)size };

    g_assert_cmpint(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
    g_byte_array_set_size(out, (guint)deflateBound(&z, size));
    z.next_out = out->data;
    z.avail_out = out->len;
    g_assert_cmpint(deflate(&z, Z_FINISH), ==, Z_STREAM_END);
    g_byte_array_set_size(out, out->len - z.avail_out);
    deflateEnd(&z);
    return out;
}

static void assert_is(const FetchResult *r, const void *data, size_t size)
{
    g_assert_cmpstr(fetch_trouble_code(r->trouble), ==, "");
    g_assert_nonnull(r->bytes);
    g_assert_cmpuint(r->bytes->len, ==, size);
    g_assert_true(!memcmp(r->bytes->data, data, size));
}

static void an_answer_comes_with_its_marks(void)
{
    g_autoptr(TestReplay) replay = test_replay_new();

    let(replay);
    test_replay_say(replay, &(ReplayAnswer){ .body = BODY,
                                             .size = strlen(BODY),
                                             .type = "application/json; charset=utf-8",
                                             .etag = "\"a\"" });
    g_auto(FetchResult) r = ask(replay, NULL);

    assert_is(&r, BODY, strlen(BODY));
    g_assert_cmpint(r.status, ==, 200);
    g_assert_cmpstr(r.etag, ==, "\"a\"");
    g_assert_nonnull(strstr(r.headers, "ETag: \"a\""));
    g_autofree char *question = test_replay_question(replay);
    g_assert_true(g_str_has_prefix(question, "GET /data HTTP/1.1\r\n"));
    g_assert_nonnull(strstr(question, "User-Agent: oppvekst\r\n")); /* and nothing of who asks */
    g_assert_null(strstr(question, "Cookie"));
}

static void what_stands_is_not_sent_again(void)
{
    g_autoptr(TestReplay) replay = test_replay_new();

    let(replay);
    test_replay_say(replay, &(ReplayAnswer){ .body = BODY, .size = strlen(BODY), .etag = "\"a\"" });
    g_auto(FetchResult) r = ask(replay, &(FetchSpec){ .etag = "\"a\"" });

    g_assert_cmpint(r.trouble, ==, FETCH_FINE);
    g_assert_true(r.same);
    g_assert_null(r.bytes);
}

static void a_query_is_posted(void)
{
    g_autoptr(TestReplay) replay = test_replay_new();

    let(replay);
    test_replay_say(replay, &(ReplayAnswer){ .body = BODY, .size = strlen(BODY) });
    g_auto(FetchResult) r = ask(replay, &(FetchSpec){ .body = "{\"query\":[]}" });
    g_autofree char *question = test_replay_question(replay);

    assert_is(&r, BODY, strlen(BODY));
    g_assert_true(g_str_has_prefix(question, "POST /data "));
    g_assert_true(g_str_has_suffix(question, "\r\n\r\n{\"query\":[]}"));
}

/* Torn or cut: the rest is asked for, and only the rest is sent. */
static void check_resumed(ReplayHow how, FetchTrouble trouble)
{
    g_autoptr(TestReplay) replay = test_replay_new();
    ReplayAnswer answer = {
        .body = BODY, .size = strlen(BODY), .etag = "\"a\"", .how = how, .after = 20
    };

    let(replay);
    test_replay_say(replay, &answer);
    g_auto(FetchResult) broken = ask(replay, NULL);
    g_assert_cmpstr(fetch_trouble_code(broken.trouble), ==, fetch_trouble_code(trouble));
    g_assert_null(broken.bytes);
    g_assert_cmpuint(broken.part->len, ==, 20);
    g_assert_true(!memcmp(broken.part->data, BODY, 20));
    g_assert_true(fetch_passes(broken.trouble));
    answer.how = REPLAY_WHOLE;
    test_replay_say(replay, &answer);
    const FetchSpec rest = { .part = broken.part->data,
                             .part_size = broken.part->len,
                             .part_mark = broken.part_mark,
                             .part_packing = broken.part_packing };
    g_auto(FetchResult) r = ask(replay, &rest);
    assert_is(&r, BODY, strlen(BODY));
    g_assert_true(r.resumed);
    g_assert_cmpint(r.status, ==, 206);
    answer.etag = "\"b\""; /* another version meanwhile: all of it, from the start */
    test_replay_say(replay, &answer);
    g_auto(FetchResult) other = ask(replay, &rest);
    assert_is(&other, BODY, strlen(BODY));
    g_assert_false(other.resumed);
}

static void a_torn_answer_is_gone_on_with(void)
{
    check_resumed(REPLAY_RESET, FETCH_BROKEN);
}

static void a_cut_answer_is_gone_on_with(void)
{
    check_resumed(REPLAY_SHORT, FETCH_TRUNCATED);
}

static void a_rest_from_elsewhere_is_refused(void)
{
    g_autoptr(TestReplay) replay = test_replay_new();

    let(replay);
    test_replay_say(replay, &(ReplayAnswer){ .status = 206,
                                             .body = BODY,
                                             .size = strlen(BODY),
                                             .headers = "Content-Range: bytes 3-52/53\r\n" });
    g_auto(FetchResult) r =
        ask(replay, &(FetchSpec){ .part = BODY, .part_size = 20, .part_mark = "\"a\"" });

    g_assert_cmpint(r.trouble, ==, FETCH_DAMAGED);
    g_assert_null(r.bytes);
}

static void a_slow_answer_is_given_up(void)
{
    g_autoptr(TestReplay) replay = test_replay_new();
    gint64 begun = g_get_monotonic_time();

    let(replay);
    test_replay_say(replay,
                    &(ReplayAnswer){ .body = BODY, .size = strlen(BODY), .how = REPLAY_DRIP });
    g_auto(FetchResult) r = ask(replay, &(FetchSpec){ .slow_seconds = 1 });

    g_assert_cmpint(r.trouble, ==, FETCH_TIMEOUT);
    g_assert_cmpint(g_get_monotonic_time() - begun, <, 6 * G_USEC_PER_SEC);
}

static bool no(void *arg, size_t got, size_t total)
{
    (void)arg;
    (void)got;
    (void)total;
    return false;
}

static void whoever_waits_can_stop_it(void)
{
    g_autoptr(TestReplay) replay = test_replay_new();

    let(replay);
    test_replay_say(replay,
                    &(ReplayAnswer){ .body = BODY, .size = strlen(BODY), .how = REPLAY_DRIP });
    g_auto(FetchResult) r = ask(replay, &(FetchSpec){ .going = no });

    g_assert_cmpint(r.trouble, !=, FETCH_FINE);
    g_assert_null(r.bytes);
}

/* --- statuses and kinds --- */

static void each_refusal_has_its_words(void)
{
    static const struct {
        int status;
        const char *headers, *type;
        FetchTrouble trouble;
        const char *words;
    } all[] = {
        { 404, NULL, "text/html; charset=utf-8", FETCH_GONE, "nothing at that address" },
        { 410, NULL, NULL, FETCH_GONE, "nothing at that address" },
        { 403, NULL, NULL, FETCH_DENIED, "does not let us in" },
        { 400, NULL, NULL, FETCH_BAD, "did not understand" },
        { 429, "Retry-After: 120\r\n", NULL, FETCH_WAIT, "asks us to wait" },
        { 503, "Retry-After: 120\r\n", NULL, FETCH_WAIT, "asks us to wait" },
        { 500, NULL, NULL, FETCH_SERVER, "wrong at the source" },
        { 302, "Location: http://evil.example/x\r\n", NULL, FETCH_ELSEWHERE, "another host" },
        { 302, "Location: https://127.0.0.1/x\r\n", NULL, FETCH_ELSEWHERE, "another host" },
        { 302, "Location: /again\r\n", NULL, FETCH_OTHER, "could not be fetched" },
        { 200, NULL, "text/html", FETCH_TYPE, "web page" },
        { 200, NULL, "application/jsonx", FETCH_TYPE, "web page" },
        { 200, "Content-Encoding: gzip\r\n", NULL, FETCH_DAMAGED, "packed wrongly" },
        { 200, "Content-Encoding: br\r\n", NULL, FETCH_DAMAGED, "packed wrongly" },
    };
    g_autoptr(TestReplay) replay = test_replay_new();

    let(replay);
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        test_replay_say(replay, &(ReplayAnswer){ .status = all[i].status,
                                                 .headers = all[i].headers,
                                                 .type = all[i].type,
                                                 .body = "Filter må oppgis",
                                                 .size = 17 });
        g_auto(FetchResult) r = ask(replay, NULL);

        g_test_message("%d %s", all[i].status, all[i].headers ? all[i].headers : "");
        g_assert_cmpstr(fetch_trouble_code(r.trouble), ==, fetch_trouble_code(all[i].trouble));
        g_assert_nonnull(strstr(fetch_trouble_text(r.trouble), all[i].words));
        g_assert_cmpint(r.retry_after, ==, all[i].trouble == FETCH_WAIT ? 120 : 0);
        g_assert_null(r.bytes);
        if (all[i].status >= 400)
            g_assert_cmpstr(r.answer, ==, all[i].type ? "HTTP 404" : "Filter m?? oppgis");
    }
}

/* --- sizes --- */

static void a_packed_answer_is_unpacked(void)
{
    g_autoptr(GByteArray) small = packed(BODY, strlen(BODY));
    g_autoptr(TestReplay) replay = test_replay_new();

    let(replay);
    test_replay_say(replay, &(ReplayAnswer){ .headers = "Content-Encoding: gzip\r\n",
                                             .body = small->data,
                                             .size = small->len });
    g_auto(FetchResult) r = ask(replay, NULL);

    assert_is(&r, BODY, strlen(BODY));
}

static void a_bomb_is_not_unpacked(void)
{
    g_autofree char *zeros = g_malloc0(32 * 1024 * 1024);
    g_autoptr(GByteArray) bomb = packed(zeros, 32 * 1024 * 1024);
    g_autoptr(TestReplay) replay = test_replay_new(); /* it goes before what it sends */

    g_assert_cmpuint(bomb->len, <, 64 * 1024);
    let(replay);
    test_replay_say(replay, &(ReplayAnswer){ .headers = "Content-Encoding: gzip\r\n",
                                             .body = bomb->data,
                                             .size = bomb->len });
    g_auto(FetchResult) r = ask(replay, &(FetchSpec){ .limit = 1024 * 1024 });

    g_assert_cmpint(r.trouble, ==, FETCH_TOO_LARGE);
    g_assert_null(r.bytes);
}

static void a_huge_answer_is_stopped(void)
{
    g_autofree char *much = g_malloc0(3 * 1024 * 1024);
    g_autoptr(TestReplay) replay = test_replay_new();

    let(replay);
    test_replay_say(replay, &(ReplayAnswer){ .body = much, .size = 3 * 1024 * 1024 });
    g_auto(FetchResult) r = ask(replay, &(FetchSpec){ .limit = 1024 * 1024 });

    g_assert_cmpint(r.trouble, ==, FETCH_TOO_LARGE);
    g_assert_null(r.part);
}

/* --- who may be asked --- */

static void nobody_is_asked_unless_it_is_on(void)
{
    g_autoptr(TestReplay) replay = test_replay_new();
    const FetchDefaults off = { .on = false, .allow = test_replay_origin(replay) };
    const FetchDefaults others = { .on = true, .allow = "data.ssb.no" };

    fetch_defaults_set(&off);
    g_auto(FetchResult) r = ask(replay, NULL);
    g_assert_cmpint(r.trouble, ==, FETCH_OFF);
    fetch_defaults_set(&others);
    g_auto(FetchResult) s = ask(replay, NULL);
    g_assert_cmpint(s.trouble, ==, FETCH_NOT_ALLOWED);
    g_assert_cmpint(test_replay_asked(replay), ==, 0);
}

/* A name on the list that leads home is no way in. */
static void a_private_address_is_not_asked(void)
{
    const FetchDefaults defaults = { .on = true, .allow = "localhost, 127.0.0.1" };
    const FetchSpec spec = { .url = "https://localhost/data" };
    g_autoptr(GError) error = NULL;
    g_auto(FetchResult) r = { 0 };

    fetch_defaults_set(&defaults);
    g_assert_true(fetch_get(&spec, &r, &error));
    g_assert_cmpint(r.trouble, ==, FETCH_PRIVATE);
}

static void nobody_home_is_said(void)
{
    g_autoptr(TestReplay) replay = test_replay_new();
    g_autofree char *url = g_strdup(test_replay_origin(replay));
    const FetchSpec spec = { .url = url };
    g_autoptr(GError) error = NULL;
    g_auto(FetchResult) r = { 0 };

    let(replay);
    g_clear_pointer(&replay, test_replay_free);
    g_assert_true(fetch_get(&spec, &r, &error));
    g_assert_cmpint(r.trouble, ==, FETCH_REFUSED);
}

static bool is_public(int family, const char *text)
{
    struct sockaddr_in in = { .sin_family = AF_INET };
    struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

    g_assert_cmpint(
        inet_pton(family, text, family == AF_INET ? (void *)&in.sin_addr : (void *)&in6.sin6_addr),
        ==, 1);
    return fetch_is_public(family == AF_INET ? (const struct sockaddr *)&in
                                             : (const struct sockaddr *)&in6);
}

static void private_networks_are_known(void)
{
    static const char *const inside[] = { "127.0.0.1",      "10.1.2.3",    "172.16.0.1",
                                          "172.31.9.9",     "192.168.1.1", "169.254.1.1",
                                          "100.64.0.1",     "0.0.0.0",     "224.0.0.1",
                                          "255.255.255.255" };
    static const char *const inside6[] = { "::1",
                                           "::",
                                           "fe80::1",
                                           "fc00::1",
                                           "ff02::1",
                                           "2002::1",
                                           "::ffff:127.0.0.1",
                                           "2001:db8::1",
                                           "64:ff9b::7f00:1" };
    static const char *const outside[] = { "172.32.0.1", "8.8.8.8", "100.128.0.1", "192.169.0.1" };

    for (size_t i = 0; i < G_N_ELEMENTS(inside); i++)
        g_assert_false(is_public(AF_INET, inside[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(inside6); i++)
        g_assert_false(is_public(AF_INET6, inside6[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(outside); i++)
        g_assert_true(is_public(AF_INET, outside[i]));
    g_assert_true(is_public(AF_INET6, "2a02:c0::1"));
}

static void the_list_is_read(void)
{
    const char *list = "data.ssb.no, http://10.0.0.5:8080";

    g_assert_true(fetch_allowed(list, "https://data.ssb.no/api"));
    g_assert_true(fetch_allowed(list, "https://DATA.ssb.no:443/api"));
    g_assert_true(fetch_allowed(list, "http://10.0.0.5:8080/x"));
    g_assert_false(fetch_allowed(list, "http://data.ssb.no/api"));
    g_assert_false(fetch_allowed(list, "https://data.ssb.no:444/api"));
    g_assert_false(fetch_allowed(list, "https://data.ssb.no.evil.example/"));
    g_assert_false(fetch_allowed(list, "https://user@data.ssb.no/"));
    g_assert_false(fetch_allowed(list, "file:///etc/passwd"));
    g_assert_false(fetch_allowed(list, "https://10.0.0.5:8080/x"));
    g_assert_false(fetch_allowed(NULL, "https://data.ssb.no/"));
    g_assert_true(fetch_allow_valid(list));
    g_assert_true(fetch_allow_valid(""));
    g_assert_false(fetch_allow_valid("https://data.ssb.no/api"));
    g_assert_false(fetch_allow_valid("data.ssb.no:443"));
    g_assert_false(fetch_allow_valid("two words"));
    g_assert_false(fetch_allow_valid("ftp://data.ssb.no"));
}

static void retry_after_is_read(void)
{
    g_assert_cmpint(fetch_retry_after("120", 0), ==, 120);
    g_assert_cmpint(fetch_retry_after("99999999999", 0), ==, 604800);
    g_assert_cmpint(fetch_retry_after("Thu, 01 Jan 1970 00:02:00 GMT", 20), ==, 100);
    g_assert_cmpint(fetch_retry_after("Thu, 01 Jan 1970 00:00:00 GMT", 20), ==, 0);
    g_assert_cmpint(fetch_retry_after("soon", 0), ==, 0);
    g_assert_cmpint(fetch_retry_after(NULL, 0), ==, 0);
}

static void every_trouble_has_a_code_and_words(void)
{
    for (int i = FETCH_FINE + 1; i < N_FETCH; i++) {
        g_assert_cmpint(fetch_trouble_of(fetch_trouble_code((FetchTrouble)i)), ==, i);
        g_assert_cmpuint(strlen(fetch_trouble_text((FetchTrouble)i)), >, 20);
    }
}

int main(int argc, char **argv)
{
    g_assert_true(sandbox_start(NULL));
    i18n_use(LANG_EN);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fetch/answer/whole", an_answer_comes_with_its_marks);
    g_test_add_func("/fetch/answer/not-modified", what_stands_is_not_sent_again);
    g_test_add_func("/fetch/answer/posted", a_query_is_posted);
    g_test_add_func("/fetch/resume/torn", a_torn_answer_is_gone_on_with);
    g_test_add_func("/fetch/resume/cut", a_cut_answer_is_gone_on_with);
    g_test_add_func("/fetch/resume/elsewhere", a_rest_from_elsewhere_is_refused);
    g_test_add_func("/fetch/slow/given-up", a_slow_answer_is_given_up);
    g_test_add_func("/fetch/slow/stopped", whoever_waits_can_stop_it);
    g_test_add_func("/fetch/refusal/words", each_refusal_has_its_words);
    g_test_add_func("/fetch/size/gzip", a_packed_answer_is_unpacked);
    g_test_add_func("/fetch/size/bomb", a_bomb_is_not_unpacked);
    g_test_add_func("/fetch/size/huge", a_huge_answer_is_stopped);
    g_test_add_func("/fetch/whom/off", nobody_is_asked_unless_it_is_on);
    g_test_add_func("/fetch/whom/private", a_private_address_is_not_asked);
    g_test_add_func("/fetch/whom/nobody", nobody_home_is_said);
    g_test_add_func("/fetch/whom/networks", private_networks_are_known);
    g_test_add_func("/fetch/whom/list", the_list_is_read);
    g_test_add_func("/fetch/wait/retry-after", retry_after_is_read);
    g_test_add_func("/fetch/words/all", every_trouble_has_a_code_and_words);
    return g_test_run();
}
