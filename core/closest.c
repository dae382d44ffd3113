/* SPDX-License-Identifier: Apache-2.0 */
#include "core/closest.h"

enum { WORD_MAX = 40, SLIP_MAX = 2 };

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

unsigned closest_distance(struct slice a, struct slice b)
{
	unsigned cost[WORD_MAX + 1][WORD_MAX + 1];
	if (a.size > WORD_MAX || b.size > WORD_MAX)
		return CLOSEST_NONE;
	for (unsigned i = 0; i <= a.size; i++)
		cost[i][0] = i;
	for (unsigned j = 0; j <= b.size; j++)
		cost[0][j] = j;
	for (size_t i = 1; i <= a.size; i++)
		for (size_t j = 1; j <= b.size; j++) {
			unsigned other = a.at[i - 1] != b.at[j - 1];
			cost[i][j] = least(least(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + other);
			if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
				cost[i][j] = least(cost[i][j], cost[i - 2][j - 2] + 1);
		}
	unsigned found = cost[a.size][b.size];
	return found <= SLIP_MAX && 3 * found <= b.size ? found : CLOSEST_NONE;
}
