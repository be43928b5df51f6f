/* a.c - a case.
 * SPDX-License-Identifier: EUPL-1.2 */
static const int fixed = 1;
static const char *const names[] = { "a", "b" };
static bool (*const table[2])(void) = { one, two };
struct Thing {
    unsigned n;
};
typedef struct Thing Thing;
enum { A, B };
extern const Thing shared;
bool prototype(int a, int b) G_GNUC_PRINTF(1, 2);
G_DEFINE_QUARK(a, b)
static const struct {
    int n;
} rows[] = { { 1 } };
static const char *moving = "the pointer changes";
static int count;
unsigned loud;
static bool (*hook)(void);

int b(void)
{
    static const int twelve = 12;
    static int calls = 0;
    int local = twelve;

    return local + calls++;
}

struct Thing global_thing;
