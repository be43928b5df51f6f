/* turn.c - whose turn it is to write, among the processes that share a SQLite file.
 *
 * SQLite's own lock goes to whoever asks at the right moment: a program that commits piece after piece
 * has it again before another one's next look. So each writer first takes the turn, a lock on a file
 * beside the database, keeps it while it waits for SQLite's lock, and gives it away as soon as it has
 * that. Who has just written must then queue behind who waits. The kernel gives a dead one's turn away.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "inside.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define LOOK_US 500

static bool lock(int fd, short type)
{
    struct flock whole = { .l_type = type, .l_whence = SEEK_SET };

    return fcntl(fd, F_OFD_SETLK, &whole) == 0;
}

int turn_open(const char *path, GError **error)
{
    g_autofree char *file = g_strconcat(path, "-turn", NULL);
    int fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd < 0)
        app_fail(error, APP_ERROR_DB, "cannot open %s: %s", file, g_strerror(errno));
    return fd;
}

bool turn_take(int fd, int64_t deadline, GError **error)
{
    while (!lock(fd, F_WRLCK)) {
        if (errno != EAGAIN && errno != EACCES)
            return app_fail(error, APP_ERROR_DB, "sqlite: %s", g_strerror(errno));
        if (g_get_monotonic_time() >= deadline)
            return app_fail(error, APP_ERROR_BUSY, "sqlite: others are writing");
        g_usleep(LOOK_US);
    }
    return true;
}

void turn_give(int fd)
{
    lock(fd, F_UNLCK);
}
