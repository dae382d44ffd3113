/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sealed bundles of hosts that never were.
 *
 *   fleet_gen FOLDER HOSTS NIGHTS ATTEMPTS      of each host one a night
 */
#include "tests/unit/fleet_bundles.h"

#include <stdlib.h>

static unsigned number(const char *text)
{
	uint64_t value;
	if (!slice_u64(slice_of_string(text), 1000000, &value) || !value)
		die("%s is no number from 1 to 1000000", text);
	return (unsigned)value;
}

int main(int argc, char *argv[])
{
	struct error err = {0};
	if (argc != 5)
		die("usage: fleet_gen FOLDER HOSTS NIGHTS ATTEMPTS");
	const unsigned hosts = number(argv[2]), nights = number(argv[3]), attempts = number(argv[4]);
	for (unsigned h = 0; h < hosts; h++) {
		AUTO_SIGNING struct signing *signing = NULL;
		char host[32], session[33], path[FILE_PATH_MAX];
		fleet_must(signing_generate(PUBLIC_KEY_P256, "Bench", FLEET_FIRST, &signing, &err), &err);
		snprintf(host, sizeof host, "host-%04u", h + 1);
		for (unsigned n = 0; n < nights; n++) {
			snprintf(session, sizeof session, "%08x%08x%016x", h + 1, n + 1, 0);
			const struct fleet_bundle b = {host, session, (h + n) % 11 ? "PASS" : "FAIL", FLEET_FIRST + n * FLEET_DAY, attempts, NULL};
			fleet_bundle_make(argv[1], &b, signing, path);
		}
	}
	return 0;
}
