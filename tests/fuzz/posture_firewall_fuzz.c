/* SPDX-License-Identifier: Apache-2.0 */
/* Rulesets of each firewall. */
#include "tests/fuzz/fuzz_posture.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static posture_fn *const parsers[] = {posture_nft, posture_iptables, posture_ip6tables, posture_ufw_status,
						posture_ufw_rules, posture_direct, posture_pf, posture_netsh,
						posture_firewalld};
	fuzz_one_of(parsers, LENGTH(parsers), slice_of(data, size));
	return 0;
}
