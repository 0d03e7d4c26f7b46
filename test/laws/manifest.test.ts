import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { providers } from '../../src/catalogue/providers';
import { languageIds } from '../../src/documents/languages/names';
import { commandIds } from '../../src/host/commandIds';
import { galleryViewId, panelType } from '../../src/host/studio/viewIds';
import { toolNames } from '../../src/agents/toolNames';
import { ofTheUserAlone, settingsSchema } from '../../src/host/settingsSchema';
import { readSources } from './sources';

const property = z.object({
	default: z.unknown(),
	scope: z.string(),
	enum: z.array(z.string()).optional(),
	items: z.object({ enum: z.array(z.string()).optional() }).optional(),
});

/** What only shows: a workspace that nobody trusts may switch it. */
const harmless = ['limn.codeLens.enabled', 'limn.diagnostics.enabled'];

const manifest = z
	.object({
		main: z.string(),
		icon: z.string(),
		categories: z.array(z.string()),
		keywords: z.array(z.string()),
		engines: z.object({ vscode: z.string() }),
		devDependencies: z.object({ '@types/vscode': z.string() }),
		activationEvents: z.array(z.string()),
		extensionKind: z.array(z.string()),
		capabilities: z.strictObject({
			virtualWorkspaces: z.literal(true),
			untrustedWorkspaces: z.strictObject({
				supported: z.literal('limited'),
				description: z.literal('%trust%'),
				restrictedConfigurations: z.array(z.string()),
			}),
		}),
		contributes: z.object({
			commands: z.array(z.object({ command: z.string(), category: z.string() })),
			languageModelTools: z.array(
				z.object({
					name: z.string(),
					toolReferenceName: z.string(),
					canBeReferencedInPrompt: z.literal(true),
					displayName: z.string(),
					modelDescription: z.string(),
					userDescription: z.string(),
					icon: z.string(),
				}),
			),
			submenus: z.array(z.object({ id: z.string() })),
			viewsContainers: z.object({ activitybar: z.array(z.object({ id: z.string(), icon: z.string() })) }),
			views: z.record(z.string(), z.array(z.object({ id: z.string(), icon: z.string() }))),
			menus: z.record(z.string(), z.array(z.object({ command: z.string() }).or(z.object({ submenu: z.string() })))),
			configuration: z.object({ properties: z.record(z.string(), property) }),
			walkthroughs: z.array(
				z.object({
					steps: z.array(z.object({ media: z.object({ image: z.string() }), completionEvents: z.array(z.string()) })),
				}),
			),
		}),
	})
	.parse(JSON.parse(readFileSync('package.json', 'utf8')));

const { commands, submenus, menus, configuration, walkthroughs } = manifest.contributes;
const ids = new Set(commands.map(({ command }) => command));

describe('the manifest', () => {
	it('names the commands that the code has, and no others', () => {
		assert.deepEqual([...ids].toSorted(), [...commandIds].toSorted());
		assert.equal(ids.size, commands.length);
		assert.ok(commands.every(({ category }) => category === 'Limn'));
	});

	it('is found under words that the Marketplace takes: known categories, and at most 30 keywords, each once', () => {
		const { categories, keywords, icon } = manifest;
		assert.deepEqual(categories, ['AI', 'Other', 'Visualization']);
		assert.ok(keywords.length <= 30);
		assert.deepEqual(keywords, [...new Set(keywords)].toSorted());
		assert.ok(existsSync(icon), icon);
	});

	it('asks for no newer editor than the one whose types the code is compiled with', () => {
		assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
	});

	it('leaves what only newer editors have to one file', () => {
		for (const { file } of readSources())
			if (file !== 'src/host/newerEditor.ts') assert.doesNotMatch(readFileSync(file, 'utf8'), /\bReflect\./, file);
	});

	it('names the tools that the code has, and no others', () => {
		const tools = manifest.contributes.languageModelTools;
		assert.deepEqual(
			tools.map(({ name }) => name),
			toolNames,
		);
		assert.deepEqual(
			tools.map(({ toolReferenceName }) => toolReferenceName),
			['generateImage', 'editImage'],
		);
	});

	it('answers to no address: what another program or a page opens reaches nothing of Limn', () => {
		for (const { file } of readSources()) assert.doesNotMatch(readFileSync(file, 'utf8'), /registerUriHandler/, file);
	});

	it('puts only its own commands and submenus into menus, and commands into walkthroughs', () => {
		const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
		const completed = steps.flatMap(({ completionEvents }) =>
			completionEvents.map((event) => event.replace('onCommand:', '')),
		);
		const items = Object.values(menus).flat();
		const named = items.flatMap((item) => ('command' in item ? item.command : []));
		for (const id of [...named, ...completed]) assert.ok(ids.has(id), id);
		const opened = items.flatMap((item) => ('submenu' in item ? item.submenu : []));
		assert.deepEqual(
			[...new Set(opened)],
			submenus.map(({ id }) => id),
		);
		for (const { id } of submenus) assert.ok(menus[id], id);
		for (const { media } of steps) assert.ok(existsSync(media.image), media.image);
	});

	it('has the gallery in a place of its own in the side bar, with icons', () => {
		const { viewsContainers, views } = manifest.contributes;
		const containers = viewsContainers.activitybar;
		assert.deepEqual(
			Object.keys(views),
			containers.map(({ id }) => id),
		);
		assert.deepEqual(
			Object.values(views).flatMap((all) => all.map(({ id }) => id)),
			[galleryViewId],
		);
		for (const { icon } of [...containers, ...Object.values(views).flat()]) assert.ok(existsSync(icon), icon);
	});

	it('has the settings that the code reads, with the same defaults', () => {
		const { properties } = configuration;
		const names = Object.keys(settingsSchema.shape);
		assert.deepEqual(Object.keys(properties).toSorted(), names.map((name) => `limn.${name}`).toSorted());
		const defaults = settingsSchema.parse({});
		for (const [name, value] of Object.entries(defaults))
			assert.deepEqual(properties[`limn.${name}`]?.default, value, name);
	});

	it('passes over what is no text in a list', () => {
		assert.deepEqual(settingsSchema.parse({ 'models.allowRetired': ['a/b', 7, null] })['models.allowRetired'], ['a/b']);
	});

	it('has the address of each provider as a setting', () => {
		const settings = Object.keys(configuration.properties).filter((name) => name.startsWith('limn.providers.'));
		const addresses = providers.flatMap(({ id, baseUrl }) => (baseUrl === undefined ? [] : [[id, baseUrl] as const]));
		assert.deepEqual(
			settings,
			addresses.map(([id]) => `limn.providers.${id}.baseUrl`),
		);
		for (const [id, baseUrl] of addresses) {
			assert.equal(configuration.properties[`limn.providers.${id}.baseUrl`]?.default, baseUrl);
		}
	});

	it('offers the values that the code takes', () => {
		const formats = configuration.properties['limn.output.format']?.enum;
		assert.deepEqual(formats, settingsSchema.shape['output.format'].unwrap().options);
		const embeds = configuration.properties['limn.metadata.embed']?.enum;
		assert.deepEqual(embeds, settingsSchema.shape['metadata.embed'].unwrap().options);
		const transports = configuration.properties['limn.network.transport']?.enum;
		assert.deepEqual(transports, settingsSchema.shape['network.transport'].unwrap().options);
		const keyed = configuration.properties['limn.keys.fromEnvironment']?.items?.enum;
		assert.deepEqual(
			keyed,
			providers.filter(({ key }) => key).map(({ id }) => id),
		);
	});

	it('lets no workspace set what only the user may', () => {
		for (const [name, { scope }] of Object.entries(configuration.properties)) {
			assert.equal(scope === 'application', ofTheUserAlone.has(name.replace('limn.', '')), name);
		}
	});

	it('lets no workspace that is not trusted set what Limn obeys when it sends or writes', () => {
		const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
		const settable = Object.entries(configuration.properties).filter(([, { scope }]) => scope !== 'application');
		assert.deepEqual([...restrictedConfigurations, ...harmless].toSorted(), settable.map(([name]) => name).toSorted());
	});

	it('starts with its commands, with documents that may show pictures and with its own tab, where the workspace is', () => {
		// What no extension has brought a language for is plain text to the editor.
		const languages = [...languageIds, 'plaintext'].map((id) => `onLanguage:${id}`);
		assert.deepEqual(
			manifest.activationEvents.toSorted(),
			[...languages, 'onStartupFinished', `onWebviewPanel:${panelType}`].toSorted(),
		);
		assert.deepEqual(manifest.extensionKind, ['workspace']);
		assert.ok(existsSync(manifest.main));
	});

	it('has a sentence for every placeholder, and a placeholder for every sentence', () => {
		const sentences = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync('package.nls.json', 'utf8')));
		const used = readFileSync('package.json', 'utf8').matchAll(/"%([\w.]+)%"/g);
		assert.deepEqual(Array.from(used, ([, key = '']) => key).toSorted(), Object.keys(sentences).toSorted());
	});
});
