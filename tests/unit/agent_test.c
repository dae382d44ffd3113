/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "benchmark/agent.h"

/* A model that says what stands in its script, turn after turn, and a sandbox in which the
 * test passes when a.py holds "good". */
struct script {
	const char *const *turns; /* NULL-terminated; the last one again and again */
	enum server_end end;      /* of the last turn; the others end as they should */
	size_t at, tests;
	char last[8192];          /* what it was told last */
};

static enum status say(void *context, const struct server_message *messages, size_t count, struct server_reply *ret,
		       struct error *err)
{
	struct script *s = context;
	(void)err;
	slice_to_string(slice_part(messages[count - 1].text, 0, sizeof s->last - 1), s->last, sizeof s->last);
	assert_string_equal(messages[0].role, "user");
	assert_string_equal(messages[count - 1].role, "user");
	*ret = (struct server_reply){.end = SERVER_STOPPED, .tokens = 10, .prompt_tokens = 5, .first_ns = 1 + (int64_t)s->at,
				     .total_ns = 7, .load_ns = -1, .prompt_ns = 2, .generation_ns = 3, .tries = 1};
	ret->text = text_make(1 << 20);
	text_add_string(&ret->text, s->turns[s->at]);
	if (s->turns[s->at + 1])
		s->at++;
	else
		ret->end = s->end;
	return OK;
}

static enum status test(void *context, const struct task_files *files, struct text *ret, bool *ret_passed, struct error *err)
{
	struct script *s = context;
	const struct task_file *f = task_files_find(files, "a.py");
	(void)err;
	s->tests++;
	*ret_passed = f && slice_is(text_slice(&f->content), "good\n");
	text_add_string(ret, *ret_passed ? "all well" : "```\nit is bad\n```");
	return OK;
}

static struct agent_course work(struct script *s)
{
	struct task t = {.suite = TASK_AGENT, .language = TASK_PYTHON, .visible = "test_visible.py", .prompt = text_make(1024)};
	struct error err = {0};
	struct agent_side side = {say, test, s};
	struct agent_course c;
	text_add_string(&t.prompt, "Make it good.\n");
	assert_int_equal(task_files_put(&t.start, "a.py", SLICE("bad\n"), &err), OK);
	assert_int_equal(task_files_put(&t.start, "lib/b.py", SLICE("b\n"), &err), OK);
	assert_int_equal(agent_work(&t, &side, &c, &err), OK);
	task_files_free(&t.start);
	text_free(&t.prompt);
	return c;
}

static void content_is(const struct agent_course *c, const char *path, const char *content)
{
	const struct task_file *f = task_files_find(&c->files, path);
	assert_non_null(f);
	assert_string_equal(text_string(&f->content), content);
}

static void from_reading_to_done(void **state)
{
	struct script s = {.turns = (const char *const[]){
		"Let me look.\nREAD a.py\n`READ nothing.py`\nTEST\n",
		"<think>\nDONE\n</think>\nWRITE a.py\n```python\ngood\n```\n**WRITE lib/c.py**\n\n````\n```\n````\n- TEST\nTEST\n",
		"It passes.\nDONE\n", NULL}};
	(void)state;
	struct agent_course c = work(&s);
	assert_int_equal(c.outcome, OUTCOME_PASSED);
	content_is(&c, "a.py", "good\n");
	content_is(&c, "lib/b.py", "b\n");
	content_is(&c, "lib/c.py", "```\n");
	/* without a change in between it is not run again */
	assert_int_equal(s.tests, 2);
	assert_contains(s.last, "WRITE a.py: 5 bytes written.");
	assert_contains(s.last, "TEST: passed\n```\nall well\n```");
	assert_contains(s.last, "nothing was written since");
	assert_int_equal(c.asked.turns, 3);
	assert_int_equal(c.asked.tokens, 30);
	assert_int_equal(c.asked.first_ns, 1);
	assert_int_equal(c.asked.total_ns, 21);
	assert_int_equal(c.asked.load_ns, -1);
	assert_int_equal(c.asked.thought_bytes, 21);
	assert_contains(text_string(&c.said), "--- next turn ---\nIt passes.");
	agent_course_free(&c);
}

static void told_what_came_of_it(void **state)
{
	struct script s = {.turns = (const char *const[]){"READ a.py\nREAD nothing.py\nTEST\nWRITE ../x\n```\nx\n```\nWRITE b.py\n", "DONE", NULL}};
	(void)state;
	struct agent_course c = work(&s);
	assert_contains(s.last, "READ a.py: 4 bytes\n```\nbad\n```");
	assert_contains(s.last, "READ nothing.py: there is no such file. There are: a.py lib/b.py");
	assert_contains(s.last, "TEST: failed\n````\n```\nit is bad\n```\n````");
	assert_contains(s.last, "WRITE ../x: nothing was written");
	assert_contains(s.last, "WRITE b.py: nothing was written, no whole fenced block follows it.");
	assert_int_equal(c.outcome, OUTCOME_NO_CODE);
	assert_string_equal(c.detail, "it wrote no file");
	agent_course_free(&c);
}

static void ends(const char *const *turns, enum server_end end, enum outcome outcome, unsigned turn_count)
{
	struct script s = {.turns = turns, .end = end};
	struct agent_course c = work(&s);
	assert_int_equal(c.outcome, outcome);
	assert_int_equal(c.asked.turns, turn_count);
	agent_course_free(&c);
}

static void how_it_ends(void **state)
{
	static const char WRITES[] = "WRITE a.py\n```\nx\n```\n";
	(void)state;
	ends((const char *const[]){WRITES, NULL}, SERVER_STOPPED, OUTCOME_PASSED, AGENT_TURNS_MAX);
	ends((const char *const[]){"READ a.py\n", NULL}, SERVER_STOPPED, OUTCOME_NO_CODE, AGENT_TURNS_MAX);
	ends((const char *const[]){"The code is fine.", NULL}, SERVER_STOPPED, OUTCOME_NO_CODE, 3);
	ends((const char *const[]){"I'm sorry, I can't do that.", NULL}, SERVER_STOPPED, OUTCOME_REFUSED, 1);
	ends((const char *const[]){WRITES, "WRITE a.py\n```\nx", NULL}, SERVER_LENGTH, OUTCOME_CUT, 2);
	ends((const char *const[]){WRITES, "TEST\nand", NULL}, SERVER_LENGTH, OUTCOME_PASSED, AGENT_TURNS_MAX);
	ends((const char *const[]){WRITES, "", NULL}, SERVER_SLOW, OUTCOME_SLOW, 2);
	ends((const char *const[]){WRITES, "", NULL}, SERVER_CUT, OUTCOME_SERVER_ERROR, 2);
	ends((const char *const[]){"DONE", NULL}, SERVER_STOPPED, OUTCOME_NO_CODE, 1);
}

static void actions_of_a_turn(void **state)
{
	struct agent_actions *a = must_alloc(1, sizeof *a);
	(void)state;
	agent_actions(SLICE("I will READ a.py first.\nREAD the file\nTEST it\nRead a.py\nDONE.\n```\nREAD `b.py`\nTEST\n```\n"), a);
	assert_int_equal(a->count, 3);
	assert_int_equal(a->at[0].verb, AGENT_DONE);
	assert_int_equal(a->at[1].verb, AGENT_READ);
	assert_string_equal(a->at[1].path, "b.py");
	assert_int_equal(a->at[2].verb, AGENT_TEST);
	agent_actions_free(a);
	/* its content is not looked at for more */
	agent_actions(SLICE("WRITE a.sh\n```bash\nTEST\nDONE\n```\n"), a);
	assert_int_equal(a->count, 1);
	assert_string_equal(text_string(&a->at[0].content), "TEST\nDONE\n");
	assert_true(a->at[0].whole);
	agent_actions_free(a);
	AUTO_TEXT struct text many = text_make(4096);
	for (size_t i = 0; i < 100; i++)
		text_add_string(&many, "TEST\n");
	agent_actions(text_slice(&many), a);
	assert_int_equal(a->count, AGENT_ACTIONS_MAX);
	assert_true(a->more);
	agent_actions_free(a);
	free(a);
}

/* A model that repeats itself for a megabyte does not fill the machine. */
static void bounded_transcript(void **state)
{
	AUTO_TEXT struct text said = text_make(1 << 20);
	(void)state;
	text_add_string(&said, "WRITE a.py\n```\nx\n```\n");
	while (said.size < 300 << 10)
		text_add_string(&said, "READ a.py and so on\n");
	ends((const char *const[]){text_string(&said), NULL}, SERVER_STOPPED, OUTCOME_PASSED, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_reading_to_done), cmocka_unit_test(told_what_came_of_it), cmocka_unit_test(how_it_ends),
		cmocka_unit_test(actions_of_a_turn),	cmocka_unit_test(bounded_transcript),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
