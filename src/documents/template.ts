/** Why a template cannot be filled in: the name between `${` and `}` that no variable has. */
export interface UnknownVariable {
	readonly unknown: string;
}

/**
 * Fills `${name}` in, once: what a value contains is never read as a variable again.
 * `literal` is applied to the text between the variables.
 */
export function fillTemplate(
	template: string,
	values: Readonly<Record<string, string>>,
	literal: (text: string) => string = (text) => text,
): string | UnknownVariable {
	let filled = '';
	// split() with a group gives text and names in turn: text, name, text, …
	for (const [index, part] of template.split(/\$\{([^}]*)\}/).entries()) {
		if (index % 2 === 0) {
			filled += literal(part);
			continue;
		}
		const value = Object.hasOwn(values, part) ? values[part] : undefined;
		if (value === undefined) return { unknown: part };
		filled += value;
	}
	return filled;
}
