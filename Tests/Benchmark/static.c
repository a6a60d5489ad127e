/* Answers every request with one file, which holds the answer's header lines, an empty line and the body:
   static PORT FILE [CERTIFICATE KEY] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server.h"

static struct MHD_Response *page;
static int seen;

static enum MHD_Result answer(void *nothing, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *length, void **request) {
  (void)nothing, (void)url, (void)method, (void)version, (void)data;
  /* The first call of a request brings its head alone. */
  if (!*request) {
    *request = &seen;
    return MHD_YES;
  }
  if (*length) {
    *length = 0;
    return MHD_YES;
  }
  return MHD_queue_response(connection, MHD_HTTP_OK, page);
}

int main(int count, char **arguments) {
  if (count != 3 && count != 5) {
    fprintf(stderr, "usage: %s PORT FILE [CERTIFICATE KEY]\n", arguments[0]);
    return 64;
  }
  struct bytes file = read_file(arguments[2]);
  char *end = strstr(file.data, "\n\n");
  if (!end) {
    fprintf(stderr, "%s: no empty line after the headers\n", arguments[2]);
    return 65;
  }
  char *body = end + 2;
  *end = 0;
  page = MHD_create_response_from_buffer(file.length - (size_t)(body - file.data), body, MHD_RESPMEM_PERSISTENT);
  for (char *line = strtok(file.data, "\n"); line; line = strtok(NULL, "\n")) {
    char *value = strstr(line, ": ");
    if (value) *value = 0;
    if (!value || MHD_add_response_header(page, line, value + 2) != MHD_YES) {
      fprintf(stderr, "%s: %s is no header\n", arguments[2], line);
      return 65;
    }
  }
  serve(arguments[1], count == 5 ? arguments[3] : NULL, count == 5 ? arguments[4] : NULL, answer, NULL);
}
