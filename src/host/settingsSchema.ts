import * as z from 'zod';
import { findProvider } from '../catalogue/providers';
import { requestableFormats } from '../domain/imageFormat';

/** What is no text in a list is passed over. */
const texts = z
	.array(z.string().or(z.unknown().transform(() => undefined)))
	.transform((all) => all.filter((each) => each !== undefined))
	.catch([]);

/** Every setting of Limn's: its name below `limn.`, what it must be, and what holds where it is not that. */
export const settingsSchema = z.object({
	model: z.string().catch('auto'),
	'output.folder': z.string().catch(''),
	'output.fileName': z.string().catch('${slug}'),
	'output.format': z.enum(requestableFormats).catch('png'),
	'metadata.embed': z.enum(['auto', 'always', 'never']).catch('auto'),
	'models.allowRetired': texts,
	'keys.fromEnvironment': texts,
	'providers.openai.baseUrl': baseUrlOf('openai'),
	'providers.runware.baseUrl': baseUrlOf('runware'),
	'providers.lumenfall.baseUrl': baseUrlOf('lumenfall'),
	'providers.vincony.baseUrl': baseUrlOf('vincony'),
	'providers.replicate.baseUrl': baseUrlOf('replicate'),
	'providers.custom.baseUrl': baseUrlOf('custom'),
	'network.transport': z.enum(['auto', 'editor', 'direct']).catch('auto'),
	/** Requests in flight, all jobs together. */
	'network.maxConcurrentRequests': z.int().min(1).max(20).catch(3),
	/** One request, from sending to the last byte. */
	'network.timeoutSeconds': z.number().min(1).max(86_400).catch(900),
});

/** An address that is none is not replaced by the usual one: whoever wrote it wants to be told. */
function baseUrlOf(provider: string) {
	return z.string().catch(findProvider(provider)?.baseUrl ?? '');
}

export type Settings = z.infer<typeof settingsSchema>;

/** Of application scope in the manifest; read from the user's settings alone here too, so that no workspace can set them. */
export const ofTheUserAlone: ReadonlySet<string> = new Set(
	Object.keys(settingsSchema.shape).filter((name) => /^(models|keys|providers|network)\./.test(name)),
);
