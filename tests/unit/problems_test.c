/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/confined.h"

#include "benchmark/judge.h"
#include "benchmark/problems.h"
#include "benchmark/problems_unpack.h"

#include <archive.h>
#include <archive_entry.h>

static void path_of(const char *name, char ret[static 4096])
{
	const char *srcdir = getenv("SRCDIR");
	snprintf(ret, 4096, "%s/fixtures/problems/%s", srcdir ? srcdir : ".", name);
}

static void load(const char *name, struct tasks *ret)
{
	char path[4096];
	struct error err = {0};
	path_of(name, path);
	enum status status = problems_load(path, ret, &err);
	assert_string_equal(err.text, "");
	assert_int_equal(status, OK);
}

static void both_formats_are_read(void **state)
{
	(void)state;
	struct tasks t;
	load("humaneval.jsonl", &t);
	assert_int_equal(t.count, 4);
	assert_string_equal(t.at[0].id, "Own/0");
	assert_int_equal(t.at[0].suite, TASK_HUMANEVAL);
	assert_string_equal(t.at[0].entry_point, "fewest_crates");
	assert_int_equal(strlen(t.sha256), 64);
	tasks_free(&t);
	load("mbpp.jsonl", &t);
	assert_int_equal(t.count, 5);
	assert_string_equal(t.at[0].id, "MBPP/1");
	assert_int_equal(t.at[0].suite, TASK_MBPP);
	assert_contains(text_string(&t.at[0].prompt), "join two dictionaries of lists. Your code should pass these tests:\n\nassert ");
	assert_string_equal(text_string(&t.at[2].setup), "import math\n");
	tasks_free(&t);
}

static void check_refused(const char *text, const char *says)
{
	struct tasks t;
	struct error err = {0};
	assert_int_not_equal(problems_read(slice_of_string(text), "file", &t, &err), OK);
	if (!strstr(err.text, says))
		print_error("%s\n", err.text);
	assert_contains(err.text, says);
	assert_int_equal(t.count, 0);
}

#define GOOD "{\"task_id\": 1, \"text\": \"t\", \"code\": \"c\", \"test_list\": [\"assert f()\"]}\n"

static void what_is_wrong_is_named(void **state)
{
	(void)state;
	check_refused("", "file: no problem in it");
	check_refused(GOOD "\n" GOOD, "file: the problem MBPP/1 is there twice");
	check_refused(GOOD "{\"task_id\": 2}\n", "file: line 2: neither a problem of HumanEval");
	check_refused("\n\n1\n", "file: line 3: byte");
	check_refused("\n\n[1]\n", "file: problem 1: byte");
	check_refused("[]", "file: no problem in it");
	check_refused("[" GOOD, "file: byte");
	check_refused("[" GOOD "," GOOD "]", "file: the problem MBPP/1 is there twice");
	check_refused("[" GOOD ",{\"task_id\": 2}]", "file: problem 2: neither a problem of HumanEval");
	check_refused("{\"task_id\": 1, \"text\": 5, \"code\": \"\", \"test_list\": [\"a\"]}", "line 1: \"text\" is no string");
	check_refused("{\"task_id\": 1, \"text\": \"\", \"code\": \"\", \"test_list\": []}", "\"test_list\" is empty");
	check_refused("{\"task_id\": 1, \"text\": \"\", \"code\": \"\", \"test_list\": \"a\"}", "no list of strings");
	check_refused("{\"task_id\": 1, \"text\": \"\", \"code\": \"\", \"test_list\": [1]}", "\"test_list\" is no string");
	check_refused("{\"task_id\": \"a b\", \"test_list\": [\"a\"]}", "\"task_id\" is no name");
	check_refused("{\"task_id\": \"a\", \"entry_point\": \"f(x)\", \"test\": \"\", \"prompt\": \"\"}", "no name of a function");
	check_refused("{\"task_id\": \"a\", \"entry_point\": \"f\", \"test\": \"\"}", "\"prompt\" is no string");
}

/* As the sanitised file is: an array over many lines, "prompt" for "text". */
static void an_array_is_read(void **state)
{
	(void)state;
	struct tasks t;
	struct error err = {0};
	static const char text[] =
		"[\r\n  {\n    \"source_file\": \"own\",\n    \"task_id\": 7,\n    \"prompt\": \"Write f.\",\n    \"code\": \"def f():\\n  return 1\",\n"
		"    \"test_imports\": [\n      \"import math\"\n    ],\n    \"test_list\": [\"assert f() == 1\", \"assert f() < 2\"]\n  }\n]\n";
	assert_int_equal(problems_read(slice_of_string(text), "file", &t, &err), OK);
	assert_int_equal(t.count, 1);
	assert_string_equal(t.at[0].id, "MBPP/7");
	assert_string_equal(text_string(&t.at[0].setup), "import math\n");
	assert_string_equal(text_string(&t.at[0].check), "assert f() == 1\nassert f() < 2\n");
	assert_string_equal(text_string(&t.at[0].continued), "You are an expert Python programmer, and here is your task: Write f. Your code should "
							     "pass these tests:\n\nassert f() == 1\nassert f() < 2\n[BEGIN]\n");
	tasks_free(&t);
}

/* Problems `from` to `to`, in the form of the whole file. */
static void numbered(unsigned from, unsigned to, struct tasks *ret)
{
	struct error err = {0};
	AUTO_TEXT struct text all = text_make(1 << 20);
	for (unsigned i = from; i <= to; i++)
		text_addf(&all, "{\"task_id\": %u, \"text\": \"T%u.\", \"code\": \"C%u\", \"test_list\": [\"assert f(%u)\"], \"test_setup_code\": \"\","
			  " \"challenge_test_list\": [\"assert never(%u)\"]}\r\n", i, i, i, i, i);
	assert_int_equal(problems_read(text_slice(&all), "file", ret, &err), OK);
}

static void of_the_whole_file_those_for_testing(void **state)
{
	(void)state;
	struct tasks t;
	numbered(1, 974, &t);
	assert_int_equal(t.count, 500);
	for (size_t i = 0; i < t.count; i++) {
		unsigned number = (unsigned)strtoul(t.at[i].id + 5, NULL, 10);
		assert_true(number >= 11 && number <= 510);
		assert_null(strstr(text_string(&t.at[i].continued), "never"));
	}
	assert_string_equal(t.at[0].id, "MBPP/100");
#define ASK(n) "You are an expert Python programmer, and here is your task: T" n ". Your code should pass these tests:\n\nassert f(" n ")\n"
	assert_string_equal(text_string(&t.at[0].prompt), ASK("100"));
	assert_string_equal(text_string(&t.at[0].continued),
			    ASK("2") "[BEGIN]\nC2\n[DONE]\n\n" ASK("3") "[BEGIN]\nC3\n[DONE]\n\n" ASK("4") "[BEGIN]\nC4\n[DONE]\n\n" ASK("100")
			    "[BEGIN]\n");
	tasks_free(&t);
	/* a part is asked as it is */
	numbered(1, 973, &t);
	assert_int_equal(t.count, 973);
	tasks_free(&t);
	numbered(11, 510, &t);
	assert_int_equal(t.count, 500);
	assert_string_equal(text_string(&t.at[0].continued), ASK("100") "[BEGIN]\n");
	tasks_free(&t);
}

static void too_large_is_refused(void **state)
{
	(void)state;
	struct tasks t;
	struct error err = {0};
	char *line = calloc(PROBLEMS_LINE_MAX + 64, 1);
	assert_non_null(line);
	memset(line, ' ', PROBLEMS_LINE_MAX + 32);
	line[0] = '{';
	assert_int_equal(problems_read(slice_of_string(line), "file", &t, &err), ERR_LIMIT);
	assert_contains(err.text, "line 1: longer than");
	free(line);
}

static void put_packed(const struct scratch *s, const char *name, const char *text, size_t cut)
{
	static unsigned char packed[1 << 16];
	size_t size = 0;
	struct archive *a = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	archive_write_set_format_raw(a);
	archive_write_add_filter_gzip(a);
	assert_int_equal(archive_write_open_memory(a, packed, sizeof packed, &size), ARCHIVE_OK);
	archive_entry_set_filetype(entry, AE_IFREG);
	assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
	assert_int_equal(archive_write_data(a, text, strlen(text)), strlen(text));
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	archive_entry_free(entry);
	scratch_put(s, name, slice_of(packed, size - cut));
}

static void packed_files_are_read(void **state)
{
	struct scratch *s = *state;
	char path[4096];
	struct tasks t;
	struct error err = {0};
	put_packed(s, "whole.gz", GOOD, 0);
	put_packed(s, "cut.gz", GOOD, 12);
	snprintf(path, sizeof path, "%s/whole.gz", s->path);
	assert_int_equal(problems_load(path, &t, &err), OK);
	assert_int_equal(t.count, 1);
	tasks_free(&t);
	snprintf(path, sizeof path, "%s/cut.gz", s->path);
	assert_int_equal(problems_load(path, &t, &err), ERR_MALFORMED);
	assert_contains(err.text, "cut.gz: packed data that are damaged or cut off");
	snprintf(path, sizeof path, "%s/whole.gz", s->path);
	struct text small = text_make(10);
	assert_int_equal(problems_unpack(path, &small, &err), ERR_LIMIT);
	text_free(&small);
}

static struct verdict_of_run judge(const struct task *task, const char *answer)
{
	struct task_files files = {0};
	struct verdict_of_run v;
	struct error err = {0};
	files_add(&files, "answer.py", slice_of_string(answer));
	enum status status = judge_answer(confined, task, &files, &v, &err);
	files_free(&files);
	assert_string_equal(err.text, "");
	assert_int_equal(status, OK);
	return v;
}

static void their_own_answers_pass(void **state)
{
	(void)state;
	static const char *const names[] = {"humaneval.jsonl", "mbpp.jsonl"};
	for (size_t i = 0; i < LENGTH(names); i++) {
		struct tasks t;
		load(names[i], &t);
		for (size_t k = 0; k < t.count; k++) {
			struct verdict_of_run v = judge(&t.at[k], text_string(&t.at[k].solution));
			if (v.outcome != OUTCOME_PASSED)
				print_error("%s: %s\n", t.at[k].id, v.detail);
			assert_int_equal(v.outcome, OUTCOME_PASSED);
		}
		tasks_free(&t);
	}
}

struct said {
	const char *answer;
	enum outcome outcome;
	const char *detail;
};

static void check_each(const struct task *task, const struct said said[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct verdict_of_run v = judge(task, said[i].answer);
		if (v.outcome != said[i].outcome || !strstr(v.detail, said[i].detail))
			print_error("%s: %s (%s)\n", said[i].answer, outcome_name(v.outcome), v.detail);
		assert_int_equal(v.outcome, said[i].outcome);
		assert_contains(v.detail, said[i].detail);
	}
}

#define WHOLE "def fewest_crates(weights, room):\n"
#define RIGHT "    crates, left = 0, 0\n    for w in weights:\n        if w > left:\n            crates, left = crates + 1, room\n" \
	      "        left -= w\n    return crates\n"

static void answers_are_told_apart(void **state)
{
	(void)state;
	static const struct said said[] = {
		{WHOLE RIGHT, OUTCOME_PASSED, ""},
		{RIGHT, OUTCOME_PASSED, ""},
		{"import math\n" WHOLE RIGHT "print('a lot', flush=True)\ninput\n", OUTCOME_PASSED, ""},
		{"def fewest_crates(weights: List[int], room):\n" RIGHT, OUTCOME_PASSED, ""},
		{WHOLE "    return 2\n", OUTCOME_FAILED, "AssertionError: assert candidate([], 4) == 0"},
		{WHOLE "    return [][1]\n", OUTCOME_CRASHED, "IndexError: list index out of range"},
		{WHOLE "    return (\n", OUTCOME_SYNTAX_ERROR, "SyntaxError"},
		{"def other():\n    pass\n", OUTCOME_FAILED, "AssertionError"},
		{"import nothing_of_that_name\n" WHOLE RIGHT, OUTCOME_CRASHED, "ModuleNotFoundError"},
		{WHOLE "    return bytearray(1 << 40)\n", OUTCOME_LIMIT, "MemoryError"},
		{WHOLE "    print('x' * (1 << 22))\n", OUTCOME_LIMIT, "wrote more than"},
		{WHOLE "    import os\n    os.kill(os.getpid(), 11)\n", OUTCOME_CRASHED, "the answer ended itself"},
	};
	struct tasks t;
	load("humaneval.jsonl", &t);
	check_each(&t.at[0], said, LENGTH(said));
	t.at[0].timeout_ms = 1500;
	struct verdict_of_run v = judge(&t.at[0], WHOLE "    while True: pass\n");
	assert_int_equal(v.outcome, OUTCOME_TIMEOUT);
	tasks_free(&t);
}

static void nothing_but_right_values_score(void **state)
{
	(void)state;
	static const char *const answers[] = {
		WHOLE "    class Yes(int):\n        def __eq__(self, other): return True\n        __hash__ = int.__hash__\n    return Yes(2)\n",
		WHOLE "    class Yes:\n        def __eq__(self, other): return True\n    return Yes()\n",
		WHOLE "    class Yes:\n        __class__ = int\n        def __eq__(self, other): return True\n    return Yes()\n",
		WHOLE "    class Yes(float):\n        def __eq__(self, other): return True\n        def hex(self): return '0x0p0'\n    return Yes(9)\n",
		WHOLE "    return float('nan')\n",
		WHOLE "    import unittest.mock\n    return unittest.mock.ANY\n",
		WHOLE "    import os\n    os._exit(0)\n",
		WHOLE "    raise SystemExit(0)\n",
		"import os\nos._exit(0)\n",
		"import sys\nsys.exit(0)\n" WHOLE "    return 2\n",
		"import atexit, os\natexit.register(os._exit, 0)\n" WHOLE "    return 2\n",
		"import builtins\nbuiltins.AssertionError = Exception\nbuiltins.range = lambda *a: []\n" WHOLE "    return 2\n",
		"import sys\n" WHOLE "    f = sys._getframe()\n    while f:\n        for k in list(f.f_globals):\n"
		"            if 'check' in k or 'test' in k: f.f_globals[k] = lambda *a: None\n        f = f.f_back\n    return 2\n",
		"import os\n" WHOLE "    for fd in range(256):\n        try: os.write(fd, b'\\0\\0\\0\\x13{\"value\": [\"i\",\"2\"]}')\n        except OSError: pass\n    return 2\n",
		"import os\n" WHOLE "    os.closerange(0, 256)\n    return 2\n",
		WHOLE "    print('PASSED', 'ok')\n    return None\n",
		WHOLE "    try: return int(open('test.py').read())\n    except Exception: return 2\n",
		"class fewest_crates:\n    def __init__(self, *a): pass\n    def __eq__(self, other): return True\n",
		"def fewest_crates(*a):\n    raise AssertionError\n",
		"__builtins__['isinstance'] = lambda *a: True\n" WHOLE "    return 2\n",
		"import json\njson.dumps = lambda *a, **k: '{\"value\": [\"B\", true]}'\n" WHOLE "    return 2\n",
		"import __main__\n__main__.encode = lambda *a: ['R', 0]\n" WHOLE "    return 2\n",
	};
	struct tasks t;
	load("humaneval.jsonl", &t);
	for (size_t i = 0; i < LENGTH(answers); i++) {
		struct verdict_of_run v = judge(&t.at[0], answers[i]);
		if (v.outcome == OUTCOME_PASSED || v.outcome == OUTCOME_TIMEOUT)
			print_error("%s: %s %s\n", answers[i], outcome_name(v.outcome), v.detail);
		assert_int_not_equal(v.outcome, OUTCOME_PASSED);
	}
	tasks_free(&t);
}

/* Stand-ins for the answer's own objects neither equal anything nor are asked to compare. */
static void objects_of_the_answer_equal_nothing(void **state)
{
	(void)state;
	static const struct said said[] = {
		{"class Box:\n    def __init__(self, w): self.weight = w; self.inside = []\n"
		 "def total(b): return b.weight + sum(map(total, b.inside))\n", OUTCOME_PASSED, ""},
		{"class Box:\n    def __init__(self, w): pass\n    def __eq__(self, o): return True\n"
		 "def total(b): return b\n", OUTCOME_FAILED, "assert total(outer) == 6"},
		{"def total(b): return 6\n", OUTCOME_CRASHED, "AttributeError"},
	};
	struct tasks t;
	load("mbpp.jsonl", &t);
	check_each(&t.at[1], said, LENGTH(said));
	/* a helper of the tests is not the answer's to give */
	static const struct said close[] = {
		{"class math:\n    isclose = lambda *a, **k: True\ndef round_way(r): return 1 if r else 0\n", OUTCOME_FAILED, "isclose"},
	};
	check_each(&t.at[2], close, LENGTH(close));
	tasks_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_formats_are_read),
		cmocka_unit_test(what_is_wrong_is_named),
		cmocka_unit_test(an_array_is_read),
		cmocka_unit_test(of_the_whole_file_those_for_testing),
		cmocka_unit_test(too_large_is_refused),
		scratch_test(packed_files_are_read),
		cmocka_unit_test(their_own_answers_pass),
		cmocka_unit_test(answers_are_told_apart),
		cmocka_unit_test(nothing_but_right_values_score),
		cmocka_unit_test(objects_of_the_answer_equal_nothing),
	};
	return cmocka_run_group_tests(tests, confined_open, confined_close);
}
