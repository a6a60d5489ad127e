/* A disk that does not sync, from the moment that the file SYNC_FAULT exists: as long as its first byte is 'h' each sync
   waits, otherwise it fails with EIO. Preloaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* The fault's first byte, or 0 when there is none. */
static char fault(void) {
  const char *path = getenv("SYNC_FAULT");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return 0;
  char kind = 'f';
  ssize_t got = read(file, &kind, 1);
  close(file);
  return got == 1 ? kind : 'f';
}

static int faulty(int (*next)(int), int file) {
  while (fault() == 'h') nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
  if (fault()) {
    errno = EIO;
    return -1;
  }
  return next(file);
}

int fsync(int file) {
  static int (*next)(int);
  if (!next) next = dlsym(RTLD_NEXT, "fsync");
  return faulty(next, file);
}

int fdatasync(int file) {
  static int (*next)(int);
  if (!next) next = dlsym(RTLD_NEXT, "fdatasync");
  return faulty(next, file);
}
