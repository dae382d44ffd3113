#include "mix.h"

/* v / 256, halves away from zero. */
static int64_t rounded(int64_t v)
{
	return v / 256;
}

size_t pcm_mix(int16_t *out, const int16_t *in, size_t n, int32_t gain)
{
	size_t clipped = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t sum = out[i] + rounded((int64_t)in[i] * gain);

		if (sum > INT16_MAX) {
			sum = INT16_MAX;
			clipped++;
		} else if (sum < INT16_MIN) {
			sum = INT16_MIN;
			clipped++;
		}
		out[i] = (int16_t)sum;
	}
	return clipped;
}
