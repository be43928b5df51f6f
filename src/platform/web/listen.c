/* listen.c - the sockets the server accepts on: made here, or inherited from systemd.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include "listen.h"

#define BACKLOG 1024
#define FIRST_INHERITED 3 /* SD_LISTEN_FDS_START */

static bool listens(int fd)
{
    int yes = 0, type = 0;
    socklen_t len = sizeof yes, type_len = sizeof type;

    return !getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &yes, &len) && yes &&
           !getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &type_len) && type == SOCK_STREAM;
}

bool listen_inherited(size_t most, int ret_fds[], size_t *ret_n, GError **error)
{
    const char *count = g_getenv("LISTEN_FDS"), *pid = g_getenv("LISTEN_PID");
    int64_t n = count ? g_ascii_strtoll(count, NULL, 10) : 0;

    if (pid && g_ascii_strtoll(pid, NULL, 10) != getpid())
        n = 0; /* meant for somebody else */
    if (n > (int64_t)most)
        return app_fail(error, APP_ERROR_INVALID,
                        "%s sockets are given by LISTEN_FDS, and %zu can be served", count, most);
    for (int i = 0; i < n; i++) {
        int fd = FIRST_INHERITED + i;

        if (!listens(fd))
            return app_fail(error, APP_ERROR_INVALID,
                            "descriptor %d, given by LISTEN_FDS, is no listening stream socket",
                            fd);
        /* two processes may wait on it at a change of guard: who comes late must not be stuck */
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        ret_fds[i] = fd;
    }
    *ret_n = (size_t)MAX(n, 0);
    return true;
}

static int refuse(int fd, const char *where, GError **error)
{
    int code = errno;

    if (fd >= 0)
        close(fd);
    app_fail(error, code == EADDRINUSE ? APP_ERROR_BUSY : APP_ERROR_INVALID,
             "cannot listen on %s: %s", where, g_strerror(code));
    return -1;
}

/* A socket that nobody answers on was left by a server that was killed, and goes. What is no socket
 * stays, whoever named it. */
static bool clear_place(const struct sockaddr_un *address)
{
    struct stat info;
    int fd;

    if (lstat(address->sun_path, &info))
        return true;
    errno = EADDRINUSE;
    if (!S_ISSOCK(info.st_mode))
        return false;
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return false;
    bool answered =
        !connect(fd, (const struct sockaddr *)address, sizeof *address) || errno != ECONNREFUSED;

    close(fd);
    errno = EADDRINUSE;
    return !answered && !unlink(address->sun_path);
}

static int listen_unix(const char *path, GError **error)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd;

    if (strlen(path) >= sizeof address.sun_path) {
        app_fail(error, APP_ERROR_INVALID, "socket path %s is too long", path);
        return -1;
    }
    g_strlcpy(address.sun_path, path, sizeof address.sun_path);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return refuse(fd, path, error);
    if (!clear_place(&address) || bind(fd, (const struct sockaddr *)&address, sizeof address) ||
        listen(fd, BACKLOG))
        return refuse(fd, path, error);
    return fd;
}

static int listen_on(const struct addrinfo *address, const char *where, GError **error)
{
    int yes = 1;
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (fd < 0)
        return refuse(fd, where, error);
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) ||
        bind(fd, address->ai_addr, address->ai_addrlen) || listen(fd, BACKLOG))
        return refuse(fd, where, error);
    return fd;
}

/* "HOST:PORT" apart; brackets of an IPv6 address are taken off. */
static bool split(const char *where, char **ret_host, char **ret_port)
{
    const char *colon = strrchr(where, ':');
    size_t len = colon ? (size_t)(colon - where) : 0;

    if (!colon || !colon[1] || strspn(colon + 1, "0123456789") != strlen(colon + 1) ||
        g_ascii_strtoll(colon + 1, NULL, 10) > 65535)
        return false;
    *ret_port = g_strdup(colon + 1);
    if (len >= 2 && where[0] == '[' && where[len - 1] == ']')
        *ret_host = g_strndup(where + 1, len - 2);
    else
        *ret_host = len ? g_strndup(where, len) : g_strdup("127.0.0.1");
    return true;
}

int listen_open(const char *where, char **ret_path, GError **error)
{
    g_autofree char *host = NULL, *port = NULL;
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE }, *found = NULL;
    int fd;

    *ret_path = NULL;
    if (g_str_has_prefix(where, "unix:")) {
        fd = listen_unix(where + 5, error);
        *ret_path = fd >= 0 ? g_strdup(where + 5) : NULL;
        return fd;
    }
    if (!split(where, &host, &port) || getaddrinfo(host, port, &hints, &found)) {
        app_fail(error, APP_ERROR_INVALID, "%s is not HOST:PORT", where);
        return -1;
    }
    fd = listen_on(found, where, error);
    freeaddrinfo(found);
    return fd;
}

int listen_port(int fd)
{
    struct sockaddr_storage address = { 0 };
    socklen_t len = sizeof address;

    if (getsockname(fd, (struct sockaddr *)&address, &len))
        return 0;
    if (address.ss_family == AF_INET)
        return ntohs(((struct sockaddr_in *)&address)->sin_port);
    if (address.ss_family == AF_INET6)
        return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
    return 0;
}
