import type { LogOutputChannel } from 'vscode';
import type { RecordFile } from '../disk/recordFile';
import type { RecordFiles } from '../disk/recordFiles';
import { type ImageError, isImageError } from '../domain/imageError';
import { type Message, say } from '../domain/message';
import type { JobResult } from '../domain/picture';
import { type JobRecord, readJob } from '../generation/journal';
import type { ImageMaker } from './imageMaker';
import { merged } from './recipes/pictureBuilder';
import { isOfThisWindow } from './writtenOrder';

interface Parts {
	readonly records: RecordFiles;
	readonly maker: Pick<ImageMaker, 'recover'>;
	readonly log: LogOutputChannel;
}

/** What came of unfinished jobs. */
export interface Recovery {
	readonly result: JobResult;
	/** Jobs that belong to folders that are not open here. */
	readonly elsewhere: number;
	/** What came at start-up, if nobody has asked for it since: it was told then. */
	readonly before: JobResult;
}

const nothing: JobResult = { images: [], failures: [], warnings: [] };

/** Takes up the jobs that windows have left when they closed, or crashed. */
export class UnfinishedJobs {
	#last: Promise<unknown> = Promise.resolve();
	/** What came of those at start-up, until somebody asks. */
	#unasked: JobResult = nothing;

	constructor(readonly parts: Parts) {}

	/** After start-up: only where something may come of it that nobody has been told. */
	async atStart(): Promise<Recovery> {
		return this.#inTurn(async () => {
			const recovery = await this.#recover(isNews);
			this.#unasked = recovery.result;
			return { ...recovery, before: nothing };
		});
	}

	/** All of them. */
	async recover(): Promise<Recovery> {
		return this.#inTurn(async () => {
			const recovery = await this.#recover(() => true);
			const before = this.#unasked;
			this.#unasked = nothing;
			return { ...recovery, before };
		});
	}

	async #recover(isWanted: (record: JobRecord) => boolean): Promise<Omit<Recovery, 'before'>> {
		const results: JobResult[] = [];
		let elsewhere = 0;
		for (const { id, text, isCut } of await this.parts.records.left()) {
			const record = isCut ? 'damaged' : readJob(text);
			if (typeof record === 'string') results.push(await this.#clear(id, record));
			else if (!isOfThisWindow(record.head.order)) elsewhere++;
			else if (isWanted(record)) results.push(await this.#takeUp(id));
		}
		return { result: merged(results), elsewhere };
	}

	async #takeUp(id: string): Promise<JobResult> {
		// Another window may be faster, or have been at work on it meanwhile.
		const file = await this.parts.records.claim(id);
		const record = file && readJob((await file.read()).text);
		if (!file || !record) return nothing;
		if (typeof record === 'string') return this.#clear(id, record);
		try {
			const recovered = await this.parts.maker.recover(record, file);
			if (!recovered) return await this.#clear(id, 'damaged');
			if (!isImageError(recovered)) return recovered.result;
			await file.leave();
			return told(recovered);
		} catch (fault) {
			this.parts.log.error(fault instanceof Error ? fault : String(fault));
			await leave(file, this.parts.log);
			return told({ code: 'bad-reply', message: broken, charged: 'unknown' });
		}
	}

	/** A record that tells nothing. */
	async #clear(id: string, why: 'torn' | 'newer' | 'damaged'): Promise<JobResult> {
		const { records } = this.parts;
		if (why === 'torn') {
			await (await records.claim(id))?.remove();
			return nothing;
		}
		const place = await records.setAside(id, why);
		if (place === undefined) return nothing;
		return told({ code: 'bad-reply', message: sentences[why](place), charged: 'unknown' });
	}

	/** One after the other: nothing is taken up twice. */
	async #inTurn<T>(task: () => Promise<T>): Promise<T> {
		const turn = this.#last.then(task);
		this.#last = turn.catch(() => undefined);
		return turn;
	}
}

async function leave(file: RecordFile, log: LogOutputChannel): Promise<void> {
	await file.leave().catch((fault: unknown) => log.error(String(fault)));
}

function told(error: ImageError): JobResult {
	return { ...nothing, failures: [error] };
}

const broken = say('An unfinished job could not be recovered. The log has more.');

const sentences: Readonly<Record<'newer' | 'damaged', (place: string) => Message>> = {
	newer: (place) => say('A later version of Limn has left an unfinished job. It was put aside: {0}', place),
	damaged: (place) => say('The record of an unfinished job is damaged. It was put aside: {0}', place),
};

/** Whether something may come of a job that the person has not been told of. */
function isNews({ head, pictures }: JobRecord): boolean {
	return pictures.size < head.n || [...pictures.values()].some(({ ending }) => ending === undefined);
}
