// SPDX-License-Identifier: Apache-2.0
// real_bench.js KIND FOLDER DOCUMENT LOG: a benchmark that asked a real model. In the record
// must be all that the server was asked (LOG is the server's, of this run alone), and in
// the document (bench --json) the figures that follow from the record, reckoned here anew.
'use strict';
const fs = require('fs');

const [, , kind, folder, documentFile, logFile] = process.argv;
const record = fs.readFileSync(folder + '/bench/run.ndjson', 'utf8').trim().split('\n').map(line => JSON.parse(line));
const bench = JSON.parse(fs.readFileSync(documentFile, 'utf8')).benchmark;
const SUITES = ['agent', 'complete', 'edit', 'repair'];
let problems = 0;

const of = name => record.filter(line => line.kind === name);
const sum = (list, value) => list.reduce((total, one) => total + value(one), 0);

function check(what, good, found) {
	if (good)
		return;
	console.log(`FAIL: ${kind}: ${what}: ${JSON.stringify(found)}`);
	problems++;
}

// Documents have six digits.
const near = (a, b) => typeof a === 'number' && Math.abs(a - b) <= 1e-5 * Math.abs(b);

const answers = of('answer'), speeds = of('speed');
check('the server', of('server').length === 1 && of('server')[0].server === kind, of('server'));
check('every proof of the sandbox holds', of('proof').length > 0 && of('proof').every(p => p.held), of('proof'));
check('the end', of('end').length === 1 && of('end')[0].complete, of('end'));
check('an answer to a task of each suite', answers.map(a => a.suite).sort().join() === SUITES.join(), answers);
for (const a of answers)
	check(`the answer to ${a.task}`, a.outcome !== 'server_error' && a.said.length > 0 && a.tokens > 0 && a.prompt_tokens > 0 &&
	      a.first_ns > 0 && a.first_ns <= a.total_ns, a);
check('a speed that loads it, and one to count', speeds.map(s => s.repeat).join() === '0,1' &&
      speeds.every(s => s.tokens > 1 && s.first_ns > 0 && s.first_ns <= s.total_ns), speeds);

const asked = fs.readFileSync(logFile, 'utf8').split('\n').filter(line => / POST \/(api|v1)\/chat/.test(line)).length;
check('what the server was asked', asked === speeds.length + sum(answers, a => a.turns), asked);

check('figures of each suite', bench.runs.map(r => r.problem_set).filter(s => s !== 'all').sort().join() === SUITES.join(), bench.runs);
const s = speeds[speeds.length - 1];
const own = s.generation_ns === null;
const rate = own ? (s.tokens - 1) / (s.total_ns - s.first_ns) * 1e9 : s.tokens / s.generation_ns * 1e9;
check('whose clock it is', own === (kind === 'openai'), s);
for (const r of bench.runs) {
	const those = answers.filter(a => r.problem_set === 'all' || a.suite === r.problem_set);
	const passed = those.filter(a => a.outcome === 'passed').length;
	check(`pass@1 of ${r.problem_set}`, r.tasks === those.length && r.passed === passed && r.pass_at_1 === passed / those.length, r);
	check(`the interval of ${r.problem_set}`, r.interval_low <= r.pass_at_1 && r.pass_at_1 <= r.interval_high &&
	      r.interval_high - r.interval_low > 0.3, r);
	if (r.problem_set !== 'all')
		check(`tokens a second of ${r.problem_set}`, near(r.tokens_per_s, rate) && near(r.first_token_ms, s.first_ns / 1e6), r);
}
if (!problems)
	console.log(`${kind.padEnd(7)} bench: ${answers.length} answers (${answers.map(a => a.outcome).join(', ')}), ` +
		    `${sum(answers, a => a.tokens)} tokens in ${asked} questions, ${rate.toFixed(0)} tokens/s`);
process.exit(problems ? 1 : 0);
