import type { ImageError } from './imageError';
import type { ImageFormat } from './imageFormat';
import type { Operation } from './imageRequest';
import type { Message } from './message';

/** Fills bytes with a short stretch of a file, at once. */
export type ReadInto = (target: Uint8Array, from: number) => void;

/** How the file of a picture is reached. */
export interface PictureReader {
	/** Looks at pieces of it, for as long as the work lasts. */
	look<T>(work: (readInto: ReadInto) => T): T;
	read(): Promise<Uint8Array>;
	/** Nobody needs it any more. */
	release(): void;
}

/** A picture's bytes in a file of Limn's own, until they are released: of many pictures not all are in memory at the same time. */
export class PictureFile {
	constructor(
		/** As the operating system writes it. */
		readonly path: string,
		/** Bytes. */
		readonly length: number,
		readonly reader: PictureReader,
	) {}
}

/** The bytes of a picture: small ones themselves, others in a file. */
export type PictureBytes = Uint8Array | PictureFile;

/** A file that begins as a picture's does, and goes on in another way. */
export interface Extended {
	readonly picture: PictureFile;
	/** So many of its bytes. */
	readonly upTo: number;
	readonly rest: Uint8Array;
}

/** What a picture's file is to hold. */
export type FileContent = PictureBytes | Extended;

export function isPictureBytes(value: unknown): value is PictureBytes {
	return value instanceof Uint8Array || value instanceof PictureFile;
}

/** A short stretch of a picture, wherever it lies. */
export function pieceOf(bytes: PictureBytes, from: number, to: number): Uint8Array {
	if (bytes instanceof Uint8Array) return bytes.subarray(from, to);
	const piece = new Uint8Array(Math.max(0, Math.min(to, bytes.length) - from));
	bytes.reader.look((readInto) => readInto(piece, from));
	return piece;
}

/** All of it in memory. */
export async function wholeOf(content: FileContent): Promise<Uint8Array> {
	if (content instanceof Uint8Array) return content;
	if (content instanceof PictureFile) return content.reader.read();
	const { picture, upTo, rest } = content;
	const bytes = new Uint8Array(upTo + rest.length);
	bytes.set((await picture.reader.read()).subarray(0, upTo));
	bytes.set(rest, upTo);
	return bytes;
}

/** A picture as a provider delivered it: encoded, not yet saved, its format not yet looked at. */
export interface ReceivedImage {
	readonly bytes: PictureBytes;
	/** A string because providers' seeds exceed what a number holds exactly. */
	readonly seed?: string;
	/** The prompt that the provider made of ours. */
	readonly revisedPrompt?: string;
	readonly costUsd?: number;
}

/** What a picture is known by: the beginning of its SHA-256, given in hex. */
export function pictureId(digest: string): string {
	return digest.slice(0, 16);
}

/** A picture on disk. */
export interface StoredPicture {
	/** First 16 hex digits of the SHA-256 of the file's bytes: a picture is known by its content, wherever it moves. */
	readonly id: string;
	/** URI as a string. */
	readonly uri: string;
	/** Pixels. */
	readonly width: number;
	readonly height: number;
	readonly format: ImageFormat;
	/** Id of the picture that it was made from. */
	readonly parent?: string;
	/** Pixels that differ from the source outside the mask, counted on the saved file. Absent: nothing was to be kept. */
	readonly changedOutsideMask?: number;
	/** What was found out only when the picture was saved. */
	readonly warnings?: readonly Message[];
}

/** A picture on disk with its history (contract: `SavedImage`). */
export interface SavedImage {
	readonly id: string;
	readonly uri: string;
	readonly width: number;
	readonly height: number;
	readonly mimeType: string;
	readonly operation: Operation;
	readonly prompt: string;
	readonly revisedPrompt?: string;
	readonly model: string;
	readonly seed?: string;
	readonly costUsd?: number;
	/** Id of the picture that it was made from. */
	readonly parent?: string;
	/** Pixels that differ from the source outside the mask, counted on the saved file. Absent: nothing was to be kept. */
	readonly changedOutsideMask?: number;
}

/** How a job ended. Nothing is both an image and a failure; together they are at least as many as were asked for. */
export interface JobResult {
	/** In order of arrival. */
	readonly images: readonly SavedImage[];
	readonly failures: readonly ImageError[];
	readonly warnings: readonly Message[];
	/** What the result says as well, though nobody need be told. */
	readonly notes?: readonly Message[];
	readonly cost?: { readonly usd: number; readonly estimated: boolean };
}

/** The port through which a job saves a picture the moment it arrives. `index` counts the job's pictures from 1. */
export type SavePicture = (image: ReceivedImage, index: number) => Promise<StoredPicture | ImageError>;
