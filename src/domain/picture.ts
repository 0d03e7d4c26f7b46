import type { ImageError } from './imageError';
import type { ImageFormat } from './imageFormat';
import type { Operation } from './imageRequest';
import type { Message } from './message';

/** A picture as a provider delivered it: encoded, not yet saved, its format not yet looked at. */
export interface ReceivedImage {
	readonly bytes: Uint8Array;
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
