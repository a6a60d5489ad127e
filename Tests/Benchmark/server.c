#include "server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(1);
}

struct bytes read_file(const char *path) {
  struct bytes content = {0};
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0) fail(path);
  content.length = (size_t)ftell(file);
  rewind(file);
  content.data = malloc(content.length + 1);
  if (!content.data || fread(content.data, 1, content.length, file) != content.length) fail(path);
  content.data[content.length] = 0;
  fclose(file);
  return content;
}

void serve(const char *port, const char *certificate, const char *key, MHD_AccessHandlerCallback handler,
           MHD_RequestCompletedCallback completed) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_ERROR_LOG;
  struct MHD_OptionItem options[] = {
      {MHD_OPTION_SOCK_ADDR, 0, &address},
      {MHD_OPTION_THREAD_POOL_SIZE, 2, NULL},
      {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)completed, NULL},
      {MHD_OPTION_END, 0, NULL},
      {MHD_OPTION_END, 0, NULL},
      {MHD_OPTION_END, 0, NULL},
      {MHD_OPTION_END, 0, NULL},
  };
  if (certificate) {
    flags |= MHD_USE_TLS;
    options[3] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, read_file(certificate).data};
    options[4] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, read_file(key).data};
    options[5] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"};
  }
  if (!MHD_start_daemon(flags, 0, NULL, NULL, handler, NULL, MHD_OPTION_ARRAY, options, MHD_OPTION_END)) fail(port);
  puts("ready");
  fflush(stdout);
  pause();
  exit(0);
}
