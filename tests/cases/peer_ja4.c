/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nDPI's printed results: a line for each flow,
 *
 *   1  UDP 192.0.2.1:59369 <-> 198.51.100.7:443 [proto: …][…][JA4: q13d…][…]
 *
 * of which the fingerprint is compared, for it stands nowhere else: without the two
 * letters of the ALPN, for which nDPI takes the first two (JA4: the first and the last),
 * without whether a server was named (nDPI writes that one was, always), and without the
 * version where it knows none ("00", of drafts).
 */
#include "tests/cases/cases.h"

#include <string.h>

enum { WORD_MAX_BYTES = 256, FINGERPRINT_MAX = 64, VERSION_AT = 1, NAMED_AT = 3, ALPN_AT = 8 };

static bool read_end(struct slice word, struct address *ret, int32_t *ret_port)
{
	char text[WORD_MAX_BYTES];
	uint64_t port;
	if (!slice_to_string(word, text, sizeof text))
		return false;
	char *colon = strrchr(text, ':');
	if (!colon || !slice_u64(slice_of_string(colon + 1), UINT16_MAX, &port))
		return false;
	*colon = 0;
	*ret = address_of(text);
	*ret_port = (int32_t)port;
	return ret->family != ADDRESS_NONE;
}

/* "1 UDP a:1 <-> b:2 …" */
static bool read_ends(struct slice line, struct ends *ret)
{
	struct cursor c = cursor_over(slice_trim(line));
	struct slice number, proto, a, arrow, b;
	*ret = (struct ends){.proto = NULL};
	if (!cursor_word(&c, WORD_MAX_BYTES, &number) || !cursor_word(&c, WORD_MAX_BYTES, &proto) ||
	    !cursor_word(&c, WORD_MAX_BYTES, &a) || !cursor_word(&c, WORD_MAX_BYTES, &arrow) ||
	    !cursor_word(&c, WORD_MAX_BYTES, &b))
		return false;
	ret->proto = slice_is(proto, "TCP") ? "tcp" : slice_is(proto, "UDP") ? "udp" : NULL;
	return ret->proto && read_end(a, &ret->a, &ret->a_port) && read_end(b, &ret->b, &ret->b_port);
}

static bool same_fingerprint(const char *ours, const char *theirs)
{
	bool version = strncmp(theirs + VERSION_AT, "00", 2) != 0;
	size_t i = 0;
	for (; theirs[i]; i++) {
		bool told = i != NAMED_AT && i != ALPN_AT && i != ALPN_AT + 1 &&
			    (version || (i != VERSION_AT && i != VERSION_AT + 1));
		if (!ours[i] || (told && ours[i] != theirs[i]))
			return false;
	}
	return i > ALPN_AT;
}

static bool has_fingerprint(const struct ours *o, const struct ends *e, const char *fingerprint)
{
	for (size_t i = 0; i < o->name_count; i++) {
		const struct our_flow *f = flow_of(o, o->names[i].flow);
		const char *ours = strstr(o->names[i].detail, "ja4 ");
		bool turned;
		if (f && ours && same_ends(f, e, &turned) && same_fingerprint(ours + 4, fingerprint))
			return true;
	}
	return false;
}

void peer_ja4(struct peer_run *r)
{
	static const struct slice mark = {(const unsigned char *)"[JA4: ", 6};
	struct cursor c = cursor_over(r->answer);
	struct slice line;
	while (cursor_line(&c, &line, NULL)) {
		struct ends e;
		char fingerprint[FINGERPRINT_MAX];
		size_t at = slice_search(line, mark);
		struct slice rest = slice_part(line, at + mark.size, line.size);
		rest = slice_part(rest, 0, slice_find(rest, ']'));
		if (at == line.size || !read_ends(line, &e) ||
		    !slice_to_string(rest, fingerprint, sizeof fingerprint))
			continue;
		tally_claim(r->tally, "ja4", has_fingerprint(r->ours, &e, fingerprint) ? AGREES : DIFFERS,
			    "%s %s", ends_text(r->arena, &e), fingerprint);
	}
}
