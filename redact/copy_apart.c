/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes that anybody on the network may have chosen are read in a process without rights: it
 * has the file in its memory, and a pipe on which it tells what is to be written and what it
 * met. All that comes back is bounded and checked like any other input:
 *
 *   kind:1 size:4 bytes        'o' of the copy, 'w' a word, 'n' a whole name, 'a' an address,
 *                              'm' of hardware
 *   's' size:4 status:4 packets:8 dropped:8 blanked:8 left out:8 message     (the last)
 */
#include "redact/copy_parts.h"

#include "core/auto.h"
#include "core/sandbox.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TOLD_MAX = 1 << 30, ITEM_MAX = 1 << 20, ADDRESS_SIZE = 17, MAC_SIZE = 6 };
#define MEMORY_MAX (UINT64_C(8) << 30)

static void add_number(struct text *out, uint64_t value, size_t size)
{
	while (size--)
		text_add_char(out, (char)(value >> 8 * size));
}

static void add_item(struct text *out, char kind, struct slice bytes)
{
	text_add_char(out, kind);
	add_number(out, bytes.size, 4);
	text_add(out, bytes);
}

struct counts {
	size_t words, wholes, addresses, macs;
};

static struct counts count(const struct pseudonyms *p)
{
	return (struct counts){pseudonyms_words(p), pseudonyms_wholes(p), pseudonyms_addresses(p), pseudonyms_macs(p)};
}

/* What it met that nobody had met before. */
static void add_met(const struct pseudonyms *p, struct counts before, struct text *out)
{
	for (size_t i = before.words; i < pseudonyms_words(p); i++)
		add_item(out, 'w', pseudonyms_word_at(p, i));
	for (size_t i = before.wholes; i < pseudonyms_wholes(p); i++)
		add_item(out, 'n', pseudonyms_whole_at(p, i));
	for (size_t i = before.addresses; i < pseudonyms_addresses(p); i++) {
		struct address a, ignored;
		unsigned char bytes[ADDRESS_SIZE];
		pseudonyms_address_at(p, i, &a, &ignored);
		bytes[0] = (unsigned char)a.family;
		memcpy(bytes + 1, a.bytes, 16);
		add_item(out, 'a', slice_of(bytes, sizeof bytes));
	}
	for (size_t i = before.macs; i < pseudonyms_macs(p); i++)
		add_item(out, 'm', pseudonyms_mac_at(p, i));
}

static void add_end(const struct copy *c, enum status status, const struct error *err, struct text *out)
{
	struct slice message = slice_of_string(err->text);
	text_add_char(out, 's');
	add_number(out, 36 + message.size, 4);
	add_number(out, status, 4);
	add_number(out, c->packets, 8);
	add_number(out, c->packets_dropped, 8);
	add_number(out, c->payload_blanked, 8);
	add_number(out, c->left_out, 8);
	text_add(out, message);
}

_Noreturn static void run_apart(struct copy *c, copy_fn *copy, struct slice whole, bool to_file, int tell)
{
	struct error err = {0};
	AUTO_SINK struct sink pipe = sink_to(to_file ? tell : -1);
	AUTO_TEXT struct text told = text_make(TOLD_MAX);
	struct counts before = count(c->p);
	c->packets = c->packets_dropped = c->payload_blanked = c->left_out = 0;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	pipe.framed = true;
	enum status status = sandbox_enter(&tell, 1, MEMORY_MAX, &err);
	if (!status)
		status = copy(c, whole, &pipe, &err);
	if (!status)
		status = sink_flush(&pipe, true, &err);
	add_met(c->p, before, &told);
	add_end(c, status, &err, &told);
	_exit(told.overflow || file_write_fd(tell, text_slice(&told), "the pipe", &err) ? 1 : 0);
}

static void note_item(struct copy *c, int kind, struct slice bytes)
{
	unsigned char own[ITEM_MAX];
	struct address a = {0};
	if (bytes.size == 0 || bytes.size > sizeof own)
		return;
	memcpy(own, bytes.at, bytes.size);
	if (kind == 'w') {
		(void)pseudonym_word(c->p, own, bytes.size, false);
	} else if (kind == 'n') {
		pseudonyms_note_whole(c->p, bytes);
	} else if (kind == 'm' && bytes.size == MAC_SIZE) {
		pseudonym_mac(c->p, own);
	} else if (kind == 'a' && bytes.size == ADDRESS_SIZE && (own[0] == ADDRESS_V4 || own[0] == ADDRESS_V6)) {
		a.family = (enum address_family)own[0];
		memcpy(a.bytes, own + 1, 16);
		(void)pseudonym_address(c->p, &a);
	}
}

static enum status take_end(struct copy *c, struct slice bytes, struct error *err)
{
	struct cursor end = cursor_over(bytes);
	uint32_t status = cursor_be32(&end);
	c->packets += cursor_be64(&end);
	c->packets_dropped += cursor_be64(&end);
	c->payload_blanked += cursor_be64(&end);
	c->left_out += cursor_be64(&end);
	if (status == OK)
		return OK;
	AUTO_TEXT struct text message = text_make(ERROR_TEXT_MAX);
	text_add_printable(&message, cursor_rest(&end), ERROR_TEXT_MAX / 5);
	return fail(err, status == ERR_MALFORMED ? ERR_MALFORMED : ERR_IO, "%s", text_string(&message));
}

static bool take_item(FILE *from, int *ret_kind, struct text *ret)
{
	unsigned char head[5], buffer[4096];
	if (fread(head, 1, sizeof head, from) != sizeof head)
		return false;
	struct cursor c = cursor_over(slice_of(head, sizeof head));
	*ret_kind = cursor_u8(&c);
	size_t left = cursor_be32(&c);
	text_clear(ret);
	while (left > 0) {
		size_t got = fread(buffer, 1, left < sizeof buffer ? left : sizeof buffer, from);
		if (got == 0)
			return false;
		text_add(ret, slice_of(buffer, got));
		left -= got;
	}
	return !ret->overflow;
}

static enum status take_told(struct copy *c, FILE *from, struct sink *out, struct error *err)
{
	int kind;
	enum status status = OK;
	AUTO_TEXT struct text item = text_make(SINK_MAX);
	while (!status && take_item(from, &kind, &item)) {
		if (kind == 's')
			return take_end(c, text_slice(&item), err);
		if (kind != SINK_ITEM) {
			note_item(c, kind, text_slice(&item));
			continue;
		}
		text_add(&out->text, text_slice(&item));
		status = sink_flush(out, false, err);
	}
	return status ? status : fail(err, ERR_MALFORMED, "what reads it broke off");
}

enum status copy_apart(struct copy *c, copy_fn *copy, struct slice whole, struct sink *out, struct error *err)
{
	int ends[2], ended;
	if (pipe(ends) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "no pipe");
	pid_t child = fork();
	if (child == 0) {
		close(ends[0]);
		run_apart(c, copy, whole, out->fd >= 0, ends[1]);
	}
	close(ends[1]);
	AUTO_FILE FILE *from = child > 0 ? fdopen(ends[0], "r") : NULL;
	if (!from) {
		close(ends[0]);
		return fail_errno(err, ERR_UNAVAILABLE, errno, "no process");
	}
	enum status status = take_told(c, from, out, err);
	if (status)
		kill(child, SIGKILL);
	while (waitpid(child, &ended, 0) < 0 && errno == EINTR)
		;
	return status;
}
