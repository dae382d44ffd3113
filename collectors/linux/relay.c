/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/relay.h"

#include "collectors/posix/channel.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/socket_address.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>

enum { INSIDE, OUTSIDE };
enum { EVENTS_MAX = 64 };

/* What one side has said and the other has not taken yet. */
struct flow {
	unsigned char bytes[RELAY_BUFFER];
	size_t from, to;
	bool ended;  /* the side that speaks has */
	bool passed; /* and the other was told */
};

struct connection;

/* What an event is about: a listener, one side of a connection, or the channel. */
struct watched {
	enum { LISTENER, SIDE, CHANNEL } kind;
	int fd;
	uint32_t asked; /* for which events */
	struct connection *connection;
	size_t place;
};

struct connection {
	struct connection *next, *before;
	struct watched side[2];
	struct flow flow[2]; /* from that side */
	bool connected, over;
	struct relay_record record;
};

struct relay {
	const struct relay_server *servers;
	size_t count;
	int poll;
	struct watched listeners[RELAY_PORTS_MAX], channel;
	struct connection *first;
	size_t connections;
	uint64_t ids, lost;
	bool resting; /* nothing more is accepted for now */
};

static void watch(struct relay *r, struct watched *w, uint32_t events)
{
	struct epoll_event e = {.events = events, .data = {.ptr = w}};
	if (w->asked == events)
		return;
	epoll_ctl(r->poll, w->asked ? events ? EPOLL_CTL_MOD : EPOLL_CTL_DEL : EPOLL_CTL_ADD, w->fd, &e);
	w->asked = events;
}

static void rest(struct relay *r, bool resting)
{
	if (r->resting == resting)
		return;
	r->resting = resting;
	for (size_t i = 0; i < r->count; i++)
		watch(r, &r->listeners[i], resting ? 0 : EPOLLIN);
}

static void tell(struct relay *r, struct relay_record *record)
{
	record->lost = r->lost;
	if (!channel_send(r->channel.fd, record, sizeof *record, record->state == RELAY_STOPPED))
		r->lost++;
}

/* Both ends go; with a reset where it did not come to its end by itself. */
static void drop(struct relay *r, struct connection *c, enum relay_state state, int error)
{
	static const struct linger reset = {1, 0};
	bool whole = c->flow[INSIDE].passed && c->flow[OUTSIDE].passed;
	for (int s = 0; s < 2; s++) {
		if (!whole)
			setsockopt(c->side[s].fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
		watch(r, &c->side[s], 0);
		close(c->side[s].fd);
	}
	c->over = true;
	c->record.state = (uint16_t)state;
	c->record.error = error;
	c->record.closed_ns = clock_now().wall_ns;
	tell(r, &c->record);
	r->connections--;
}

/* Frees those that are over: not before all events at hand were looked at. */
static void sweep(struct relay *r)
{
	for (struct connection *c = r->first, *next; c; c = next) {
		next = c->next;
		if (!c->over)
			continue;
		if (c->before)
			c->before->next = next;
		else
			r->first = next;
		if (next)
			next->before = c->before;
		free(c);
	}
	rest(r, r->connections >= RELAY_CONNECTIONS_MAX);
}

/* Reads what there is room for; false where the connection broke. */
static bool take(struct connection *c, int side)
{
	struct flow *f = &c->flow[side];
	if (f->ended || f->to == sizeof f->bytes)
		return true;
	ssize_t got = recv(c->side[side].fd, f->bytes + f->to, sizeof f->bytes - f->to, MSG_DONTWAIT);
	if (got < 0)
		return errno == EAGAIN || errno == EINTR;
	f->ended = got == 0;
	f->to += (size_t)got;
	return true;
}

/* Hands on what waits, and the end of it; false where the connection broke. */
static bool give(struct connection *c, int from)
{
	struct flow *f = &c->flow[from];
	int to = c->side[1 - from].fd;
	while (f->from < f->to) {
		ssize_t put = send(to, f->bytes + f->from, f->to - f->from, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (put < 0)
			return errno == EAGAIN || errno == EINTR;
		f->from += (size_t)put;
		*(from == INSIDE ? &c->record.sent : &c->record.received) += (uint64_t)put;
	}
	f->from = f->to = 0;
	if (f->ended && !f->passed) {
		f->passed = true;
		return shutdown(to, SHUT_WR) == 0;
	}
	return true;
}

/* Errors and hang-ups come unasked to a side that is watched at all, again and again: one
 * of which nothing more is to be had is not. */
static void ask_again(struct relay *r, struct connection *c)
{
	for (int s = 0; s < 2; s++) {
		const struct flow *mine = &c->flow[s], *others = &c->flow[1 - s];
		uint32_t events = 0;
		if (c->connected && !mine->ended && mine->to < sizeof mine->bytes)
			events |= EPOLLIN;
		if (c->connected ? others->from < others->to : s == OUTSIDE)
			events |= EPOLLOUT;
		bool done = c->connected ? mine->ended && others->passed : s == INSIDE;
		watch(r, &c->side[s], events ? events : done ? 0 : EPOLLERR);
	}
}

static int error_of(int fd)
{
	int error = 0;
	socklen_t size = sizeof error;
	return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

static bool is_connected(int fd)
{
	struct tcp_info info = {0};
	socklen_t size = sizeof info;
	return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 && info.tcpi_state != TCP_SYN_SENT;
}

static void work(struct relay *r, struct connection *c)
{
	int error = error_of(c->side[OUTSIDE].fd);
	if (!error && c->connected)
		error = error_of(c->side[INSIDE].fd);
	if (error) {
		drop(r, c, c->connected ? RELAY_ENDED : RELAY_FAILED, error);
		return;
	}
	c->connected = c->connected || is_connected(c->side[OUTSIDE].fd);
	for (int s = 0; s < 2 && c->connected; s++)
		if (!take(c, s) || !give(c, s)) {
			drop(r, c, RELAY_ENDED, errno);
			return;
		}
	if (c->flow[INSIDE].passed && c->flow[OUTSIDE].passed)
		drop(r, c, RELAY_ENDED, 0);
	else
		ask_again(r, c);
}

static unsigned peer_port(int fd)
{
	union socket_address peer;
	socklen_t size = sizeof peer;
	struct address a;
	unsigned port = 0;
	if (getpeername(fd, &peer.any, &size) != 0 || !socket_address_read(&peer, &a, &port))
		return 0;
	return port;
}

static void accept_one(struct relay *r, size_t place)
{
	const struct relay_server *server = &r->servers[place];
	int inside = accept4(server->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK), one = 1;
	union socket_address to;
	if (inside < 0)
		return;
	socklen_t size = (socklen_t)socket_address_make(&server->address, server->port, &to);
	struct connection *c = must_alloc(1, sizeof *c);
	int outside = socket(to.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int error = connect(outside, &to.any, size) == 0 || errno == EINPROGRESS ? 0 : errno;
	c->record = (struct relay_record){.id = ++r->ids, .opened_ns = clock_now().wall_ns, .place = (uint16_t)place,
					  .port = (uint16_t)server->port, .sport = (uint16_t)peer_port(inside)};
	c->side[INSIDE] = (struct watched){.kind = SIDE, .fd = inside, .connection = c};
	c->side[OUTSIDE] = (struct watched){.kind = SIDE, .fd = outside, .connection = c};
	for (int s = 0; s < 2; s++)
		setsockopt(c->side[s].fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	c->next = r->first;
	if (r->first)
		r->first->before = c;
	r->first = c;
	r->connections++;
	if (error)
		drop(r, c, RELAY_FAILED, error);
	else
		ask_again(r, c);
	rest(r, r->connections >= RELAY_CONNECTIONS_MAX);
}

static _Noreturn void end(struct relay *r)
{
	for (struct connection *c = r->first; c; c = c->next)
		if (!c->over)
			drop(r, c, RELAY_CUT, 0);
	struct relay_record last = {.id = r->ids, .state = RELAY_STOPPED, .closed_ns = clock_now().wall_ns};
	tell(r, &last);
	_exit(0);
}

/* Nothing else of the collector's is for it. */
static void close_others(const struct relay *r)
{
	AUTO_DIR DIR *open_ones = opendir("/proc/self/fd");
	struct dirent *entry;
	while (open_ones && (entry = readdir(open_ones)) != NULL) {
		uint64_t fd;
		bool ours = !slice_u64(slice_of_string(entry->d_name), INT32_MAX, &fd) || fd <= 2 ||
			    (int)fd == dirfd(open_ones) || (int)fd == r->channel.fd;
		for (size_t i = 0; i < r->count; i++)
			ours = ours || (int)fd == r->servers[i].listener;
		if (!ours)
			close((int)fd);
	}
}

static _Noreturn void run(const struct relay_server servers[], size_t count, int channel)
{
	struct relay r = {.servers = servers, .count = count, .resting = true};
	struct epoll_event events[EVENTS_MAX];
	prctl(PR_SET_NAME, "airgap-relay");
	prctl(PR_SET_DUMPABLE, 0);
	r.channel = (struct watched){.kind = CHANNEL, .fd = channel};
	close_others(&r);
	r.poll = epoll_create1(EPOLL_CLOEXEC);
	for (size_t i = 0; i < count; i++)
		r.listeners[i] = (struct watched){.kind = LISTENER, .fd = servers[i].listener, .place = i};
	watch(&r, &r.channel, EPOLLIN);
	rest(&r, false);
	for (;;) {
		int got = epoll_wait(r.poll, events, EVENTS_MAX, -1);
		for (int i = 0; i < got; i++) {
			struct watched *w = events[i].data.ptr;
			if (w->kind == CHANNEL)
				end(&r);
			else if (w->kind == LISTENER && !r.resting)
				accept_one(&r, w->place);
			else if (w->kind == SIDE && !w->connection->over)
				work(&r, w->connection);
		}
		sweep(&r);
	}
}

enum status relay_start(const struct relay_server servers[], size_t count, pid_t *ret_pid, int *ret_channel,
			struct error *err)
{
	int ends[2];
	if (count > RELAY_PORTS_MAX)
		return fail(err, ERR_LIMIT, "more than %d servers to carry", RELAY_PORTS_MAX);
	enum status status = channel_open(ends, err);
	if (status)
		return status;
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		run(servers, count, ends[1]);
	}
	int code = errno;
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		return fail_errno(err, ERR_UNAVAILABLE, code, "cannot start the relay");
	}
	*ret_pid = pid;
	*ret_channel = ends[0];
	return OK;
}

bool relay_take(int channel, struct relay_record *ret, bool *ret_ended)
{
	enum channel_got got = channel_take(channel, ret, sizeof *ret, false);
	*ret_ended = got == CHANNEL_END;
	return got == CHANNEL_RECORD;
}

void relay_stop(int channel)
{
	channel_send(channel, "s", 1, false); /* one that is gone needs no orders */
}
