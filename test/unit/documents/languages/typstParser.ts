import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createTypstCompiler, loadFonts } from '@myriaddreamin/typst.ts';

/** A picture that Typst put on a page. */
export interface TypstImage {
	readonly path: string;
	/** `null`: none is said. */
	readonly alt: string | null;
}

/** A piece of Typst's own tree. */
export interface TypstNode {
	readonly kind: string;
	/** UTF-16 code units. */
	readonly start: number;
	readonly end: number;
	readonly children: TypstNode[];
}

const wasm = 'node_modules/@myriaddreamin/typst-ts-web-compiler/pkg/typst_ts_web_compiler_bg.wasm';

/** A PNG of one pixel. */
const pixel = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
	'base64',
);

/** Typst's compiler, without fonts and with files in memory only. */
export async function startTypst() {
	const compiler = createTypstCompiler();
	await compiler.init({
		getModule: () => ({ module_or_path: readFileSync(wasm) }),
		beforeBuild: [loadFonts([], { assets: false })],
	});

	let written = 0;

	/** Each under a name of its own: the compiler would take it for an edit of the last one, and lose count of its characters. */
	function newFile(document: string): string {
		const name = `/document${++written}.typ`;
		compiler.addSource(name, document);
		return name;
	}

	/** The pictures of a document, beside which these files lie; fails where the document does not compile, as when a picture is not there. */
	async function imagesOf(document: string, files: readonly string[]): Promise<TypstImage[]> {
		compiler.resetShadow();
		for (const file of files) compiler.mapShadow(`/${file}`, pixel);
		const mainFilePath = newFile(document);
		return compiler.runWithWorld({ mainFilePath }, async (world) => {
			const { hasError, diagnostics } = await world.compile();
			assert.ok(!hasError, `${JSON.stringify(diagnostics)}\n${document}`);
			const images = await world.query<{ source: string; alt: string | null }[]>({ selector: 'image' });
			return images.map(({ source, alt }) => ({ path: source, alt }));
		});
	}

	/** What a document consists of. */
	async function treeOf(document: string): Promise<TypstNode> {
		compiler.resetShadow();
		return parseTree(await compiler.getAst(newFile(document)), document);
	}

	return { imagesOf, treeOf };
}

/** `- s: Marked::Raw <2:63~2:67>`, indented below `c:`; in HTML. */
function parseTree(ast: string, document: string): TypstNode {
	const offsetOf = offsetsOf(document);
	const root: TypstNode = { kind: 'Markup', start: 0, end: document.length, children: [] };
	const open: { readonly depth: number; readonly node: TypstNode }[] = [{ depth: -1, node: root }];
	const line = /^( *)- s: .*?::\(?(\w+).*?&lt;(\d+):(\d+)~(\d+):(\d+)&gt;$/gm;
	for (const [, indent = '', kind = '', ...place] of ast.replace(/<[^>]*>/g, '').matchAll(line)) {
		const [row = 0, column = 0, lastRow = 0, lastColumn = 0] = place.map(Number);
		const node = { kind, start: offsetOf(row, column), end: offsetOf(lastRow, lastColumn), children: [] };
		while ((open.at(-1)?.depth ?? -1) >= indent.length) open.pop();
		open.at(-1)?.node.children.push(node);
		open.push({ depth: indent.length, node });
	}
	return root;
}

/** Rows from 1, columns from 0 in characters. */
function offsetsOf(document: string): (row: number, column: number) => number {
	const starts = [
		0,
		...Array.from(document.matchAll(/\r\n|[\n\v\f\r\x85\u2028\u2029]/g), (end) => end.index + end[0].length),
	];
	return (row, column) => {
		const start = starts[row - 1] ?? 0;
		return start + Array.from(document.slice(start)).slice(0, column).join('').length;
	};
}
