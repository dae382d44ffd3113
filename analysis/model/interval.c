/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/model/interval.h"

#include <math.h>
#include <stdlib.h>

static const double normal_975 = 1.959963984540054;

static double share(const struct trial *t)
{
	return (double)t->passed / (double)t->samples;
}

double interval_mean(const struct trial *trials, size_t count)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += share(&trials[i]);
	return count ? sum / (double)count : NAN;
}

/* Cornish and Fisher's expansion is good to about 1e-4 from eleven degrees on. */
double interval_student(size_t degrees)
{
	static const double few[] = {12.7062047, 4.3026527, 3.1824463, 2.7764451, 2.5705818,
				     2.4469119,	 2.3646243, 2.3060041, 2.2621572, 2.2281389};
	const double z = normal_975, d = (double)degrees;
	if (degrees <= LENGTH(few))
		return few[degrees - 1];
	return z + (pow(z, 3) + z) / (4 * d) + (5 * pow(z, 5) + 16 * pow(z, 3) + 3 * z) / (96 * d * d) +
	       (3 * pow(z, 7) + 19 * pow(z, 5) + 17 * pow(z, 3) - 15 * z) / (384 * d * d * d);
}

struct interval interval_score(double p, double n, double z)
{
	double scale = 1 + z * z / n;
	double middle = (p + z * z / (2 * n)) / scale;
	double half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale;
	/* at the ends the sum is exactly 0 or 1, but for what rounding adds */
	return (struct interval){p <= 0 ? 0 : fmax(0, middle - half), p >= 1 ? 1 : fmin(1, middle + half)};
}

static double variance(const struct trial *trials, size_t count, double mean)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += (share(&trials[i]) - mean) * (share(&trials[i]) - mean);
	return count > 1 ? sum / (double)(count - 1) : 0;
}

struct interval interval_wilson(const struct trial *trials, size_t count)
{
	double p = interval_mean(trials, count), tasks = (double)count, samples = 0;
	for (size_t i = 0; i < count; i++)
		samples += trials[i].samples;
	double one = p * (1 - p);
	if (samples <= tasks || one <= 0 || count < 2)
		return interval_score(p, tasks, normal_975);
	double of_mean = variance(trials, count, p) / tasks;
	double effective = of_mean > 0 ? one / of_mean : samples;
	return interval_score(p, fmin(fmax(effective, tasks), samples), interval_student(count - 1));
}

/* SplitMix64 (Steele, Lea and Flood 2014). */
static uint64_t next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* The share of resamples that is left out at either end: less than 2.5 % for few tasks. */
static double left_out(size_t count)
{
	double n = (double)count;
	return 0.5 * erfc(interval_student(count - 1) * sqrt(n / (n - 1)) / sqrt(2));
}

struct interval interval_bootstrap(const struct trial *trials, size_t count)
{
	uint64_t state = INTERVAL_SEED;
	double mean = interval_mean(trials, count);
	if (count < 2 || variance(trials, count, mean) <= 0)
		return (struct interval){NAN, NAN};
	double *means = must_alloc(INTERVAL_RESAMPLES, sizeof *means), *shares = must_alloc(count, sizeof *shares);
	for (size_t i = 0; i < count; i++)
		shares[i] = share(&trials[i]);
	for (size_t i = 0; i < INTERVAL_RESAMPLES; i++) {
		double sum = 0;
		/* the upper half of the bits, scaled: no task is likelier by more than count in 2^32 */
		for (size_t j = 0; j < count; j++)
			sum += shares[(next(&state) >> 32) * count >> 32];
		means[i] = sum / (double)count;
	}
	qsort(means, INTERVAL_RESAMPLES, sizeof *means, compare);
	size_t cut = (size_t)(left_out(count) * INTERVAL_RESAMPLES);
	struct interval interval = {means[cut], means[INTERVAL_RESAMPLES - 1 - cut]};
	free(means);
	free(shares);
	return interval;
}
