/* wake.h - a word to the jobs program that there may be something to do.
 *
 * The word goes through an eventfd that the supervisor made. It comes before the commit it is about,
 * so the jobs program looks again for a little while; what it misses it finds at its next look.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

void job_wake(void); /* nothing happens where there is no jobs program; from any thread */
/* The eventfd to use, not blocking; -1: none. Before any thread. */
void job_wake_through(int fd);
