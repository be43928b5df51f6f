/* libcurl.h - the client of SMTP and HTTP, loaded when something is sent or fetched.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <curl/curl.h>
#include "lazy.h"

struct Libcurl {
#define LIB(function) typeof(curl_##function) *function;
#include "libcurl.def"
#undef LIB
};

/* Its functions, to be called only after libcurl_load() has succeeded once.
 * lint: state — written once, under a lock */
extern struct Libcurl libcurl;

/* Load it, once in a process. Errors: APP_ERROR_NOT_FOUND. */
bool libcurl_load(GError **error);
