/** What the editor calls a language, and how its files end. */
interface LanguageNames {
	readonly name: string;
	/** The editor's ids: its own, then those that extensions use for the same. */
	readonly ids: readonly string[];
	/** With the dot, in lower case. */
	readonly extensions: readonly string[];
}

/** The languages whose documents show pictures. Without what they are made of, so that a window that starts need not load it. */
export const languageNames = [
	{ name: 'markdown', ids: ['markdown'], extensions: ['.md', '.markdown', '.mdown', '.mkd'] },
	{ name: 'mdx', ids: ['mdx'], extensions: ['.mdx'] },
	{ name: 'html', ids: ['html'], extensions: ['.html', '.htm'] },
	{ name: 'vue', ids: ['vue'], extensions: ['.vue'] },
	{ name: 'svelte', ids: ['svelte'], extensions: ['.svelte'] },
	{ name: 'astro', ids: ['astro'], extensions: ['.astro'] },
	{ name: 'jsx', ids: ['javascriptreact', 'typescriptreact'], extensions: ['.jsx', '.tsx'] },
	{ name: 'restructuredText', ids: ['restructuredtext', 'rst'], extensions: ['.rst'] },
	{ name: 'asciidoc', ids: ['asciidoc', 'adoc'], extensions: ['.adoc', '.asciidoc', '.asc'] },
	{ name: 'latex', ids: ['latex', 'tex'], extensions: ['.tex', '.ltx'] },
	{ name: 'typst', ids: ['typst'], extensions: ['.typ'] },
	{ name: 'org', ids: ['org'], extensions: ['.org'] },
	{ name: 'css', ids: ['css'], extensions: ['.css'] },
	{ name: 'scss', ids: ['scss', 'less'], extensions: ['.scss', '.less'] },
] as const satisfies readonly LanguageNames[];

export type LanguageName = (typeof languageNames)[number]['name'];

const all: readonly LanguageNames[] = languageNames;

/** Every id of a language that has a row. */
export const languageIds: readonly string[] = all.flatMap(({ ids }) => ids);

/** The endings of documents that can be read, notebooks too; with the dot. */
export const documentExtensions: readonly string[] = [...all.flatMap(({ extensions }) => extensions), '.ipynb'];
