/* SPDX-License-Identifier: Apache-2.0 */
/* state.json of the audits: whatever it holds, what is taken of it can be written and read
 * again. */
#include "cli/audit_state.h"
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct audit_state s;
	if (!audit_state_parse(slice_of(data, size), &s))
		fuzz_require(s.log_count <= AUDIT_LOGS_MAX && (!s.there || s.last.ended_ns > 0), "a state that cannot be");
	return 0;
}
