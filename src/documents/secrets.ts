/** What a text may hold that is nobody else's business. */
export type SecretKind = 'api key' | 'private key' | 'token' | 'password' | 'environment';

/**
 * Which kinds of secret a text looks to hold, each once. A guess, for a question to the person: prose that only speaks of keys and
 * passwords is none. Takes time in proportion to the text.
 */
export function secretsIn(written: string): readonly SecretKind[] {
	// Wide letters and what shows nothing hide none from whoever reads it.
	const text = written.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
	const found = shapes.flatMap(({ kind, shape, holds = () => true }) =>
		matches(text, shape).some(([whole, value = whole]) => holds(value)) ? [kind] : [],
	);
	return Array.from(new Set([...found, ...assignedIn(text)]));
}

interface Shape {
	readonly kind: SecretKind;
	/** What it captures is the value. Nothing is tried twice: what may follow an endless part follows at its end alone. */
	readonly shape: RegExp;
	readonly holds?: (value: string) => boolean;
}

function shapeOf(kind: SecretKind, source: string, holds?: Shape['holds'], flags = 'g'): Shape {
	return { kind, shape: new RegExp(source, flags), ...(holds && { holds }) };
}

const [letters, more] = ['[A-Za-z0-9]', String.raw`[\w-]`];

/** What says whose key it is, what it goes on with, and how much of that there is at least. */
const prefixes: readonly (readonly [prefix: string, rest: string, least: number, kind?: SecretKind])[] = [
	['secret_', letters, 40],
	['ntn_', letters, 30],
	['sb_secret_', more, 16],
	['lin_oauth_', letters, 24],
	['vercel_blob_rw_', more, 20],
	['(?:sk|rk)_(?:live|test)_', letters, 12],
	['r8_', letters, 16],
	['lmnfl_', more, 8],
	['vncy_', more, 8],
	['AIza', more, 30],
	['hf_', letters, 24],
	['gsk_', letters, 24],
	['xai-', letters, 40],
	['pplx-', letters, 30],
	['nvapi-', more, 40],
	['tgp_v1_', more, 24],
	['PMAK-', more, 20],
	['NRAK-', letters, 20],
	['lin_api_', letters, 24],
	['figd_', more, 20],
	['key-', '[0-9a-f]', 32],
	['shp(?:at|ca|pa|ss)_', letters, 20],
	['sq0(?:atp|csp)-', more, 20],
	['whsec_', more, 16],
	['GOCSPX-', more, 16],
	[String.raw`SG\.`, more, 16],
	[String.raw`hv[sb]\.`, more, 20, 'token'],
	['gh[opsur]_', letters, 20, 'token'],
	['github_pat_', more, 20, 'token'],
	['gl(?:pat|dt|rt|ft|cbt|ptt|agent|soat)-', more, 16, 'token'],
	['xox[abeoprs]-', more, 10, 'token'],
	[String.raw`xapp-\d-`, more, 10, 'token'],
	['npm_', letters, 30, 'token'],
	['pypi-AgE', more, 20, 'token'],
	['dckr_pat_', more, 16, 'token'],
	['do[opr]_v1_', letters, 20, 'token'],
	['dapi', '[0-9a-f]', 32, 'token'],
	['glsa_', more, 20, 'token'],
	['sntry[su]_', more, 20, 'token'],
	['sbp_', letters, 20, 'token'],
	['ATATT3', more, 20, 'token'],
	[String.raw`ya29\.`, more, 20, 'token'],
];

const shapes: readonly Shape[] = [
	...prefixes.map(([prefix, rest, least, kind = 'api key']) =>
		shapeOf(kind, `(?<![A-Za-z0-9])${prefix}${rest}{${least},}`, isMixed),
	),
	shapeOf('api key', String.raw`(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])`),
	shapeOf('api key', `(?<![A-Za-z0-9])sk-${more}{16,}`, holdsRun),
	shapeOf('api key', String.raw`(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])`),
	shapeOf('api key', String.raw`(?<![\w-])[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}:[\da-f]{32}(?!\w)`),
	// Keys that nothing marks. Not in an address, a path or the name of a file, where such are names.
	shapeOf(
		'api key',
		String.raw`(?<![\w+/.\\@%?&#~$-])(?=[A-Za-z0-9+/]{32})(?<!(?::\/\/|data:)[^\s"'<>]{0,300})([A-Za-z0-9+/]{32,})={0,2}(?![\w\\+/-]|\.\w)`,
		isRandom,
	),
	shapeOf('private key', String.raw`-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY`),
	shapeOf('private key', String.raw`PuTTY-User-Key-File-\d`),
	shapeOf('private key', String.raw`AGE-SECRET-KEY-1[A-Z0-9]{20}`),
	// A JSON Web Token: two parts of it are JSON.
	shapeOf('token', String.raw`(?<![\w.-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}`),
	shapeOf('token', String.raw`(?<!\d)\d{8,10}:AA[\w-]{30}`),
	shapeOf('token', String.raw`\bBearer[ \t]{1,8}([\w.~+/-]{16,}=*)`, isMixed, 'gi'),
	shapeOf(
		'token',
		String.raw`\bAuthorization["']?[ \t]{0,8}[:=][ \t]{0,8}["']?Bearer[ \t]{1,8}([\w.~+/-]{8,}=*)`,
		isMixed,
		'gi',
	),
	shapeOf('password', String.raw`\bBasic[ \t]{1,8}([\w+/-]{8,}=*)`, isEncoded),
	shapeOf(
		'password',
		String.raw`\bAuthorization["']?[ \t]{0,8}[:=][ \t]{0,8}["']?(?:Basic|Digest|Token)[ \t]`,
		undefined,
		'gi',
	),
	// What command lines and `.netrc` are told.
	shapeOf(
		'password',
		String.raw`(?<![\w-])--(?:[a-z]{1,20}-){0,3}(?:password|passwd|pass|passphrase)[ \t]{1,8}["']?([^\s"'|<>;&-][^\s"'|<>;&]{3,200})`,
		isFilled,
	),
	shapeOf(
		'token',
		String.raw`(?<![\w-])--(?:[a-z]{1,20}-){0,3}(?:token|secret|api-?key|access-key)[ \t]{1,8}["']?([^\s"'|<>;&-][^\s"'|<>;&]{5,200})`,
		isMixed,
	),
	shapeOf(
		'password',
		String.raw`(?<![\w-])(?:-u|--user)[ \t=]{1,4}["']?[^\s:"']{1,100}:([^\s"'/][^\s"']{0,200})`,
		(value) => isFilled(value) && !isOrdinary(value),
	),
	shapeOf(
		'password',
		String.raw`\bmachine\s{1,8}\S{1,200}\s{1,8}login\s{1,8}\S{1,100}\s{1,8}password\s{1,8}(\S{1,200})`,
	),
	shapeOf('password', String.raw`\blogin\s{1,8}\S{1,100}\s{1,8}password\s{1,8}(\S{4,200})`, isMixed),
	shapeOf('password', String.raw`:\/\/[^\s/@:?#"'<>]{0,200}:([^\s/@"'<>]{1,200})@`, isFilled),
	// An address that lets anybody in who has it.
	shapeOf(
		'token',
		String.raw`[?&](?:X-Amz-Signature|X-Goog-Signature|X-Amz-Security-Token|signature|access_token|auth_token|token|api_key|apikey)=([\w.~%+/-]{8,})`,
		isMixed,
		'gi',
	),
	shapeOf('token', String.raw`[?&](?:sig|key)=([\w.~%+/-]{16,})`, isMixed, 'gi'),
	shapeOf('token', String.raw`hooks\.slack\.com\/services\/\w+\/\w+\/\w+`),
	shapeOf('token', String.raw`discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]+`),
];

function isMixed(value: string): boolean {
	return /\d/.test(value) && /[A-Za-z]/.test(value);
}

/** One of its parts is no word: of letters and digits, or long and of both cases. */
function holdsRun(value: string): boolean {
	return value.split('-').some((run) => (run.length >= 12 && isMixed(run)) || (run.length >= 20 && isOfBothCases(run)));
}

function isOfBothCases(value: string): boolean {
	return /[a-z]/.test(value) && /[A-Z]/.test(value);
}

/** Digits stand among letters of both cases, again and again: neither a path nor a name that programmers give is so. */
function isRandom(value: string): boolean {
	const changes = value.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g) ?? [];
	return isOfBothCases(value) && changes.length >= 3 && !/^[\da-f]+$/i.test(value);
}

/** Base64 of a name and a password. */
function isEncoded(value: string): boolean {
	return value.length % 4 === 0 && /[a-z]/.test(value) && /[A-Z]/.test(value) && /[\d=]/.test(value);
}

/** The name of something, what stands between, and no more: the value is looked at only behind names that say secret. In YAML it may begin on the next line. */
const assignment =
	/(?<![\p{L}\p{N}_.-])([\p{L}\p{N}_.-]{1,64})\\?["'`]?[ \t]{0,8}(?::[ \t]{0,8}(?:[|>][+-]?[ \t]{0,4})?\r?\n[ \t]{1,20}|(?::=|=>|[:=>])[ \t]{0,8})(?=[^\s=>])/gu;

/** In quotes, or up to a blank or a sign that ends it. */
const assigned = /\\?"([^"\n\\]{1,100})|'([^'\n]{1,100})|`([^`\n]{1,100})|([^\s"'`,;&<]{1,100})/uy;

/** What stands before a name that is a name only where it stands alone. */
const alone = /(?:^|[\n,;{(|"'`])[ \t]*$/;

function assignedIn(text: string): SecretKind[] {
	return matches(text, assignment).flatMap(({ 0: beginning, 1: name = '', index }) => {
		const isAlone = alone.test(text.slice(Math.max(0, index - 8), index));
		const meaning = meaningOf(name, beginning.trimEnd(), isAlone);
		if (!meaning) return [];
		assigned.lastIndex = index + beginning.length;
		const [, double, single, back, bare] = assigned.exec(text) ?? [];
		const quoted = double ?? single ?? back;
		const isSecret = quoted === undefined ? isBareSecret(bare ?? '', meaning) : isQuotedSecret(quoted, meaning);
		return isSecret ? [meaning.kind] : [];
	});
}

interface Meaning {
	readonly kind: SecretKind;
	/** The fewest characters that are one. */
	readonly least: number;
	/** Whether words may be one: behind a name that says it for sure. */
	readonly mayBeWords: boolean;
}

/** What a name says of its value. `undefined`: nothing secret. */
function meaningOf(name: string, beginning: string, isAlone: boolean): Meaning | undefined {
	const words = name
		.replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
		.toLowerCase()
		.split(/[\s_.-]+/)
		.filter(Boolean);
	const isSet = beginning.endsWith('=');
	const isEnvironment = isSet && /^[A-Z][A-Z0-9_]{2,}$/.test(name);
	const last = words.at(-1) ?? '';
	if (isEnvironment && /^(?:cookie|salt)$/.test(last)) return { kind: 'environment', least: 8, mayBeWords: true };
	if (isAlone && words.length === 1 && /^(?:pass|pw)$/.test(last))
		return { kind: 'password', least: 6, mayBeWords: isSet };
	const kind = kindOf(words);
	if (!kind) return undefined;
	// A secret garden is none.
	if (isEnvironment)
		return { kind: 'environment', least: 4, mayBeWords: kindOf([last]) !== undefined || last === 'pass' };
	if (kind === 'password') return { kind, least: 6, mayBeWords: isSet };
	const isOneWord = words.length === 1;
	// A key by itself opens a door, or is C major.
	return { kind, least: isOneWord && last === 'key' ? 16 : 6, mayBeWords: !isOneWord };
}

function kindOf(words: readonly string[]): SecretKind | undefined {
	const last = words.at(-1) ?? '';
	if (
		/^(?:count|limit|size|length|type|name|url|file|path|policy|hint|expires|ttl|field|label|title|text|note)$/.test(
			last,
		)
	)
		return undefined;
	if (words.some((word) => passwordWord.test(word))) return 'password';
	if (words.length > 1 && words.includes('pass')) return 'password';
	if (words.some((word) => /(?:secret|token|credentials?|dsn)$/.test(word))) return 'token';
	if (words.some((word) => /(?:api|access|auth|secret|private)key$/.test(word))) return 'api key';
	if (!words.includes('key') || words.some((word) => harmlessKey.test(word))) return undefined;
	return words.includes('private') ? 'private key' : 'api key';
}

const passwordWord = /(?:password|passwd|passphrase|passwort|kennwort|pwd|contraseña|密码|密碼|パスワード)$/;

const harmlessKey = /^(?:public|primary|foreign|sort|cache|map|colou?r|chroma|light|visual|frame)$/;

function isQuotedSecret(value: string, { kind, least }: Meaning): boolean {
	const isOne = kind === 'environment' || !/\s/.test(value);
	return value.length >= least && isOne && isFilled(value) && !isOrdinary(value);
}

function isBareSecret(value: string, { kind, least, mayBeWords }: Meaning): boolean {
	if (value.length < least || !isFilled(value) || isOrdinary(value)) return false;
	if (kind === 'environment') return mayBeWords || isMixed(value);
	if (/[([{]|:$/.test(value)) return false;
	if (kind === 'password') return /\d/.test(value) || isOdd(value) || (mayBeWords && !isCode(value));
	return (isMixed(value) || isOdd(value)) && (mayBeWords || (value.length >= 12 && !isOfWords(value)));
}

/** Capitals stand within it more than once. */
function isOdd(value: string): boolean {
	return (value.match(/\p{Ll}\p{Lu}/gu) ?? []).length > 1;
}

/** A variable that holds one. */
function isCode(value: string): boolean {
	return /^[a-z_$]+(?:\.[a-z_$]+)+$/i.test(value) || passwordWord.test(value.toLowerCase());
}

function isOfWords(value: string): boolean {
	return (value.length < 24 && /[a-z]{5}/.test(value)) || /(?:^|-)[a-z]{2,}-/.test(value);
}

/** Not a mere place for a value, nor a word that says that there is none. */
function isFilled(value: string): boolean {
	return !/^(?:[$%<{*[]|\.{3}|(?:null|none|true|false|undefined)$|x{3,}|your\b|your[_-]|process\.env|os\.environ|import\.meta)|^(.)\1*$/iu.test(
		value,
	);
}

/** A colour, a small number, a size, or a file. */
function isOrdinary(value: string): boolean {
	return /^(?:#[\da-f]{3,8}|\d{1,5}|\d+x\d+|.*\.(?:png|jpe?g|webp|gif|svg|avif|md|html?))$/i.test(value);
}

/** Every place where it is found. */
function matches(text: string, shape: RegExp): RegExpExecArray[] {
	return Array.from(text.matchAll(shape));
}
