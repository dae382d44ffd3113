/* SPDX-License-Identifier: Apache-2.0 */
/* Host names outside ASCII: what one form is made from, it can be made to again. */
#include "core/idn.h"
#include "core/punycode.h"
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void one_label(struct slice text)
{
	uint32_t codes[PUNYCODE_MAX], again[PUNYCODE_MAX];
	size_t count = 0, back = 0;
	char encoded[PUNYCODE_MAX + 1];
	if (!punycode_decode(text, codes, &count))
		return;
	fuzz_require(count <= text.size, "more code points than bytes");
	if (!punycode_encode(codes, count, encoded))
		return;
	fuzz_require(punycode_decode(slice_of_string(encoded), again, &back), "a label that is none");
	fuzz_require(back == count && (count == 0 || memcmp(codes, again, count * sizeof *codes) == 0), "another label");
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice name = slice_of(data, size);
	AUTO_TEXT struct text unicode = text_make(1 << 12);
	char ascii[IDN_NAME_MAX + 1], again[IDN_NAME_MAX + 1];
	one_label(name);
	if (idn_to_unicode(name, &unicode)) {
		fuzz_require(unicode.size > 0 && !unicode.overflow, "a name without an end");
		if (idn_to_ascii(text_slice(&unicode), again))
			fuzz_require(strlen(again) > 0 && strlen(again) <= IDN_NAME_MAX, "a name that is too long");
	}
	if (!idn_to_ascii(name, ascii))
		return 0;
	fuzz_require(strlen(ascii) > 0 && strlen(ascii) <= IDN_NAME_MAX, "the length of a name");
	for (const char *c = ascii; *c; c++)
		fuzz_require((unsigned char)*c < 0x80, "a name outside ASCII");
	return 0;
}
