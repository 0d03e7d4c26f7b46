import assert from 'node:assert/strict';
import {
	type CancellationToken,
	commands,
	type LanguageModelChat,
	type LanguageModelChatMessage,
	LanguageModelError,
	LanguageModelTextPart,
} from 'vscode';
import * as z from 'zod';
import { isImageError } from '../../src/domain/imageError';
import { describeByEditor, refusalIn } from '../../src/host/describeImageByEditor';
import { Keyring } from '../../src/host/keyring';
import { knowsPictures, picturePart, seesPictures } from '../../src/host/newerEditor';
import { type EditorModels, VisionModels } from '../../src/host/visionModel';
import { captionPrompt } from '../../src/providers/runware/caption';
import { sentence } from '../unit/builders';
import { Secrets } from './secrets';

const image = { bytes: new Uint8Array([1, 2, 3]), format: 'png' } as const;
const signal = new AbortController().signal;

interface Answer {
	readonly pieces?: readonly string[];
	readonly error?: unknown;
	readonly sees?: boolean;
	readonly waits?: boolean;
}

/** A model of the editor's, as the editor makes them; the editor lets nobody register one in a test. */
function chatOf(id: string, { pieces = [], error, sees, waits }: Answer = {}) {
	const messages: LanguageModelChatMessage[] = [];
	const chat: LanguageModelChat & { readonly capabilities?: object } = {
		id,
		name: `Model ${id}`,
		vendor: 'test',
		family: 'test',
		version: '1',
		maxInputTokens: 1000,
		...(sees !== undefined && { capabilities: { supportsImageToText: sees, supportsToolCalling: true } }),
		countTokens: async () => 1,
		sendRequest: async (given, options, token) => {
			messages.push(...given);
			assert.match(options?.justification ?? '', /describe your picture/);
			if (waits && token) await cancelled(token);
			// What the editor throws is told apart by the test.
			if (error !== undefined) return Promise.reject(error instanceof Error ? error : new Error('no error'));
			return { text: streamOf(pieces), stream: streamOf([]) };
		},
	};
	return { chat, messages };
}

async function cancelled(token: CancellationToken): Promise<void> {
	await new Promise<void>((_, reject) => token.onCancellationRequested(() => reject(new Error('Canceled'))));
}

async function* streamOf(pieces: readonly string[]): AsyncGenerator<string> {
	yield* pieces;
}

const never: ConstructorParameters<typeof VisionModels>[0]['network'] = {
	exchange: async () => Promise.reject(new Error('Nothing is sent here.')),
	download: async () => Promise.reject(new Error('Nothing is fetched here.')),
	dispose: async () => undefined,
};

function modelsOf(chats: readonly LanguageModelChat[], mayUse: EditorModels['mayUse'] = () => undefined, key?: string) {
	const secrets = new Secrets();
	if (key !== undefined) secrets.values.set('runware', JSON.stringify({ key, origin: 'https://api.runware.ai' }));
	const editor: EditorModels = { all: async () => chats, mayUse };
	return new VisionModels({ keyring: new Keyring(secrets, {}), network: never, editor });
}

async function idOf(models: VisionModels, asks: boolean): Promise<string | undefined> {
	const chosen = await models.choose(asks);
	return isImageError(chosen) ? chosen.code : chosen?.id;
}

describe('the editor’s own models in folders', () => {
	it('get the words and the picture in one message', async () => {
		const { chat, messages } = chatOf('a', { pieces: ['A fox', ' in ', 'the snow.\n'] });
		assert.equal(await describeByEditor(chat, image, signal), 'A fox in the snow.');
		const [message, ...others] = messages;
		assert.deepEqual(others, []);
		const parts: readonly unknown[] = message?.content ?? [];
		assert.equal(parts.length, 2);
		assert.ok(parts[0] instanceof LanguageModelTextPart && parts[0].value === captionPrompt);
		const part = z.object({ mimeType: z.string(), data: z.instanceof(Uint8Array) }).parse(parts[1]);
		assert.deepEqual([part.mimeType, part.data], ['image/png', image.bytes]);
	});

	it('are known to look at pictures, or not, as far as the editor says', () => {
		assert.ok(knowsPictures());
		assert.ok(!knowsPictures({}) && !knowsPictures({ LanguageModelDataPart: 1 }));
		assert.equal(picturePart(image, {}), undefined);
		assert.ok(seesPictures(chatOf('a').chat) && seesPictures(chatOf('a', { sees: true }).chat));
		assert.ok(!seesPictures(chatOf('a', { sees: false }).chat));
	});

	it('fail with a reason', async () => {
		const cases = [
			[LanguageModelError.NoPermissions('no'), 'refused', /does not let Limn use Model a/],
			[LanguageModelError.NotFound('no'), 'model-unavailable', /does not offer Model a/],
			[LanguageModelError.Blocked('quota'), 'refused', /Model a refused/],
			[new Error('broken\nwire'), 'server-error', /Model a failed/],
		] as const;
		for (const [error, code, words] of cases) {
			const answer = await describeByEditor(chatOf('a', { error }).chat, image, signal);
			assert.ok(isImageError(answer));
			assert.equal(answer.code, code);
			assert.match(sentence(answer.message), words);
		}
		const silence = await describeByEditor(chatOf('a', { pieces: [' \n'] }).chat, image, signal);
		assert.equal(isImageError(silence) && silence.code, 'bad-reply');
	});

	it('are no longer asked when the person has left', async () => {
		const controller = new AbortController();
		const answer = describeByEditor(chatOf('a', { waits: true }).chat, image, controller.signal);
		controller.abort();
		const left = await answer;
		assert.equal(isImageError(left) && left.code, 'cancelled');
	});

	it('come before Runware where nobody can be asked, unless the editor would ask', async () => {
		const { chat } = chatOf('a');
		assert.equal(await idOf(modelsOf([]), false), 'no-key');
		assert.equal(await idOf(modelsOf([chat]), false), 'no-key', 'the editor would ask');
		const asked = await modelsOf([chat]).choose(false);
		assert.match(isImageError(asked) ? sentence(asked.message) : '', /^You have not allowed Limn/);
		assert.equal(await idOf(modelsOf([], undefined, 'key'), false), 'runware/runware:152@2');
		assert.equal(await idOf(modelsOf([chat], undefined, 'key'), false), 'runware/runware:152@2');
		assert.equal(
			await idOf(
				modelsOf([chat], () => true, 'key'),
				false,
			),
			'test/a',
		);
		assert.equal(
			await idOf(
				modelsOf([chat], () => false),
				false,
			),
			'no-key',
		);
		assert.equal(await idOf(modelsOf([chatOf('b', { sees: false }).chat]), false), 'no-key');
	});

	it('are chosen once where there are several, and again when told', async () => {
		const models = modelsOf([chatOf('a').chat, chatOf('b').chat], undefined, 'key');
		assert.equal(await answered(idOf(models, true), 'workbench.action.acceptSelectedQuickOpenItem'), 'test/a');
		assert.equal(await idOf(models, true), 'test/a');
		models.forget();
		assert.equal(await answered(idOf(models, true), 'workbench.action.closeQuickOpen'), undefined);
	});

	it('get no picture from a person who was not told so, be there but one', async () => {
		for (const models of [modelsOf([chatOf('a').chat]), modelsOf([chatOf('a').chat], () => true)]) {
			assert.equal(await answered(idOf(models, true), 'workbench.action.closeQuickOpen'), undefined);
			assert.equal(await answered(idOf(models, true), 'workbench.action.acceptSelectedQuickOpenItem'), 'test/a');
			assert.equal(await idOf(models, true), 'test/a', 'told once');
		}
		const runware = modelsOf([], undefined, 'key');
		assert.equal(await answered(idOf(runware, true), 'workbench.action.closeQuickOpen'), undefined);
	});

	it('refuse in words, which are no description', async () => {
		const words = "I'm sorry, but I can't describe this image.";
		const answer = await describeByEditor(chatOf('a', { pieces: [words] }).chat, image, signal);
		assert.deepEqual(answer, refusalIn(words, 'Model a', 'unknown'));
		assert.ok(isImageError(answer));
		assert.deepEqual([answer.code, answer.said], ['refused', { by: 'Model a', words }]);
		assert.equal(refusalIn('A fox', 'Model a', 'unknown'), undefined);
	});

	it('are none where the editor fails to name them', async () => {
		const secrets = new Secrets();
		const editor: EditorModels = { all: async () => Promise.reject(new Error('no')), mayUse: () => true };
		const models = new VisionModels({ keyring: new Keyring(secrets, {}), network: never, editor });
		assert.equal(await idOf(models, false), 'no-key');
	});
});

/** Does this in the list that the editor shows, until the answer is there. */
async function answered<T>(answer: Promise<T>, command: string): Promise<T> {
	const state = { settled: false };
	const settled = answer.finally(() => (state.settled = true));
	while (!state.settled) await commands.executeCommand(command);
	return settled;
}
