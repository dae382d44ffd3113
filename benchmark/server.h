/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_SERVER_H
#define BENCHMARK_SERVER_H

/*
 * Model servers on this machine: Ollama's API and OpenAI's /v1, over loopback addresses
 * and Unix sockets and nothing else. No proxy, no redirect, no name that is looked up.
 */

#include "core/error.h"
#include "core/text.h"

enum server_kind { SERVER_OLLAMA, SERVER_OPENAI };

enum {
	SERVER_URL_MAX = 512,
	SERVER_NAME_MAX = 256,
	SERVER_MODELS_MAX = 1024,
	SERVER_REPLY_MAX = 1 << 20, /* bytes of text of one reply */
	SERVER_TOKENS_MAX = 1 << 24, /* of one question or reply: a server that tells more tells nonsense */
};

struct server; /* one connection, kept open; for one thread at a time */

struct server_about {
	enum server_kind kind;
	char url[SERVER_URL_MAX], version[64];
	char name[64]; /* "Ollama", "llama.cpp", "LM Studio", "vLLM", else "OpenAI-compatible" */
};

/* Opens the server at `url` (http://127.0.0.1:11434, http://localhost:1234/v1,
 * unix:/run/llama.sock); NULL tries the usual ports of the usual servers in turn. A URL
 * whose host is not loopback is refused. */
enum status server_open(const char *url, struct server **ret, struct error *err) MUST_CHECK;
void server_close(struct server *s);

/* The URL of usual server number `i`, in the order in which they are tried; NULL past the last.
 * It may be a port of something else: whoever does not answer soon is none. */
const char *server_usual(size_t i);
enum status server_open_usual(size_t i, struct server **ret, struct error *err) MUST_CHECK;
const struct server_about *server_about(const struct server *s);

struct server_model {
	char name[SERVER_NAME_MAX];
	char digest[80];       /* hex; "": the server does not say */
	char quantisation[32]; /* "Q4_K_M"; "": the server does not say */
	char parameters[32];   /* "8.2B" */
	char family[64];
	uint64_t size_bytes;   /* 0: not known */
	uint64_t context_max;  /* tokens; 0: not known */
	char template_sha256[65];
};

/* The models that are there; the list is the caller's to free. Those that Ollama has
 * answered elsewhere, by its cloud, are not among them. */
enum status server_models(struct server *s, struct server_model **ret, size_t *ret_count,
			  struct error *err) MUST_CHECK;

/* More about one: what `show` says. */
enum status server_show(struct server *s, struct server_model *model, struct error *err) MUST_CHECK;

/* What is loaded now: /api/ps, and what others tell instead. */
struct server_loaded {
	bool known; /* the sizes */
	uint64_t size_bytes, size_vram_bytes; /* less in VRAM than in all: it spilled to the CPU */
	uint64_t context; /* tokens; 0: not known */
};
enum status server_loaded(struct server *s, const char *model, struct server_loaded *ret,
			  struct error *err) MUST_CHECK;

struct server_message {
	const char *role; /* "system", "user", "assistant" */
	struct slice text;
};

struct server_ask {
	const char *model;
	const struct server_message *messages; /* chat; NULL: `prompt` is continued as it stands */
	size_t message_count;
	struct slice prompt;
	const char *const *stops; /* NULL-terminated; may be NULL */
	double temperature;
	uint64_t seed;
	unsigned context, tokens_max; /* 0: the server's own */
	unsigned timeout_ms;          /* of the whole reply */
	unsigned silence_ms;          /* without a byte; 0: as timeout_ms */
	void (*heard)(void *context, size_t tokens); /* as it streams; may be NULL */
	void *heard_context;
};

enum server_end {
	SERVER_STOPPED, /* the model came to its end */
	SERVER_LENGTH,  /* tokens_max */
	SERVER_SLOW,    /* timeout_ms or silence_ms */
	SERVER_CUT,     /* the connection broke off */
	SERVER_MALFORMED,
	SERVER_BUSY,    /* 429 or 503, also after the retries */
	SERVER_REFUSED, /* another status: `detail` has it */
	SERVER_GONE,    /* the model is not there any more (404) */
};

struct server_reply {
	enum server_end end;
	char detail[256];
	unsigned status;     /* of HTTP */
	struct text text;    /* owned */
	struct text thought; /* owned: what the server gives apart as thinking */
	/* Our own clock (monotonic), from when the request was sent. */
	int64_t first_ns, total_ns; /* first byte of text or thought; 0: none came */
	/* What the server says of itself; -1: it does not. */
	int64_t prompt_tokens, tokens, load_ns, prompt_ns, generation_ns;
	unsigned tries;
};

/* Asks, streaming. Fails (status) only where nothing can be asked at all (interrupted,
 * longer than 16 MiB, ERR_USAGE for a model that is not on this machine); what the
 * server did wrong is an `end`. */
enum status server_ask(struct server *s, const struct server_ask *ask, struct server_reply *ret,
		       struct error *err) MUST_CHECK;
void server_reply_free(struct server_reply *r);

/* From another thread or a signal handler: what runs ends soon with ERR_UNAVAILABLE. */
void server_interrupt(struct server *s);

const char *server_end_name(enum server_end e);

#endif
