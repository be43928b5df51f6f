/* a.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
void a(void)
{
    say("goto"); /* goto */
    goto end;
end:
    return;
}
