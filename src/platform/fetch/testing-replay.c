/* testing-replay.c - see testing-replay.h. One thread, one question at a time.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "testing-replay.h"

struct TestReplay {
    GMutex lock;
    GThread *thread;
    ReplayAnswer answer;
    char *origin, *question;
    int socket, asked;
    _Atomic bool stop;
};

static bool send_all(int fd, const void *data, size_t size)
{
    const char *p = data;

    while (size) {
        ssize_t n = send(fd, p, size, MSG_NOSIGNAL);

        if (n <= 0)
            return false;
        p += n;
        size -= (size_t)n;
    }
    return true;
}

/* To the blank line, and so much body as it tells. */
static char *read_question(int fd)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char part[4096];

    for (;;) {
        const char *end = strstr(text->str, "\r\n\r\n");
        const char *length = strstr(text->str, "Content-Length: ");
        size_t body = length ? (size_t)g_ascii_strtoull(length + 16, NULL, 10) : 0;

        if (end && text->len >= (size_t)(end - text->str) + 4 + body)
            return g_string_free(g_steal_pointer(&text), FALSE);
        ssize_t n = recv(fd, part, sizeof part, 0);

        if (n <= 0)
            return NULL;
        g_string_append_len(text, part, n);
    }
}

static bool says(const char *question, const char *name, const char *value)
{
    g_autofree char *line = g_strdup_printf("\r\n%s: %s\r\n", name, value ? value : "-");

    return value && strstr(question, line);
}

static void send_head(int fd, const ReplayAnswer *a, int status, size_t from)
{
    g_autoptr(GString) head = g_string_new(NULL);

    g_string_printf(head, "HTTP/1.1 %d Answer\r\nConnection: close\r\n", status);
    if (status != 304)
        g_string_append_printf(head, "Content-Type: %s\r\nContent-Length: %zu\r\n",
                               a->type ? a->type : "application/json", a->size - from);
    if (status == 206)
        g_string_append_printf(head, "Content-Range: bytes %zu-%zu/%zu\r\n", from, a->size - 1,
                               a->size);
    if (a->etag)
        g_string_append_printf(head, "ETag: %s\r\n", a->etag);
    g_string_append_printf(head, "%s\r\n", a->headers ? a->headers : "");
    send_all(fd, head->str, head->len);
}

static void drip(const TestReplay *r, int fd, const char *from, size_t size)
{
    for (size_t i = 0; i < size && !r->stop && send_all(fd, from + i, 1); i++)
        g_usleep(200000);
}

static void send_answer(const TestReplay *r, int fd, const ReplayAnswer *a, const char *question)
{
    const char *range = strstr(question, "\r\nRange: bytes="), *body = a->body;
    bool rest = range && says(question, "If-Range", a->etag);
    size_t from = rest ? (size_t)g_ascii_strtoull(range + 15, NULL, 10) : 0;
    size_t now = a->how == REPLAY_WHOLE ? a->size - from : MIN(a->after, a->size - from);
    struct linger torn = { 1, 0 };

    if (says(question, "If-None-Match", a->etag)) {
        send_head(fd, a, 304, 0);
        return;
    }
    send_head(fd, a, rest ? 206 : a->status ? a->status : 200, from);
    if (now)
        send_all(fd, body + from, now);
    if (a->how == REPLAY_DRIP)
        drip(r, fd, body + from + now, a->size - from - now);
    if (a->how != REPLAY_RESET)
        return;
    g_usleep(200000); /* what was sent has arrived */
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &torn, sizeof torn);
}

static void *serve(void *data)
{
    TestReplay *r = data;

    for (;;) {
        int fd = accept(r->socket, NULL, NULL);
        g_autofree char *question = fd >= 0 && !r->stop ? read_question(fd) : NULL;

        if (r->stop || fd < 0) {
            if (fd >= 0)
                close(fd);
            return NULL;
        }
        if (question) {
            g_mutex_lock(&r->lock);
            ReplayAnswer answer = r->answer;

            r->asked++;
            g_free(r->question);
            r->question = g_strdup(question);
            g_mutex_unlock(&r->lock);
            send_answer(r, fd, &answer, question);
        }
        close(fd);
    }
}

TestReplay *test_replay_new(void)
{
    TestReplay *r = g_new0(TestReplay, 1);
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t size = sizeof here;

    g_mutex_init(&r->lock);
    r->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint(bind(r->socket, (struct sockaddr *)&here, size), ==, 0);
    g_assert_cmpint(listen(r->socket, 8), ==, 0);
    g_assert_cmpint(getsockname(r->socket, (struct sockaddr *)&here, &size), ==, 0);
    r->origin = g_strdup_printf("http://127.0.0.1:%d", ntohs(here.sin_port));
    r->thread = g_thread_new("replay", serve, r);
    return r;
}

void test_replay_free(TestReplay *r)
{
    if (!r)
        return;
    r->stop = true;
    shutdown(r->socket, SHUT_RDWR); /* wakes the thread */
    g_thread_join(r->thread);
    close(r->socket);
    g_mutex_clear(&r->lock);
    g_free(r->origin);
    g_free(r->question);
    g_free(r);
}

void test_replay_say(TestReplay *r, const ReplayAnswer *answer)
{
    g_mutex_lock(&r->lock);
    r->answer = *answer;
    g_mutex_unlock(&r->lock);
}

const char *test_replay_origin(const TestReplay *r)
{
    return r->origin;
}

int test_replay_asked(TestReplay *r)
{
    g_mutex_lock(&r->lock);
    int n = r->asked;

    g_mutex_unlock(&r->lock);
    return n;
}

char *test_replay_question(TestReplay *r)
{
    g_mutex_lock(&r->lock);
    char *copy = g_strdup(r->question);

    g_mutex_unlock(&r->lock);
    return copy;
}
