/* SPDX-License-Identifier: Apache-2.0 */
/*
 * watch_gen COUNT RATE SECONDS: an evidence log as one of a session that runs: COUNT
 * connections at once, and then RATE more a second for so long. Of each 100th the name of
 * the process would turn a screen round; of each 1,000th the other side is another machine.
 * No chain seals it: for what shows a log, not for what judges one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { PROCESSES = 200, STEPS = 10 };

static long long now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void begin(void)
{
	printf("{\"kind\":\"open\",\"t\":%lld,\"format\":\"airgap-verify evidence\",\"version\":1}\n", now());
	printf("{\"kind\":\"witness\",\"t\":%lld,\"witness\":\"kernel\",\"state\":\"on\",\"detail\":\"made up\",\"remedy\":\"\"}\n", now());
	for (int i = 1; i <= PROCESSES; i++)
		printf("{\"kind\":\"process\",\"t\":%lld,\"pid\":%d,\"ppid\":%d,\"uid\":1000,\"comm\":\"agent\",\"exe\":\"/usr/bin/agent\","
		       "\"tree\":true}\n", now(), 1000 + i, i > 1 ? 1000 + i / 2 : 1);
}

static void connection(long i)
{
	int pid = 1001 + (int)(i % PROCESSES);
	printf("{\"kind\":\"attempt\",\"t\":%lld,\"call\":\"connect\",\"proto\":\"tcp\",\"src\":\"127.0.0.1\",\"sport\":%ld,\"dst\":\"%s\","
	       "\"dport\":%ld,\"cookie\":%ld,\"pid\":%d,\"tid\":%d,\"uid\":1000,\"comm\":\"%s\",\"tree\":true}\n",
	       now(), 1024 + i % 60000, i % 1000 == 999 ? "192.0.2.2" : "127.0.0.1", 1 + i % 60000, i + 1, pid, pid,
	       i % 100 == 99 ? "\\u202etnega\\u001b[2J" : "agent");
	printf("{\"kind\":\"state\",\"t\":%lld,\"cookie\":%ld,\"state\":\"established\"}\n", now(), i + 1);
}

int main(int argc, char *argv[])
{
	if (argc != 4)
		return 64;
	long count = strtol(argv[1], NULL, 10), rate = strtol(argv[2], NULL, 10), seconds = strtol(argv[3], NULL, 10), i = 0;
	const struct timespec step = {0, 1000000000L / STEPS};
	begin();
	while (i < count)
		connection(i++);
	for (long s = 0; s < seconds * STEPS; s++) {
		for (long more = 0; more < rate / STEPS; more++)
			connection(i++);
		if (fflush(stdout) != 0)
			return 74;
		nanosleep(&step, NULL);
	}
	return fflush(stdout) == 0 ? 0 : 74;
}
