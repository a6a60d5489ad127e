#pragma once
#include <curl/curl.h>
#include <stddef.h>

/* One HTTPS POST. curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call; everything that needs
   them is done here. All pointers are borrowed for the call; NULL where optional. */
typedef struct {
  const char *url;
  const char *ca_file;          /* PEM of the authorities to trust instead of the system's; NULL for the system's */
  const char *certificate_file; /* client certificate and key, PEM; NULL for none */
  const char *key_file;
  const char *const *headers; /* NULL-terminated "Name: value" lines */
  const void *body;
  size_t body_size;
  long timeout_ms;
  size_t answer_limit; /* bytes; a longer answer ends the transfer with an error */
} ccurl_post;

typedef struct {
  CURLcode code;
  long status;         /* 0 when no answer came */
  long retry_after_s;  /* the Retry-After header in seconds, -1 when there is none */
  char *answer;        /* to be freed with ccurl_free */
  size_t answer_size;
  char error[CURL_ERROR_SIZE];
} ccurl_result;

CURLcode ccurl_global_init(void);
ccurl_result ccurl_perform(const ccurl_post *post);
void ccurl_free(ccurl_result *result);
