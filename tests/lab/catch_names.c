/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A name server for a laboratory in which every name exists. Each name gets an address
 * of its own from the documentation ranges, in the order in which they are asked for:
 * 198.51.100.1 and 2001:db8:1::1 the first, and so on; other types get an empty
 * answer. Only ever started inside a network namespace of a test. Prints "ready", then
 * a line for each question; ends with its standard input.
 *
 *   catch_names            writes: NAME TYPE ADDRESS      ("-": none was given)
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	HEADER = 12,
	QUESTION_MAX = 512, /* RFC 1035, 4.2.1 */
	NAME_BYTES = 256,
	NAMES_MAX = 500, /* two ranges of 250 */
	TYPE_A = 1,
	TYPE_AAAA = 28
};

static char names[NAMES_MAX][NAME_BYTES];
static unsigned names_count;

/* 1 and up, the same for the same name; 0 where there is no room. */
static unsigned number_of(const char *name)
{
	unsigned i = 0;
	while (i < names_count && strcmp(names[i], name) != 0)
		i++;
	if (i == NAMES_MAX)
		return 0;
	if (i == names_count)
		memcpy(names[names_count++], name, NAME_BYTES);
	return i + 1;
}

/* RFC 1035, 4.1.2: labels, a type and a class. 0 where it is none that can be told in a
 * line of text; else where the question ends. */
static size_t read_question(const unsigned char *m, size_t size, char name[NAME_BYTES], unsigned *ret_type)
{
	size_t at = HEADER, length = 0;
	memset(name, 0, NAME_BYTES);
	while (at < size && m[at] != 0) {
		size_t label = m[at++];
		if (label > 63 || label > size - at || length + label + 2 > NAME_BYTES)
			return 0;
		if (length)
			name[length++] = '.';
		for (size_t i = 0; i < label; i++, at++) {
			if (!isgraph(m[at]))
				return 0;
			name[length++] = (char)tolower(m[at]);
		}
	}
	if (length == 0 || size < 5 || at > size - 5)
		return 0;
	*ret_type = (unsigned)(m[at + 1] << 8 | m[at + 2]);
	return at + 5;
}

/* RFC 1035, 4.1.3, behind the question; returns the size of the record. */
static size_t write_record(unsigned char *m, unsigned type, unsigned number, char text[INET6_ADDRSTRLEN])
{
	size_t size = type == TYPE_A ? 4 : 16;
	const unsigned char start[12] = {0xc0, HEADER, 0, (unsigned char)type, 0, 1, 0, 0, 0, 60, 0,
					 (unsigned char)size};
	if (type == TYPE_A)
		snprintf(text, INET6_ADDRSTRLEN, "%s.%u", number <= 250 ? "198.51.100" : "203.0.113",
			 number <= 250 ? number : number - 250);
	else
		snprintf(text, INET6_ADDRSTRLEN, "2001:db8:1::%x", number);
	memcpy(m, start, sizeof start);
	inet_pton(type == TYPE_A ? AF_INET : AF_INET6, text, m + sizeof start);
	return sizeof start + size;
}

static void answer(int fd)
{
	unsigned char m[QUESTION_MAX + 64];
	char name[NAME_BYTES], text[INET6_ADDRSTRLEN] = "-";
	unsigned type;
	struct sockaddr_in6 from;
	socklen_t from_size = sizeof from;
	ssize_t got = recvfrom(fd, m, QUESTION_MAX, 0, (struct sockaddr *)&from, &from_size);
	size_t end = got > HEADER ? read_question(m, (size_t)got, name, &type) : 0;
	if (!end)
		return;
	unsigned number = number_of(name);
	bool given = number && (type == TYPE_A || type == TYPE_AAAA);
	const unsigned char counts[10] = {0x81, number ? 0x80 : 0x82, 0, 1, 0, given};
	memcpy(m + 2, counts, sizeof counts);
	if (given)
		end += write_record(m + end, type, number, text);
	printf("%s %u %s\n", name, type, text);
	fflush(stdout);
	sendto(fd, m, end, 0, (struct sockaddr *)&from, from_size);
}

int main(void)
{
	struct sockaddr_in6 a = {.sin6_family = AF_INET6, .sin6_port = htons(53)};
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0), off = 0;
	setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) != 0) {
		perror("catch_names");
		return 1;
	}
	printf("ready\n");
	fflush(stdout);
	for (;;) {
		struct pollfd w[] = {{fd, POLLIN, 0}, {0, POLLIN, 0}};
		char byte;
		if (poll(w, 2, -1) < 0)
			return 1;
		if (w[0].revents)
			answer(fd);
		if (w[1].revents && read(0, &byte, 1) <= 0)
			return 0;
	}
}
