/* page.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
static void show(Html *h)
{
    html_raw(h, "<b>");
}
