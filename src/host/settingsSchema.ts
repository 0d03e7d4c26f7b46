import * as z from 'zod';
import { requestableFormats } from '../domain/imageFormat';

/** Every setting of Limn's: its name below `limn.`, what it must be, and what holds where it is not that. */
export const settingsSchema = z.object({
	model: z.string().catch('auto'),
	'output.folder': z.string().catch(''),
	'output.fileName': z.string().catch('${slug}'),
	'output.format': z.enum(requestableFormats).catch('png'),
	'keys.fromEnvironment': z.array(z.string()).catch([]),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Of application scope in the manifest; read from the user's settings alone here too, so that no workspace can set them. */
export const ofTheUserAlone: ReadonlySet<string> = new Set<keyof Settings>(['keys.fromEnvironment']);
