import { inflateRawSync } from 'node:zlib';

const endOfDirectory = 0x06054b50;
const inDirectory = 0x02014b50;
const inFile = 0x04034b50;

/** What an archive has in it, by name: as much of the ZIP format as packages use. Throws at another. */
export function unpacked(archive: Buffer): ReadonlyMap<string, Buffer> {
	const end = archive.lastIndexOf(Buffer.from('PK\x05\x06'));
	expect(archive, end, endOfDirectory);
	const files = new Map<string, Buffer>();
	let at = archive.readUInt32LE(end + 16);
	for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
		expect(archive, at, inDirectory);
		const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) => archive.readUInt16LE(at + place));
		const name = archive.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
		files.set(name, contentAt(archive, at));
		at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
	}
	return files;
}

/** `at`: of its entry in the directory. */
function contentAt(archive: Buffer, at: number): Buffer {
	const [method, size] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
	const header = archive.readUInt32LE(at + 42);
	expect(archive, header, inFile);
	const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
	const packed = archive.subarray(start, start + size);
	if (method === 0) return packed;
	if (method === 8) return inflateRawSync(packed);
	throw new Error(`Packed in a way that nobody knows here: ${method}`);
}

function expect(archive: Buffer, at: number, signature: number): void {
	if (at < 0 || archive.readUInt32LE(at) !== signature) throw new Error('This is no archive.');
}
