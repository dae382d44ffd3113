/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The witness of an isolation. It says first what was tried inside and did not work; then,
 * with each set of canaries and in between, that it still holds: by sockets that were made
 * inside it asks for links and routes, hears of each change of them, and tries to reach
 * other machines; and it looks for sockets of programs outside that came up meanwhile
 * where the session can see them.
 */
#include "collectors/linux/isolate_state.h"
#include "collectors/linux/platform_state.h"
#include "collectors/registry.h"

#include "core/auto.h"
#include "core/socket_address.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum {
	LOOK_MS = 250,
	STOP_WAIT_MS = 2000,
};

/* May this user connect to a socket that came up, and does the session see it? */
static bool is_reachable(const struct isolation *i, const char *path)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return errno != ENOENT && errno != EACCES && errno != ENOTDIR;
	return S_ISSOCK(st.st_mode) && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 && !isolate_hides(i->shared, path);
}

static bool was_told(const struct isolation *i, const struct unix_place *place)
{
	for (size_t n = 0; n < i->told_count; n++)
		if (i->told[n].cookie == place->cookie)
			return true;
	return false;
}

/* Those that are gone need not be known any more. */
static void forget_gone(struct isolation *i)
{
	size_t kept = 0;
	for (size_t n = 0; n < i->told_count; n++)
		if (unix_list_has(&i->now, &i->told[n]))
			i->told[kept++] = i->told[n];
	i->told_count = kept;
}

/* Those of the session itself are in another network namespace, and not in the list. */
static void look_for_sockets(struct isolation *i)
{
	char path[UNIX_LIST_PATH_MAX];
	struct error err = {0};
	if (unix_list_read(&i->now, &err) || i->now.cut) {
		i->lost++;
		return;
	}
	for (size_t n = 0; n < i->now.count; n++) {
		const struct unix_place *place = &i->now.at[n];
		if (unix_list_has(&i->shared->before, place) || was_told(i, place))
			continue;
		if (i->told_count == ISOLATE_NEW_MAX)
			forget_gone(i);
		if (i->told_count == ISOLATE_NEW_MAX) {
			i->lost++;
			return;
		}
		i->told[i->told_count++] = *place;
		if (!unix_list_path(place, path))
			isolate_record_open(i, place->name, "unknown");
		else if (is_reachable(i, path))
			isolate_record_open(i, path, "came up");
	}
}

static bool gets_nowhere(int fd, const char *address, bool tcp)
{
	struct address a;
	union socket_address to;
	if (fd < 0)
		return true; /* no such sockets inside */
	if (!address_parse(slice_of_string(address), &a))
		return false;
	socklen_t size = (socklen_t)socket_address_make(&a, 9, &to);
	return (tcp ? connect(fd, &to.any, size) : (int)sendto(fd, "", 0, 0, &to.any, size)) < 0;
}

static void break_off(struct isolation *i, const char *why)
{
	if (!i->broken)
		watch_witness(i->w, "isolation", NULL, "died", why, "");
	i->broken = true;
}

static void hear(struct isolation *i)
{
	if (!isolate_link_hear(i->fds[ISOLATE_NEWS], &i->heard))
		i->lost++;
	if (i->heard.others_up + i->heard.routes)
		break_off(i, i->heard.first[0] ? i->heard.first : "a link came up inside");
}

static void isolation_round(void *state, const struct round *r)
{
	struct isolation *i = state;
	struct isolate_links l = {0};
	struct error err = {0};
	hear(i);
	look_for_sockets(i);
	bool asked = isolate_link_look(i->fds[ISOLATE_ASK], &l, &err) == OK;
	bool held = asked && !i->broken && l.others_up + l.routes == 0 &&
		    gets_nowhere(i->fds[ISOLATE_TCP4], "192.0.2.1", true) &&
		    gets_nowhere(i->fds[ISOLATE_UDP4], "192.0.2.1", false) &&
		    gets_nowhere(i->fds[ISOLATE_TCP6], "2001:db8::1", true) &&
		    gets_nowhere(i->fds[ISOLATE_UDP6], "2001:db8::1", false);
	struct json *j = evidence_begin(i->w->evidence, "isolation_look", clock_now().wall_ns);
	json_add_u64(j, "round", r->number);
	json_add_string(j, "moment", r->moment);
	json_add_bool(j, "held", held);
	if (!held)
		json_add_string(j, "detail", asked ? l.first : err.text);
	evidence_end(i->w->evidence);
	if (asked && !held)
		break_off(i, l.first[0] ? l.first : "another machine could be reached from inside");
}

static void write_carried(struct isolation *i, const struct relay_record *r)
{
	static const char *const states[] = {[RELAY_ENDED] = "ended", [RELAY_FAILED] = "failed", [RELAY_CUT] = "cut"};
	char text[ADDRESS_TEXT_MAX];
	address_text(&i->shared->options.carry[r->place].address, text);
	struct json *j = evidence_begin(i->w->evidence, "carried", r->opened_ns);
	json_add_u64(j, "number", r->id);
	json_add_string(j, "proto", "tcp");
	json_add_string(j, "dst", text);
	json_add_u64(j, "dport", r->port);
	json_add_u64(j, "sport", r->sport);
	json_add_string(j, "state", states[r->state]);
	if (r->error)
		json_add_i64(j, "error", r->error);
	json_add_u64(j, "sent", r->sent);
	json_add_u64(j, "received", r->received);
	json_add_i64(j, "end", r->closed_ns);
	evidence_end(i->w->evidence);
	if (!i->w->kernel)
		i->w->tally.local++;
}

static void take_carried(struct isolation *i)
{
	struct relay_record r;
	while (i->relay_channel >= 0 && !i->relay_ended && relay_take(i->relay_channel, &r, &i->relay_died)) {
		i->carried_lost = r.lost;
		i->relay_ended = r.state == RELAY_STOPPED;
		if (!i->relay_ended && r.state <= RELAY_CUT && r.place < i->shared->options.carry_count)
			write_carried(i, &r);
	}
	if (i->relay_died && !i->relay_ended) {
		i->relay_ended = true;
		break_off(i, "the relay to the servers that are carried in ended");
	}
}

static enum status isolation_open(struct watch *w, void **ret_state, struct error *err)
{
	struct isolation *i = w->platform->isolation;
	if (!i)
		return fail(err, ERR_UNAVAILABLE, "not asked for");
	i->w = w;
	*ret_state = i;
	return OK;
}

static void isolation_start(void *state)
{
	struct isolation *i = state;
	struct isolate_options *o = &i->shared->options;
	struct relay_server servers[RELAY_PORTS_MAX] = {{0}};
	struct error err = {0};
	isolate_record_places(i);
	isolate_record_proofs(i);
	for (size_t n = 0; n < o->carry_count; n++)
		servers[n] = (struct relay_server){i->fds[ISOLATE_CARRIED + n], o->carry[n].address, o->carry[n].port};
	if (o->carry_count && relay_start(servers, o->carry_count, &i->relay, &i->relay_channel, &err))
		break_off(i, err.text);
	for (size_t n = 0; n < o->carry_count; n++) {
		auto_close(&i->fds[ISOLATE_CARRIED + n]);
		i->fds[ISOLATE_CARRIED + n] = -1;
	}
}

static void isolation_drain(void *state)
{
	struct isolation *i = state;
	take_carried(i);
	hear(i);
	look_for_sockets(i);
}

static uint64_t isolation_lost(void *state)
{
	const struct isolation *i = state;
	return i->lost + i->carried_lost;
}

static uint64_t isolation_stop(void *state)
{
	struct isolation *i = state;
	int64_t until = clock_mono() + STOP_WAIT_MS * CLOCK_MILLISECOND;
	if (i->relay > 0) {
		take_carried(i);
		relay_stop(i->relay_channel);
		while (!i->relay_ended && clock_mono() < until) {
			struct pollfd watched = {.fd = i->relay_channel, .events = POLLIN};
			poll(&watched, 1, 100);
			take_carried(i);
		}
		/* ours, and not waited for yet: the number is still its own */
		if (!i->relay_ended)
			kill(i->relay, SIGKILL);
		waitpid(i->relay, NULL, 0);
	}
	hear(i);
	return isolation_lost(i);
}

static void isolation_probe(struct probe *ret)
{
	struct error err = {0};
	struct invoker who;
	enum status status = privilege_invoker(&who, &err);
	if (!status)
		status = isolate_try(&who, &err);
	ret->works = !status;
	snprintf(ret->detail, sizeof ret->detail, "%s",
		 status ? "a command cannot be run isolated here" : "a command can be run where there is only the loopback (--isolate)");
	snprintf(ret->remedy, sizeof ret->remedy, "%s", status ? err.text : "");
}

static bool isolation_wanted(const struct watch_options *o)
{
	return o->isolate != NULL;
}

const struct collector collector_isolation = {
	.name = "isolation",
	.witnesses = "that the session is where there is no way out, and stays there",
	.needs = "user namespaces, and session --isolate",
	.canaries = true,
	.wanted = isolation_wanted,
	.probe = isolation_probe,
	.open = isolation_open,
	.start = isolation_start,
	.drain = isolation_drain,
	.pause_ns = LOOK_MS * CLOCK_MILLISECOND,
	.round = isolation_round,
	.stop = isolation_stop,
	.lost = isolation_lost,
};
