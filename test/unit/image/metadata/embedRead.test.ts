import assert from 'node:assert/strict';
import { joined, latin1, utf8Text } from '../../../../src/image/metadata/bytes';
import { readJpeg } from '../../../../src/image/metadata/jpegSegments';
import { readPng } from '../../../../src/image/metadata/pngChunks';
import { readRecipe } from '../../../../src/image/metadata/readRecipe';
import {
	embedded,
	formats,
	number,
	painted,
	pixelsOf,
	ports,
	readByOthers as read,
	recordOf,
	tiffBlock,
	tiffEntry,
	withSegments,
} from './pictures';

describe('what other programs read in it', () => {
	const files = painted();
	const source = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

	it('is where the picture comes from', () => {
		const cases = [
			['openai/gpt-image-2', 'generate', 'trainedAlgorithmicMedia'],
			['openai/gpt-image-2', 'vary', 'trainedAlgorithmicMedia'],
			['openai/gpt-image-2', 'edit', 'compositeWithTrainedAlgorithmicMedia'],
			['openai/gpt-image-2', 'expand', 'compositeWithTrainedAlgorithmicMedia'],
			['sketch/placeholder', 'generate', 'algorithmicMedia'],
			['sketch/placeholder', 'vary', 'algorithmicMedia'],
			['sketch/placeholder', 'edit', 'compositeSynthetic'],
			['sketch/placeholder', 'expand', 'compositeSynthetic'],
		] as const;
		for (const format of formats) {
			for (const [model, operation, type] of cases) {
				const { xmp } = read(embedded(files()[format], recordOf({ model, operation })));
				assert.equal(xmp?.['DigitalSourceType']?.value, source + type);
				assert.equal(xmp?.['CreatorTool']?.value, 'Limn');
				assert.equal(xmp?.['AISystemUsed']?.value, model.startsWith('sketch') ? undefined : model);
				assert.equal(xmp?.['AIPromptInformation']?.value, model.startsWith('sketch') ? undefined : 'a fox at dawn');
			}
		}
	});

	it('is the prompt, whatever is in it', () => {
		const prompt = '<b>"Füchse" & 🦊</b>\r\n\t\']]> \u2028 – über';
		for (const format of formats) {
			const { xmp } = read(embedded(files()[format], recordOf({ prompt })));
			assert.equal(xmp?.['AIPromptInformation']?.value, prompt);
		}
		const { xmp } = read(embedded(files().png, recordOf({ prompt: 'a\0b\x01c\ud800d\uffff' })));
		assert.equal(xmp?.['AIPromptInformation']?.value, 'a\ufffdb\ufffdc\ufffdd\ufffd');
	});

	it('is the text of AUTOMATIC1111', () => {
		const record = recordOf({ seed: '123456789012345678901234567890' });
		const text = [
			'a fox at dawn',
			'Seed: 123456789012345678901234567890, Size: 24x16, Model: openai/gpt-image-2, Version: Limn',
		].join('\n');
		const png = embedded(files().png, record);
		assert.equal(read(png).pngText?.['parameters']?.value, text);
		assert.ok(readPng(png)?.chunks.some(({ type }) => type === 'tEXt'));
		for (const format of ['jpeg', 'webp'] as const) {
			const { comment } = read(embedded(files()[format], record));
			assert.equal(comment?.description, text, format);
		}
	});

	it('is that text in other letters', () => {
		for (const [prompt, type] of [
			['über', 'tEXt'],
			['狐 🦊', 'iTXt'],
		] as const) {
			const record = recordOf({ prompt });
			const png = embedded(files().png, record);
			assert.match(String(read(png).pngText?.['parameters']?.value), new RegExp(`^${prompt}\nSize: 24x16, `));
			const { chunks = [] } = readPng(png) ?? {};
			assert.ok(chunks.some((chunk) => chunk.type === type && utf8Text(chunk.data).startsWith('parameters')));
			for (const format of ['jpeg', 'webp'] as const) {
				const bytes = Uint8Array.from(read(embedded(files()[format], record)).comment?.value ?? []);
				assert.equal(utf8Text(bytes.subarray(0, 8)), 'UNICODE\0');
				// As AUTOMATIC1111 reads it, whatever the order of the block is.
				assert.ok(new TextDecoder('utf-16be').decode(bytes.subarray(8)).startsWith(`${prompt}\nSize: 24x16, `));
			}
		}
	});

	it('is whole in the middle of a NUL', () => {
		const png = embedded(files().png, recordOf({ prompt: 'a\0b' }));
		assert.match(String(read(png).pngText?.['parameters']?.value), /^a\ufffdb\n/);
	});
});

describe('EXIF that is there already', () => {
	const files = painted();

	it('keeps what it says, and takes the comment', () => {
		for (const little of [true, false]) {
			const block = tiffBlock([tiffEntry(0x0112, 3, 1, number(6, 2, little), little)], new Uint8Array(), little);
			const file = withSegments(files().jpeg, [0xe1, joined([latin1('Exif\0\0'), block])]);
			const { orientation, comment } = read(embedded(file, recordOf()));
			assert.equal(orientation, 6);
			assert.match(comment?.description ?? '', /^a fox at dawn\nSize: /);
			assert.equal(readJpeg(embedded(file, recordOf()))?.segments.filter(({ marker }) => marker === 0xe1).length, 2);
		}
	});

	it('keeps the comment that somebody wrote', () => {
		const file = withComment('ASCII\0\0\0Grandma in the garden');
		const bytes = embedded(file, recordOf());
		assert.equal(read(bytes).comment?.description, 'Grandma in the garden');
		assert.equal(readRecipe(bytes, ports)?.kind, 'limn');
		const japanese = withComment('JIS\0\0\0\0\0abcdef');
		assert.equal(read(embedded(japanese, recordOf())).comment?.description, '[JIS encoded text]');
	});

	it('loses a comment that is blank, or another recipe', () => {
		for (const old of ['ASCII\0\0\0    ', '\0\0\0\0\0\0\0\0\0\0', 'ASCII\0\0\0a cat\nSteps: 1, Seed: 2, Size: 3x4']) {
			const { comment } = read(embedded(withComment(old), recordOf()));
			assert.match(comment?.description ?? '', /^a fox at dawn\nSize: /);
		}
	});

	it('is left as it is where it is broken', () => {
		for (const broken of ['', 'II*\0', 'MM\0*\0\0\0\x08\xff\xff\0\0\0\0\0', 'nonsense that is long enough']) {
			const exif = joined([latin1('Exif\0\0'), latin1(broken)]);
			const bytes = embedded(withSegments(files().jpeg, [0xe1, exif]), recordOf());
			assert.deepEqual(readJpeg(bytes)?.segments[1]?.data, exif);
			assert.equal(readRecipe(bytes, ports)?.kind, 'limn');
		}
	});

	/** The JPEG with this user's comment. */
	function withComment(text: string): Uint8Array {
		const own = tiffBlock([tiffEntry(0x9286, 7, text.length, number(44, 4))]).subarray(8);
		const block = tiffBlock([tiffEntry(0x8769, 4, 1, number(26, 4))], joined([own, latin1(text)]));
		return withSegments(files().jpeg, [0xe1, joined([latin1('Exif\0\0'), block])]);
	}
});

describe('what does not fit into a segment of a JPEG', () => {
	const files = painted();

	it('is first the prompt for IPTC, which the record has too', () => {
		const record = recordOf({ prompt: 'x'.repeat(40_000) });
		const bytes = embedded(files().jpeg, record);
		const { xmp, comment } = read(bytes);
		assert.equal(xmp?.['AIPromptInformation'], undefined);
		assert.deepEqual(readRecipe(bytes, ports), { kind: 'limn', record });
		assert.equal(comment?.description.slice(0, 40_001), `${record.prompt}\n`);
	});

	it('is then the prompt of the provider', () => {
		const { revisedPrompt: _, ...record } = recordOf({ prompt: 'x'.repeat(40_000), revisedPrompt: 'x'.repeat(40_000) });
		const bytes = embedded(files().jpeg, recordOf({ prompt: 'x'.repeat(40_000), revisedPrompt: 'x'.repeat(40_000) }));
		assert.deepEqual(readRecipe(bytes, ports), { kind: 'limn', record });
	});

	it('is then the record; a prompt that fits into EXIF is still there', () => {
		const prompt = '狐'.repeat(32_000);
		const bytes = embedded(files().jpeg, recordOf({ prompt }));
		const { xmp } = read(bytes);
		assert.ok(xmp?.['DigitalSourceType']);
		assert.equal(xmp['Record'], undefined);
		const recipe = readRecipe(bytes, ports);
		assert.equal(recipe?.kind === 'a1111' && recipe.prompt, prompt);
	});

	it('is all of it but the source type, and an older recipe goes all the same', async () => {
		const record = recordOf({ prompt: '狐'.repeat(100_000) });
		const fresh = embedded(files().jpeg, record);
		const bytes = embedded(embedded(files().jpeg, recordOf()), record);
		for (const file of [fresh, bytes]) {
			assert.ok(read(file).xmp?.['DigitalSourceType']);
			assert.equal(readRecipe(file, ports), undefined);
			assert.deepEqual(await pixelsOf(file), await pixelsOf(files().jpeg));
		}
	});

	it('fits into the other formats', () => {
		const record = recordOf({ prompt: '狐'.repeat(100_000) });
		for (const format of ['png', 'webp'] as const) {
			assert.deepEqual(readRecipe(embedded(files()[format], record), ports), { kind: 'limn', record });
		}
	});
});
