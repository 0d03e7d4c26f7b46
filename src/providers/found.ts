import * as z from 'zod';

/** The bytes of base64 in either alphabet (RFC 4648, section 5), plain or as a data URL; `undefined` where it is none, or nothing. */
function bytesOf(text: string): Uint8Array | undefined {
	const plain = text.slice(/^data:/i.test(text) ? text.indexOf(',') + 1 : 0);
	try {
		const binary = atob(plain.replaceAll('-', '+').replaceAll('_', '/'));
		// `Uint8Array.from` takes a second for 10 MB.
		const bytes = new Uint8Array(binary.length);
		for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
		return binary === '' ? undefined : bytes;
	} catch {
		return undefined;
	}
}

/** In an answer: base64, plain or as a data URL. The transport has decoded the long ones already. */
export const base64 = z.union([
	z.instanceof(Uint8Array),
	z.string().transform((text, context) => {
		const bytes = bytesOf(text);
		if (bytes) return bytes;
		context.issues.push({ code: 'custom', input: text, message: 'no base64' });
		return z.NEVER;
	}),
]);
