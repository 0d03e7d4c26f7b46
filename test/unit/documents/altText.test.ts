import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { altCharacters, altOf, altOfDescription, isRefusal } from '../../../src/documents/altText';
import { promptOfSelection } from '../../../src/documents/prose';

type Examples = readonly (readonly [prompt: string, alt: string])[];

function check(examples: Examples, altOfIt: (text: string) => string = altOf): void {
	for (const [prompt, alt] of examples) assert.equal(altOfIt(prompt), alt, prompt);
}

/** Everything that is a sign somewhere, and everything that ends, joins or orders. */
const pieces = [
	[
		'fox',
		'a',
		'Dr.',
		'St.',
		'e.g.',
		'3.5',
		'no.',
		'J.',
		'snow',
		'森',
		'É',
		'ß',
		'iPhone',
		'می\u200Cخواهم',
		'👩\u200D🚀',
		'é',
	],
	[
		'. ',
		'! ',
		'? ',
		'; ',
		': ',
		', ',
		'…',
		'。',
		'！',
		'，',
		'.',
		'...',
		'-',
		' – ',
		'\n',
		'\n\n',
		'\r\n\r\n',
		'\t',
		' ',
		' ',
		' ',
	],
	['Draw ', 'Generate an image of ', 'please create ', 'a picture of ', 'Prompt: ', 'show me ', 'Alt text: '],
	[', watercolour', ', 4k', ', in the style of Monet', ', no text', ', white background', 'watercolour, '],
	[
		'**',
		'_',
		'*',
		'`',
		'~~',
		'"',
		'“',
		'”',
		'«',
		'»',
		"'",
		'(',
		')',
		'((',
		'))',
		'[',
		']',
		'](',
		'![',
		'{',
		'}',
		':1.2)',
		':0.5]',
	],
	[
		'<lora:x:1>',
		', ',
		'/imagine ',
		'Style: ',
		'Mood: ',
		'Subject: ',
		'This is ',
		'The picture is of ',
		'Illustrate the following text: ',
		' --ar 16:9',
		' --v 6 ',
		'https://a.b/c?d=e',
		'www.a.b',
		'data:image/png;base64,AAAA',
		'&amp;',
		'\u0000',
		'\u202E',
		'\uFEFF',
	],
].flat();
const built = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(''));
const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
const long = fc.array(fc.oneof(built, anything), { minLength: 5, maxLength: 30 }).map((parts) => parts.join(' '));
const prompt = fc.oneof(built, anything, long);

function words(count: number): string {
	return Array.from({ length: count }, () => 'word').join(' ');
}

describe('the alt text of a prompt', () => {
	it('is a short prompt, as a person would write it', () => {
		check([
			['A fox, at dawn!', 'A fox, at dawn!'],
			['a\nfox\t at  dawn ', 'A fox at dawn'],
			['What is a fox?', 'What is a fox?'],
			['a fox.', 'A fox'],
			['a fox, ', 'A fox'],
			['A diagram: ', 'A diagram'],
			['a photo of a fox', 'A photo of a fox'],
			['一只狐狸', '一只狐狸'],
			['🦊', '🦊'],
			['', ''],
			[' \n ', ''],
			['x'.repeat(125), `X${'x'.repeat(124)}`],
		]);
	});

	it('begins with a capital, but leaves names as they are written', () => {
		check([
			['éclairs on a plate', 'Éclairs on a plate'],
			['foxes, asleep', 'Foxes, asleep'],
			['iPhone on a desk', 'iPhone on a desk'],
			['utf8 in hex', 'utf8 in hex'],
			['snake_case in code', 'snake_case in code'],
			['limn.generate at work', 'limn.generate at work'],
			['ßig', 'ßig'],
			['ŉ fox', 'ŉ fox'],
			['лиса в снегу', 'Лиса в снегу'],
		]);
	});

	it('is the first sentence or clause', () => {
		check([
			['A fox sleeps. It dreams of hens.', 'A fox sleeps'],
			['a fox sleeps. it dreams.', 'A fox sleeps'],
			['A fox sleeps; hens do not', 'A fox sleeps'],
			['Look, a fox! It sleeps.', 'Look, a fox!'],
			['Who is there? A fox.', 'Who is there?'],
			['A sign says “Stop.” Cars wait.', 'A sign says “Stop.”'],
			['一只狐狸在雪地里。远处有山。', '一只狐狸在雪地里'],
			['狐は眠る！山は高い', '狐は眠る！'],
			['狐；鶏', '狐'],
			['Foxes\n\nA fox sleeps.', 'Foxes'],
			['Foxes\r\n \r\nA fox sleeps.', 'Foxes'],
			['---\n\n!\n\na fox', 'A fox'],
		]);
	});

	it('goes on where nothing ends', () => {
		check([
			["The square of St. Mark's at noon", "The square of St. Mark's at noon"],
			['Dr. Who and Mrs. Fox. Then the rest', 'Dr. Who and Mrs. Fox'],
			['a beast, e.g. a fox, i.e. red', 'A beast, e.g. a fox, i.e. red'],
			['J. M. W. Turner at sea. In fog.', 'J. M. W. Turner at sea'],
			['The U.S. flag', 'The U.S. flag'],
			['a wall 3.5 m high. Of brick.', 'A wall 3.5 m high'],
			['No. 5 on the door', 'No. 5 on the door'],
			['The fox says no. The hen agrees', 'The fox says no'],
			['1. A fox. Asleep', '1. A fox'],
			['a fox... at dawn', 'A fox... at dawn'],
			['Yahoo! at night', 'Yahoo! at night'],
			['Tom &amp; Jerry &#233; x', 'Tom &amp; Jerry &#233; x'],
			['Architecture: a client and a server', 'Architecture: a client and a server'],
			['a fox !moderation', 'A fox !moderation'],
			['README.md in a tree', 'README.md in a tree'],
		]);
	});

	it('has no orders to a model in it', () => {
		check([
			['Draw a fox', 'A fox'],
			['draw foxes at play', 'Foxes at play'],
			['Generate an image of a fox', 'A fox'],
			['Please create a picture showing two foxes', 'Two foxes'],
			['Can you paint me a watercolour of a fox?', 'A watercolour of a fox?'],
			['Show the moon over a barn', 'The moon over a barn'],
			['An image of a fox', 'A fox'],
			['Prompt: a fox', 'A fox'],
			['imagine a fox', 'A fox'],
		]);
	});

	it('is what is to be seen, not what the prompt calls it or says of it', () => {
		check([
			['Style: flat vector. Subject: a developer reviewing code', 'A developer reviewing code'],
			['Style: flat vector\nPalette: blue, white\nSubject: a developer', 'A developer'],
			['Mood: calm. Lighting: soft; Palette: muted. A fox asleep', 'A fox asleep'],
			['Style: flat vector\n\nA fox asleep', 'A fox asleep'],
			['Style: flat vector', 'Style: flat vector'],
			['A subject: the fox', 'A subject: the fox'],
			['/imagine prompt: a lighthouse', 'A lighthouse'],
			['/imagine a lighthouse --ar 16:9', 'A lighthouse'],
			['Illustrate the following paragraph: The river rises. It falls', 'The river rises'],
			['Please create an image for this passage from a book: the river rises', 'The river rises'],
			['Draw a slide with the following points: foxes, hens', 'A slide with the following points: foxes, hens'],
			['This is a photo of a fox', 'A photo of a fox'],
			['This is an image of a fox', 'A fox'],
			['The picture is of a fox', 'A fox'],
			['This is a fox', 'This is a fox'],
		]);
	});

	it('keeps verbs that are none', () => {
		const kept = [
			'Sketch of a fox',
			'Paint bucket on a shelf',
			'Show jumping',
			'Design for a chair',
			'Render farm at night',
		];
		check([...kept, 'Draw', 'Create', 'The picture of Dorian Gray', 'A drawing of a fox'].map((text) => [text, text]));
	});

	it('has no talk of style at its end or beginning', () => {
		check([
			['a lighthouse at dawn, watercolour, 4k, highly detailed, style of Turner, Monet', 'A lighthouse at dawn'],
			['a lighthouse, a boat, cinematic lighting, 8k', 'A lighthouse, a boat'],
			['watercolor, a lighthouse, trending on artstation', 'A lighthouse'],
			['A server rack, flat vector illustration, white background, no text.', 'A server rack'],
			['a fox, in the style of Hokusai, at night', 'A fox'],
			['a fox, digital art and oil painting', 'A fox'],
			['a fox，4k', 'A fox'],
			['一只狐狸，雪地，4k', '一只狐狸，雪地'],
			['watercolour, 4k', 'Watercolour, 4k'],
		]);
	});

	it('keeps what is a matter, be it of art', () => {
		const kept = [
			'A flat vector illustration of a server',
			'Bread, charcoal, apples',
			'Children reading, painting, playing',
			'A room full of books, art, and flowers',
			'Gold, frankincense and myrrh',
			'A studio with lights, cameras',
			'A watercolour box, open',
		];
		check(kept.map((text) => [text, text]));
	});

	it('has no marks in it that programs read', () => {
		check([
			['**Foxes** live in `dens` and _sleep_', 'Foxes live in dens and sleep'],
			['~~no~~ __yes__ *maybe*', 'No yes maybe'],
			['2 * 3 * 4 and a_b_c', '2 * 3 * 4 and a_b_c'],
			['a (fox:1.2) in ((snow)) and [fog:0.5]', 'A fox in snow and fog'],
			['a screen (16:9) and (a ratio)', 'A screen (16:9) and (a ratio)'],
			['a fox <lora:fur:0.8> at dawn', 'A fox at dawn'],
			['long hair, <lora:x:1>, (eyes:1.2)', 'Long hair, eyes'],
			['a fox, <lora:x:1>, <lora:y:1>, a hen', 'A fox, a hen'],
			['a fox --ar 16:9 --no text, logo --v 6', 'A fox'],
			['git commit --amend in a shell', 'Git commit --amend in a shell'],
			['a fox, see https://a.b/c?d=e,f. Then more', 'A fox, see'],
			['a fox like [this one](https://a.b/c.png) at dawn', 'A fox like this one at dawn'],
			['![a fox](fox.png)', 'A fox'],
			['"a fox"', 'A fox'],
			['„ein Fuchs“', 'Ein Fuchs'],
			['"Tom" & Jerry', '"Tom" & Jerry'],
			['A [red] fox', 'A [red] fox'],
			['a\0fox\u202E at\u2028dawn', 'A fox at dawn'],
		]);
	});

	it('is the prompt itself where nothing else is left of it', () => {
		check([
			['https://a.b/c', 'https://a.b/c'],
			['--ar 16:9', '--ar 16:9'],
			['...', ''],
			['<lora:x:1>', '<lora:x:1>'],
		]);
	});

	it('is cut between words, with an ellipsis', () => {
		assert.equal(altOf(words(60)), `W${words(24).slice(1)}…`);
		assert.equal(altOf(`${words(23)}, more, ${words(9)}`), `W${words(23).slice(1)}, more…`);
		assert.equal(altOf('森'.repeat(300)), `${'森'.repeat(124)}…`);
		assert.equal(altOf(`a ${'b'.repeat(300)}`), `A ${'b'.repeat(122)}…`);
		assert.equal(altOf('👩\u200D🚀'.repeat(300)), `${'👩\u200D🚀'.repeat(41)}…`, 'never within a character');
	});

	it('is found soon, however long and odd the prompt', () => {
		for (const piece of [
			'(',
			'**',
			'[a](',
			'draw ',
			'"',
			'a. ',
			', 4k',
			'--',
			'<lora:',
			'style of ',
			'and ',
			'\n \n',
			'very ',
			'Style: ',
			'Style: a. ',
			'illustrate this ',
			'This is a ',
		]) {
			const started = performance.now();
			altOf(piece.repeat(100_000));
			altOf(`a ${piece.repeat(100_000)}`);
			assert.ok(performance.now() - started < 1500, piece);
		}
	});

	it('is the same of what a selection suggests', () => {
		const selection = '/**\n * Draws a **fox** at dawn. It is red.\n */';
		assert.equal(altOf(promptOfSelection(selection)), 'Draws a fox at dawn');
	});

	it('is one short line, the same for itself, and never empty where there is a letter', () => {
		fc.assert(
			fc.property(prompt, (text) => {
				const alt = altOf(text);
				assert.ok(Array.from(alt).length <= altCharacters);
				assert.equal(alt, alt.trim());
				assert.doesNotMatch(alt, /[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}|\s{2}/u);
				assert.equal(altOf(alt), alt);
				if (/\p{L}/u.test(text)) assert.match(alt, /\S/);
				if (/\p{L}/u.test(alt)) assert.doesNotMatch(alt, /[.,:;]$/);
			}),
			{ numRuns: 5000 },
		);
	});
});

describe('the alt text of a description', () => {
	it('is the description without what introduces it', () => {
		check(
			[
				['A fox sleeps in the snow.', 'A fox sleeps in the snow'],
				['The image shows a fox in the snow.', 'A fox in the snow'],
				['This picture depicts two foxes', 'Two foxes'],
				['This is a photo of a fox.', 'A photo of a fox'],
				['This is an image of a fox.', 'A fox'],
				['The picture is of a fox.', 'A fox'],
				['Alt text: "A fox, asleep."', 'A fox, asleep'],
				['Sure! Here is the alt text you asked for: **A fox** in snow.', 'A fox in snow'],
				['"A fox"\n', 'A fox'],
				['A painting, watercolour, of a fox', 'A painting, watercolour, of a fox'],
				['A fox. It sleeps.', 'A fox. It sleeps'],
				['Draw near: a sign', 'Draw near: a sign'],
				['', ''],
			],
			altOfDescription,
		);
	});

	it('is as many whole sentences of it as fit, and cut where one is too long', () => {
		const more = ' It sleeps in the snow and dreams of hens.'.repeat(4);
		const two = 'It sleeps in the snow and dreams of hens. It sleeps in the snow and dreams of hens';
		assert.equal(altOfDescription(`The image shows a fox.${more}`), `A fox. ${two}`);
		assert.equal(altOfDescription(`A fox. It sleeps; ${'snow falls, and '.repeat(9)} so on.`), 'A fox');
		assert.equal(altOfDescription(`A fox; ${'snow falls, and '.repeat(9)} so on.`), 'A fox');
		assert.equal(altOfDescription(`狐狸睡了。${'雪'.repeat(200)}。`), '狐狸睡了');
		assert.match(
			altOfDescription(`A fox and ${'another fox and '.repeat(20)}`),
			/^A fox and another .* another fox and…$/,
		);
	});

	it('is one short line', () => {
		fc.assert(
			fc.property(prompt, (text) => {
				const alt = altOfDescription(text);
				assert.ok(Array.from(alt).length <= altCharacters);
				assert.doesNotMatch(alt, /[\p{Cc}\p{Zl}\p{Zp}]|\s{2}|^\s|\s$/u);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('a refusal', () => {
	for (const words of [
		"I'm sorry, but I can't describe this image.",
		'I’m sorry. I can’t help with that.',
		'I am very sorry, but no.',
		'Sorry, I cannot help with that.',
		'I cannot identify the people in this picture.',
		' I can’t\nassist with this request.',
		'Unfortunately, I am unable to see it.',
		'I’m unable to describe it.',
		'I apologize for that.',
		'As an AI model, I see nothing.',
		'My apologies.',
	]) {
		it(`is ${JSON.stringify(words)}`, () => assert.ok(isRefusal(words)));
	}

	for (const words of [
		'A fox that says “Sorry”',
		'A sign: I cannot sleep',
		'Sorry-looking foxes in the rain',
		'Sorry foxes in the rain',
		'I can see a fox',
		'“I cannot sleep” on a poster',
		'Iceland in winter',
		'',
	]) {
		it(`is not ${JSON.stringify(words)}`, () => assert.ok(!isRefusal(words)));
	}
});
