import { randomUUID } from 'node:crypto';
import { encodePicture, mimeOf } from './pictureFiles';
import { type Item, invalidValue, wrong } from './runwareErrors';
import { type Library, readImage, stored } from './runwareImages';
import { runwareModels } from './runwareModels';
import { anything, choice, readValues, type Rules } from './runwareRules';
import type { Turn } from './turn';

/** How an account tells its balance: as the documents of 2025 do, as the schema of 2026 does, not at all, or by refusing. */
export type Balance = 'number' | 'object' | 'withheld' | 'forbidden';

const base: Rules = { taskType: anything, taskUUID: { kind: 'uuid' }, includeCost: anything, webhookURL: anything };

/** What is asked of the account of a key. Nobody's own data: the names are made up. */
export function account(task: Item, balance: Balance, spent: number): Item {
	const rules: Rules = { ...base, operation: choice('getDetails') };
	const { taskUUID, operation } = readValues(task, rules, ['taskUUID', 'operation']);
	if (balance === 'forbidden') {
		throw wrong('insufficientPermissions', 'This key must not read the account.', {}, 403);
	}
	const amount = Math.round((25 - spent) * 1e6) / 1e6;
	const told = balance === 'number' ? amount : { amount, freeBalance: 0, currency: 'USD' };
	const used = { credits: spent, requests: 1 };
	return {
		taskType: 'accountManagement',
		taskUUID,
		operation,
		organizationName: 'Emulated Organization',
		organizationUUID: '7c1a5f1e-3a55-4f0e-9d8e-2b6f1c0d4e5a',
		...(balance === 'withheld' ? {} : { balance: told }),
		team: [{ name: 'A Person', email: 'person@example.com', roles: ['owner'] }],
		apiKeys: [{ name: 'a key', apiKey: 'run…key', enabled: true }],
		usage: { today: used, last7Days: used, last30Days: used, total: used },
	};
}

/** The models that the emulator serves, as far as a list needs them. */
export function searchModels(task: Item, legacy: boolean): Item {
	const rules: Rules = {
		...base,
		search: anything,
		source: choice('featured', 'community'),
		category: anything,
		architecture: anything,
		capabilities: anything,
		visibility: anything,
		limit: { kind: 'integer', min: 1, max: 100 },
		offset: { kind: 'integer', min: 0 },
		sort: anything,
	};
	const { taskUUID, search = '', limit = 20, offset = 0 } = readValues(task, rules, ['taskUUID']);
	const words = String(search).toLowerCase();
	const found = runwareModels
		.filter(({ isRetired }) => legacy || !isRetired)
		.filter(({ air, name }) => `${air} ${name}`.toLowerCase().includes(words))
		.map(({ air, name }) => ({
			air,
			name,
			category: 'checkpoint',
			architecture: null,
			capabilities: ['text-to-image'],
			source: 'featured',
			heroImage: null,
			private: false,
		}));
	const results = found.slice(Number(offset), Number(offset) + Number(limit));
	return { taskType: 'modelSearch', taskUUID, totalResults: found.length, results };
}

/** What the emulator says of every picture, unless it is told something else. */
const description = 'The image shows a fox that sleeps in the snow.';

/** What a description costs, in USD: made up. */
const captionUsd = 0.0006;

/** The words of a model that looks at pictures, in the form of 2026 and in that of 2025. What cannot be read is refused. */
export async function caption(task: Item, library: Library, turn: Turn, text = description): Promise<Item> {
	const path = task['taskType'] === 'imageCaption' ? 'inputImage' : 'inputs.image';
	const models = choice('runware:150@2', 'runware:151@1', 'runware:152@1', 'runware:152@2');
	const prompt = { kind: 'text', min: 1, max: 2000 } as const;
	const rules: Rules = { ...base, model: models, prompt, [path]: { kind: 'image' } };
	const values = readValues(task, rules, ['taskUUID', 'model', path]);
	if (values['prompt'] !== undefined && !/:152@/.test(String(values['model']))) {
		throw wrong('unsupportedParameter', 'This model takes no prompt.', { parameter: 'prompt' });
	}
	await readImage({ path, given: String(values[path]) }, library, turn);
	await turn.work(async () => []);
	const cost = values['includeCost'] === true ? { cost: captionUsd } : {};
	return { taskType: task['taskType'], taskUUID: values['taskUUID'], text, ...cost };
}

/** Both tasks that store a picture, the older and the current one, and the one that takes it away. */
export async function storage(task: Item, library: Library, turn: Turn): Promise<Item> {
	const isOld = task['taskType'] === 'imageUpload';
	const name = isOld ? 'image' : 'media';
	const own: Rules = isOld ? {} : { operation: choice('upload', 'delete') };
	const required = ['taskUUID', name, ...(isOld ? [] : ['operation'])];
	const values = readValues(task, { ...base, ...own, [name]: { kind: 'image' } }, required);
	const { taskUUID, operation } = values;
	const given = String(values[name]);
	if (operation === 'delete') {
		if (!library.delete(given.toLowerCase())) throw invalidValue('media', 'There is no such media.');
		return { taskType: 'mediaStorage', taskUUID, operation, mediaUUID: given };
	}
	const file = await encodePicture(stored(await readImage({ path: name, given }, library, turn)), 'png');
	const uuid = randomUUID();
	library.set(uuid, file);
	const url = `${turn.origin}${turn.publish(`/image/os/a05d22/ws/2/ii/${uuid}.png`, file, mimeOf('png'))}`;
	if (isOld) return { taskType: 'imageUpload', taskUUID, imageUUID: uuid, imageURL: url };
	return { taskType: 'mediaStorage', taskUUID, operation, mediaUUID: uuid, mediaURL: url };
}
