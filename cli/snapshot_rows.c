/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/snapshot_rows.h"

#include "core/auto.h"
#include "core/json.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 64 << 20 /* bytes of all names */, OWN_MAX = 256 /* addresses of this machine */ };

/* The members of a socket's record. */
enum { PROTO, LOCAL, LPORT, REMOTE, RPORT, STATE, USER, PID, HOLDERS, COMM, EXE, MEMBERS };

static bool take_word(const struct json_value *v, char ret[static SNAPSHOT_WORD_MAX])
{
	return v->type == JSON_STRING && slice_to_string(v->raw, ret, SNAPSHOT_WORD_MAX);
}

static bool take_end(const struct json_value *address, const struct json_value *port, struct address *ret, unsigned *ret_port)
{
	uint64_t number;
	if (address->type != JSON_STRING || !address_parse(address->raw, ret) || !json_u64(port, UINT16_MAX, &number))
		return false;
	*ret_port = (unsigned)number;
	return true;
}

/* "" where it does not stand there; false where it is no string, or there is no room. */
static bool take_name(const struct json_value *v, struct arena *arena, const char **ret)
{
	char buffer[SNAPSHOT_LINE_MAX];
	struct slice text;
	*ret = "";
	if (v->type == JSON_ABSENT)
		return true;
	if (!json_string(v, buffer, sizeof buffer, &text))
		return false;
	*ret = arena_string(arena, text);
	return *ret != NULL;
}

static bool take_number(const struct json_value *v, uint64_t *ret)
{
	*ret = 0;
	return v->type == JSON_ABSENT || json_u64(v, UINT32_MAX, ret);
}

static bool is_unspecified(const struct address *a)
{
	static const unsigned char zeros[16];
	return !memcmp(a->bytes, zeros, sizeof zeros);
}

static void classify(struct snapshot_row *row)
{
	bool listens = !strcmp(row->state, "LISTEN");
	/* a datagram that nobody sent yet may come from anywhere */
	if (row->rport == 0 && is_unspecified(&row->remote) && strcmp(row->proto, "tcp") != 0)
		listens = row->lport != 0 || !strcmp(row->proto, "raw");
	row->kind = listens ? SNAPSHOT_LISTENER : row->rport || !is_unspecified(&row->remote) ? SNAPSHOT_CONNECTION : SNAPSHOT_OTHER;
	row->class = address_class(&row->remote);
	row->reach = is_unspecified(&row->local)			? SNAPSHOT_EVERYWHERE
		     : address_class(&row->local) == CLASS_LOOPBACK ? SNAPSHOT_LOOPBACK
								     : SNAPSHOT_ADDRESS;
}

static bool take_socket(struct slice line, struct arena *arena, struct snapshot_row *ret)
{
	struct json_member m[MEMBERS] = {
		[PROTO] = {.key = "proto"}, [LOCAL] = {.key = "local"}, [LPORT] = {.key = "lport"}, [REMOTE] = {.key = "remote"},
		[RPORT] = {.key = "rport"}, [STATE] = {.key = "state"}, [USER] = {.key = "uid"}, [PID] = {.key = "pid"},
		[HOLDERS] = {.key = "holders"}, [COMM] = {.key = "comm"}, [EXE] = {.key = "exe"},
	};
	if (json_read_object(line, m, MEMBERS, NULL) || !take_word(&m[PROTO].value, ret->proto) ||
	    !take_word(&m[STATE].value, ret->state) || !take_end(&m[LOCAL].value, &m[LPORT].value, &ret->local, &ret->lport) ||
	    !take_end(&m[REMOTE].value, &m[RPORT].value, &ret->remote, &ret->rport) ||
	    !json_u64(&m[USER].value, UINT32_MAX, &ret->uid) || !take_number(&m[PID].value, &ret->pid) ||
	    !take_number(&m[HOLDERS].value, &ret->holders) || !take_name(&m[COMM].value, arena, &ret->comm) ||
	    !take_name(&m[EXE].value, arena, &ret->exe))
		return false;
	classify(ret);
	return true;
}

static bool take_last(struct slice line, struct snapshot_rows *ret)
{
	struct json_member m[] = {{.key = "time_ns"}, {.key = "left_out"}, {.key = "tables_failed"}, {.key = "processes"},
				  {.key = "processes_hidden"}};
	return !json_read_object(line, m, LENGTH(m), NULL) && json_i64(&m[0].value, &ret->time_ns) &&
	       json_u64(&m[1].value, UINT64_MAX, &ret->left_out) && json_u64(&m[2].value, UINT64_MAX, &ret->tables_failed) &&
	       json_u64(&m[3].value, UINT64_MAX, &ret->processes) && json_u64(&m[4].value, UINT64_MAX, &ret->hidden);
}

static enum status take_line(struct snapshot_rows *r, struct slice line, struct error *err)
{
	struct json_member what[] = {{.key = "what"}};
	struct snapshot_row row = {0};
	const struct json_value *v = &what[0].value;
	if (line.size > SNAPSHOT_LINE_MAX || json_read_object(line, what, 1, NULL) || v->type != JSON_STRING) {
		r->skipped++;
	} else if (slice_is(v->raw, "end")) {
		r->whole = take_last(line, r);
	} else if (!slice_is(v->raw, "socket") || !take_socket(line, r->arena, &row)) {
		r->skipped++;
	} else {
		if (r->count == SNAPSHOT_ROWS_MAX)
			return fail(err, ERR_LIMIT, "more than %d sockets", SNAPSHOT_ROWS_MAX);
		if ((r->count & (r->count - 1)) == 0) /* full at each power of two */
			r->at = must_realloc(r->at, r->count ? 2 * r->count : 1, sizeof *r->at);
		r->at[r->count++] = row;
	}
	return OK;
}

/* A peer whose address is one of this machine's own: what is sent there stays. */
static void find_own(struct snapshot_rows *r)
{
	struct address own[OWN_MAX];
	size_t count = 0;
	for (size_t i = 0; i < r->count && count < OWN_MAX; i++) {
		size_t k = 0;
		while (k < count && !address_equal(&own[k], &r->at[i].local))
			k++;
		/* a group that is listened to is nobody's own address */
		if (k == count && address_class(&r->at[i].local) != CLASS_MULTICAST)
			own[count++] = r->at[i].local;
	}
	for (size_t i = 0; i < r->count; i++)
		for (size_t k = 0; k < count && r->at[i].class != CLASS_LOOPBACK; k++)
			if (address_equal(&own[k], &r->at[i].remote))
				r->at[i].class = CLASS_OWN;
}

static int by_number(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

/* Who can be reached by most first; what goes farthest first; then by who holds it. */
static int compare(const void *a, const void *b)
{
	const struct snapshot_row *l = a, *r = b;
	int order = by_number(l->kind, r->kind);
	if (!order && l->kind == SNAPSHOT_LISTENER)
		order = by_number(l->reach, r->reach);
	if (!order && l->kind == SNAPSHOT_CONNECTION)
		order = by_number(r->class, l->class);
	if (!order)
		order = strcmp(l->comm, r->comm);
	if (!order)
		order = by_number(l->pid, r->pid);
	if (!order)
		order = strcmp(l->proto, r->proto);
	if (!order)
		order = by_number(l->lport, r->lport);
	if (!order)
		order = memcmp(&l->local, &r->local, sizeof l->local);
	if (!order)
		order = memcmp(&l->remote, &r->remote, sizeof l->remote);
	return order ? order : by_number(l->rport, r->rport);
}

enum status snapshot_rows_read(struct slice text, struct snapshot_rows *ret, struct error *err)
{
	struct cursor c = cursor_over(text);
	struct slice line;
	enum status status = OK;
	*ret = (struct snapshot_rows){.arena = arena_new(NAMES_MAX)};
	while (!status && cursor_line(&c, &line, NULL))
		status = take_line(ret, line, err);
	find_own(ret);
	if (ret->count)
		qsort(ret->at, ret->count, sizeof *ret->at, compare);
	for (size_t i = 0; i < ret->count; i++)
		ret->counts[ret->at[i].kind]++;
	return status;
}

void snapshot_rows_free(struct snapshot_rows *r)
{
	free(r->at);
	arena_free(r->arena);
	*r = (struct snapshot_rows){0};
}
