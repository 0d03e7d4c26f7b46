import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate that its own key has signed, for this machine's loopback: nobody trusts it. Both as PEM. */
export function selfSigned(): { readonly key: string; readonly cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const name = sequence(set(sequence(oid('550403'), tagged(0x0c, Buffer.from('localhost')))));
	const algorithm = sequence(oid('2a8648ce3d040302'));
	const body = sequence(
		tagged(0x02, Buffer.of(1)),
		algorithm,
		name,
		sequence(time('200101000000Z'), time('491231235959Z')),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
	);
	const signature = tagged(0x03, Buffer.concat([Buffer.of(0), sign('sha256', body, privateKey)]));
	const der = sequence(body, algorithm, signature).toString('base64');
	const lines = der.match(/.{1,64}/g) ?? [];
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
	};
}

/** One value in DER (X.690): its tag, its length, itself. */
function tagged(tag: number, content: Buffer): Buffer {
	const { length } = content;
	const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.of(tag, ...size), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
	return tagged(0x30, Buffer.concat(parts));
}

function set(part: Buffer): Buffer {
	return tagged(0x31, part);
}

function oid(hex: string): Buffer {
	return tagged(0x06, Buffer.from(hex, 'hex'));
}

function time(text: string): Buffer {
	return tagged(0x17, Buffer.from(text));
}
