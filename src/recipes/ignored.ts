import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';
import * as z from 'zod';
import { nameOfPath } from '../documents/paths';

/** Whether something is passed over. `path`: below the top folder, without a slash at its start; folders end with one. */
export type Ignored = (path: string) => boolean;

/** Rules of the `.gitignore` files from the top folder down to one folder. */
export class IgnoreRules {
	readonly #rules: Ignore;

	private constructor(rules: Ignore) {
		this.#rules = rules;
	}

	static readonly none = new IgnoreRules(rulesOf([]));

	/** Together with those of a further folder, which come first. `folder`: below the top one, without slashes around it; empty: the top one. */
	with(folder: string, text: string): IgnoreRules {
		const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
		return new IgnoreRules(rulesOf([this.#rules, ...lines.flatMap((line) => ruleBelow(folder, line) ?? [])]));
	}

	/** See {@link Ignored}. */
	readonly ignores: Ignored = (path) => this.#rules.ignores(path);
}

/** As Git takes them where capitals count: a wrong guess the other way would hide documents. */
function rulesOf(rules: readonly (string | Ignore)[]): Ignore {
	return ignore({ ignorecase: false }).add(rules);
}

/** A line of a folder's `.gitignore` as it would stand in that of the top folder. */
function ruleBelow(folder: string, line: string): string | undefined {
	if (folder === '' || line.trim() === '' || line.startsWith('#')) return folder === '' ? line : undefined;
	const [, not = '', written = ''] = /^(!?)(.*)$/s.exec(line) ?? [];
	// What is escaped only because it stands at the start of the line.
	const pattern = written.replace(/^\\(?=[!#])/, '');
	const isAnchored = pattern.trimEnd().slice(0, -1).includes('/');
	const below = isAnchored ? pattern.replace(/^\//, '') : `**/${pattern}`;
	return `${not}/${folder.replace(/[\\*?[\]]/g, String.raw`\$&`)}/${below}`;
}

const conditional = z.object({ when: z.string() });

/**
 * What the editor's setting `files.exclude` hides: globs, `true` or with a name that must stand beside the file. `names`: what is in the
 * folder of the path.
 */
export function excludedBy(
	setting: Readonly<Record<string, unknown>>,
): (path: string, names: ReadonlySet<string>) => boolean {
	const globs = Object.entries(setting).filter(([glob]) => glob !== '' && isTame(glob));
	const always = matching(globs.flatMap(([glob, value]) => (value === true ? [glob] : [])));
	const sometimes = globs.flatMap(([glob, value]) => {
		const { data } = conditional.safeParse(value);
		return data ? [{ matches: matching([glob]), when: data.when }] : [];
	});
	return (path, names) => {
		const plain = path.replace(/\/$/, '');
		if (always(plain)) return true;
		const basename = nameOfPath(plain).replace(/\.[^.]*$/, '');
		return sometimes.some(
			({ matches, when }) => matches(plain) && names.has(when.replaceAll('$(basename)', () => basename)),
		);
	};
}

/** With more stars than anybody needs, a long name would be tried in more ways than there is time for. */
function isTame(glob: string): boolean {
	return glob.split('**').length <= 4 && glob.split('/').every((segment) => segment.split('*').length <= 4);
}

function matching(globs: readonly string[]): (path: string) => boolean {
	if (globs.length === 0) return () => false;
	return picomatch([...globs], { dot: true, nonegate: true, noextglob: true });
}
