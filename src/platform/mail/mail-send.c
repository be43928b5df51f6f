/* mail-send.c - a composed mail to an SMTP server, and the reason in a word when it does not go.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "libcurl.h"
#include "mail.h"

#define SECONDS 20

/* --- what went wrong, as a code and in words --- */

static const struct {
    const char *code, *text;
} troubles[] = {
    [MAIL_FINE] = { "", "" },
    [MAIL_NO_HOST] = { "no-host",
                       N_("No server of that name was found. Look for a slip in the name "
                          "of the server.") },
    [MAIL_REFUSED] = { "refused",
                       N_("Nobody answers at that server and port. Look at the port, and "
                          "ask whether a firewall stands between.") },
    [MAIL_TIMEOUT] = { "timeout", N_("The server did not answer in time. Look at the port, and ask "
                                     "whether a firewall stands between.") },
    [MAIL_NO_TLS] = { "no-tls", N_("The server and we did not agree on encryption. Try another "
                                   "choice of encryption: STARTTLS goes with port 587, TLS with "
                                   "port 465.") },
    [MAIL_CERTIFICATE] = { "certificate",
                           N_("The server's certificate is not to be trusted, or is "
                              "for another name. Write the name that the certificate "
                              "is for.") },
    [MAIL_LOGIN] = { "login", N_("The server did not take the user name and the password.") },
    [MAIL_BAD_SENDER] = { "sender", N_("The server does not let that sender send. Use an address "
                                       "that it knows.") },
    [MAIL_BAD_RECEIVER] = { "receiver", N_("The server does not take mail for that address.") },
    [MAIL_REJECTED] = { "rejected", N_("The server did not take the mail.") },
    [MAIL_OTHER] = { "other", N_("The mail could not be sent.") },
};

const char *mail_trouble_text(MailTrouble trouble)
{
    return *troubles[trouble].text ? _(troubles[trouble].text) : "";
}

const char *mail_trouble_code(MailTrouble trouble)
{
    return troubles[trouble].code;
}

MailTrouble mail_trouble_of(const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(troubles); i++)
        if (!g_strcmp0(troubles[i].code, code))
            return (MailTrouble)i;
    return MAIL_OTHER;
}

static MailTrouble trouble_of(CURLcode code, const char *words)
{
    switch (code) {
    case CURLE_OK:
        return MAIL_FINE;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_URL_MALFORMAT:
        return MAIL_NO_HOST;
    case CURLE_COULDNT_CONNECT:
        return MAIL_REFUSED;
    case CURLE_OPERATION_TIMEDOUT:
        return MAIL_TIMEOUT;
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
        return MAIL_NO_TLS;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return MAIL_CERTIFICATE;
    case CURLE_LOGIN_DENIED:
        return MAIL_LOGIN;
    default:
        if (g_str_has_prefix(words, "MAIL failed"))
            return MAIL_BAD_SENDER;
        if (g_str_has_prefix(words, "RCPT failed"))
            return MAIL_BAD_RECEIVER;
        return code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_SEND_ERROR ? MAIL_REJECTED
                                                                            : MAIL_OTHER;
    }
}

/* --- the conversation --- */

typedef struct {
    const char *rest;
    size_t size;
} Source;

static size_t read_more(char *into, size_t one, size_t n, void *data)
{
    Source *source = data;
    size_t size = MIN(one * n, source->size);

    memcpy(into, source->rest, size);
    source->rest += size;
    source->size -= size;
    return size;
}

static void set_server(CURL *curl, const MailServer *s)
{
    bool literal = strchr(s->server, ':') != NULL; /* an IPv6 address */
    g_autofree char *url =
        g_strdup_printf("%s://%s%s%s:%d", s->security == MAIL_TLS ? "smtps" : "smtp",
                        literal ? "[" : "", s->server, literal ? "]" : "", s->port);
    long seconds = s->seconds ? s->seconds : SECONDS;

    libcurl.easy_setopt(curl, CURLOPT_URL, url);
    libcurl.easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    libcurl.easy_setopt(curl, CURLOPT_PROXY, "");
    libcurl.easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    libcurl.easy_setopt(curl, CURLOPT_TIMEOUT, seconds);
    libcurl.easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, MIN(seconds, 10));
    libcurl.easy_setopt(curl, CURLOPT_USE_SSL,
                        (long)(s->security == MAIL_OPEN ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    libcurl.easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (s->ca_file)
        libcurl.easy_setopt(curl, CURLOPT_CAINFO, s->ca_file);
    if (s->user && *s->user) {
        libcurl.easy_setopt(curl, CURLOPT_USERNAME, s->user);
        libcurl.easy_setopt(curl, CURLOPT_PASSWORD, s->password ? s->password : "");
    }
}

static void keep_words(MailResult *result, const char *words)
{
    size_t n = 0;

    for (const char *p = words; *p && n + 1 < sizeof result->answer; p++)
        result->answer[n++] = *p >= ' ' && *p < 0x7f ? *p : '?';
    result->answer[n] = '\0';
}

static bool converse(CURL *curl, const Mail *mail, const char *message, MailResult *ret)
{
    g_autofree char *from = g_strdup_printf("<%s>", mail->from);
    g_autofree char *to = g_strdup_printf("<%s>", mail->to);
    struct curl_slist *receivers = libcurl.slist_append(NULL, to);
    char words[CURL_ERROR_SIZE] = "";
    Source source = { message, strlen(message) };
    long answer = 0;

    libcurl.easy_setopt(curl, CURLOPT_MAIL_FROM, from);
    libcurl.easy_setopt(curl, CURLOPT_MAIL_RCPT, receivers);
    libcurl.easy_setopt(curl, CURLOPT_READFUNCTION, read_more);
    libcurl.easy_setopt(curl, CURLOPT_READDATA, &source);
    libcurl.easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    libcurl.easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
    CURLcode code = libcurl.easy_perform(curl);

    libcurl.easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
    libcurl.slist_free_all(receivers);
    ret->trouble = trouble_of(code, words);
    ret->lasting =
        answer / 100 == 5 && (ret->trouble == MAIL_BAD_RECEIVER || ret->trouble == MAIL_REJECTED);
    if (code != CURLE_OK)
        keep_words(ret, *words ? words : libcurl.easy_strerror(code));
    return code == CURLE_OK;
}

bool mail_send(const MailServer *server, const Mail *mail, MailResult *ret_result, GError **error)
{
    g_autofree char *message = NULL;
    CURL *curl;
    bool sent;

    *ret_result = (MailResult){ .trouble = MAIL_OTHER };
    message = mail_compose(mail, error);
    if (!message)
        return false;
    if (!libcurl_load(error))
        return false;
    curl = libcurl.easy_init();
    g_assert(curl);
    set_server(curl, server);
    sent = converse(curl, mail, message, ret_result);
    libcurl.easy_cleanup(curl);
    return sent || app_fail(error, APP_ERROR_BUSY, "mail: %s", ret_result->answer);
}

/* --- what the settings file says --- */

static MailDefaults *kept_defaults(void)
{
    /* lint: state — set once at the start, before any thread */
    static MailDefaults defaults;

    return &defaults;
}

static char *copy_of(const char *text)
{
    return text && *text ? g_strdup(text) : NULL;
}

void mail_defaults_set(const MailDefaults *defaults)
{
    MailDefaults *kept = kept_defaults();
    const MailDefaults old = *kept;

    *kept = *defaults;
    kept->server.server = copy_of(defaults->server.server);
    kept->server.user = copy_of(defaults->server.user);
    kept->server.password = copy_of(defaults->server.password);
    kept->server.ca_file = copy_of(defaults->server.ca_file);
    kept->sender = copy_of(defaults->sender);
    kept->base_url = copy_of(defaults->base_url);
    g_free((char *)old.server.server);
    g_free((char *)old.server.user);
    g_free((char *)old.server.password);
    g_free((char *)old.server.ca_file);
    g_free((char *)old.sender);
    g_free((char *)old.base_url);
}

const MailDefaults *mail_defaults(void)
{
    return kept_defaults();
}
