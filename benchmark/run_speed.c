/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How fast a model is: the same question a few times, of which the first one loads it.
 * Each begins with another word, because servers keep what they have read and need not
 * read the same beginning again.
 */
#include "benchmark/run_parts.h"

enum { SPEED_TOKENS_MAX = 256, PROMPT_MAX = 1 << 14, PIECES = 12 };

static const char PIECE[] =
	"The store keeps its records in a file, one a line, and never changes a line that is there. A reader goes\n"
	"through the file from its beginning and keeps, for each key, the place of the last line that had it. When the\n"
	"file is longer than a limit, a second one is begun, and the old one is read only. Two files become one when\n"
	"nobody reads them. A line that is cut off at the end of the last file is what a crash leaves; it is dropped.\n";

static void make_prompt(unsigned repeat, struct text *ret)
{
	text_addf(ret, "Number %u. Read this description.\n\n", repeat + 1);
	for (unsigned i = 0; i < PIECES; i++)
		text_addf(ret, "%u.%u %s\n", repeat + 1, i + 1, PIECE);
	text_add_string(ret, "Now explain, in about two hundred words, how such a store finds the value of a key.\n");
}

static enum status ask(struct run *r, const struct run_model *m, unsigned repeat, struct server_reply *ret,
		       struct error *err)
{
	AUTO_TEXT struct text prompt = text_make(PROMPT_MAX);
	make_prompt(repeat, &prompt);
	struct server_message message = {"user", text_slice(&prompt)};
	struct server_ask ask = {
		.model = m->about.name,
		.messages = &message,
		.message_count = 1,
		.seed = r->settings->seed,
		.context = r->settings->context,
		.tokens_max = SPEED_TOKENS_MAX,
		.timeout_ms = r->settings->timeout_ms,
	};
	return server_ask(m->server, &ask, ret, err);
}

static enum status measure(struct run *r, const struct run_model *m, unsigned repeat, struct error *err)
{
	struct server_reply reply = {.end = SERVER_STOPPED};
	double from, to;
	bool told = machine_meter_read(r->meter, &from);
	enum status status = ask(r, m, repeat, &reply, err);
	told = machine_meter_read(r->meter, &to) && told && to >= from;
	if (!status)
		status = record_speed(r->record, m->about.name, repeat, &reply, told ? to - from : -1, err);
	if (!status && reply.end != SERVER_STOPPED && reply.end != SERVER_LENGTH)
		run_say(r, "%s: measuring its speed: %s", m->about.name,
			reply.detail[0] ? reply.detail : server_end_name(reply.end));
	server_reply_free(&reply);
	return status;
}

/* A server that was started with less context than is asked for gives no more, and says
 * nothing of it. */
static void look_at_context(struct run *r, const struct run_model *m, uint64_t given)
{
	unsigned wanted = r->settings->context;
	r->room = given && (wanted == 0 || given < wanted) ? given : wanted;
	if (given && given < wanted)
		run_say(r, "%s: the server gives it %llu tokens of context, not the %u that are asked for: start it with more, or ask "
			"for less (--context)", m->about.name, (unsigned long long)given, wanted);
}

static enum status look_at_memory(struct run *r, const struct run_model *m, struct error *err)
{
	struct server_loaded loaded = {.known = false};
	enum status status = server_loaded(m->server, m->about.name, &loaded, err);
	look_at_context(r, m, status ? 0 : loaded.context);
	if (status || (!loaded.known && !loaded.context))
		return status;
	if (loaded.size_bytes && loaded.size_vram_bytes < loaded.size_bytes && r->machine.gpu_count > 0 &&
	    r->settings->machine_count == 0)
		run_say(r, "%s: %.0f %% of it do not fit into the graphics memory and run on the processor", m->about.name,
			100.0 * (double)(loaded.size_bytes - loaded.size_vram_bytes) / (double)loaded.size_bytes);
	return record_loaded(r->record, m->about.name, &loaded, err);
}

enum status run_speed(struct run *r, const struct run_model *m, struct error *err)
{
	enum status status = OK;
	for (unsigned i = 0; i <= r->settings->repeats && !status && !run_interrupts(); i++) {
		if (record_has(&r->before.answered, m->about.name, "", i))
			continue;
		status = measure(r, m, i, err);
	}
	return status || run_interrupts() ? status : look_at_memory(r, m, err);
}
