/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_CONFINE_MACHINE_H
#define BENCHMARK_CONFINE_MACHINE_H

#include "benchmark/confine_command.h"
#include "benchmark/confine_slot.h"

struct confine {
	struct confine_means means;
	struct slots slots;
	char described[192];
};

#endif
