import path from 'node:path';
import { PainterThread } from '../generation/painterThread';
import { arrivingIn } from '../disk/arriving';
import { createNetwork, type Network } from '../network/network';
import type { Program } from './command';
import { homeIn, limitsIn } from './environment';
import { type Given, Misuse } from './flags';
import { Jobs } from './jobs';
import { type Root, rootAt } from './paths';
import { projectSettings } from './projectSettings';
import { openPurse } from './purse';

/** Of one request, from sending to the last byte, in ms: as in the editor. */
const timeoutMs = 900_000;

/** What makes pictures. */
export interface Workshop {
	readonly root: Root;
	readonly jobs: Jobs;
}

/** Builds it by hand, for as long as the work lasts. Throws {@link Misuse}. */
export async function inWorkshop<T>(
	given: Given,
	program: Program,
	work: (workshop: Workshop) => Promise<T>,
): Promise<T> {
	const { environment, bundles, err } = program;
	const root = await rootFor(given, program);
	const settings = await projectSettings(root);
	const home = homeIn(environment);
	const purse = openPurse(home, limitsIn(environment), err);
	const painter = new PainterThread(path.join(bundles, 'generation', 'painter.js'));
	const network = networkFor(given, program, home);
	const ignore = [...settings.ignore, ...given.all('ignore')];
	const jobs = new Jobs({ root, environment, ignore, painter, network, purse, home, tell: err });
	try {
		return await work({ root, jobs });
	} finally {
		painter.dispose();
		await network.dispose();
		await purse.records.dispose().catch((fault: unknown) => err(String(fault)));
	}
}

/** The folder that a command works in. Throws {@link Misuse}. */
export async function rootFor(given: Given, { folder }: Program): Promise<Root> {
	const name = given.text('root') ?? '.';
	const root = await rootAt(path.resolve(folder, name));
	if (!root) throw new Misuse(`There is no folder ${name}. Name one with --root.`);
	return root;
}

function networkFor(given: Given, { loadDirect, version, err }: Program, home: string): Network {
	return createNetwork({
		settings: () => ({ transport: 'auto', timeoutMs }),
		loadDirect,
		log: (line) => {
			if (given.has('verbose')) err(line);
		},
		version,
		newFile: arrivingIn(path.join(home, 'arriving')),
	});
}
