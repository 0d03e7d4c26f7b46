import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { keyLikeIn } from './keyLike';
import { unpacked } from './vsix';

/** All that ships; a new file is a decision. */
const shipped = [
	'CHANGELOG.md',
	'LICENSE',
	'README.md',
	'dist/cli.js',
	'dist/codecs/mozjpeg_dec.wasm',
	'dist/codecs/mozjpeg_enc.wasm',
	'dist/codecs/webp_dec.wasm',
	'dist/codecs/webp_enc_simd.wasm',
	'dist/core.js',
	'dist/extension.js',
	'dist/generation/painter.js',
	'dist/limn.js',
	'dist/mcp.js',
	'dist/network/direct.js',
	'dist/webview/codicon.ttf',
	'dist/webview/studio.css',
	'dist/webview/studio.js',
	'l10n/bundle.l10n.zh-cn.json',
	'media/icon.png',
	'media/limn-dark.svg',
	'media/limn-light.svg',
	'media/limn.svg',
	'media/walkthrough/canvas.png',
	'media/walkthrough/generate.png',
	'media/walkthrough/key.png',
	'media/walkthrough/selection.png',
	'package.json',
	'package.nls.json',
	'package.nls.zh-cn.json',
];

/** What the bundles load of each other. */
const needs: Readonly<Record<string, readonly string[]>> = {
	'dist/cli.js': ['./core.js', './mcp.js', './network/direct.js'],
	'dist/core.js': [],
	'dist/generation/painter.js': [],
	'dist/limn.js': ['./core.js', './network/direct.js'],
	'dist/mcp.js': [],
	'dist/network/direct.js': [],
};

/** What the bundler put where. */
const partsSchema = z.object({
	outputs: z.record(z.string(), z.object({ inputs: z.record(z.string(), z.unknown()) })),
});

/** Names that the packer gives to files that the Marketplace shows. */
const packedNames: Readonly<Record<string, string>> = {
	'CHANGELOG.md': 'changelog.md',
	'README.md': 'readme.md',
	LICENSE: 'LICENSE.txt',
};

describe('the package', () => {
	it('holds these files and no others', async () => {
		const files = await listFiles({ cwd: process.cwd(), packageManager: PackageManager.None });
		assert.deepEqual(files.toSorted(), shipped);
	});

	describe('once it is built', () => {
		let archive = Buffer.alloc(0);

		before(async () => {
			const folder = mkdtempSync(path.join(os.tmpdir(), 'limn-vsix-'));
			try {
				const packagePath = path.join(folder, 'limn.vsix');
				await createVSIX({ cwd: process.cwd(), packagePath, dependencies: false, rewriteRelativeLinks: false });
				archive = readFileSync(packagePath);
			} finally {
				rmSync(folder, { recursive: true, force: true });
			}
		});

		it('is one small file for every platform', () => {
			assert.ok(archive.length < 1_500_000, `${archive.length} bytes`);
		});

		it('holds these files byte for byte, and besides them only what says what it is', () => {
			const files = unpacked(archive);
			const described = ['[Content_Types].xml', 'extension.vsixmanifest'];
			const own = shipped.map((file) => `extension/${packedNames[file] ?? file}`);
			assert.deepEqual([...files.keys()].toSorted(), [...described, ...own].toSorted());
			for (const file of shipped.filter((name) => name !== 'package.json'))
				assert.ok(files.get(`extension/${packedNames[file] ?? file}`)?.equals(readFileSync(file)), file);
		});

		it('holds nothing that looks like a key', () => {
			for (const [name, content] of unpacked(archive))
				assert.equal(keyLikeIn(content.toString('latin1')), undefined, name);
		});

		it('does not say where it was built', () => {
			for (const [name, content] of unpacked(archive)) assert.ok(!content.includes(process.cwd()), name);
		});
	});

	it('loads next to nothing until it is used', () => {
		const bundle = readFileSync('dist/extension.js', 'utf8');
		assert.ok(bundle.length < 40_000, `${bundle.length} bytes`);
		assert.deepEqual(requiredBy(bundle), ['./limn.js', 'node:worker_threads', 'vscode']);
		const parts = partsSchema.parse(JSON.parse(readFileSync('out/parts.json', 'utf8')));
		const sources = Object.keys(parts.outputs['dist/extension.js']?.inputs ?? {});
		assert.ok(sources.includes('src/extension.ts'));
		// No zod, no undici, no codec: nothing that others wrote.
		for (const file of sources) assert.ok(file.startsWith('src/'), file);
	});

	it('starts the painter without what parses', () => {
		assert.doesNotMatch(readFileSync('dist/generation/painter.js', 'utf8'), /ZodError|safeParse/);
	});

	it('shows the studio without what parses what comes from it', () => {
		const bundle = readFileSync('dist/webview/studio.js', 'utf8');
		assert.ok(bundle.length < 160_000, `${bundle.length} bytes`);
		assert.doesNotMatch(bundle, /ZodError|safeParse/);
	});

	it('needs nothing but Node, the editor, and its own other files', () => {
		for (const [file, own] of Object.entries(needs)) {
			const foreign = requiredBy(readFileSync(file, 'utf8')).filter((name) => !isPlatform(name));
			assert.deepEqual(foreign.toSorted(), own, file);
		}
	});

	it('has neither the editor nor the protocol of agents in the command line', () => {
		for (const file of ['dist/cli.js', 'dist/core.js']) {
			const code = readFileSync(file, 'utf8');
			assert.ok(!requiredBy(code).includes('vscode'), file);
			assert.ok(!code.includes('notifications/initialized'), file);
		}
	});

	for (const first of ['the bundle', 'fetch'] as const) {
		it(`leaves the editor's fetch its dispatcher (${first} comes first)`, () => {
			execFileSync(process.execPath, ['-e', slotsProgram, path.resolve('dist/network/direct.js'), first]);
		});
	}
});

/**
 * Runs in a process of its own: uses Limn's undici and the built-in `fetch`, each for a request to a server of this machine.
 * The places where undici keeps the dispatcher of a whole process are to stay as they were.
 */
const slotsProgram = `
	const assert = require('node:assert/strict');
	const [, bundle, first] = process.argv;
	const slots = () => [1, 2].map((n) => globalThis[Symbol.for('undici.globalDispatcher.' + n)]);
	const server = require('node:http').createServer((request, response) => response.end('[1]'));
	server.listen(0, '127.0.0.1', async () => {
		const url = new URL('http://127.0.0.1:' + server.address().port);
		const fetched = async () => assert.deepEqual(await (await fetch(url)).json(), [1]);
		if (first === 'fetch') await fetched();
		const before = slots();
		assert.equal(before.some(Boolean), first === 'fetch');
		const direct = require(bundle).openDirect(() => assert.fail('nobody asked for it'));
		const { signal } = new AbortController();
		const { status, body } = await direct.carry(url, { method: 'GET', headers: {}, signal });
		assert.equal(status, 200);
		assert.equal(Buffer.concat(await body.toArray()).toString(), '[1]');
		slots().forEach((slot, index) => assert.equal(slot, before[index]));
		await direct.close();
		await fetched();
		server.close();
		server.closeAllConnections();
	});
`;

describe('the repository', () => {
	const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
	const texts = files.split('\n').filter((file) => !/\.(png|wasm)$|^$/.test(file) && existsSync(file));

	it('holds nothing that looks like a key', () => {
		for (const file of texts) assert.equal(keyLikeIn(readFileSync(file, 'utf8')), undefined, file);
	});

	it('names no host of a package registry', () => {
		// In pieces, so that this file does not hold what it looks for.
		const registry = new RegExp(['registry', String.raw`\.npmjs|registry`, String.raw`\.yarnpkg`].join(''));
		for (const file of texts) assert.doesNotMatch(readFileSync(file, 'utf8'), registry, file);
	});
});

describe('the lock file', () => {
	it('names the packages of every platform, so that `npm ci` takes it anywhere (else: `npm run lock`)', () => {
		const packages = z
			.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() }))
			.parse(z.object({ packages: z.unknown() }).parse(JSON.parse(readFileSync('package-lock.json', 'utf8'))).packages);
		const names = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
		assert.deepEqual(
			names.filter((name) => !(`node_modules/${name}` in packages)),
			[],
		);
	});
});

/** What is there without being installed. A Node may be too old for a module that only newer ones are asked for. */
function isPlatform(name: string): boolean {
	return name === 'vscode' || name.startsWith('node:') || isBuiltin(name);
}

function requiredBy(bundle: string): string[] {
	return Array.from(new Set(Array.from(bundle.matchAll(/require\("([^"]+)"\)/g), ([, name = '']) => name))).toSorted();
}
