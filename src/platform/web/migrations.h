/* migrations.h - every migration of the program, from the slices' NNNN-what.sql files.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "db.h"

extern const Migration app_migrations[]; /* ascending by number */
extern const size_t app_n_migrations;
