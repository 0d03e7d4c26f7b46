import assert from 'node:assert/strict';
import { markdown } from '../../../../../src/documents/languages/markdown';
import { readMarkdown } from '../../../../../src/documents/languages/markdown/readMarkdown';
import { assertSame } from '../mdast';
import { hrefsSeen, seenIn } from '../seen';

/** Asserts what pictures a document has, by their addresses; and that mdast agrees. */
function assertHrefs(text: string, hrefs: readonly string[]): void {
	assert.deepEqual(
		readMarkdown(text, 'markdown').pictures.map(({ href }) => href),
		hrefs,
		text,
	);
	assertSame(text);
}

const read = (text: string) => seenIn(markdown, text);

describe('blocks of Markdown', () => {
	const blocks: readonly (readonly [text: string, ...hrefs: string[]])[] = [
		['```\n![a](b)\n```\n![c](d)', 'd'],
		['````md\n```\n![a](b)\n```\n````\n![c](d)', 'd'],
		['~~~ `x`\n![a](b)\n```\n~~~~\n![c](d)', 'd'],
		['``` `x`\n![a](b)\n```', 'b'],
		['```\n![a](b)'],
		['   ```\n![a](b)\n    ```\n```\n![c](d)', 'd'],
		['- ```\n  ![a](b)\n  ```\n  ![c](d)', 'd'],
		['- ```\n  ![a](b)\n\n![c](d)', 'd'],
		['> ```\n> ![a](b)\n![c](d)', 'd'],
		['1. a\n\n   ```\n   ![a](b)\n   ```\n   ![c](d)', 'd'],
		['text\n```\n![a](b)\n```'],
		['    ![a](b)\n\n\t![c](d)\n\ntext\n    ![e](f)', 'f'],
		['- a\n\n      ![a](b)\n\n  ![c](d)\n\n    ![e](f)', 'd', 'f'],
		['-     ![a](b)\n-    ![c](d)', 'd'],
		['>     ![a](b)\n>    ![c](d)', 'd'],
		['>\t\t![a](b)\n\n>\t![c](d)', 'd'],
		['-\n  ![a](b)\n\n-\n\n      ![c](d)', 'b'],
		['# ![a](b) #\n## ![c](d)\n#![e](f)\n####### ![g](h)', 'b', 'd', 'f', 'h'],
		['![a\n---\nb](c)'],
		['![a\n===\nb](c)'],
		['![a\n***\nb](c)'],
		['![a\n# b](c)'],
		['![a\n> b](c)'],
		['![a\n- b](c)'],
		['![a\n2. b](c)', 'c'],
		['![a\n1. b](c)'],
		['![a\n- \nb](c)'],
		['![a\n\nb](c)'],
		['> ![a\nb](c)', 'c'],
		['> > ![a\n> b](c)', 'c'],
		['- > ![a\n  b](c)', 'c'],
		['> ![a\n    b](c)', 'c'],
		['> ![a\n```\nb](c)'],
		['* * *\n![a](b)\n- - -\n![c](d)\n_ _ _', 'b', 'd'],
		['10) ![a](b)\n11) ![c](d)\n1234567890) ![e](f)', 'b', 'd', 'f'],
		['| a ![x | y](z) |\n|-|-|\n| ![x \\| y](z) | ![p](q) |', 'z', 'q'],
		['a\n| ![b](c) |\n|:-:|\n| `![d](e)` | ![f](g)\n![h](i)\n\n![j](k)', 'c', 'g', 'i', 'k'],
		['> | a |\n> |---|\n> | ![b](c) |\n![d](e)', 'c', 'e'],
		['| a |\n|---|---|\n| ![b](c) |', 'c'],
		['a[^1]\n\n[^1]: ![b](c)\n\n    ![d](e)\n\n        ![f](g)\n', 'c', 'e'],
		['- [ ] ![a](b)\n- [x] ![c](d)', 'b', 'd'],
	];
	for (const [text, ...hrefs] of blocks) it(`stand in blocks: ${JSON.stringify(text)}`, () => assertHrefs(text, hrefs));

	it('are not looked for in front matter', () => {
		for (const mark of ['---', '+++', '---  ']) {
			for (const eol of ['\n', '\r\n']) {
				const text = [mark, 'cover: "![a](b)"', '', '<!-- x -->', mark, '![c](d)'].join(eol);
				assert.deepEqual(hrefsSeen(read(text)), ['d'], text);
				assert.deepEqual(hrefsSeen(read(`\uFEFF${text}`)), ['d'], text);
				assert.deepEqual(read(text).comments, []);
			}
		}
		assert.deepEqual(hrefsSeen(read('---\n---\n![c](d)')), ['d']);
		assert.deepEqual(hrefsSeen(read('---\n![a](b)\n')), ['b']);
		assert.deepEqual(hrefsSeen(read('+++\n![a](b)\n---\n')), ['b']);
		assert.deepEqual(hrefsSeen(read('\n---\n![a](b)\n---\n')), ['b']);
		assert.deepEqual(hrefsSeen(read('--- x\n![a](b)\n---\n')), ['b']);
	});
});
