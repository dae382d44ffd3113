/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every host of a laboratory at once: takes connections on the given TCP ports, at any
 * address that is routed to it, and answers each HTTP request with 404 and an empty
 * JSON object, over TLS where the client starts that. The certificate is made for the
 * name the client asks for, by an authority made for this run and left in the file CA
 * for clients to trust. Datagrams to the same ports are taken and not answered. Only ever
 * started inside a network namespace of a test. Prints "ready", then a line for each
 * connection; ends with its standard input.
 *
 *   catch_all CA PORT…     writes: PORT SERVER-NAME METHOD PATH      ("-": none)
 */
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	PORTS_MAX = 16,
	CONNECTIONS_MAX = 20000, /* in one run; then it ends */
	SECONDS_MAX = 20,        /* of one connection */
	HEAD_MAX = 16384,        /* of a request */
	NAME_BYTES = 256,
	WORD_BYTES = 200 /* of a request line, as far as it is told */
};

static const char ANSWER[] = "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n"
			     "Access-Control-Allow-Origin: *\r\nContent-Length: 2\r\n"
			     "Connection: close\r\n\r\n{}";

struct authority {
	EVP_PKEY *key, *leaf_key; /* all certificates share one */
	X509 *certificate;
};

static void die(const char *what)
{
	fprintf(stderr, "catch_all: %s\n", what);
	exit(1);
}

static void extend(X509 *certificate, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX context;
	X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
	X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, &context, nid, value);
	if (!e || !X509_add_ext(certificate, e, -1))
		die("no extension for a certificate");
	X509_EXTENSION_free(e);
}

/* RFC 5280: good from yesterday until tomorrow; signed by the caller. */
static X509 *blank_certificate(const char *name, EVP_PKEY *key)
{
	static long serial;
	X509 *x = X509_new();
	X509_NAME *subject = X509_get_subject_name(x);
	const unsigned char *common = (const unsigned char *)(strlen(name) > 64 ? "a long name" : name);
	if (serial == 0)
		serial = (long)time(NULL) * 100000 + getpid();
	X509_set_version(x, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(x), serial++);
	X509_gmtime_adj(X509_getm_notBefore(x), -86400);
	X509_gmtime_adj(X509_getm_notAfter(x), 86400);
	X509_set_pubkey(x, key);
	if (!X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, common, -1, -1, 0))
		die("no name for a certificate");
	return x;
}

static void make_authority(struct authority *ret, const char *path)
{
	ret->key = EVP_EC_gen("P-256");
	ret->leaf_key = EVP_EC_gen("P-256");
	if (!ret->key || !ret->leaf_key)
		die("no key");
	X509 *x = ret->certificate = blank_certificate("laboratory of one run", ret->key);
	X509_set_issuer_name(x, X509_get_subject_name(x));
	extend(x, x, NID_basic_constraints, "critical,CA:TRUE");
	extend(x, x, NID_key_usage, "critical,keyCertSign,cRLSign");
	extend(x, x, NID_subject_key_identifier, "hash");
	FILE *f = X509_sign(x, ret->key, EVP_sha256()) ? fopen(path, "w") : NULL;
	if (!f || !PEM_write_X509(f, x) || fclose(f) != 0)
		die("cannot write the authority's certificate");
}

static bool is_host(const char *name)
{
	size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");
	return length > 0 && length < NAME_BYTES && name[length] == 0;
}

/* Called in the middle of the handshake, once the client has said whom it wants. */
static int certify(SSL *tls, void *argument)
{
	struct authority *by = argument;
	const char *name = SSL_get_servername(tls, TLSEXT_NAMETYPE_host_name);
	char alternative[NAME_BYTES + 8];
	if (!name || !is_host(name))
		name = "unnamed.invalid";
	X509 *x = blank_certificate(name, by->leaf_key);
	X509_set_issuer_name(x, X509_get_subject_name(by->certificate));
	snprintf(alternative, sizeof alternative, "DNS:%s", name);
	extend(x, by->certificate, NID_subject_alt_name, alternative);
	extend(x, by->certificate, NID_ext_key_usage, "serverAuth");
	int good = X509_sign(x, by->key, EVP_sha256()) && SSL_use_certificate(tls, x) == 1 &&
		   SSL_use_PrivateKey(tls, by->leaf_key) == 1;
	X509_free(x);
	return good;
}

static int open_socket(int type, unsigned port)
{
	struct sockaddr_in6 a = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
	int fd = socket(AF_INET6, type | SOCK_CLOEXEC, 0), off = 0, on = 1;
	setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) != 0 ||
	    (type == SOCK_STREAM && listen(fd, 512) != 0))
		die(strerror(errno));
	return fd;
}

struct client {
	int fd;
	SSL *tls; /* NULL: it speaks plainly */
};

static long take(const struct client *c, char *bytes, size_t size)
{
	return c->tls ? SSL_read(c->tls, bytes, (int)size) : read(c->fd, bytes, size);
}

static void reply(const struct client *c)
{
	long sent = c->tls ? SSL_write(c->tls, ANSWER, sizeof ANSWER - 1)
			   : write(c->fd, ANSWER, sizeof ANSWER - 1);
	if (sent > 0 && c->tls)
		SSL_shutdown(c->tls);
	shutdown(c->fd, SHUT_WR);
}

/* The next word of a request line, fit for a line of text; returns where it ends. */
static const char *word(const char *at, char ret[WORD_BYTES])
{
	size_t length = 0;
	for (; *at && !isspace((unsigned char)*at); at++)
		if (length < WORD_BYTES - 1)
			ret[length++] = isgraph((unsigned char)*at) ? *at : '?';
	ret[length] = 0;
	if (length == 0)
		memcpy(ret, "-", 2);
	return *at == ' ' ? at + 1 : at;
}

static void tell(unsigned port, const char *name, const char *head)
{
	char line[NAME_BYTES + 2 * WORD_BYTES + 16], method[WORD_BYTES], path[WORD_BYTES];
	word(word(head, method), path);
	int length = snprintf(line, sizeof line, "%u %s %s %s\n", port, name && is_host(name) ? name : "-",
			      method, path);
	if (write(1, line, (size_t)length) != length) /* one call a line: many write here */
		die("standard output is closed");
}

/* In a process of its own, which the clock ends. The body is taken after the answer. */
static void serve(int fd, unsigned port, SSL_CTX *context)
{
	struct client c = {.fd = fd};
	char head[HEAD_MAX + 1] = "", rest[4096];
	unsigned char first;
	size_t used = 0;
	long got = 1;
	alarm(SECONDS_MAX);
	if (recv(fd, &first, 1, MSG_PEEK) == 1 && first == 0x16) { /* RFC 8446, 5.1: a handshake */
		c.tls = SSL_new(context);
		SSL_set_fd(c.tls, fd);
		if (SSL_accept(c.tls) != 1)
			got = 0; /* it trusts nobody: its greeting is told all the same */
	}
	while (got > 0 && used < HEAD_MAX && !strstr(head, "\r\n\r\n")) {
		got = take(&c, head + used, HEAD_MAX - used);
		used += got > 0 ? (size_t)got : 0;
		head[used] = 0;
	}
	tell(port, c.tls ? SSL_get_servername(c.tls, TLSEXT_NAMETYPE_host_name) : NULL, head);
	if (got <= 0)
		return;
	reply(&c);
	while (read(fd, rest, sizeof rest) > 0)
		;
}

static void take_one(int listener, unsigned port, SSL_CTX *context)
{
	static unsigned connections;
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (fd < 0)
		return;
	if (++connections > CONNECTIONS_MAX)
		die("too many connections");
	if (fork() == 0) {
		serve(fd, port, context);
		_exit(0);
	}
	close(fd);
}

int main(int argc, char *argv[])
{
	struct pollfd w[2 * PORTS_MAX + 1] = {{0, POLLIN, 0}};
	struct authority authority;
	unsigned ports[PORTS_MAX];
	size_t count = 0;
	char bytes[2048];
	if (argc < 3 || argc > 2 + PORTS_MAX)
		die("usage: catch_all CA PORT…");
	signal(SIGCHLD, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	make_authority(&authority, argv[1]);
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());
	SSL_CTX_set_cert_cb(context, certify, &authority);
	for (; count < (size_t)argc - 2; count++) {
		ports[count] = (unsigned)strtoul(argv[count + 2], NULL, 10);
		w[2 * count + 1] = (struct pollfd){open_socket(SOCK_STREAM, ports[count]), POLLIN, 0};
		w[2 * count + 2] = (struct pollfd){open_socket(SOCK_DGRAM, ports[count]), POLLIN, 0};
	}
	printf("ready\n");
	fflush(stdout);
	for (;;) {
		if (poll(w, 2 * count + 1, -1) < 0)
			return 1;
		if (w[0].revents && read(0, bytes, 1) <= 0)
			break;
		for (size_t i = 0; i < count; i++) {
			if (w[2 * i + 1].revents)
				take_one(w[2 * i + 1].fd, ports[i], context);
			if (w[2 * i + 2].revents && recv(w[2 * i + 2].fd, bytes, sizeof bytes, MSG_DONTWAIT) < 0)
				perror("catch_all");
		}
	}
	SSL_CTX_free(context);
	X509_free(authority.certificate);
	EVP_PKEY_free(authority.key);
	EVP_PKEY_free(authority.leaf_key);
	return 0;
}
