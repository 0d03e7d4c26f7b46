import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type SecretKind, secretsIn } from '../../../src/documents/secrets';

/** Made here, so that no file holds what looks like a key. */
const joined = (...pieces: readonly string[]): string => pieces.join('');
const filled = (length: number): string => 'a1B2c3D4e5F6g7H8'.repeat(5).slice(0, length);
const hex = (length: number): string => '0a1b2c3d4e5f6789'.repeat(5).slice(0, length);
const upper = (length: number): string => filled(length).toUpperCase();
const pem = (what: string): string => ['-----BEGIN ', what, 'PRIVATE', ' KEY-----'].join('');
const jwt = ['ey', 'JhbGciOiJIUzI1NiJ9', '.ey', 'JzdWIiOiIxMjM0In0', '.', filled(20)].join('');

const secrets: readonly (readonly [kind: SecretKind, text: string])[] = [
	['api key', joined('sk', '-', filled(24))],
	['api key', joined('sk', '-', 'ant-api03-', filled(40))],
	['api key', joined('sk', '-', 'proj-', filled(40), '_x')],
	['api key', joined('sk', '-', 'or-v1-', hex(40))],
	['api key', joined('sk_', 'live', '_', filled(24))],
	['api key', joined('rk_', 'live', '_', filled(24))],
	['api key', joined('sk_', 'test', '_', filled(24))],
	['api key', joined('r8', '_', filled(37))],
	['api key', joined('lmnfl', '_', filled(20))],
	['api key', joined('vncy', '_', filled(20))],
	['api key', joined('AK', 'IA', upper(16))],
	['api key', joined('AS', 'IA', upper(16))],
	['api key', joined('AI', 'za', filled(35))],
	['api key', joined('hf', '_', filled(34))],
	['api key', joined('gsk', '_', filled(40))],
	['api key', joined('xai', '-', filled(60))],
	['api key', joined('pplx', '-', filled(40))],
	['api key', joined('PM', 'AK', '-', hex(24), '-', hex(34))],
	['api key', joined('key', '-', hex(32))],
	['api key', joined('wh', 'sec_', filled(32))],
	['api key', joined('SG', '.', filled(22), '.', filled(43))],
	['api key', joined('sh', 'pat_', hex(32))],
	['api key', joined('GOC', 'SPX-', filled(28))],
	['token', joined('gh', 'p_', filled(36))],
	['token', joined('gh', 'o_', filled(36))],
	['token', joined('gh', 's_', filled(36))],
	['token', joined('github', '_pat_', filled(22), '_', filled(40))],
	['token', joined('gl', 'pat-', filled(20))],
	['token', joined('xo', 'xb-', '1234567890-', filled(24))],
	['token', joined('xo', 'xp-', '1234567890-', filled(24))],
	['token', joined('xo', 'xa-', '2-', filled(24))],
	['token', joined('np', 'm_', filled(36))],
	['token', joined('dop', '_v1_', hex(64))],
	['token', joined('py', 'pi-AgE', filled(40))],
	['token', joined('dckr', '_pat_', filled(27))],
	['token', joined('hv', 's.', filled(24))],
	['token', joined('12345678:A', 'A', filled(33))],
	['token', jwt],
	['token', `Authorization: Bearer ${filled(12)}`],
	['token', `bearer ${filled(30)}`],
	['token', `https://bucket.example.com/a.png?X-Amz-Date=20261122T000000Z&X-Amz-Signature=${hex(64)}`],
	['token', `https://blob.example.net/c/a.png?sv=2024-01-01&sig=${filled(40)}%3D`],
	['token', `https://example.com/feed?access_token=${filled(12)}`],
	['token', joined('https://hooks.slack', '.com/services', '/T0000/B0000/', filled(24))],
	['token', joined('https://discord', '.com/api/webhooks', '/123456/', filled(30))],
	['token', `//npm.example.com/:_authToken=${hex(36)}`],
	['token', `client_secret: ${filled(16)}`],
	['token', `const accessToken = "${filled(10)}";`],
	['token', `auth.token => '${filled(10)}'`],
	['private key', pem('RSA ')],
	['private key', pem('OPENSSH ')],
	['private key', pem('EC ')],
	['private key', pem('ENCRYPTED ')],
	['private key', pem('')],
	['private key', ['-----BEGIN PGP PRIVATE', ' KEY BLOCK-----'].join('')],
	['private key', ['---- BEGIN SSH2 ENCRYPTED PRIVATE', ' KEY ----'].join('')],
	['private key', ['PuTTY-User-', 'Key-File-3: ssh-ed25519'].join('')],
	['private key', joined('AGE-SECRET-', 'KEY-1', upper(58))],
	['private key', `PrivateKey = ${filled(43)}=`],
	['password', 'postgres://admin:s3cret@db.example.com/shop'],
	['password', 'https://me:hunter2@example.com/'],
	['password', 'redis://:foobared@localhost:6379'],
	['password', joined('Authorization: Basic ', 'dXNlcjpwYXNz')],
	['password', joined('curl -H "authorization: basic ', 'dXNlcjpwYXNzMTIz', '"')],
	['password', 'password: hunter2'],
	['password', '  password: "correct-horse"'],
	['password', '"db_password": "hunter22",'],
	['password', '{\\"password\\": \\"hunter22\\"}'],
	['password', 'Server=db;User Id=sa;Password=Tr0ub4dor;'],
	['password', '<password>hunter2</password>'],
	['password', 'passwd = 12345678'],
	['password', 'Passwort: geheim123'],
	['password', '便签上写着密码：hunter2'],
	['password', 'spring.datasource.password=s3cr3t!'],
	['api key', `"api_key": "${filled(16)}"`],
	['api key', `apiKey: '${hex(32)}',`],
	['api key', `X-API-Key: ${hex(20)}`],
	['api key', `AccountKey=${filled(60)}==;EndpointSuffix=x`],
	['api key', `key: ${hex(32)}`],
	['environment', 'DB_PASSWORD=hunter'],
	['environment', `OPENAI_API_KEY=${filled(12)}`],
	['environment', `export AWS_SECRET_ACCESS_KEY="${filled(40)}"`],
	['environment', "GITHUB_TOKEN='abcdefgh'"],
	['environment', 'SECRET=changeme'],
	['environment', 'MYSQL_PWD=rosebud'],
	['environment', `SENTRY_DSN=https://${hex(32)}@o1.ingest.example.com/2`],
	['environment', 'set DEPLOY_CREDENTIALS=user1:abc'],
	['environment', `KEY=${filled(10)}`],
	['environment', 'DB_PASS=swordfish'],
	['api key', joined('secret', '_', filled(43))],
	['api key', joined('nt', 'n_', filled(46))],
	['api key', joined('sb_', 'secret_', filled(22), '_', hex(8))],
	['api key', joined('lin_', 'oauth_', hex(64))],
	['api key', joined('vercel_blob', '_rw_', filled(16), '_', filled(30))],
	['api key', joined('S', 'K', hex(32))],
	['api key', joined('550e8400-e29b-41d4-a716-446655440000', ':', hex(32))],
	['api key', filled(32)],
	['api key', `use ${filled(32)}, please.`],
	['api key', `runware:${filled(32)}.`],
	['api key', `my id is ${joined('wJalrXUtn', 'FEMI/K7MDENG/', 'bPxRfiCY1a2B3c4D5e')}`],
	['api key', joined('sk', '-', 'aBcDeFgHiJkLmNoPqRsTuVwX')],
	['api key', joined('sk', '-', 'proj-', 'aBcDeFgHiJkLmNoPqRsTuVwX')],
	['api key', joined('s\u200Bk', '-', filled(12), '\u2060', filled(12))],
	['api key', joined('ｓｋ', '－', filled(24))],
	['token', `Bearer ${filled(16)}`],
	['token', `https://x.example/fox.png?sig=${filled(16)}`],
	['token', `https://x.example/fox?key=${filled(16)}`],
	['token', `token: ${filled(12)}`],
	['token', `deploy --token ${filled(8)} now`],
	['token', `deploy --access-token "${filled(8)}"`],
	['password', 'mysql --password swordfish'],
	['password', 'mysql --db-password="swordfish"'],
	['password', 'curl -u me:swordfish https://x.example/'],
	['password', "curl --user 'me:sword fish'"],
	['password', 'machine x.example login me password swordfish'],
	['password', 'machine x.example\n  login me\n  password swordfish'],
	['password', 'login me password hunter2'],
	['password', joined('Basic ', 'dXNlcjpwYXNzMTIzNA', '==')],
	['password', 'password=qwertyuiop'],
	['password', 'Passwort = geheimnis'],
	['password', 'pass: hunter2'],
	['password', 'user: me, pw: hunter2'],
	['password', 'pw = swordfish'],
	['password', 'password:\n  hunter2'],
	['password', 'password: |\r\n  hunter2'],
	['password', 'ｐａｓｓｗｏｒｄ＝ｑｗｅｒｔｙｕｉｏｐ'],
	['password', 'pass\u00ADword: hunt\u200Ber2'],
	['environment', 'SESSION_COOKIE=abcdefgh'],
	['environment', 'PASSWORD_SALT=coarse-grains'],
	['environment', 'SMTP_PASS="a b c d"'],
	['environment', `SECRET_KEY_BASE=${hex(20)}`],
];

const prose: readonly string[] = [
	'',
	'a lighthouse at dawn, watercolour',
	'a key on a table, password written on a sticky note',
	'token: a golden coin',
	'a subway token: worn, brass, macro photo',
	'secret: garden behind a wall',
	'SECRET: GARDEN',
	'TOKEN: A GOLDEN COIN',
	'Password: Rosenstrauß',
	'password: the word "swordfish" on a door',
	'a poster that says "password: open sesame"',
	'the password is swordfish',
	'a sign that reads API key here',
	'api key: your-key-here',
	'API_KEY=<your key>',
	'API_KEY=${API_KEY}',
	'API_KEY=$(cat key.txt)',
	'OPENAI_API_KEY=',
	'password=',
	'password: null',
	'"password": "********"',
	'const token = process.env.TOKEN;',
	'const token = tokens[index2];',
	'password = getPassword1()',
	'token: xxxxxxxxxxxx',
	'a fox | size=1024x1024 quality=high seed=42',
	'a fox | size=1536x1024 model=openai/gpt-image-2 made=8f3a91c2d04e-51b07c9e2a11',
	'a fox | model=runware/openai:gpt-image@2 background=transparent',
	'a fox | model=replicate/black-forest-labs/flux-1.1-pro seed=1234567890',
	'colours #ff8800, #00FF00 and #1a2b3c4d',
	'chroma-key: #00ff00 behind the actor',
	'color_key=#00ff00',
	'key=C minor',
	'key: C major, in the style of sheet music',
	'key: low-key lighting',
	'key light: 5600K from the left',
	'high-key=85% white',
	'keyboard: mechanical60',
	'keywords: cat1, dog2, bird3',
	'monkey=banana42',
	'MONKEY=banana42',
	'primary_key: user_id2026',
	'public_key: ' + hex(32),
	'max_tokens=4096',
	'MAX_TOKEN=4096',
	'token_count: 128000',
	'password_hint: mothers maiden name 1',
	'the key visual: hero1.png',
	'secret: images/hero1.png',
	'550e8400-e29b-41d4-a716-446655440000',
	'id=550e8400-e29b-41d4-a716-446655440000',
	`sha256 ${hex(64)}`,
	`commit ${hex(40)}`,
	'Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel',
	'ein Schlüssel: Haustürschlüsselanhänger',
	'Geheimnis: Sonnenuntergang',
	'灯塔在黎明，水彩画',
	'密码：秘密花园',
	'パスワード：秘密の花園',
	'пароль: тихий сад',
	'a standard bearer carrying the flag',
	'bearer Fahnenträgergesellschaft',
	'Basic geometric shapes, flat colours',
	'basic JavaScript tutorial cover',
	'sk-learn workflow diagram with many-coloured-boxes',
	joined('risk', '-management-board-game-2026-edition-deluxe'),
	joined('desk', '-organiser-with-20-compartments-and-lights'),
	'key-visual-for-the-2026-spring-campaign-of-the-zoo',
	'npm_config_cache and npm_lifecycle_event on a whiteboard',
	'hf_home folder',
	'an npm package called pypi-mirror-tools-2026-for-everyone',
	'http://localhost:8080/a@b',
	'https://example.com/path?size=1024x1024&seed=42',
	'https://example.com/?q=a+fox&page=2',
	'meet at 10:30, platform 9:45, ratio 16:9',
	'mail me: someone@example.com',
	'git@example.com:team/project.git',
	'::1 and fe80::1',
	'if (a == b) token === other',
	'x => y, token => render(token)',
	'-----BEGIN CERTIFICATE-----',
	'a stone with BEGIN carved into it, and a PRIVATE door',
	'data:image/png;name=fox',
	'eyJ is how it begins',
	'boarding pass: A12B34',
	'12:30:45, 3 apples: 100g, temperature: 20C',
	joined('sk', '-learn-pipeline-v2-diagram'),
	joined('sk', '-estimator-step-01-to-05'),
	'A basic Understanding2 of physics',
	'Basic Understanding2 of physics',
	'Bearer BearClaw7 walking',
	'Kubernetes secret: my-secret-01',
	'Token: GPT2Tokenizer splits words',
	'SECRET_GARDEN=lush',
	'SALT=coarse',
	'key=high-key2lighting',
	'https://x.example/gallery?key=winter2026fox',
	'https://x.example/fox.png?sig=abc123def456',
	`https://x.example/files/${filled(40)}/fox.png`,
	`https://x.example/d?id=${filled(40)}`,
	`images/${filled(40)}.png`,
	`./docs/${filled(40)}`,
	`${filled(40)}.webp`,
	`data:image/png;base64,${filled(60)}==`,
	'Projects/2026/ClientFox/Illustrations/Version2',
	'getElementByIdAndThenMakeItRed2Times',
	`${hex(40).toUpperCase()} and ${hex(40)}`,
	'a mountain pass: snow2026',
	'boarding pass = A12B34',
	'a coin --token of love',
	'docker run -u 1000:1000 fox',
	'a login page with a password field',
	'password = request.password',
	'password = userPassword',
	'token:\n  a golden coin',
	'secrets:\n  garden2026: lush',
	'Password-protected door, token-based economy, secret-society meeting',
];

describe('secrets in texts', () => {
	for (const [kind, text] of secrets) {
		it(`are seen: ${kind}: ${text.slice(0, 24)}…`, () => {
			assert.ok(secretsIn(text).includes(kind), `${text}: ${secretsIn(text).join()}`);
		});
	}

	it('are not seen in prose, recipes, addresses and code', () => {
		assert.deepEqual(
			prose.flatMap((text) => (secretsIn(text).length > 0 ? [[text, ...secretsIn(text)]] : [])),
			[],
		);
		assert.ok(prose.length >= 60 && secrets.length >= 60);
	});

	it('are seen between lines of prose', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...secrets),
				fc.array(fc.constantFrom(...prose)),
				fc.array(fc.constantFrom(...prose)),
				fc.constantFrom('\n', '\r\n', '\n\n'),
				([kind, text], before, after, end) => {
					assert.ok(secretsIn([...before, text, ...after].join(end)).includes(kind));
				},
			),
		);
	});

	it('are not seen where lines of prose stand together', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...prose)), (lines) => assert.deepEqual(secretsIn(lines.join('\n')), [])),
		);
	});

	it('are named once each, whatever the text is', () => {
		const pieces = fc.oneof(
			fc.constantFrom(...secrets.map(([, text]) => text)),
			fc.constantFrom('password', '=', ':', '"', "'", ' ', '\n', '://', '@', '\\', 'API_KEY', '-----BEGIN ', 'Bearer '),
			fc.string({ unit: 'binary' }),
		);
		fc.assert(
			fc.property(fc.array(pieces), (parts) => {
				const kinds = secretsIn(parts.join(''));
				assert.equal(new Set(kinds).size, kinds.length);
			}),
			{ numRuns: 300 },
		);
	});

	it('are looked for in a long text too', () => {
		const found = secretsIn(joined('a fox '.repeat(200_000), '\npassword: hunter2\n', 'a hen '.repeat(200_000)));
		assert.deepEqual(found, ['password']);
	});

	/** What a careless pattern would try in more ways than there is time for; the suite's own limit is the guard. */
	const hostile = [
		'a| |\t|\n|-|.|_|:|=|"|`|@|/|\\|?|密|#|$|a:|a=|a:"|key=|password=|password="|token: |A_KEY=|://|://a:|://a:b|:b@',
		"'|--password |-u a|-u |login a password |machine a |:\n |pass:|０|data:|aB1/|Basic |Authorization: |sk-|sk-a1|eyJ|eyJ.|-eyJ| eyJaaaaaaaa.|SG.|&sig=|?key=a|-----BEGIN |----- |gh|xoxb-",
		'-----BEGIN PRIVATE |aB|a1|key-a|dapi|npm_|AKIA|password=aB|token=aBc |discord.com/api/webhooks/1|1234567890:|secret_',
	].flatMap((line) => line.split('|'));
	for (const piece of hostile) {
		it(`are looked for in 400,000 characters of ${JSON.stringify(piece)}`, () => {
			const text = piece.repeat(Math.ceil(400_000 / piece.length));
			assert.ok(secretsIn(`${text}\n\npassword: hunter2`).includes('password'));
		});
	}
});
