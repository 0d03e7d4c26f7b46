import { type ConfigurationScope, ConfigurationTarget, type Uri, workspace, type WorkspaceConfiguration } from 'vscode';
import * as z from 'zod';
import { fileOf } from '../workspace/destination';
import type { WritingHabits } from '../workspace/insert';
import { baseUrlSchema, ofTheUserAlone, type Settings, settingsSchema, textsByName } from './settingsSchema';

const schemas: { readonly [N in keyof Settings]: z.ZodType<Settings[N]> } = settingsSchema.shape;

/** A setting as it holds for this document (or for none). The only place where settings are read. */
export function settingFor<N extends keyof Settings>(name: N, document?: Uri): Settings[N] {
	return schemas[name].parse(valueOf(name, document));
}

function valueOf(name: string, document: Uri | undefined): unknown {
	if (name === 'ignore') return ofEveryLayer(name, document);
	const configuration = workspace.getConfiguration('limn', document ?? null);
	return ofTheUserAlone.has(name) ? usersOwn(configuration, name) : configuration.get(name);
}

/** What the user has set, and nobody else. */
function usersOwn(configuration: WorkspaceConfiguration, name: string): unknown {
	const { globalValue, workspaceValue, workspaceFolderValue } = configuration.inspect(name) ?? {};
	if (globalValue !== undefined || workspaceValue !== undefined || workspaceFolderValue !== undefined)
		return globalValue;
	// A `null` of the user's is passed over there, but not here.
	return configuration.get(name);
}

/** What the lists of all layers hold together, those for single languages too: none takes another's away. */
function ofEveryLayer(name: string, document: Uri | undefined): unknown[] {
	const inspected = (scope: ConfigurationScope | null) => workspace.getConfiguration('limn', scope).inspect(name);
	const whole = inspected(document ?? null);
	const single = (whole?.languageIds ?? []).map((languageId) =>
		inspected(document ? { uri: document, languageId } : { languageId }),
	);
	return [whole, ...single].flatMap((found) => {
		const { key: _, languageIds: __, ...layers } = found ?? {};
		return Object.values(layers).flatMap((layer) => listOf.parse(layer));
	});
}

/** One text is a list of one. Whoever wrote something else wants files kept back, and nobody knows which. */
const listOf = z.union([
	z.undefined().transform(() => []),
	z.string().transform((text) => [text]),
	z.array(z.unknown()),
	z.unknown().transform(() => ['**']),
]);

/** The globs of files that are never sent, for a workspace folder or a file, or for none. */
export function ignoredFor(file?: Uri): readonly string[] {
	return settingFor('ignore', file);
}

/** `markdown.copyFiles.destination`: where the editor itself puts files for this document, path templates by glob. */
export function copyDestinationsFor(document: Uri): Readonly<Record<string, string>> {
	return textsByName.parse(workspace.getConfiguration('markdown', document).get('copyFiles.destination'));
}

/** How references are written in a document. */
export function writingHabitsFor(document: Uri): WritingHabits {
	const file = fileOf(document) ?? document;
	return { templates: settingFor('insert.templates', file), siteRoots: settingFor('insert.siteRoots', file) };
}

/** Sets the model where it is set already, else for the user. Rejects where the editor cannot write its settings. */
export async function setModel(model: string, document?: Uri): Promise<void> {
	const configuration = workspace.getConfiguration('limn', document ?? null);
	const { workspaceFolderValue, workspaceValue } = configuration.inspect('model') ?? {};
	const { Global, Workspace, WorkspaceFolder } = ConfigurationTarget;
	const target = workspaceValue === undefined ? Global : Workspace;
	await configuration.update('model', model, workspaceFolderValue === undefined ? target : WorkspaceFolder);
}

/** The address that the user set for a provider, as written; the usual one where there is no other, empty for a provider that is built in. */
export function baseUrlOf(provider: string): string {
	const name = `providers.${provider}.baseUrl`;
	return ofTheUserAlone.has(name) ? baseUrlSchema(provider).parse(valueOf(name, undefined)) : '';
}

/**
 * Whether requests to strangers go through a proxy, as far as one can see: of PAC files and the system's own one cannot. What a workspace
 * says of that counts for nothing, as with the editor's own requests: addresses behind a proxy are guarded less.
 */
export function usesProxy({ HTTPS_PROXY, https_proxy }: Readonly<Record<string, string | undefined>>): boolean {
	const configuration = workspace.getConfiguration('http', null);
	const usersOf = (name: string): unknown => {
		const { globalValue, defaultValue } = configuration.inspect(name) ?? {};
		return globalValue ?? defaultValue;
	};
	const { proxy = '', proxySupport = '' } = proxySettings.parse({
		proxy: usersOf('proxy'),
		proxySupport: usersOf('proxySupport'),
	});
	return proxySupport !== 'off' && [proxy, HTTPS_PROXY, https_proxy].some((address) => Boolean(address));
}

const proxySettings = z.object({
	proxy: z.string().optional().catch(undefined),
	proxySupport: z.string().optional().catch(undefined),
});
