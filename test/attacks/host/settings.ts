import { commands, workspace } from 'vscode';
import { providerKeys } from '../providerKeys';
import { type Seen, seenSchema } from '../seen';
import * as z from 'zod';

const resultSchema = z.object({
	images: z.array(z.unknown()),
	failures: z.array(z.object({ code: z.string(), message: z.string() })),
});

/** One word for what came of a call: `saved`, or the code of its failure. */
async function outcomeOf(argument: object): Promise<string> {
	const order = { prompt: 'a fox', silent: true, ...argument };
	const { images, failures } = resultSchema.parse(await commands.executeCommand('limn.generate', order));
	return images.length > 0 ? 'saved' : (failures[0]?.code ?? 'nothing');
}

/** A picture of each provider. */
export async function useProviders(): Promise<Readonly<Record<string, string>>> {
	Object.assign(process.env, Object.fromEntries(Object.values(providerKeys).map(({ name, key }) => [name, key])));
	const made: Record<string, string> = {};
	for (const [provider, { model }] of Object.entries(providerKeys)) made[provider] = await outcomeOf({ model });
	return made;
}

/** The same, then what only the user's own settings refuse. */
export async function useSettings(): Promise<Seen> {
	const made = await useProviders();
	const dear = { model: 'lumenfall/gpt-image-2', size: '1024x1024', options: { quality: 'high' } };
	return seenSchema.parse({
		isTrusted: workspace.isTrusted,
		made,
		retired: await outcomeOf({ model: 'lumenfall/dall-e-2' }),
		aboveBudget: await outcomeOf({ ...dear, n: 60 }),
		aboveConfirmation: await outcomeOf({ ...dear, n: 100 }),
	});
}
