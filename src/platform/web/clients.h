/* clients.h - whose request it is, behind proxies or not, and how many one address may have open.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"
#include <sys/socket.h>

#define CLIENT_TEXT 64

typedef struct Clients Clients;

/* trusted: "10.0.0.0/8, ::1, unix"; NULL or "": none. Errors: APP_ERROR_INVALID, naming the entry. */
Clients *clients_new(const char *trusted, int per_address, GError **error);
void clients_free(Clients *clients);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Clients, clients_free)

/* Numeric address without port ("unix" for a local socket); IPv4 inside IPv6 is told as IPv4. */
void client_address(const struct sockaddr *address, char ret_text[CLIENT_TEXT]);
bool clients_trusts(const Clients *clients, const char *address);
/* The real client: of X-Forwarded-For the last address that is not itself a trusted proxy. */
void clients_real(const Clients *clients, const char *peer, const char *forwarded_for,
                  char ret_text[CLIENT_TEXT]);
/* One more connection or request of an address (an IPv6 /64 counts as one); false: too many. */
bool clients_enter(Clients *clients, const char *address);
void clients_leave(Clients *clients, const char *address);
