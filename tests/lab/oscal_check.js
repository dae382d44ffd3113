// SPDX-License-Identifier: Apache-2.0
// oscal_check.js SCHEMA FILE…: each against OSCAL's own schema, by a validator whose regular
// expressions know \p{L}. That it would notice is tried first: without its identifier, and with
// a state that OSCAL does not know, a document must not pass.
'use strict';
const fs = require('fs');
const Ajv = require('ajv');
const formats = require('ajv-formats');

const [, , schema, ...files] = process.argv;
const ajv = new Ajv({strict: false, allErrors: true, unicodeRegExp: true});
formats(ajv);
const valid = ajv.compile(JSON.parse(fs.readFileSync(schema, 'utf8')));
let problems = 0;

function refused(text, what, change) {
	const document = JSON.parse(text);
	change(document[Object.keys(document)[0]]);
	if (valid(document)) {
		console.log(`${what}: the validator takes it`);
		problems++;
	}
}

for (const file of files) {
	const text = fs.readFileSync(file, 'utf8');
	if (!valid(JSON.parse(text))) {
		console.log(file, JSON.stringify(valid.errors.slice(0, 5), null, 1));
		problems++;
	}
	refused(text, 'no uuid', document => { delete document.uuid; });
	refused(text, 'a token with brackets', document => {
		const list = document.results ? document.results[0] : document;
		list['reviewed-controls']['control-selections'][0]['include-controls'] = [{'control-id': '3(a)'}];
	});
}
process.exit(problems || !files.length ? 1 : 0);
