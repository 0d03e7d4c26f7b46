import assert from 'node:assert/strict';
import { joined, latin1 } from '../../../../src/image/metadata/bytes';
import { pngChunk } from '../../../../src/image/metadata/pngChunks';
import { isSigned } from '../../../../src/image/metadata/signed';
import { webpChunk } from '../../../../src/image/metadata/webpChunks';
import { number, painted, withPngChunks, withSegments, withWebpChunks } from './pictures';

/** A box of JUMBF with its description (ISO 19566-5), in a segment. */
function jumbf(label: string): Uint8Array {
	const identifier = latin1(
		'c2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71'.replace('c2pa', label === 'c2pa' ? 'c2pa' : 'json'),
	);
	const description = joined([number(25 + label.length + 1, 4), latin1('jumd'), identifier, latin1(`\x03${label}\0`)]);
	const box = joined([number(description.length + 8, 4), latin1('jumb'), description]);
	return joined([latin1('JP\0\x01\0\0\0\x01'), box]);
}

describe('a signed file', () => {
	const files = painted();

	it('is known by its manifest in every format', () => {
		const manifest = latin1('manifest');
		assert.ok(isSigned(withPngChunks(files().png, pngChunk('caBX', manifest))));
		assert.ok(isSigned(withSegments(files().jpeg, [0xeb, jumbf('c2pa')])));
		assert.ok(isSigned(withSegments(files().jpeg, [0xfe, manifest], [0xeb, jumbf('c2pa')])));
		assert.ok(isSigned(withWebpChunks(files().webp, webpChunk('C2PA', manifest))));
	});

	it('is none that only speaks of it', () => {
		for (const file of Object.values(files())) assert.ok(!isSigned(file));
		assert.ok(!isSigned(withPngChunks(files().png, pngChunk('tEXt', latin1('caBX\0C2PA c2pa')))));
		assert.ok(
			!isSigned(withSegments(files().jpeg, [0xeb, jumbf('other')], [0xfe, jumbf('c2pa')], [0xeb, latin1('c2pa')])),
		);
		assert.ok(!isSigned(withWebpChunks(files().webp, webpChunk('c2pa', latin1('C2PA')))));
	});

	it('is none that is broken', () => {
		const signed = withPngChunks(files().png, pngChunk('caBX', latin1('manifest')));
		assert.ok(!isSigned(signed.subarray(0, signed.length - 13)));
		assert.ok(!isSigned(new Uint8Array()));
	});
});
