import * as z from 'zod';
import { invalid, json, type Refusal, type Reply } from './answer';
import { commonFields, type Drawing, drawn, now, pixelsOf, sizeIn } from './customShared';
import { type Dialect, listed } from './emulator';
import { base64 } from './openaiAnswers';
import { uploads } from './request';
import type { Turn } from './turn';

/** LocalAI (local servers reference): no edits, addresses by default, pictures to start from in base64. */
export const localai: Dialect = {
	base: '/v1',
	routes: [
		{ method: 'POST', path: /^\/v1\/images\/generations$/, handle: generate },
		{ method: 'POST', path: /^\/v1\/images\/inpainting$/, handle: inpaint },
		{ method: 'GET', path: /^\/v1\/models$/, handle: () => listed([{ id: 'stablediffusion', object: 'model' }]) },
	],
	refuse,
	missing: () => refuse(invalid('Not Found', null, null, 404)),
};

const ownFields = commonFields.extend({
	file: z.string().optional(),
	files: z.array(z.string()).optional(),
	ref_images: z.array(z.string()).optional(),
});

async function generate(turn: Turn): Promise<Reply> {
	const asked = ownFields.safeParse(turn.request.fields);
	if (!asked.success) throw invalid(asked.error.message, null);
	const { model, prompt, n, seed, size, file, files = [], ref_images = [], response_format } = asked.data;
	if (model === undefined) throw invalid('no model specified', null);
	const [first] = [...(file === undefined ? [] : [file]), ...files, ...ref_images];
	const source = first === undefined ? undefined : await fromBase64(first);
	const positive = prompt.split('|')[0] ?? '';
	const drawing = { prompt: positive, n, seed, size: sizeIn(size) ?? { width: 512, height: 512 }, source };
	return answer(turn, drawing, response_format === 'b64_json');
}

async function fromBase64(text: string) {
	const bytes = Buffer.from(text.replace(/^data:[^,]*,/, ''), 'base64');
	const source = await pixelsOf({ fileName: '', type: '', bytes });
	if (!source) throw invalid('failed to decode the image', null, null, 500);
	return source;
}

/** Its own endpoint, always of one size, always with an address. */
async function inpaint(turn: Turn): Promise<Reply> {
	const { fields, form = {} } = turn.request;
	const asked = commonFields.safeParse(fields);
	const source = await pixelsOf(uploads(form, 'image')[0]);
	const mask = await pixelsOf(uploads(form, 'mask')[0]);
	if (!asked.success || !source || !mask) throw invalid('missing image or mask', null);
	const { prompt } = asked.data;
	return answer(turn, { prompt, n: 1, size: { width: 512, height: 512 }, source, mask }, false);
}

async function answer(turn: Turn, drawing: Drawing, isInline: boolean): Promise<Reply> {
	const files = await drawn(turn, drawing);
	const addressOf = (file: Uint8Array, index: number) =>
		`${turn.origin}${turn.publish(`/generated-images/b64${turn.id}${index}.png`, file, 'image/png')}`;
	const data = files.map((file, index) => (isInline ? { b64_json: base64(file) } : { url: addressOf(file, index) }));
	const none = { input_tokens: 0, output_tokens: 0, total_tokens: 0 };
	return json(200, { id: turn.id, created: now(), data, usage: none });
}

/** The envelope is OpenAI's, the code is the status. */
function refuse({ facts }: Refusal): Reply {
	const { status, message, headers } = facts;
	return json(status, { error: { code: status, message, type: '' } }, headers);
}
