/** A decoded picture: 8 bits a channel, 4 channels (red, green, blue, alpha; not premultiplied), rows from the top. */
export interface Pixels {
	readonly width: number;
	readonly height: number;
	/** `width * height * 4` bytes. */
	readonly data: Uint8Array;
}
