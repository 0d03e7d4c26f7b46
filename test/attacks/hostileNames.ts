import * as fc from 'fast-check';

/** What file names have failed on, somewhere. */
const pieces = [
	'.. ../ ..\\ / \\ : ? * | < > " % ~ $ - _ . : ; & # @ ! ` ^ {} ${slug} ${x} con NUL aux COM1 com¹ LPT³ CONIN$ git~1 PROGRA~1 .git .vscode .env .GIT .git. .Vscode hooks desktop.ini :$DATA ::$INDEX_ALLOCATION C: c:\\ \\\\server\\share /etc/passwd file:///etc/passwd png .png .svg .html'.split(
		' ',
	),
	Array.from('\0\t\n\r\u001b\u007f\u0085\u00ad\u200b\u200d\u200e\u202e\u2028\u2066\ufeff\ufffe\ud800\udc00 \u{e0041}'),
	Array.from('aé森😀ßİﬁ٣한ไ／＼．：﹒․∕⁄'),
	['e\u0301', '👨‍👩‍👧', 'x'.repeat(300), '森'.repeat(120), '. . .', 'gnp.\u202efox'],
].flat();

const nasty = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));

/** Any text at all, halves of surrogate pairs included. */
export const anyText = fc.oneof(
	{ weight: 4, arbitrary: nasty },
	fc.string({ unit: 'binary' }),
	fc.string({ unit: 'grapheme', maxLength: 60 }),
	fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }).map((units) => String.fromCharCode(...units)),
);

/** As a person or a workspace might set them, the hostile among them. */
export const anyTemplate = fc.oneof(
	fc.constantFrom(
		'${slug}',
		'${documentBaseName}-${slug}',
		'images',
		'${documentFolder}/images',
		'${provider}/${model}',
		'${workspaceFolder}/${documentBaseName}',
		'${date}/${id}-${index}-${seed}',
	),
	anyText,
	fc
		.tuple(fc.constantFrom('${documentFolder}/', '${workspaceFolder}/', 'images/', '${slug}/'), anyText)
		.map((parts) => parts.join('')),
);

/** What is asked for by a workspace's settings and leads out: all of it is refused. */
export const leadingOut: readonly string[] = [
	'..',
	'../x',
	'../../x',
	'images/../../x',
	'..\\..\\x',
	'images\\..\\..\\x',
	'${workspaceFolder}/../x',
	'${workspaceFolder}/../../x',
	'${workspaceFolder}\\..\\x',
	'${documentFolder}/../../x',
	'${documentFolder}/../../../../x',
	'/x',
	'/etc',
	'\\x',
	'\\\\server\\share',
	'//server/share',
	'C:\\x',
	'c:/x',
	'C:x',
	'~/x',
	'~',
	'~\\x',
	'.git/hooks',
	'.GIT/hooks',
	'.git./hooks',
	'.git /hooks',
	'git~1/hooks',
	'.git::$INDEX_ALLOCATION/hooks',
	'.g\u200cit/hooks',
	'.vscode',
	'images/../.vscode/x',
	'.VSCode./x',
	'images\0/x',
	'images\n/x',
];
