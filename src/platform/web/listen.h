/* listen.h - the socket the server accepts on. SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

/**
 * The sockets that systemd gives us by LISTEN_FDS and LISTEN_PID in the environment, to listen on.
 *   ret_fds  has place for `most`; they are closed on exec and do not block.
 *   ret_n    0: none is given.
 * Errors: APP_ERROR_INVALID, more than `most`, or one that is no listening stream socket.
 */
bool listen_inherited(size_t most, int ret_fds[], size_t *ret_n, GError **error);
/**
 * Open a listening socket.
 *   where  "HOST:PORT", "[v6]:PORT", ":PORT" (loopback) or "unix:PATH"; port 0 takes a free one.
 *   ret_path  the socket's file to remove at the end (g_free), or NULL.
 * Returns the descriptor, or -1 with APP_ERROR_INVALID or APP_ERROR_BUSY (address in use).
 */
int listen_open(const char *where, char **ret_path, GError **error);
int listen_port(int fd); /* 0 when it is no TCP socket */
