#include "records.h"

enum { PADDING = 0, GROUP = 0xff };

typedef void record_fn(uint8_t type, const uint8_t *value, size_t n, int depth, void *context);

static enum records_result walk(const uint8_t *data, const uint8_t *end, int depth, record_fn *record, void *context)
{
	while (data < end) {
		uint8_t type = data[0];
		uint16_t length = data[1] << 8 | data[2];
		const uint8_t *value = data + 3;

		if (value > end)
			return RECORDS_SHORT;
		if (type == GROUP) {
			if (depth > RECORDS_DEPTH)
				return RECORDS_DEEP;
			walk(value, end, depth + 1, record, context);
		} else if (type != PADDING) {
			record(type, value, length, depth, context);
		}
		data = value + length;
	}
	return RECORDS_OK;
}

enum records_result records_walk(const uint8_t *data, size_t n, record_fn *record, void *context)
{
	return walk(data, data + n, 0, record, context);
}

static void add(uint8_t type, const uint8_t *value, size_t n, int depth, void *context)
{
	int64_t *sum = context;

	(void)type;
	(void)depth;
	if (n >= 4)
		*sum += (uint32_t)value[0] << 24 | value[1] << 16 | value[2] << 8 | value[3];
}

int64_t records_sum(const uint8_t *data, size_t n)
{
	int64_t sum = 0;

	records_walk(data, n, add, &sum);
	return sum;
}
