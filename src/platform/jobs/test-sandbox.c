/* test-sandbox.c - what work in the sandbox cannot do, and that the caller goes on.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "i18n.h"
#include "sandbox.h"

/* --- work, good and bad --- */

static bool echo(const char *args, size_t args_size, const char *input, size_t size,
                 SandboxOut *out, GError **error)
{
    (void)error;
    sandbox_write(out, args, args_size);
    sandbox_write(out, input, size);
    g_assert_cmpint(args[args_size], ==, '\0');
    g_assert_cmpint(input[size], ==, '\0');
    return true;
}

static bool count_frames(const char *args, size_t args_size, const char *input, size_t size,
                         SandboxOut *out, GError **error)
{
    int n = (int)g_ascii_strtoll(args, NULL, 10);

    (void)args_size;
    (void)error;
    for (int i = 0; i < n; i++) {
        g_autofree char *line = g_strdup_printf("%06d %s", i, input);

        sandbox_write(out, line, 7 + (size_t)(i * 37) % size);
    }
    return true;
}

static bool refuse(const char *args, size_t args_size, const char *input, size_t size,
                   SandboxOut *out, GError **error)
{
    (void)input;
    (void)size;
    (void)out;
    return app_fail(error, (AppError)args[0], "linje %d: «%s»", 3, args + 1 + 0 * args_size);
}

static void say_errno(SandboxOut *out, bool done)
{
    g_autofree char *text = done ? g_strdup("DONE") : g_strdup_printf("%d", errno);

    sandbox_write(out, text, strlen(text));
}

static void exhaust(void)
{
    GPtrArray *all = g_ptr_array_new();

    for (int i = 0; i < 64; i++) {
        char *block = g_malloc((gsize)64 * 1024 * 1024);

        memset(block, 1, 4096);
        g_ptr_array_add(all, block);
    }
}

static void touch_files(char which, SandboxOut *out)
{
    if (which == 'r')
        say_errno(out, open("/etc/passwd", O_RDONLY) >= 0);
    else if (which == 'w')
        say_errno(out, open("/tmp/oppvekst-sandbox", O_WRONLY | O_CREAT, 0600) >= 0);
    else if (which == 'm')
        say_errno(out, mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 4, 0) != MAP_FAILED);
}

static void reach_out(char which)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(80) };
    char *const none[] = { NULL };

    if (which == 's')
        connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&address, sizeof address);
    else if (which == 'x')
        execve("/bin/true", none, none);
    else if (which == 'k')
        kill(getppid(), SIGKILL);
    while (which == 'f' && fork() >= 0)
        continue;
}

static void break_down(char which)
{
    volatile int *nowhere = NULL;

    if (which == 'n')
        *nowhere = 1;
    else if (which == 'b')
        abort();
    else if (which == 'q')
        _exit(0);
    else if (which == 'a')
        exhaust();
}

/* One letter of args says which crime. */
static bool crime(const char *args, size_t args_size, const char *input, size_t size,
                  SandboxOut *out, GError **error)
{
    (void)args_size;
    (void)input;
    (void)size;
    (void)error;
    touch_files(args[0], out);
    reach_out(args[0]);
    break_down(args[0]);
    while (args[0] == 'l')
        continue;
    while (args[0] == 'z')
        g_usleep(1000000);
    while (args[0] == 'o')
        sandbox_write(out, args, 1000);
    return true;
}

/* --- asking --- */

static bool into_string(void *arg, const char *data, size_t size, GError **error)
{
    (void)error;
    g_string_append_len(arg, data, (gssize)size);
    return true;
}

static char *crime_said(const char *which, const SandboxLimits *limits, GError **error)
{
    g_autoptr(GString) got = g_string_new(NULL);
    g_autofree char *args = g_strdup_printf("%-1000s", which);

    if (!sandbox_run(crime, args, 1000, "", 0, limits, into_string, got, error))
        return NULL;
    return g_strdup(got->str);
}

static void assert_goes_on(void)
{
    g_autoptr(GString) got = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    g_assert_true(sandbox_run(echo, "a\0b", 3, "ÆØÅ\0x", 8, NULL, into_string, got, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(got->len, ==, 11);
    g_assert_true(!memcmp(got->str, "a\0bÆØÅ\0x", 11));
}

static void assert_stopped(const char *which, const SandboxLimits *limits, const char *saying)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *said = crime_said(which, limits, &error);

    g_assert_null(said);
    g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
    g_test_message("%s: %s", which, error->message);
    g_assert_nonnull(strstr(error->message, saying));
    assert_goes_on();
}

static void what_goes_in_comes_back(void)
{
    assert_goes_on();
}

static void files_are_refused(void)
{
    static const char *const ways[] = { "r", "w" };

    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *said = crime_said(ways[i], NULL, &error);

        g_assert_no_error(error);
        g_assert_cmpstr(said, ==, "1"); /* EPERM */
    }
    g_assert_cmpint(access("/tmp/oppvekst-sandbox", F_OK), ==, -1);
}

static void no_descriptor_is_left(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *said = crime_said("m", NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(said, ==, "9"); /* EBADF */
}

static void sockets_programs_and_processes_end_it(void)
{
    assert_stopped("s", NULL, "made to do harm");
    assert_stopped("x", NULL, "what reading never needs");
    assert_stopped("f", NULL, "what reading never needs");
    assert_stopped("k", NULL, "what reading never needs");
}

static void memory_is_limited(void)
{
    const SandboxLimits little = { .memory = (size_t)256 * 1024 * 1024 };

    assert_stopped("a", NULL, "ran out of memory");
    assert_stopped("a", &little, "ran out of memory");
}

static void time_is_limited(void)
{
    const SandboxLimits second = { .cpu = 1 }, wall = { .wall = 1 };
    int64_t began = g_get_monotonic_time();

    assert_stopped("l", &second, "more work than is allowed");
    assert_stopped("l", &wall, "longer than is allowed (1 s)");
    assert_stopped("z", &wall, "longer than is allowed (1 s)");
    g_assert_cmpint(g_get_monotonic_time() - began, <, 8 * G_USEC_PER_SEC);
}

static void a_crash_is_an_error_in_words(void)
{
    assert_stopped("n", NULL, "broke down");
    assert_stopped("b", NULL, "broke down");
    assert_stopped("q", NULL, "broke down"); /* gone without a word is no success */
}

static void output_is_limited(void)
{
    const SandboxLimits little = { .output = 1000000 };

    assert_stopped("o", &little, "more than can be read at once");
}

static void an_error_is_carried_back_as_it_is(void)
{
    static const AppError codes[] = { APP_ERROR_INVALID, APP_ERROR_NOT_FOUND, APP_ERROR_CONFLICT };

    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
        const char args[] = { (char)codes[i], 'x', 'y', '\0' };
        g_autoptr(GError) error = NULL;

        g_assert_false(sandbox_run(refuse, args, 3, "", 0, NULL, into_string, NULL, &error));
        g_assert_error(error, APP_ERROR, (gint)codes[i]);
        g_assert_cmpstr(error->message, ==, "linje 3: «xy»");
    }
}

/* --- frames --- */

typedef struct {
    int n, stop_at;
    const char *text;
} Frames;

static bool check_frame(void *arg, const char *data, size_t size, GError **error)
{
    Frames *f = arg;
    size_t len = strlen(f->text);

    if (f->n == f->stop_at)
        return app_fail(error, APP_ERROR_BUSY, "enough");
    g_assert_cmpuint(size, ==, 7 + (size_t)(f->n * 37) % len);
    g_assert_cmpint(g_ascii_strtoll(data, NULL, 10), ==, f->n);
    g_assert_true(!memcmp(data + 7, f->text, size - 7));
    f->n++;
    return true;
}

static void frames_arrive_whole_and_in_order(void)
{
    g_autofree char *text = g_strnfill(9000, 'x');
    Frames frames = { 0, -1, text };
    g_autoptr(GError) error = NULL;

    g_assert_true(
        sandbox_run(count_frames, "5000", 4, text, 9000, NULL, check_frame, &frames, &error));
    g_assert_no_error(error);
    g_assert_cmpint(frames.n, ==, 5000);
}

static void the_caller_can_stop_it(void)
{
    g_autofree char *text = g_strnfill(9000, 'x');
    Frames frames = { 0, 10, text };
    g_autoptr(GError) error = NULL;

    g_assert_false(
        sandbox_run(count_frames, "999999", 6, text, 9000, NULL, check_frame, &frames, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_BUSY);
    g_assert_cmpint(frames.n, ==, 10);
    assert_goes_on();
}

/* --- many --- */

static int open_descriptors(void)
{
    g_autoptr(GDir) dir = g_dir_open("/proc/self/fd", 0, NULL);
    int n = 0;

    while (g_dir_read_name(dir))
        n++;
    return n;
}

/* Processes below this one: the helper and whatever it has not yet reaped. */
static int descendants_of(int pid)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/task/%d/children", pid, pid);
    g_autofree char *text = NULL;
    int n = 0;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return 0;
    g_auto(GStrv) pids = g_strsplit(g_strstrip(text), " ", -1);

    for (char **p = pids; *p && **p; p++)
        n += 1 + descendants_of((int)g_ascii_strtoll(*p, NULL, 10));
    return n;
}

static void a_thousand_runs_leave_nothing(void)
{
    int before = open_descriptors();
    int64_t began = g_get_monotonic_time();

    for (int i = 0; i < 1000; i++)
        assert_goes_on();
    g_test_message("one run: %.2f ms", (double)(g_get_monotonic_time() - began) / 1e6);
    g_assert_cmpint(open_descriptors(), ==, before);
    for (int i = 0; i < 100 && descendants_of(getpid()) > 1; i++)
        g_usleep(20000);
    g_assert_cmpint(descendants_of(getpid()), ==, 1);
}

static void *run_many(void *data)
{
    g_autofree char *text = g_strnfill(2000, *(const char *)data);

    i18n_use(LANG_EN);

    for (int i = 0; i < 40; i++) {
        Frames frames = { 0, -1, text };
        g_autoptr(GError) error = NULL;

        if (i % 10 == 3)
            assert_stopped("b", NULL, "broke down");
        g_assert_true(
            sandbox_run(count_frames, "20", 2, text, 2000, NULL, check_frame, &frames, &error));
        g_assert_no_error(error);
        g_assert_cmpint(frames.n, ==, 20);
    }
    return NULL;
}

static void many_threads_at_once(void)
{
    GThread *threads[16];
    char letter[16];

    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        letter[i] = (char)('a' + i);
        threads[i] = g_thread_new("caller", run_many, &letter[i]);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
}

/* Last: there is no helper after it. */
static void a_lost_helper_is_said(void)
{
    g_autoptr(GString) got = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_strdup_printf("/proc/self/task/%d/children", getpid());
    g_autofree char *text = NULL;

    g_assert_true(sandbox_alive());
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    kill((pid_t)g_ascii_strtoll(text, NULL, 10), SIGKILL);
    for (int i = 0; i < 100 && sandbox_alive(); i++)
        g_usleep(10000);
    g_assert_false(sandbox_alive());
    g_assert_false(sandbox_run(echo, "", 0, "", 0, NULL, into_string, got, &error));
    g_assert_error(error, APP_ERROR, APP_ERROR_DB);
    sandbox_stop();
    g_assert_true(sandbox_start(NULL));
    assert_goes_on();
    sandbox_stop();
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(sandbox_start(&error));
    i18n_use(LANG_EN);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sandbox/in-and-out", what_goes_in_comes_back);
    g_test_add_func("/sandbox/files", files_are_refused);
    g_test_add_func("/sandbox/descriptors", no_descriptor_is_left);
    g_test_add_func("/sandbox/crimes", sockets_programs_and_processes_end_it);
    g_test_add_func("/sandbox/memory", memory_is_limited);
    g_test_add_func("/sandbox/time", time_is_limited);
    g_test_add_func("/sandbox/crash", a_crash_is_an_error_in_words);
    g_test_add_func("/sandbox/output", output_is_limited);
    g_test_add_func("/sandbox/error", an_error_is_carried_back_as_it_is);
    g_test_add_func("/sandbox/frames", frames_arrive_whole_and_in_order);
    g_test_add_func("/sandbox/stop", the_caller_can_stop_it);
    g_test_add_func("/sandbox/thousand", a_thousand_runs_leave_nothing);
    g_test_add_func("/sandbox/threads", many_threads_at_once);
    g_test_add_func("/sandbox/lost", a_lost_helper_is_said);
    return g_test_run();
}
