/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_DOUBLE_TASK_H
#define TESTS_UNIT_DOUBLE_TASK_H

/* A task by hand, the same in every language: double 1, 2 and 3. */

#include "tests/unit/confined.h"

#include "benchmark/judge.h"

struct language {
	enum task_language language;
	const char *file, *driver, *visible;
	const char *driver_text, *visible_text;
	const char *right, *wrong, *crashes, *broken, *endless;
};

/* double(n) for 1, 2 and 3, one a line. */
static const struct language double_languages[] = {
	{TASK_PYTHON, "double.py", "driver.py", "test_visible.py",
	 "import os\nfrom double import double\nfor n in (1, 2, 3):\n    os.write(3, b'%d\\n' % double(n))\n",
	 "from double import double\nassert double(1) == 2, 'double(1) is not 2'\n",
	 "def double(n):\n    print('noise')\n    return n * 2\n", "def double(n):\n    return n * n\n",
	 "def double(n):\n    return [][n]\n", "def double(n):\n    return n *\n", "def double(n):\n    while True: pass\n"},
	{TASK_C, "double.c", "driver.c", "test_visible.c",
	 "#define _POSIX_C_SOURCE 200809L\n#include <stdio.h>\nint twice(int);\nint main(void) { FILE *f = fdopen(3, \"w\"); for (int n = 1; n <= 3; n++) "
	 "fprintf(f, \"%d\\n\", twice(n)); return fclose(f); }\n",
	 "#include <assert.h>\nint twice(int);\nint main(void) { assert(twice(1) == 2); return 0; }\n",
	 "#include <stdio.h>\nint twice(int n) { puts(\"noise\"); return 2 * n; }\n", "int twice(int n) { return n * n; }\n",
	 "int twice(int n) { return *(volatile int *)0 + n; }\n", "int twice(int n) { return 2 * m; }\n",
	 "int twice(int n) { for (volatile int i = 0;; i = i + 1) ; return n; }\n"},
	{TASK_JAVASCRIPT, "double.js", "driver.js", "test_visible.js",
	 "const { double } = require('./double');\nfor (const n of [1, 2, 3]) require('fs').writeSync(3, double(n) + '\\n');\n",
	 "const { double } = require('./double');\nrequire('assert').strictEqual(double(1), 2);\n",
	 "console.log('noise'); exports.double = (n) => 2 * n;\n", "exports.double = (n) => n * n;\n",
	 "exports.double = (n) => n.not.there;\n", "exports.double = (n) => {;\n", "exports.double = (n) => { for (;;); };\n"},
	{TASK_SHELL, "double.sh", "driver.sh", "test_visible.sh", "for n in 1 2 3; do bash double.sh $n >&3; done\n",
	 "[ \"$(bash double.sh 1)\" = 2 ] || { echo 'double 1 is not 2'; exit 1; }\n", "echo $(($1 * 2))\n", "echo $(($1 * $1))\n",
	 "kill -SEGV $PPID; sleep 1\n", "if echo $(($1 * 2))\n", "while :; do :; done\n"},
};

static inline void double_task(const struct language *l, struct task *ret)
{
	*ret = (struct task){.language = l->language, .suite = TASK_COMPLETE, .timeout_ms = 20000,
			     .expected = text_make(1 << 12)};
	snprintf(ret->answer, sizeof ret->answer, "%s", l->file);
	snprintf(ret->visible, sizeof ret->visible, "%s", l->visible);
	text_add_string(&ret->expected, "2\n4\n6\n");
	files_add(&ret->start, l->visible, slice_of_string(l->visible_text));
	files_add(&ret->start, l->file, SLICE("(not yet written)"));
	files_add(&ret->tests, l->driver, slice_of_string(l->driver_text));
}

static inline void double_end(struct task *t)
{
	files_free(&t->start);
	files_free(&t->tests);
	text_free(&t->expected);
}

#endif
