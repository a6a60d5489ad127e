"""The clock that the other tests own moves the wall time of a program, and nothing else."""

import datetime
import os
import subprocess
import sys
import time

CHINA = datetime.timezone(datetime.timedelta(hours=8))
MORNING = datetime.datetime(2026, 9, 21, 7, 30, tzinfo=CHINA)


def run(clock, *command: str, **options) -> str:
    environment = {**os.environ, **clock.environment}
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True, **options).stdout


def test_a_program_sees_the_time_that_was_set(clock):
    clock.set(MORNING)
    seen = int(run(clock, "date", "+%s"))
    assert 0 <= seen - MORNING.timestamp() < 10
    clock.advance(days=2, hours=1)
    later = int(run(clock, "date", "+%s"))
    assert 0 <= later - seen - 49 * 3600 < 10


def test_a_running_program_sees_each_jump_and_its_monotonic_clock_does_not(clock):
    program = "import sys, time\nfor line in sys.stdin: print(time.time(), time.monotonic(), flush=True)"
    with subprocess.Popen(
        [sys.executable, "-c", program], env={**os.environ, **clock.environment}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:

        def ask() -> tuple[float, float]:
            process.stdin.write("\n")
            process.stdin.flush()
            wall, monotonic = process.stdout.readline().split()
            return float(wall), float(monotonic)

        wall, monotonic = ask()
        assert abs(wall - time.time()) < 5
        clock.advance(hours=-3)
        earlier, after = ask()
        assert -10_801 < earlier - wall < -10_700
        assert 0 <= after - monotonic < 60
        process.stdin.close()


def test_waiting_for_a_wall_clock_deadline_takes_its_true_length(clock):
    # A deadline a little ahead on a clock of another year: neither over at once nor never.
    program = """
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>
static struct timespec soon(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  t.tv_nsec += 50000000;
  if (t.tv_nsec >= 1000000000) { t.tv_nsec -= 1000000000; t.tv_sec++; }
  return t;
}
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }
int main(void) {
  pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t c = PTHREAD_COND_INITIALIZER;
  sem_t s;
  sem_init(&s, 0, 0);
  struct timespec t = soon();
  double begin = now();
  int r = clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &t, NULL);
  printf("%d %f\\n", r, now() - begin);
  t = soon(); begin = now();
  r = sem_timedwait(&s, &t) == -1 && errno == ETIMEDOUT ? 0 : 1;
  printf("%d %f\\n", r, now() - begin);
  pthread_mutex_lock(&m);
  t = soon(); begin = now();
  r = pthread_cond_timedwait(&c, &m, &t) == ETIMEDOUT ? 0 : 1;
  printf("%d %f\\n", r, now() - begin);
  t = soon(); begin = now();
  r = pthread_cond_clockwait(&c, &m, CLOCK_REALTIME, &t) == ETIMEDOUT ? 0 : 1;
  printf("%d %f\\n", r, now() - begin);
}
"""
    built = clock.file.parent / "waits"
    subprocess.run(["gcc", "-x", "c", "-o", built, "-", "-pthread"], input=program, text=True, check=True)
    for moment in [MORNING, datetime.datetime(2001, 1, 1, tzinfo=CHINA), datetime.datetime(2060, 1, 1, tzinfo=CHINA)]:
        clock.set(moment)
        lines = run(clock, str(built), timeout=30).splitlines()
        assert len(lines) == 4
        for line in lines:
            refused, took = line.split()
            assert refused == "0", lines
            assert 0.04 < float(took) < 5, lines
