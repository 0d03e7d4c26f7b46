import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { decodeReferences, unescapeMarkdown } from '../../../../../src/documents/languages/text/characterReferences';

/** The text that a piece of HTML shows. */
function textOfHtml(html: string): string {
	return parseFragment(html)
		.childNodes.map((node: DefaultTreeAdapterMap['childNode']) => ('value' in node ? node.value : ''))
		.join('');
}

/** The title of a link in Markdown: text with escapes, and without anything else. */
function textOfMarkdown(text: string): unknown {
	const [paragraph] = fromMarkdown(`[a](b "${text}")`).children;
	const link = paragraph?.type === 'paragraph' ? paragraph.children[0] : undefined;
	return link?.type === 'link' ? (link.title ?? '') : undefined;
}

const names = (
	'amp lt gt quot apos nbsp copy reg yuml eacute Auml AElig szlig shy laquo frac12 ndash mdash hellip lsquo ' +
	'rdquo bdquo bull euro trade zwj rarr oelig Scaron minus infin excl num dollar percnt lpar rpar ast plus ' +
	'comma period sol colon semi equals quest commat lsqb rsqb lbrack rbrack bsol lowbar grave lcub rcub ' +
	'lbrace rbrace vert verbar Hat'
).split(' ');

describe('character references', () => {
	it('are the characters that HTML says', () => {
		for (const name of names) assert.equal(decodeReferences(`a&${name};b`), textOfHtml(`a&${name};b`), name);
	});

	it('may be numbers', () => {
		const numbers = fc.nat(0x10ffff).filter((code) => code >= 0xa0 && (code < 0xd800 || code > 0xdfff));
		fc.assert(
			fc.property(numbers, (code) => {
				const forms = [`&#${code};`, `&#x${code.toString(16)};`, `&#X${code.toString(16).toUpperCase()};`];
				for (const form of forms) assert.equal(decodeReferences(form), textOfMarkdown(form), form);
			}),
		);
		assert.equal(decodeReferences('&#38;#38;'), '&#38;');
	});

	it('that no text can have are replaced', () => {
		for (const code of [
			0, 1, 0x1f, 0x7f, 0x9f, 0xd800, 0xdfff, 0xfdd0, 0xfffe, 0xffff, 0x1fffe, 0x10ffff, 0x110000, 9_999_999,
		])
			assert.equal(decodeReferences(`&#${code};`), '\uFFFD', `${code}`);
		assert.equal(decodeReferences('&#9;&#10;&#13;'), '\t\n\r');
	});

	it('stay as they are where they are none', () => {
		for (const text of [
			'&',
			'&;',
			'&amp',
			'&#;',
			'&#x;',
			'&#xg;',
			'&#12345678;',
			'&#x1234567;',
			'&nosuchname;',
			'& amp;',
			'&a b;',
			'&1;',
		])
			assert.equal(decodeReferences(text), text);
	});
});

describe('escapes of Markdown', () => {
	it('are what other parsers take off', () => {
		const part = fc.constantFrom(
			'a',
			'\\',
			'\\\\',
			'\\!',
			'\\*',
			'\\a',
			'\\é',
			'&amp;',
			'\\&amp;',
			'&#33;',
			'&',
			';',
			'(',
			'*',
			'_',
			'😀',
			' b',
		);
		fc.assert(
			fc.property(fc.array(part), (parts) => {
				const text = parts.join('');
				// A backslash at the end would be that of the quote.
				fc.pre(!/(?<!\\)(?:\\\\)*\\$/.test(text));
				assert.equal(unescapeMarkdown(text), textOfMarkdown(text));
			}),
		);
	});

	it('are those before signs of ASCII only', () => {
		const signs = Array.from({ length: 0x80 - 0x20 }, (_, index) => String.fromCharCode(0x20 + index));
		for (const sign of signs) {
			const isSign = /[!-/:-@[-`{-~]/.test(sign);
			assert.equal(unescapeMarkdown(`\\${sign}`), isSign ? sign : `\\${sign}`);
		}
	});
});
