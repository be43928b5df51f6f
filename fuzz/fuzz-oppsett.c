/* fuzz-oppsett.c - any bytes as the file of settings: read whole, or refused in words.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <sys/mman.h>
#include <unistd.h>
#include "conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(const Conf *conf)
{
    for (int i = 0; i < N_CONF; i++)
        g_assert(g_utf8_validate(conf_text(conf, (ConfKey)i), -1, NULL));
    g_assert(conf_number(conf, CONF_workers) >= 0);
    g_assert(conf_number(conf, CONF_body_limit) >= 0);
    g_assert(conf_number(conf, CONF_upload_limit) <= INT64_C(1) << 40);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    int fd = memfd_create("oppsett", MFD_CLOEXEC);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
    g_autoptr(GError) why = NULL;

    g_assert(fd >= 0 && write(fd, bytes, len) == (ssize_t)len && lseek(fd, 0, SEEK_SET) == 0);
    g_autoptr(Conf) conf = conf_read(path, NULL, &why);

    close(fd);
    if (conf)
        check(conf);
    else
        g_assert(why && why->domain == APP_ERROR && *why->message &&
                 g_utf8_validate(why->message, -1, NULL));
    return 0;
}
