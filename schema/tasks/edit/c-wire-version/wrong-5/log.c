#include "log.h"

#include <inttypes.h>
#include <stdio.h>

int log_line(const uint8_t *bytes, size_t n, char *buf, size_t size)
{
	static const char *const reasons[] = { "ok", "short", "malformed", "unknown" };
	struct message m;
	enum wire_result result = wire_decode(bytes, n, &m);
	char more[64] = ""; /* " at " and 20 digits, four times " #255" */
	int length = 0;

	if (result != WIRE_OK)
		return snprintf(buf, size, "bad: %s", reasons[result]);
	if (m.has_time)
		length = sprintf(more, " at %" PRIu64, m.time);
	for (size_t i = 0; i < m.tags_count; i++)
		length += sprintf(more + length, " #%d", m.tags[i]);
	return snprintf(buf, size, "%" PRIu32 " %s %" PRId32 "%s", m.device, m.name, m.value, more);
}
