import { parseArgs } from 'node:util';

/** What may be given to a command after two dashes. */
export interface Flag {
	/** What stands for its value in the help. Absent: it takes none. */
	readonly value?: string;
	/** May be given several times. */
	readonly multiple?: true;
	readonly about: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** What was given to a command. */
export class Given {
	constructor(
		readonly words: readonly string[],
		private readonly values: ReadonlyMap<string, readonly string[]>,
	) {}

	has(flag: string): boolean {
		return this.values.has(flag);
	}

	/** `undefined`: it was not given. */
	text(flag: string): string | undefined {
		return this.values.get(flag)?.[0];
	}

	all(flag: string): readonly string[] {
		return this.values.get(flag) ?? [];
	}
}

/** Something is wrong with what was typed; the message is one sentence for a person. */
export class Misuse extends Error {}

/** Reads what follows a command's name. Throws {@link Misuse}. */
export function readFlags(args: readonly string[], flags: Flags): Given {
	const options = Object.fromEntries(
		Object.entries(flags).map(([name, { value }]) => [
			name,
			{ type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: true },
		]),
	);
	const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true });
	const words: string[] = [];
	const values = new Map<string, string[]>();
	for (const token of tokens) {
		if (token.kind === 'positional') words.push(token.value);
		if (token.kind !== 'option') continue;
		const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined;
		if (!flag) throw new Misuse(unknown(token.rawName, flags));
		const own = values.get(token.name) ?? [];
		if (own.length > 0 && !flag.multiple) throw new Misuse(`${token.rawName} is given twice. Give it once.`);
		values.set(token.name, [...own, valueOf(token, flag)]);
	}
	return new Given(words, values);
}

interface Token {
	readonly rawName: string;
	readonly value?: string | undefined;
	readonly inlineValue?: boolean | undefined;
}

function valueOf({ rawName, value, inlineValue }: Token, { value: wanted }: Flag): string {
	if (wanted === undefined) {
		if (value !== undefined) throw new Misuse(`${rawName} takes no value. Leave it out.`);
		return '';
	}
	// What looks like a flag was meant as one, a number below zero was not; whoever means it as a value writes `--flag=value`.
	if (value === undefined || (inlineValue !== true && /^-\D/.test(value))) {
		throw new Misuse(`${rawName} needs a value: ${rawName} ${wanted}.`);
	}
	return value;
}

function unknown(name: string, flags: Flags): string {
	const known = Object.keys(flags).map((flag) => `--${flag}`);
	return `There is no ${name} here. Available: ${known.join(', ')}.`;
}
