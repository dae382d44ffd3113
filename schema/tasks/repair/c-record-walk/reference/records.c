#include "records.h"

enum { HEAD = 3, PADDING = 0, GROUP = 0xff };

typedef void record_fn(uint8_t type, const uint8_t *value, size_t n, int depth, void *context);

static enum records_result walk(const uint8_t *data, size_t n, int depth, record_fn *record, void *context)
{
	while (n) {
		enum records_result result;
		uint8_t type = data[0];
		size_t length;

		if (n < HEAD)
			return RECORDS_SHORT;
		length = (size_t)data[1] << 8 | data[2];
		data += HEAD;
		n -= HEAD;
		if (length > n)
			return RECORDS_SHORT;
		if (type == GROUP) {
			if (depth == RECORDS_DEPTH)
				return RECORDS_DEEP;
			result = walk(data, length, depth + 1, record, context);
			if (result)
				return result;
		} else if (type != PADDING) {
			record(type, data, length, depth, context);
		}
		data += length;
		n -= length;
	}
	return RECORDS_OK;
}

enum records_result records_walk(const uint8_t *data, size_t n, record_fn *record, void *context)
{
	return walk(data, n, 0, record, context);
}

static void add(uint8_t type, const uint8_t *value, size_t n, int depth, void *context)
{
	int64_t *sum = context;
	int64_t number;

	(void)type;
	(void)depth;
	if (n != 4)
		return;
	number = (int64_t)value[0] << 24 | (int64_t)value[1] << 16 | (int64_t)value[2] << 8 | value[3];
	*sum += number & 0x80000000 ? number - 0x100000000 : number;
}

int64_t records_sum(const uint8_t *data, size_t n)
{
	int64_t sum = 0;

	walk(data, n, 0, add, &sum);
	return sum;
}
