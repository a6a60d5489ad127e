/* Inserts each request's body in a transaction of its own and answers after the fsync:
   insert PORT DATABASE [CERTIFICATE KEY] */
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server.h"

static struct MHD_Response *done;
static struct MHD_Response *failed;
static sqlite3 *database;
static sqlite3_stmt *begin;
static sqlite3_stmt *insert;
static sqlite3_stmt *commit;
static pthread_mutex_t writer = PTHREAD_MUTEX_INITIALIZER;

static int step(sqlite3_stmt *statement) {
  int result = sqlite3_step(statement);
  sqlite3_reset(statement);
  return result == SQLITE_DONE;
}

static int store(const struct bytes *body) {
  pthread_mutex_lock(&writer);
  sqlite3_bind_text(insert, 1, body->data, (int)body->length, SQLITE_STATIC);
  int stored = step(begin) && step(insert) && step(commit);
  pthread_mutex_unlock(&writer);
  return stored;
}

static enum MHD_Result answer(void *nothing, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *length, void **request) {
  (void)nothing, (void)url, (void)method, (void)version;
  struct bytes *body = *request;
  if (!body) {
    *request = calloc(1, sizeof *body);
    return *request ? MHD_YES : MHD_NO;
  }
  if (*length) {
    char *longer = realloc(body->data, body->length + *length);
    if (!longer) return MHD_NO;
    memcpy(longer + body->length, data, *length);
    body->data = longer;
    body->length += *length;
    *length = 0;
    return MHD_YES;
  }
  int stored = store(body);
  return MHD_queue_response(connection, stored ? MHD_HTTP_CREATED : MHD_HTTP_INTERNAL_SERVER_ERROR,
                            stored ? done : failed);
}

static void completed(void *nothing, struct MHD_Connection *connection, void **request,
                      enum MHD_RequestTerminationCode code) {
  (void)nothing, (void)connection, (void)code;
  struct bytes *body = *request;
  if (!body) return;
  free(body->data);
  free(body);
}

static void prepare(const char *sql, sqlite3_stmt **statement) {
  if (sqlite3_prepare_v2(database, sql, -1, statement, NULL) == SQLITE_OK) return;
  fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(database));
  exit(1);
}

int main(int count, char **arguments) {
  if (count != 3 && count != 5) {
    fprintf(stderr, "usage: %s PORT DATABASE [CERTIFICATE KEY]\n", arguments[0]);
    return 64;
  }
  const char *schema =
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
      "CREATE TABLE IF NOT EXISTS item(id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT";
  if (sqlite3_open(arguments[2], &database) || sqlite3_exec(database, schema, NULL, NULL, NULL)) {
    fprintf(stderr, "%s: %s\n", arguments[2], sqlite3_errmsg(database));
    return 1;
  }
  prepare("BEGIN IMMEDIATE", &begin);
  prepare("INSERT INTO item(body) VALUES(?)", &insert);
  prepare("COMMIT", &commit);
  done = MHD_create_response_from_buffer(11, "{\"ok\":true}", MHD_RESPMEM_PERSISTENT);
  failed = MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT);
  serve(arguments[1], count == 5 ? arguments[3] : NULL, count == 5 ? arguments[4] : NULL, answer, completed);
}
