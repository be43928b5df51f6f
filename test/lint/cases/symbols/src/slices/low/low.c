/* low.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
const Slice low_slice = { "low" };
const Slice other_slice = { "x" };
bool low_make(void)
{
    return true;
}

bool make(void)
{
    return true;
}

static bool low_hidden(void)
{
    return true;
}

static bool hidden(void)
{
    return true;
}
