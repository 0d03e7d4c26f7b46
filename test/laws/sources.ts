import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Function as FunctionNode, type ArrowFunctionExpression, parseSync, Visitor } from 'oxc-parser';

/** A source file of the product. */
export interface Source {
	/** From the top, with `/`: `src/domain/size.ts`. */
	readonly file: string;
	/** `domain`; empty for a file that stands right in `src`. */
	readonly room: string;
	readonly lines: number;
	/** Lines that are neither blank nor comment. */
	readonly code: number;
	/** As written: `./size`, `vscode`, `node:path`. Types too. */
	readonly imports: readonly string[];
	/** Lines of each function. */
	readonly functions: readonly number[];
}

/** Every TypeScript file below `top`. */
export function readSources(top = 'src'): Source[] {
	const files = readdirSync(top, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
	return files.map((file) => readSource(top, file.split(path.sep).join('/')));
}

function readSource(top: string, name: string): Source {
	const file = `${top}/${name}`;
	const text = readFileSync(file, 'utf8');
	const { program, module } = parseSync(file, text);
	const names = [
		...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
		...module.staticExports.flatMap(({ entries }) =>
			entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
		),
		...module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start + 1, moduleRequest.end - 1)),
	];
	const functions: number[] = [];
	const count = ({ start, end }: FunctionNode | ArrowFunctionExpression) => {
		functions.push(lineCount(text.slice(start, end)));
	};
	new Visitor({ FunctionDeclaration: count, FunctionExpression: count, ArrowFunctionExpression: count }).visit(program);
	return {
		file,
		room: roomOf(`src/${name}`),
		lines: lineCount(text),
		code: codeCount(text),
		imports: names,
		functions,
	};
}

/** The room that a file belongs to. */
export function roomOf(file: string): string {
	const [, room = '', ...rest] = file.split('/');
	return rest.length > 0 ? room : '';
}

function codeCount(text: string): number {
	return text.split('\n').filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line)).length;
}

function lineCount(text: string): number {
	return text.trimEnd().split('\n').length;
}
