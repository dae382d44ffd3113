#define _POSIX_C_SOURCE 200809L
#include "mix.h"

#include <stdio.h>

enum { MOST = 12 };

static FILE *file;

static void show(const int16_t *samples, size_t clipped)
{
	fprintf(file, "%zu:", clipped);
	for (size_t i = 0; i < MOST; i++)
		fprintf(file, " %d", samples[i]);
	fprintf(file, "\n");
}

static void mix(size_t n, int32_t gain)
{
	static const int16_t base[MOST] = { 0, 0, 100, -100, 32767, -32768, 32767, -32768, 30000, -30000, 1, -1 };
	static const int16_t in[MOST] = { 5, -5, 1, -1, 32767, -32768, -32768, 32767, 3000, -3000, 640, -640 };
	int16_t out[MOST];

	for (size_t i = 0; i < MOST; i++)
		out[i] = base[i];
	show(out, pcm_mix(out, in, n, gain));
}

int main(void)
{
	static const int32_t gains[] = { 256, 0, 128, -128, 127, 129, 1, -1, 51, 512, -256, 1048576, -1048576, 25, 77 };
	int16_t same[MOST] = { 1, -1, 3, -3, 20000, -20000, 32767, -32768, 10922, 10923, -10922, -10923 };
	int16_t edge[MOST] = { 32766, 32767, -32767, -32768, 32767, -32768 };
	int16_t one[MOST] = { 1, 0, -1, 0, 1, -1 };

	file = fdopen(3, "w");
	if (!file)
		return 1;
	for (size_t i = 0; i < sizeof gains / sizeof *gains; i++)
		mix(MOST, gains[i]);
	mix(0, 256);
	mix(1, 256);
	mix(5, 256);
	show(same, pcm_mix(same, same, MOST, 128));
	show(same, pcm_mix(same, same, MOST, 512));
	show(edge, pcm_mix(edge, one, MOST, 256));
	return fclose(file) != 0;
}
