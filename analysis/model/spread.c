/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/model/spread.h"

#include "analysis/model/interval.h"

#include <math.h>
#include <stdlib.h>

void spread_add(struct measured *m, double value)
{
	if (m->count < SPREAD_MAX)
		m->at[m->count++] = value;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

struct spread spread_of(struct measured *m, bool low)
{
	struct spread s = {NAN, NAN, NAN, NAN};
	double sum = 0, squares = 0, n = (double)m->count;
	if (m->count == 0)
		return s;
	qsort(m->at, m->count, sizeof *m->at, compare);
	for (size_t i = 0; i < m->count; i++)
		sum += m->at[i];
	s.mean = sum / n;
	size_t rank = (size_t)ceil(0.95 * n);
	s.p95 = low ? m->at[m->count - rank] : m->at[rank - 1];
	if (m->count < 2)
		return s;
	for (size_t i = 0; i < m->count; i++)
		squares += (m->at[i] - s.mean) * (m->at[i] - s.mean);
	s.sd = sqrt(squares / (n - 1));
	s.half = interval_student(m->count - 1) * s.sd / sqrt(n);
	return s;
}
