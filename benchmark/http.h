/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_HTTP_H
#define BENCHMARK_HTTP_H

/*
 * HTTP/1.1 to one place on this machine, by libcurl, with all that could lead elsewhere
 * turned off. That a place is a loopback address or a Unix socket is checked twice:
 * when its URL is read, and when libcurl asks for a socket.
 */

#include "core/address.h"
#include "core/error.h"
#include "core/text.h"

enum {
	HTTP_URL_MAX = 512,
	HTTP_SOCKET_MAX = 108,     /* sun_path */
	HTTP_HEADERS_MAX = 1 << 16, /* bytes of all headers of one answer */
	HTTP_OTHER_MAX = 1 << 16,  /* bytes kept of an answer whose status is not 2xx */
};

struct http_place {
	struct address address; /* ADDRESS_NONE where it is a Unix socket */
	bool by_name;           /* "localhost": ::1 may be tried as well */
	unsigned port;
	char socket[HTTP_SOCKET_MAX];
	char path[HTTP_URL_MAX]; /* of the URL, without a '/' at its end: "", "/v1" */
};

/* Reads http://HOST[:PORT][/PATH], HOST being an address of 127.0.0.0/8, [::1] or
 * localhost (which is not looked up), or unix:/PATH. Anything else is ERR_USAGE. */
enum status http_place_parse(const char *url, struct http_place *ret, struct error *err) MUST_CHECK;

/* Whether it is a loopback address or a Unix socket, whoever filled it in. */
bool http_place_is_here(const struct http_place *place);

/* The same as text: "http://127.0.0.1:11434/v1", "unix:/run/llama.sock". */
void http_place_text(const struct http_place *place, char ret[static HTTP_URL_MAX]);

struct http; /* one connection, kept open; for one thread at a time */

/* Fails for a place that is not here. */
enum status http_open(const struct http_place *place, struct http **ret, struct error *err) MUST_CHECK;
void http_close(struct http *h); /* NULL-safe */

struct http_request {
	const char *path;  /* "/api/tags", ours; the place's own path is not put before it */
	struct slice body; /* to be posted; nothing: GET */
	const char *type;  /* of the body; NULL: JSON */
	unsigned timeout_ms, silence_ms; /* in all, and without a byte; 0: as timeout_ms */
	/* Gets the body of a 2xx answer as it comes, `at_ns` after the request was begun;
	 * false: no more is wanted. */
	bool (*take)(void *context, struct slice bytes, int64_t at_ns);
	void *context;
};

enum http_end {
	HTTP_DONE,
	HTTP_UNREACHED,   /* nobody listens there */
	HTTP_CUT,         /* the connection broke off */
	HTTP_SLOW,        /* timeout_ms or silence_ms */
	HTTP_UNWANTED,    /* take() wanted no more */
	HTTP_MALFORMED,   /* not HTTP, or headers past HTTP_HEADERS_MAX */
	HTTP_INTERRUPTED,
};

struct http_answer {
	enum http_end end;
	unsigned status;      /* 0: none came */
	int64_t retry_ns;     /* Retry-After in seconds; -1: it does not say */
	int64_t total_ns;
	char detail[256];     /* why, where the end is not HTTP_DONE; printable */
	struct text other;    /* owned: the body where the status is not 2xx, cut */
};

/* One request and its answer; no redirect is followed. http_answer_free() what it fills in. */
void http_ask(struct http *h, const struct http_request *request, struct http_answer *ret);
void http_answer_free(struct http_answer *a);

/* Waits; false where it was interrupted. */
bool http_wait(struct http *h, int64_t ns);

/* From another thread or a signal handler: this and every later request ends with
 * HTTP_INTERRUPTED, within a twentieth of a second. */
void http_interrupt(struct http *h);
bool http_interrupted(const struct http *h);

#endif
