/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sessions/plan.h"

#include <string.h>

enum { APP = 100, HELPER = 101, OTHER_APP = 102, NEIGHBOUR = 900, MODEL_PORT = 11434 };

const char *const plan_names[PLAN_KINDS] = {
	"honest", "silent", "lying", "skewed", "drifting", "rotated", "lossy", "noisy",
	"several", "summed", "before the kernel", "eyeballs", "again",
};

const struct plan_host plan_hosts[PLAN_HOSTS] = {
	{"api.example", "198.51.100.1", "2001:db8::1"},	   {"cdn.example", "198.51.100.2", "2001:db8::2"},
	{"store.example", "198.51.100.3", "2001:db8::3"},  {"update.example", "198.51.100.4", "2001:db8::4"},
	{"metrics.example", "198.51.100.5", "2001:db8::5"}, {"files.example", "198.51.100.6", "2001:db8::6"},
};

/* splitmix64 (Steele, Lea, Flood 2014): the same numbers everywhere. */
static uint64_t draw(struct plan *p)
{
	uint64_t z = p->random += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static unsigned below(struct plan *p, unsigned n)
{
	return (unsigned)(draw(p) % n);
}

static bool once_in(struct plan *p, unsigned n)
{
	return below(p, n) == 0;
}

static int64_t within(struct plan *p, int64_t ns)
{
	return (int64_t)(draw(p) % (uint64_t)ns);
}

static struct plan_attempt *add_attempt(struct plan *p, int64_t at_ns, unsigned pid, const char *dst, unsigned port,
					const char *outcome)
{
	static struct plan_attempt beyond;
	struct plan_attempt *a = p->attempt_count < PLAN_ATTEMPTS_MAX ? &p->attempts[p->attempt_count] : &beyond;
	*a = (struct plan_attempt){.at_ns = at_ns, .pid = pid, .dst = dst, .port = port, .outcome = outcome,
				   .ours = pid < NEIGHBOUR, .remote = strcmp(dst, "127.0.0.1") != 0,
				   .sport = 32768 + (unsigned)p->attempt_count};
	p->attempt_count += a != &beyond;
	return a;
}

static const char *some_outcome(struct plan *p)
{
	static const char *const outcomes[] = {"ok", "ok", "ok", "ok", "ok", "refused", "denied", "denied"};
	return outcomes[below(p, 8)];
}

/* What the programs do: the model is asked, and allowed hosts are reached or not. */
static void act(struct plan *p)
{
	unsigned local = 3 + below(p, 30), remote = 4 + below(p, 24);
	p->length_ns = (60 + below(p, 600)) * PLAN_SECOND;
	for (unsigned i = 0; i < local; i++)
		add_attempt(p, PLAN_BEGIN_NS + within(p, p->length_ns), once_in(p, 3) ? HELPER : APP, "127.0.0.1", MODEL_PORT, "ok");
	for (unsigned i = 0; i < remote; i++) {
		const struct plan_host *h = &plan_hosts[below(p, PLAN_HOSTS)];
		unsigned pid = p->kind == PLAN_SEVERAL && once_in(p, 2) ? OTHER_APP : once_in(p, 3) ? HELPER : APP;
		struct plan_attempt *a = add_attempt(p, PLAN_BEGIN_NS + within(p, p->length_ns), pid, once_in(p, 4) ? h->v6 : h->v4,
						     once_in(p, 4) ? 80 : 443, some_outcome(p));
		a->sent = strcmp(a->outcome, "ok") ? 0 : 200 + below(p, 2000);
	}
	if (once_in(p, 10)) {
		add_attempt(p, PLAN_BEGIN_NS + within(p, p->length_ns), APP, "203.0.113.7", 443, "ok")->forbidden = true;
		p->egress = true;
	}
}

static struct plan_habit some_habit(struct plan *p, unsigned log)
{
	struct plan_habit h = {.log = log, .step_ns = once_in(p, 3) ? PLAN_SECOND : PLAN_SECOND / 1000};
	h.pids = !once_in(p, 3);
	h.processes = once_in(p, 2);
	h.names = once_in(p, 3);
	h.sports = p->kind == PLAN_AGAIN;
	return h;
}

const char *plan_name(const char *dst)
{
	for (size_t i = 0; i < PLAN_HOSTS; i++)
		if (!strcmp(plan_hosts[i].v4, dst) || !strcmp(plan_hosts[i].v6, dst))
			return plan_hosts[i].name;
	return dst;
}

const char *plan_process(unsigned pid)
{
	return pid == OTHER_APP ? "other-app" : pid == HELPER ? "helper" : "app";
}

int64_t plan_clock(const struct plan_habit *h, int64_t at_ns)
{
	int64_t time = at_ns + h->skew_ns + (at_ns - PLAN_BEGIN_NS) / 1000000 * h->ppm;
	return time / h->step_ns * h->step_ns;
}

static struct plan_entry *add_entry(struct plan *p, const struct plan_habit *h, int64_t at_ns, unsigned pid, const char *host,
				    unsigned port, const char *says)
{
	static struct plan_entry beyond;
	struct plan_entry *e = p->entry_count < PLAN_ENTRIES_MAX ? &p->entries[p->entry_count] : &beyond;
	*e = (struct plan_entry){.at_ns = plan_clock(h, at_ns), .log = h->log, .port = port, .says = says, .host = host};
	if (h->pids)
		e->pid = pid;
	if (h->processes)
		e->process = plan_process(pid);
	p->entry_count += e != &beyond;
	return e;
}

/* What an honest program writes of an attempt. */
static struct plan_entry *tell(struct plan *p, const struct plan_habit *h, const struct plan_attempt *a)
{
	int64_t late = once_in(p, 20) ? within(p, PLAN_LATE_S * PLAN_SECOND) : within(p, 30 * PLAN_SECOND / 1000);
	struct plan_entry *e = add_entry(p, h, a->at_ns + late, a->pid, h->names && a->remote ? plan_name(a->dst) : a->dst, a->port,
					 strcmp(a->outcome, "denied") ? "allowed" : "blocked");
	if (h->sports)
		e->sport = a->sport;
	return e;
}

/* The other way round: of what happened, or was stopped, for certain. */
static void lie(struct plan *p, struct plan_entry *e)
{
	e->says = strcmp(e->says, "allowed") ? "allowed" : "blocked";
	e->lie = true;
	p->lies++;
}

static bool can_be_lied_about(const struct plan_attempt *a)
{
	return strcmp(a->outcome, "refused") != 0;
}

/* Of which programs a log tells. */
bool plan_tells(const struct plan *p, const struct plan_attempt *a, unsigned log)
{
	if (!a->ours)
		return false;
	return p->kind != PLAN_SEVERAL || (a->pid == OTHER_APP) == (log == 1);
}

/* One log of all that its programs did; at most every `lies`-th entry lies, every
 * `gaps`-th attempt is left out (0: none). */
static void write_log(struct plan *p, const struct plan_habit *h, unsigned lies, unsigned gaps)
{
	size_t first = p->entry_count;
	for (size_t i = 0; i < p->attempt_count; i++) {
		struct plan_attempt *a = &p->attempts[i];
		if (!plan_tells(p, a, h->log))
			continue;
		if (gaps && a->sent && once_in(p, gaps)) {
			a->silent = true;
			p->silent++;
			continue;
		}
		struct plan_entry *e = tell(p, h, a);
		if (lies && a->remote && can_be_lied_about(a) && once_in(p, lies))
			lie(p, e);
	}
	p->hidden = lies ? p->lies - plan_false(p, h, first) : 0;
}

/* Sums of ten seconds, of each destination. */
static void write_sums(struct plan *p, const struct plan_habit *h)
{
	const int64_t span = 10 * PLAN_SECOND;
	for (int64_t from = PLAN_BEGIN_NS; from < PLAN_BEGIN_NS + p->length_ns; from += span)
		for (size_t i = 0; i < p->attempt_count; i++) {
			const struct plan_attempt *a = &p->attempts[i];
			unsigned count = 0;
			bool first = true;
			for (size_t k = 0; k < p->attempt_count; k++) {
				const struct plan_attempt *b = &p->attempts[k];
				bool alike = b->at_ns >= from && b->at_ns < from + span && !strcmp(a->dst, b->dst) &&
					     a->port == b->port && !strcmp(a->outcome, "denied") == !strcmp(b->outcome, "denied");
				first &= !(alike && k < i);
				count += alike;
			}
			if (a->at_ns < from || a->at_ns >= from + span || !first || !a->ours)
				continue;
			struct plan_entry *e = add_entry(p, h, from, 0, a->dst, a->port,
							 strcmp(a->outcome, "denied") ? "allowed" : "blocked");
			e->pid = 0;
			e->process = NULL;
			e->count = count;
			e->until_ns = from + span;
		}
}

/* What a program stops by itself never comes to the kernel. */
static void stop_early(struct plan *p, const struct plan_habit *h)
{
	for (unsigned i = 0; i < 3 + below(p, 6); i++) {
		const struct plan_host *host = &plan_hosts[below(p, PLAN_HOSTS)];
		bool known = once_in(p, 2);
		add_entry(p, h, PLAN_BEGIN_NS + within(p, p->length_ns), APP, known ? host->v4 : "203.0.113.99", 443, "blocked");
	}
}

/* Two addresses of a name are tried side by side, and the log tells of the winner. */
static void race(struct plan *p, const struct plan_habit *h)
{
	for (unsigned i = 0; i < 2 + below(p, 6); i++) {
		const struct plan_host *host = &plan_hosts[below(p, PLAN_HOSTS)];
		int64_t at = PLAN_BEGIN_NS + within(p, p->length_ns - PLAN_SECOND);
		add_attempt(p, at, APP, host->v6, 443, once_in(p, 2) ? "ok" : "refused");
		struct plan_attempt *winner = add_attempt(p, at + PLAN_SECOND / 4, APP, host->v4, 443, "ok");
		tell(p, h, winner);
	}
}

/* A packet filter tells of each packet that it stopped; a program, of a connection
 * that it had to try more than once. */
static void repeat(struct plan *p, const struct plan_habit *h)
{
	for (unsigned i = 0; i < 2 + below(p, 6); i++) {
		const struct plan_host *host = &plan_hosts[below(p, PLAN_HOSTS)];
		int64_t at = PLAN_BEGIN_NS + within(p, p->length_ns - 8 * PLAN_SECOND);
		if (once_in(p, 2)) {
			struct plan_attempt *a = add_attempt(p, at, APP, host->v4, 443, "denied");
			struct plan_attempt again = *a;
			for (again.at_ns = at; again.at_ns < at + 7 * PLAN_SECOND; again.at_ns += again.at_ns - at + PLAN_SECOND)
				tell(p, h, &again);
		} else {
			add_attempt(p, at, APP, host->v4, 80, "refused");
			tell(p, h, add_attempt(p, at + PLAN_SECOND, APP, host->v4, 80, "ok"));
		}
	}
}

static void make_noise(struct plan *p)
{
	for (unsigned i = 0; i < 20 + below(p, 60); i++) {
		const struct plan_host *h = &plan_hosts[below(p, PLAN_HOSTS)];
		add_attempt(p, PLAN_BEGIN_NS + within(p, p->length_ns), NEIGHBOUR + below(p, 5), h->v4, 443, some_outcome(p));
	}
}

void plan_make(struct plan *p, enum plan_kind kind, uint64_t seed)
{
	*p = (struct plan){.kind = kind, .seed = seed, .random = seed * 1000003 + kind, .log_count = 1};
	act(p);
	struct plan_habit h = some_habit(p, 0);
	unsigned lies = kind == PLAN_LYING ? 4 : 0;
	p->logs[0].change = kind == PLAN_ROTATED ? "rotated" : "appended";
	if (kind == PLAN_SKEWED || kind == PLAN_DRIFTING) {
		h.skew_ns = (int64_t)(below(p, 7200) + 30) * PLAN_SECOND * (once_in(p, 2) ? 1 : -1);
		lies = once_in(p, 2) ? 6 : 0;
	}
	if (kind == PLAN_DRIFTING)
		h.ppm = (int64_t)below(p, 2000) - 1000;
	if (kind == PLAN_LOSSY)
		p->fault = (enum plan_fault)(1 + below(p, FAULTS - 1));
	if (kind == PLAN_NOISY)
		make_noise(p);
	if (kind == PLAN_SUMMED)
		write_sums(p, &h);
	else
		write_log(p, &h, lies, kind == PLAN_SILENT ? 3 : 0);
	if (kind == PLAN_BEFORE_KERNEL)
		stop_early(p, &h);
	if (kind == PLAN_EYEBALLS)
		race(p, &h);
	if (kind == PLAN_AGAIN)
		repeat(p, &h);
	if (kind == PLAN_SEVERAL) {
		struct plan_habit other = some_habit(p, 1);
		p->logs[p->log_count++].change = "appended";
		write_log(p, &other, 0, once_in(p, 2) ? 2 : 0);
	}
}
