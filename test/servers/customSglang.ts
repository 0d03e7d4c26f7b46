import { invalid, json, type Reply } from './answer';
import { commonFields, drawn, now, pixelsOf, sizeIn } from './customShared';
import { refuseLikeFastApi } from './customVllm';
import { type Dialect, listed } from './emulator';
import { base64 } from './openaiAnswers';
import { uploads } from './request';
import type { Turn } from './turn';

/** SGLang (local servers reference): relative addresses, paths of its own disk, figures of its own. */
export const sglang: Dialect = {
	base: '/v1',
	routes: [
		{ method: 'POST', path: /^\/v1\/images\/(generations|edits)$/, handle: images },
		{
			method: 'GET',
			path: /^\/v1\/models$/,
			handle: () => listed([{ id: 'black-forest-labs/FLUX.1-dev', object: 'model' }]),
		},
	],
	refuse: refuseLikeFastApi,
	missing: () => json(404, { detail: 'Not Found' }),
};

async function images(turn: Turn, endpoint: string): Promise<Reply> {
	const { fields, form = {} } = turn.request;
	const asked = commonFields.safeParse(fields);
	if (!asked.success) throw invalid(asked.error.message, null);
	const { prompt, n, seed, size, response_format = 'url' } = asked.data;
	const isEdit = endpoint === 'edits';
	const source = isEdit ? await pixelsOf(uploads(form, 'image')[0]) : undefined;
	if (isEdit && !source) throw invalid("Field 'image' or 'url' is required", null);
	const mask = await pixelsOf(uploads(form, 'mask')[0]);
	const { width, height } = sizeIn(size) ?? source ?? { width: 1024, height: 1024 };
	const files = await drawn(turn, { prompt, n, seed, size: { width, height }, source, mask });
	const addressOf = (file: Uint8Array, index: number) =>
		turn.publish(`/v1/images/${turn.id}${index}/content`, file, 'image/png');
	const data = files.map((file, index) => ({
		...(response_format === 'b64_json' ? { b64_json: base64(file) } : { url: addressOf(file, index) }),
		revised_prompt: prompt,
		file_path: `/outputs/${turn.id}${index}.png`,
	}));
	const figures = { peak_memory_mb: 20_480.5, inference_time_s: 3.2, usage: { image_count: files.length } };
	return json(200, { id: turn.id, created: now(), data, resize: null, ...figures });
}
