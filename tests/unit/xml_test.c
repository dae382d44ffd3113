/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/text.h"
#include "ingest/xml.h"

/* "+name" a start, "-name" an end, "'text'" and a '!' in front of what is wrong. */
static const char *tokens(const char *text)
{
	static struct text out;
	struct xml x = xml_over(slice_of_string(text));
	struct xml_token t;
	enum xml_kind kind;
	text_free(&out);
	out = text_make(4096);
	while ((kind = xml_next(&x, &t)) != XML_NOTHING) {
		struct slice shown = kind == XML_TEXT ? t.text : t.name;
		if (kind == XML_BROKEN) {
			text_addf(&out, "!%s", t.problem);
			break;
		}
		text_addf(&out, "%s%.*s%s ", kind == XML_START ? "+" : kind == XML_END ? "-" : t.plain ? "[" : "'",
			  (int)shown.size, shown.size ? (const char *)shown.at : "", kind == XML_TEXT ? t.plain ? "]" : "'" : "");
	}
	return text_string(&out);
}

static void tokens_of_texts(void **state)
{
	(void)state;
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"", ""},
		{"a", "'a' "},
		{"<a/>", "+a -a "},
		{"<a></a>", "+a -a "},
		{"<a\n x='>' y=\"/\"\t/>", "+a -a "},
		{"<n:a>b<c />d</n:a >", "+a 'b' +c -c 'd' -a "},
		{"<n:></n:>", "+n: -n: "}, /* a name stays one */
		{"<?xml version='1.0'?><!-- <b> -- > --><a><![CDATA[<&]]]]></a>", "+a [<&]]] -a "},
		{"<a><b></a>", "+a +b !the end of an element that is not open"},
		{"</a>", "!the end of an element that is not open"},
		{"<a></a b>", "+a !the end of an element that is not open"},
		{"<a>", "+a !an element without its end"},
		{"<a", "!a tag without its end"},
		{"<a x='>", "!a tag without its end"},
		{"<>", "!a tag without a name"},
		{"< a>", "!a tag without a name"},
		{"<!-- -", "!a comment without its end"},
		{"<?x", "!a comment without its end"},
		{"<![CDATA[]]", "!CDATA without its end"},
		{"<!DOCTYPE a [<!ENTITY b 'bb'>]><a>&b;</a>", "!a document type declaration, which is refused"},
		{"<![IGNORE[", "!a document type declaration, which is refused"},
		{"<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>",
		 "+a +a +a +a +a +a +a +a +a +a +a +a +a +a +a +a !elements that are nested too deep"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *got = tokens(cases[i].text);
		if (strcmp(got, cases[i].wanted) != 0)
			print_error("%s\n", cases[i].text);
		assert_string_equal(got, cases[i].wanted);
	}
	(void)tokens("");
}

static void a_name_that_is_too_long(void **state)
{
	(void)state;
	char text[XML_NAME_MAX + 8];
	memset(text, 'a', sizeof text);
	text[0] = '<';
	memcpy(text + XML_NAME_MAX + 1, "/>", 3);
	assert_int_equal(tokens(text)[0], '+');
	memcpy(text + XML_NAME_MAX + 1, "a/>", 4);
	assert_string_equal(tokens(text), "!a tag without a name");
	(void)tokens("");
}

static void attributes(void **state)
{
	(void)state;
	struct cursor c = cursor_over(SLICE(" a='1'\n b = \"it's\" c=''d e=f"));
	struct slice name, value;
	assert_true(xml_attribute(&c, &name, &value));
	assert_slice(name, "a");
	assert_slice(value, "1");
	assert_true(xml_attribute(&c, &name, &value));
	assert_slice(name, "b");
	assert_slice(value, "it's");
	assert_true(xml_attribute(&c, &name, &value));
	assert_int_equal(value.size, 0);
	assert_false(xml_attribute(&c, &name, &value)); /* d is no attribute */
	c = cursor_over(SLICE("a='1"));
	assert_false(xml_attribute(&c, &name, &value));
	c = cursor_over(SLICE("a=1"));
	assert_false(xml_attribute(&c, &name, &value));
	c = cursor_over(SLICE(" \t"));
	assert_false(xml_attribute(&c, &name, &value));
}

static void references(void **state)
{
	(void)state;
	static const struct {
		const char *text, *wanted; /* NULL: refused */
	} cases[] = {
		{"", ""},
		{"a&amp;b&lt;&gt;&apos;&quot;", "a&b<>'\""},
		{"&#65;&#x42;&#xe4;&#x1F600;", "AB\xc3\xa4\xf0\x9f\x98\x80"},
		{"&amp;lt;", "&lt;"}, /* once */
		{"&nbsp;", NULL},
		{"&b;", NULL},
		{"&", NULL},
		{"&amp", NULL},
		{"&;", NULL},
		{"&#;", NULL},
		{"&#x;", NULL},
		{"&#0;", NULL},
		{"&#xd800;", NULL},
		{"&#x110000;", NULL},
		{"&#99999999999;", NULL},
	};
	char buffer[32];
	for (size_t i = 0; i < LENGTH(cases); i++) {
		size_t used = 0;
		bool good = xml_text(slice_of_string(cases[i].text), false, buffer, sizeof buffer, &used);
		assert_int_equal(good, cases[i].wanted != NULL);
		if (good)
			assert_true(slice_is(slice_of(buffer, used), cases[i].wanted));
	}
	size_t used = 1;
	assert_true(xml_text(SLICE("&x"), true, buffer, 3, &used));
	assert_int_equal(used, 3);
	assert_false(xml_text(SLICE("y"), true, buffer, 3, &used));
	used = 0;
	assert_false(xml_text(SLICE("ab&#x1F600;"), false, buffer, 5, &used));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_of_texts),
		cmocka_unit_test(a_name_that_is_too_long),
		cmocka_unit_test(attributes),
		cmocka_unit_test(references),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
