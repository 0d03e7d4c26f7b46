import { json, Refusal, type Reply } from './answer';
import { commonFields, drawn, now, pixelsOf, sizeIn } from './customShared';
import { refuseLikeFastApi } from './customVllm';
import { type Dialect, listed } from './emulator';
import { base64 } from './openaiAnswers';
import { clearArea } from './pictures';
import { uploads } from './request';
import type { Turn } from './turn';

/** No real one: it stands for gateways that take OpenAI's fields, read its masks, and refuse whatever else they find. */
export const strict: Dialect = {
	base: '/v1',
	routes: [
		{ method: 'POST', path: /^\/v1\/images\/(generations|edits)$/, handle: images },
		{ method: 'GET', path: /^\/v1\/models$/, handle: () => listed([{ id: 'house-painter', object: 'model' }]) },
	],
	refuse: refuseLikeFastApi,
	missing: () => json(404, { detail: 'Not Found' }),
};

const fields = ['model', 'prompt', 'n', 'size', 'response_format', 'seed'];
const files = ['image', 'image[]', 'mask'];

async function images(turn: Turn, endpoint: string): Promise<Reply> {
	const { form = {} } = turn.request;
	const isEdit = endpoint === 'edits';
	const known = isEdit ? [...fields, ...files] : fields;
	const extra = Object.keys(turn.request.fields).filter((name) => !known.includes(name));
	if (extra.length > 0) throw problems(extra, 'Extra inputs are not permitted', 'extra_forbidden');
	const asked = commonFields.safeParse(turn.request.fields);
	if (!asked.success) throw problems(['prompt'], 'Input should be valid', 'value_error');
	const { prompt, n, seed, size } = asked.data;
	const source = isEdit ? await pixelsOf(uploads(form, 'image')[0]) : undefined;
	if (isEdit && !source) throw problems(['image'], 'Field required', 'missing');
	const mask = await pixelsOf(uploads(form, 'mask')[0]);
	const { width, height } = sizeIn(size) ?? source ?? { width: 1024, height: 1024 };
	const made = await drawn(turn, { prompt, n, seed, size: { width, height }, source, mask, areaIn: clearArea });
	return json(200, { created: now(), data: made.map((file) => ({ b64_json: base64(file) })) });
}

function problems(names: readonly string[], message: string, type: string): Refusal {
	const detail = names.map((name) => ({ loc: ['body', name], msg: message, type }));
	return new Refusal({ status: 422, message, type, code: null, details: { detail } });
}
