import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import type { CodecName, Codecs } from '../../../src/image/codecs';

const files: Readonly<Record<CodecName, string>> = {
	mozjpeg_dec: 'jpeg/codec/dec/mozjpeg_dec.wasm',
	mozjpeg_enc: 'jpeg/codec/enc/mozjpeg_enc.wasm',
	webp_dec: 'webp/codec/dec/webp_dec.wasm',
	webp_enc_simd: 'webp/codec/enc/webp_enc_simd.wasm',
};

/** What the painter thread hands to the pure code: Node's zlib, and the libraries where npm put them. */
export const codecs: Codecs = {
	load: async (name) => {
		const file = await readFile(path.resolve('node_modules/@jsquash', files[name]));
		return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
	},
	deflate: (bytes) => deflateSync(bytes, { level: 4 }),
	inflate: (bytes, most) => inflateSync(bytes, { maxOutputLength: most }),
};
