import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { placeBelow } from '../../../src/documents/placeReference';
import { imagesOfMarkdown, outlineOfMarkdown } from './references/parse';

const reference = '![fox](fox.png)';

/** The text after the editor inserted the reference where `placeBelow` says. */
function insertBelow(text: string, line: number, block = true): string {
	const eol = text.includes('\r\n') ? '\r\n' : '\n';
	const lines = text.split(/\r\n|\n/);
	const { line: end, before, after } = placeBelow(lines, line, block, eol);
	assert.ok(end >= 0 && end < lines.length);
	return lines.map((content, index) => (index === end ? content + before + reference + after : content)).join(eol);
}

/** What the blocks of a document hold, without the blocks themselves. */
const contents = (text: string): string[] => outlineOfMarkdown(text).filter((line) => line.includes(' '));

describe('placing a reference in Markdown', () => {
	const examples: readonly (readonly [what: string, text: string, line: number, result: string])[] = [
		['a paragraph', 'one\ntwo\n\nthree', 0, `one\ntwo\n\n${reference}\n\nthree`],
		['the last line of a paragraph', 'one\ntwo\n\nthree', 1, `one\ntwo\n\n${reference}\n\nthree`],
		['the last line of the text', 'one\n\ntwo', 2, `one\n\ntwo\n\n${reference}`],
		['the last line, ended', 'one\n', 0, `one\n\n${reference}\n`],
		['the only line', 'one', 0, `one\n\n${reference}`],
		['an empty text', '', 0, `\n\n${reference}`],
		['a heading with a paragraph right below', '# one\ntwo', 0, `# one\n\n${reference}\n\ntwo`],
		['a heading with a blank line below', '# one\n\ntwo', 0, `# one\n\n${reference}\n\ntwo`],
		['a paragraph right above a heading', 'one\n## two', 0, `one\n\n${reference}\n\n## two`],
		['a paragraph right above a fence', 'one\n```\nx\n```', 0, `one\n\n${reference}\n\n\`\`\`\nx\n\`\`\``],
		['a heading underlined', 'one\n===\n\ntwo', 0, `one\n===\n\n${reference}\n\ntwo`],
		['a list', '- one\n- two\n\nthree', 0, `- one\n- two\n\n${reference}\n\nthree`],
		['a table', '| a |\n|---|\n| b |\n\nthree', 0, `| a |\n|---|\n| b |\n\n${reference}\n\nthree`],
		['code', '```js\nx\n\ny\n```\nend', 1, `\`\`\`js\nx\n\ny\n\`\`\`\n\n${reference}\n\nend`],
		['the beginning of code', '```js\nx\n```\n', 0, `\`\`\`js\nx\n\`\`\`\n\n${reference}\n`],
		['the end of code', '```js\nx\n```\n', 2, `\`\`\`js\nx\n\`\`\`\n\n${reference}\n`],
		['code between two codes', '```\na\n```\n~~~\nb\n~~~\n', 4, `\`\`\`\na\n\`\`\`\n~~~\nb\n~~~\n\n${reference}\n`],
		[
			'text between two codes',
			'```\na\n```\n\none\n\n```\nb\n```',
			4,
			`\`\`\`\na\n\`\`\`\n\none\n\n${reference}\n\n\`\`\`\nb\n\`\`\``,
		],
		['Windows lines', 'one\r\ntwo\r\n\r\nthree', 0, `one\r\ntwo\r\n\r\n${reference}\r\n\r\nthree`],
	];
	for (const [what, text, line, result] of examples) {
		it(`below ${what}`, () => assert.equal(insertBelow(text, line), result));
	}

	it('leaves code that shows code in one piece', () => {
		const code = '````md\n```js\nx\n```\n````';
		for (const line of [0, 1, 2, 3, 4])
			assert.equal(insertBelow(`${code}\nend`, line), `${code}\n\n${reference}\n\nend`);
		const mixed = '~~~\n```\nx\n~~~';
		for (const line of [0, 1, 2, 3])
			assert.equal(insertBelow(`${mixed}\nend`, line), `${mixed}\n\n${reference}\n\nend`);
	});

	it('does not take code in a line for a fence', () => {
		assert.equal(insertBelow('```x``` one\ntwo\n\nthree', 0), `\`\`\`x\`\`\` one\ntwo\n\n${reference}\n\nthree`);
	});

	it('leaves code in a list in one piece', () => {
		const list = '- one\n\n    ```js\n    x\n\n    y\n    ```';
		assert.equal(insertBelow(`${list}\n\nend`, 3), `${list}\n\n${reference}\n\nend`);
		const item = '- ```js\n  x\n\n  y\n  ```';
		assert.equal(insertBelow(`${item}\n\nend`, 1), `${item}\n\n${reference}\n\nend`);
	});

	const words = fc.stringMatching(/^[a-z]{1,6}( [a-z]{1,6}){0,2}$/);
	const paragraph = fc.array(words, { minLength: 1, maxLength: 3 });
	const code = fc
		.tuple(
			fc.constantFrom('`', '~'),
			fc.integer({ min: 3, max: 5 }),
			fc.constantFrom('', 'js', ' md x'),
			fc.array(words),
		)
		.chain(([sign, length, info, body]) => {
			const shorter = fc.constantFrom(
				'',
				sign.repeat(length - 1),
				`${sign.repeat(length)}x`,
				'# x',
				sign === '`' ? '~~~' : '```',
			);
			const fence = sign.repeat(length);
			return fc
				.array(shorter, { maxLength: 3 })
				.map((odd) => [[fence + info], body.slice(0, 2), odd, body.slice(2, 3), [fence]].flat());
		});
	const blocks = fc.oneof(
		paragraph,
		words.map((text) => [`## ${text}`]),
		words.map((text) => [text, '---']),
		paragraph.map((lines) => lines.map((line) => `> ${line}`)),
		paragraph.map((lines) => lines.map((line) => `- ${line}`)),
		words.map((text) => ['| a | b |', '|---|---|', `| ${text} | c |`]),
		code,
	);
	const documents = fc
		.array(blocks, { minLength: 1, maxLength: 5 })
		.map((parts) => parts.flatMap((lines) => [...lines, '']));

	it('shows the picture as a paragraph of its own, and leaves every other block as it was', () => {
		fc.assert(
			fc.property(documents, fc.nat(), fc.boolean(), (lines, place, windows) => {
				const text = lines.join(windows ? '\r\n' : '\n');
				const result = insertBelow(text, place % lines.length);
				assert.equal(imagesOfMarkdown(result).length, 1, result);
				const [before, after] = [contents(text), contents(result)];
				const at = after.indexOf(`inline ${reference}`);
				assert.notEqual(at, -1, result);
				assert.deepEqual(after.toSpliced(at, 1), before);
			}),
			{ numRuns: 1000 },
		);
	});

	it('inserts only at the end of a line, and changes no other', () => {
		fc.assert(
			fc.property(documents, fc.nat(), (lines, place) => {
				const rest = insertBelow(lines.join('\n'), place % lines.length)
					.split('\n')
					.filter((line) => line !== '');
				assert.deepEqual(
					rest.filter((line) => line !== reference),
					lines.filter((line) => line !== ''),
				);
			}),
		);
	});
});

describe('placing a reference where a document is not prose', () => {
	it('stays below the front matter, blank lines in it or not', () => {
		const matter = '---\ntitle: x\n\ntags: y\n---';
		for (const line of [0, 1, 2, 3, 4]) {
			assert.equal(insertBelow(`${matter}\n\ntext`, line), `${matter}\n\n${reference}\n\ntext`);
		}
		assert.equal(insertBelow('text\n\n---\n\nmore', 0), `text\n\n${reference}\n\n---\n\nmore`);
		assert.equal(insertBelow('---\nno end', 1), `---\nno end\n\n${reference}`);
	});

	it('belongs to the text, not to the blank lines that were selected with it', () => {
		assert.equal(insertBelow('one\n\n\ntwo', 2), `one\n\n${reference}\n\n\ntwo`);
		assert.equal(insertBelow('a:\n\tone\n\n', 2, false), `a:\n\tone\n\t${reference}\n\n`);
	});
});

describe('placing a reference in any other language', () => {
	it('is right below the line, as far to the right', () => {
		assert.equal(
			insertBelow('<ul>\n\t  <li>one</li>\n</ul>', 1, false),
			`<ul>\n\t  <li>one</li>\n\t  ${reference}\n</ul>`,
		);
		assert.equal(insertBelow('one\r\ntwo', 0, false), `one\r\n${reference}\r\ntwo`);
		assert.equal(insertBelow('one', 0, false), `one\n${reference}`);
		assert.equal(insertBelow('', 0, false), `\n${reference}`);
	});

	it('adds one line and changes none', () => {
		fc.assert(
			fc.property(
				fc.array(fc.stringMatching(/^[\t ]{0,3}[a-z#`]{0,6}$/), { minLength: 1 }),
				fc.nat(),
				(lines, place) => {
					const chosen = place % lines.length;
					const line = Math.max(
						0,
						lines.findLastIndex((text, index) => index <= chosen && text.trim() !== ''),
					);
					const result = insertBelow(lines.join('\n'), chosen, false).split('\n');
					assert.deepEqual(result.toSpliced(line + 1, 1), lines);
					assert.equal(result[line + 1]?.trim(), reference);
				},
			),
		);
	});
});
