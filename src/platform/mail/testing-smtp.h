/* testing-smtp.h - a real SMTP server as a child of the test, on loopback.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <jansson.h>
#include "mail.h"

typedef struct TestSmtp TestSmtp;

/* options: as testing-smtp.py has them, NULL-terminated. NULL when python3-aiosmtpd is not here: the
 * test has then been skipped with the reason. */
TestSmtp *test_smtp_new(const char *const *options);
void test_smtp_free(TestSmtp *smtp); /* ends it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestSmtp, test_smtp_free)
int test_smtp_port(const TestSmtp *smtp);
/* The next mail that arrived, decoded; waits for it. Yours, json_decref. */
json_t *test_smtp_next(TestSmtp *smtp);
/* A member of it that is text. */
const char *test_smtp_text(const json_t *mail, const char *name);
/* A port that nobody listens on. */
int test_smtp_free_port(void);
