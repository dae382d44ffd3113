'use strict';
// Sorting and filtering of the tables that are there, and rows as cards where a table is wider than
// its window: always where it holds long texts, of which the end would be out of sight; else in a
// narrow window alone. Without it the page is whole, only still.
const narrow = matchMedia('(max-width: 70rem)'); // short cells in a row are easier to compare
const fit = (table, heads) => {
	table.classList.remove('cards');
	if (!narrow.matches && !table.querySelector('td.x')) return;
	if (table.parentElement.scrollWidth <= table.parentElement.clientWidth) return;
	if (!table.dataset.named) {
		for (const row of table.tBodies[0].rows)
			heads.forEach((head, column) => { row.cells[column].dataset.head = head.dataset.head; });
		table.dataset.named = 'yes';
	}
	table.classList.add('cards');
};
for (const table of document.querySelectorAll('table')) {
	const body = table.tBodies[0];
	const rows = Array.from(body.rows);
	const heads = Array.from(table.tHead.rows[0].cells);
	const line = document.createElement('div');
	const label = document.createElement('label');
	const input = document.createElement('input');
	const shown = document.createElement('span');
	line.className = 'filter';
	label.textContent = 'Filter ';
	input.type = 'search';
	label.append(input);
	shown.setAttribute('role', 'status');
	line.append(label, shown);
	table.parentElement.before(line);
	const say = count => { shown.textContent = count === rows.length ? rows.length + (rows.length === 1 ? ' row' : ' rows') : count + ' of ' + rows.length + ' rows'; };
	say(rows.length);
	input.addEventListener('input', () => {
		const words = input.value.toLowerCase().split(/\s+/).filter(word => word);
		let count = 0;
		for (const row of rows) {
			const text = row.textContent.toLowerCase();
			row.hidden = !words.every(word => text.includes(word));
			count += row.hidden ? 0 : 1;
		}
		say(count);
	});
	heads.forEach((head, column) => {
		const button = document.createElement('button');
		button.type = 'button';
		button.textContent = head.textContent;
		head.dataset.head = head.textContent; // a button is printed on the first page of a table alone
		head.replaceChildren(button);
		button.addEventListener('click', () => {
			const down = head.getAttribute('aria-sort') === 'ascending';
			const numbers = rows.every(row => !row.cells[column].textContent || row.cells[column].className === 'n');
			const key = row => numbers ? Number(row.cells[column].textContent) : row.cells[column].textContent;
			const order = numbers ? (a, b) => key(a) - key(b) : (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
			for (const other of heads) other.removeAttribute('aria-sort');
			head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
			rows.sort(down ? (a, b) => order(b, a) : order);
			body.append(...rows);
		});
	});
	fit(table, heads);
	addEventListener('resize', () => fit(table, heads));
}
