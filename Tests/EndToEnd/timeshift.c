/*
 * Shifts the wall clock of a program, also while it runs, and nothing else: monotonic clocks and the timers that count
 * by them keep their pace. Preloaded with LD_PRELOAD.
 *
 * TIMESHIFT_FILE names a file of eight bytes: the offset in nanoseconds, a signed integer in the machine's byte order.
 * It is mapped, so that a change is seen by the next call in every thread.
 *
 * Deadlines given in wall-clock time must be moved back before the kernel, which knows the true time, gets them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static const int64_t second = 1000000000;
static const _Atomic int64_t *shared;

__attribute__((constructor)) static void map_offset(void) {
  const char *path = getenv("TIMESHIFT_FILE");
  if (!path) return;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  void *bytes = file < 0 ? MAP_FAILED : mmap(NULL, sizeof *shared, PROT_READ, MAP_SHARED, file, 0);
  if (bytes == MAP_FAILED) {
    fprintf(stderr, "timeshift: %s: %s\n", path, strerror(errno));
    _exit(70);
  }
  close(file);
  shared = bytes;
}

static int64_t offset(void) { return shared ? atomic_load_explicit(shared, memory_order_relaxed) : 0; }

static int is_wall(clockid_t clock) {
  return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
}

static struct timespec moved(struct timespec time, int64_t by) {
  int64_t whole = time.tv_sec + by / second;
  int64_t rest = time.tv_nsec + by % second;
  if (rest < 0) {
    rest += second;
    whole -= 1;
  } else if (rest >= second) {
    rest -= second;
    whole += 1;
  }
  return (struct timespec){.tv_sec = whole, .tv_nsec = rest};
}

/* A deadline as the kernel must see it; never before 1970, which it refuses. */
static struct timespec unshifted(const struct timespec *deadline) {
  struct timespec true_time = moved(*deadline, -offset());
  return true_time.tv_sec < 0 ? (struct timespec){0} : true_time;
}

/* Some calls don't say by which clock they count; no machine has been up for fifteen years. */
static int looks_like_wall(const struct timespec *deadline) { return deadline && deadline->tv_sec > 500000000; }

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = (int)syscall(SYS_clock_gettime, clock, time);
  if (result == 0 && is_wall(clock)) *time = moved(*time, offset());
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  struct timespec now;
  (void)zone;
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
  *time = (struct timeval){.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
  return 0;
}

time_t time(time_t *result) {
  struct timespec now;
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
  if (result) *result = now.tv_sec;
  return now.tv_sec;
}

int timespec_get(struct timespec *time, int base) {
  return base == TIME_UTC && clock_gettime(CLOCK_REALTIME, time) == 0 ? base : 0;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *wanted, struct timespec *left) {
  struct timespec deadline = *wanted;
  if ((flags & TIMER_ABSTIME) && is_wall(clock)) deadline = unshifted(wanted);
  /* The call returns its error, the bare system call sets errno. */
  return syscall(SYS_clock_nanosleep, clock, flags, &deadline, left) == 0 ? 0 : errno;
}

int timerfd_settime(int file, int flags, const struct itimerspec *wanted, struct itimerspec *old) {
  struct itimerspec timer = *wanted;
  if ((flags & TFD_TIMER_ABSTIME) && looks_like_wall(&wanted->it_value)) timer.it_value = unshifted(&wanted->it_value);
  return (int)syscall(SYS_timerfd_settime, file, flags, &timer, old);
}

int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict wanted) {
  static int (*next)(sem_t *, const struct timespec *);
  if (!next) next = dlsym(RTLD_NEXT, "sem_timedwait");
  struct timespec deadline = unshifted(wanted);
  return next(semaphore, &deadline);
}

int pthread_mutex_timedlock(pthread_mutex_t *restrict mutex, const struct timespec *restrict wanted) {
  static int (*next)(pthread_mutex_t *, const struct timespec *);
  if (!next) next = dlsym(RTLD_NEXT, "pthread_mutex_timedlock");
  struct timespec deadline = unshifted(wanted);
  return next(mutex, &deadline);
}

int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict wanted) {
  static int (*next)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
  /* x86-64 has an older function of this name too, with another layout, which a plain look-up may find. */
  if (!next) next = dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
  if (!next) next = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
  struct timespec deadline = looks_like_wall(wanted) ? unshifted(wanted) : *wanted;
  return next(condition, mutex, &deadline);
}

int pthread_cond_clockwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex, clockid_t clock,
                           const struct timespec *restrict wanted) {
  static int (*next)(pthread_cond_t *, pthread_mutex_t *, clockid_t, const struct timespec *);
  if (!next) next = dlsym(RTLD_NEXT, "pthread_cond_clockwait");
  struct timespec deadline = is_wall(clock) ? unshifted(wanted) : *wanted;
  return next(condition, mutex, clock, &deadline);
}
