/* SPDX-License-Identifier: Apache-2.0 */
/* A log of Linux's audit, read into rows, and each of its records. */
#include "ingest/audit_record.h"
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void read_record(struct slice line)
{
	static char buffer[AUDIT_TEXT_MAX];
	struct audit_record r;
	struct address address = {0};
	uint64_t port = 0;
	const char *problem = audit_record_read(line, &r);
	fuzz_require(!problem || problem[0], "a problem without words");
	if (problem)
		return;
	fuzz_require(r.time_ns >= 0, "a time before 1970");
	fuzz_require(audit_text(&r, AUDIT_EXE, buffer).size <= AUDIT_TEXT_MAX, "longer than any text");
	(void)audit_call(&r);
	enum audit_family family = audit_address(&r, &address, &port);
	if (family == AUDIT_FAMILY_INET || family == AUDIT_FAMILY_UNSPEC)
		fuzz_require(address.family != ADDRESS_NONE && port <= UINT16_MAX, "no address");
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice input = slice_of(data, size), line;
	struct cursor c = cursor_over(input);
	fuzz_require(reader_auditd.sniff(slice_part(input, 0, INPUT_SNIFF)) <= 100, "surer than sure");
	while (cursor_line(&c, &line, NULL))
		read_record(line);
	fuzz_read(&reader_auditd, input);
	return 0;
}
