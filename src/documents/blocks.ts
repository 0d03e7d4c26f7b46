import { asciidoc } from './languages/asciidoc';
import type { DocumentLanguage } from './languages/language';
import { latex } from './languages/latex';
import { markdown } from './languages/markdown';
import { mdx } from './languages/mdx';
import { org } from './languages/org';
import { restructuredText } from './languages/restructuredText';
import { typst } from './languages/typst';

/** What the blocks of a language look like, as far as one must know to put something between two of them. Lines have no line ends. */
export interface Blocks {
	/** The last line of what a document may begin with before its text; -1 where there is nothing of the kind. */
	readonly endOfMatter?: (lines: readonly string[]) => number;
	/** Lines that are a block of their own, or begin one: no paragraph goes on into them. */
	readonly border?: RegExp;
	/** Where something begins that is to stay in one piece: tells the lines after it whether they end it. */
	readonly open?: (line: string, above: string) => ((line: string) => boolean) | undefined;
	/** Lines that belong to what is opened right below them. */
	readonly before?: RegExp;
	/** Lines that belong to the border right above them. */
	readonly after?: RegExp;
	/** Indented lines belong to the block above them, blank lines or not. */
	readonly indented?: true;
}

const ofMarkdown: Blocks = {
	endOfMatter: (lines) => {
		const mark = lines[0]?.trimEnd() ?? '';
		if (mark !== '---' && mark !== '+++') return -1;
		return lines.findIndex((text, index) => index > 0 && text.trimEnd() === mark);
	},
	border: /^ {0,3}#{1,6}(\s|$)/,
	open: (line) => openFence(line) ?? openHtml(line) ?? openMath(line),
};

/** Code, also in the item of a list. Marks around code in a line are no fence; it ends with marks of its own kind, at least as many. */
function openFence(line: string) {
	const fence = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(`{3,}(?!.*`)|~{3,})/.exec(line)?.[1];
	return fence === undefined
		? undefined
		: (text: string) => /^\s*(`{3,}|~{3,})\s*$/.exec(text)?.[1]?.startsWith(fence) ?? false;
}

/** HTML in which a blank line ends nothing. */
function openHtml(line: string) {
	const tag = /^ {0,3}<(!--(?!.*-->)|(?:pre|script|style|textarea)\b(?!.*<\/))/i.exec(line)?.[1]?.toLowerCase();
	if (tag === undefined) return undefined;
	const end = tag === '!--' ? '-->' : `</${tag}>`;
	return (text: string) => text.toLowerCase().includes(end);
}

function openMath(line: string) {
	return /^\s*\$\$\s*$/.test(line) ? (text: string) => /\$\$\s*$/.test(text) : undefined;
}

const ofAsciidoc: Blocks = {
	border: /^={2,6}\s/,
	// What holds other blocks may hold a picture, too.
	open: (line, above) => {
		const [, mark, fence] = /^(?:(-{4,}|\.{4,}|\/{4,}|\+{4,}|[|,:!]={3,})|(`{3,})\w*)\s*$/.exec(line) ?? [];
		const end = mark ?? fence;
		return end === undefined || isUnderline(line, above) ? undefined : (text) => text.trimEnd() === end;
	},
	before: /^(?:\[.*\]|\.[^\s.].*)\s*$/,
};

/** A title may have a line of the same length below it. */
function isUnderline(line: string, above: string): boolean {
	return /^[-+]+$/.test(line) && /^[^[.\s]/.test(above) && Math.abs(line.length - above.length) <= 1;
}

const ofLatex: Blocks = {
	endOfMatter: (lines) => lines.findIndex((text) => /^[^%]*\\begin\{document\}/.test(text)),
	border: /^\s*\\(?:part|chapter|(?:sub)*section|(?:sub)?paragraph|end)\b/,
	// An environment; those that are only around a part of the text are none in this sense.
	open: (line) => {
		const environments =
			/^[^%]*?\\begin\{(?!(?:document|frame|abstract|center|minipage|multicols|columns?)\})([^{}]+)\}/;
		const name = environments.exec(line)?.[1];
		if (name === undefined) return undefined;
		const depthOf = (text: string) => text.split(`\\begin{${name}}`).length - text.split(`\\end{${name}}`).length;
		let depth = depthOf(line);
		return depth <= 0 ? undefined : (text) => (depth += depthOf(text)) <= 0;
	},
};

const ofTypst: Blocks = {
	border: /^\s*=+\s/,
	open: (line) => openFence(line) ?? (/^#.*[([{]\s*$/.test(line) ? (text) => /^[)\]}]/.test(text) : undefined),
};

const ofOrg: Blocks = {
	border: /^\*+\s/,
	open: (line) => {
		const name = /^\s*#\+begin_(\S+)/i.exec(line)?.[1]?.toLowerCase();
		if (name !== undefined) return (text) => text.trim().toLowerCase() === `#+end_${name}`;
		return /^\s*:[\w-]+:\s*$/.test(line) ? (text) => /^\s*:end:\s*$/i.test(text) : undefined;
	},
	before: /^\s*#\+\w+:/,
	after: /^\s*(?:(?:scheduled|deadline|closed):|:properties:)/i,
};

const blocks: ReadonlyMap<DocumentLanguage, Blocks> = new Map([
	[markdown, ofMarkdown],
	[mdx, ofMarkdown],
	[asciidoc, ofAsciidoc],
	[latex, ofLatex],
	[typst, ofTypst],
	[org, ofOrg],
	// Bodies of directives and literal blocks.
	[restructuredText, { indented: true }],
]);

/** `undefined`: a picture is no block of its own there. */
export function blocksOf(language: DocumentLanguage): Blocks | undefined {
	return language.block ? (blocks.get(language) ?? {}) : undefined;
}
