/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "benchmark/answer.h"

#include <time.h>

/* A task for one file, and what is taken out of a reply to it. */
static struct task one_file(enum task_language language, const char *answer)
{
	struct task t = {.suite = TASK_COMPLETE, .language = language, .prompt = text_make(TASK_PROMPT_MAX)};
	snprintf(t.answer, sizeof t.answer, "%s", answer);
	text_add_string(&t.prompt, "Write `encode(text)` and `decode`, by the rules of len().\n");
	return t;
}

static void task_end(struct task *t)
{
	task_files_free(&t->start);
	text_free(&t->prompt);
}

static void is_answer_in(enum task_language language, const char *file, const char *said, const char *code)
{
	struct task t = one_file(language, file);
	struct answer a = answer_take(&t, slice_of_string(said));
	const struct task_file *f = task_files_find(&a.files, file);
	if (a.outcome != OUTCOME_PASSED || !f)
		print_error("no answer (%s) in: %s\n", a.detail, said);
	assert_int_equal(a.outcome, OUTCOME_PASSED);
	assert_non_null(f);
	assert_int_equal(a.files.count, 1);
	assert_string_equal(text_string(&f->content), code);
	answer_free(&a);
	task_end(&t);
}

static void is_answer(const char *said, const char *code)
{
	is_answer_in(TASK_PYTHON, "runs.py", said, code);
}

static void is_none(const char *said, enum outcome outcome, const char *why)
{
	struct task t = one_file(TASK_PYTHON, "runs.py");
	struct answer a = answer_take(&t, slice_of_string(said));
	if (a.outcome != outcome)
		print_error("%d (%s) for: %s\n", (int)a.outcome, a.detail, said);
	assert_int_equal(a.outcome, outcome);
	assert_contains(a.detail, why);
	assert_int_equal(a.files.count, 0);
	answer_free(&a);
	task_end(&t);
}

static void out_of_fences(void **state)
{
	(void)state;
	is_answer("```python\ndef encode(t): pass\n```\n", "def encode(t): pass\n");
	is_answer("Sure!\n\n```py\nx = 1\n```\n\nIt works so.", "x = 1\n");
	is_answer("~~~python\nx = 1\n```\n~~~\n", "x = 1\n```\n");
	is_answer("````python\nx = '''\n```\n'''\n````\n", "x = '''\n```\n'''\n");
	is_answer("```Python\r\nx = 1\r\ny = 2\r\n```\r\n", "x = 1\ny = 2\n");
	is_answer("```\nx = 1\n```", "x = 1\n");
	is_answer("```python\nx = 1\n", "x = 1\n");
	is_answer("```python\nx = 1", "x = 1\n");
	is_answer("1. The file:\n\n   ```python\n   def f():\n       return 1\n   ```\n2. Done.",
		  "def f():\n    return 1\n");
	is_answer("Use ```x``` so:\n```python\nx = 1\n```\n", "x = 1\n");
	/* a fence of a comment in the code is none of ours */
	is_answer("```python\ndef f():\n    \"\"\"\n    ```\n    f()\n    ```\n    \"\"\"\n```\n",
		  "def f():\n    \"\"\"\n    ```\n    f()\n    ```\n    \"\"\"\n");
	/* the whole reply fenced, with fences of the same length inside */
	is_answer("```markdown\nHere:\n```python\nx = 1\n```\nDone.\n```\nBye.\n", "x = 1\n");
	is_answer("```\n```python\nx = 1\n```\n```\n", "x = 1\n");
}

static void of_several_blocks(void **state)
{
	(void)state;
	/* an example of its use behind it is no answer, other languages are none either */
	is_answer("```python\ndef encode(t):\n    return t\n```\nUse it:\n```python\nprint(encode('a'))\n```\n",
		  "def encode(t):\n    return t\n");
	is_answer("```python\nx = 1\n```\n```bash\npython runs.py\n```\n```text\nout\n```\n```json\n{}\n```\n", "x = 1\n");
	is_answer("```python\ndef encode(t):\n    return 1\n```\nWait:\n```python\ndef encode(t):\n    return 2\n```\n",
		  "def encode(t):\n    return 2\n");
	is_answer("```python\ndef encode(t): 1\ndef decode(t): 1\n```\n```python\ndef encode(t): 2\n```\n",
		  "def encode(t): 1\ndef decode(t): 1\n");
	is_answer("```\nout\n```\n```python\nx = 1\n```\n```\nout\n```\n", "x = 1\n");
	is_answer("```python\nx = 1\n```\n```python\n\n```\n", "x = 1\n");
	/* the one that is said to be the file wins */
	is_answer("FILE: runs.py\n```python\nx = 1\n```\nFILE: use.py\n```python\ndef encode(t): 1\n```\n", "x = 1\n");
	is_answer("**File: `runs.py`**\n\n```\nx = 1\n```\n```python\ny = 2\n```\n", "x = 1\n");
	is_answer("```python runs.py\nx = 1\n```\n```python\ny = 2\n```\n", "x = 1\n");
	is_answer("```python:runs.py\nx = 1\n```\n```python\ny = 2\n```\n", "x = 1\n");
	is_answer("```python title=\"runs.py\"\nx = 1\n```\n```python\ny = 2\n```\n", "x = 1\n");
	is_answer("```{.python filename=./runs.py}\nx = 1\n```\n```python\ny = 2\n```\n", "x = 1\n");
	is_answer("### `runs.py`:\n```\nx = 1\n```\n```python\ny = 2\n```\n", "x = 1\n");
	is_answer("```python\n# runs.py\nx = 1\n```\n```python\ny = 2\n```\n", "# runs.py\nx = 1\n");
	is_answer("FILE: solution.py\n```python\nx = 1\n```\n", "x = 1\n");
}

static void other_languages(void **state)
{
	(void)state;
	is_answer_in(TASK_C, "runs.c", "```c\nint encode(int a)\n{\n\treturn a;\n}\n```\nand\n```c\nint main(void)\n{\n\tencode(1);\n}\n```\n",
		     "int encode(int a)\n{\n\treturn a;\n}\n");
	is_answer_in(TASK_C, "runs.c", "```cpp\nint a;\n```\n```sh\ncc runs.c\n```\n", "int a;\n");
	is_answer_in(TASK_JAVASCRIPT, "runs.js", "```js\nfunction encode(t) {}\nconst decode = 1;\n```\n```js\nencode('');\n```\n",
		     "function encode(t) {}\nconst decode = 1;\n");
	is_answer_in(TASK_JAVASCRIPT, "runs.js", "```javascript\nexports.encode = 1;\n```\n```js\nlet a = 1;\n```\n", "exports.encode = 1;\n");
	is_answer_in(TASK_SHELL, "runs.sh", "```bash\nencode() {\n\t:\n}\n```\n```sh\n./runs.sh\n```\n", "encode() {\n\t:\n}\n");
	is_answer_in(TASK_SHELL, "runs.sh", "#!/bin/bash\necho 1\n\nThis prints one line only.\n", "#!/bin/bash\necho 1\n");
}

static void without_a_fence(void **state)
{
	(void)state;
	is_answer("def f():\n    return 1\n", "def f():\n    return 1");
	is_answer("Here is the code you asked for:\n\nimport re\n\ndef f():\n    return 1\n\nIt returns one as asked.\n",
		  "import re\n\ndef f():\n    return 1\n");
	is_none("The function takes a text and returns its runs.", OUTCOME_NO_CODE, "no fenced block");
	is_none("```java\nclass A {}\n```\n", OUTCOME_NO_CODE, "in the language");
}

static void thinking(void **state)
{
	(void)state;
	is_answer("<think>\n```python\ny = 2\n```\nno\n</think>\n\n```python\nx = 1\n```\n", "x = 1\n");
	is_answer("<thinking>a</thinking>```python\nx = 1\n```\n", "x = 1\n");
	is_answer("```python\ny = 2\n\nhm </think>\n\n```python\nx = 1\n```\n", "x = 1\n");
	is_answer("[THINK]def f(): pass[/THINK]\n```python\nx = 1\n```\n", "x = 1\n");
	is_answer("<|channel|>analysis<|message|>```python\ny\n```<|end|><|start|>assistant<|channel|>final<|message|>"
		  "```python\nx = 1\n```<|return|>", "x = 1\n");
	is_answer("analysisThey want code.assistantfinal```python\nx = 1\n```", "x = 1\n");
	is_answer("<|channel>thought\nhm\n<channel|>```python\nx = 1\n```", "x = 1\n");
	/* code about such tags stays code */
	is_answer("```python\n<think>\nx = '</think>'\n```\n", "<think>\nx = '</think>'\n");
	is_answer("```python\nx = 1\n```<|im_end|>\n", "x = 1\n");
	is_none("<think>\n```python\nx = 1\n```\n", OUTCOME_EMPTY, "only thought");
	is_none("<think></think>\n \n", OUTCOME_EMPTY, "only thought");
	is_none("<|channel|>analysis<|message|>hm", OUTCOME_EMPTY, "only thought");
	is_none("", OUTCOME_EMPTY, "said nothing");
	is_none(" \n\t\r\n", OUTCOME_EMPTY, "");
}

static void refusals(void **state)
{
	(void)state;
	is_none("I’m sorry, but I can’t help with that.", OUTCOME_REFUSED, "declined");
	is_none("As an AI model I do not write code.", OUTCOME_REFUSED, "declined");
	/* one that was no refusal after all */
	is_answer("I can't test it here, but:\n```python\nx = 1\n```\n", "x = 1\n");
}

/* What the caller needs to tell that the token limit cut it. */
static void runs_to_the_end(void **state)
{
	static const struct {
		const char *said;
		bool open;
	} cases[] = {
		{"```python\nx = 1\n```\n", false},	{"```python\nx = 1\n", true}, {"<think>hm", true},
		{"```python\nx\n```\n```python\ny", true}, {"def f():\n    retu", true}, {"<think>hm</think>\n```python\nx\n```", false},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct task t = one_file(TASK_PYTHON, "runs.py");
		struct answer a = answer_take(&t, slice_of_string(cases[i].said));
		assert_int_equal(a.open, cases[i].open);
		answer_free(&a);
		task_end(&t);
	}
}

static struct task edit_task(void)
{
	struct task t = {.suite = TASK_EDIT, .language = TASK_PYTHON, .prompt = text_make(TASK_PROMPT_MAX)};
	struct error err = {0};
	assert_int_equal(task_files_put(&t.start, "a.py", SLICE("one\ntwo\nthree\nfour\n"), &err), OK);
	assert_int_equal(task_files_put(&t.start, "lib/b.py", SLICE("b\n"), &err), OK);
	return t;
}

/* `files`: "path\ncontent" of each, NULL-terminated. */
static void edits(const char *said, enum outcome outcome, const char *why, const char *const *files)
{
	struct task t = edit_task();
	struct answer a = answer_take(&t, slice_of_string(said));
	size_t count = 0;
	if (a.outcome != outcome)
		print_error("%d (%s) for: %s\n", (int)a.outcome, a.detail, said);
	assert_int_equal(a.outcome, outcome);
	assert_contains(a.detail, why);
	for (; files && files[2 * count]; count++) {
		const struct task_file *f = task_files_find(&a.files, files[2 * count]);
		assert_non_null(f);
		assert_string_equal(text_string(&f->content), files[2 * count + 1]);
	}
	assert_int_equal(a.files.count, count);
	answer_free(&a);
	task_end(&t);
}

static void several_files(void **state)
{
	(void)state;
	edits("FILE: a.py\n```python\nx\n```\nFILE: lib/new.py\n```python\ny\n```\n", OUTCOME_PASSED, "",
	      (const char *const[]){"a.py", "x\n", "lib/new.py", "y\n", NULL});
	edits("```python lib/b.py\nx\n```\n`a.py`\n\n```\ny\n```\n", OUTCOME_PASSED, "",
	      (const char *const[]){"lib/b.py", "x\n", "a.py", "y\n", NULL});
	edits("FILE: a.py\n```\nx\n```\nBetter:\nFILE: a.py\n```\ny\n```\n", OUTCOME_PASSED, "",
	      (const char *const[]){"a.py", "y\n", NULL});
	edits("```python\nx\n```\n", OUTCOME_NO_CODE, "which file", NULL);
	edits("FILE: ../a.py\n```python\nx\n```\n", OUTCOME_NO_CODE, "", NULL);
	edits("FILE: /etc/passwd\n```\nx\n```\n", OUTCOME_NO_CODE, "", NULL);
	edits("```python lib/../../a.py\nx\n```\n", OUTCOME_NO_CODE, "", NULL);
	edits("I cannot do this.\n```text\nx\n```\n", OUTCOME_REFUSED, "", NULL);
}

static void diffs(void **state)
{
	(void)state;
	const char *const second[] = {"a.py", "one\n2\nthree\nfour\n", NULL};
	edits("```diff\n--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n```\n", OUTCOME_PASSED, "", second);
	/* wrong places and counts, git's lines, no fence, CRLF */
	edits("diff --git a/a.py b/a.py\nindex 1..2\n--- a/a.py\n+++ b/a.py\n@@ -90,1 +90,77 @@ def f\n one\n-two\n+2\n", OUTCOME_PASSED, "", second);
	edits("```\n--- a.py\n+++ a.py\n@@ @@\n-two\n+2\n```", OUTCOME_PASSED, "", second);
	edits("```diff\r\n--- a/a.py\r\n+++ b/a.py\r\n@@ -2 +2 @@\r\n-two\r\n+2\r\n```\r\n", OUTCOME_PASSED, "", second);
	edits("```diff\n--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n\n\n```\n", OUTCOME_PASSED, "", second);
	/* two hunks and two files; a new one and one that goes */
	edits("```diff\n--- a/a.py\n+++ b/a.py\n@@ -1 +1,2 @@\n one\n+1b\n@@ -4 +5 @@\n-four\n+4\n--- a/lib/b.py\n+++ b/lib/b.py\n"
	      "@@ -1 +1 @@\n-b\n+B\n```\n", OUTCOME_PASSED, "",
	      (const char *const[]){"a.py", "one\n1b\ntwo\nthree\n4\n", "lib/b.py", "B\n", NULL});
	edits("```diff\n--- /dev/null\n+++ b/n.py\n@@ -0,0 +1,2 @@\n+n\n+m\n--- a/lib/b.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\n```\n",
	      OUTCOME_PASSED, "", (const char *const[]){"n.py", "n\nm\n", "lib/b.py", "", NULL});
	edits("```diff\n--- a/n.py\n+++ b/n.py\n@@ -0,0 +1 @@\n+n\n```\n", OUTCOME_PASSED, "", (const char *const[]){"n.py", "n\n", NULL});
	edits("```diff\n--- a/a.py\n+++ b/a.py\n@@ -2,0 +3 @@\n+2b\n```\n", OUTCOME_PASSED, "",
	      (const char *const[]){"a.py", "one\ntwo\n2b\nthree\nfour\n", NULL});
	edits("```diff\n--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n one\n-zwei\n+2\n```\n", OUTCOME_NO_CODE, "hunk 1 of a.py does not apply: \"zwei\"", NULL);
	edits("```diff\n--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n one\n-three\n+3\n```\n", OUTCOME_NO_CODE, "do not stand together", NULL);
	edits("```diff\n--- a/c.py\n+++ b/c.py\n@@ -1 +1 @@\n-c\n+d\n```\n", OUTCOME_NO_CODE, "c.py, which is not there", NULL);
	edits("```diff\n--- a/../x\n+++ b/../x\n@@ -0,0 +1 @@\n+n\n```\n", OUTCOME_NO_CODE, "", NULL);
	edits("```diff\n@@ -1 +1 @@\n-one\n+1\n```\n", OUTCOME_NO_CODE, "of which file", NULL);
}

/* The nearest of several places. */
static void nearest_place(void **state)
{
	struct task t = {.suite = TASK_REPAIR, .language = TASK_PYTHON, .answer = "a.py", .prompt = text_make(64)};
	struct error err = {0};
	(void)state;
	assert_int_equal(task_files_put(&t.start, "a.py", SLICE("x\ny\nx\ny\nx\ny\n"), &err), OK);
	struct answer a = answer_take(&t, SLICE("```diff\n@@ -5,2 +5,2 @@\n x\n-y\n+z\n```\n"));
	assert_int_equal(a.outcome, OUTCOME_PASSED);
	assert_string_equal(text_string(&a.files.at[0].content), "x\ny\nx\ny\nx\nz\n");
	answer_free(&a);
	a = answer_take(&t, SLICE("```diff\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n@@ -4 +4 @@\n-y\n+w\n```\n"));
	assert_int_equal(a.outcome, OUTCOME_PASSED);
	assert_string_equal(text_string(&a.files.at[0].content), "x\nz\nx\nw\nx\ny\n");
	answer_free(&a);
	task_end(&t);
}

static void continued_prompts(void **state)
{
	struct task t = {.suite = TASK_HUMANEVAL, .language = TASK_PYTHON, .answer = "s.py", .entry_point = "f", .prompt = text_make(64)};
	(void)state;
	text_add_string(&t.prompt, "def f():\n");
	struct answer a = answer_complete(&t, SLICE("    return 1\n\ndef g():\n    pass\n"));
	assert_int_equal(a.outcome, OUTCOME_PASSED);
	assert_string_equal(text_string(&a.files.at[0].content), "def f():\n    return 1\n");
	answer_free(&a);
	a = answer_complete(&t, SLICE(" \n"));
	assert_int_equal(a.outcome, OUTCOME_EMPTY);
	answer_free(&a);
	a = answer_take(&t, SLICE("```python\ndef f():\n    return 2\n```\n```python\nf()\n```\n"));
	assert_string_equal(text_string(&a.files.at[0].content), "def f():\ndef f():\n    return 2\n");
	answer_free(&a);
	task_end(&t);
}

static void questions(void **state)
{
	AUTO_TEXT struct text asked = text_make(1 << 16);
	struct task t = edit_task();
	struct error err = {0};
	(void)state;
	text_add_string(&t.prompt, "Change it.\n");
	assert_int_equal(task_files_put(&t.start, "README.md", SLICE("````\nx\n````"), &err), OK);
	answer_ask(&t, &asked);
	assert_contains(text_string(&asked), "Change it.\n\nFILE: a.py\n```python\none\n");
	assert_contains(text_string(&asked), "FILE: README.md\n`````markdown\n````\nx\n````\n`````\n");
	assert_contains(text_string(&asked), "one unified diff");
	text_clear(&asked);
	t.suite = TASK_REPAIR;
	snprintf(t.answer, sizeof t.answer, "a.py");
	snprintf(t.visible, sizeof t.visible, "lib/b.py");
	answer_ask(&t, &asked);
	assert_contains(text_string(&asked), "The test that fails. FILE: lib/b.py\n");
	assert_contains(text_string(&asked), "Answer with the whole file a.py in one fenced code block.\n");
	text_clear(&asked);
	t.suite = TASK_AGENT;
	answer_ask(&t, &asked);
	assert_contains(text_string(&asked), "  a.py (19 bytes)\n");
	assert_null(strstr(text_string(&asked), "FILE:"));
	task_end(&t);
}

/* A megabyte of anything costs what a megabyte costs. */
static void long_replies(void **state)
{
	static const char *const pieces[] = {
		"```\n", "```python\n", "```md\n", "~~~~x\n", "<think>", "<think></think>", "</think>\n", "<|channel|>final<|message|>",
		"a", "\n", " ", "`", "@@ -1 +1 @@\n-one\n", "+\n", " \n", "<|", "analysis", "--- a/a.py\n+++ b/a.py\n@@ -1 +1,2 @@\n one\n+x\n", "{\"a\": ",
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(pieces); i++) {
		AUTO_TEXT struct text said = text_make(ANSWER_TEXT_MAX + 64);
		struct task edit = edit_task(), one = one_file(TASK_PYTHON, "runs.py");
		if (i % 2)
			text_add_string(&said, "```diff\n--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n one\n");
		while (said.size < ANSWER_TEXT_MAX)
			text_add_string(&said, pieces[i]);
		struct timespec from, to;
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
		struct answer a = answer_take(&edit, text_slice(&said)), b = answer_take(&one, text_slice(&said));
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
		int64_t ms = (to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000;
		if (ms > 4000)
			print_error("%lld ms for %s\n", (long long)ms, pieces[i]);
		assert_true(ms <= 4000);
		answer_free(&a);
		answer_free(&b);
		task_end(&edit);
		task_end(&one);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(out_of_fences),     cmocka_unit_test(of_several_blocks),
		cmocka_unit_test(other_languages),   cmocka_unit_test(without_a_fence),
		cmocka_unit_test(thinking),	     cmocka_unit_test(refusals),
		cmocka_unit_test(runs_to_the_end),   cmocka_unit_test(several_files),
		cmocka_unit_test(diffs),	     cmocka_unit_test(nearest_place),
		cmocka_unit_test(continued_prompts), cmocka_unit_test(questions),
		cmocka_unit_test(long_replies),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
