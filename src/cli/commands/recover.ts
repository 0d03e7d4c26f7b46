import type { FoundRecord, RecordFiles } from '../../disk/recordFiles';
import type { ImageError } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { JobResult } from '../../domain/picture';
import { merged, refused } from '../../domain/result';
import { readJob } from '../../generation/journalRecord';
import { type Command, exitCodes } from '../command';
import type { Jobs } from '../jobs';
import { prepare } from '../prepare';
import { tellResult } from '../telling';
import { jsonFlag, noWords, rootFlag } from '../usualFlags';
import { inWorkshop } from '../workshop';
import { readOrder, rootOf } from '../writtenOrder';

/** `limn recover`: what commands have left that were ended too early. */
export const recover: Command = {
	takes: '',
	about: 'Takes up jobs that were ended before they were done: saves what had come, asks for the rest, orders nothing.',
	flags: { ...rootFlag, ...jsonFlag },
	notes: ['Jobs of other folders are left to a call with their --root.'],
	run: async (given, program) => {
		noWords(given);
		return inWorkshop(given, program, async ({ root, jobs }) => {
			const { records } = jobs.parts.purse;
			const results: JobResult[] = [];
			for (const found of await records.left()) {
				const result = await takeUp(found, jobs, program.signal);
				if (typeof result === 'string') program.err(`An unfinished job belongs to ${result}. Use --root.`);
				else if (result) results.push(result);
			}
			if (results.length === 0 && !given.has('json')) {
				program.err('There is nothing to recover.');
				return exitCodes.done;
			}
			return tellResult(merged(results), given, program, root);
		});
	},
};

/** What came of a job that was left; the folder that it belongs to, if that is another one; `undefined`: nothing had gone out. */
async function takeUp(found: FoundRecord, jobs: Jobs, signal: AbortSignal): Promise<JobResult | string | undefined> {
	const { purse, root } = jobs.parts;
	const seen = found.isCut ? 'damaged' : readJob(found.text);
	if (typeof seen === 'string') return clear(found.id, seen, purse.records);
	const home = rootOf(seen.order);
	if (home !== undefined && home !== root.path) return home;
	// Another command may be faster, or have been at work on it meanwhile.
	const file = await purse.records.claim(found.id);
	const record = file && readJob((await file.read()).text);
	if (!file || !record) return undefined;
	if (typeof record === 'string') return clear(found.id, record, purse.records);
	const written = await readOrder(record.order, file);
	if (!written) return clear(found.id, 'damaged', purse.records);
	const { head } = record;
	const order = { ...written.order, model: head.model };
	const prepared = prepare(order, written.begun, jobs.parts, new Date(head.at), [head.model]);
	if ('plan' in prepared) return jobs.recover(prepared, record, file, signal);
	await file.leave();
	return refused(0, prepared);
}

/** A record that tells nothing. */
async function clear(
	id: string,
	why: 'torn' | 'newer' | 'damaged',
	records: RecordFiles,
): Promise<JobResult | undefined> {
	if (why === 'torn') {
		await (await records.claim(id))?.remove();
		return undefined;
	}
	const place = await records.setAside(id, why);
	return place === undefined ? undefined : refused(0, [aside(place)]);
}

function aside(place: string): ImageError {
	return {
		code: 'not-writable',
		message: say('The record of an unfinished job is damaged. It was put aside: {0}', place),
		charged: 'unknown',
	};
}
