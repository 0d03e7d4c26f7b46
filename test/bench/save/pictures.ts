import { createCipheriv, createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const [width, height] = [1024, 985];

/** Bytes of pixels in one chunk, as Pillow writes them. */
const chunkSize = 2 ** 16;

/** A PNG of about 3 MB whose pixels are noise, the same for the same number. */
export function pictureOf(number: number): Buffer {
	const key = createHash('sha256').update(`picture ${number}`).digest();
	const noise = createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(height * (width * 3 + 1)));
	for (let row = 0; row < height; row++) noise[row * (width * 3 + 1)] = 0;
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 2, 0, 0, 0], 8);
	const pixels = deflateSync(noise, { level: 1 });
	const parts = Array.from({ length: Math.ceil(pixels.length / chunkSize) }, (_, at) =>
		chunk('IDAT', pixels.subarray(at * chunkSize, (at + 1) * chunkSize)),
	);
	const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
	return Buffer.concat([signature, chunk('IHDR', header), ...parts, chunk('IEND', Buffer.alloc(0))]);
}

/** Whether a file is that picture: byte for byte, or with texts before its end, every sum of which is right. */
export function isPicture(file: Buffer, picture: Buffer): boolean {
	if (file.equals(picture)) return true;
	const most = picture.length - 12;
	if (!file.subarray(0, most).equals(picture.subarray(0, most))) return false;
	let at = most;
	for (let type = ''; type !== 'IEND';) {
		if (at + 12 > file.length) return false;
		const length = file.readUInt32BE(at);
		type = file.toString('latin1', at + 4, at + 8);
		const sum = crc32(file.subarray(at + 4, at + 8 + length));
		if (sum !== file.readUInt32BE(at + 8 + length) || !/^(?:iTXt|tEXt|IEND)$/.test(type)) return false;
		at += 12 + length;
	}
	return at === file.length;
}

function chunk(type: string, data: Buffer): Buffer {
	const bytes = Buffer.alloc(12 + data.length);
	bytes.writeUInt32BE(data.length, 0);
	bytes.write(type, 4, 'latin1');
	bytes.set(data, 8);
	bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4);
	return bytes;
}
