/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stand-in for a local model server: answers each HTTP request on 127.0.0.1 with the
 * same words, and ends when its parent closes standard input. Clients of OpenAI's chat
 * completions and of Gemini get them in the form they expect, as events where they ask
 * for a stream; everybody else gets one JSON object.
 *
 *   model_stub [PORT]      (0, the default: any free one; it is printed)
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { REQUEST_MAX = 1 << 20 }; /* what is longer is answered by what came first */

#define WORDS "int main(void){return 0;}"
#define CHAT  "\"id\":\"1\",\"created\":1,\"model\":\"stub\",\"choices\":[{\"index\":0,"
#define USAGE "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}"

static const char PLAIN[] = "{\"model\":\"stub\",\"response\":\"" WORDS "\",\"done\":1}\n";

static const char OPENAI[] = "{\"object\":\"chat.completion\"," CHAT
			     "\"message\":{\"role\":\"assistant\",\"content\":\"" WORDS "\"},"
			     "\"finish_reason\":\"stop\"}]," USAGE "}\n";

static const char OPENAI_EVENTS[] = "data: {\"object\":\"chat.completion.chunk\"," CHAT
				    "\"delta\":{\"role\":\"assistant\",\"content\":\"" WORDS "\"},"
				    "\"finish_reason\":null}]}\n\n"
				    "data: {\"object\":\"chat.completion.chunk\"," CHAT
				    "\"delta\":{},\"finish_reason\":\"stop\"}]," USAGE "}\n\n"
				    "data: [DONE]\n\n";

#define GEMINI_ANSWER                                                                                          \
	"{\"candidates\":[{\"index\":0,\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"" WORDS "\"}]}," \
	"\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":1,"                              \
	"\"candidatesTokenCount\":1,\"totalTokenCount\":2}}"

static const char GEMINI[] = GEMINI_ANSWER "\n", GEMINI_EVENTS[] = "data: " GEMINI_ANSWER "\n\n";

static int listen_on(unsigned port)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
				.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
	socklen_t size = sizeof a;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) != 0 || listen(fd, 16) != 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &size) != 0) {
		perror("model_stub");
		exit(1);
	}
	printf("%u\n", ntohs(a.sin_port));
	fflush(stdout);
	return fd;
}

/* Where the request ends, as far as its head tells; 0: its head is not there yet. */
static size_t end_of(const char *request)
{
	const char *body = strstr(request, "\r\n\r\n"), *length = strcasestr(request, "\r\ncontent-length:");
	if (!body)
		return 0;
	return (size_t)(body + 4 - request) + (length && length < body ? strtoul(length + 17, NULL, 10) : 0);
}

/* The whole of it: who answers earlier makes a client fail that is still sending. */
static bool take_request(int fd, char request[REQUEST_MAX + 1])
{
	struct timeval patience = {.tv_sec = 5};
	size_t used = 0, end = 0;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	while (used < REQUEST_MAX && (end == 0 || used < end)) {
		ssize_t got = read(fd, request + used, REQUEST_MAX - used);
		if (got <= 0)
			break;
		used += (size_t)got;
		request[used] = 0;
		if (end == 0)
			end = end_of(request);
	}
	return used > 0;
}

static const char *answer_to(const char *request, bool *ret_events)
{
	char path[128] = "";
	const char *at = strchr(request, ' ');
	if (at)
		snprintf(path, sizeof path, "%.*s", (int)strcspn(at + 1, " \r\n"), at + 1);
	bool gemini = strcasestr(path, "generateContent") != NULL;
	*ret_events = gemini ? strstr(path, "streamGenerate") != NULL
			     : strstr(path, "/chat/completions") && strstr(request, "\"stream\":true");
	if (gemini)
		return *ret_events ? GEMINI_EVENTS : GEMINI;
	if (strstr(path, "/chat/completions"))
		return *ret_events ? OPENAI_EVENTS : OPENAI;
	return PLAIN;
}

static void answer_one(int listener)
{
	static char request[REQUEST_MAX + 1];
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (fd < 0)
		return;
	if (take_request(fd, request)) {
		bool events;
		const char *body = answer_to(request, &events);
		dprintf(fd,
			"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
			"Connection: close\r\n\r\n%s",
			events ? "text/event-stream" : "application/json", strlen(body), body);
	}
	close(fd);
}

int main(int argc, char *argv[])
{
	int listener = listen_on(argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 0);
	for (;;) {
		struct pollfd watched[] = {{listener, POLLIN, 0}, {0, POLLIN, 0}};
		char byte;
		if (poll(watched, 2, 600000) <= 0)
			return 0;
		if (watched[0].revents)
			answer_one(listener);
		if (watched[1].revents && read(0, &byte, 1) <= 0)
			return 0;
	}
}
