#pragma once
#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

/* What Swift's importer cannot express of libmicrohttpd: variadic calls, flags combined into enum arguments,
   unions behind info queries, a logger that takes a va_list, and constants defined by casts. */

/* Receives one line of the library's log. */
typedef void (*CMicrohttpd_Log)(void *context, const char *line);

/* Owned by the caller; must outlive the daemon, because the library keeps its address. */
struct CMicrohttpd_Logger {
  CMicrohttpd_Log log;
  void *context;
};

struct CMicrohttpd_Options {
  bool tls;
  unsigned int threads;
  unsigned int connections, connections_per_address;
  unsigned int idle_seconds;
  size_t memory_per_connection;
  const char *key_pem, *certificate_pem, *priorities; /* read during the start only */
  void *context;                                      /* the first argument of every callback below */
  MHD_AccessHandlerCallback access;
  MHD_RequestCompletedCallback completed;
  MHD_NotifyConnectionCallback connection;
  void *(*target)(void *context, const char *target, struct MHD_Connection *connection);
  struct CMicrohttpd_Logger *logger;
};

/* Starts a daemon without a listening socket: connections come by MHD_add_connection. NULL on failure, with errno. */
struct MHD_Daemon *CMicrohttpd_start(const struct CMicrohttpd_Options *options);

/* Open connections, suspended ones too. */
unsigned int CMicrohttpd_connections(struct MHD_Daemon *daemon);

int CMicrohttpd_socket(struct MHD_Connection *connection);
void *CMicrohttpd_socket_context(struct MHD_Connection *connection);
const struct sockaddr *CMicrohttpd_address(struct MHD_Connection *connection);
/* Bytes from the method's first letter to the end of the blank line; known once the headers are parsed. */
size_t CMicrohttpd_head_size(struct MHD_Connection *connection);
/* The status code queued or made by the library itself, 0 before. */
unsigned int CMicrohttpd_status(struct MHD_Connection *connection);
bool CMicrohttpd_set_idle_seconds(struct MHD_Connection *connection, unsigned int seconds);

/* A response of unknown length whose bytes come from `read`. */
struct MHD_Response *CMicrohttpd_stream(size_t block, MHD_ContentReaderCallback read, void *context,
                                        MHD_ContentReaderFreeCallback release);
/* A response that sends no body and states no length: the connection closes after it. */
struct MHD_Response *CMicrohttpd_bodiless(void);

extern const ssize_t CMicrohttpd_end_of_stream;

/* Of the system, what exists under Linux alone and Swift's Glibc doesn't bring along. */

/* A TCP socket that doesn't block and isn't inherited; -1 with errno. */
int CMicrohttpd_open_socket(int family);
/* An accepted socket that doesn't block and isn't inherited; -1 with errno. */
int CMicrohttpd_accept(int listening, struct sockaddr *address, socklen_t *size);
/* A descriptor that becomes readable once 8 bytes are written to it; -1 with errno. */
int CMicrohttpd_open_event(void);
/* Reads what is there without waiting; as recv. */
ssize_t CMicrohttpd_receive(int socket, void *buffer, size_t capacity);
/* Names the calling thread, for people who look at the process; at most 15 letters. */
void CMicrohttpd_name_thread(const char *name);
