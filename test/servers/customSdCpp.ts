import * as z from 'zod';
import { invalid, json, page, type Refusal, type Reply } from './answer';
import { commonFields, drawn, now, pixelsOf, sizeIn } from './customShared';
import type { Dialect } from './emulator';
import { base64 } from './openaiAnswers';
import { uploads } from './request';
import type { Turn } from './turn';

const extra = /<sd_cpp_extra_args>(.*?)<\/sd_cpp_extra_args>/;
const formats = z.enum(['png', 'jpeg', 'webp']);

/** stable-diffusion.cpp's server (local servers reference): few fields, masks by light, errors as text. */
export const sdCpp: Dialect = {
	base: '/v1',
	routes: [
		{ method: 'POST', path: /^\/v1\/images\/(generations|edits)$/, handle: images },
		{
			method: 'GET',
			path: /^\/v1\/models$/,
			handle: () => json(200, { data: [{ id: 'sd-cpp-local', object: 'model', owned_by: 'local' }] }),
		},
	],
	refuse,
	missing: () => page(404, '404'),
};

async function images(turn: Turn, endpoint: string): Promise<Reply> {
	const { fields, form = {} } = turn.request;
	const isEdit = endpoint === 'edits';
	const asked = commonFields.safeParse(fields);
	if (!asked.success) throw invalid('invalid params', null);
	const { prompt, seed } = readPrompt(asked.data.prompt);
	const format = formats.safeParse(asked.data.output_format ?? 'png');
	if (!format.success || (isEdit && format.data === 'webp')) {
		throw invalid(`invalid output_format, must be one of [png, jpeg${isEdit ? '' : ', webp'}]`, null);
	}
	const source = isEdit ? await pixelsOf(uploads(form, 'image')[0]) : undefined;
	if (isEdit && !source) throw invalid('image[] required', null);
	const mask = await pixelsOf(uploads(form, 'mask')[0]);
	const own = source ?? { width: 512, height: 512 };
	const { width, height } = sizeIn(asked.data.size) ?? own;
	const drawing = { prompt, seed, n: asked.data.n, size: { width, height }, source, mask, format: format.data };
	const files = await drawn(turn, drawing);
	const data = files.map((file) => ({ b64_json: base64(file) }));
	return json(200, { created: now(), output_format: format.data, data });
}

/** Everything that OpenAI's dialect has no field for stands inside the prompt, on one line. */
function readPrompt(text: string): { readonly prompt: string; readonly seed: number | undefined } {
	const prompt = text.replace(extra, '').trim();
	if (prompt === '') throw invalid('prompt required', null);
	if (/<lora:/.test(prompt)) throw invalid('lora tags are not supported in the prompt', null);
	const args = extra.exec(text)?.[1];
	return { prompt, seed: args === undefined ? undefined : seedIn(args) };
}

function seedIn(args: string): number | undefined {
	try {
		// Seeds have 64 bits there: more than a number holds exactly.
		return z.object({ seed: z.number().refine(Number.isInteger).optional() }).parse(JSON.parse(args)).seed;
	} catch {
		throw invalid('invalid sd_cpp_extra_args', null);
	}
}

function refuse({ facts }: Refusal): Reply {
	const { status, message, headers } = facts;
	return json(status, status < 500 ? { error: message } : { error: 'server_error', message }, headers);
}
