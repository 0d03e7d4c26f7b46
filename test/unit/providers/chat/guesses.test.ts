import assert from 'node:assert/strict';
import { chat } from '../../../../src/providers/chat/chat';
import { unbegun } from '../../../../src/providers/provider';
import { callFor } from '../calls';

const bytes = Uint8Array.of(137, 80, 78, 71);
const dataUrl = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
const address = 'https://cdn.example.org/files/7';
const named = `${address}.png?sig=a%2Fb&x=1`;

function read(json: unknown) {
	return chat.read({ status: 200, headers: {}, json }, callFor('vincony/openai/gpt-image-2'), unbegun);
}

function imagesIn(json: unknown) {
	return read(json).images;
}

function message(content: unknown, more: object = {}): object {
	return { choices: [{ index: 0, message: { role: 'assistant', content, ...more }, finish_reason: 'stop' }] };
}

/** The pictures of an answer, and for each what is said if none lies there. */
function guessesIn(json: unknown): unknown {
	return imagesIn(json)?.map((image) => ('url' in image ? [image.url, image.otherwise?.said?.words] : image));
}

describe('the only address among mere words', () => {
	const guessed: readonly (readonly [title: string, content: unknown, words: string])[] = [
		['a text', `Your picture: ${address}. It is kept.`, `Your picture: ${address}. It is kept.`],
		['a link', `[${address}](${address})`, `[${address}](${address})`],
		['a text of a list', [`See ${address}`], `See ${address}`],
		['a part', [{ type: 'text', text: `See ${address}` }], `See ${address}`],
	];
	for (const [title, content, words] of guessed) {
		it(`may be that of a picture (${title}); if none lies there, the words are told`, () => {
			assert.deepEqual(guessesIn(message(content)), [[address, words]]);
			const [image] = imagesIn(message(content)) ?? [];
			assert.ok(image && 'otherwise' in image);
			assert.deepEqual([image.otherwise?.code, image.otherwise?.charged], ['refused', 'unknown']);
		});
	}

	it('is that of no picture beside one that is plainly there, or beside another', () => {
		assert.deepEqual(imagesIn(message(`See ${address}`, { images: [dataUrl] })), [{ bytes }]);
		assert.deepEqual(imagesIn({ ...message(`See ${address}`), data: [{ url: named }] }), [{ url: named }]);
		assert.deepEqual(imagesIn(message([`See ${address}`, 'and https://x.org/terms'])), []);
	});

	it('is not taken for one that is plainly a picture’s', () => {
		for (const content of [`![a](${address})`, named, JSON.stringify({ url: address })]) {
			const [image] = imagesIn(message(content)) ?? [];
			assert.ok(image && !('otherwise' in image), content);
		}
	});
});

function refusals(content: unknown): object[] {
	return [
		message(content, { refusal: 'No.' }),
		{ choices: [{ message: { content }, finish_reason: 'content_filter' }] },
	];
}

describe('an address in a refusal', () => {
	const words = 'I cannot draw that, see https://vincony.com/policy';
	it('is never a picture’s, however it is written', () => {
		for (const content of [
			words,
			[words],
			`![why](${address})`,
			`Like ${named}`,
			JSON.stringify({ url: address }),
			[{ type: 'text', text: words }],
		]) {
			for (const json of refusals(content)) {
				const { images, failures } = read(json);
				assert.deepEqual([images, failures?.map(({ code }) => code)], [[], ['refused']]);
			}
		}
	});

	it('takes no picture away that is there all the same', () => {
		for (const json of refusals([{ type: 'image', data: bytes }, words])) assert.deepEqual(imagesIn(json), [{ bytes }]);
		for (const json of refusals(words)) {
			assert.deepEqual(imagesIn({ ...json, images: [{ url: address }] }), [{ url: address }]);
		}
	});
});
