/* listen.h - the socket the server accepts on. SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

/**
 * Open a listening socket.
 *   where  "HOST:PORT", "[v6]:PORT", ":PORT" (loopback) or "unix:PATH"; port 0 takes a free one.
 *          With LISTEN_FDS=1 and our LISTEN_PID in the environment (systemd) that one is taken.
 *   ret_path  the socket's file to remove at the end (g_free), or NULL.
 * Returns the descriptor, or -1 with APP_ERROR_INVALID or APP_ERROR_BUSY (address in use).
 */
int listen_open(const char *where, char **ret_path, GError **error);
int listen_port(int fd); /* 0 when it is no TCP socket */
