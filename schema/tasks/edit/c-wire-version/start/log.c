#include "log.h"

#include <inttypes.h>
#include <stdio.h>

int log_line(const uint8_t *bytes, size_t n, char *buf, size_t size)
{
	static const char *const reasons[] = { "ok", "short", "malformed" };
	struct message m;
	enum wire_result result = wire_decode(bytes, n, &m);

	if (result != WIRE_OK)
		return snprintf(buf, size, "bad: %s", reasons[result]);
	return snprintf(buf, size, "%" PRIu32 " %s %" PRId32, m.device, m.name, m.value);
}
