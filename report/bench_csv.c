/* SPDX-License-Identifier: Apache-2.0 */
#include "report/bench.h"
#include "report/csv_report.h"

#include "core/file.h"

#define NAME "bench.csv"

enum status bench_csv_write(struct store *store, int report_fd, struct error *err)
{
	struct file_output out;
	bool there = false;
	enum status status = bench_there(store, &there, err);
	if (status || !there)
		return status;
	status = file_begin(report_fd, NAME, &out, err);
	if (status)
		return status;
	status = csv_report_rows(store, QUERY_BENCH_CSV, out.fd, err);
	if (status) {
		file_abandon(&out);
		return fail_in(err, NAME);
	}
	return file_commit(&out, err);
}
