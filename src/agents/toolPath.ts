import { safeName } from '../documents/fileName';
import { type ImageError, unsent } from '../domain/imageError';
import { formatOfName } from '../domain/imageFormat';
import { say } from '../domain/message';

/** The segments of a path that an agent may have a picture written to; the error says what is wrong with it. */
export function segmentsOf(path: string): readonly [string, ...string[]] | ImageError {
	const segments = path.replace(/^(?:\.\/)+/, '').split('/');
	const [first = ''] = segments;
	if (/[\\:]|^~/.test(first) || first === '' || segments.includes('..')) return outside(path);
	if (segments.some((segment) => segment.startsWith('.'))) return hidden(path);
	if (!segments.every(isPlain)) return odd(path);
	if (formatOfName(segments.at(-1) ?? '') === undefined) return notAnImage(path);
	return [first, ...segments.slice(1)];
}

/** Means the same on every system, short names of Windows (`GIT~1`) included, and is no template. */
function isPlain(segment: string): boolean {
	return safeName(segment) === segment && !/\$\{|~\d/.test(segment);
}

function outside(path: string): ImageError {
	return unsent(
		'bad-input',
		say('{0} is not inside the workspace. Give a relative path with “/”, like docs/images/fox.png.', path),
	);
}

function hidden(path: string): ImageError {
	return unsent('bad-input', say('Limn saves nothing in hidden folders or files: {0}. Choose another path.', path));
}

function odd(path: string): ImageError {
	return unsent('bad-input', say('{0} is no name that every system takes. Choose a plain one.', path));
}

/** Of a file that is no picture by its name. */
export function notAnImage(path: string): ImageError {
	return unsent('bad-input', say('{0} does not end with .png, .jpg, .jpeg or .webp.', path));
}
