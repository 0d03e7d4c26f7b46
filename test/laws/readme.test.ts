import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { providers, sketchProvider } from '../../src/catalogue/providers';
import { languageNames } from '../../src/documents/languages/names';
import { type Command, commandsIn, inSample, isOwn, runOwn } from './commandLine';
import { type Page, pageOf, readPage } from './page';
import { faultsOf } from './pageFaults';
import { inEnglish, manifest } from './repository';

const readme = readPage('README.md');
const pages = [readme, readPage('CHANGELOG.md'), readPage('test/sample/README.md')];
const { commands, configuration, languageModelTools } = manifest.contributes;

describe('the pages', () => {
	for (const page of pages) it(`name what is there: ${page.file}`, () => assert.deepEqual(faultsOf(page), []));

	it('are found out when they name what is not there', () => {
		for (const [text, fault] of planted)
			assert.match(faultsOf(pageOf('page.md', `First.\n\n${text}\n`)).join('\n'), fault, text);
	});
});

/** A fault of each kind, and what is said of it. */
const planted: readonly (readonly [text: string, fault: RegExp])[] = [
	['`limn.genrate`', /^page\.md:3: there is no command, setting or tool limn\.genrate$/],
	['`limn.providers.<id>.address`', /no command, setting/],
	['`limn_draw`', /no command, setting or tool limn_draw/],
	['`#drawImage`', /no tool #drawImage/],
	['*Generate Picture…*', /nothing on the screen says “Generate Picture…”/],
	['*Limn: Generate Picture*', /nothing on the screen/],
	['`src/host/nobody.ts`', /no src\/host\/nobody\.ts/],
	['`nobody.ts`', /no nobody\.ts/],
	['`test/nothing/`', /no test\/nothing/],
	['`package.nls.xx.json`', /no package\.nls\.xx\.json/],
	['`npm run nothing`', /no script nothing/],
	['`npm start -- --headles`', /start has no --headles/],
	['`-- --nothing`', /no program takes --nothing/],
	['`LIMN_NOTHING`', /no code reads LIMN_NOTHING/],
	['`runware/nothing`', /the catalogue has no runware\/nothing/],
	['`NothingOfTheKind`', /no code has NothingOfTheKind/],
	['`frobnicate(request)`', /no code has frobnicate/],
	['<kbd>F17</kbd>', /no key F17/],
	['[x](nothing.md)', /no nothing\.md/],
	['[x](#nothing)', /no heading is #nothing/],
	['[x](http://a.example/)', /no https address/],
	['![](media/icon.png)', /lacks an alternative text/],
	['```\nnpm ci\n```', /a fence of no language/],
	['```sh\nnpm ci && npm run nothing\n```', /^page\.md:4: there is no script|:3: there is no script nothing/],
	['```sh\nfrobnicate\n```', /frobnicate is nothing/],
	['```sh\nnode out/nothing.js\n```', /no out\/nothing\.js/],
	['```jsonc\n{ "command": "limn.nothing" }\n```', /limn\.nothing/],
	['```jsonc\n{ "args": { "promt": 1 } }\n```', /takes or returns promt/],
	['```ts\nconst a = ;\n```', /does not parse/],
	['```markdown\n<!-- limn: a fox -->\n```', /the recipe is none/],
];

describe('the README', () => {
	it('has a row for every command, with its title', () => {
		const rows = rowsOf(readme, 'command');
		const told = rows.flatMap(({ line, cells: [first] }) => {
			const { code = [], emphasis = [] } = first ?? {};
			assert.equal(code.length, emphasis.length, `README.md:${line}: a title and an id for each command`);
			return code.map((id, index) => `${id} ${emphasis[index]}`);
		});
		assert.deepEqual(
			told.toSorted(),
			commands.map(({ command, title }) => `${command} ${inEnglish(title)}`).toSorted(),
		);
	});

	it('has a row for every setting, with its default', () => {
		const { properties } = configuration;
		const told = rowsOf(readme, 'setting').flatMap(({ line, cells: [first, second] }) => {
			const names = (first?.code ?? []).flatMap((name) => settingsLike(name));
			for (const name of names)
				if (!isOfProvider(name))
					assert.deepEqual(
						defaultOf(second, properties[name]?.default),
						properties[name]?.default,
						`README.md:${line}: ${name}`,
					);
			return names;
		});
		assert.deepEqual(told.toSorted(), Object.keys(properties).toSorted());
	});

	it('names every provider', () => {
		const named = providers.filter(({ id }) => id !== 'custom').map(({ title }) => title);
		for (const title of named) assert.ok(readme.text.includes(title), title);
		assert.ok(named.length > 1 && providers.some(({ id }) => id === sketchProvider));
	});

	it('has a row for every suite', () => {
		const suites = rowsOf(readme, 'suite').map(({ cells: [first] }) => first?.code[0] ?? '');
		const there = ['laws', 'unit', 'servers', 'host', 'studio', 'installed', 'e2e'].map((suite) => `test/${suite}`);
		assert.deepEqual(suites, there);
		for (const suite of suites) assert.ok(existsSync(suite), suite);
	});

	it('names the variables of folders and names that the setting names', () => {
		const [told = ''] = /Folder and file name know [^;]*;/.exec(readme.text) ?? [];
		assert.deepEqual(variables(told), variables(inEnglish('output.folder')));
	});

	it('counts as the code does', () => {
		const [tool] = languageModelTools;
		count(/\b(\d+) languages\b/g, languageNames.length);
		count(/A call makes at most (\d+) pictures/g, tool?.inputSchema.properties.n.maximum);
	});

	it('names versions that are supported, and the one that is there', () => {
		atLeast(/\bNode (\d+)/g, manifest.engines.node);
		atLeast(/\bVS Code (1\.\d+)/g, manifest.engines.vscode);
		assert.equal(/^## (\S+)/m.exec(pages[1]?.text ?? '')?.[1], manifest.version, 'CHANGELOG.md: the version on top');
	});

	// `npm ci`, `npm test` and `npm start -- --headless` are what the machine that builds runs; of other scripts it is judged whether all
	// that they start is there (see `faultsOf`). Limn's own command line is run: what the fences show, and of the rest its help.
	it('shows command lines that run', function () {
		this.timeout(120_000);
		const shown = readme.pieces.flatMap(({ kind, note, text, line }) => {
			const isFence = kind === 'fence' && note === 'sh';
			const commands = isFence ? commandsIn(text, line + 1) : kind === 'code' ? commandsIn(text, line) : [];
			return commands.filter(isOwn).map((command) => ({ command, dry: !isFence }));
		});
		assert.ok(shown.filter(({ dry }) => !dry).length >= 3, 'the fences show Limn’s own command line');
		const faults = inSample((folder) => shown.flatMap(({ command, dry }) => faultOfRun(command, folder, dry)));
		assert.deepEqual(faults, []);
	});
});

function faultOfRun(command: Command, folder: string, dry: boolean): string[] {
	try {
		runOwn(command, folder, dry);
		return [];
	} catch (fault) {
		return [`README.md:${command.line}: ${command.words.join(' ')}: ${String(fault)}`];
	}
}

function variables(text: string): string[] {
	return [...new Set(text.match(/\$\{\w+\}/g))].toSorted();
}

function rowsOf({ tables, file }: Page, head: string) {
	const rows = tables.get(head);
	assert.ok(rows && rows.length > 0, `${file} has no table of ${head}s`);
	return rows;
}

/** `limn.providers.<id>.baseUrl` stands for several. */
function settingsLike(name: string): string[] {
	const pattern = new RegExp(`^${name.replaceAll('.', String.raw`\.`).replace('<id>', String.raw`\w+`)}$`);
	const like = Object.keys(configuration.properties).filter((each) => pattern.test(each));
	return like.length === 0 ? [name] : like;
}

function isOfProvider(name: string): boolean {
	return name.startsWith('limn.providers.');
}

/** What a cell says in the form of what there is: words in code, or `(empty)`. */
function defaultOf(
	cell: { readonly text: string; readonly code: readonly string[] } | undefined,
	like: unknown,
): unknown {
	const [only = '', ...others] = cell?.code ?? [];
	if (cell?.text === '(empty)') return '';
	if (typeof like === 'string') return others.length === 0 ? only : cell?.code;
	return Array.isArray(like) && only !== '[]' ? cell?.code : JSON.parse(only);
}

function count(claim: RegExp, number: number | undefined): void {
	const told = Array.from(readme.text.matchAll(claim), ([, digits]) => Number(digits));
	assert.ok(told.length > 0, `the README says nothing of ${claim}`);
	assert.deepEqual([...new Set(told)], [number], String(claim));
}

/** `oldest`: a range of versions, `^1.100.0`. */
function atLeast(claim: RegExp, oldest: string): void {
	const [least = 0, more = 0] = numbersOf(oldest);
	for (const [words, version = ''] of readme.text.matchAll(claim)) {
		const [major = 0, minor = Infinity] = numbersOf(version);
		assert.ok(major > least || (major === least && minor >= more), words);
	}
}

function numbersOf(version: string): number[] {
	return (version.match(/\d+/g) ?? []).map(Number);
}
