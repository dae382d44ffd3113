# SPDX-License-Identifier: Apache-2.0
# Read by lab.sh: the examples for pipelines (packaging/ci). Their shell is taken out of them
# and run as the service would, without root: an agent that stays here passes, one that
# reaches out fails, and both leave the results that the example hands on.

pipelines=$here/../../packaging/ci
installed=$T/pipeline/bin
mkdir -p "$installed"
chmod 755 "$T/pipeline"
ln -s "$B/airgap-verify" "$installed/airgap-verify"

# pipeline NAME FILE AGENT [root]: leaves $status1, of the run, and its folder in $T/pipeline/NAME
pipeline() {
	work=$T/pipeline/$1
	install -d -o nobody "$work"
	python3 "$here/ci_steps.py" "$pipelines/$2" >"$work.steps" || return 1
	tr '\0' '\001' <"$work.steps" | awk -v RS='\001' -v to="$work" '{ print >(to "." NR ".sh") }'
	[ -n "${4:-}" ] || somebody="setpriv --reuid nobody --regid nogroup --clear-groups"
	for part in 1 2; do
		# shellcheck disable=SC2086 # words
		(cd "$work" && timeout 120 nsenter --net="/run/netns/$near" ${somebody:-} env HOME="$work" PATH="$installed:$PATH" \
			AGENT="$3" SESSION=airgap-session BY=nobody sh "$work.$part.sh") >"$work.$part.out" 2>&1 </dev/null
		eval "status$part=\$?"
	done
	somebody=
	equal "$1: the results are kept" "$status2" 0
}

if ! python3 -c 'import yaml' 2>/dev/null; then
	skip pipelines "PyYAML is not installed (packaging/deps.sh --peers)"
else
	for service in github-actions gitlab-ci; do
		pipeline "$service-clean" $service.yml "$B/lab/sample_agent"
		equal "$service: a run that stays here passes" "$status1" 0
		check "$service: no test failed" grep -q 'failures="0"' "$work/results/report.junit.xml"
		pipeline "$service-egress" $service.yml "$B/lab/reach tcp 192.0.2.2 443"
		equal "$service: one that reaches out fails" "$status1" 1
		check "$service: a test failed" grep -q '<failure' "$work/results/report.junit.xml"
		check "$service: SARIF has the finding" grep -q '"ruleId": *"egress"' "$work/results/report.sarif"
	done
	pipeline gitlab-ci-root gitlab-ci.yml "$B/lab/reach tcp 192.0.2.2 443" root
	equal "gitlab-ci: in a container's root's hands the agent is nobody's" \
		"$status1 $(stat -c %U "$work/work/airgap-session/evidence.ndjson")" "1 nobody"
	check "the bundle of it verifies" "$B/airgap-verify" verify "$T/pipeline/github-actions-egress/results/evidence.zip"
fi
