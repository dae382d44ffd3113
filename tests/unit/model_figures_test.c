/* SPDX-License-Identifier: Apache-2.0 */
/* The arithmetic of the benchmark: against exact numbers, and against truths that are known. */
#include "tests/unit/test.h"

#include "analysis/model/interval.h"
#include "analysis/model/mcnemar.h"
#include "analysis/model/pass_at.h"
#include "analysis/model/spread.h"

#include <math.h>

enum { RUNS = 2000, TASKS_MAX = 400 };

static void near(double got, double wanted, double apart)
{
	if (!(fabs(got - wanted) <= apart))
		print_error("%.12g, wanted %.12g\n", got, wanted);
	assert_true(fabs(got - wanted) <= apart);
}

/* ---- pass@k ------------------------------------------------------------- */

/* Every way to take k of the samples, of which the first `passed` are right. */
static double by_subsets(unsigned samples, unsigned passed, unsigned k)
{
	unsigned all = 0, right = 0;
	for (unsigned set = 0; set < 1u << samples; set++) {
		if (__builtin_popcount(set) != (int)k)
			continue;
		all++;
		right += (set & ((1u << passed) - 1)) != 0;
	}
	return (double)right / all;
}

static uint64_t choose(unsigned n, unsigned k)
{
	uint64_t c = 1;
	for (unsigned i = 0; i < k; i++)
		c = c * (n - i) / (i + 1);
	return n < k ? 0 : c;
}

static void pass_at_is_the_closed_form(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 12; n++)
		for (unsigned c = 0; c <= n; c++)
			for (unsigned k = 1; k <= n; k++)
				near(pass_at(n, c, k), by_subsets(n, c, k), 1e-13);
	for (unsigned n = 1; n <= 60; n++)
		for (unsigned c = 0; c <= n; c++)
			for (unsigned k = 1; k <= n && k <= 10; k++)
				near(pass_at(n, c, k), 1 - (double)choose(n - c, k) / (double)choose(n, k), 1e-12);
}

static void pass_at_one_is_the_share(void **state)
{
	(void)state;
	near(pass_at(10000, 2500, 1), 0.25, 1e-12);
	near(pass_at(10000, 0, 10), 0, 0);
	near(pass_at(10000, 10000, 10), 1, 0);
	/* of ten thousand it is as if each was put back */
	near(pass_at(10000, 1000, 10), 1 - pow(0.9, 10), 1e-3);
}

/* ---- pairs -------------------------------------------------------------- */

static void mcnemar_by_hand(void **state)
{
	(void)state;
	static const struct {
		uint32_t a, b;
		double exact, mid;
	} cases[] = {
		{0, 0, 1, 1},
		{1, 0, 1, 0.5},
		{5, 0, 2 / 32.0, 1 / 32.0},
		{0, 5, 2 / 32.0, 1 / 32.0},
		{3, 3, 1, 1},
		{10, 2, 2 * (1 + 12 + 66) / 4096.0, (2 * (1 + 12) + 66) / 4096.0},
		{1, 8, 2 * (1 + 9) / 512.0, (2 * 1 + 9) / 512.0},
		{6, 4, 2 * (1 + 10 + 45 + 120 + 210) / 1024.0, (2 * (1 + 10 + 45 + 120) + 210) / 1024.0},
		{3000, 3000, 1, 1},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct mcnemar p = mcnemar(cases[i].a, cases[i].b);
		near(p.exact, cases[i].exact, 1e-10);
		near(p.mid, cases[i].mid, 1e-10);
	}
	/* far out it does not become nothing by rounding */
	assert_true(mcnemar(2000, 1000).exact > 0 && mcnemar(2000, 1000).exact < 1e-60);
}

/* ---- spread ------------------------------------------------------------- */

static void spread_by_hand(void **state)
{
	(void)state;
	struct measured m = {0};
	struct spread s = spread_of(&m, false);
	assert_true(isnan(s.mean) && isnan(s.sd) && isnan(s.p95));
	spread_add(&m, 7);
	s = spread_of(&m, false);
	assert_true(s.mean == 7 && s.p95 == 7 && isnan(s.sd) && isnan(s.half));
	spread_add(&m, 1);
	spread_add(&m, 4);
	s = spread_of(&m, false);
	near(s.mean, 4, 1e-12);
	near(s.sd, 3, 1e-12);
	near(s.half, 4.3026527 * 3 / sqrt(3), 1e-6);
	near(s.p95, 7, 0);
	near(spread_of(&m, true).p95, 1, 0);
	m.count = 0;
	for (int i = 1; i <= 100; i++)
		spread_add(&m, 101 - i);
	near(spread_of(&m, false).p95, 95, 0); /* 95 of 100 do not exceed it */
	near(spread_of(&m, true).p95, 6, 0);   /* 95 of 100 do not fall below it */
	for (int i = 0; i < 2 * SPREAD_MAX; i++)
		spread_add(&m, 0);
	assert_int_equal(m.count, SPREAD_MAX);
}

/* Tables of Student's t, to four digits. */
static void student_by_table(void **state)
{
	(void)state;
	static const struct {
		size_t degrees;
		double t;
	} cases[] = {{1, 12.7062}, {2, 4.3027}, {4, 2.7764}, {5, 2.5706}, {9, 2.2622}, {10, 2.2281}, {11, 2.2010}, {29, 2.0452}, {119, 1.9801}, {4095, 1.9605}};
	for (size_t i = 0; i < LENGTH(cases); i++)
		near(interval_student(cases[i].degrees), cases[i].t, 2e-4);
}

/* ---- intervals ---------------------------------------------------------- */

static void wilson_by_hand(void **state)
{
	(void)state;
	/* 8 of 10, as textbooks have it; and the ends */
	struct interval i = interval_score(0.8, 10, 1.959963984540054);
	near(i.low, 0.490162, 1e-6);
	near(i.high, 0.943318, 1e-6);
	struct trial all[20];
	for (size_t k = 0; k < LENGTH(all); k++)
		all[k] = (struct trial){1, 1};
	i = interval_wilson(all, LENGTH(all));
	near(i.low, 20 / (20 + 1.959963984540054 * 1.959963984540054), 1e-12);
	near(i.high, 1, 0);
	i = interval_bootstrap(all, LENGTH(all));
	assert_true(isnan(i.low) && isnan(i.high));
	/* more answers to the same tasks, all the same, tell nothing more */
	for (size_t k = 0; k < LENGTH(all); k++)
		all[k] = (struct trial){10, k < 10 ? 10 : 0};
	struct interval ten = interval_wilson(all, LENGTH(all));
	assert_true(ten.low < interval_score(0.5, 20, 1.959963984540054).low);
	/* and if they differ as single tosses do, as much as so many tasks */
	for (size_t k = 0; k < LENGTH(all); k++)
		all[k] = (struct trial){10, 5};
	ten = interval_wilson(all, LENGTH(all));
	near(ten.low, interval_score(0.5, 200, interval_student(19)).low, 1e-12);
}

static uint64_t state_of;

static double uniform(void)
{
	uint64_t z = state_of += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

/* How hard a task is: how likely each answer to it passes. The mean of each is known. */
static double same_60(void) { return 0.6; }
static double same_90(void) { return 0.9; }
static double any(void) { return uniform(); }
static double mostly_easy(void) { return sqrt(uniform()); }
static double three_kinds(void) { double u = uniform(); return u < 1 / 3.0 ? 0.95 : u < 2 / 3.0 ? 0.6 : 0.1; }

struct design {
	const char *name;
	double (*task)(void);
	double truth;
	size_t tasks;
	uint32_t samples;
};

static void draw(const struct design *d, struct trial *trials)
{
	for (size_t i = 0; i < d->tasks; i++) {
		double p = d->task();
		trials[i] = (struct trial){d->samples, 0};
		for (uint32_t k = 0; k < d->samples; k++)
			trials[i].passed += uniform() < p;
	}
}

/* In percent of 2,000 runs, each of tasks and answers that are drawn anew. */
static double covered(const struct design *d, struct interval (*of)(const struct trial *, size_t))
{
	static struct trial trials[TASKS_MAX];
	int hit = 0;
	state_of = 20261128;
	for (int run = 0; run < RUNS; run++) {
		draw(d, trials);
		struct interval i = of(trials, d->tasks);
		hit += i.low <= d->truth && d->truth <= i.high;
	}
	print_message("%-12s %3zu tasks, %2u answers each: %.2f %%\n", d->name, d->tasks, d->samples, 100.0 * hit / RUNS);
	return 100.0 * hit / RUNS;
}

static void check_covered(const struct design designs[], size_t count, double low, double high,
			  struct interval (*of)(const struct trial *, size_t))
{
	for (size_t i = 0; i < count; i++) {
		double percent = covered(&designs[i], of);
		assert_true(percent >= low && percent <= high);
	}
}

/* The interval that figures are told with. */
static void wilson_covers_the_truth(void **state)
{
	(void)state;
	static const struct design designs[] = {
		{"same 60", same_60, 0.6, 60, 1},	   {"same 60", same_60, 0.6, 120, 1},
		{"same 90", same_90, 0.9, 164, 1},	   {"any", any, 0.5, 120, 1},
		{"mostly easy", mostly_easy, 2 / 3.0, 120, 1}, {"three kinds", three_kinds, 0.55, 120, 1},
		{"any", any, 0.5, 60, 5},		   {"any", any, 0.5, 120, 5},
		{"mostly easy", mostly_easy, 2 / 3.0, 60, 5}, {"mostly easy", mostly_easy, 2 / 3.0, 120, 10},
		{"three kinds", three_kinds, 0.55, 60, 5}, {"three kinds", three_kinds, 0.55, 120, 10},
	};
	check_covered(designs, LENGTH(designs), 94, 96, interval_wilson);
}

static void bootstrap_covers_the_truth(void **state)
{
	(void)state;
	static const struct design designs[] = {
		{"any", any, 0.5, 60, 5},
		{"three kinds", three_kinds, 0.55, 60, 5},
	};
	check_covered(designs, LENGTH(designs), 94, 96, interval_bootstrap);
}

/* Few tasks: what counts is a whole number, and no interval holds its level at every truth. */
static void few_tasks_cover_less_evenly(void **state)
{
	(void)state;
	static const struct design designs[] = {
		{"same 60", same_60, 0.6, 10, 1}, {"same 90", same_90, 0.9, 10, 1}, {"same 90", same_90, 0.9, 20, 1},
		{"same 60", same_60, 0.6, 30, 1}, {"same 90", same_90, 0.9, 30, 1}, {"any", any, 0.5, 10, 5},
		{"mostly easy", mostly_easy, 2 / 3.0, 20, 5}, {"three kinds", three_kinds, 0.55, 30, 5},
	};
	check_covered(designs, LENGTH(designs), 92, 98.5, interval_wilson);
}

/* Over every number of tasks that may pass, with its probability: no luck in it. */
static double exactly_covered(unsigned n, double p)
{
	double sum = 0;
	for (unsigned k = 0; k <= n; k++) {
		struct interval i = interval_score((double)k / n, n, 1.959963984540054);
		if (i.low <= p && p <= i.high)
			sum += exp(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0) + k * log(p) + (n - k) * log(1 - p));
	}
	return 100 * sum;
}

static void wilson_covers_exactly(void **state)
{
	(void)state;
	static const unsigned sizes[] = {10, 20, 30, 60, 120, 164, 378};
	for (size_t s = 0; s < LENGTH(sizes); s++) {
		double least = 100, most = 0, sum = 0;
		for (int p = 1; p <= 19; p++) {
			double percent = exactly_covered(sizes[s], p / 20.0);
			least = fmin(least, percent);
			most = fmax(most, percent);
			sum += percent;
		}
		print_message("%3u tasks: %.2f to %.2f %%, %.2f in the mean\n", sizes[s], least, most, sum / 19);
		near(sum / 19, 95, sizes[s] < 60 ? 1 : 0.5);
		assert_true(least > (sizes[s] < 120 ? 91 : 93.9));
		assert_true(most < (sizes[s] < 120 ? 98.5 : 96));
	}
}

static void the_same_trials_give_the_same_interval(void **state)
{
	(void)state;
	struct trial trials[48];
	for (size_t i = 0; i < LENGTH(trials); i++)
		trials[i] = (struct trial){3, (uint32_t)(i % 4)};
	struct interval first = interval_bootstrap(trials, LENGTH(trials));
	struct interval again = interval_bootstrap(trials, LENGTH(trials));
	assert_true(first.low == again.low && first.high == again.high);
	assert_true(first.low < interval_mean(trials, 48) && interval_mean(trials, 48) < first.high);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pass_at_is_the_closed_form),
		cmocka_unit_test(pass_at_one_is_the_share),
		cmocka_unit_test(mcnemar_by_hand),
		cmocka_unit_test(spread_by_hand),
		cmocka_unit_test(student_by_table),
		cmocka_unit_test(wilson_by_hand),
		cmocka_unit_test(wilson_covers_the_truth),
		cmocka_unit_test(bootstrap_covers_the_truth),
		cmocka_unit_test(few_tasks_cover_less_evenly),
		cmocka_unit_test(wilson_covers_exactly),
		cmocka_unit_test(the_same_trials_give_the_same_interval),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
