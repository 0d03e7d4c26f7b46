// Bundles Limn. `node esbuild.config.mjs` makes dist/ (what ships); with `--tests` also out/ (tests and tools).
import { build, transform } from 'esbuild';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const tests = process.argv.includes('--tests');

/** What the code becomes. */
const script = /** @type {const} */ ({
	platform: 'node',
	target: 'node20',
	format: 'cjs',
	legalComments: 'none',
	// The extension host loads `vscode` through require(): the lazy bundle must come the same way.
	supported: { 'dynamic-import': false },
});

/** @type {import('esbuild').BuildOptions} */
const node = { ...script, bundle: true, outbase: 'src', outdir: 'dist', logLevel: 'warning' };

/**
 * The MCP server would bring a validator of JSON Schema along (40 KB of the package), for forms that it lets the client fill in: Limn has none.
 * @type {import('esbuild').Plugin}
 */
const withoutSchemaValidator = {
	name: 'without-schema-validator',
	setup(build) {
		build.onLoad({ filter: /modelcontextprotocol.sdk.dist.esm.validation.ajv-provider\.js$/ }, () => ({
			contents: 'export class AjvJsonSchemaValidator {}',
		}));
	},
};

/** @type {import('esbuild').BuildOptions} */
const product = {
	...node,
	external: ['vscode', './limn.js', './mcp.js', './network/direct.js'],
	plugins: [withoutSchemaValidator],
	// The codecs' loaders ask where they lie, but their WebAssembly is handed to them.
	define: { 'import.meta.url': '"file:///"' },
	minify: true,
};

/** What ships. `extension` is all that a window loads at start-up; the others load at first use, as files of their own. */
async function buildProduct() {
	await rm('dist', { recursive: true, force: true });
	const { metafile } = await build({
		...product,
		entryPoints: ['src/extension.ts', 'src/mcp.ts', 'src/generation/painter.ts', 'src/network/direct.ts'],
		sourcemap: tests ? 'linked' : false,
		metafile: true,
	});
	await buildTwins();
	await copyCodecs();
	await buildStudio();
	return metafile;
}

/** The editor's bundle and the command line's. What both use is in `core.js`, once: only modules can be split, so they are made scripts afterwards. */
async function buildTwins() {
	const { outputFiles } = await build({
		...product,
		entryPoints: ['src/limn.ts', 'src/cli.ts'],
		format: 'esm',
		supported: {},
		splitting: true,
		chunkNames: 'core',
		sourcemap: tests ? 'inline' : false,
		write: false,
	});
	for (const { path: file, text } of outputFiles) {
		const { code, map } = await transform(text, { ...script, minify: true, sourcemap: tests ? 'external' : false });
		await writeFile(file, tests ? `${code}//# sourceMappingURL=${path.basename(file)}.map\n` : code);
		if (tests) await writeFile(`${file}.map`, map);
	}
}

/** The studio: what runs in the webview, and how it looks. */
async function buildStudio() {
	await build({
		entryPoints: { studio: 'src/webview/main.tsx' },
		tsconfig: 'src/webview/tsconfig.json',
		bundle: true,
		platform: 'browser',
		target: 'chrome124',
		format: 'esm',
		outdir: 'dist/webview',
		minify: true,
		sourcemap: tests ? 'linked' : false,
		legalComments: 'none',
		logLevel: 'warning',
	});
	await build({
		entryPoints: { studio: 'media/studio/studio.css' },
		bundle: true,
		outdir: 'dist/webview',
		loader: { '.ttf': 'file' },
		assetNames: '[name]',
		minify: true,
		logLevel: 'warning',
	});
}

/** The codecs are WebAssembly files of their own: read when the first JPEG or WebP is made or read. */
async function copyCodecs() {
	await mkdir('dist/codecs', { recursive: true });
	const codecs = [
		'jpeg/codec/dec/mozjpeg_dec.wasm',
		'jpeg/codec/enc/mozjpeg_enc.wasm',
		'webp/codec/dec/webp_dec.wasm',
		'webp/codec/enc/webp_enc_simd.wasm',
	];
	await Promise.all(
		codecs.map((file) =>
			copyFile(path.join('node_modules/@jsquash', file), path.join('dist/codecs', path.basename(file))),
		),
	);
}

const tools = [
	'tools/run',
	'tools/start',
	'tools/codeHost',
	'tools/hostRun',
	'tools/hostTests',
	'tools/screenshots',
	'tools/completeLock',
	'tools/serve',
	'tools/themes',
	'tools/provide',
	'tools/checkPackage',
	'bench/sketch',
	'bench/codec',
	'bench/scan',
	'bench/gallery',
	'bench/canvas',
	'bench/hugeReplies',
	'bench/jobs',
	'bench/startup',
	'bench/savePath',
];

/** One bundle a suite. Unit tests cannot resolve `vscode`, which proves that what they check does not need it. */
async function buildTests() {
	await rm('out', { recursive: true, force: true });
	const shared = { ...node, outdir: undefined, outbase: undefined, sourcemap: 'inline', packages: 'external' };
	await Promise.all([
		...['laws', 'unit', 'servers', 'host', 'studio', 'e2e', 'installed'].map(async (suite) =>
			build({
				...shared,
				external: suite === 'host' ? ['vscode'] : [],
				stdin: await suiteOf(suite),
				outfile: `out/${suite}.js`,
			}),
		),
		// What stands in for the host beside the studio's page.
		build({
			entryPoints: ['test/studio/page/scripted.ts'],
			bundle: true,
			platform: 'browser',
			target: 'chrome124',
			outfile: 'out/scripted.js',
			sourcemap: 'inline',
			logLevel: 'warning',
		}),
		build({
			...shared,
			entryPoints: {
				faults: 'test/faults/faults.ts',
				faultsClient: 'test/faults/client.ts',
				faultsFuzz: 'test/faults/fuzz.ts',
			},
			outdir: 'out',
		}),
		build({ ...shared, entryPoints: ['test/attacks/attacks.ts'], outfile: 'out/attacks.js' }),
		build({
			...shared,
			external: ['vscode'],
			entryPoints: ['test/attacks/host/attacksHost.ts', 'test/bench/jobsHost.ts', 'test/installed/driver.ts'],
			entryNames: '[name]',
			outdir: 'out',
		}),
		...tools.map((tool) =>
			build({ ...shared, entryPoints: [`test/${tool}.ts`], outfile: `out/${path.basename(tool)}.js` }),
		),
	]);
}

/** @param {string} suite */
async function suiteOf(suite) {
	const files = await readdir(path.join('test', suite), { recursive: true });
	const imports = files.filter((file) => file.endsWith('.test.ts')).toSorted();
	return {
		contents: imports.map((file) => `import './${file.split(path.sep).join('/')}';`).join('\n'),
		resolveDir: path.join('test', suite),
	};
}

const parts = await buildProduct();
if (tests) {
	await buildTests();
	// For the law about what is in which bundle.
	await writeFile('out/parts.json', JSON.stringify(parts));
}
