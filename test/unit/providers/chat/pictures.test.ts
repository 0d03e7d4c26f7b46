import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { pieceOf } from '../../../../src/domain/picture';
import { picturesIn } from '../../../../src/providers/chat/pictures';
import { chat } from '../../../../src/providers/chat/chat';
import { type Call, type Reply, unbegun } from '../../../../src/providers/provider';
import { callFor } from '../calls';

const call = callFor('vincony/openai/gpt-image-2');

/** The first bytes of a PNG, and a number. */
function picture(number = 1): Uint8Array {
	return Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, number);
}
const bytes = picture();
const base64 = Buffer.from(bytes).toString('base64');
const dataUrl = `data:image/png;base64,${base64}`;
const address = 'https://cdn.example.org/files/7';
const named = `${address}.png?sig=a%2Fb&x=1`;

function read(json: unknown, of: Call = call, more: Partial<Reply> = {}) {
	return chat.read({ status: 200, headers: {}, json, ...more }, of, unbegun);
}

function imagesIn(json: unknown) {
	return read(json).images;
}

const message = (content: unknown, more: object = {}) => ({
	choices: [{ index: 0, message: { role: 'assistant', content, ...more }, finish_reason: 'stop' }],
});
const images = (...items: unknown[]) => message('Here it is.', { images: items });
const part = (item: unknown) => message([{ type: 'text', text: 'Here it is.' }, item]);

const fence = '```';
/** Each of the reference’s shapes: the title, the answer, the picture that is in it. */
const shapes: readonly (readonly [title: string, json: unknown, found: object])[] = [
	['images[].image_url.url', images({ type: 'image_url', image_url: { url: dataUrl } }), { bytes }],
	['images[].image_url.url, decoded on the way', images({ type: 'image_url', image_url: { url: bytes } }), { bytes }],
	['images[].image_url', images({ type: 'image_url', image_url: dataUrl }), { bytes }],
	['images[].image_url, decoded on the way', images({ image_url: bytes }), { bytes }],
	['images[].image_url.url, an address', images({ image_url: { url: address } }), { url: address }],
	['images[].url', images({ url: address }), { url: address }],
	['images[].url, on the server itself', images({ url: '/files/7' }), { url: '/files/7' }],
	['images[].url, base64 in the wrong place', images({ url: base64 }), { bytes }],
	['images[].b64_json with media_type', images({ b64_json: base64, media_type: 'image/webp' }), { bytes }],
	['images[].b64_json with mime_type', images({ b64_json: bytes, mime_type: 'image/png' }), { bytes }],
	['images[].b64_json, a data URL', images({ b64_json: dataUrl }), { bytes }],
	['images[], a data URL', images(dataUrl), { bytes }],
	['images[], base64', images(base64), { bytes }],
	['images[], bytes', images(bytes), { bytes }],
	['images[], an address', images(address), { url: address }],
	['content[].image_url.url', part({ type: 'image_url', image_url: { url: dataUrl } }), { bytes }],
	['content[].image_url', part({ type: 'image_url', image_url: named }), { url: named }],
	['content[] output_image', part({ type: 'output_image', image_url: dataUrl }), { bytes }],
	['content[] image with url', part({ type: 'image', url: named }), { url: named }],
	['content[] image with b64_json', part({ type: 'image', b64_json: base64 }), { bytes }],
	['content[] image with data', part({ type: 'image', data: base64, media_type: 'image/png' }), { bytes }],
	[
		'content[] image with source',
		part({ type: 'image', source: { type: 'base64', media_type: 'image/gif', data: base64 } }),
		{ bytes },
	],
	['content[] image with a source’s url', part({ type: 'image', source: { type: 'url', url: named } }), { url: named }],
	['content[].inlineData', part({ inlineData: { mimeType: 'image/png', data: base64 } }), { bytes }],
	['content[].inline_data', part({ inline_data: { mime_type: 'image/png', data: bytes } }), { bytes }],
	['content[] text with Markdown', part({ type: 'text', text: `![a](${dataUrl})` }), { bytes }],
	['Markdown with an address', message(`Here:\n\n![a fox (1)](${address})\n\nEnjoy.`), { url: address }],
	['Markdown with a title', message(`![a fox](${address} "A fox"), from https://x.org/a`), { url: address }],
	['Markdown with a data URL', message(`![a fox](${dataUrl})`), { bytes }],
	['a data URL in a sentence', message(`Here it is: ${dataUrl}.`), { bytes }],
	['a data URL with parameters', message(`data:image/png;charset=utf-8;base64,${base64}`), { bytes }],
	['an address with an extension among others', message(`${named}, or see https://x.org/docs.`), { url: named }],
	['an address in HTML', message(`<img src="${named}"> from https://x.org/`), { url: named }],
	['JSON in a text', message(JSON.stringify({ data: [{ b64_json: base64 }] })), { bytes }],
	['JSON of a part in a text', message(JSON.stringify({ type: 'image', url: named })), { url: named }],
	['JSON of a list in a text', message(JSON.stringify([{ url: '/files/7' }])), { url: '/files/7' }],
	['JSON of a message in a text', message(JSON.stringify({ images: [dataUrl] })), { bytes }],
	['JSON in a fence', message(`${fence}json\n{"url": "${address}"}\n${fence}`), { url: address }],
	['JSON of unknown names in a text', message(JSON.stringify({ picture: named })), { url: named }],
	['JSON in JSON', message(JSON.stringify(message(JSON.stringify({ b64_json: base64 })))), { bytes }],
	['base64 as the text', message(`\n${base64}\n`), { bytes }],
	['bytes as the text', message(bytes), { bytes }],
	['data[].url', { ...message(null), data: [{ url: address }] }, { url: address }],
	['data[].b64_json', { data: [{ b64_json: base64 }] }, { bytes }],
	['top-level images[]', { ...message(''), images: [{ image_url: { url: dataUrl } }] }, { bytes }],
	['output[] of the Responses', { output: [{ type: 'image_generation_call', result: base64 }] }, { bytes }],
	[
		'output[] with a message',
		{ output: [{ type: 'message', content: [{ type: 'output_text', text: `![a](${address})` }] }] },
		{ url: address },
	],
];

describe('a picture in the answer of a chat', () => {
	for (const [title, json, found] of shapes) {
		it(`is found as ${title}`, () => {
			assert.deepEqual(read(json), { images: [found], failures: [], done: true });
		});
	}

	it('may be the answer itself', () => {
		assert.deepEqual(read(undefined, call, { picture: bytes }).images, [{ bytes }]);
	});

	it('comes with all the others, in the order of the reference', () => {
		const [two, three] = [picture(2), picture(3)];
		const json = {
			...message([{ type: 'image', data: two }], { images: [{ url: address }, { b64_json: bytes }] }),
			data: [{ b64_json: three }],
		};
		assert.deepEqual(imagesIn(json), [{ url: address }, { bytes }, { bytes: two }, { bytes: three }]);
	});

	it('comes once, however often it is there', () => {
		const json = { ...message(`![a](${dataUrl})`, { images: [dataUrl, bytes] }), data: [{ b64_json: base64 }] };
		assert.deepEqual(imagesIn(json), [{ bytes }]);
		assert.deepEqual(imagesIn(message(`![a](${named}) ${named}, ${named}`)), [{ url: named }]);
		assert.deepEqual(imagesIn(images({ b64_json: bytes, url: address })), [{ url: address }], 'two names of one');
	});

	it('costs what the answer says, shared', () => {
		const json = { ...images(bytes, picture(2)), usage: { cost: 0.04, total_tokens: 7 } };
		assert.deepEqual(imagesIn(json), [
			{ bytes, costUsd: 0.02 },
			{ bytes: picture(2), costUsd: 0.02 },
		]);
		for (const cost of [null, '0.04', -1, undefined]) {
			assert.deepEqual(imagesIn({ ...images(bytes), usage: { cost } }), [{ bytes }]);
		}
	});

	it('is not every address', () => {
		for (const text of [
			'See https://x.org/terms and https://x.org/help.',
			'![a](ftp://x.org/a.png)',
			'![a](javascript:alert(1))',
			'data:image/svg+xml,<svg/>',
			'data:image/png;base64,%%%',
			'x.org/a.png',
			'https://',
			`https://x.org/${'a'.repeat(9000)}.png`,
		]) {
			assert.deepEqual(imagesIn(message(text)), [], text.slice(0, 50));
		}
		for (const item of ['', 'a word', '//x.org/a.png', { url: '' }, { url: 'word' }, { b64_json: '%' }, null, 7]) {
			assert.deepEqual(imagesIn(images(item)), [], JSON.stringify(item));
		}
	});

	it('is of a hundred at most, since a model may write any number of addresses', () => {
		const text = Array.from({ length: 500 }, (_, index) => `![](https://x.org/${index})`).join('\n');
		assert.equal(imagesIn(message(text))?.length, 100);
	});
});

const mega = 2 ** 20;
const fill = (pattern: string): string => pattern.repeat(Math.ceil(mega / pattern.length)).slice(0, mega);

/** What costs a careless reader minutes. */
const hostile = [
	['![', '[', '![a](', '![a](\n', '](', 'http', 'https://', 'https://a ', 'https://a.png,', 'https://a/(.png'],
	['data:image/', 'data:image/a;a=a', 'data:image/png;base64,', 'data:image/png;base64,AAAA ', ';a=a', '.'],
	['{"a":', '[', '{', '```json\n', ' ', '\n', 'iVBOR', 'iVBOR%', '!', '"', '\\', 'https://a.....', 'ab'],
].flat();

describe('a picture that the transport has found among the words', () => {
	const bytes = Uint8Array.of(137, 80, 78, 71);
	const found = ['Here: ![a fox](', bytes, ')'];

	it('is taken from the words of a message and of its parts', () => {
		for (const content of [found, [{ type: 'text', text: found }], [...found, 'https://example.org/terms']]) {
			assert.deepEqual(picturesIn({ choices: [{ message: { content } }] })[0], { bytes });
		}
	});
});

describe('a megabyte of anything', () => {
	for (const pattern of hostile) {
		it(`like ${JSON.stringify(pattern)} is read at once`, () => {
			const texts = [
				fill(pattern),
				`![a](${fill(pattern)}`,
				`data:image/a${fill(pattern)}`,
				`https://a${fill(pattern)}`,
			];
			const began = performance.now();
			for (const text of texts) assert.ok(read(message(text)).images);
			for (const text of texts) assert.ok(read(images(text)).images);
			// Some ms each; a reader whose work grows with the square takes minutes.
			assert.ok(performance.now() - began < 4000);
		});
	}

	it('may be JSON in JSON, as deep as it likes', () => {
		let json: unknown = { b64_json: base64 };
		for (let depth = 0; depth < 12; depth++) json = message(JSON.stringify(json));
		assert.deepEqual(imagesIn(json), []);
		const nested = Array.from({ length: 190 }).reduce<unknown>((inner) => [{ content: inner }], bytes);
		assert.deepEqual(imagesIn(message(nested)), []);
	});

	it('may be many small pictures', () => {
		const few = Array.from({ length: 20_000 }, (_, index) => picture(index % 256));
		const began = performance.now();
		assert.equal(imagesIn(images(...few))?.length, 100);
		assert.ok(performance.now() - began < 2000);
	});
});

describe('any answer of a chat', () => {
	const leaf = fc.oneof(fc.string(), fc.constantFrom(dataUrl, base64, address, bytes, '', null), fc.integer());
	const { value } = fc.letrec<{ value: unknown }>((tie) => ({
		value: fc.oneof(
			{ maxDepth: 5 },
			leaf,
			fc.array(tie('value'), { maxLength: 3 }),
			fc.dictionary(
				fc.constantFrom('choices', 'message', 'content', 'images', 'image_url', 'url', 'data', 'b64_json'),
				tie('value'),
				{ maxKeys: 4 },
			),
		),
	}));

	it('never breaks the reader, which says why too little came', () => {
		fc.assert(
			fc.property(fc.oneof(value, fc.jsonValue()), fc.integer({ min: 1, max: 3 }), (json, n) => {
				for (const answer of [json, message(json), images(json)]) {
					const { images: found = [], failures = [] } = read(answer, { ...call, n });
					assert.ok(found.length + failures.length >= n);
					assert.equal(failures.length, Math.max(0, n - found.length));
				}
			}),
		);
	});

	it('gives the same pictures, each once', () => {
		fc.assert(
			fc.property(value, (json) => {
				const found = imagesIn(message(json)) ?? [];
				assert.deepEqual(imagesIn(message(json)), found);
				const keys = found.map((each) =>
					'url' in each ? each.url : Buffer.from(pieceOf(each.bytes, 0, each.bytes.length)).toString('hex'),
				);
				assert.equal(new Set(keys).size, keys.length);
			}),
		);
	});
});
