/// <reference types="@jsquash/jpeg/emscripten-types" />
import type { Size } from '../domain/size';
import type { CodecName, Codecs } from './codecs';

/** The memory of an instance grows with its pictures and never shrinks: one of this many pixels is its last. */
const lastPixels = 8e6;

/** A library in WebAssembly, started at first use. One that failed is not used again: it may have stopped for good. */
export class WasmCodec<Library> {
	#instance: Promise<Library> | undefined;

	constructor(
		readonly name: CodecName,
		readonly factory: (options?: EmscriptenWasm.ModuleOpts) => Promise<Library>,
	) {}

	/** What the library makes of a picture of this size; `undefined` where it failed. Rejects where it cannot be started. */
	async run<T>(codecs: Pick<Codecs, 'load'>, { width, height }: Size, work: (library: Library) => T | null) {
		const library = await (this.#instance ??= this.#start(codecs));
		const done = attempt(() => work(library));
		if (done === undefined || width * height >= lastPixels) this.#instance = undefined;
		return done;
	}

	async #start({ load }: Pick<Codecs, 'load'>): Promise<Library> {
		try {
			return await this.factory(optionsWith(await load(this.name)));
		} catch (error) {
			this.#instance = undefined;
			throw error;
		}
	}
}

/** The same bytes, in memory that no other thread sees: the libraries take no other. */
export function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	const { buffer, byteOffset, byteLength } = bytes;
	return buffer instanceof ArrayBuffer ? new Uint8Array(buffer, byteOffset, byteLength) : bytes.slice();
}

/** What the libraries throw is no `Error` and says nothing. */
function attempt<T>(work: () => T | null): T | undefined {
	try {
		return work() ?? undefined;
	} catch {
		return undefined;
	}
}

/** Emscripten takes the binary and where to print, but the libraries' types do not name them. */
function optionsWith(wasmBinary: ArrayBuffer) {
	return { noInitialRun: true, wasmBinary, print: () => undefined, printErr: () => undefined };
}
