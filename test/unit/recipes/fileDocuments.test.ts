import assert from 'node:assert/strict';
import { findingsOfFile } from './findingsOfFile';
import * as fc from 'fast-check';
import { documentsOf, isNotebook } from '../../../src/recipes/fileDocuments';
import { sentence } from '../builders';
import { madeOf, Pictures } from './pictures';

const files = new Pictures({ '/site/fox.png': 'bytes' });

/** Kind and line of each finding, with its cell in a notebook. */
async function foundIn(name: string, text: string): Promise<(string | number)[][]> {
	const findings = await findingsOfFile(`/site/${name}`, text, files);
	return findings.map(({ kind, line, cell }) => (cell === undefined ? [kind, line] : [kind, line, cell]));
}

const page = [
	'# Foxes',
	'',
	'<!-- limn: a fox -->',
	'![A fox](fox.png)',
	'',
	'![](cub.png)',
	'',
	'<!-- limn: a cub',
	'at dawn -->',
	'![](den/cub.png)',
	'',
	`<!-- limn: a fox | ${madeOf('a fox', 'bytes')} -->`,
	'![A fox](fox.png)',
];

/** A notebook whose cells have these lines; every second one is code. */
function notebookOf(...cells: readonly (readonly string[])[]): string {
	return JSON.stringify({
		cells: cells.map((lines, index) => {
			const source = lines.map((line, place) => (place < lines.length - 1 ? `${line}\n` : line));
			return index % 2 === 0
				? { cell_type: 'markdown', metadata: {}, source }
				: { cell_type: 'code', metadata: {}, source, outputs: [], execution_count: null };
		}),
		metadata: {},
		nbformat: 4,
		nbformat_minor: 5,
	});
}

describe('checking a file', () => {
	it('tells its findings with their lines, whatever its line ends are', async () => {
		const expected = [
			['stale', 2],
			['no-alt', 5],
			['broken-link', 5],
			['missing', 7],
		];
		assert.deepEqual(await foundIn('a.md', page.join('\n')), expected);
		assert.deepEqual(await foundIn('a.md', page.join('\r\n')), expected);
		assert.deepEqual(await foundIn('a.MD', page.join('\n')), expected);
	});

	it('counts lines as an editor does', async () => {
		const ends = fc.constantFrom('\n', '\r\n');
		await fc.assert(
			fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('', 'fox', 'limn:', '🦊'), ends)), async (lines) => {
				const text = `${lines.flat().join('')}\n\n<!-- limn: a fox -->\n`;
				const expected = text.slice(0, text.indexOf('<!--')).split(/\r\n|\n/).length - 1;
				assert.deepEqual(await foundIn('a.md', text), [['missing', expected]]);
			}),
		);
	});

	it('says what is wrong', async () => {
		const [finding] = await findingsOfFile('/site/a.md', 'a\n\n<!-- limn: a fox -->\n', files);
		assert.equal(sentence(finding?.message), 'No picture follows this recipe yet. Generate it.');
		assert.equal(finding?.recipe?.recipe.prompt, 'a fox');
	});

	it('reads each language by the end of the name', async () => {
		assert.deepEqual(await foundIn('a.html', '<!-- limn: a fox -->\n<img src="fox.png" alt="A fox">'), [['stale', 0]]);
		assert.deepEqual(await foundIn('a.tex', 'Foxes.\n% limn: a fox\n'), [['missing', 1]]);
		assert.deepEqual(await foundIn('a.css', '\n/* limn: a fox */\na { background: url("fox.png") }'), [['stale', 1]]);
	});

	it('finds nothing in what cannot be read', async () => {
		for (const name of ['a.txt', 'a', 'md', 'a.md.bak']) assert.deepEqual(await foundIn(name, page.join('\n')), []);
		assert.deepEqual(documentsOf('/site/a.txt', 'x'), []);
	});
});

describe('checking a notebook', () => {
	it('tells cell and line of each finding, and reads no code', async () => {
		const text = notebookOf(['# Foxes', '', '<!-- limn: a fox -->'], ['<!-- limn: code -->'], page.slice(5, 10));
		assert.deepEqual(await foundIn('a.ipynb', text), [
			['missing', 2, 0],
			['no-alt', 0, 2],
			['broken-link', 0, 2],
			['missing', 2, 2],
		]);
	});

	it('finds nothing in one that is damaged or empty', async () => {
		for (const text of [
			'',
			'{',
			'[]',
			'null',
			'{"cells":7}',
			'{"cells":[null,7,{"cell_type":"markdown"}]}',
			notebookOf(),
		]) {
			assert.deepEqual(await foundIn('a.ipynb', text), [], text);
		}
	});

	it('is told by the name', () => {
		assert.ok(isNotebook('/site/a.ipynb') && isNotebook('/site/a.IPYNB'));
		assert.ok(!isNotebook('/site/a.ipynb.md') && !isNotebook('/site/ipynb'));
	});

	it('takes its cells as documents of the same place', () => {
		const documents = documentsOf('/site/a.ipynb', notebookOf(['# a'], ['b'], ['c', 'd']));
		assert.deepEqual(
			documents.map(({ path, text, cell }) => [path, text, cell]),
			[
				['/site/a.ipynb', '# a', 0],
				['/site/a.ipynb', 'c\nd', 2],
			],
		);
	});
});

describe('a file with very many findings', () => {
	it('has their lines at once', async () => {
		const findings = await findingsOfFile('/site/a.md', '<!-- limn: a fox -->\n\ntext\n\n'.repeat(8000), files);
		assert.equal(findings.length, 8000);
		assert.equal(findings.at(-1)?.line, 7999 * 4);
	}).timeout(20_000);
});
