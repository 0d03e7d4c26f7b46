import { deflateRawSync } from 'node:zlib';
import type { ImageFormat } from '../../src/domain/imageFormat';
import { encodePicture } from '../servers/pictureFiles';
import { noise } from '../unit/builders';
import { jpegOf } from '../unit/image/rawJpeg';
import { chunk, headerChunk, pngOf } from '../unit/image/rawPng';
import { riff, vp8x, webpOf } from '../unit/image/rawWebp';

/** A file that claims to be a picture. */
export interface Claim {
	readonly name: string;
	readonly bytes: Uint8Array;
	/** What the server calls it. */
	readonly type: string;
	/** What it is by its own first bytes. Absent: no picture that Limn saves. */
	readonly format?: ImageFormat;
	/** Nothing may decode it. */
	readonly isHuge?: true;
}

const text = (content: string): Uint8Array => Buffer.from(content, 'latin1');
const script = '<script>alert(1)</script>';

export async function corpus(): Promise<readonly Claim[]> {
	return [...strangers(), ...(await disguised()), ...bombs()];
}

/** What is no picture, whatever it is called. */
function strangers(): Claim[] {
	const files: Readonly<Record<string, Uint8Array>> = {
		html: text(`<!doctype html>${script}`),
		'html behind blanks': text(`\n\n   <html>${script}`),
		svg: text(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`),
		'svg behind a prolog': text(
			`<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>`,
		),
		'svg in UTF-16': Buffer.from(`\ufeff<svg>${script}</svg>`, 'utf16le'),
		javascript: text('alert(document.domain)//'),
		'javascript behind a picture’s name': text('PNG=1;alert(1)//'),
		json: text('{"image":"iVBORw0KGgo="}'),
		zip: Buffer.concat([text('PK\x03\x04\x14\0\0\0\x08\0'), deflateRawSync(text('x'.repeat(500)))]),
		pdf: text('%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj'),
		'windows program': text(`MZ${'\0'.repeat(60)}PE\0\0`),
		'unix program': text(`\x7fELF\x02\x01\x01${'\0'.repeat(60)}`),
		'shell script': text('#!/bin/sh\nexit 1\n'),
		class: text('\xca\xfe\xba\xbe\0\0\0\x34'.padEnd(80, '\0')),
		wasm: text('\0asm\x01\0\0\0'.padEnd(80, '\0')),
		bmp: text('BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x02\0\0\0\x02\0\0\0\x01\0\x18\0'.padEnd(80, '\0')),
		ico: text('\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0'.padEnd(80, '\0')),
		tiff: text('II*\0\x08\0\0\0'.padEnd(120, '\0')),
		psd: text('8BPS\0\x01\0\0\0\0\0\0\0\x03\0\0\0\x02\0\0\0\x02\0\x08\0\x03'.padEnd(80, '\0')),
		mp4: text('\0\0\0\x18ftypisom\0\0\x02\0isomiso2'.padEnd(80, '\0')),
		heic: text('\0\0\0\x18ftypheic\0\0\0\0mif1heic'.padEnd(80, '\0')),
		wave: text('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0'.padEnd(80, '\0')),
		'png without its end of line': text('\x89PNG\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x02'.padEnd(80, '\0')),
		'png signature alone': text('\x89PNG\r\n\x1a\n'.padEnd(40, 'x')),
		'jpeg marker alone': text(`\xff\xd8\xff${script}`.padEnd(80, '\0')),
		'gif of no size': text('GIF89a\0\0\0\0\0\0\0;'),
		empty: text(''),
		blanks: text(' '.repeat(300)),
	};
	return Object.entries(files).flatMap(([name, bytes]) =>
		['image/png', 'image/svg+xml', 'text/html'].map((type) => ({ name, bytes, type })),
	);
}

/** Pictures with something else in them, or under another's name. */
async function disguised(): Promise<Claim[]> {
	const claims: Claim[] = [];
	for (const format of ['png', 'jpeg', 'gif', 'webp', 'avif'] as const) {
		const bytes = await encodePicture(noise(20, 14, 5, 255), format);
		const others = {
			'as HTML': bytes,
			'with a page behind it': Buffer.concat([bytes, text(`<html>${script}</html>`)]),
			'with an archive behind it': Buffer.concat([bytes, text('PK\x03\x04 PK\x05\x06')]),
		};
		for (const [name, file] of Object.entries(others))
			for (const type of ['text/html', 'image/svg+xml', 'application/javascript', 'image/bmp'])
				claims.push({ name: `${format} ${name}`, bytes: file, type, format });
	}
	const comment = Uint8Array.from([0xff, 0xfe, 0, script.length + 2, ...text(script)]);
	const jpeg = await encodePicture(noise(20, 14, 5, 255), 'jpeg');
	const commented = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
	claims.push({ name: 'jpeg with a script in a comment', bytes: commented, type: 'text/html', format: 'jpeg' });
	const said = pngOf(headerChunk({ width: 2, height: 2 }), chunk('tEXt', text(`Comment\0${script}`)));
	claims.push({ name: 'png with a script in its text', bytes: said, type: 'text/html', format: 'png' });
	return claims;
}

/** Small files of many pixels; some lie. */
function bombs(): Claim[] {
	const claims: Claim[] = [];
	const huge = (name: string, format: ImageFormat, bytes: Uint8Array) =>
		claims.push({ name, bytes, type: `image/${format}`, format, isHuge: true });
	for (const side of [16_000, 16_385, 65_535]) {
		const size = { width: side, height: side };
		const frames = [
			chunk('acTL', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0)),
			chunk('IDAT', Uint8Array.of(0x78, 0x9c, 3, 0, 0, 0, 0, 1)),
		];
		huge(
			`png of ${side}²`,
			'png',
			pngOf(headerChunk(size), chunk('IDAT', Uint8Array.of(0x78, 0x9c, 3, 0, 0, 0, 0, 1))),
		);
		huge(`apng of ${side}²`, 'png', pngOf(headerChunk(size), ...frames));
		huge(`jpeg of ${side}²`, 'jpeg', jpegOf({ ...size, coded: 20 }));
		huge(`gif of ${side}²`, 'gif', gifOf(side));
		if (side < 16_384) huge(`webp of ${side}²`, 'webp', webpOf(vp8x(size, 2), riff('ANIM', new Uint8Array(6))));
	}
	huge('script that begins as a GIF', 'gif', text('GIF89a=1;alert(1)//'.padEnd(60)));
	huge(
		'webp of 16777216²',
		'webp',
		webpOf(vp8x({ width: 2 ** 24, height: 2 ** 24 }, 0), riff('VP8 ', new Uint8Array(30))),
	);
	huge(
		'png of 2³¹ columns',
		'png',
		pngOf(headerChunk({ width: 2 ** 31 - 1, height: 1 }), chunk('IDAT', new Uint8Array(8))),
	);
	huge(
		'png of 2³² rows',
		'png',
		pngOf(headerChunk({ width: 1, height: 2 ** 32 - 1 }), chunk('IDAT', new Uint8Array(8))),
	);
	return claims;
}

function gifOf(side: number): Uint8Array {
	const file = Buffer.alloc(40);
	file.write('GIF89a', 'latin1');
	file.writeUInt16LE(side, 6);
	file.writeUInt16LE(side, 8);
	return file;
}
