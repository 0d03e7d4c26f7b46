import { createHash, randomUUID } from 'node:crypto';
import { mimeOf } from './pictureFiles';
import type { Item } from './runwareErrors';
import type { Library } from './runwareImages';
import type { Order } from './runwareOrder';
import type { Outcome } from './runwareTasks';
import type { Turn } from './turn';

const endings = { jpeg: 'jpg', png: 'png', webp: 'webp' } as const;

/** One object for each picture, all with the UUID of the task (Runware reference, *Result object*). */
export function results(order: Order, files: readonly Uint8Array[], library: Library, turn: Turn): Outcome[] {
	const first = order.seed ?? randomSeed(order.taskUUID);
	return files.map((file, index) => {
		const imageUUID = randomUUID();
		library.set(imageUUID, file);
		const item = {
			taskType: 'imageInference',
			taskUUID: order.taskUUID,
			imageUUID,
			...picture(order, file, imageUUID, turn),
			...(order.model.hasSeed ? { seed: first + BigInt(index) } : {}),
			...(order.checksContent ? { NSFWContent: false } : {}),
			...(order.includeCost ? { cost: order.usd } : {}),
		};
		return { failed: false, item };
	});
}

/** Exactly one of the three fields. */
function picture({ format, outputType, seconds }: Order, file: Uint8Array, imageUUID: string, turn: Turn): Item {
	const type = mimeOf(format);
	const base64 = () => Buffer.from(file).toString('base64');
	if (outputType === 'base64Data') return { imageBase64Data: base64() };
	if (outputType === 'dataURI') return { imageDataURI: `data:${type};base64,${base64()}` };
	const path = `/image/os/a05d22/ws/2/ii/${imageUUID}.${endings[format]}`;
	return { imageURL: `${turn.origin}${turn.publish(path, file, type, (seconds ?? week) * 1000)}` };
}

/** How long a picture's address lives where nothing else was asked for. */
const week = 604_800;

/** Between 2^62 and 2^63: nothing that a number could keep. */
function randomSeed(taskUUID: string): bigint {
	const hash = createHash('sha256').update(taskUUID).digest().readBigUInt64BE();
	return (1n << 62n) | (hash >> 2n) | 1n;
}

/** A result that came to nothing, whatever becomes of the others. */
export function failure(taskUUID: string, code: string): Outcome {
	const timeout =
		'The external provider did not respond within the timeout window. The request was automatically terminated.';
	const message = code === 'timeoutProvider' ? timeout : `The task failed: ${code}.`;
	const documentation = 'https://runware.ai/docs/en/image-inference/api-reference';
	return { failed: true, item: { code, message, documentation, taskType: 'imageInference', taskUUID } };
}
