import type { Reply } from './answer';
import type { Body } from './vinconyShapes';

export interface Spoken {
	readonly id: string;
	readonly model: string;
}

/** An answer in pieces: the text first, then the images. With an error it ends in it, and without `[DONE]`. */
export function streamed(spoken: Spoken, { message = { content: null } }: Body, error?: string): Reply {
	const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };
	const { content, images = [], ...rest } = message;
	const deltas = [
		...(typeof content === 'string' ? pieces(content).map((piece) => ({ content: piece })) : []),
		...images.map((image) => ({ images: [image] })),
		// Whatever else a message has comes whole.
		...(Object.keys(rest).length > 0 ? [rest] : []),
	];
	return { status: 200, headers, body: frames(spoken, deltas, error) };
}

/** Four: whoever reads only the first or the last has no picture. */
function pieces(text: string): string[] {
	const length = Math.ceil(text.length / 4) || 1;
	return Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
		text.slice(index * length, (index + 1) * length),
	);
}

async function* frames(spoken: Spoken, deltas: readonly object[], error: string | undefined): AsyncGenerator<string> {
	yield frame(chunk(spoken, { role: 'assistant', content: '' }));
	for (const delta of deltas.slice(0, -1)) yield frame(chunk(spoken, delta));
	const last = deltas.slice(-1).map((delta) => frame(chunk(spoken, delta)));
	// In one write, so that a stream without its last piece lacks what matters.
	const end = error === undefined ? [frame(chunk(spoken, {}, 'stop')), 'data: [DONE]\n\n'] : [frame({ error })];
	yield [...last, ...end].join('');
}

function frame(value: object): string {
	return `data: ${JSON.stringify(value)}\n\n`;
}

function chunk({ id, model }: Spoken, delta: object, finish: 'stop' | null = null): object {
	const created = Math.floor(Date.now() / 1000);
	return { id, object: 'chat.completion.chunk', created, model, choices: [{ index: 0, delta, finish_reason: finish }] };
}
