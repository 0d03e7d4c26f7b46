import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { jsx } from '../../../../src/documents/languages/jsx';
import { writeReference } from '../../../../src/documents/languages/writeReference';
import { parseJsx } from './jsxParser';
import type { SeenImage } from './parse';
import { assertLinear } from './readingChecks';
import { assertShown, hrefsSeen, pathOfHref, seenIn, wordsSeen } from './seen';

/** As a document's own parser sees them. */
function imagesOf(text: string): SeenImage[] {
	return parseJsx(text).pictures.map(({ src, alt = '' }) => ({ path: pathOfHref(src), alt }));
}

describe('a JSX reference', () => {
	it('is readable where nothing needs escaping', () => {
		assert.equal(
			writeReference(jsx, { path: 'images/a fox.png', alt: "It's {a} fox", width: 1024, height: 768 }),
			'<img src="images/a%20fox.png" alt="It\'s {a} fox" width={1024} height={768} />',
		);
	});

	it('shows this picture with this alt text, and nothing else, whatever they are', () => {
		const around = [
			['const picture = ', ';'],
			['export default () => <p>before', 'after // no comment</p>;'],
			['const list = [<a>{/* comment */}</a>, ', ', ...others];'],
		] as const;
		assertShown(jsx, around, imagesOf, 500);
	});
});

/** Asserts that Limn sees in a program what the parser does, and gives it. */
function assertSame(text: string): ReturnType<typeof seenIn> {
	const seen = seenIn(jsx, text);
	const { words, pictures } = parseJsx(text);
	assert.deepEqual(wordsSeen(seen), words, text);
	assert.deepEqual(
		seen.pictures.map(({ href, alt }) => [href, alt]),
		pictures.map(({ src, alt }) => [src, alt]),
		text,
	);
	assert.deepEqual(
		jsx.read?.(text).pictures.map(({ span }) => span.start),
		pictures.map(({ start }) => start),
		text,
	);
	return seen;
}

describe('pictures in JSX', () => {
	it('are elements whose address is written there', () => {
		const text = `
			const a = <img src="a.png" alt="A &quot;fox&quot; \\n" />;
			const b = <Image src={"b.png"} alt={'It\\'s \\u{1F98A} \\x41'}></Image>;
			const c = <motion.img src={\`c.png\`} alt={ \`\` } {...others}/>;
			const d = <NextImage<string> /* not here: */ src='d.png' // nor here
				width={100} alt={title} />;
			const e = <HeroPicture src="e.png" priority fallback={<b>no</b>} aria-hidden />;
			const f = <img src="f.png" role="presentation"/>;
			const g = <ui.ProductImage src="g.png" title="a">{"x"}</ui.ProductImage>;`;
		assert.deepEqual(
			assertSame(text).pictures.map(({ href, alt, lacksAlt }) => [href, alt, lacksAlt]),
			[
				['a.png', 'A "fox" \\n', undefined],
				['b.png', "It's 🦊 A", undefined],
				['c.png', '', undefined],
				['d.png', undefined, undefined],
				['e.png', undefined, undefined],
				['f.png', undefined, undefined],
				['g.png', undefined, true],
			],
		);
	});

	it('are not those that are computed, other elements, and words', () => {
		const text = `
			const a = [<img src={fox} />, <img src={\`\${a}.png\`} />, <img src={"a" + b} />, <img {...{ src: "c.png" }} />];
			const b = [<script src="d.js" />, <source src="e.png" />, <imgs src="f.png" />, <ImageList src="g.png" />];
			const c = "<img src='h.png' />" + \`<img src="i.png" />\` + /<img src="j.png" \\/>/.source; // <img src="k.png" />
			const d = <p title="<img src='l.png' />">&lt;img src="m.png" /&gt; {/* <img src="n.png" /> */}</p>;`;
		assert.deepEqual(hrefsSeen(assertSame(text)), []);
	});

	it('may be within the attribute of one', () => {
		const text =
			'<Image src="a.png" fallback={<Image src="b.png" placeholder=<img src="c.png" alt=""/> alt="b"/>} alt="a" />;';
		const pictures = jsx.read?.(text).pictures.map(({ href, alt }) => [href, alt?.text]);
		assert.deepEqual(pictures, [
			['a.png', 'a'],
			['b.png', 'b'],
			['c.png', ''],
		]);
		assert.deepEqual(
			parseJsx(text).pictures.map(({ src, alt }) => [src, alt]),
			pictures,
		);
	});
});

describe('comments in JSX', () => {
	it('are in code, in braces and in tags, with the braces that they fill', () => {
		const text = [
			'/** limn: a fox',
			' * at *dawn* **/',
			'const a = <p /* b */ {...c /* d */}>',
			'  {/* limn: an owl | size=1:1 */}',
			'  <img src="owl.png" />',
			'  { /* e */ f /* g */ } // no comment, /* neither */ http://x',
			'</p>; // h',
		].join('\n');
		assert.deepEqual(seenIn(jsx, text).comments, [
			['/** limn: a fox\n * at *dawn* **/', 'limn: a fox', 'at *dawn*'],
			['/* b */', 'b'],
			['/* d */', 'd'],
			['{/* limn: an owl | size=1:1 */}', 'limn: an owl | size=1:1'],
			['/* e */', 'e'],
			['/* g */', 'g'],
			['// h', 'h'],
		]);
	});

	it('on neighbouring lines are one, up to a recipe', () => {
		const text = '// a\n/// b\n\t//c\r\n// limn: d\n//! e\n\n// f\nx; // g\n  // h';
		assert.deepEqual(seenIn(jsx, text).comments, [
			['// a\n/// b\n\t//c', 'a', 'b', 'c'],
			['// limn: d\n//! e', 'limn: d', 'e'],
			['// f', 'f'],
			['// g\n  // h', 'g', 'h'],
		]);
	});

	it('that do not end hide the rest, and are none', () => {
		assert.deepEqual(seenIn(jsx, 'a; /* limn: a fox\n<img src="fox.png" />'), { comments: [], pictures: [] });
	});
});

/** Pieces of code that look like something else. Not `a < <b>…`: the parser takes words of the element for a comment. */
const pitfalls: readonly string[] = [
	'const a = b < c || d > (e); // f',
	'for (let i = 0; i++ <n;) {} /* a */',
	'if (a <b && c> d) {} // x',
	'const f = <T,>(a: T) => a; // b',
	'const f = <T extends object>(a: T) => <i>{/* c */}</i>;',
	'const f = <const T,>(a: T) => a; // b',
	'interface A { b: <T>(c: T) => void; d<U>(): U; <V>(e: V): V } // f',
	'type A = <T>(b: T) => Array<Array<T>>; // c',
	'type A = (<T>() => T) extends <U>() => U ? 1 : 2; // b',
	'const a = useState<Array<string>>([]), b = c as Map<string, D>; // e',
	'const a = b / c / d; // e',
	'const a = (b) / c; // "d',
	"const a = b[0] / c; // 'd",
	'const a = b++ / c; // `d',
	'const a = b! / c; // d',
	'const a = /[/"]/g.test(b); // c',
	"const a = b ? /'/ : /\\/*/; // c",
	'return_ = a / b; const c = d.return / e; // f',
	'function f() { return /"/.test(a) } // b',
	'function f() {} /"/.test(a); // b',
	'const f = () => { } \n/"/.test(a); // b',
	'const a = { b: 1 } / 2; // "c',
	'const a = typeof /`/; // b',
	'a = [...b, .../x/.exec(c)]; // d',
	'let a = 1.5 / .5; // b',
	'const a = `b ${`c ${d} /* e */`} // f ${{ g: "}" }.g} h`; // i',
	'const a = `\\`${b}\\${/* c */`; // d',
	'const a = `$`; // b',
	'const a = "// b", c = \'/* d */\'; // e',
	'const a = "\\"// b"; // c',
	"const a = 'b\\\n// c'; // d",
	'const a = "<!-- b"; // -->',
	'const a = <>// b {/* c */} /* d */</>;',
	'const a = <p>it\'s "b" `c` /* d */ {"//e"} // f</p>; // g',
	'const a = <a-b c:d="/*" e=\'//\'>{f}</a-b>;',
	'const a = <A.B c={<d/>} e={() => <f>{g /* h */}</f>}>{i.map(j => <k key={j}>l</k>)}</A.B>; // m',
	'const a = <b.c>{d < e ? <f/> : <g></g>}</b.c>;',
	'const a = b && <c>{/* d */ e}</c> || <f>{`${g}`}</f>; // h',
	'const a = <b c="\n//d\n"/>; // e',
	'const a = <b>{"}"}{`}`}{/}/.source}{\'}\'}</b>; // c',
	'const a = <b<c, "d>">>e</b>, f = <g<() => void>/>; // h',
	'const a = <b style={{ c: "d", e: { f: 1 } }} />; // g',
	'class A<B> extends C<D> {} // e',
	'switch (a) { case <b/>: default: } // c',
	'label: { } // a',
	'const a = async <T,>(b: T) => <c/>; // d',
	'const ä = <Ö>ü</Ö>; // ß',
	'const a = b // c\n/ d / e; // f',
	'const a = b /* c */ / d / e; // f',
	'const a = /* b */ /"/; // c',
	'const a = // b\n<c/>; // d',
	'if (a) { } else <b/>; // c',
	'x = a ? <b/> : <c>{/*d*/}</c>; // e',
	'const a = !<b/>, c = d!, e = -<f/>; // g',
	'var a = function () { } // b',
	'const a = <T,>(b: T) => b < c; const d = <e>// f</e>;',
	'const a = <b /* c > */ d // e >\n f>g</b>; // h',
	'const a = <b>{...c /* d */}</b>;',
];

describe('a JSX program', () => {
	for (const text of pitfalls) it(`is not mistaken: ${text}`, () => void assertSame(text));

	it('has the comments and pictures that a parser finds, whatever it is', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.constantFrom(...pitfalls), anyStatement), { maxLength: 6 }), (statements) => {
				const text = statements.map((statement) => `{ ${statement}\n}`).join('\n');
				assertSame(text);
			}),
			{ numRuns: 700 },
		);
	});

	it('takes no longer to read than it is long', () => {
		const { read } = jsx;
		assert.ok(read);
		assertLinear(read, [
			'<',
			'=<a>',
			'/*',
			'//',
			'"',
			'`',
			'`${',
			'{',
			'}',
			'/',
			'=/[',
			'(<a {',
			'=<a<',
			'</',
			'/**/',
			'{/**/}',
		]);
		assertLinear(read, [
			'=<img src="a" alt={"b"}/>;',
			'// a\n',
			'/* a\n*/',
			'\n',
			' ',
			'=<aa>',
			' /* */ /',
			'={"',
			'=<a b={`${<c>',
		]);
	});
});

const { anyStatement } = fc.letrec<{
	expression: string;
	element: string;
	child: string;
	attribute: string;
	anyStatement: string;
}>((tie) => {
	const expression = tie('expression');
	const gap = fc.constantFrom(' ', '', ' /* a */ ', ' // b\n', '\n');
	return {
		expression: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			fc.constantFrom(
				'a',
				'1',
				'"//"',
				"'<b>'",
				'`/*`',
				'/"/g',
				'/[/`]/',
				'null',
				'"it\'s"',
				'(c)',
				'{}.d',
				'[]',
				'x!',
				'y.of',
				'({})',
			),
			fc
				.tuple(
					expression,
					gap,
					fc.constantFrom('+', '<', '>', '/', '&&', '? a :', ',', '===', '%', 'in'),
					gap,
					expression,
				)
				.map(([a, b, c, d, e]) => `((${a})${b} ${c} ${d}${c === '<' ? 9 : e})`),
			expression.map((value) => `(b: T) => { return ${value} }`).map((value) => `(${value})`),
			expression.map((value) => `(<T,>(b: T) => ${value.startsWith('{') ? '0' : value})`),
			expression.map((value) => `\`// \${${value}} /* "\``),
			expression.map((value) => `f<A<B>>(${value})`),
			expression.map((value) => `({ "/*": ${value}, return: ${value} })`),
			tie('element'),
		),
		element: fc.oneof(
			{ depthSize: 'small' },
			fc.constantFrom(
				'<b/>',
				'<></>',
				'<img src="p.png" alt="q &amp; r"/>',
				'<Image src={"s.png"}/>',
				"<Image\n/*c*/ alt={`t`} src='u.png' />",
			),
			fc
				.tuple(fc.array(tie('attribute'), { maxLength: 3 }), fc.array(tie('child'), { maxLength: 3 }))
				.map(([attributes, children]) => `<p ${attributes.join(' ')}>${children.join('')}</p>`),
			fc.array(tie('child'), { maxLength: 3 }).map((children) => `<>${children.join('')}</>`),
		),
		child: fc.oneof(
			{ depthSize: 'small' },
			fc.constantFrom(
				'text',
				"it's",
				' // no ',
				'/* no */',
				'{/* limn: a fox */}',
				'{}',
				'{// c\n}',
				'"',
				'`',
				'&lt;',
				'http://x',
			),
			tie('element'),
			expression.map((value) => `{${value}}`),
			expression.map((value) => `{ /* d */ ${value} }`),
		),
		attribute: fc.oneof(
			{ depthSize: 'small' },
			fc.constantFrom('a="//"', "b='/*'", 'c', '{...d}', '/* e */', 'f:g="h"', '// i\n', 'j-k={1}'),
			expression.map((value) => `l={${value}}`),
			tie('element').map((element) => `m=${element}`),
		),
		anyStatement: fc.oneof(
			expression.map((value) => `x = ${value}; // y`),
			expression.map((value) => `function f() { return ${value} }`),
			fc.tuple(expression, expression).map(([a, b]) => `if (${a}) { y(${b}) } else z // w`),
		),
	};
});
