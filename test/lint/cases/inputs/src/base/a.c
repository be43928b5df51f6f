/* a.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
bool six(Db *db, int a, const char *b, char c[4], int (*d)(int, int), struct E *e, int f, int *ret_g,
         GError **error)
{
    return true;
}

bool seven(Db *db, int a, const char *b, char c[4], int (*d)(int, int), struct E *e, int f, int g)
{
    return true;
}

static bool none(void)
{
    return seven(a, b, c, d, e, f, g, h, i);
}

/* lint: inputs — the library calls it so */
static void callback(int a, int b, int c, int d, int e, int f, int g)
{
}

/* seven, without a reason */
static void unexplained(int a, int b, int c, int d, int e, int f, int g)
{
}
