/* Serves one file to every request: static PORT FILE [CERTIFICATE KEY] */
#include <stdio.h>

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
  page = MHD_create_response_from_buffer(file.length, file.data, MHD_RESPMEM_PERSISTENT);
  MHD_add_response_header(page, "Content-Type", "text/html; charset=utf-8");
  serve(arguments[1], count == 5 ? arguments[3] : NULL, count == 5 ? arguments[4] : NULL, answer, NULL);
}
