/* SPDX-License-Identifier: Apache-2.0 */
/* What documents say of reviews: drafts that they are drafts, others who decided what. */
#include "tests/unit/golden_session.h"

#include "core/text.h"
#include "report/review_words.h"

static const struct review_objective objectives[] = {{"SC.L2-3.13.6_obj.a", true}, {"AU.L2-3.3.7_obj.a", false}};
static const struct review ann = {
	.number = 1, .decision = REVIEW_ACCEPTED, .name = "Ann <b>\xe2\x80\xae", .comment = "=seen & checked",
	.objectives = objectives, .objective_count = 2, .time_ns = 1795860000000000000, .fingerprint = {0xab, 0xcd},
};
static const struct review bob = {.number = 2, .decision = REVIEW_REJECTED, .name = "Bob", .time_ns = 1795863600000000000};

static void the_last_decision_stands_in_front(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(4096);
	review_words_state(&t, &(struct reviews){.count = 0});
	assert_contains(text_string(&t), "not reviewed");
	text_clear(&t);
	review_words_state(&t, &(struct reviews){{&ann}, 1});
	assert_string_equal(text_string(&t), "accepted by Ann <b>\\u{202e} (reviewer) on 2026-11-28 10:00:00 UTC");
	text_clear(&t);
	review_words_state(&t, &(struct reviews){{&ann, &bob}, 2});
	assert_string_equal(text_string(&t), "rejected by Bob (reviewer) on 2026-11-28 11:00:00 UTC, the last of 2 reviews");
}

static char *written(const struct scratch *s, const char *format, const struct reviews *all)
{
	char path[64];
	size_t size;
	struct error err = {0};
	struct store *store = session(s, "pass");
	assert_int_equal(report_write(store, s->fd, format, &(struct report_form){.reviews = all}, &err), OK);
	store_abandon(&store);
	snprintf(path, sizeof path, "report/report.%s", format);
	return scratch_get(s, path, &size);
}

static void drafts_say_so(void **state)
{
	const struct scratch *s = *state;
	char *html = written(s, "html", NULL), *json = written(s, "json", NULL);
	assert_contains(html, "<dt>Review</dt><dd>not reviewed");
	assert_contains(html, "It is a draft.");
	assert_contains(html, "<dt>Operating system</dt>"); /* "System" is the site's word */
	assert_contains(json, "\"reviewed\":false,\"reviews\":[],");
	free(html);
	free(json);
	free(written(s, "pdf", NULL));
	char *text = pdf_text(s);
	assert_true(!text || (strstr(text, "not reviewed") && strstr(text, "it is a draft") && strstr(text, "Remarks")));
	free(text);
}

static void reviews_are_told_in_every_document(void **state)
{
	const struct scratch *s = *state;
	const struct reviews both = {{&ann, &bob}, 2};
	char *html = written(s, "html", &both), *json = written(s, "json", &both), *again = written(s, "html", &both);
	assert_contains(html, "<dt>Review</dt><dd>rejected by Bob (reviewer)");
	assert_contains(html, "Ann &lt;b&gt;\\u{202e} (reviewer)");
	assert_contains(html, "<td>accepted<td class=\"t\">2026-11-28 10:00:00 UTC<td>abcd0000");
	assert_contains(html, "SC.L2-3.13.6_obj.a: satisfied, AU.L2-3.3.7_obj.a: not-satisfied");
	assert_contains(html, "=seen &amp; checked");
	assert_string_equal(html, again);
	assert_contains(json, "\"reviewed\":true,\"reviews\":[{\"number\":1,\"role\":\"reviewer\",\"name\":\"Ann ");
	assert_contains(json, "\"decision\":\"rejected\",\"comment\":null,\"time_ns\":1795863600000000000,\"fingerprint\":\"0000");
	assert_contains(json, "{\"id\":\"AU.L2-3.3.7_obj.a\",\"state\":\"not-satisfied\"}");
	free(html);
	free(again);
	free(json);
	free(written(s, "pdf", &both));
	char *text = pdf_text(s);
	if (text) {
		assert_contains(text, "rejected by Bob (reviewer)");
		assert_contains(text, "abcd0000");
		assert_contains(text, "Review 1: =seen & checked");
		assert_contains(text, "not-satisfied");
		assert_null(strstr(text, "Remarks"));
	}
	free(text);
}

/* What the run could not show, a reviewer gave: as long as the last word of a reviewer accepts. */
static void an_accepted_review_is_no_missing_one(void **state)
{
	static const struct review eve = {.number = 2, .decision = REVIEW_NOTED, .name = "Eve", .time_ns = 1795863600000000000};
	static const struct {
		struct reviews all;
		bool accepted;
	} cases[] = {{{{&ann}, 1}, true}, {{{&ann, &eve}, 2}, true}, {{{&ann, &bob}, 2}, false}, {{{&eve}, 1}, false}, {{{NULL}, 0}, false}};
	const struct scratch *s = *state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct error err = {0};
		size_t size;
		const struct report_form form = {.frameworks = "cmmc-l2", .reviews = &cases[i].all};
		struct store *store = session_with(s, "pass", "UPDATE control SET missing = 'E10 a named reviewer''s sign-off'");
		assert_int_equal(report_write(store, s->fd, "pdf,html,json", &form, &err), OK);
		store_abandon(&store);
		char *html = scratch_get(s, "report/report.html", &size), *json = scratch_get(s, "report/report.json", &size), *text = pdf_text(s);
		assert_int_equal(strstr(html, "sign-off (given since: accepted by Ann ") != NULL, cases[i].accepted);
		assert_int_equal(strstr(json, "sign-off was given since: accepted by Ann ") != NULL, cases[i].accepted);
		assert_true(!text || (strstr(text, "since:") != NULL) == cases[i].accepted);
		free(html);
		free(json);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_decision_stands_in_front),
		scratch_test(drafts_say_so),
		scratch_test(reviews_are_told_in_every_document),
		scratch_test(an_accepted_review_is_no_missing_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
