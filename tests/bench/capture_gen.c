/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes a capture to measure readers with: classic pcap (Ethernet, microseconds)
 * on standard output, the same bytes for the same options. Each flow is a lookup
 * from a port of its own, then TLS to the address that was answered; FLOWS of them
 * interleave. Nothing of the product is in it, so that it cannot share a mistake.
 *
 *   capture_gen [--flows N] [--data SEGMENTS] [--seed N]
 *
 * 40,000 flows and 8 segments, the defaults: 1,160,000 packets, 570 MB. --data 0:
 * twelve packets and about 2,000 bytes a flow. Addresses of the documentation ranges.
 *
 * pcap: draft-ietf-opsawg-pcap. DNS: RFC 1035, 4; RFC 6891. TLS: RFC 8446, 4.1; RFC 7685.
 */
#include <endian.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	ACTIVE = 256,	  /* flows at a time */
	FIRST_PORT = 16384, PORTS = 49152, CLIENTS = 240,
	SEGMENT = 1448,	  /* of data, in 1500 bytes with the timestamp option */
	LAST_SEGMENT = 449, /* what makes the default 570 MB */
	HELLO = 517, REPLY = 345, REQUEST = 184,
	BUFFER = 1 << 20, LARGEST = 2048,
	POOL = 1 << 16,	  /* random bytes that keys and ciphertext are cut from */
	STARTED = 1750000000,
};
enum { FIN = 1, SYN = 2, PUSH = 8, ACK = 16 };
enum { TCP = 6, UDP = 17 };

/* A message with the places in it that differ from flow to flow. */
struct message {
	unsigned char data[600];
	size_t size, name, random, session, key;
};

struct flow {
	uint64_t index;
	uint32_t hash, step;
	bool v6;
	unsigned form; /* of the name */
	uint16_t port, lookup_port;
	unsigned char client[16], server[16], resolver[16];
	uint32_t seq[2], sent_ms[2]; /* from the client, from the server */
};

static unsigned char pool[POOL + SEGMENT], buffer[BUFFER];
static size_t filled;
static struct message query[2][2], answer[2][2], hello[2], reply;
static uint64_t state, now_us;
static uint32_t segments = 8;

static uint64_t next_random(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * 0x2545f4914f6cdd1dU;
}

/* One to one, so that names that are made of it are distinct. */
static uint32_t mix(uint32_t x)
{
	x = (x ^ (x >> 16)) * 0x7feb352dU;
	x = (x ^ (x >> 15)) * 0x846ca68bU;
	return x ^ (x >> 16);
}

static void put16(unsigned char *at, unsigned value)
{
	uint16_t big = htobe16((uint16_t)value);
	memcpy(at, &big, sizeof big);
}

static void put32(unsigned char *at, uint32_t value)
{
	uint32_t big = htobe32(value);
	memcpy(at, &big, sizeof big);
}

static void add(struct message *m, const void *bytes, size_t size)
{
	if (size > sizeof m->data - m->size)
		abort();
	memcpy(m->data + m->size, bytes, size);
	m->size += size;
}
#define ADD(m, literal) add(m, literal, sizeof literal - 1)

static void add16(struct message *m, unsigned value)
{
	unsigned char big[2];
	put16(big, value);
	add(m, big, 2);
}

/* ---- messages ---------------------------------------------------------------- */

static const char *const names[2] = {"cdn-00000000.example.net", "api-00000000.eu.example.org"};
enum { HEX_IN_NAME = 4 };

static void add_question(struct message *m, unsigned form, bool v6)
{
	m->name = m->size + 1 + HEX_IN_NAME;
	for (const char *label = names[form]; *label;) {
		size_t size = strcspn(label, ".");
		add(m, &(unsigned char){(unsigned char)size}, 1);
		add(m, label, size);
		label += size + (label[size] == '.');
	}
	add(m, v6 ? "\0\0\x1c\0\1" : "\0\0\1\0\1", 5);
}

static void make_lookup(unsigned form, bool v6)
{
	struct message *q = &query[form][v6], *a = &answer[form][v6];
	static const unsigned char nothing[16], opt[11] = "\0\0\x29\x04\xd0";
	ADD(q, "\0\0\1\0\0\1\0\0\0\0\0\1");
	add_question(q, form, v6);
	add(q, opt, sizeof opt);
	ADD(a, "\0\0\x81\x80\0\1\0\1\0\0\0\1");
	add_question(a, form, v6);
	add(a, v6 ? "\xc0\x0c\0\x1c\0\1\0\0\1\x2c\0\x10" : "\xc0\x0c\0\1\0\1\0\0\1\x2c\0\4", 12);
	a->key = a->size;
	add(a, nothing, v6 ? 16 : 4);
	add(a, opt, sizeof opt);
}

static void make_hello(unsigned form)
{
	struct message *m = &hello[form];
	unsigned size = (unsigned)strlen(names[form]);
	ADD(m, "\x16\3\1\2\0\1\0\1\xfc\3\3");
	m->random = m->size;
	add(m, pool, 32);
	ADD(m, "\x20");
	m->session = m->size;
	add(m, pool, 32);
	ADD(m, "\0\x1e\x13\1\x13\2\x13\3\xc0\x2b\xc0\x2f\xc0\x2c\xc0\x30\xcc\xa9\xcc\xa8\xc0\x13\xc0\x14"
	       "\0\x9c\0\x9d\0\x2f\0\x35\1\0");
	size_t extensions = m->size;
	ADD(m, "\0\0");
	ADD(m, "\0\0"); /* server_name */
	add16(m, size + 5);
	add16(m, size + 3);
	ADD(m, "\0");
	add16(m, size);
	m->name = m->size + HEX_IN_NAME;
	add(m, names[form], size);
	ADD(m, "\0\x17\0\0\xff\1\0\1\0"); /* extended_master_secret, renegotiation_info */
	ADD(m, "\0\x0a\0\x08\0\6\0\x1d\0\x17\0\x18\0\x0b\0\2\1\0\0\x23\0\0");
	ADD(m, "\0\x10\0\x0e\0\x0c\2h2\x08http/1.1");
	ADD(m, "\0\5\0\5\1\0\0\0\0\0\x12\0\0"); /* status_request, certificate timestamps */
	ADD(m, "\0\x0d\0\x12\0\x10\4\3\x08\4\4\1\5\3\x08\5\5\1\x08\6\6\1");
	ADD(m, "\0\x33\0\x26\0\x24\0\x1d\0\x20");
	m->key = m->size;
	add(m, pool, 32);
	ADD(m, "\0\x2d\0\2\1\1\0\x2b\0\5\4\3\4\3\3\0\x15"); /* …, supported_versions, padding */
	add16(m, (unsigned)(HELLO - m->size - 2));
	m->size = HELLO; /* the rest is zero already */
	put16(m->data + extensions, (unsigned)(HELLO - extensions - 2));
}

/* ServerHello, change_cipher_spec and what comes encrypted after them. */
static void make_reply(void)
{
	struct message *m = &reply;
	ADD(m, "\x16\3\3\0\x7a\2\0\0\x76\3\3");
	m->random = m->size;
	add(m, pool, 32);
	ADD(m, "\x20");
	m->session = m->size;
	add(m, pool, 32);
	ADD(m, "\x13\1\0\0\x2e\0\x2b\0\2\3\4\0\x33\0\x24\0\x1d\0\x20");
	m->key = m->size;
	add(m, pool, 32);
	ADD(m, "\x14\3\3\0\1\1\x17\3\3");
	add16(m, (unsigned)(REPLY - m->size - 2));
	add(m, pool, REPLY - m->size);
}

static void make_messages(void)
{
	for (size_t i = 0; i < sizeof pool; i += 8) {
		uint64_t r = next_random();
		memcpy(pool + i, &r, 8);
	}
	for (unsigned form = 0; form < 2; form++) {
		make_lookup(form, false);
		make_lookup(form, true);
		make_hello(form);
	}
	make_reply();
}

/* ---- packets ----------------------------------------------------------------- */

static void flush(void)
{
	for (size_t at = 0; at < filled;) {
		ssize_t n = write(STDOUT_FILENO, buffer + at, filled - at);
		if (n <= 0) {
			perror("capture_gen: cannot write");
			exit(1);
		}
		at += (size_t)n;
	}
	filled = 0;
}

/* RFC 1071: the order of bytes does not matter to the sum. */
static uint64_t sum(const unsigned char *at, size_t size, uint64_t total)
{
	uint64_t carries = 0, word;
	for (; size >= 8; at += 8, size -= 8) {
		memcpy(&word, at, 8);
		total += word;
		carries += total < word;
	}
	word = 0;
	memcpy(&word, at, size);
	total += word;
	carries += total < word;
	total += carries;
	return total + (total < carries);
}

static uint16_t fold(uint64_t total)
{
	total = (total & 0xffffffff) + (total >> 32);
	total = (total & 0xffffffff) + (total >> 32);
	total = (total & 0xffff) + (total >> 16);
	total = (total & 0xffff) + (total >> 16);
	return (uint16_t)~total;
}

static void put_checksum(const unsigned char *addresses, size_t width, unsigned char *segment,
			 size_t size, unsigned proto)
{
	unsigned char *at = segment + (proto == TCP ? 16 : 6);
	uint64_t total = sum(addresses, 2 * width, htobe16((uint16_t)proto) + (uint64_t)htobe16((uint16_t)size));
	uint16_t folded = fold(sum(segment, size, total));
	if (folded == 0 && proto == UDP)
		folded = 0xffff;
	memcpy(at, &folded, 2);
}

/* What stands before the segment. Returns where the segment goes. */
static unsigned char *put_headers(const struct flow *f, bool back, const unsigned char *peer,
				  size_t size, unsigned proto)
{
	static const unsigned char near[6] = {2, 0, 0, 0, 0, 1}, far[6] = {2, 0, 0, 0, 0, 2};
	size_t header = f->v6 ? 40 : 20, width = f->v6 ? 16 : 4;
	uint32_t captured = (uint32_t)(14 + header + size);
	uint32_t record[4] = {htole32((uint32_t)(STARTED + now_us / 1000000)),
			      htole32((uint32_t)(now_us % 1000000)), htole32(captured), htole32(captured)};
	if (filled + LARGEST > BUFFER)
		flush();
	unsigned char *at = buffer + filled, *ip = at + 30;
	filled += 16 + captured;
	memcpy(at, record, 16);
	memcpy(at + 16, back ? near : far, 6);
	memcpy(at + 22, back ? far : near, 6);
	put16(at + 28, f->v6 ? 0x86dd : 0x0800);
	if (f->v6) {
		put32(ip, 0x60000000U | (f->hash & 0xfffff));
		put16(ip + 4, (unsigned)size);
		ip[6] = (unsigned char)proto;
		ip[7] = back ? 57 : 64;
	} else {
		memcpy(ip, "\x45\0", 2);
		put16(ip + 2, (unsigned)(header + size));
		put16(ip + 4, f->hash + f->step);
		memcpy(ip + 6, "\x40\0", 2);
		ip[8] = back ? 57 : 64;
		ip[9] = (unsigned char)proto;
		memset(ip + 10, 0, 2);
	}
	unsigned char *addresses = ip + header - 2 * width;
	memcpy(addresses + (back ? width : 0), f->client, width);
	memcpy(addresses + (back ? 0 : width), peer, width);
	if (!f->v6) {
		uint16_t checksum = fold(sum(ip, header, 0));
		memcpy(ip + 10, &checksum, 2);
	}
	return ip + header;
}

static void put_udp(const struct flow *f, bool back, const struct message *m)
{
	static const char hex[] = "0123456789abcdef";
	size_t size = 8 + m->size, width = f->v6 ? 16 : 4;
	unsigned char *u = put_headers(f, back, f->resolver, size, UDP);
	put16(u, back ? 53 : f->lookup_port);
	put16(u + 2, back ? f->lookup_port : 53);
	put16(u + 4, (unsigned)size);
	put16(u + 6, 0);
	memcpy(u + 8, m->data, m->size);
	put16(u + 8, f->hash >> 16);
	for (unsigned i = 0; i < 8; i++)
		u[8 + m->name + i] = (unsigned char)hex[f->hash >> (28 - 4 * i) & 15];
	if (m->key)
		memcpy(u + 8 + m->key, f->server, width);
	put_checksum(u - 2 * width, width, u, size, UDP);
}

/* What a flow's own TLS message differs in. */
static void put_message(const struct flow *f, unsigned char *at, const struct message *m)
{
	static const char hex[] = "0123456789abcdef";
	memcpy(at, m->data, m->size);
	memcpy(at + m->random, pool + (f->hash & (POOL - 1)) + (m->name ? 0 : 64), 32);
	memcpy(at + m->session, pool + (f->hash >> 16) + 32, 32);
	memcpy(at + m->key, pool + (f->hash >> 8 & (POOL - 1)) + (m->name ? 0 : 96), 32);
	for (unsigned i = 0; m->name && i < 8; i++)
		at[m->name + i] = (unsigned char)hex[f->hash >> (28 - 4 * i) & 15];
}

/* One TLS record of application data: header and ciphertext. */
static void put_record(const struct flow *f, unsigned char *at, size_t size)
{
	memcpy(at, "\x17\3\3", 3);
	put16(at + 3, (unsigned)(size - 5));
	memcpy(at + 5, pool + ((f->hash + f->step * 4099) & (POOL - 1)), size - 5);
}

/* MESSAGE, or SIZE bytes of ciphertext. */
static void put_tcp(struct flow *f, bool back, unsigned flags, const struct message *m, size_t size)
{
	size_t header = flags & SYN ? 40 : 32, width = f->v6 ? 16 : 4;
	unsigned char *t = put_headers(f, back, f->server, header + size, TCP), *stamp = t + 24;
	put16(t, back ? 443 : f->port);
	put16(t + 2, back ? f->port : 443);
	put32(t + 4, f->seq[back]);
	put32(t + 8, flags & ACK ? f->seq[!back] : 0);
	t[12] = (unsigned char)(header << 2);
	t[13] = (unsigned char)flags;
	put16(t + 14, flags & SYN ? 64240 : 502);
	put32(t + 16, 0);
	if (flags & SYN) {
		memcpy(t + 20, f->v6 ? "\2\4\5\xa0\4\2\x08\x0a" : "\2\4\5\xb4\4\2\x08\x0a", 8);
		memcpy(t + 36, "\1\3\3\7", 4);
		stamp = t + 28;
	} else {
		memcpy(t + 20, "\1\1\x08\x0a", 4);
	}
	f->sent_ms[back] = (uint32_t)(now_us / 1000) + (back ? 77777777 : f->hash);
	put32(stamp, f->sent_ms[back]);
	put32(stamp + 4, flags & ACK ? f->sent_ms[!back] : 0);
	if (m)
		put_message(f, t + header, m);
	else if (size)
		put_record(f, t + header, size);
	put_checksum(t - 2 * width, width, t, header + size, TCP);
	f->seq[back] += (uint32_t)size + (flags & (SYN | FIN) ? 1 : 0);
}

/* ---- flows ------------------------------------------------------------------- */

static void start(struct flow *f, uint64_t index, uint32_t seed)
{
	uint32_t client = (uint32_t)(index / PORTS), turn = (uint32_t)(index % PORTS);
	memset(f, 0, sizeof *f);
	f->index = index;
	f->hash = mix((uint32_t)index + seed * 0x9e3779b9U);
	f->v6 = index % 4 == 3;
	f->form = f->hash & 1;
	/* the factors have no divisor in common with PORTS: every port once */
	f->port = (uint16_t)(FIRST_PORT + turn * 25717 % PORTS);
	f->lookup_port = (uint16_t)(FIRST_PORT + turn * 31337 % PORTS);
	f->seq[0] = mix(f->hash + 1);
	f->seq[1] = mix(f->hash + 2);
	uint32_t server = f->hash >> 8;
	if (f->v6) {
		memcpy(f->client, "\x20\1\x0d\xb8", 4);
		memcpy(f->resolver, "\x20\1\x0d\xb8", 4);
		memcpy(f->server, "\x20\1\x0d\xb8\0\1", 6);
		put16(f->client + 14, 10 + client);
		put16(f->resolver + 14, 0x53);
		put16(f->server + 14, 1 + server % 4096);
		return;
	}
	memcpy(f->client, "\xc0\0\2", 3);
	memcpy(f->resolver, "\xc0\0\2\2", 4);
	memcpy(f->server, server & 1 ? "\xc6\x33\x64" : "\xcb\0\x71", 3);
	f->client[3] = (unsigned char)(10 + client);
	f->server[3] = (unsigned char)(1 + (server >> 1) % 254);
}

/* The next packet of F; false after the last. */
static bool advance(struct flow *f)
{
	enum { REQUEST_STEP = 9 };
	uint32_t step = f->step++, data = segments ? 1 + 2 * segments : 0;
	switch (step) {
	case 0: put_udp(f, false, &query[f->form][f->v6]); return true;
	case 1: put_udp(f, true, &answer[f->form][f->v6]); return true;
	case 2: put_tcp(f, false, SYN, NULL, 0); return true;
	case 3: put_tcp(f, true, SYN | ACK, NULL, 0); return true;
	case 4: put_tcp(f, false, ACK, NULL, 0); return true;
	case 5: put_tcp(f, false, ACK | PUSH, &hello[f->form], HELLO); return true;
	case 6: put_tcp(f, true, ACK, NULL, 0); return true;
	case 7: put_tcp(f, true, ACK | PUSH, &reply, REPLY); return true;
	case 8: put_tcp(f, false, ACK, NULL, 0); return true;
	default: break;
	}
	step -= REQUEST_STEP;
	if (step < data) {
		bool last = step == data - 2;
		if (step == 0)
			put_tcp(f, false, ACK | PUSH, NULL, REQUEST);
		else if (step % 2 == 0)
			put_tcp(f, false, ACK, NULL, 0);
		else
			put_tcp(f, true, last ? ACK | PUSH : ACK, NULL, last ? LAST_SEGMENT : SEGMENT);
		return true;
	}
	step -= data;
	if (step == 2) {
		put_tcp(f, false, ACK, NULL, 0);
		return false;
	}
	put_tcp(f, step == 1, FIN | ACK, NULL, 0);
	return true;
}

static void generate(uint64_t flows, uint32_t seed)
{
	static struct flow active[ACTIVE];
	uint64_t begun = 0, running = 0;
	for (; running < ACTIVE && begun < flows; running++)
		start(&active[running], begun++, seed);
	while (running) {
		uint64_t r = next_random();
		struct flow *f = &active[(r >> 32) * running >> 32];
		now_us += 1 + ((r & 0xffff) * 99 >> 16);
		if (advance(f))
			continue;
		if (begun < flows)
			start(f, begun++, seed);
		else
			*f = active[--running];
	}
}

static uint64_t number(const char *option, const char *text, uint64_t largest)
{
	char *end = NULL;
	uint64_t value = text ? strtoull(text, &end, 10) : 0;
	if (!text || end == text || *end || *text == '-' || value > largest) {
		fprintf(stderr, "capture_gen: %s takes a number up to %llu\n", option,
			(unsigned long long)largest);
		exit(64);
	}
	return value;
}

int main(int argc, char *argv[])
{
	uint64_t flows = 40000, seed = 1;
	for (int i = 1; i < argc; i += 2) {
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;
		if (strcmp(argv[i], "--flows") == 0) {
			flows = number(argv[i], value, (uint64_t)CLIENTS * PORTS);
		} else if (strcmp(argv[i], "--data") == 0) {
			segments = (uint32_t)number(argv[i], value, 1000000);
		} else if (strcmp(argv[i], "--seed") == 0) {
			seed = number(argv[i], value, UINT32_MAX);
		} else {
			fprintf(stderr, "usage: capture_gen [--flows N] [--data SEGMENTS] [--seed N] >FILE\n");
			return 64;
		}
	}
	state = 0x9e3779b97f4a7c15U ^ seed;
	make_messages();
	fcntl(STDOUT_FILENO, F_SETPIPE_SZ, BUFFER); /* fails where it is no pipe */
	static const uint32_t head[6] = {0xa1b2c3d4, 4U << 16 | 2, 0, 0, 262144, 1};
	for (unsigned i = 0; i < 6; i++) {
		uint32_t little = htole32(head[i]);
		memcpy(buffer + filled, &little, 4);
		filled += 4;
	}
	generate(flows, (uint32_t)seed);
	flush();
	return 0;
}
