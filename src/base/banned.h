/* banned.h - functions that have a safer twin here; using one is a compile error.
 *
 * Include it last: it poisons names for the rest of the translation unit.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol atof gets system localtime gmtime
