/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A policy, which must never allow more than what stands in it: each destination is
 * found again in a line of its own, word for word, and each such line is one.
 */
#include "analysis/policy.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 1 << 16 };

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

/* The next line that begins a section [allow …], without the brackets. */
static bool next_allow(struct cursor *c, struct slice *ret)
{
	struct slice line;
	while (cursor_line(c, &line, NULL)) {
		line = slice_trim(line);
		if (slice_starts(line, "\xef\xbb\xbf"))
			line = slice_trim(slice_part(line, 3, line.size));
		if (!slice_starts(line, "[allow "))
			continue;
		line = slice_trim(slice_part(line, 0, slice_search(line, SLICE(" ;"))));
		require(slice_ends(line, "]"));
		*ret = slice_trim(slice_part(line, 7, line.size - 8));
		return true;
	}
	return false;
}

/* Nothing is ever sent but to one other machine, by its address. */
static void check_challenge(const struct challenge *c)
{
	const struct address *const all[] = {&c->sink, &c->sink6};
	for (size_t i = 0; i < 2; i++)
		if (all[i]->family != ADDRESS_NONE)
			require(address_class(all[i]) != CLASS_LOOPBACK && address_class(all[i]) != CLASS_MULTICAST);
	require(c->port <= 65535 && c->claim_count <= CHALLENGE_CLAIMS_MAX);
	for (size_t i = 0; i < c->claim_count; i++)
		require(c->claims[i].layer[0] && c->claims[i].stops);
}

static void check(const struct policy *p, struct slice text)
{
	struct cursor c = cursor_over(text);
	struct slice written;
	size_t count = 0;
	for (; next_allow(&c, &written); count++) {
		struct policy_allow again = {0};
		require(count < p->allow_count);
		const struct policy_allow *a = &p->allow[count];
		require(slice_is(written, a->destination));
		require(!policy_destination(written, &again, NULL));
		require(address_equal(&again.range.from, &a->range.from) && again.range.bits == a->range.bits);
		require(again.port == a->port && !strcmp(again.proto, a->proto));
		require(a->reason[0] && strlen(a->reason) < sizeof a->reason);
		require(policy_allows(p, &a->range.from, a->port, a->proto[0] ? a->proto : "tcp") != NULL);
	}
	require(count == p->allow_count);
	require(p->required_count > 0 && p->required_count <= POLICY_WITNESSES_MAX);
	require(p->unread_percent <= 100);
	require(p->field_count <= POLICY_FIELDS_MAX);
	check_challenge(&p->challenge);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct policy p;
	static char text[TEXT_MAX];
	struct error err = {0};
	if (size >= TEXT_MAX || memchr(data, 0, size))
		return 0; /* whoever reads the file refuses a NUL */
	memcpy(text, data, size);
	text[size] = 0;
	enum status status = policy_parse(text, "fuzz", &p, &err);
	require(status == OK || (status == ERR_CONFIG && err.text[0]));
	if (!status)
		check(&p, slice_of_string(text));
	return 0;
}
