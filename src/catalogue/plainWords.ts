import type { ImageRequest, Options } from '../domain/imageRequest';
import type { Control } from './model';

/**
 * The same request in the words that people use: `providerSettings.openai.quality` becomes `quality`, and an option that is the API's
 * word for the count (`numberResults`) becomes so many pictures.
 */
export function inPlainWords(request: ImageRequest, controls: readonly Control[] | 'open'): ImageRequest {
	if (controls === 'open') return request;
	const options = renamed(request.options, controls);
	const counter = controls.find(({ kind, name }) => kind === 'count' && name in options)?.name;
	if (counter === undefined) return { ...request, options };
	const { [counter]: count, ...others } = options;
	const wanted = Number(count);
	return { ...request, n: isCount(wanted) ? Math.max(request.n, wanted) : wanted, options: others };
}

/** What is none is left for who judges counts. */
function isCount(number: number): boolean {
	return Number.isInteger(number) && number > 0;
}

function renamed(options: Options, controls: readonly Control[]): Options {
	const names = new Map(controls.map(({ name, path = name }) => [path, name]));
	return Object.fromEntries(Object.entries(options).map(([name, value]) => [names.get(name) ?? name, value]));
}

/** The parameters of the APIs that name the format of the file. */
export const formatOptions: readonly string[] = ['output_format', 'outputFormat'];

/** The format that the options ask for, in the provider's own word; `undefined`: they leave it to Limn. */
export function formatOption(options: Options): string | undefined {
	const name = formatOptions.find((each) => each in options);
	return name === undefined ? undefined : String(options[name]);
}

/** The options without those that name the format of the file. */
export function withoutFormat(options: Options): Options {
	return Object.fromEntries(Object.entries(options).filter(([name]) => !formatOptions.includes(name)));
}
