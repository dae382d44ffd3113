#include "flags.h"

static bool valid(int n)
{
	return n >= 0 && n < 64;
}

void flags_add(struct flags *f, int n)
{
	if (valid(n))
		f->bits |= UINT64_C(1) << n;
}

void flags_remove(struct flags *f, int n)
{
	if (valid(n))
		f->bits &= ~(1u << n);
}

bool flags_has(const struct flags *f, int n)
{
	return valid(n) && (f->bits >> n & 1);
}

void flags_add_range(struct flags *f, int first, int last)
{
	if (first < 0)
		first = 0;
	if (last > 63)
		last = 63;
	if (first > last)
		return;
	f->bits |= UINT64_MAX >> (63 - (last - first)) << first;
}

int flags_count(const struct flags *f)
{
	uint64_t left = f->bits;
	int count = 0;

	while (left) {
		left &= left - 1;
		count++;
	}
	return count;
}

int flags_next(const struct flags *f, int n)
{
	for (n = n < 0 ? 0 : n < 64 ? n + 1 : 64; n < 64; n++)
		if (flags_has(f, n))
			return n;
	return -1;
}
