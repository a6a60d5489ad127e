#include "CCurl.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  char *bytes;
  size_t size, limit;
} buffer;

static size_t collect(char *data, size_t one, size_t count, void *context) {
  buffer *into = context;
  size_t more = one * count;
  if (more > into->limit - into->size) return 0; /* ends the transfer with CURLE_WRITE_ERROR */
  char *grown = realloc(into->bytes, into->size + more + 1);
  if (!grown) return 0;
  into->bytes = grown;
  memcpy(grown + into->size, data, more);
  into->size += more;
  return more;
}

CURLcode ccurl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

ccurl_result ccurl_perform(const ccurl_post *post) {
  ccurl_result result = {.code = CURLE_OUT_OF_MEMORY, .retry_after_s = -1};
  CURL *curl = curl_easy_init();
  if (!curl) return result;
  struct curl_slist *headers = NULL;
  for (const char *const *line = post->headers; line && *line; line++) {
    struct curl_slist *longer = curl_slist_append(headers, *line);
    if (!longer) goto done;
    headers = longer;
  }
  buffer answer = {.limit = post->answer_limit};
#define SET(option, value)                                             \
  do {                                                                 \
    result.code = curl_easy_setopt(curl, option, value);               \
    if (result.code != CURLE_OK) goto done;                            \
  } while (0)
  SET(CURLOPT_ERRORBUFFER, result.error);
  SET(CURLOPT_URL, post->url);
  SET(CURLOPT_PROTOCOLS_STR, "https");
  SET(CURLOPT_FOLLOWLOCATION, 0L);
  SET(CURLOPT_NOSIGNAL, 1L);
  SET(CURLOPT_TIMEOUT_MS, post->timeout_ms);
  SET(CURLOPT_CONNECTTIMEOUT_MS, post->timeout_ms);
  SET(CURLOPT_SSL_VERIFYPEER, 1L);
  SET(CURLOPT_SSL_VERIFYHOST, 2L);
  SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  SET(CURLOPT_PROXY, "");
  if (post->ca_file) {
    SET(CURLOPT_CAINFO, post->ca_file);
    SET(CURLOPT_CAPATH, NULL);
  }
  if (post->certificate_file) SET(CURLOPT_SSLCERT, post->certificate_file);
  if (post->key_file) SET(CURLOPT_SSLKEY, post->key_file);
  SET(CURLOPT_HTTPHEADER, headers);
  SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)post->body_size);
  SET(CURLOPT_POSTFIELDS, post->body);
  SET(CURLOPT_WRITEFUNCTION, collect);
  SET(CURLOPT_WRITEDATA, &answer);
#undef SET
  result.code = curl_easy_perform(curl);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &result.status);
  curl_off_t wait = 0;
  if (curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0) result.retry_after_s = (long)wait;
  result.answer = answer.bytes;
  result.answer_size = answer.size;
done:
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return result;
}

void ccurl_free(ccurl_result *result) {
  free(result->answer);
  result->answer = NULL;
  result->answer_size = 0;
}
