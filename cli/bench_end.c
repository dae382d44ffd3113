/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bench_end.h"

#include <stdio.h>

int bench_end_status(const struct bench_end *e)
{
	bool open = e->worker == BENCH_INTERRUPTED || (e->watched && e->egress == VERDICT_INCONCLUSIVE) ||
		    (e->judged && e->enough == VERDICT_INCONCLUSIVE);
	/* a failed write or a server that is gone must not look like a verdict */
	if (e->worker != 0 && e->worker != BENCH_INTERRUPTED)
		return e->worker;
	if ((e->watched && e->egress == VERDICT_FAIL) || (e->judged && e->enough == VERDICT_FAIL))
		return VERDICT_FAIL;
	return open ? VERDICT_INCONCLUSIVE : VERDICT_PASS;
}

void bench_end_words(const struct bench_end *e, struct text *ret)
{
	text_addf(ret, "Egress:      %s\n",
		  e->watched ? verdict_name(e->egress) : "not watched (--no-watch): nothing is said of it");
	text_addf(ret, "Good enough: %s\n",
		  e->judged ? verdict_name(e->enough) : "not judged: the policy has no thresholds ([bench] in policy.ini(5))");
	if (e->watched)
		text_add_string(ret, "Watched was the benchmark, with its sandbox and all code of models. The model server was not:\n"
				     "it ran before. What it reached out for itself afterwards would stand above as local_peer, as far\n"
				     "as the witnesses see other processes; to watch a server whole, start it by session.\n");
	if (!e->watched && e->worker == 0)
		text_addf(ret, "Folder:      %s, with report/bench.csv; other documents by airgap-verify crosscheck %s\n", e->folder, e->folder);
	if (e->watched && e->resumed)
		text_addf(ret, "Answers that were there before are of another watch: see %s.\n", e->resumed);
	if (e->worker)
		text_addf(ret, "It did not come to its end%s. What was answered is kept; go on with\n"
			       "  airgap-verify bench --resume %s\n",
			  e->worker == BENCH_INTERRUPTED ? " (interrupted)" : "", e->folder);
}

void bench_end_say(const struct bench_end *e)
{
	AUTO_TEXT struct text t = text_make(8192);
	bench_end_words(e, &t);
	fprintf(stderr, "\n%s", text_string(&t));
}
