/* a.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
/* lint: state — opened once, then read only */
static GOnce once;
static GOnce unexplained;
