/* SPDX-License-Identifier: Apache-2.0 */
/*
 * real URL RUNS: asks the server there by both of its APIs, and prints what we counted and
 * measured beside what it says itself. Fails where a text differs, or a median is more than
 * two hundredths away.
 */
#include "benchmark/server.h"
#include "core/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS_MAX = 101, TOKENS = 150, WORDS = 120 };

struct measure {
	double deviation[RUNS_MAX]; /* of ours from the server's, in hundredths */
	double last_ours, last_server;
	size_t count;
	const char *name, *unit;
};

static int failed;

static void note(struct measure *m, double ours, double server)
{
	m->last_ours = ours;
	m->last_server = server;
	if (m->count < RUNS_MAX && server > 0)
		m->deviation[m->count++] = (ours - server) / server * 100;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void tell(const char *kind, struct measure *m)
{
	if (m->count == 0) {
		printf("%-7s %-11s the server does not say; ours %.3f %s\n", kind, m->name, m->last_ours, m->unit);
		return;
	}
	qsort(m->deviation, m->count, sizeof m->deviation[0], by_value);
	double median = m->deviation[m->count / 2];
	bool good = median <= 2 && median >= -2;
	printf("%-7s %-11s ours %9.3f, the server's %9.3f %-6s  %+.2f %% (median of %zu; %+.2f to %+.2f)%s\n", kind, m->name,
	       m->last_ours, m->last_server, m->unit, median, m->count, m->deviation[0], m->deviation[m->count - 1],
	       good ? "" : "  FAIL");
	failed += !good;
}

static void complain(const char *what, const char *detail)
{
	printf("FAIL: %s: %s\n", what, detail);
	failed++;
}

static void heard(void *context, size_t tokens)
{
	*(size_t *)context = tokens;
}

/* One kind of server; its last text goes into `ret_text`. */
static void ask_all(const char *url, size_t runs, enum server_kind kind, struct text *ret_text)
{
	struct error err = {0};
	struct server *s = NULL;
	struct server_model *list = NULL;
	size_t count = 0, pieces = 0;
	char prompt[WORDS * 24] = "";
	const char *name = kind == SERVER_OLLAMA ? "ollama" : "openai";
	struct measure tokens = {.name = "tokens", .unit = "tokens"}, first = {.name = "first token", .unit = "ms"},
		       rest = {.name = "generation", .unit = "ms"};
	for (int i = 0; i < WORDS; i++)
		strncat(prompt, i % 2 ? "a little girl " : "Once upon a time ", sizeof prompt - strlen(prompt) - 1);
	if (server_open(url, &s, &err) || server_models(s, &list, &count, &err) || count == 0 || server_show(s, &list[0], &err)) {
		complain(url, err.text);
		server_close(s);
		return;
	}
	printf("%-7s %s %s: %s, %s, %s, %llu tokens of context\n", name, server_about(s)->name, server_about(s)->version, list[0].name,
	       list[0].quantisation, list[0].parameters, (unsigned long long)list[0].context_max);
	if (server_about(s)->kind != kind)
		complain(url, "it is of the other kind");
	for (size_t run = 0; run < runs + 1 && !failed; run++) { /* the first warms it up */
		struct server_message message = {"user", slice_of_string(prompt)};
		struct server_ask ask = {.model = list[0].name, .messages = &message, .message_count = 1, .seed = 1, .context = 512,
					 .tokens_max = TOKENS, .timeout_ms = 60000, .heard = heard, .heard_context = &pieces};
		struct server_reply r;
		if (server_ask(s, &ask, &r, &err))
			complain(url, err.text);
		else if (r.end > SERVER_LENGTH || r.text.size == 0 || r.tokens <= 0)
			complain(server_end_name(r.end), r.detail);
		else if (run) {
			note(&tokens, (double)pieces, (double)r.tokens);
			note(&first, (double)r.first_ns / 1e6, (double)r.prompt_ns / 1e6);
			note(&rest, (double)(r.total_ns - r.first_ns) / 1e6, (double)r.generation_ns / 1e6);
			if (run > 1 && !slice_equal(text_slice(ret_text), text_slice(&r.text)))
				complain(url, "another text at temperature 0");
		}
		text_clear(ret_text);
		text_add(ret_text, text_slice(&r.text));
		server_reply_free(&r);
	}
	tell(name, &tokens);
	tell(name, &first);
	tell(name, &rest);
	free(list);
	server_close(s);
}

int main(int argc, char *argv[])
{
	char v1[SERVER_URL_MAX];
	uint64_t runs = 0;
	AUTO_TEXT struct text ours = text_make(SERVER_REPLY_MAX), openai = text_make(SERVER_REPLY_MAX);
	if (argc != 3 || !slice_u64(slice_of_string(argv[2]), RUNS_MAX, &runs) || runs == 0) {
		fprintf(stderr, "usage: real URL RUNS\n");
		return 64;
	}
	snprintf(v1, sizeof v1, "%s/v1", argv[1]);
	ask_all(argv[1], runs, SERVER_OLLAMA, &ours);
	ask_all(v1, runs, SERVER_OPENAI, &openai);
	/* one may stop earlier than the other */
	if (!failed && !slice_starts(text_slice(&ours), text_string(&openai)))
		complain(v1, "its text is another than Ollama's");
	printf("text: %.100s\n", text_string(&ours));
	return failed ? 1 : 0;
}
