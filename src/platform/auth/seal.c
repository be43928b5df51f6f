/* seal.c - secrets that the program must read again, encrypted under the installation's key.
 *
 * A password for the mail server and the secret of somebody's code app cannot be hashed. Under a key
 * that stands in the settings file, a stolen database or backup does not tell them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <sodium.h>
#include "auth.h"

typedef struct {
    unsigned char key[AUTH_KEY_SIZE];
    bool known;
} InstallationKey;

static InstallationKey *installation_key(void)
{
    /* lint: state — set once at the start, before any thread */
    static InstallationKey key;

    return &key;
}

void auth_secret_set(const char *secret)
{
    InstallationKey *kept = installation_key();

    kept->known = secret && *secret;
    if (kept->known)
        crypto_generichash(kept->key, sizeof kept->key, (const unsigned char *)secret,
                           strlen(secret), NULL, 0);
}

bool auth_secret_key(unsigned char ret_key[AUTH_KEY_SIZE])
{
    const InstallationKey *kept = installation_key();

    if (kept->known)
        memcpy(ret_key, kept->key, AUTH_KEY_SIZE);
    return kept->known;
}

/* A key of its own for each purpose. */
static void derive(const unsigned char key[AUTH_KEY_SIZE], const char *purpose,
                   unsigned char ret[crypto_secretbox_KEYBYTES])
{
    crypto_generichash(ret, crypto_secretbox_KEYBYTES, (const unsigned char *)purpose,
                       strlen(purpose), key, AUTH_KEY_SIZE);
}

char *auth_seal(const unsigned char key[AUTH_KEY_SIZE], const char *purpose, const char *text)
{
    size_t n = strlen(text), size = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + n;
    unsigned char own[crypto_secretbox_KEYBYTES];
    g_autofree unsigned char *box = g_malloc(size);

    g_assert(sodium_init() >= 0);
    derive(key, purpose, own);
    randombytes_buf(box, crypto_secretbox_NONCEBYTES);
    g_assert(crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES, (const unsigned char *)text,
                                   n, box, own) == 0);
    sodium_memzero(own, sizeof own);
    return g_base64_encode(box, size);
}

char *auth_open(const unsigned char key[AUTH_KEY_SIZE], const char *purpose, const char *sealed)
{
    const size_t head = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    unsigned char own[crypto_secretbox_KEYBYTES];
    gsize size = 0;
    g_autofree guchar *box = g_base64_decode(sealed, &size);
    g_autofree char *text = NULL;
    bool opened;

    if (!box || size < head)
        return NULL;
    text = g_malloc0(size - head + 1);
    derive(key, purpose, own);
    opened = crypto_secretbox_open_easy((unsigned char *)text, box + crypto_secretbox_NONCEBYTES,
                                        size - crypto_secretbox_NONCEBYTES, box, own) == 0;
    sodium_memzero(own, sizeof own);
    return opened ? g_steal_pointer(&text) : NULL;
}
