/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/http.h"

#include "core/clock.h"
#include "core/socket_address.h"

#include <curl/curl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

enum {
	STEP_MS = 50, /* so soon an interruption is seen */
	CONNECT_MS = 5000,
};

struct http {
	CURL *easy;                 /* owned */
	CURLM *multi;               /* owned */
	struct curl_slist *headers, *connect_to; /* owned */
	struct http_place place;
	atomic_bool interrupted;
	/* of the request that runs */
	const struct http_request *request;
	struct http_answer *answer;
	int64_t begun_ns, heard_ns;
	size_t header_bytes;
	bool unwanted, headers_too_long;
	char why[CURL_ERROR_SIZE];
};

static bool is_good(const struct http *h)
{
	return h->answer->status >= 200 && h->answer->status < 300;
}

/* The last gate: whatever libcurl came to, a socket is for our one place or is none. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *to)
{
	const struct http *h = context;
	struct address a;
	unsigned port = 0;
	bool ours = purpose == CURLSOCKTYPE_IPCXN && http_place_is_here(&h->place);
	if (to->family == AF_UNIX)
		ours = ours && h->place.socket[0];
	else
		ours = ours && socket_address_read(&to->addr, &a, &port) && address_equal(&a, &h->place.address) &&
		       port == h->place.port;
	return ours ? socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol) : CURL_SOCKET_BAD;
}

static void read_retry_after(struct http *h, struct slice line)
{
	struct cursor c = cursor_over(line);
	struct slice name;
	uint64_t seconds;
	if (cursor_until(&c, ':', line.size, &name) && slice_is_nocase(name, "retry-after") &&
	    slice_u64(slice_trim(cursor_rest(&c)), 86400, &seconds))
		h->answer->retry_ns = (int64_t)seconds * CLOCK_SECOND;
}

static size_t take_header(char *bytes, size_t one, size_t size, void *context)
{
	struct http *h = context;
	struct slice line = slice_of(bytes, one * size);
	long status = 0;
	h->heard_ns = clock_mono();
	h->header_bytes += line.size;
	h->headers_too_long = h->header_bytes > HTTP_HEADERS_MAX;
	if (slice_starts(line, "HTTP/") && !curl_easy_getinfo(h->easy, CURLINFO_RESPONSE_CODE, &status))
		h->answer->status = (unsigned)status;
	else if (slice_ends(line, "\n"))
		read_retry_after(h, slice_part(line, 0, line.size - 1));
	return h->headers_too_long ? 0 : line.size;
}

static size_t take_body(char *bytes, size_t one, size_t size, void *context)
{
	struct http *h = context;
	struct slice body = slice_of(bytes, one * size);
	h->heard_ns = clock_mono();
	if (!is_good(h)) {
		text_add(&h->answer->other, slice_part(body, 0, HTTP_OTHER_MAX - h->answer->other.size));
		h->unwanted = h->answer->other.size == HTTP_OTHER_MAX;
	} else {
		h->unwanted = !h->request->take(h->request->context, body, h->heard_ns - h->begun_ns);
	}
	return h->unwanted ? 0 : body.size;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode begun;

static void begin_curl(void)
{
	begun = curl_global_init(CURL_GLOBAL_NOTHING);
}

/* What stays the same for all requests. Nothing of it may fail: a libcurl that does not
 * know an option would be one that goes where we do not look. */
static bool set_up(struct http *h)
{
	CURL *e = h->easy;
	bool good = curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http") == CURLE_OK &&
		    curl_easy_setopt(e, CURLOPT_REDIR_PROTOCOLS_STR, "http") == CURLE_OK &&
		    curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
		    curl_easy_setopt(e, CURLOPT_PROXY, "") == CURLE_OK &&
		    curl_easy_setopt(e, CURLOPT_NOPROXY, "*") == CURLE_OK &&
		    curl_easy_setopt(e, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK &&
		    curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, open_socket) == CURLE_OK &&
		    curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, h) == CURLE_OK &&
		    curl_easy_setopt(e, CURLOPT_CONNECT_TO, h->connect_to) == CURLE_OK &&
		    (!h->place.socket[0] ||
		     curl_easy_setopt(e, CURLOPT_UNIX_SOCKET_PATH, h->place.socket) == CURLE_OK);
	return good && curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_USERAGENT, "airgap-verify") == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_HEADERDATA, h) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_WRITEDATA, h) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_ERRORBUFFER, h->why) == CURLE_OK;
}

enum status http_open(const struct http_place *place, struct http **ret, struct error *err)
{
	char base[HTTP_URL_MAX], to[HTTP_URL_MAX + 8];
	struct stat st;
	if (place->socket[0] && stat(place->socket, &st) == 0 && !S_ISSOCK(st.st_mode))
		return fail(err, ERR_USAGE, "unix:%s: that is no socket", place->socket);
	if (!http_place_is_here(place))
		return fail(err, ERR_USAGE, "a server is asked on this machine's loopback and nowhere else");
	pthread_once(&once, begin_curl);
	struct http *h = must_alloc(1, sizeof *h);
	struct http_place bare = *place;
	*h = (struct http){.place = *place};
	bare.path[0] = 0;
	http_place_text(&bare, base);
	snprintf(to, sizeof to, "::%s", base + strlen("http://"));
	if (!place->socket[0])
		h->connect_to = curl_slist_append(NULL, to);
	h->easy = curl_easy_init();
	h->multi = curl_multi_init();
	if (begun || !h->easy || !h->multi || !set_up(h)) {
		http_close(h);
		return fail(err, ERR_UNAVAILABLE, "libcurl here (%s) does not do what is needed of it", curl_version());
	}
	*ret = h;
	return OK;
}

void http_close(struct http *h)
{
	if (!h)
		return;
	curl_easy_cleanup(h->easy);
	curl_multi_cleanup(h->multi);
	curl_slist_free_all(h->headers);
	curl_slist_free_all(h->connect_to);
	free(h);
}

static enum http_end end_of(const struct http *h, CURLcode code)
{
	if (code == CURLE_OK)
		return HTTP_DONE;
	if (h->headers_too_long)
		return HTTP_MALFORMED;
	if (h->unwanted)
		return is_good(h) ? HTTP_UNWANTED : HTTP_DONE;
	if (code == CURLE_COULDNT_CONNECT)
		return HTTP_UNREACHED;
	bool malformed = code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_UNSUPPORTED_PROTOCOL ||
			 code == CURLE_OUT_OF_MEMORY; /* a header line past libcurl's own limit */
	return malformed ? HTTP_MALFORMED : HTTP_CUT;
}

/* The system's own reason: libcurl names a host and a port even where there is a socket. */
static const char *reason_of(const struct http *h, CURLcode code)
{
	long number = 0;
	if (code == CURLE_COULDNT_CONNECT && curl_easy_getinfo(h->easy, CURLINFO_OS_ERRNO, &number) == CURLE_OK && number > 0)
		return strerror((int)number);
	return h->why[0] ? h->why : curl_easy_strerror(code);
}

static void tell_end(struct http *h, CURLcode code)
{
	struct http_answer *a = h->answer;
	AUTO_TEXT struct text why = text_make(sizeof a->detail - 1);
	a->end = end_of(h, code);
	if (h->headers_too_long)
		text_addf(&why, "its headers are longer than %d bytes", HTTP_HEADERS_MAX);
	else if (a->end != HTTP_DONE && a->end != HTTP_UNWANTED)
		text_add_printable(&why, slice_of_string(reason_of(h, code)), 200);
	slice_to_string(text_slice(&why), a->detail, sizeof a->detail);
}

/* Runs what was added until its end, a deadline or an interruption. */
static void run(struct http *h)
{
	const struct http_request *r = h->request;
	int64_t timeout = r->timeout_ms * CLOCK_MILLISECOND;
	int64_t silence = r->silence_ms ? r->silence_ms * CLOCK_MILLISECOND : timeout;
	int running = 1, left;
	for (;;) {
		if (curl_multi_perform(h->multi, &running) != CURLM_OK || !running)
			break;
		int64_t now = clock_mono(), until = h->begun_ns + timeout, quiet = h->heard_ns + silence;
		int64_t next = until < quiet ? until : quiet;
		if (http_interrupted(h) || now >= next) {
			h->answer->end = http_interrupted(h) ? HTTP_INTERRUPTED : HTTP_SLOW;
			snprintf(h->answer->detail, sizeof h->answer->detail,
				 h->answer->end == HTTP_INTERRUPTED ? "interrupted"
				 : now >= until			    ? "not done after %u ms"
								    : "nothing heard for %u ms",
				 now >= until || !r->silence_ms ? r->timeout_ms : r->silence_ms);
			return;
		}
		int64_t ms = (next - now) / CLOCK_MILLISECOND + 1;
		(void)curl_multi_poll(h->multi, NULL, 0, ms < STEP_MS ? (int)ms : STEP_MS, NULL);
	}
	CURLMsg *message = curl_multi_info_read(h->multi, &left);
	tell_end(h, message && message->msg == CURLMSG_DONE ? message->data.result : CURLE_FAILED_INIT);
}

static bool set_headers(struct http *h, const char *type)
{
	char line[128];
	snprintf(line, sizeof line, "Content-Type: %s", type ? type : "application/json");
	curl_slist_free_all(h->headers);
	h->headers = curl_slist_append(NULL, "Expect:"); /* else a long prompt waits for a "100 Continue" */
	h->headers = curl_slist_append(h->headers, line);
	return h->headers && curl_easy_setopt(h->easy, CURLOPT_HTTPHEADER, h->headers) == CURLE_OK;
}

static bool set_request(struct http *h, const struct http_request *r)
{
	char url[2 * HTTP_URL_MAX] = "http://localhost";
	struct http_place bare = h->place;
	bare.path[0] = 0;
	if (!h->place.socket[0])
		http_place_text(&bare, url);
	size_t used = strlen(url);
	if (snprintf(url + used, sizeof url - used, "%s", r->path) >= (int)(sizeof url - used))
		return false;
	if (!set_headers(h, r->type) || curl_easy_setopt(h->easy, CURLOPT_URL, url) != CURLE_OK)
		return false;
	if (r->body.size == 0)
		return curl_easy_setopt(h->easy, CURLOPT_HTTPGET, 1L) == CURLE_OK;
	return curl_easy_setopt(h->easy, CURLOPT_POST, 1L) == CURLE_OK &&
	       curl_easy_setopt(h->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.size) == CURLE_OK &&
	       curl_easy_setopt(h->easy, CURLOPT_POSTFIELDS, (const char *)r->body.at) == CURLE_OK;
}

void http_ask(struct http *h, const struct http_request *request, struct http_answer *ret)
{
	*ret = (struct http_answer){.end = HTTP_MALFORMED, .retry_ns = -1, .other = text_make(HTTP_OTHER_MAX)};
	h->request = request;
	h->answer = ret;
	h->header_bytes = 0;
	h->unwanted = h->headers_too_long = false;
	h->why[0] = 0;
	h->begun_ns = h->heard_ns = clock_mono();
	if (!set_request(h, request) || curl_multi_add_handle(h->multi, h->easy) != CURLM_OK) {
		snprintf(ret->detail, sizeof ret->detail, "libcurl does not take the request");
		return;
	}
	run(h);
	curl_multi_remove_handle(h->multi, h->easy); /* closes what is under way */
	ret->total_ns = clock_mono() - h->begun_ns;
}

void http_answer_free(struct http_answer *a)
{
	text_free(&a->other);
}

bool http_wait(struct http *h, int64_t ns)
{
	int64_t until = clock_mono() + ns;
	for (int64_t now = until - ns; now < until && !http_interrupted(h); now = clock_mono()) {
		int64_t ms = (until - now) / CLOCK_MILLISECOND + 1;
		poll(NULL, 0, ms < STEP_MS ? (int)ms : STEP_MS);
	}
	return !http_interrupted(h);
}

void http_interrupt(struct http *h)
{
	atomic_store(&h->interrupted, true);
}

bool http_interrupted(const struct http *h)
{
	return atomic_load(&h->interrupted);
}
