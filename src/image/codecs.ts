/** The WebAssembly files of the codecs that need one. */
export type CodecName = 'mozjpeg_dec' | 'mozjpeg_enc' | 'webp_dec' | 'webp_enc_simd';

/** What pure code lacks to read and write files of pictures: whoever has a disk and a zlib hands them in. */
export interface Codecs {
	/** The bytes of a codec's WebAssembly file. */
	readonly load: (name: CodecName) => Promise<ArrayBuffer>;
	/** Into the zlib format. */
	readonly deflate: (bytes: Uint8Array) => Uint8Array;
	/** Out of the zlib format. Throws where that is broken, or unfolds to more than `most` bytes; never holds much more than that. */
	readonly inflate: (bytes: Uint8Array, most: number) => Uint8Array;
}
