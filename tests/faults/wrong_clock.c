/* The wall clock of one process, wrong by WRONG_BY seconds; with WRONG_JUMPS=1 now ahead, now
   behind, every two seconds. Steady clocks are left alone. Preloaded by D19 and by nothing else. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static time_t wrong_by(void) {
    const char *by = getenv("WRONG_BY");
    struct timespec steady;
    time_t seconds = by ? atol(by) : 0;
    if (getenv("WRONG_JUMPS")) {
        syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &steady);
        if (steady.tv_sec / 2 % 2) seconds = -seconds;
    }
    return seconds;
}

int clock_gettime(clockid_t id, struct timespec *at) {
    int failed = (int)syscall(SYS_clock_gettime, id, at);
    if (!failed && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) at->tv_sec += wrong_by();
    return failed;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    int failed = (int)syscall(SYS_gettimeofday, at, zone);
    if (!failed && at) at->tv_sec += wrong_by();
    return failed;
}

time_t time(time_t *kept) {
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    if (kept) *kept = at.tv_sec;
    return at.tv_sec;
}
