/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A day of a session in half a minute: the collector with clocks that step on by ten minutes
 * at a time, by the linker (--wrap), until a day is over. Between two steps time goes as it
 * does, and none falls into a round of canaries: what has to answer within seconds still may.
 * What the kernel stamps, packets and the records of its programs, is moved by as much as the
 * clocks had been moved by then.
 *
 *   AIRGAP_DAY      a file of DAY_BYTES zeros; FILE.done is made when the day is over
 *   AIRGAP_DAY_SET  "HOUR:SECONDS …": then the wall clock is set by so much besides
 */
#include "collectors/canary.h"
#include "collectors/linux/kernel_event.h"
#include "collectors/linux/kernel_load.h"
#include "collectors/platform.h"

#include <fcntl.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum {
	DAY_BYTES = 65536,
	STEP_S = 600,
	STEPS = 144,
	PACE_MS = 100, /* of real time between two steps */
	RECORD_MAX = 8192,
};

/* From these times on, as the machine has them, the clocks are ahead by so much. */
struct step {
	int64_t mono, wall, mono_ahead, wall_ahead;
};

/* Shared by the collector and its processes; only the collector adds to it. */
struct day {
	unsigned count;
	struct step steps[STEPS + 1];
};

static struct day *day;
static bool armed, round_open;

int __real_clock_gettime(clockid_t id, struct timespec *ret);
int __wrap_clock_gettime(clockid_t id, struct timespec *ret);

static int64_t real_time(clockid_t id)
{
	struct timespec now;
	__real_clock_gettime(id, &now);
	return (int64_t)now.tv_sec * CLOCK_SECOND + now.tv_nsec;
}

__attribute__((constructor)) static void open_day(void)
{
	const char *path = getenv("AIRGAP_DAY");
	_Static_assert(sizeof *day <= DAY_BYTES, "the file holds all steps");
	int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
	if (fd < 0)
		return;
	day = mmap(NULL, DAY_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (day == MAP_FAILED)
		abort();
	close(fd);
}

/* How things stood at a time that the machine told: at `wall`, or at `mono`, or now. */
static struct step step_at(int64_t wall, int64_t mono)
{
	unsigned count = day ? __atomic_load_n(&day->count, __ATOMIC_ACQUIRE) : 0;
	while (count > 0 && (day->steps[count - 1].wall > wall || day->steps[count - 1].mono > mono))
		count--;
	return count ? day->steps[count - 1] : (struct step){0};
}

int __wrap_clock_gettime(clockid_t id, struct timespec *ret)
{
	int status = __real_clock_gettime(id, ret);
	struct step s = step_at(INT64_MAX, INT64_MAX);
	int64_t ahead = id == CLOCK_REALTIME ? s.wall_ahead : id == CLOCK_MONOTONIC ? s.mono_ahead : 0;
	int64_t time = (int64_t)ret->tv_sec * CLOCK_SECOND + ret->tv_nsec + ahead;
	ret->tv_sec = time / CLOCK_SECOND;
	ret->tv_nsec = time % CLOCK_SECOND;
	return status;
}

/* By how much the wall clock is set in the step that ends so many seconds after the first. */
static int64_t set_by(int64_t seconds)
{
	const char *text = getenv("AIRGAP_DAY_SET");
	double hour, by, sum = 0;
	for (int used = 0; text && sscanf(text, "%lf:%lf %n", &hour, &by, &used) >= 2; text += used) {
		double at = hour * 3600;
		if (at > (double)(seconds - STEP_S) && at <= (double)seconds)
			sum += by;
	}
	return (int64_t)(sum * 1e9);
}

static void end_day(void)
{
	char path[4096];
	snprintf(path, sizeof path, "%s.done", getenv("AIRGAP_DAY"));
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		abort();
	close(fd);
}

static void go_on(void)
{
	struct step s = step_at(INT64_MAX, INT64_MAX);
	int64_t mono = real_time(CLOCK_MONOTONIC);
	if (!day || !armed || round_open || day->count == STEPS || mono - s.mono < PACE_MS * CLOCK_MILLISECOND)
		return;
	unsigned number = day->count + 1;
	int64_t by = STEP_S * CLOCK_SECOND;
	day->steps[number - 1] = (struct step){mono, real_time(CLOCK_REALTIME), s.mono_ahead + by,
					       s.wall_ahead + by + set_by((int64_t)number * STEP_S)};
	__atomic_store_n(&day->count, number, __ATOMIC_RELEASE);
	if (number == STEPS)
		end_day();
}

void __real_platform_wait(struct session *s, int milliseconds);
void __wrap_platform_wait(struct session *s, int milliseconds);
void __wrap_platform_wait(struct session *s, int milliseconds)
{
	__real_platform_wait(s, milliseconds);
	go_on(); /* here nobody is between two looks at a clock */
}

void __real_canary_open(struct canaries *c, unsigned round);
void __wrap_canary_open(struct canaries *c, unsigned round);
void __wrap_canary_open(struct canaries *c, unsigned round)
{
	round_open = true;
	__real_canary_open(c, round);
}

void __real_canary_close(struct canaries *c, struct evidence *e);
void __wrap_canary_close(struct canaries *c, struct evidence *e);
void __wrap_canary_close(struct canaries *c, struct evidence *e)
{
	__real_canary_close(c, e);
	round_open = false;
	armed = true;
}

/* Who records are for, while they are handed out. */
struct reader {
	kernel_record_fn *record;
	void *context;
};

static void on_record(void *context, const void *record, size_t size)
{
	const struct reader *to = context;
	_Alignas(8) unsigned char moved[RECORD_MAX];
	struct event_head head;
	if (size < sizeof head || size > sizeof moved)
		abort();
	memcpy(moved, record, size);
	memcpy(&head, record, sizeof head);
	head.mono_ns += (uint64_t)step_at(INT64_MAX, (int64_t)head.mono_ns).mono_ahead;
	memcpy(moved, &head, sizeof head);
	to->record(to->context, moved, size);
}

int __real_kernel_drain(struct kernel_programs *k, size_t max, kernel_record_fn *record, void *context);
int __wrap_kernel_drain(struct kernel_programs *k, size_t max, kernel_record_fn *record, void *context);
int __wrap_kernel_drain(struct kernel_programs *k, size_t max, kernel_record_fn *record, void *context)
{
	struct reader to = {record, context};
	return __real_kernel_drain(k, max, on_record, &to);
}

uint64_t __real_kernel_drain_held(struct kernel_programs *k, uint64_t before_ns, kernel_record_fn *record, void *context);
uint64_t __wrap_kernel_drain_held(struct kernel_programs *k, uint64_t before_ns, kernel_record_fn *record, void *context);
uint64_t __wrap_kernel_drain_held(struct kernel_programs *k, uint64_t before_ns, kernel_record_fn *record, void *context)
{
	struct reader to = {record, context};
	uint64_t ahead = (uint64_t)step_at(INT64_MAX, INT64_MAX).mono_ahead;
	return __real_kernel_drain_held(k, before_ns == UINT64_MAX ? before_ns : before_ns - ahead, on_record, &to);
}

/* Who packets are for, likewise. */
struct receiver {
	pcap_handler handler;
	unsigned char *context;
};

static void on_packet(unsigned char *context, const struct pcap_pkthdr *head, const unsigned char *bytes)
{
	const struct receiver *to = (const struct receiver *)(const void *)context;
	struct pcap_pkthdr moved = *head;
	/* with nanosecond precision tv_usec holds nanoseconds */
	int64_t time = (int64_t)head->ts.tv_sec * CLOCK_SECOND + head->ts.tv_usec;
	time += step_at(time, INT64_MAX).wall_ahead;
	moved.ts.tv_sec = time / CLOCK_SECOND;
	moved.ts.tv_usec = time % CLOCK_SECOND;
	to->handler(to->context, &moved, bytes);
}

int __real_pcap_dispatch(pcap_t *p, int count, pcap_handler handler, unsigned char *context);
int __wrap_pcap_dispatch(pcap_t *p, int count, pcap_handler handler, unsigned char *context);
int __wrap_pcap_dispatch(pcap_t *p, int count, pcap_handler handler, unsigned char *context)
{
	struct receiver to = {handler, context};
	return __real_pcap_dispatch(p, count, on_packet, (unsigned char *)&to);
}
