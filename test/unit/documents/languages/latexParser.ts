import { parse } from '@unified-latex/unified-latex-util-parse';

/** A picture as unified-latex sees it. */
export interface LatexImage {
	/** Where it begins. */
	readonly start: number;
	/** The name, with the escapes of single signs taken off. */
	readonly path: string;
	/** The same of the value of `alt`. */
	readonly alt: string | undefined;
}

type Root = ReturnType<typeof parse>;
type Node = Root['content'][number];

/** The pictures of a document, and the words of its comments: of `%…`, and of `comment` environments. */
export function readByUnified(text: string): { images: LatexImage[]; comments: string[] } {
	const nodes = parse(text).content.flatMap(flat);
	const images = nodes.flatMap((node) =>
		node.type === 'macro' && node.content === 'includegraphics' ? [imageOf(node)] : [],
	);
	const comments = nodes.flatMap((node) => {
		const isComment = node.type === 'comment' || (node.type === 'verbatim' && node.env === 'comment');
		return isComment ? [node.content.replace(/^%+/, '').trim()] : [];
	});
	return { images, comments };
}

function imageOf(node: Node & { type: 'macro' }): LatexImage {
	const argument = (mark: string) => (node.args ?? []).findLast(({ openMark }) => openMark === mark)?.content ?? [];
	const options = wordsOf(argument('['), ',\u0000').split(',\u0000');
	const alt = options.map((option) => /^\s*alt\s*=([^]*)$/.exec(option)?.[1]?.trim());
	return {
		start: node.position?.start.offset ?? -1,
		path: wordsOf(argument('{')).trim(),
		alt: alt.find((value) => value !== undefined),
	};
}

function flat(node: Node): Node[] {
	const inArguments = 'args' in node ? (node.args ?? []).flatMap(({ content }) => content) : [];
	const inContent = 'content' in node && Array.isArray(node.content) ? node.content : [];
	return [node, ...inArguments.concat(inContent).flatMap(flat)];
}

const named: Readonly<Record<string, string>> = {
	string: '',
	textbackslash: '\\',
	textasciitilde: '~',
	textasciicircum: '^',
};

/** What nodes say. `comma`: what stands for one that parts options. */
function wordsOf(nodes: readonly Node[], comma = ','): string {
	return nodes
		.map((node) => {
			if (node.type === 'whitespace') return ' ';
			if (node.type === 'comment' || node.type === 'parbreak') return '';
			if (node.type === 'group') return wordsOf(node.content);
			if (node.type === 'macro') return wordOf(node);
			if (node.type === 'string') return node.content === ',' ? comma : node.content;
			return `outside: ${node.type}`;
		})
		.join('');
}

/** A sign, or what a command is applied to. */
function wordOf({ content, args = [] }: Node & { type: 'macro' }): string {
	const isSign = !/^[A-Za-z]/.test(content);
	const inner = args.map((argument) => {
		const words = wordsOf(argument.content);
		return isSign ? argument.openMark + words + argument.closeMark : words;
	});
	const own = named[content] ?? (isSign || inner.join('') === '' ? content : '');
	return own + inner.join('');
}
