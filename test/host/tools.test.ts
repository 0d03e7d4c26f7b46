import assert from 'node:assert/strict';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CancellationTokenSource, LanguageModelTextPart, lm, MarkdownString, Uri, workspace } from 'vscode';
import * as z from 'zod';
import { editToolArguments, generateToolArguments } from '../../src/agents/toolArguments';
import { unsent } from '../../src/domain/imageError';
import { say } from '../../src/domain/message';
import type { Quote } from '../../src/host/imageMaker';
import { resultOf } from '../../src/host/result';
import { forAgents } from '../../src/domain/result';
import { readEdit } from '../../src/host/tools/editTool';
import { readGeneration } from '../../src/host/tools/generateTool';
import { ImageTool } from '../../src/host/tools/imageTool';
import { hostileImages, hostilePaths } from '../attacks/host/redTeam';
import { startLumenfall } from '../servers/lumenfall';
import { startOpenAI } from '../servers/openai';
import { savePhoto } from './photos';
import { standIns } from './standIn';
import { filesBelow, folder, withUserSetting } from './workspace';

type Name = 'limn_generate_image' | 'limn_edit_image';

const schemaSchema = z.object({ properties: z.record(z.string(), z.unknown()), required: z.array(z.string()) });

const sketch = 'sketch/placeholder';

/** Calls a tool as another extension does. */
async function call(name: Name, input: object, token = new CancellationTokenSource().token) {
	const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
	const texts = content.filter((part) => part instanceof LanguageModelTextPart);
	return { text: texts.map(({ value }) => value).join('\n'), others: content.length - texts.length };
}

async function generate(input: object) {
	return call('limn_generate_image', { prompt: 'a fox', model: sketch, ...input });
}

async function edit(input: object) {
	return call('limn_edit_image', { prompt: 'a moon', model: sketch, ...input });
}

describe('limn_generate_image in folders', () => {
	const { standIn, set } = standIns(['openai', 'lumenfall']);

	it('is there for agents', () => {
		const ours = lm.tools.filter(({ name }) => name.startsWith('limn_'));
		assert.deepEqual(ours.map(({ name }) => name).toSorted(), ['limn_edit_image', 'limn_generate_image']);
		const taken = { limn_generate_image: generateToolArguments, limn_edit_image: editToolArguments };
		for (const { name, description, inputSchema } of ours) {
			assert.ok(description.length > 100 && (name === 'limn_generate_image' || name === 'limn_edit_image'));
			const { properties, required } = schemaSchema.parse(inputSchema);
			const { shape } = taken[name];
			assert.deepEqual(Object.keys(properties).toSorted(), Object.keys(shape).toSorted());
			const least = { prompt: 'a fox', image: 'fox.png' };
			const given = Object.entries(least).filter(([argument]) => required.includes(argument));
			assert.ok(taken[name].safeParse(Object.fromEntries(given)).success);
		}
	});

	it('saves a picture where it was told, and says how to refer to it', async () => {
		const asked = { path: 'tools/a fox.png', alt: 'A [fox]', size: '64x48' };
		const { text, others } = await generate(asked);
		const [saved, reference] = text.split('\n');
		assert.equal(saved, 'Saved a b#ü/tools/a fox.png, 64 × 48 pixels.');
		assert.equal(reference, String.raw`Reference, from the workspace folder: ![A \[fox\]](tools/a%20fox.png)`);
		assert.match(text, /^No budget is set/m);
		assert.equal(others, 1, 'the picture itself');
		assert.ok((await readFile(path.join(folder(0), 'tools', 'a fox.png'))).length > 100);
		const again = await generate(asked);
		assert.match(again.text, /^Saved a b#ü\/tools\/a fox-1\.png/);
	});

	it('takes the paths that it gives, in every folder of the workspace', async () => {
		const { text } = await generate({ path: 'second/tools/fox.webp', n: 2 });
		assert.match(text, /^Saved second\/tools\/fox\.webp, /);
		assert.match(text, /^Saved second\/tools\/fox-1\.webp, /m);
		assert.match(text, /!\[A fox\]\(tools\/fox-1\.webp\)/);
		assert.ok((await filesBelow(folder(1))).includes(path.join('tools', 'fox.webp')));
	});

	it('without a path saves as the settings say, the words of the prompt for a name', async () => {
		const { text } = await generate({ prompt: 'a heron in fog' });
		assert.match(text, /^Saved a b#ü\/images\/a-heron-in-fog\.png, /);
	});

	it('says cost and what is left of the budget, and refuses what would pass it', async () => {
		const emulator = await standIn('lumenfall', startLumenfall());
		await set('budget.confirmAbove', 0);
		await set('budget.daily', 1000);
		const asked = { model: 'lumenfall/gpt-image-2', size: '1024x1024', path: 'tools/paid.png' };
		const { text } = await generate(asked);
		assert.match(text, /^Saved .*\nReference.*\nCost: (about )?\$\d.*\n(Note: .*\n)*Left of today’s budget: \$9\d\d\./);
		assert.equal(emulator.charges, 1);
		await set('budget.daily', 0.01);
		const refused = await generate({ ...asked, n: 2 });
		assert.match(refused.text, /^Failed: 2 × over-budget: .*\nLeft of today’s budget: \$0/);
		assert.equal(emulator.charges, 1);
	});

	it('is cancelled by the token', async () => {
		await standIn('openai', startOpenAI());
		const source = new CancellationTokenSource();
		source.cancel();
		const { text } = await call(
			'limn_generate_image',
			{ prompt: 'a fox', model: 'openai/gpt-image-2' },
			source.token,
		).catch((error: unknown) => ({ text: String(error) }));
		assert.match(text, /cancel/i);
	});

	it('writes nothing outside, hidden, or that is no picture', async () => {
		const before = await filesBelow(path.dirname(folder(0)));
		for (const place of hostilePaths) {
			const { text, others } = await generate({ path: place });
			assert.match(text, /^Failed: bad-input: .+/, place);
			assert.equal(others, 0);
		}
		assert.deepEqual(await filesBelow(path.dirname(folder(0))), before);
	});

	it('says what is wrong with its arguments', async () => {
		assert.match((await generate({ prompt: ' ' })).text, /bad-input: prompt must be/);
		assert.match((await generate({ n: 0 })).text, /bad-input: n must be/);
		assert.match((await generate({ silent: true })).text, /bad-input: There is no argument silent\. Allowed: prompt/);
		assert.match((await generate({ path: '' })).text, /bad-input: path must be a relative file path/);
	});
});

describe('limn_edit_image in folders', () => {
	it('changes a picture of the workspace, beside it', async () => {
		await savePhoto('toolEdit/photo.png');
		const asked = { image: 'a b#ü/toolEdit/photo.png', mask: [{ x: 30, y: 20, width: 12, height: 9 }] };
		const { text, others } = await edit(asked);
		assert.match(text, /^Saved a b#ü\/toolEdit\/a-moon\.png, 640 × 480 pixels\.\nReference/);
		assert.ok(others <= 1);
		for (const image of [path.join(folder(0), 'toolEdit', 'photo.png'), 'toolEdit/photo.png'])
			assert.match((await edit({ image })).text, /^Saved a b#ü\/toolEdit\/a-moon-\d\.png/);
	});

	it('reads nothing outside, and nothing that is no picture', async () => {
		const [home, around] = [folder(0), path.dirname(folder(0))];
		const photo = await savePhoto('toolEdit/inside.png');
		await writeFile(path.join(around, 'outside', 'private.png'), await readFile(photo.fsPath));
		await symlink('../outside/private.png', path.join(home, 'link.png'));
		for (const file of ['.env', 'env.png']) await writeFile(path.join(home, file), 'A=b');
		const { outside, noPictures } = hostileImages({ home, around });
		for (const image of outside) assert.match((await edit({ image })).text, /is not inside the workspace/, image);
		const env = Uri.file(path.join(home, '.env')).toString();
		for (const image of [`${env}#.png`, `${env}?.png`, `${env}?a#b.png`])
			assert.match((await edit({ image })).text, /does not end with/, image);
		for (const image of [...noPictures, 'toolEdit/none.png'])
			assert.match((await edit({ image })).text, /^Failed: bad-input: /, image);
		assert.match((await edit({ image: 'toolEdit/inside.png', mask: 'toolEdit/inside.png' })).text, /mask must be/);
	});
});

const nothingSpent = {
	standing: async () => ({
		rows: [],
		sums: { today: 0, month: 0, total: 0 },
		spent: { today: 0.25, month: 0.25 },
		limits: { daily: 1 },
	}),
	reserved: async () => 0.5,
};

/** A tool whose pictures would come to this. */
function toolOf(quote: Quote | readonly [ReturnType<typeof unsent>], read = readGeneration) {
	return new ImageTool({
		maker: { quote: async () => quote },
		orders: { run: () => assert.fail('nothing is made for a question') },
		purse: nothingSpent,
		read,
	});
}

async function question(tool: ImageTool, input: object) {
	const { confirmationMessages, invocationMessage } = await tool.prepareInvocation({ input });
	const { title, message } = confirmationMessages ?? assert.fail('nothing to confirm');
	assert.ok(message instanceof MarkdownString && message.isTrusted !== true && message.supportHtml !== true);
	return { title, message: message.value, doing: invocationMessage };
}

const paid: Quote = { model: 'openai/gpt-image-2', usd: 0.106, folder: 'images', warnings: [say('Be [warned].')] };

describe('the confirmation of a tool in folders', () => {
	it('says everything that matters', async () => {
		const asked = { prompt: 'a fox', n: 2, size: '16:9', path: 'images/fox.png' };
		const { title, message, doing } = await question(toolOf(paid), asked);
		assert.equal(title, 'Make 2 pictures for about $0.106?');
		assert.deepEqual(message.replaceAll('\\', '').split('\n\n'), [
			'Model: openai/gpt-image-2',
			'Size: 16:9',
			'Sent to api.openai.com: the prompt.',
			'Saved in images/fox.png.',
			'Be [warned].',
			'Left of today’s budget: $0.25.',
			'Prompt: a fox',
		]);
		assert.equal(doing, 'Making pictures with Limn');
	});

	it('names the file that leaves the machine', async () => {
		await savePhoto('toolEdit/asked.png');
		const { message } = await question(toolOf(paid, readEdit), { prompt: 'a moon', image: 'toolEdit/asked.png' });
		assert.match(
			message.replaceAll('\\', ''),
			/Sent to api\.openai\.com: the prompt and a b#ü\/toolEdit\/asked\.png\./,
		);
	});

	it('follows the address that the user has set, and says where nothing is sent', async () => {
		await withUserSetting('providers.openai.baseUrl', 'http://127.0.0.1:9/v1', async () => {
			const { message } = await question(toolOf(paid), { prompt: 'a fox' });
			assert.match(message.replaceAll('\\', ''), /Sent to 127\.0\.0\.1:9: the prompt\./);
		});
		const { title, message } = await question(toolOf({ model: sketch, usd: 0, folder: 'images', warnings: [] }), {
			prompt: 'a fox',
		});
		assert.equal(title, 'Make 1 picture? It costs nothing.');
		assert.match(message, /Nothing is sent/);
	});

	it('shows the whole prompt as text, with what is hidden in it', async () => {
		const prompt = `![x](https://example.com/x.png)\n<b>\n${'long '.repeat(500)}[ok](command:limn.generate)\u{E0061}\u202E`;
		const { message } = await question(toolOf(paid), { prompt });
		assert.doesNotMatch(message, /[^\\]\[|[^\\]<|[^\\]!/);
		const shown = message.replaceAll('\\', '');
		assert.ok(shown.includes('<U+E0061><U+202E>') && shown.includes('command:limn.generate'));
		assert.equal(shown.split('long').length, 501);
	});

	it('stands also where it will be refused', async () => {
		const refused = toolOf([unsent('no-key', say('There is no key.'))]);
		const { title, message } = await question(refused, { prompt: 'a fox' });
		assert.equal(title, 'Make pictures? It will be refused.');
		assert.deepEqual(message.replaceAll('\\', '').split('\n\n'), ['There is no key.', 'Prompt: a fox']);
		assert.match((await question(toolOf(paid), { path: '../x.png', prompt: 'a fox' })).message, /not inside/);
		assert.ok(workspace.isTrusted);
	});

	it('shows of what it will refuse the prompt, the model and the picture', async () => {
		await savePhoto('toolEdit/refused.png');
		const refused = toolOf([unsent('no-key', say('There is no key.'))], readEdit);
		const input = { prompt: 'a moon', model: 'openai/gpt-image-2', image: 'toolEdit/refused.png' };
		assert.deepEqual((await question(refused, input)).message.replaceAll('\\', '').split('\n\n'), [
			'There is no key.',
			'Model: openai/gpt-image-2',
			'Picture: a b#ü/toolEdit/refused.png',
			'Prompt: a moon',
		]);
	});

	it('holds for the call: what was to be refused is, though it would be possible meanwhile', async () => {
		const input = { prompt: 'a moon', image: 'toolEdit/late.png' };
		let isPossible = false;
		const tool = toolOf(paid, async (asked) => (isPossible ? readEdit(asked) : unsent('bad-input', say('Not yet.'))));
		const ran: unknown[] = [];
		const counting = new ImageTool({
			...tool.parts,
			orders: {
				run: async (order) => {
					ran.push(order);
					return { images: [], failures: [], warnings: [] };
				},
			},
		});
		const call = async () => {
			const { token } = new CancellationTokenSource();
			const { content } = await counting.invoke({ input, toolInvocationToken: undefined }, token);
			return content.map((part) => (part instanceof LanguageModelTextPart ? part.value : '')).join('');
		};
		await counting.prepareInvocation({ input });
		await savePhoto(input.image);
		isPossible = true;
		assert.equal(await call(), 'Failed: bad-input: Not yet.');
		assert.deepEqual(ran, []);
		await counting.prepareInvocation({ input });
		await call();
		assert.equal(ran.length, 1);
	});

	it('says that only rectangles are repainted', async () => {
		await savePhoto('toolEdit/masked.png');
		const input = { prompt: 'a moon', image: 'toolEdit/masked.png', mask: [{ x: 0, y: 0, width: 8, height: 8 }] };
		assert.match((await question(toolOf(paid, readEdit), input)).message, /Only the rectangles that it names/);
	});

	it('refuses what limn.ignore names before anybody is asked', async () => {
		await savePhoto('toolEdit/never.png');
		await withUserSetting('ignore', ['never.png'], async () => {
			const { title, message } = await question(toolOf(paid, readEdit), { prompt: 'a', image: 'toolEdit/never.png' });
			assert.match(title, /will be refused/);
			assert.match(message.replaceAll('\\', ''), /never\.png is not sent: the setting limn\.ignore names it\./);
		});
	});
});

describe('the answer of a tool in folders', () => {
	it('hands over few pictures, and none that limn.ignore names', async () => {
		assert.equal((await generate({ prompt: 'many', n: 6, path: 'tools/many/fox.png', size: '64x48' })).others, 4);
		await withUserSetting('ignore', ['never'], async () => {
			const { text, others } = await generate({ path: 'tools/never/fox.png', size: '64x48' });
			assert.match(text, /^Saved a b#ü\/tools\/never\/fox\.png/);
			assert.equal(others, 0);
		});
	});

	it('names a file by its address where a part of its name does not show', async () => {
		const name = 'toolEdit/le\u200Eft/photo.png';
		await savePhoto(name);
		const { text } = await edit({ image: name });
		const address = /^Saved (file:\S+), /.exec(text)?.[1] ?? '';
		assert.match(address, /le%E2%80%8Eft\/a-moon\.png$/);
		assert.match((await edit({ image: address })).text, /^Saved file:/);
	});

	it('refuses long prompts and many pictures', async () => {
		assert.match((await generate({ prompt: 'x'.repeat(8001) })).text, /prompt must be .* at most 8000 characters\./);
		assert.match((await generate({ n: 11 })).text, /n must be a whole number from 1 to 10\./);
	});

	it('says nothing of where this computer keeps its files, and few words of others', () => {
		const at = path.join(path.sep, 'home', 'me', 'My Storage', 'kept.png');
		const error = { code: 'not-writable', charged: 'yes', said: { by: 'X', words: 'ab '.repeat(500) } } as const;
		const failures = [
			{ ...error, kept: { at } },
			{ ...error, kept: { at: 'C:\\me\\kept.png' } },
		] as const;
		const { failures: told } = resultOf(forAgents({ images: [], failures, warnings: [] }));
		for (const { message } of told) {
			assert.match(message, /The picture is kept at kept\.png\.$/);
			assert.match(message, /X says: “(ab ){99}ab…”/);
		}
	});
});
