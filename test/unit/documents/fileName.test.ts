import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isNoneOnWindows, safeName, slug } from '../../../src/documents/fileName';

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Lone surrogates included: prompts come from JavaScript strings. */
const anyText = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: 'grapheme' }),
	fc.string({ unit: 'binary', minLength: 300, maxLength: 400 }),
	fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

/** Pieces that names have failed on, in any order. */
const pieces = [
	[
		'con',
		'AUX',
		'nul',
		'COM1',
		'lpt¹',
		'CONIN$',
		'.',
		'..',
		' ',
		'-',
		'/',
		'\\',
		':',
		'?',
		'*',
		'|',
		'<',
		'"',
		'png',
		'~',
	],
	[
		'\0',
		'\t',
		'\n',
		'\u007F',
		'\u0085',
		'\u200B',
		'\u202E',
		'\u2028',
		'\uFEFF',
		'\uD800',
		'\uDC00',
		'\u{E0041}',
		"'",
		'’',
	],
	['\u200C', '\u200D', 'م', 'ک', 'क्', 'ष'],
	['a', 'é', 'e\u0301', '森', '😀', '👨‍👩‍👧', 'ß', 'İ', 'ﬁ', '٣', '한', 'ไ', '$', '%'],
].flat();
const nasty = fc.array(fc.constantFrom(...pieces), { maxLength: 90 }).map((parts) => parts.join(''));

const windowsDevice = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[. ]*(\.|$)/i;

/** Joiners inside the words that are written with them. */
const joined = /(?<=[\u0600-\u0DFF])[\u200C\u200D](?=[\u0600-\u0DFF])/gu;

/** What every file system of our users takes as one name, with `-9999.webp` behind it. */
function assertSafe(name: string): void {
	assert.doesNotMatch(name, /\p{Cs}/u, 'no half of a character');
	assert.doesNotMatch(name, /[<>:"/\\|?*]/);
	const unjoined = name.replace(joined, '');
	assert.doesNotMatch(unjoined, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u, 'nothing invisible, nothing that turns the text round');
	assert.doesNotMatch(name, /^ |[. ]$/);
	assert.doesNotMatch(name, windowsDevice);
	assert.doesNotMatch(`${name}.png`, windowsDevice);
	assert.ok(bytesOf(`${name}-9999.webp`) <= 255);
}

describe('a safe name', () => {
	it('is one that Windows can have', () => {
		fc.assert(
			fc.property(fc.oneof(anyText, nasty), (text) => assert.ok(!isNoneOnWindows(safeName(text)))),
			{ numRuns: 1000 },
		);
		for (const name of ['con', 'NUL.txt', 'a:b', 'a?', 'a.', 'a ', '...']) assert.ok(isNoneOnWindows(name), name);
	});

	it('is one that every system keeps, whatever the text', () => {
		fc.assert(
			fc.property(fc.oneof(anyText, nasty), (text) => assertSafe(safeName(text))),
			{ numRuns: 1000 },
		);
	});

	it('leaves alone what is safe already', () => {
		for (const name of [
			'fox',
			'A fox, at dawn!',
			'v1.2',
			'.hidden',
			'Ångström',
			'森の夜明け',
			'한국어',
			'naïve_~$%&',
			'image-con',
		]) {
			assert.equal(safeName(name), name);
		}
	});

	it('does not change a name that it made', () => {
		fc.assert(
			fc.property(fc.oneof(anyText, nasty), (text) => {
				const once = safeName(text);
				if (!once.startsWith('image-')) assert.equal(safeName(once), once);
			}),
		);
	});

	it('keeps letters, digits and emoji of short texts', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom(...Array.from('azAZ09äß森夜한😀_-~')), minLength: 1, maxLength: 20 }),
				(text) => {
					assert.ok(safeName(text).endsWith(text));
				},
			),
		);
	});

	const devices = 'CON con PrN aux.txt NUL.tar.gz COM1 com9.x COM0 LPT¹ lpt³.png CONIN$ conout$.log'.split(' ');
	for (const name of [...devices, 'con .txt', 'aux  ']) {
		it(`frees ${name} of its device`, () => assert.match(safeName(name), /^image-/));
	}

	it('does not mistake a word for a device', () => {
		for (const name of ['contour', 'auxiliary', 'com10', 'lpt', 'nullable', 'my con', 'con-1']) {
			assert.equal(safeName(name), name);
		}
	});

	it('takes off dots and blanks at the end, also those that the cut brings there', () => {
		assert.equal(safeName('fox. . .'), 'fox');
		assert.equal(safeName(`${'a'.repeat(199)}. tail`), 'a'.repeat(199));
		assert.equal(safeName('...'), '');
		assert.equal(safeName('..'), '');
		assert.equal(safeName('  fox'), 'fox');
	});

	it('turns a path into one segment', () => {
		assert.equal(safeName('../../etc/passwd'), '..-..-etc-passwd');
		assert.equal(safeName('C:\\x'), 'C-x');
		assert.equal(safeName('a\0b'), 'a-b');
		assert.equal(safeName('fox\u202Egnp.exe'), 'fox-gnp.exe');
	});

	it('leaves joiners inside the words that are written with them, and nowhere else', () => {
		for (const word of ['می\u200cخواهم', 'क्\u200dष', 'র\u200c্য', 'ශ්\u200dරී']) assert.equal(safeName(word), word);
		const others = {
			'\u200cمی': '-می',
			'می\u200c': 'می-',
			'می\u200c\u200dخ': 'می-خ',
			'می\u200c.png': 'می-.png',
			'.g\u200cit': '.g-it',
			'م\u200cg': 'م-g',
			'森\u200d森': '森-森',
			'м\u200cи': 'м-и',
		};
		for (const [word, name] of Object.entries(others)) assert.equal(safeName(word), name);
		const cut = safeName(`${'a'.repeat(195)}م\u200cم`);
		assert.equal(cut, `${'a'.repeat(195)}م`);
	});

	it('cuts between characters, never inside one', () => {
		for (const character of ['é', '森', '😀']) {
			const cut = safeName(character.repeat(300));
			assert.equal(cut, character.repeat(Math.floor(200 / bytesOf(character))));
		}
	});
});

describe('a slug', () => {
	const examples: readonly (readonly [prompt: string, slug: string])[] = [
		['A fox, at dawn!', 'a-fox-at-dawn'],
		['  __Bold__ (and) *brave*  ', 'bold-and-brave'],
		["the fox's den, l’école", 'the-foxs-den-lécole'],
		['Ölkrug & Übergröße', 'ölkrug-übergröße'],
		['夜明けの灯台、水彩画', '夜明けの灯台-水彩画'],
		['한국의 봄', '한국의-봄'],
		['маяк на рассвете', 'маяк-на-рассвете'],
		['منارة عند الفجر', 'منارة-عند-الفجر'],
		['จิตรกรรมไทย', 'จิตรกรรมไทย'],
		['हिन्दी में', 'हिन्दी-में'],
		['ﬁne Ａrt ①', 'fine-art-1'],
		['e\u0301te\u0301', 'été'],
		['caf\u0065\u034F\u0301', 'café'],
		['fox 🦊 at 🌅 dawn', 'fox-at-dawn'],
		['1️⃣ first', '1-first'],
		['zero\u200Bwidth', 'zerowidth'],
		['fox\u202Egnp', 'foxgnp'],
		['line\none', 'line-one'],
		['a--b', 'a-b'],
		['\u0301 mark without a letter', 'mark-without-a-letter'],
		['../../etc/passwd', 'etc-passwd'],
		['C:\\Windows', 'c-windows'],
		['', 'image'],
		['   ', 'image'],
		['😀🎉', 'image'],
		['...', 'image'],
		['\uD800', 'image'],
		['\0\u0007', 'image'],
		['CON', 'image-con'],
		['LPT¹', 'image-lpt1'],
		['aux.txt', 'aux-txt'],
	];
	for (const [prompt, expected] of examples) {
		it(`of ${JSON.stringify(prompt)} is ${expected}`, () => assert.equal(slug(prompt), expected));
	}

	it('is safe, never empty, words joined by single hyphens, in one Unicode form', () => {
		fc.assert(
			fc.property(fc.oneof(anyText, nasty), (text) => {
				const name = slug(text);
				assertSafe(name);
				assert.match(name, /^[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(-[\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*$/u);
				assert.ok(Array.from(name).length <= 66);
				assert.equal(name, name.normalize('NFC'));
			}),
			{ numRuns: 1000 },
		);
	});

	it('is the same for texts that look the same', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				assert.equal(slug(text.normalize('NFD')), slug(text.normalize('NFC')));
				assert.equal(slug(` ${text}!`), slug(text));
			}),
		);
	});

	it('cuts a long prompt between words', () => {
		const prompt = Array.from({ length: 60 }, () => 'word').join(' ');
		assert.equal(prompt.length, 299);
		assert.equal(slug(prompt), Array.from({ length: 12 }, () => 'word').join('-'));
		assert.equal(slug(`${'a'.repeat(60)} tail`), 'a'.repeat(60), 'a word that just fits');
	});

	it('cuts a long word where it must', () => {
		assert.equal(slug('a'.repeat(300)), 'a'.repeat(60));
		assert.equal(slug(`ab ${'c'.repeat(300)}`), `ab-${'c'.repeat(57)}`);
		assert.equal(slug('森'.repeat(300)), '森'.repeat(60));
	});

	it('does not end in a hyphen where the bytes run out between two words', () => {
		const rare = '\u{20000}';
		assert.equal(slug(`${rare.repeat(49)} ${rare.repeat(8)}`), rare.repeat(49));
	});
});
