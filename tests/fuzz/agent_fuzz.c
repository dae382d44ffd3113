/* SPDX-License-Identifier: Apache-2.0 */
/* A model's turn, as actions, and carried out. */
#include "benchmark/agent.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static enum status say(void *context, const struct server_message *messages, size_t count, struct server_reply *ret,
		       struct error *err)
{
	const struct slice *said = context;
	(void)messages, (void)count, (void)err;
	*ret = (struct server_reply){.end = said->size % 3 ? SERVER_STOPPED : SERVER_LENGTH, .text = text_make(SERVER_REPLY_MAX)};
	text_add(&ret->text, *said);
	return OK;
}

static enum status test(void *context, const struct task_files *files, struct text *ret, bool *ret_passed, struct error *err)
{
	(void)context, (void)err;
	*ret_passed = files->count > 1;
	text_add_string(ret, "```");
	return OK;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct task t = {.suite = TASK_AGENT, .prompt = text_make(64)};
	struct slice said = slice_of(data, size);
	struct agent_side side = {say, test, &said};
	struct agent_course c;
	struct error err = {0};
	if (task_files_put(&t.start, "a.py", SLICE("one\n"), &err) || agent_work(&t, &side, &c, &err) ||
	    c.asked.turns > AGENT_TURNS_MAX)
		abort();
	agent_course_free(&c);
	task_files_free(&t.start);
	return 0;
}
