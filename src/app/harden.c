/* harden.c - what a serving program gives up once it knows its settings.
 *
 * System calls are refused by a list of those we never make (a list of those we do make breaks with
 * each new version of a library). Landlock keeps what is written inside the database's folder, and
 * what is read inside the system's; home folders, other services' data and /root are out of reach.
 * Sockets are free: PostgreSQL, mail and DNS need them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "confine.h"
#include "harden.h"
#include "log.h"

static const ConfineCall never[] = {
    { "execve", false },
    { "execveat", false },
    { "ptrace", false },
    { "mount", false },
    { "umount2", false },
    { "pivot_root", false },
    { "chroot", false },
    { "kexec_load", false },
    { "kexec_file_load", false },
    { "init_module", false },
    { "finit_module", false },
    { "delete_module", false },
    { "bpf", false },
    { "perf_event_open", false },
    { "userfaultfd", false },
    { "process_vm_readv", false },
    { "process_vm_writev", false },
    { "keyctl", false },
    { "add_key", false },
    { "request_key", false },
    { "reboot", false },
    { "swapon", false },
    { "swapoff", false },
    { "unshare", false },
    { "setns", false },
    { "open_by_handle_at", false },
    { "io_uring_setup", false },
    { "fsopen", false },
    { "fsmount", false },
    { "move_mount", false },
    { "open_tree", false },
    { "acct", false },
    { "settimeofday", false },
    { "clock_settime", false },
    { "sethostname", false },
    { "iopl", false },
    { "ioperm", false },
    { "personality", false },
    { "vhangup", false },
};

/* The folder of a SQLite file; NULL for PostgreSQL. */
static char *data_folder(const Conf *conf)
{
    const char *url = conf_text(conf, CONF_db);

    if (strstr(url, "://") || g_str_has_suffix(url, ":memory:"))
        return NULL;
    return g_path_get_dirname(g_str_has_prefix(url, "sqlite:") ? url + strlen("sqlite:") : url);
}

static void confine(const Conf *conf)
{
    g_autofree char *data = data_folder(conf);
    g_autofree char *pass = g_build_filename(g_get_home_dir(), ".pgpass", NULL);
    g_autofree char *certificates = g_build_filename(g_get_home_dir(), ".postgresql", NULL);
    const char *passfile = g_getenv("PGPASSFILE"), *why;
    const ConfinePath paths[] = {
        { "/usr", CONFINE_READ },
        { "/lib", CONFINE_READ },
        { "/lib64", CONFINE_READ },
        { "/etc", CONFINE_READ },
        { "/proc", CONFINE_READ },
        { "/sys/devices/system/cpu", CONFINE_READ },
        { "/run/systemd/resolve", CONFINE_READ }, /* /etc/resolv.conf leads there */
        { "/run/credentials", CONFINE_READ },
        { "/var/cache/fontconfig", CONFINE_READ },
        { "/tmp", CONFINE_WRITE }, /* libxlsxwriter's scratch files; the unit has one of its own */
        { "/dev/null", CONFINE_WRITE },
        { "/dev/urandom", CONFINE_READ },
        { pass, CONFINE_READ },
        { certificates, CONFINE_READ },
        { passfile ? passfile : "/dev/null", CONFINE_READ },
        { data ? data : "/dev/null", CONFINE_WRITE },
        { NULL, CONFINE_READ },
    };

    if (!confine_files(paths, &why))
        log_event(LOG_LEVEL_WARNING, "hardening", log_text("without", why));
}

void harden_program(const Conf *conf)
{
    ConfineFilter *filter;

    if (!conf_number(conf, CONF_hardening))
        return;
    confine(conf);
    filter = confine_filter_deny(never, G_N_ELEMENTS(never));
    if (!filter || !confine_filter_load(filter))
        log_event(LOG_LEVEL_WARNING, "hardening", log_text("without", "seccomp"));
    confine_filter_free(filter);
}
