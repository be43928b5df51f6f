/* test-metrics.c - the figures of operation as text, and where they are given.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "metrics.h"
#include "listen.h"
#include "server.h"
#include <gio/gio.h>

static void requests_are_counted_by_route_and_class(void)
{
    Metrics *metrics = metrics_new();
    g_autoptr(GString) out = g_string_new(NULL);

    metrics_request(metrics, "/enheter/{id}", 200, 800);
    metrics_request(metrics, "/enheter/{id}", 404, 3000);
    metrics_request(metrics, "/enheter/{id}", 200, 20000000);
    metrics_request(metrics, "", 503, 100);
    metrics_write_requests(metrics, out);
    g_assert_nonnull(
        strstr(out->str, "oppvekst_requests_total{route=\"/enheter/{id}\",status=\"2xx\"} 2\n"));
    g_assert_nonnull(
        strstr(out->str, "oppvekst_requests_total{route=\"/enheter/{id}\",status=\"4xx\"} 1\n"));
    g_assert_nonnull(strstr(out->str, "oppvekst_requests_total{route=\"\",status=\"5xx\"} 1\n"));
    g_assert_nonnull(strstr(out->str, "oppvekst_request_seconds_bucket{le=\"0.001\"} 2\n"));
    g_assert_nonnull(strstr(out->str, "oppvekst_request_seconds_bucket{le=\"0.005\"} 3\n"));
    g_assert_nonnull(strstr(out->str, "oppvekst_request_seconds_bucket{le=\"10\"} 3\n"));
    g_assert_nonnull(strstr(out->str, "oppvekst_request_seconds_bucket{le=\"+Inf\"} 4\n"));
    g_assert_nonnull(strstr(out->str, "oppvekst_request_seconds_count 4\n"));
    g_assert_nonnull(strstr(out->str, "oppvekst_request_seconds_sum 20.0039\n"));
    metrics_free(metrics);
}

static char *ask(int port, const char *path)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GSocketConnection) connection =
        g_socket_client_connect_to_host(client, "127.0.0.1", (guint16)port, NULL, NULL);
    g_autofree char *request =
        g_strdup_printf("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", path);
    g_autoptr(GString) all = g_string_new(NULL);
    char part[4096];
    gssize n;

    g_assert_nonnull(connection);
    g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(connection)), request,
                              strlen(request), NULL, NULL, NULL);
    while ((n = g_input_stream_read(g_io_stream_get_input_stream(G_IO_STREAM(connection)), part,
                                    sizeof part, NULL, NULL)) > 0)
        g_string_append_len(all, part, n);
    return g_strdup(all->str);
}

static const Slice *const none[] = { NULL };

static void they_are_given_on_their_own_address_alone(void)
{
    g_autofree char *path = NULL;
    g_autoptr(GError) error = NULL;
    int fd = listen_open("127.0.0.1:0", &path, &error);
    const WebConfig config = {
        .listen = "127.0.0.1:0", .workers = 2, .metrics_fd = fd, .slices = none
    };
    int port = listen_port(fd);
    WebServer *server = web_start(&config, &error);

    g_assert_no_error(error);
    g_autofree char *page = ask(web_port(server), "/metrics?navn=Kari");
    g_autofree char *figures = ask(port, "/metrics");
    g_autofree char *other = ask(port, "/helse");

    g_assert_true(g_str_has_prefix(page, "HTTP/1.1 404"));
    g_assert_true(g_str_has_prefix(figures, "HTTP/1.1 200"));
    g_assert_true(g_str_has_prefix(other, "HTTP/1.1 404"));
    g_assert_nonnull(strstr(figures, "oppvekst_workers 2\n"));
    g_assert_nonnull(strstr(figures, "status=\"4xx\"} 1\n"));
    g_assert_nonnull(strstr(figures, "process_resident_memory_bytes "));
    g_assert_null(strstr(figures, "Kari"));
    g_assert_true(web_stop(server));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/metrics/requests/counted", requests_are_counted_by_route_and_class);
    g_test_add_func("/metrics/address/own", they_are_given_on_their_own_address_alone);
    return g_test_run();
}
