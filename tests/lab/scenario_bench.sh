# SPDX-License-Identifier: Apache-2.0
# The benchmark against a server whose model answers a known share of the tasks right: so
# many are measured, under watch, also after an interrupt and after the server has died.
# bench_model says of each answer what it was; `right` and `wrong` count that.

bench_tasks=$B/../schema/tasks

# model_up SHARE [OPTION…]: starts it in the near namespace; $model is its URL
model_up() {
	rm -f "$T/model-in" "$T/model-port"
	mkfifo "$T/model-in"
	nsenter --net="/run/netns/$near" "$B/lab/bench_model" "$bench_tasks" "$@" log="$T/answers" <"$T/model-in" >"$T/model-port" &
	model_pid=$!
	exec 8>"$T/model-in"
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ -s "$T/model-port" ] && break
		sleep 0.1
	done
	model=http://127.0.0.1:$(cat "$T/model-port")
}

model_down() {
	exec 8>&-
	wait "$model_pid" 2>/dev/null
}

# bench NAME [OPTION…]
bench() {
	name=$1
	shift
	nsenter --net="/run/netns/$near" "$B/airgap-verify" bench -o "$T/$name" "$@" \
		>"$T/$name.out" 2>"$T/$name.err" </dev/null 8>&- &
	echo $! >"$T/bench-pid"
	wait $!
	status=$?
}

answers() { # NAME [OUTCOME]
	grep -c "\"kind\":\"answer\".*\"outcome\":\"${2:-}" "$T/$1/bench/run.ndjson"
}

rights() {
	sort -u "$T/answers" | grep -c "^right "
}

if ! command -v bwrap >/dev/null; then
	skip bench "no bubblewrap"
else
	: >"$T/answers"
	model_up 60
	bench measured --server "$model" --model scripted:1b --limit 5 --repeats 1
	exits measured 0
	says measured "Nothing that the session did left this machine"
	says measured "Egress: *PASS"
	says measured "The model server was not"
	equal "bench: each task is answered" "$(answers measured)" "$(sort -u "$T/answers" | wc -l)"
	equal "bench: measured is the known share" "$(answers measured passed)" "$(rights)"
	check "bench: the share is neither nothing nor all" test "$(rights)" -gt 0 -a "$(rights)" -lt "$(answers measured)"
	equal "bench: the database has it" "$(ask measured "SELECT sum(passed) FROM v_model_run WHERE problem_set <> 'all'")" "$(rights)"
	equal "bench: every proof of the sandbox held" "$(grep -c '"kind":"proof".*"held":false' "$T/measured/bench/run.ndjson")" 0
	check "bench: it is sealed" grep -q " bench/run.ndjson" "$T/measured/seal/SHA256SUMS"
	check "bench: it verifies" "$B/airgap-verify" verify "$T/measured"
	model_down

	# the same by OpenAI's API, and thresholds that it does not reach
	printf '[bench]\npass_complete = 95%%\n' >"$T/strict.ini"
	: >"$T/answers"
	model_up 10
	bench strict --server "$model/v1" --model scripted:1b --suite complete --repeats 0 --policy "$T/strict.ini"
	exits strict 1
	says strict "Good enough: FAIL"
	equal "bench: measured through /v1" "$(answers strict passed)" "$(rights)"
	model_down

	# tiers of the site's own
	printf 'tier\tmodel\tfrom_gib\tbelow_gib\tabout\nours\tscripted:1b\t1\t9\tof the site\n' >"$T/tiers.tsv"
	: >"$T/answers"
	model_up 50
	printf 'model\tbenchmark\tvariant\tpass_at_1\tprecision\tprompt_mode\tpublished\ttitle\nscripted:1b\thumaneval\tHumanEval\t88.4\t\t\t\tof the site\n' >"$T/published.tsv"
	bench ours --server "$model" --tiers "$T/tiers.tsv" --published "$T/published.tsv" --vram 8GB --suite repair --limit 2 --repeats 0
	equal "bench: the model of a tier of the site's own" "$(answers ours)" 2
	equal "bench: published figures of the site's own" "$(ask ours "SELECT title FROM v_published")" "of the site"
	check "bench: they are made again from the record" "$B/airgap-verify" reproduce "$T/ours"
	printf '{"host":{"memory_bytes":8589934592,"memory_unified":true}}\n' >"$T/session.json"
	bench of-mac --no-watch --server "$model" --tiers "$T/tiers.tsv" --machine "$T" --suite repair --limit 1 --repeats 0
	equal "bench: the tier of a Mac that told of itself" "$(ask of-mac "SELECT tier_from || ' ' || tier || ' ' || tier_bytes FROM bench_machine")" \
		"--machine ours 5726623060"
	model_down

	# a part of the tasks is not judged by, however it went
	: >"$T/answers"
	model_up 100
	printf '[bench]\npass_complete = 20%%\n' >"$T/mild.ini"
	bench part --server "$model" --model scripted:1b --suite complete --limit 4 --repeats 0 --policy "$T/mild.ini"
	exits part 2
	says part "only a part of the tasks was asked, 4 of each suite"
	model_down

	# interrupted after some answers, and gone on with
	: >"$T/answers"
	model_up 50 delay-ms=150
	bench broken --server "$model" --model scripted:1b --limit 10 --repeats 0 &
	broken=$!
	for _ in $(seq 300); do
		[ "$(wc -l <"$T/answers")" -ge 7 ] && break
		sleep 0.1
	done
	kill -INT "$(cat "$T/bench-pid")"
	wait $broken
	equal "bench: an interrupt is told in the record" "$(grep -c '"kind":"end".*"interrupted":true' "$T/broken/bench/run.ndjson")" 1
	says broken "bench --resume $T/broken"
	check "bench: what was answered is sealed" "$B/airgap-verify" verify "$T/broken"
	before=$(answers broken)
	bench resumed --resume "$T/broken" --server "$model"
	exits resumed 0
	equal "bench: what was there is not asked again" "$(answers resumed)" "$(sort -u "$T/answers" | wc -l)"
	check "bench: something was there before, and not all" test "$before" -ge 5 -a "$before" -lt "$(answers resumed)"
	equal "bench: measured is the known share, in two parts" "$(answers resumed passed)" "$(rights)"
	check "bench: the first part is as it was sealed" "$B/airgap-verify" verify "$T/broken"
	model_down

	# a server that dies half-way: what it answered stays
	: >"$T/answers"
	model_up 50 die-after=4
	bench died --server "$model" --model scripted:1b --suite complete --limit 10 --repeats 0
	exits died 69
	says died "is gone"
	equal "bench: no answer of the server that died is lost" "$(answers died)" "$((4 + $(answers died server_error)))"
	model_down
	model_up 50
	bench revived --resume "$T/died" --server "$model"
	exits revived 0
	equal "bench: the server's failures are asked again" "$(answers revived passed)" "$(rights)"
	model_down

	# without a watch, for anybody; a model that is named twice is asked once
	model_up 50
	install -d -o nobody "$T/theirs-bench"
	(
		cd "$T/theirs-bench" || exit 1
		nsenter --net="/run/netns/$near" setpriv --reuid nobody --regid nogroup --clear-groups env HOME=/nonexistent \
			"$B/airgap-verify" bench --no-watch -o b --server "$model" --model scripted:1b --model scripted:1b --suite complete --limit 2 --repeats 0
	) >"$T/alone.out" 2>"$T/alone.err" </dev/null 8>&-
	status=$?
	exits alone 0
	says alone "not watched"
	equal "bench: one model, one answer to each task" "$(answers theirs-bench/b)" 2
	for name in verify crosscheck report reproduce bundle; do
		set -- "$T/theirs-bench/b"
		[ $name = bundle ] && set -- -o "$T/alone.zip" "$@"
		"$B/airgap-verify" $name "$@" >"$T/alone-$name.out" 2>"$T/alone-$name.err"
		status=$?
		case $name in verify | crosscheck) exits alone-$name 2 ;; bundle) exits alone-$name 65 ;; *) exits alone-$name 0 ;; esac
	done
	says alone-verify "a benchmark lies here that nobody watched"
	says alone-crosscheck "Nothing watched this benchmark"
	says alone-bundle "is of no session"
	check "bench: crosscheck seals what nobody watched" "$B/airgap-verify" verify "$T/theirs-bench/b"
	model_down

	model_up 50
	bench missing-model --server "$model" --model other:7b
	exits missing-model 69
	says missing-model "before unplugging: ollama pull other:7b; or try what is there: --model scripted:1b"
	check "bench: without a model it leaves no folder" test ! -e "$T/missing-model"
	model_down
	bench nobody --server http://127.0.0.1:1
	exits nobody 69
	check "bench: without a server it leaves no folder" test ! -e "$T/nobody"
	bench far --server http://192.0.2.1:11434
	equal "bench: a server elsewhere is refused" "$status" 64
	bench checked --check-tasks --suite complete --language shell
	check "bench: --check-tasks prints what it tried" grep -q "tasks, 0 of them do not behave" "$T/checked.out"
	printf '%s\n' '{"task_id":"Own/1","prompt":"def twice(x):\n    \"\"\"2 x\"\"\"\n","entry_point":"twice","canonical_solution":"    return 2 * x\n","test":"def check(candidate):\n    assert candidate(4) == 8\n"}' \
		'{"task_id":"Own/2","prompt":"def half(x):\n    \"\"\"x / 2\"\"\"\n","entry_point":"half","canonical_solution":"    return x\n","test":"def check(candidate):\n    assert candidate(4) == 2\n"}' >"$T/own.jsonl"
	bench solutions --check-tasks --suite humaneval --problems "$T/own.jsonl"
	exits solutions 1
	check "bench: --check-tasks tries the solutions of problems" grep -q "^2 tasks, 1 of them does not behave" "$T/solutions.out"
	bench nothing --check-tasks --suite humaneval
	exits nothing 64
fi
