/** A model as a person names it, `provider/model`, taken apart. The second part is the provider's own name, slashes and colons included. */
export interface ModelName {
	readonly provider: string;
	readonly name: string;
}

/** Splits at the first slash; `undefined` where one of the two parts is missing. */
export function parseModelName(text: string): ModelName | undefined {
	const [, provider, name] = /^([^/\s]+)\/(\S+)$/.exec(text.trim()) ?? [];
	return provider && name ? { provider, name } : undefined;
}
