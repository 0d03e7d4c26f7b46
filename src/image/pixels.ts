/** A decoded picture: 8 bits a channel, 4 channels (red, green, blue, alpha; not premultiplied), rows from the top. */
export interface Pixels {
	readonly width: number;
	readonly height: number;
	/** `width * height * 4` bytes. */
	readonly data: Uint8Array;
}

/** Which pixels of a picture are repainted: one byte each, rows from the top. 255: wholly; 0: not at all, it stays as it is. */
export interface Mask {
	readonly width: number;
	readonly height: number;
	/** `width * height` bytes. */
	readonly data: Uint8Array;
}
