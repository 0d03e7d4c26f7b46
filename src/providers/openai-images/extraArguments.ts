import type { Options } from '../../domain/imageRequest';

/** Our option → its place in stable-diffusion.cpp's extra arguments (OpenAI reference, *stable-diffusion.cpp server*). */
const places: Readonly<Record<string, readonly string[]>> = {
	seed: ['seed'],
	negative_prompt: ['negative_prompt'],
	strength: ['strength'],
	steps: ['sample_params', 'sample_steps'],
	cfg_scale: ['sample_params', 'guidance', 'txt_cfg'],
};

interface Tree {
	[name: string]: unknown;
}

/**
 * stable-diffusion.cpp reads only prompt, count, size and format of a request; what else it takes stands in a tag at the
 * prompt's end, one line of JSON. Gives the prompt with the tag, and the options that have no place in it.
 */
export function withExtraArguments(prompt: string, options: Options): { prompt: string; parameters: Options } {
	const tagged = Object.entries(options).filter(([name]) => Object.hasOwn(places, name));
	const parameters = Object.fromEntries(Object.entries(options).filter(([name]) => !Object.hasOwn(places, name)));
	if (tagged.length === 0) return { prompt, parameters };
	const tree: Tree = {};
	for (const [name, value] of tagged) plant(tree, places[name] ?? [], value);
	// A seed beyond 2^53 came as a text, but the server wants its digits; and JSON leaves two ends of lines as they are.
	const json = JSON.stringify(tree)
		.replace(/"seed":"(-?\d+)"/, '"seed":$1')
		.replaceAll('\u2028', String.raw`\u2028`)
		.replaceAll('\u2029', String.raw`\u2029`);
	return { prompt: `${prompt} <sd_cpp_extra_args>${json}</sd_cpp_extra_args>`, parameters };
}

function plant(tree: Tree, [first = '', ...rest]: readonly string[], value: unknown): void {
	if (rest.length === 0) {
		tree[first] = value;
		return;
	}
	const branch: Tree = { ...(isTree(tree[first]) ? tree[first] : {}) };
	plant(branch, rest, value);
	tree[first] = branch;
}

function isTree(value: unknown): value is Tree {
	return typeof value === 'object' && value !== null;
}
