/* wake.c - a word to the jobs program that there may be something to do.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <unistd.h>
#include "wake.h"

/* lint: state — the descriptor inherited from the supervisor, set once at start */
static int wake_fd = -1;

void job_wake_through(int fd)
{
    wake_fd = fd;
}

void job_wake(void)
{
    uint64_t one = 1;

    /* full: it has been told more often than it can count */
    if (wake_fd >= 0 && write(wake_fd, &one, sizeof one) < 0)
        return;
}
