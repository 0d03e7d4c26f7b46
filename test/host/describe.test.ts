import assert from 'node:assert/strict';
import { commands, env, Position, Selection, type TextDocument, Uri, window } from 'vscode';
import * as z from 'zod';
import { sniff } from '../../src/image/sniff';
import type { Emulator } from '../servers/emulator';
import { startRunware } from '../servers/runware';
import { failure, generate } from './contract';
import { savePhoto } from './photos';
import { standIns } from './standIn';
import { closeEditors, openNew } from './workspace';

const described = z.strictObject({ alt: z.string(), failure: failure.optional() });

/** `limn.describeImage`, without questions. */
async function describeIt(argument: object) {
	return described.parse(await commands.executeCommand('limn.describeImage', argument));
}

const sent = z.tuple([
	z.strictObject({
		taskType: z.literal('caption'),
		taskUUID: z.uuid(),
		model: z.literal('runware:152@2'),
		inputs: z.strictObject({ image: z.string().startsWith('data:image/') }),
		prompt: z.string(),
		includeCost: z.literal(true),
	}),
]);

/** The picture of the only request, as it went out. */
function pictureIn({ requests }: Emulator): Buffer {
	assert.equal(requests.length, 1);
	const [{ inputs }] = sent.parse(requests[0]?.json);
	return Buffer.from(inputs.image.slice(inputs.image.indexOf(',') + 1), 'base64');
}

/** Presses Enter in whatever the editor asks until the command has its answer. */
async function accepting(answer: Thenable<unknown>) {
	const state = { settled: false };
	const settled = Promise.resolve(answer).finally(() => (state.settled = true));
	while (!state.settled) await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
	return described.parse(await settled);
}

/** Selects the place before the words. */
async function pointAt(document: TextDocument, words: string): Promise<void> {
	const editor = await window.showTextDocument(document);
	const at = document.positionAt(document.getText().indexOf(words));
	editor.selection = new Selection(at, at);
}

describe('describing pictures in folders', () => {
	const { set, standIn } = standIns(['runware']);

	afterEach(closeEditors);

	it('says what Runware says, and writes nothing unless told where', async () => {
		const runware = await standIn('runware', startRunware());
		const image = await savePhoto('describe/fox.png', { width: 64, height: 48 });
		const document = await openNew('describe/plain.md', '![](fox.png)\n');
		assert.deepEqual(await describeIt({ image }), { alt: 'A fox that sleeps in the snow' });
		assert.equal(document.getText(), '![](fox.png)\n');
		assert.deepEqual(sniff(pictureIn(runware)), { format: 'png', width: 64, height: 48 });
	});

	it('sends no more than need be: small, and without what the file says of itself', async () => {
		const runware = await standIn('runware', startRunware());
		const { images } = await generate({
			prompt: 'a secret fox',
			model: 'sketch/placeholder',
			size: '64x64',
			folder: 'describe',
		});
		await describeIt({ image: images[0]?.uri });
		assert.ok(!pictureIn(runware).includes('secret'));
		const large = await standIn('runware', startRunware());
		await describeIt({ image: await savePhoto('describe/large.jpg', { width: 2000, height: 900 }, 'jpeg') });
		const { width, height } = sniff(pictureIn(large)) ?? {};
		assert.deepEqual([width, height], [1024, 461]);
	});

	for (const [language, name, before, after] of [
		['Markdown', 'note.md', 'a ![x](fox.png) b\n', String.raw`a ![A "red" fox \[1\] at 2\*3](fox.png) b` + '\n'],
		[
			'HTML',
			'page.html',
			'<p><img src="fox.png"></p>\n',
			'<p><img alt="A &#34;red&#34; fox [1] at 2*3" src="fox.png"></p>\n',
		],
		[
			'Typst',
			'paper.typ',
			'#image("fox.png")\n',
			String.raw`#image("fox.png", alt: "A \"red\" fox [1] at 2*3")` + '\n',
		],
	] as const) {
		it(`writes it into a reference as ${language} wants it, and one Undo takes it out`, async () => {
			await standIn('runware', startRunware({ caption: 'The image shows a "red" fox [1] at 2*3.' }));
			const image = await savePhoto('describe/fox.png', { width: 32, height: 32 });
			const document = await openNew(`describe/${name}`, before);
			const position = document.positionAt(before.indexOf('fox'));
			const { alt, failure } = await describeIt({ image, uri: document.uri, position });
			assert.deepEqual([alt, failure], ['A "red" fox [1] at 2*3', undefined]);
			assert.equal(document.getText(), after);
			await window.showTextDocument(document);
			await commands.executeCommand('undo');
			assert.equal(document.getText(), before);
		});
	}

	it('follows the reference while somebody else writes, and leaves another one alone', async () => {
		await standIn('runware', startRunware({ caption: 'A fox' }));
		const image = await savePhoto('describe/fox.png', { width: 32, height: 32 });
		const document = await openNew('describe/moving.md', 'first\n![x](fox.png)\n');
		const editor = await window.showTextDocument(document);
		const argument = { image, uri: document.uri, position: { line: 1, character: 4 } };
		const moved = describeIt(argument);
		assert.ok(await editor.edit((edit) => edit.insert(new Position(0, 0), 'written meanwhile\n')));
		assert.equal((await moved).alt, 'A fox');
		assert.equal(document.getText(), 'written meanwhile\nfirst\n![A fox](fox.png)\n');
		const changed = describeIt({ ...argument, position: { line: 2, character: 4 } });
		const all = document.lineAt(2).range;
		assert.ok(await editor.edit((edit) => edit.replace(all, '![x](hen.png)')));
		const { alt, failure } = await changed;
		assert.deepEqual([alt, failure?.code], ['A fox', 'not-writable'], 'what was paid for is not lost');
		assert.equal(document.lineAt(2).text, '![x](hen.png)');
	});

	it('by hand, describes the picture of the reference at the cursor, after the person saw the words', async () => {
		await standIn('runware', startRunware({ caption: 'A fox' }));
		await savePhoto('describe/a fox.png', { width: 32, height: 32 });
		const document = await openNew('describe/hand.md', '![x](a%20fox.png "t")\n\n![y](hen.png)\n');
		await pointAt(document, 'fox.png');
		assert.deepEqual(await accepting(commands.executeCommand('limn.describeImage')), { alt: 'A fox' });
		assert.equal(document.getText(), '![A fox](a%20fox.png "t")\n\n![y](hen.png)\n');
	});

	it('by hand, copies the words for a picture of the explorer', async () => {
		await standIn('runware', startRunware({ caption: 'A fox' }));
		const image = await savePhoto('describe/fox.png', { width: 32, height: 32 });
		await env.clipboard.writeText('before');
		assert.deepEqual(await accepting(commands.executeCommand('limn.describeImage', image)), { alt: 'A fox' });
		assert.equal(await env.clipboard.readText(), 'A fox');
	});

	it('says that nobody is there to look, and sends nothing', async () => {
		const runware = await standIn('runware', startRunware());
		await set('keys.fromEnvironment', []);
		const image = await savePhoto('describe/fox.png', { width: 32, height: 32 });
		const { alt, failure } = await describeIt({ image });
		assert.deepEqual([alt, failure?.code, failure?.provider, failure?.charged], ['', 'no-key', 'runware', 'no']);
		assert.match(failure?.message ?? '', /^No model here looks at pictures/);
		assert.equal(runware.requests.length, 0);
	});

	for (const [fault, code, charged] of [
		['bad-key', 'bad-key', 'no'],
		['quota', 'no-credit', 'no'],
		['500', 'server-error', 'unknown'],
		['reset', 'unreachable', 'unknown'],
		['html', 'bad-reply', 'unknown'],
	] as const) {
		it(`names what failed (${fault}), and writes nothing`, async () => {
			const runware = await standIn('runware', startRunware());
			runware.fail(fault, { times: 5 });
			const image = await savePhoto('describe/fox.png', { width: 32, height: 32 });
			const document = await openNew('describe/failed.md', '![x](fox.png)\n');
			const { alt, failure } = await describeIt({ image, uri: document.uri, position: { line: 0, character: 4 } });
			assert.deepEqual([alt, failure?.code, failure?.charged, failure?.provider], ['', code, charged, 'runware']);
			assert.equal(document.getText(), '![x](fox.png)\n');
			assert.equal(runware.requests.length, 1, 'what is paid for goes out once');
		});
	}

	it('takes no refusal for a description', async () => {
		await standIn('runware', startRunware({ caption: "I'm sorry, but I can't describe this image." }));
		const image = await savePhoto('describe/fox.png', { width: 32, height: 32 });
		const document = await openNew('describe/refused.md', '![x](fox.png)\n');
		const { alt, failure } = await describeIt({ image, uri: document.uri, position: { line: 0, character: 4 } });
		assert.deepEqual([alt, failure?.code, failure?.charged, failure?.provider], ['', 'refused', 'yes', 'runware']);
		assert.equal(document.getText(), '![x](fox.png)\n');
	});

	it('says before anything is sent that nothing can be written', async () => {
		const runware = await standIn('runware', startRunware());
		const image = await savePhoto('describe/fox.png', { width: 32, height: 32 });
		const text = '<template><img src="fox.png" :alt="words"></template>\n';
		const document = await openNew('describe/computed.vue', text);
		const position = document.positionAt(text.indexOf('fox'));
		const { alt, failure } = await describeIt({ image, uri: document.uri, position });
		assert.deepEqual([alt, failure?.code, failure?.charged], ['', 'not-writable', 'no']);
		await pointAt(document, 'fox.png');
		assert.equal((await accepting(commands.executeCommand('limn.describeImage'))).failure?.code, 'not-writable');
		assert.equal(document.getText(), text);
		assert.equal(runware.requests.length, 0);
	});

	it('refuses what it cannot describe, or has nowhere to write to, before anything is sent', async () => {
		const runware = await standIn('runware', startRunware());
		const image = await savePhoto('describe/fox.png', { width: 32, height: 32 });
		const { uri } = await openNew('describe/none.md', 'no picture\n\n![x](fox.png)\n');
		for (const argument of [
			{},
			{ image, uri },
			{ image, position: { line: 0, character: 0 } },
			{ image, alt: 'x' },
			{ image: 'describe/none.md' },
			{ image: 'describe/missing.png' },
			{ image, uri, position: { line: 0, character: 0 } },
			{ image, uri: Uri.joinPath(uri, '../missing.md'), position: { line: 0, character: 0 } },
		]) {
			const { alt, failure } = await describeIt(argument);
			assert.deepEqual([alt, failure?.code], ['', 'bad-input'], JSON.stringify(argument));
		}
		assert.equal(runware.requests.length, 0);
	});
});
