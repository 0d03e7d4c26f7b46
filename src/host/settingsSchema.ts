import * as z from 'zod';
import { findProvider } from '../catalogue/providers';
import { requestableFormats } from '../domain/imageFormat';

/** What is no text in a list is passed over. */
const texts = z
	.array(z.string().or(z.unknown().transform(() => undefined)))
	.transform((all) => all.filter((each) => each !== undefined))
	.catch([]);

/** Texts by name; what is no text is passed over. */
export const textsByName = z
	.record(z.string(), z.unknown())
	.transform((all) => Object.fromEntries(Object.entries(all).filter(isText)))
	.catch({});

function isText(entry: [string, unknown]): entry is [string, string] {
	return typeof entry[1] === 'string';
}

/** Characters of a template: to find the place of a picture in a longer one takes too long, and a workspace may bring any. */
const mostOfTemplate = 4000;

const templates = textsByName.transform((all) =>
	Object.fromEntries(Object.entries(all).filter(([, template]) => template.length <= mostOfTemplate)),
);

/** USD; `null`: there is none. Of one that cannot be read nobody knows how much it is, so nothing may be spent. */
const budget = z.number().min(0).nullable().prefault(null).catch(0);

/** Every setting of Limn's: its name below `limn.`, what it must be, and what holds where it is not that. */
export const settingsSchema = z.object({
	model: z.string().catch('auto'),
	'output.folder': z.string().catch(''),
	'output.fileName': z.string().catch('${slug}'),
	'output.format': z.enum(requestableFormats).catch('png'),
	/** By the editor's language id. */
	'insert.templates': templates,
	/** Relative to the workspace folder. */
	'insert.siteRoots': z.array(z.unknown()).pipe(texts).catch(['static', 'public', 'docs/public', 'source', 'assets']),
	/** Globs, of all layers together. */
	ignore: texts,
	'codeLens.enabled': z.boolean().catch(true),
	'diagnostics.enabled': z.boolean().catch(true),
	'metadata.embed': z.enum(['auto', 'always', 'never']).catch('auto'),
	/** USD. `null`: never. */
	'budget.confirmAbove': z.number().min(0).nullable().catch(0.25),
	'budget.daily': budget,
	'budget.monthly': budget,
	'models.allowRetired': texts,
	'keys.fromEnvironment': texts,
	'providers.openai.baseUrl': baseUrlSchema('openai'),
	'providers.runware.baseUrl': baseUrlSchema('runware'),
	'providers.lumenfall.baseUrl': baseUrlSchema('lumenfall'),
	'providers.vincony.baseUrl': baseUrlSchema('vincony'),
	'providers.replicate.baseUrl': baseUrlSchema('replicate'),
	'providers.custom.baseUrl': baseUrlSchema('custom'),
	'network.transport': z.enum(['auto', 'editor', 'direct']).catch('auto'),
	/** Requests in flight, all jobs together. */
	'network.maxConcurrentRequests': z.int().min(1).max(20).catch(3),
	/** One request, from sending to the last byte. */
	'network.timeoutSeconds': z.number().min(1).max(86_400).catch(900),
});

/** An address that is none is not replaced by the usual one: whoever wrote it wants to be told. */
export function baseUrlSchema(provider: string) {
	return z.string().catch(findProvider(provider)?.baseUrl ?? '');
}

export type Settings = z.infer<typeof settingsSchema>;

/** Of application scope in the manifest; read from the user's settings alone here too, so that no workspace can set them. */
export const ofTheUserAlone: ReadonlySet<string> = new Set(
	Object.keys(settingsSchema.shape).filter((name) => /^(budget|models|keys|providers|network)\./.test(name)),
);
