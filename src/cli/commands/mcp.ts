import { Leaving } from '../../generation/leaving';
import { keyRemover } from '../../network/redact';
import { type Command, exitCodes } from '../command';
import { keysIn } from '../environment';
import { Tools } from '../tools';
import { makingFlags, mostOf, noWords, rootFlag } from '../usualFlags';
import { inWorkshop } from '../workshop';

/** `limn mcp`: the same for agents. */
export const mcp: Command = {
	takes: '',
	about: 'Serves agents as an MCP server, over standard input and output.',
	flags: { ...makingFlags, ...rootFlag },
	notes: [
		'Agents get the tools limn_generate_image, limn_edit_image and limn_check_images. --max-cost holds for each call, the budgets for all of them together.',
	],
	run: async (given, program) => {
		noWords(given);
		const most = mostOf(given);
		return inWorkshop(given, program, async ({ root, jobs }) => {
			const { environment, err, signal, version } = program;
			const onFault = (fault: unknown) => err(String(fault));
			const clean = keyRemover(keysIn(environment)) ?? ((text: string) => text);
			const tools = new Tools({ root, jobs, most, clean, onFault });
			// What runs when the server ends is left in its record, for `limn recover`.
			const leaving = new AbortController();
			const running = new Set<Promise<unknown>>();
			const { serve } = await program.loadMcp();
			await serve({
				version,
				instructions,
				tools: tools.served,
				signal,
				onFault,
				call: async (name, input, call) => {
					const both = AbortSignal.any([leaving.signal, call.signal]);
					const work = tools.call(name, input, { ...call, signal: both });
					running.add(work);
					return work.finally(() => running.delete(work));
				},
				onEnd: () => leaving.abort(new Leaving()),
			});
			await Promise.all(running);
			return exitCodes.done;
		});
	},
};

const instructions =
	'Limn makes and edits pictures for documents, saves them as files and gives ready references. Paths are relative to the workspace folder that it was started with.';
