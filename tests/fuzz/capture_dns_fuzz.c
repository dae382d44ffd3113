/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/capture/dns.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct dns_name name;
	static struct dns_record record;
	struct dns_message m;
	uint16_t type;
	struct json_value checked;
	AUTO_TEXT struct text out = text_make(1 << 24);
	struct json j = json_on(&out);
	if (!dns_head(slice_of(data, size), &m))
		return 0;
	while (dns_question(&m, &name, &type))
		if (name.size > DNS_NAME_MAX)
			abort();
	(void)dns_netbios_name(&name);
	json_begin_array(&j, NULL);
	for (int i = 0; i < DNS_ANSWERS_MAX && dns_answer(&m, &record); i++)
		dns_data(&m, &record, &name, &j);
	json_end_array(&j);
	if (json_read(text_slice(&out), &checked, NULL))
		abort();
	return 0;
}
