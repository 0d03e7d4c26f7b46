import type { Options } from '../domain/imageRequest';

/** What names an address, a person or a secret: whoever gets the picture's file need not know them. */
const personal = /url|uri|endpoint|webhook|key|token|secret|password|user|identifier/i;

/** The options that may stand in a picture's file, which its owner publishes. */
export function publicOptions(options: Options): Options {
	return Object.fromEntries(
		Object.entries(options).filter(([name, value]) => !personal.test(name) && !/^[a-z]+:\/\//i.test(String(value))),
	);
}
