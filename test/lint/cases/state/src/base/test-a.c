/* test-a.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
static int may_count;
