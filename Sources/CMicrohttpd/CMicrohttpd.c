#define _GNU_SOURCE
#include "CMicrohttpd.h"
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/eventfd.h>

static void log_line(void *context, const char *format, va_list arguments) {
  struct CMicrohttpd_Logger *logger = context;
  char line[512];
  vsnprintf(line, sizeof line, format, arguments);
  logger->log(logger->context, line);
}

/* The target is decoded by the caller from its raw bytes; the library's decoding would hide %2F and cut at %00. */
static size_t leave_escaped(void *context, struct MHD_Connection *connection, char *text) {
  (void)context;
  (void)connection;
  return __builtin_strlen(text);
}

struct MHD_Daemon *CMicrohttpd_start(const struct CMicrohttpd_Options *o) {
  struct MHD_OptionItem items[24];
  int count = 0;
#define ADD(option, number, pointer) \
  items[count++] = (struct MHD_OptionItem){(option), (intptr_t)(number), (void *)(pointer)}
  ADD(MHD_OPTION_EXTERNAL_LOGGER, log_line, o->logger); /* first: it reports the faults of the others */
  ADD(MHD_OPTION_NOTIFY_COMPLETED, o->completed, o->context);
  ADD(MHD_OPTION_NOTIFY_CONNECTION, o->connection, o->context);
  ADD(MHD_OPTION_URI_LOG_CALLBACK, o->target, o->context);
  ADD(MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL);
  if (o->threads > 1) ADD(MHD_OPTION_THREAD_POOL_SIZE, o->threads, NULL);
  ADD(MHD_OPTION_CONNECTION_LIMIT, o->connections, NULL);
  if (o->connections_per_address) ADD(MHD_OPTION_PER_IP_CONNECTION_LIMIT, o->connections_per_address, NULL);
  ADD(MHD_OPTION_CONNECTION_TIMEOUT, o->idle_seconds, NULL);
  ADD(MHD_OPTION_CONNECTION_MEMORY_LIMIT, o->memory_per_connection, NULL);
  if (o->tls) {
    ADD(MHD_OPTION_HTTPS_MEM_KEY, 0, o->key_pem);
    ADD(MHD_OPTION_HTTPS_MEM_CERT, 0, o->certificate_pem);
    ADD(MHD_OPTION_HTTPS_PRIORITIES, 0, o->priorities);
  }
  ADD(MHD_OPTION_END, 0, NULL);
#undef ADD
  unsigned int flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_ERROR_LOG | MHD_USE_ITC |
                       MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME;
  if (o->tls) flags |= MHD_USE_TLS;
  errno = 0;
  return MHD_start_daemon(flags, 0, NULL, NULL, o->access, o->context, MHD_OPTION_ARRAY, items, MHD_OPTION_END);
}

unsigned int CMicrohttpd_connections(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
  return info ? info->num_connections : 0;
}

int CMicrohttpd_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

void *CMicrohttpd_socket_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

const struct sockaddr *CMicrohttpd_address(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info ? info->client_addr : NULL;
}

size_t CMicrohttpd_head_size(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info ? info->header_size : 0;
}

unsigned int CMicrohttpd_status(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_HTTP_STATUS);
  return info ? info->http_status : 0;
}

bool CMicrohttpd_set_idle_seconds(struct MHD_Connection *connection, unsigned int seconds) {
  return MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, seconds) == MHD_YES;
}

struct MHD_Response *CMicrohttpd_stream(size_t block, MHD_ContentReaderCallback read, void *context,
                                        MHD_ContentReaderFreeCallback release) {
  return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, block, read, context, release);
}

static ssize_t read_nothing(void *context, uint64_t position, char *buffer, size_t capacity) {
  (void)context;
  (void)position;
  (void)buffer;
  (void)capacity;
  return MHD_CONTENT_READER_END_OF_STREAM;
}

struct MHD_Response *CMicrohttpd_bodiless(void) {
  struct MHD_Response *response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 64, read_nothing, NULL, NULL);
  if (response != NULL && MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END) != MHD_YES) {
    MHD_destroy_response(response);
    return NULL;
  }
  return response;
}

const ssize_t CMicrohttpd_end_of_stream = MHD_CONTENT_READER_END_OF_STREAM;

int CMicrohttpd_open_socket(int family) { return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

int CMicrohttpd_accept(int listening, struct sockaddr *address, socklen_t *size) {
  return accept4(listening, address, size, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int CMicrohttpd_open_event(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

ssize_t CMicrohttpd_receive(int socket, void *buffer, size_t capacity) {
  return recv(socket, buffer, capacity, MSG_DONTWAIT);
}

void CMicrohttpd_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }
