/* harden.h - what a serving program gives up once it knows its settings. SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "conf.h"

/* Called before any thread but after the sandbox's helper is there: no files but the database's folder
 * (to write) and the system's (to read), no other programs, no way to look into other processes.
 * Does nothing where the setting "hardening" is 0; what the kernel lacks is said in the log. */
void harden_program(const Conf *conf);
