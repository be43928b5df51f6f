/* replay.c - runs a fuzz target over the files of its corpus, without the fuzzer: prints TAP.
 *
 * usage: replay-NAME FOLDER. A crash ends the program, so that the count of the plan is not reached.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "app.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *list_files(const char *folder)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL)
        g_ptr_array_add(files, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(files, compare_names);
    return files;
}

/* The bytes end where the file does, so that one byte too far is seen. */
static bool replay(const char *path)
{
    g_autofree char *bytes = NULL, *exact = NULL;
    gsize len;

    if (!g_file_get_contents(path, &bytes, &len, NULL))
        return false;
    exact = g_memdup2(bytes, len);
    LLVMFuzzerTestOneInput((const uint8_t *)exact, len);
    return true;
}

int main(int argc, char **argv)
{
    g_autoptr(GPtrArray) files = NULL;
    bool good = true;

    if (argc != 2)
        return 2;
    files = list_files(argv[1]);
    printf("1..%u\n", files->len);
    for (guint i = 0; i < files->len; i++) {
        bool done = replay(files->pdata[i]);

        printf("%s %u %s\n", done ? "ok" : "not ok", i + 1, (char *)files->pdata[i]);
        fflush(stdout);
        good = good && done;
    }
    return good && files->len > 0 ? 0 : 1;
}
