import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { readSources, roomOf, type Source } from './sources';

interface Room {
	readonly name: string;
	readonly kind: string;
	readonly mayImport: readonly string[];
}

/** The table of the README's ARCHITECTURE section is the law. */
function readLaw(): Room[] {
	const architecture = readFileSync('README.md', 'utf8').split('## ARCHITECTURE')[1] ?? '';
	const rows = architecture.matchAll(/^\| `(\w+)` *\| (pure|node|vscode|dom) *\| ([^|]*)\|/gm);
	return Array.from(rows, ([, name = '', kind = '', allowed = '']) => ({
		name,
		kind,
		mayImport: Array.from(allowed.matchAll(/`(\w+)`/g), ([, room = '']) => room),
	}));
}

/** The room that a relative import leads to; for a package its name. */
function targetOf({ file }: Source, name: string): { readonly room: string } | { readonly module: string } {
	if (!name.startsWith('.')) return { module: name };
	return { room: roomOf(path.posix.join(path.posix.dirname(file), name)) };
}

function isNode(module: string): boolean {
	return module.startsWith('node:') || builtinModules.includes(module);
}

describe('the import law', () => {
	const law = readLaw();
	const sources = readSources();

	it('knows every room, and every room has sources', () => {
		const rooms = new Set(sources.map(({ room }) => room).filter((room) => room !== ''));
		assert.deepEqual([...rooms].toSorted(), law.map(({ name }) => name).toSorted());
	});

	for (const { name, kind, mayImport } of law) {
		const own = sources.filter(({ room }) => room === name);

		it(`${name} imports only ${mayImport.join(', ') || 'nothing of the others'}`, () => {
			for (const source of own) {
				for (const target of source.imports.map((imported) => targetOf(source, imported))) {
					if ('room' in target)
						assert.ok([name, ...mayImport].includes(target.room), `${source.file} → ${target.room}`);
				}
			}
		});

		it(`${name} is ${kind}`, () => {
			for (const source of own) {
				const modules = source.imports.filter((imported) => !imported.startsWith('.'));
				if (kind !== 'vscode') assert.ok(!modules.includes('vscode'), `${source.file} imports vscode`);
				if (kind === 'pure' || kind === 'dom') assert.ok(!modules.some(isNode), `${source.file} imports Node`);
			}
		});
	}

	it('takes zod as a whole: by its names every check of it would be in the bundle', () => {
		for (const { file } of sources)
			assert.doesNotMatch(readFileSync(file, 'utf8'), /import \{[^}]*\} from 'zod'/, file);
	});

	it('lets no provider import another', () => {
		for (const source of sources.filter(({ file }) => /^src\/providers\/[\w-]+\//.test(file))) {
			const folder = source.file.split('/')[2];
			for (const imported of source.imports.filter((name) => name.startsWith('.'))) {
				const target = path.posix.join(path.posix.dirname(source.file), imported).split('/');
				const isOther = target[1] === 'providers' && target.length > 3 && target[2] !== folder;
				assert.ok(!isOther, `${source.file} → ${imported}`);
			}
		}
	});
});

describe('the suites', () => {
	it('have no hook outside of a suite: in the bundle it would run for the tests of every file', () => {
		const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
		const bare = files.filter((file) =>
			/^(before|after)(Each)?\(/m.test(readFileSync(path.join('test', file), 'utf8')),
		);
		assert.deepEqual(bare, []);
		assert.ok(files.length > 300);
	});
});

describe('the measure of the code', () => {
	const sources = readSources();

	it('keeps files and functions short', () => {
		for (const { file, lines, functions } of sources) {
			assert.ok(lines <= 300, `${file} has ${lines} lines`);
			assert.ok(Math.max(0, ...functions) <= 60, `${file} has a function of ${Math.max(...functions)} lines`);
		}
		assert.ok(median(sources.map(({ lines }) => lines)) < 100);
	});

	it('leaves most of the code without the editor', () => {
		const withEditor = sources.filter(({ imports }) => imports.includes('vscode'));
		assert.ok(withEditor.length / sources.length <= 1 / 3, `${withEditor.length} of ${sources.length}`);
	});

	it('tests the pure rooms with at least as many lines as they have', () => {
		const tests = readSources('test/unit');
		for (const room of [
			'domain',
			'agents',
			'catalogue',
			'image',
			'documents',
			'recipes',
			'store',
			'gallery',
			'canvas',
			'spending',
			'protocol',
		]) {
			assert.ok(linesOf(tests, room) >= linesOf(sources, room), room);
		}
	});
});

function linesOf(files: readonly Source[], room: string): number {
	return files.filter((source) => source.room === room).reduce((sum, { code }) => sum + code, 0);
}

function median(numbers: readonly number[]): number {
	return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
