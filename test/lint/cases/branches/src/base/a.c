/* a.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
int a(int n)
{
    switch (n) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
    case 8:
    case 9:
    case 10:
    case 11:
    case 12:
        for (;;)
            while (n ? 1 : 0) /* if else */
                g("if while for case ?");
    }
    return '?';
}

int b(int n)
{
    switch (n) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
    case 8:
    case 9:
    case 10:
    case 11:
    case 12:
    case 13:
    case 14:
        return 1;
    }
    return 0;
}
