import type { ImageError } from '../domain/imageError';
import type { PictureBytes, ReceivedImage } from '../domain/picture';
import type { Call, CallState } from '../providers/provider';
import { factsSchema, type JobHead, type Line, version, written } from './journalLines';
import { isLeaving, Leaving } from './leaving';

/** Where the lines of one job go. Each call resolves when it is on the disk; a line that need not outlast a power failure, when the system has it. */
export interface JobFile {
	readonly write: (line: string, outlasts?: boolean) => Promise<void>;
	/** Puts bytes beside the lines; what is there under that name goes. A file may be the very same as the picture's own. */
	readonly stage: (name: string, bytes: PictureBytes) => Promise<void>;
	/** Takes the lines and all that lies beside them away. */
	readonly remove: () => Promise<void>;
}

/** Where the bytes of a picture lie, by its number. They are there before the line that tells of them. */
export function pictureFile(at: number): string {
	return `${at}.picture`;
}

/**
 * A job writes down what it is about to do, so that nothing of it is lost when the window goes. Whatever fails in that is told once and
 * does not stop the job.
 */
export class JobJournal {
	#isTrouble = false;

	/** `file` absent: nothing is written down. `digest`: SHA-256 in hex. `signal`: of the job. */
	constructor(
		readonly file: JobFile | undefined,
		readonly digest: (bytes: PictureBytes) => Promise<string>,
		readonly onFault: (fault: unknown) => void,
		readonly signal?: AbortSignal,
	) {}

	async head(head: JobHead, order: unknown): Promise<void> {
		const lines = `${written({ kind: 'job', version, ...head })}${written({ kind: 'order', order })}`;
		await this.#safely(async (file) => file.write(lines));
	}

	/** Before its first request goes out. */
	async begin({ id, n, before }: Pick<Call, 'id' | 'n' | 'before'>): Promise<void> {
		await this.#write({ kind: 'call', id, n, before });
	}

	async reached({ id }: Pick<Call, 'id'>, { handed, ...state }: CallState): Promise<void> {
		await this.#write({ kind: 'state', call: id, state: { ...state, handed: [...handed] } });
	}

	/** Before anything is made of the picture. Whether it is safe. */
	async arrived({ bytes, ...facts }: ReceivedImage, at: number): Promise<boolean> {
		return this.#safely(async (file) => {
			const name = pictureFile(at);
			const digest = await this.digest(bytes);
			await file.stage(name, bytes);
			await file.write(written({ kind: 'arrived', index: at, file: name, digest, facts: factsSchema.parse(facts) }));
		});
	}

	/** Throws {@link Leaving} where the window goes: then the next one puts it there. */
	async publishing(at: number, id: string, path: string): Promise<void> {
		if (this.signal && isLeaving(this.signal)) throw new Leaving();
		await this.#write({ kind: 'publishing', index: at, id, path });
	}

	/** Whoever does not find this line finds the picture in its place. */
	async saved(at: number): Promise<void> {
		await this.#write({ kind: 'saved', index: at }, false);
	}

	async failed(
		{ code, charged, kept }: Pick<ImageError, 'code' | 'charged' | 'kept'>,
		at: number,
		costUsd?: number,
	): Promise<void> {
		const place = typeof kept === 'object' ? { kept: kept.at } : {};
		await this.#write({
			kind: 'failed',
			index: at,
			code,
			charged,
			...place,
			...(costUsd !== undefined && { costUsd }),
		});
	}

	/** Of a job that is left, and of which the person has heard. */
	async told(): Promise<void> {
		await this.#write({ kind: 'told' });
	}

	/** Nothing more is to be done. */
	async end(): Promise<void> {
		await this.file?.remove().catch(this.onFault);
	}

	async #write(line: Line, outlasts = true): Promise<void> {
		await this.#safely(async (file) => file.write(written(line), outlasts));
	}

	async #safely(work: (file: JobFile) => Promise<void>): Promise<boolean> {
		if (!this.file) return false;
		try {
			await work(this.file);
			return true;
		} catch (fault) {
			// What does not go now may go the next time.
			if (!this.#isTrouble) this.onFault(fault);
			this.#isTrouble = true;
			return false;
		}
	}
}
