/* Makes a fast disk as slow as one that must really write: each sync takes SLOWSYNC_MICROSECONDS longer.
   Preloaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

static struct timespec delay;

__attribute__((constructor)) static void read_delay(void) {
  const char *text = getenv("SLOWSYNC_MICROSECONDS");
  long microseconds = text ? atol(text) : 0;
  delay = (struct timespec){.tv_sec = microseconds / 1000000, .tv_nsec = microseconds % 1000000 * 1000};
}

static int slowed(int (*next)(int), int file) {
  struct timespec left = delay;
  while (nanosleep(&left, &left) != 0 && errno == EINTR) continue;
  return next(file);
}

int fsync(int file) {
  static int (*next)(int);
  if (!next) next = dlsym(RTLD_NEXT, "fsync");
  return slowed(next, file);
}

int fdatasync(int file) {
  static int (*next)(int);
  if (!next) next = dlsym(RTLD_NEXT, "fdatasync");
  return slowed(next, file);
}
