import { bearer, json, type Refusal, type Reply } from './answer';
import { type Dialect, type Emulator, type EmulatorOptions, listed, startEmulator } from './emulator';
import { base64 } from './openaiAnswers';
import { encodePicture, mimeOf } from './pictureFiles';
import type { Turn } from './turn';
import { type Chat, pictureFor, promptIn, promptOf, readChat, refusal } from './vinconyChat';
import {
	type Answered,
	type Body,
	shaped,
	type VinconyShape,
	vinconyShapes,
	vinconyStreamedShapes,
} from './vinconyShapes';
import { type Spoken, streamed } from './vinconyStream';

/** A key that the emulator takes, as it takes all that begin so. */
export const vinconyKey = 'vncy_emulator';

/**
 * What comes instead of a picture: a reason in `message.refusal`, a sentence as the content, an error in a 200 body, an
 * error in the middle of a stream (in a 200 body where nothing is streamed).
 */
export const vinconyTroubles = ['refusal', 'words', 'error-body', 'error-frame'] as const;

export type VinconyTrouble = (typeof vinconyTroubles)[number];

export interface VinconyOptions extends EmulatorOptions {
	/** How every picture comes; unless told, each comes in another shape than the one before. */
	readonly shape?: VinconyShape;
	/** What befalls every request; `!refusal` in a prompt does it for one. */
	readonly trouble?: VinconyTrouble;
	/** Whether answers are streamed that nobody asked to be. */
	readonly streams?: boolean;
	/** Whether there is a list of models. None is documented. */
	readonly listsModels?: boolean;
	/** Whether retired models are served. */
	readonly legacy?: boolean;
}

/** Vincony's API as far as it is known (OpenAI-compatible reference, Vincony): chat completions, and nothing else. */
export async function startVincony(options: VinconyOptions = {}): Promise<Emulator> {
	return startEmulator(new Vincony(options).dialect(), options);
}

/** What they make. */
const models: ReadonlyMap<string, 'pictures' | 'words' | 'nothing any more'> = new Map([
	['openai/gpt-image-2', 'pictures'],
	['google/gemini-3.1-flash-image', 'pictures'],
	['openai/dall-e-2', 'nothing any more'],
	['openai/gpt-5.2', 'words'],
]);

class Vincony {
	/** How many answers had pictures, and how many of them were streamed. */
	private readonly answered = { whole: 0, streamed: 0 };

	constructor(private readonly options: VinconyOptions) {}

	dialect(): Dialect {
		return {
			base: '/v1',
			routes: [
				{ method: 'POST', path: /^\/v1\/chat\/completions$/, handle: async (turn) => this.chat(turn) },
				{ method: 'GET', path: /^\/v1\/models$/, handle: (turn) => this.list(turn) },
			],
			refuse,
			missing: () => refuse(refusal(404, 'Not found')),
			promptOf: (request) => promptIn(request.json),
		};
	}

	private list(turn: Turn): Reply {
		checkKey(turn);
		if (!this.options.listsModels) throw refusal(404, 'Not found');
		return listed(this.served().map((id) => ({ id, object: 'model', owned_by: id.split('/')[0] })));
	}

	private served(): string[] {
		return Array.from(models.keys()).filter((id) => this.options.legacy || models.get(id) !== 'nothing any more');
	}

	private async chat(turn: Turn): Promise<Reply> {
		checkKey(turn);
		if (turn.request.json === undefined) throw refusal(400, 'Invalid JSON');
		const chat = readChat(turn.request.json);
		this.checkModel(chat.model);
		const spoken = { id: `chatcmpl-${turn.id.slice(4, 28)}`, model: chat.model };
		const trouble = this.troubleOf(chat);
		const isStreamed = chat.stream ?? this.options.streams ?? false;
		if (trouble === 'error-body' || trouble === 'error-frame') {
			await turn.work(async () => []);
			const error = 'The model is overloaded';
			const isInStream = trouble === 'error-frame' && isStreamed;
			return isInStream ? streamed(spoken, { message: { content: 'Here it is' } }, error) : json(200, { error });
		}
		const body = await this.bodyFor(turn, chat, trouble, isStreamed);
		const canStream = body.beside === undefined && !Array.isArray(body.message?.content);
		return isStreamed && canStream ? streamed(spoken, body) : whole(spoken, body);
	}

	private checkModel(model: string): void {
		if (model === 'auto') throw refusal(400, 'Model "auto" is not supported here, choose a model');
		if (!models.has(model)) throw refusal(404, `Model ${model} not found`);
		if (!this.served().includes(model)) throw refusal(400, `Model ${model} is no longer available`);
	}

	private troubleOf({ messages }: Chat): VinconyTrouble | undefined {
		const words = promptOf(messages).split(/\s+/);
		return vinconyTroubles.find((trouble) => words.includes(`!${trouble}`)) ?? this.options.trouble;
	}

	private async bodyFor(
		turn: Turn,
		chat: Chat,
		trouble: VinconyTrouble | undefined,
		isStreamed: boolean,
	): Promise<Body> {
		const isSpeech = models.get(chat.model) === 'words' || trouble !== undefined;
		// Words are billed too.
		if (isSpeech) await turn.work(async () => []);
		if (trouble === 'refusal') return { message: { content: null, refusal: 'I cannot draw that.' } };
		if (trouble === 'words') return { message: { content: 'I cannot draw that, because it shows a real person.' } };
		if (isSpeech) return { message: { content: `You said: ${promptOf(chat.messages)}` } };
		const picture = await pictureFor(turn, chat);
		const files = await turn.work(async () => [await encodePicture(picture, 'png')]);
		return shaped(
			this.nextShape(isStreamed),
			files.map((file, index) => pictureOf(turn, file, index)),
		);
	}

	/** A shape that cannot be streamed is left out where streams are wanted, unless it is the only one. */
	private nextShape(isStreamed: boolean): VinconyShape {
		const { shape } = this.options;
		if (shape) return shape;
		const [names, count] = isStreamed
			? [vinconyStreamedShapes, this.answered.streamed++]
			: [vinconyShapes, this.answered.whole++];
		return names[count % names.length] ?? 'images-url-object';
	}
}

function pictureOf(turn: Turn, file: Uint8Array, index: number): Answered {
	const type = mimeOf('png');
	return {
		type,
		base64: base64(file),
		publish: (extension) => `${turn.origin}${turn.publish(`/files/${turn.id}-${index}${extension}`, file, type)}`,
	};
}

function checkKey(turn: Turn): void {
	if (!/^vncy_\w+$/.test(bearer(turn.request))) throw refusal(401, 'Invalid API key');
}

function whole({ id, model }: Spoken, { message, beside }: Body): Reply {
	return json(200, {
		id,
		object: 'chat.completion',
		created: Math.floor(Date.now() / 1000),
		model,
		choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }],
		usage: { prompt_tokens: 12, completion_tokens: 1290, total_tokens: 1302 },
		...beside,
	});
}

const statuses: Readonly<Record<string, number>> = {
	insufficient_quota: 402,
	insufficient_balance: 402,
	billing_hard_limit_reached: 402,
};

/** Errors are a sentence, not an object. Whoever has no credits left gets 402 for it. */
function refuse({ facts }: Refusal): Reply {
	const { status, message, code, headers } = facts;
	return json(statuses[code ?? ''] ?? status, { error: message }, headers);
}
