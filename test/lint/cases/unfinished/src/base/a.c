/* a.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
/* TODO later */
static const char *const word = "TODO in a string is text";
/* HACKING is a file, FIXME_LATER a name */
// XXX
