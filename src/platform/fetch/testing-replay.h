/* testing-replay.h - an HTTP server on loopback that answers as it was told to, also badly. Linked into
 * tests alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef enum {
    REPLAY_WHOLE,
    REPLAY_DRIP,  /* `after` bytes, then one every 200 ms */
    REPLAY_RESET, /* `after` bytes, then the line is torn */
    REPLAY_SHORT  /* `after` bytes, then a friendly end */
} ReplayHow;

typedef struct {
    int status;          /* 0: 200 */
    const char *type;    /* NULL: application/json */
    const char *headers; /* whole lines, "Retry-After: 7\r\n"; NULL */
    const char *etag;    /* then If-None-Match gets 304, and a Range with it the rest; NULL */
    const void *body;    /* borrowed */
    size_t size;
    ReplayHow how;
    size_t after;
} ReplayAnswer;

typedef struct TestReplay TestReplay;
TestReplay *test_replay_new(void);
void test_replay_free(TestReplay *replay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestReplay, test_replay_free)
/* The answer from now on. */
void test_replay_say(TestReplay *replay, const ReplayAnswer *answer);
const char *test_replay_origin(const TestReplay *replay); /* "http://127.0.0.1:40123" */
int test_replay_asked(TestReplay *replay);                /* questions so far */
char *test_replay_question(TestReplay *replay);           /* the last one, whole; g_free it */
