/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "analysis/endpoint.h"

static void names_and_ports(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		unsigned port;
		const char *vector;
	} cases[] = {
		{"api.anthropic.com", 443, "model_api"},
		{"API.Anthropic.COM", 443, "model_api"},
		{"api.anthropic.com.", 443, "model_api"},
		{"eu.api.anthropic.com", 443, "model_api"},
		{"statsig.anthropic.com", 443, "telemetry"},
		{"notapi.anthropic.com", 443, "unclassified"},
		{"api.anthropic.com.example", 443, "unclassified"},
		{"api.anthropic.com", 80, "unclassified"},
		{"anthropic.com", 443, "unclassified"},
		{"us.i.posthog.com", 443, "telemetry"},
		{"api2.cursor.sh", 443, "model_api"},
		{"api3.cursor.sh", 443, "telemetry"}, /* the longer suffix goes before cursor.sh */
		{"update.googleapis.com", 80, "update"}, /* any port */
		{"a-default-sea.rum.aliyuncs.com", 443, "telemetry"},
		{"oss.aliyuncs.com", 443, "unclassified"},
		{"", 443, "unclassified"},
		{".", 443, "unclassified"},
		{"api.anthropic.com", 53, "name_lookup"},
		{"", 53, "name_lookup"},
		{"", 853, "name_lookup"},
		{"", 5353, "name_lookup"},
		{"", 5355, "name_lookup"},
		{"", 137, "name_lookup"},
		{"", 0, "unclassified"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *got = endpoint_vector(cases[i].name, cases[i].port);
		if (strcmp(got, cases[i].vector) != 0)
			print_error("%s:%u\n", cases[i].name, cases[i].port);
		assert_string_equal(got, cases[i].vector);
	}
}

static void the_table_is_whole(void **state)
{
	(void)state;
	struct endpoint e;
	size_t count = 0;
	for (size_t at = 0; endpoint_next(&at, &e); count++) {
		char name[256];
		assert_true(e.product.size > 0 && slice_to_string(e.suffix, name, sizeof name));
		assert_int_equal(slice_find(e.suffix, ' '), e.suffix.size);
		/* what it says of itself is what is found; a vector that is not known would be lost */
		const char *got = endpoint_vector(name, e.port ? e.port : 443);
		if (!slice_is(e.vector, got))
			print_error("%s is %s\n", name, got);
		assert_true(slice_is(e.vector, got));
	}
	assert_true(count > 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_ports),
		cmocka_unit_test(the_table_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
