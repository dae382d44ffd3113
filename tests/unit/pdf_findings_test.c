/* SPDX-License-Identifier: Apache-2.0 */
/* Where findings meet the end of a page. */
#include "tests/unit/golden_session.h"

enum { ROWS = 60 };

/* Does a page, below its running head, begin with the evidence of a finding? A section of the report
 * is called so, too. */
static bool begins_with_evidence(struct slice page)
{
	struct cursor c = cursor_over(page);
	struct slice line;
	bool head = true, label = false;
	while (cursor_line(&c, &line, NULL)) {
		line = slice_trim(line);
		if (label)
			return slice_is(line, "{\"file\":\"x\"}");
		if (line.size && !head && !slice_is(line, "Evidence"))
			return false;
		label = line.size && !head;
		head = head && line.size;
	}
	return false;
}

/* Evidence at the top of a page is nobody's: a line of the finding that it belongs to stands above it. */
static void look_at(const char *text)
{
	struct cursor pages = cursor_over(slice_of_string(text));
	struct slice page, line;
	unsigned count = 0, evidence = 0;
	while (cursor_until(&pages, '\f', cursor_left(&pages), &page)) {
		if (begins_with_evidence(page))
			print_error("page %u begins with evidence:\n%.*s\n", count + 1, (int)page.size, (const char *)page.at);
		assert_false(begins_with_evidence(page));
		for (struct cursor all = cursor_over(page); cursor_line(&all, &line, NULL);)
			evidence += slice_is(slice_trim(line), "{\"file\":\"x\"}");
		count++;
	}
	assert_true(count > 10);
	assert_int_equal(evidence, ROWS);
}

/* Every height that a finding can have, so that pages end at every place of it. */
static void evidence_keeps_with_its_finding(void **state)
{
	const struct scratch *s = *state;
	static const char *const remedies[] = {"''", "'short'", "substr('To be done are a few things that take more than one line to say. To be done are a few things "
						       "that take more than one line to say, and then another one. ', 1 + i % 7) || substr('and more and more and more and more', 1, i)"};
	for (size_t r = 0; r < LENGTH(remedies); r++) {
		char sql[2048];
		snprintf(sql, sizeof sql, "DELETE FROM finding; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
			 "INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy) "
			 "SELECT 'high', 'FAIL', 'egress', 'Something left', substr('%s', 1, 20 + i * 37 %% 400), '{\"file\":\"x\"}', NULL, %s FROM n;", ROWS,
			 "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
			 "twenty one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
			 "nineteen twenty one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
			 "eighteen nineteen twenty", remedies[r]);
		struct store *store = session_with(s, "fail", sql);
		write_all(store, s, "pdf");
		store_abandon(&store);
		AUTO_FREE char *text = pdf_text(s);
		if (text)
			look_at(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(evidence_keeps_with_its_finding),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
