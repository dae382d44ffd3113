/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/probe_message.h"

#include "core/random.h"

#include <string.h>

enum { INITIAL_SIZE = 1200, RANDOM_SIZE = 32, LABEL_MAX = 63, ECHO_V4 = 8, ECHO_V6 = 128 };

static void add_number(struct text *t, uint64_t value, unsigned size)
{
	while (size-- > 0)
		text_add_char(t, (char)(unsigned char)(value >> 8 * size));
}

static void add_random(struct text *t, size_t size)
{
	unsigned char bytes[INITIAL_SIZE];
	random_bytes(bytes, size);
	text_add(t, slice_of(bytes, size));
}

/* A number of `width` bytes in front of what was added since `from`. */
static void put_size(struct text *t, size_t from, unsigned width)
{
	size_t size = t->size - from - width;
	for (unsigned i = 0; i < width; i++)
		t->at[from + i] = (char)(unsigned char)(size >> 8 * (width - 1 - i));
}

void probe_line(const char *token, struct text *ret)
{
	text_addf(ret, "airgap-verify challenge %s\n", token);
}

static void add_labels(struct text *t, struct slice name)
{
	struct cursor c = cursor_over(name);
	for (bool more = true; more;) {
		struct slice label;
		more = cursor_until(&c, '.', LABEL_MAX, &label);
		if (!more)
			label = cursor_rest(&c);
		add_number(t, label.size, 1);
		text_add(t, label);
	}
}

void probe_question(const char *token, const char *name, bool tcp, struct text *ret)
{
	size_t from = ret->size;
	if (tcp)
		add_number(ret, 0, 2);
	add_random(ret, 2);
	add_number(ret, 0x0100, 2); /* recursion desired */
	add_number(ret, 1, 2);
	add_number(ret, 0, 6);
	add_labels(ret, slice_of_string(token));
	add_labels(ret, slice_of_string(name));
	add_number(ret, 0, 1);
	add_number(ret, 0x00010001, 4); /* A, IN */
	if (tcp)
		put_size(ret, from, 2);
}

static void add_server_name(const char *token, const char *name, struct text *t)
{
	size_t size = strlen(token) + 1 + strlen(name);
	add_number(t, 0, 2);
	add_number(t, size + 5, 2);
	add_number(t, size + 3, 2);
	add_number(t, 0, 1);
	add_number(t, size, 2);
	text_addf(t, "%s.%s", token, name);
}

static void add_extensions(const char *token, const char *name, const char *alpn, struct text *t)
{
	/* x25519; two ways to sign; TLS 1.3 and 1.2 */
	static const unsigned char fixed[] = {0, 10, 0, 4, 0, 2, 0, 29, 0, 13, 0, 6, 0, 4, 4, 3, 8, 4,
					      0, 43, 0, 5, 4, 3, 4, 3, 3};
	size_t from = t->size;
	add_number(t, 0, 2);
	add_server_name(token, name, t);
	text_add(t, slice_of(fixed, sizeof fixed));
	if (alpn) {
		add_number(t, 16, 2);
		add_number(t, strlen(alpn) + 3, 2);
		add_number(t, strlen(alpn) + 1, 2);
		add_number(t, strlen(alpn), 1);
		text_add_string(t, alpn);
	}
	add_number(t, 51, 2); /* a share of a key: any 32 bytes are one */
	add_number(t, RANDOM_SIZE + 6, 2);
	add_number(t, RANDOM_SIZE + 4, 2);
	add_number(t, 29, 2);
	add_number(t, RANDOM_SIZE, 2);
	add_random(t, RANDOM_SIZE);
	put_size(t, from, 2);
}

void probe_hello(const char *token, const char *name, const char *alpn, struct text *ret)
{
	static const unsigned char suites[] = {0, 6, 0x13, 1, 0x13, 3, 0xc0, 0x2f, 1, 0};
	size_t record = ret->size + 3, message = record + 3;
	add_number(ret, 0x160301, 3);
	add_number(ret, 0, 2);
	add_number(ret, 1, 1);
	add_number(ret, 0, 3);
	add_number(ret, 0x0303, 2);
	add_random(ret, RANDOM_SIZE);
	add_number(ret, 0, 1);
	text_add(ret, slice_of(suites, sizeof suites));
	add_extensions(token, name, alpn, ret);
	put_size(ret, message, 3);
	put_size(ret, record, 2);
}

void probe_initial(const char *token, struct text *ret)
{
	size_t from = ret->size;
	add_number(ret, 0xc3, 1);
	add_number(ret, 1, 4);
	add_number(ret, 8, 1);
	add_random(ret, 8);
	add_number(ret, 0, 1);
	add_number(ret, strlen(token), 1);
	text_add_string(ret, token);
	add_number(ret, 0x4000 | (INITIAL_SIZE - (ret->size + 2 - from)), 2);
	add_random(ret, INITIAL_SIZE - (ret->size - from));
}

void probe_connect(const struct address *to, unsigned port, struct text *ret)
{
	char address[ADDRESS_TEXT_MAX];
	bool v6 = to->family == ADDRESS_V6;
	address_text(to, address);
	for (int i = 0; i < 2; i++)
		text_addf(ret, "%s%s%s%s:%u%s", i ? "Host: " : "CONNECT ", v6 ? "[" : "", address, v6 ? "]" : "", port,
			  i ? "\r\n\r\n" : " HTTP/1.1\r\n");
}

/* RFC 1071. The system fills in that of ICMPv6. */
static unsigned checksum(struct slice bytes)
{
	uint32_t sum = 0;
	struct cursor c = cursor_over(bytes);
	while (cursor_left(&c) > 1)
		sum += cursor_be16(&c);
	if (cursor_left(&c))
		sum += (uint32_t)cursor_u8(&c) << 8;
	sum = (sum >> 16) + (sum & 0xffff);
	return ~(sum + (sum >> 16)) & 0xffff;
}

void probe_echo(const char *token, enum address_family family, struct text *ret)
{
	add_number(ret, family == ADDRESS_V6 ? ECHO_V6 : ECHO_V4, 1);
	add_number(ret, 0, 3);
	add_random(ret, 2);
	add_number(ret, 1, 2);
	probe_line(token, ret);
	unsigned sum = checksum(text_slice(ret));
	if (family == ADDRESS_V4) {
		ret->at[2] = (char)(unsigned char)(sum >> 8);
		ret->at[3] = (char)(unsigned char)sum;
	}
}
