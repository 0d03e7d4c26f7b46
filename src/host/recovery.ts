import type { LogOutputChannel } from 'vscode';
import type { RecordFile } from '../disk/recordFile';
import type { FoundRecord, RecordFiles } from '../disk/recordFiles';
import { type ImageError, isImageError } from '../domain/imageError';
import { type Message, say } from '../domain/message';
import type { JobResult } from '../domain/picture';
import { type JobRecord, readJob } from '../generation/journalRecord';
import { limit } from '../generation/limit';
import type { ImageMaker, Noted } from './imageMaker';
import { merged } from '../domain/result';
import { placesOf } from './wish';
import { folderNameOf, isOfThisWindow, wishOf } from './writtenOrder';

interface Parts {
	readonly records: RecordFiles;
	readonly maker: Pick<ImageMaker, 'recover'>;
	/** Notes pictures in the document that asked for them, and tells what a person should know of that. */
	readonly noted: Noted;
	readonly log: LogOutputChannel;
}

/** What came of unfinished jobs. */
export interface Recovery {
	readonly result: JobResult;
	/** The folders that are not open here, by name: one for each job that belongs to one. */
	readonly elsewhere: readonly string[];
	/** What came at start-up, if nobody has asked for it since: it was told then. */
	readonly before: JobResult;
}

const nothing: JobResult = { images: [], failures: [], warnings: [] };

/** Takes up the jobs that windows have left when they closed, or crashed. */
export class UnfinishedJobs {
	readonly #inTurn = limit(() => 1);
	/** What came of those at start-up, until somebody asks. */
	#unasked: JobResult = nothing;

	constructor(readonly parts: Parts) {}

	/** After start-up. Of what may come yet nobody hears: it is asked for again, another time. */
	async atStart(): Promise<Recovery> {
		return this.#inTurn(async () => {
			const { result, elsewhere } = await this.#recover();
			const failures = result.failures.filter(({ waits }) => !waits);
			this.#unasked = { ...result, failures };
			return { result: this.#unasked, elsewhere, before: nothing };
		});
	}

	/** All of them. */
	async recover(): Promise<Recovery> {
		return this.#inTurn(async () => {
			const recovery = await this.#recover();
			const before = this.#unasked;
			this.#unasked = nothing;
			return { ...recovery, before };
		});
	}

	/** The places that jobs which were left may fill yet, once what is being recovered here is done. */
	async openPlaces(): Promise<ReadonlySet<string>> {
		return this.#inTurn(async () => {
			const records = (await this.#left()).map(({ text }) => readJob(text));
			const wishes = records.flatMap((record) => (typeof record === 'object' ? (wishOf(record.order) ?? []) : []));
			return new Set(wishes.flatMap(placesOf));
		});
	}

	async #recover(): Promise<Omit<Recovery, 'before'>> {
		const results: JobResult[] = [];
		const elsewhere: string[] = [];
		for (const found of await this.#left()) {
			const record = found.isCut ? 'damaged' : readJob(found.text);
			if (typeof record === 'object' && !isOfThisWindow(record.order)) elsewhere.push(folderNameOf(record.order));
			else results.push(await this.#takeUp(found.id, record));
		}
		return { result: merged(results), elsewhere };
	}

	/** Empty where they cannot be looked at. */
	async #left(): Promise<readonly FoundRecord[]> {
		return this.parts.records.left().catch((fault: unknown) => {
			this.#log(fault);
			return [];
		});
	}

	/** One that makes trouble does not keep the others from being taken up. */
	async #takeUp(id: string, found: JobRecord | Unreadable): Promise<JobResult> {
		try {
			if (typeof found === 'string') return await this.#clear(id, found);
			// Another window may be faster, or have been at work on it meanwhile.
			const file = await this.parts.records.claim(id);
			const record = file && readJob((await file.read()).text);
			if (!file || !record) return nothing;
			return typeof record === 'string' ? await this.#clear(id, record) : await this.#finish(record, file);
		} catch (fault) {
			this.#log(fault);
			return told(broken);
		}
	}

	async #finish(record: JobRecord, file: RecordFile): Promise<JobResult> {
		try {
			const recovered = await this.parts.maker.recover(record, file, this.parts.noted);
			if (!recovered) return await this.#clear(record.head.id, 'damaged');
			if (!isImageError(recovered)) return recovered;
			await file.leave();
			return told(recovered);
		} catch (fault) {
			await file.leave().catch((other: unknown) => this.#log(other));
			throw fault;
		}
	}

	/** A record that tells nothing. */
	async #clear(id: string, why: Unreadable): Promise<JobResult> {
		const { records } = this.parts;
		if (why === 'torn') {
			await (await records.claim(id))?.remove();
			return nothing;
		}
		const place = await records.setAside(id, why);
		if (place === undefined) return nothing;
		return told({ code: 'not-writable', message: sentences[why](place), charged: 'unknown' });
	}

	#log(fault: unknown): void {
		this.parts.log.error(fault instanceof Error ? fault : String(fault));
	}
}

/** Why nothing can be made of a record. */
type Unreadable = Extract<ReturnType<typeof readJob>, string>;

function told(error: ImageError): JobResult {
	return { ...nothing, failures: [error] };
}

const broken: ImageError = {
	code: 'not-writable',
	message: say('An unfinished job could not be recovered. Try again later; the log has more.'),
	charged: 'unknown',
};

const sentences: Readonly<Record<'newer' | 'damaged', (place: string) => Message>> = {
	newer: (place) => say('A later version of Limn has left an unfinished job. It was put aside: {0}', place),
	damaged: (place) => say('The record of an unfinished job is damaged. It was put aside: {0}', place),
};
