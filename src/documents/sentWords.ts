import { type ImageError, unsent } from '../domain/imageError';
import type { ImageRequest } from '../domain/imageRequest';
import { say } from '../domain/message';

/** The words that go out, options as `name=value`. `prompt`: as it is sent. */
export function wordsOf({ prompt, options }: Pick<ImageRequest, 'prompt' | 'options'>): string {
	return [prompt, ...Object.entries(options).map(([name, value]) => `${name}=${String(value)}`)].join('\n');
}

/** Of words that seem to hold secrets, where nobody can be asked about them. `kinds`: as a person names them. */
export function secretRefusal(kinds: string): ImageError {
	return unsent(
		'bad-input',
		say(
			'The prompt seems to hold a secret ({0}), so nothing was sent. Take it out, or ask for the picture by hand.',
			kinds,
		),
	);
}
