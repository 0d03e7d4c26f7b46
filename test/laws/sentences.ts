import { readFileSync } from 'node:fs';
import {
	type CallExpression,
	type NewExpression,
	type Node,
	parseSync,
	type TemplateLiteral,
	Visitor,
	type VisitorObject,
} from 'oxc-parser';
import { readSources } from './sources';

/** Something in a source file. `at`: `src/host/tell.ts:12`. */
export interface Found {
	readonly text: string;
	readonly at: string;
}

/** What the sources say to people. */
export interface Sentences {
	/** First arguments of `say` and `l10n.t`: the keys of translations. */
	readonly keys: readonly Found[];
	/** First arguments that are no literal, so that nobody can translate them. */
	readonly unknown: readonly Found[];
	/** English that is shown as it stands, or glued to what is translated. */
	readonly bare: readonly Found[];
}

/** The two places where a sentence comes in as a value. */
const edges = new Set(['src/host/translate.ts', 'src/webview/words.ts']);

/** Attributes of elements that people see or hear. */
const spokenAttributes = /^(aria-(label|description|roledescription|valuetext)|title|placeholder|alt|label|text)$/;

/** Properties of what the editor shows: quick picks, buttons, lenses, fixes, progress, status bar. */
const spokenProperties = /^(title|label|description|detail|placeHolder|placeholder|prompt|tooltip|validationMessage)$/;

/** Functions and constructors whose texts people see. */
const spokenCalls =
	/^(tell|confirm|speak|asSentence|asLabel|showFailure|(window\.)?(show\w+Message|setStatusBarMessage)|CodeAction|Diagnostic|MarkdownString|CompletionItem)$/;

/** What goes into the log or tells of a fault of Limn’s own, which stays English. */
const quietCalls = /\blog\.|Error$/;

/** The rooms whose values reach the screen; the others speak by `say` alone, and the command line English. */
const shows = /^src\/(host|webview|workspace|(?!cli|mcp)\w+\.ts)/;

/** Words for the program among the arguments of those functions. */
const codes = new Set(['information', 'warning', 'error', 'auto']);

/** Prose that nobody reads: kinds of secret, a search in the settings, selectors, what a schema says to itself, names of keys. */
const notSaid = new Set([
	'api key',
	'private key',
	'@ext:limn.limn budget',
	'.jobChoice input:checked, .source button',
	'textarea, input:not([type="radio"], [type="checkbox"], [type="range"])',
	'no address',
	'no size',
	'no ratio',
	'Ctrl, Alt',
	// In the log.
	'default size',
]);

/** Everything that the sources say. */
export function readSentences(): Sentences {
	const all = readSources().map(({ file }) => sentencesIn(file, readFileSync(file, 'utf8')));
	return {
		keys: all.flatMap(({ keys }) => keys),
		unknown: all.flatMap(({ unknown }) => unknown),
		bare: all.flatMap(({ bare }) => bare),
	};
}

/** Of one file. */
export function sentencesIn(file: string, text: string): Sentences {
	const found = { keys: new Array<Found>(), unknown: new Array<Found>(), bare: new Array<Found>() };
	/** Nodes that are dealt with: what is translated, and what goes into the log or tells of a fault. */
	const done = new Set<Node>();
	const sourceOf = ({ start, end }: Node) => text.slice(start, end);
	const note = (list: Found[], node: Node, said: string) => {
		done.add(node);
		list.push({ text: said, at: `${file}:${text.slice(0, node.start).split('\n').length}` });
	};
	const bare = (node: Node | null | undefined) => {
		for (const { node: each, said } of textsOf(node))
			if (isEnglish(said) && !done.has(each)) note(found.bare, each, said);
	};
	const prose = (node: Node, said: string) => {
		if (/[A-Za-z]{2}[,.:;!?…]? [“"(]?[A-Za-z]{2}/.test(said) && !notSaid.has(said) && !done.has(node)) bare(node);
	};
	const isTranslated = (node: Node) => node.type === 'CallExpression' && /^say$|\bl10n\.t$/.test(sourceOf(node.callee));
	const call = (node: CallExpression | NewExpression) => {
		const [first] = node.arguments;
		const name = sourceOf(node.callee);
		if (isTranslated(node)) {
			if (first?.type === 'Literal' && typeof first.value === 'string') note(found.keys, first, first.value);
			else if (!edges.has(file)) note(found.unknown, node, sourceOf(node));
		} else if (spokenCalls.test(name)) node.arguments.forEach(bare);
		else if (quietCalls.test(name)) for (const each of node.arguments.flatMap(textsOf)) done.add(each.node);
	};
	const shown: VisitorObject = {
		Property: ({ key, value }) => {
			if (spokenProperties.test(lastName(key))) bare(value);
		},
		VariableDeclarator: ({ id, init }) => {
			if (spokenProperties.test(lastName(id))) bare(init);
		},
		AssignmentExpression: ({ left, right }) => {
			if (left.type === 'MemberExpression' && spokenProperties.test(lastName(left.property))) bare(right);
		},
		JSXAttribute: ({ name, value }) => {
			if (name.type === 'JSXIdentifier' && spokenAttributes.test(name.name)) bare(value);
			else for (const each of textsOf(value)) done.add(each.node);
		},
		JSXElement: ({ children }) => children.forEach(bare),
		JSXFragment: ({ children }) => children.forEach(bare),
		Literal: (node) => typeof node.value === 'string' && prose(node, node.value),
		TemplateLiteral: (node) => {
			if (node.expressions.some(isTranslated)) bare(node);
			else prose(node, wordsOf(node));
		},
	};
	new Visitor({ CallExpression: call, NewExpression: call, ...(shows.test(file) && shown) }).visit(
		parseSync(file, text).program,
	);
	return found;
}

/** The texts that a value may be: a literal, a template, one of two, one after the other, or what stands in an element. */
function textsOf(node: Node | null | undefined): { node: Node; said: string }[] {
	if (!node) return [];
	if (node.type === 'Literal') return typeof node.value === 'string' ? [{ node, said: node.value }] : [];
	if (node.type === 'TemplateLiteral') return [{ node, said: wordsOf(node) }];
	if (node.type === 'JSXText') return [{ node, said: node.value.trim() }];
	if (node.type === 'ConditionalExpression') return [...textsOf(node.consequent), ...textsOf(node.alternate)];
	if (node.type === 'LogicalExpression' || (node.type === 'BinaryExpression' && node.operator === '+'))
		return [...textsOf(node.left), ...textsOf(node.right)];
	return node.type === 'JSXExpressionContainer' ? textsOf(node.expression) : [];
}

function wordsOf({ quasis }: TemplateLiteral): string {
	return quasis.map(({ value }) => value.raw).join('…');
}

/** A word of two letters at least. Not `1024x768`, `limn.model`, `https://…`, `$(files)` or the product’s name. */
function isEnglish(said: string): boolean {
	if (codes.has(said)) return false;
	return said
		.replaceAll(/\$\([\w~-]+\)|https?:\S*|\bLimn\b|\w+[./]\w[\w./-]*|\d\S*/g, '')
		.split(/\s+/)
		.some((word) => /^["“(]?[A-Za-z][a-z]+["”).,:;!?…]*$/.test(word));
}

function lastName(node: Node): string {
	return node.type === 'Identifier' ? node.name : '';
}
