/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens of XML, their attributes and texts. */
#include "ingest/xml.h"
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static char buffer[4096];
	struct xml x = xml_over(slice_of(data, size));
	struct xml_token t;
	enum xml_kind kind;
	uint64_t starts = 0, ends = 0;
	while ((kind = xml_next(&x, &t)) != XML_NOTHING && kind != XML_BROKEN) {
		struct cursor attributes = cursor_over(t.attributes);
		struct slice name, value;
		size_t used = 0;
		starts += kind == XML_START;
		ends += kind == XML_END;
		fuzz_require(starts - ends == x.depth && x.depth <= XML_DEPTH_MAX, "a depth that is none");
		fuzz_require((kind == XML_TEXT) == (t.name.size == 0), "an element without a name, or text with one");
		while (xml_attribute(&attributes, &name, &value))
			fuzz_require(name.size > 0, "an attribute without a name");
		if (xml_text(t.text, t.plain, buffer, sizeof buffer, &used))
			fuzz_require(used <= t.text.size, "text that grew");
	}
	fuzz_require(kind != XML_BROKEN || (t.problem && t.problem[0]), "a problem without words");
	fuzz_require(kind == XML_BROKEN || starts == ends, "an element without its end");
	return 0;
}
