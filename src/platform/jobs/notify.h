/* notify.h - a word to the service manager, in systemd's protocol: sd_notify(3).
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

/* "READY=1": a datagram to $NOTIFY_SOCKET; nothing happens where there is none. */
void notify_manager(const char *text);
/* RELOADING=1 with the time of the monotonic clock, as Type=notify-reload wants it. */
void notify_reloading(void);
/* How often WATCHDOG=1 is wanted, in microseconds: half of $WATCHDOG_USEC; 0: never. */
int64_t notify_watchdog(void);
