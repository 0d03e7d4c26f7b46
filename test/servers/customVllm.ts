import type { Size } from '../../src/domain/size';
import { invalid, json, Refusal, type Reply } from './answer';
import { commonFields, drawn, now, pixelsOf, sizeIn } from './customShared';
import { type Dialect, listed } from './emulator';
import { base64 } from './openaiAnswers';
import { uploads, uploadsNamed } from './request';
import type { Turn } from './turn';

/** vLLM-Omni (local servers reference): FastAPI's errors, a mask of another name, no addresses, nulls for what is not. */
export const vllmOmni: Dialect = {
	base: '/v1',
	routes: [
		{ method: 'POST', path: /^\/v1\/images\/(generations|edits)$/, handle: images },
		{ method: 'GET', path: /^\/v1\/models$/, handle: () => listed([{ id: 'Qwen/Qwen-Image', object: 'model' }]) },
	],
	refuse: refuseLikeFastApi,
	missing: () => json(404, { detail: 'Not Found' }),
};

async function images(turn: Turn, endpoint: string): Promise<Reply> {
	const { fields, form = {} } = turn.request;
	const asked = commonFields.safeParse(fields);
	if (!asked.success) throw unprocessable(asked.error.issues[0]?.path.map(String) ?? [], 'Input should be valid');
	const { prompt, n, seed, size, response_format = 'b64_json' } = asked.data;
	if (prompt === '') throw unprocessable(['prompt'], 'Field required');
	if (response_format !== 'b64_json' && response_format !== 'file') {
		throw unprocessable(['response_format'], "Input should be 'b64_json' or 'file'");
	}
	const source = endpoint === 'edits' ? await pixelsOf(uploads(form, 'image')[0]) : undefined;
	if (endpoint === 'edits' && !source) throw unprocessable(['image'], 'Field required');
	const mask = await pixelsOf(uploadsNamed(form, 'mask_image')[0]);
	const drawing = { prompt, n, seed, size: sizeOf(size, source), source, mask };
	const files = await drawn(turn, drawing);
	if (response_format === 'file') return asFile(files[0] ?? new Uint8Array());
	const data = files.map((file) => ({ b64_json: base64(file), url: null, revised_prompt: null }));
	return json(200, { created: now(), data, usage: null });
}

/** On a grid of 16, so that a picture may be smaller than it was asked for. */
function sizeOf(text: string, source: Size | undefined): Size {
	const own = source ?? { width: 1024, height: 1024 };
	const { width, height } = text === '' || text === 'auto' ? own : (sizeIn(text) ?? unknownSize(text));
	return { width: Math.max(16, width - (width % 16)), height: Math.max(16, height - (height % 16)) };
}

function unknownSize(text: string): never {
	throw invalid(`Invalid size format: '${text}'. Expected format: 'WIDTHxHEIGHT'`, null);
}

function asFile(body: Uint8Array): Reply {
	const headers = { 'content-type': 'image/png', 'content-disposition': 'attachment; filename="image.png"' };
	return { status: 200, headers, body };
}

/** What a schema refuses comes as a list. */
function unprocessable(path: readonly string[], message: string): Refusal {
	const detail = [{ loc: ['body', ...path], msg: message, type: 'value_error' }];
	return new Refusal({ status: 422, message, type: 'value_error', code: null, details: { detail } });
}

export function refuseLikeFastApi({ facts }: Refusal): Reply {
	const { status, message, details, headers } = facts;
	return json(status, { detail: details?.['detail'] ?? message }, headers);
}
