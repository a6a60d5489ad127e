/* What both counterparts share: command line, files, and a libmicrohttpd daemon as plain as it gets. */
#pragma once
#include <microhttpd.h>
#include <stddef.h>

struct bytes {
  char *data;
  size_t length;
};

/* The whole file, ended by a NUL that is not counted; ends the process when it can't be read. */
struct bytes read_file(const char *path);

/*
 * Listens on 127.0.0.1:port with two threads, with TLS when certificate and key are given, and never returns.
 * `completed` may be NULL.
 */
void serve(const char *port, const char *certificate, const char *key, MHD_AccessHandlerCallback handler,
           MHD_RequestCompletedCallback completed);
