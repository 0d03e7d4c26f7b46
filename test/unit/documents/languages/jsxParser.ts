import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { transformSync } from 'esbuild';
import { type JSXAttribute, type JSXElementName, type JSXOpeningElement, parseSync, Visitor } from 'oxc-parser';

/** A JSX program as a parser sees it that others wrote. */
export interface SeenProgram {
	/** Without marks, line by line, without blanks around them. */
	readonly words: readonly string[];
	/** Each with the place where it begins. */
	readonly pictures: readonly { readonly start: number; readonly src: string; readonly alt: string | undefined }[];
}

/** Parses a file of TypeScript with JSX; it has to be right. */
export function parseJsx(text: string): SeenProgram {
	const { program, comments, errors } = parseSync('file.tsx', text);
	assert.deepEqual(
		errors.map(({ message }) => message),
		[],
		text,
	);
	const pictures: { start: number; src: string; alt: string | undefined }[] = [];
	new Visitor({
		JSXOpeningElement(element) {
			const src = stringOf(element, 'src');
			if (src !== undefined && /img$|(?:Image|Img|Picture)$/.test(nameOf(element.name)))
				pictures.push({ start: element.start, src, alt: stringOf(element, 'alt') });
		},
	}).visit(program);
	return {
		words: comments
			.flatMap(({ value }) => value.split(/\r\n|\r|\n/).map((line) => line.trim()))
			.filter((line) => line !== ''),
		pictures: pictures.toSorted((one, other) => one.start - other.start),
	};
}

function nameOf(name: JSXElementName): string {
	if (name.type === 'JSXMemberExpression') return name.property.name;
	return name.type === 'JSXNamespacedName' ? name.name.name : name.name;
}

/** The parser leaves references to characters as they are; compilers do not. */
function decoded(written: string): string {
	const { code } = transformSync(`seen(<a b=${written} />)`, { loader: 'jsx', jsxFactory: 'propsOf' });
	let said = '';
	runInNewContext(code, { propsOf: (_name: string, { b }: { b: string }) => b, seen: (text: string) => (said = text) });
	return said;
}

/** What an attribute says; `undefined`: nothing, or it is computed. */
function stringOf({ attributes }: JSXOpeningElement, name: string): string | undefined {
	const found = attributes.find(
		(attribute): attribute is JSXAttribute => attribute.type === 'JSXAttribute' && attribute.name.name === name,
	);
	const value = found?.value?.type === 'JSXExpressionContainer' ? found.value.expression : found?.value;
	if (found?.value?.type === 'Literal') return decoded(found.value.raw ?? '');
	if (value?.type === 'Literal' && typeof value.value === 'string') return value.value;
	if (value?.type !== 'TemplateLiteral' || value.expressions.length > 0) return undefined;
	return value.quasis[0]?.value.cooked ?? undefined;
}
