import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { type CallExpression, type Expression, type ObjectExpression, parseSync, Visitor } from 'oxc-parser';
import * as z from 'zod';
import { inEnglish, sources } from './repository';

const item = z.object({ command: z.string().optional(), when: z.string().optional(), group: z.string().optional() });

const { contributes } = z
	.object({
		contributes: z.object({
			commands: z.array(z.object({ command: z.string(), title: z.string(), icon: z.string().optional() })),
			keybindings: z.unknown().optional(),
			submenus: z.array(z.object({ id: z.string(), label: z.string().min(1) })),
			viewsContainers: z.record(z.string(), z.array(z.object({ title: z.string().min(1) }))),
			views: z.record(z.string(), z.array(z.object({ name: z.string().min(1) }))),
			menus: z.record(z.string(), z.array(item)),
			walkthroughs: z.array(
				z.object({
					title: z.string(),
					description: z.string(),
					steps: z.array(z.object({ title: z.string(), media: z.object({ altText: z.string(), image: z.string() }) })),
				}),
			),
		}),
	})
	.parse(JSON.parse(readFileSync('package.json', 'utf8')));

/** What a button or a command begins with: it says what it does. */
const verbs = new Set(
	'Build Change Check Choose Clear Create Delete Describe Edit Expand Generate Insert Make Manage Move Open Recover Replace Save Send Set Show Strip Try Undo Use'.split(
		' ',
	),
);

function beginsWithVerb(words: string): boolean {
	return verbs.has(/^\p{L}+/u.exec(words)?.[0] ?? '');
}

/** A call of the editor's in `src/host`, and where. */
interface Call {
	readonly place: string;
	readonly file: HostFile;
	readonly args: CallExpression['arguments'];
}

interface HostFile {
	readonly file: string;
	readonly text: string;
	/** By the last name of what is called: `showQuickPick`, `l10n.t`'s is `t`. */
	readonly calls: ReadonlyMap<string, readonly CallExpression[]>;
	readonly objects: readonly ObjectExpression[];
	/** What names stand for; of several of one name the last. */
	readonly values: ReadonlyMap<string, Expression>;
	/** What is assigned to: `title` of `list.title = …`. */
	readonly assigned: ReadonlySet<string>;
}

const host = sources.filter(({ file }) => file.startsWith('src/host/')).map(({ file, text }) => read(file, text));

function read(file: string, text: string): HostFile {
	const calls = new Map<string, CallExpression[]>();
	const objects: ObjectExpression[] = [];
	const values = new Map<string, Expression>();
	const assigned = new Set<string>();
	new Visitor({
		CallExpression: (call) => {
			const name = nameOf(call.callee);
			calls.set(name, [...(calls.get(name) ?? []), call]);
		},
		ObjectExpression: (object) => void objects.push(object),
		VariableDeclarator: ({ id, init }) => void (id.type === 'Identifier' && init && values.set(id.name, init)),
		AssignmentExpression: ({ left }) => void (left.type === 'MemberExpression' && assigned.add(nameOf(left))),
	}).visit(parseSync(file, text).program);
	return { file, text, calls, objects, values, assigned };
}

function nameOf(node: CallExpression['callee']): string {
	if (node.type === 'Identifier') return node.name;
	return node.type === 'MemberExpression' && node.property.type === 'Identifier' ? node.property.name : '';
}

/** Every call of a function of the editor's. */
function callsOf(name: string): Call[] {
	return host.flatMap((file) =>
		(file.calls.get(name) ?? []).map((call) => ({ file, args: call.arguments, place: placeOf(file, call.start) })),
	);
}

function placeOf({ file, text }: HostFile, start: number): string {
	return `${file}:${text.slice(0, start).split('\n').length}`;
}

/** The properties that an argument certainly has. */
function namesIn({ args, file }: Call, index: number): readonly string[] {
	const arg = args[index];
	const value = arg?.type === 'Identifier' ? file.values.get(arg.name) : arg;
	return value?.type === 'ObjectExpression' ? namesOf(value) : [];
}

function namesOf({ properties }: ObjectExpression): string[] {
	return properties.flatMap((each) =>
		each.type === 'Property' && each.key.type === 'Identifier' ? [each.key.name] : [],
	);
}

function valueOf({ properties }: ObjectExpression, name: string): Expression | undefined {
	for (const each of properties)
		if (each.type === 'Property' && each.key.type === 'Identifier' && each.key.name === name) return each.value;
	return undefined;
}

function assertNames(call: Call, index: number, ...wanted: readonly string[]): void {
	const names = namesIn(call, index);
	for (const each of wanted)
		assert.ok(
			each.split('|').some((name) => names.includes(name)),
			`${call.place} has no ${each}`,
		);
}

/** The English words that an expression may come to, as far as they stand in its file. */
function wordsOf(node: CallExpression['arguments'][number] | undefined, file: HostFile): string[] {
	if (node?.type === 'Identifier') return wordsOf(file.values.get(node.name), file);
	if (node?.type === 'ConditionalExpression')
		return [node.consequent, node.alternate].flatMap((each) => wordsOf(each, file));
	if (node?.type !== 'CallExpression' || nameOf(node.callee) !== 't') return [];
	const [first] = node.arguments;
	return first?.type === 'Literal' && typeof first.value === 'string' ? [first.value] : [];
}

function assertAssigned({ file, place }: Call, ...names: readonly string[]): void {
	for (const name of names) assert.ok(file.assigned.has(name), `${place} has no ${name}`);
}

describe('who cannot see the screen', () => {
	it('is told what each list is for, and what to do in it', () => {
		const picks = callsOf('showQuickPick');
		for (const call of picks) assertNames(call, 1, 'title', 'placeHolder');
		assert.ok(picks.length > 5);
		const made = callsOf('createQuickPick');
		for (const call of made) assertAssigned(call, 'title', 'placeholder');
		assert.ok(made.length > 1);
	});

	it('is told what each box and dialog is for', () => {
		const boxes = callsOf('showInputBox');
		for (const call of boxes) assertNames(call, 0, 'title', 'prompt|placeHolder');
		assert.ok(boxes.length > 5);
		for (const call of callsOf('createInputBox')) assertAssigned(call, 'title', 'placeholder', 'prompt');
		for (const call of callsOf('showOpenDialog')) assertNames(call, 0, 'title');
		for (const call of callsOf('withProgress')) if (isOfEditor(call)) assertNames(call, 0, 'title');
	});

	it('is told what a sign says: icons have words beside them, never in them', () => {
		const inWords = sources
			.filter(({ file }) => file.startsWith('src/host/'))
			.flatMap(({ file, quoted }) => quoted.filter((text) => /\$\([a-z]/.test(text)).map((text) => `${file} ${text}`));
		// In the status bar, whose items say their own words, and above a recipe there is no other way.
		assert.deepEqual(inWords.toSorted(), [
			'src/host/features/codeLens.ts $(loading~spin) ',
			'src/host/modelStatus.ts $(sparkle) ',
			'src/host/runningJobs.ts $(loading~spin) ',
			'src/host/spendingStatus.ts $(credit-card) ',
		]);
		const drawn = host.flatMap(({ file, objects }) =>
			objects.map((object) => ({ file, names: namesOf(object) })).filter(({ names }) => names.includes('iconPath')),
		);
		// Pieces of items, which have their labels.
		const pieces = drawn.filter(({ names }) => !names.includes('label') && !names.includes('tooltip'));
		const holders = ['modelPicker', 'promptPickers', 'showPictures'].map((name) => `src/host/${name}.ts`);
		assert.deepEqual(pieces.map(({ file }) => file).toSorted(), holders, 'a button has a tooltip');
		assert.ok(drawn.length > 6);
	});

	it('hears each item of the status bar by its name', () => {
		const items = callsOf('createStatusBarItem');
		for (const call of items) {
			assert.ok(call.args[0]?.type === 'Literal', `${call.place} has no id`);
			assertAssigned(call, 'name', 'command', 'accessibilityInformation');
		}
		assert.equal(items.length, 3);
	});

	it('hears what a button does: it begins with a verb', () => {
		const offers = host.flatMap((file) =>
			file.objects.flatMap((object) => (valueOf(object, 'run') ? wordsOf(valueOf(object, 'title'), file) : [])),
		);
		const answers = callsOf('confirm').flatMap(({ args: [, , yes], file }) => wordsOf(yes, file));
		assert.ok(offers.length > 12 && answers.length > 4, `${offers.length}, ${answers.length}`);
		const titles = contributes.commands.map(({ title }) => inEnglish(title));
		for (const words of [...offers, ...answers, ...titles]) assert.ok(beginsWithVerb(words), words);
	});

	it('hears a page in the language that it is written in, and its name', () => {
		const page = readFileSync('src/host/studio/html.ts', 'utf8');
		assert.match(page, /<html lang="\$\{escaped\(l10n\.bundle \? env\.language : 'en'\)\}">/);
		assert.match(page, /<title>Limn<\/title>/);
		for (const { args, place } of callsOf('createWebviewPanel')) assert.equal(args[1]?.type, 'CallExpression', place);
	});

	it('hears what the pictures of the walkthrough show', () => {
		const steps = contributes.walkthroughs.flatMap(({ steps: all }) => all);
		for (const { media } of steps) {
			assert.ok(existsSync(media.image), media.image);
			assert.ok(inEnglish(media.altText).length > 10 && inEnglish(media.altText) !== media.altText, media.image);
		}
		assert.ok(steps.length > 0);
	});
});

/** `window.withProgress`, not a function of the same name that calls it. */
function isOfEditor({ args }: Call): boolean {
	return args.length === 2 && args[1]?.type === 'ArrowFunctionExpression';
}

describe('who has no mouse', () => {
	it('finds every command of a menu in the palette, too', () => {
		assert.deepEqual(
			(contributes.menus['commandPalette'] ?? []).filter(({ when }) => when === 'false'),
			[],
		);
		const commands = new Set(contributes.commands.map(({ command }) => command));
		for (const { command } of Object.values(contributes.menus).flat())
			assert.ok(command === undefined || commands.has(command), command);
	});

	it('loses no key: Limn binds none', () => assert.equal(contributes.keybindings, undefined));

	it('finds a name on every button, menu and view', () => {
		const { menus, commands } = contributes;
		for (const [menu, all] of Object.entries(menus)) {
			for (const { command, group = '' } of all) {
				if (!group.startsWith('navigation')) continue;
				const found = commands.find((each) => each.command === command);
				assert.ok(found?.icon && inEnglish(found.title) !== found.title, `${menu}: ${command}`);
			}
		}
		const titles = Object.values(contributes.viewsContainers).flatMap((all) => all.map(({ title }) => title));
		const views = Object.values(contributes.views).flatMap((all) => all.map(({ name }) => name));
		for (const name of [...titles, ...views]) assert.doesNotMatch(inEnglish(name), /^%|^$/);
		assert.ok(titles.length > 0 && views.length > 0);
	});
});
