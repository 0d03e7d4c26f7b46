import { type LogOutputChannel, Uri, workspace } from 'vscode';
import { isNotable, type PaintedMask } from '../canvas/paintedMask';
import type { Plan } from '../catalogue/check';
import type { Begun } from '../generation/beginChange';
import type { Clock } from '../generation/clock';
import { Finishing } from '../generation/finishing';
import { JobSaver } from '../generation/jobSaver';
import type { JobJournal } from '../generation/journal';
import type { PainterThread } from '../generation/painterThread';
import { type SavePlan, savePicture } from '../store/savePicture';
import { keepIn } from '../workspace/keep';
import { paintedOf } from './change';
import type { History } from './history';
import { savePortsOf } from './savePorts';
import { settingFor } from './settings';
import { scopeOf, type Wish } from './wish';

interface Parts {
	readonly painter: PainterThread;
	readonly clock: Clock;
	readonly history: History;
	readonly journal: JobJournal;
	readonly log: LogOutputChannel;
	readonly onFault: (fault: unknown) => void;
	/** Limn's own folder for pictures that could not be saved where they belong. */
	readonly storage: Uri;
}

/** A job, as far as its pictures' files go. */
interface Job {
	readonly plan: Plan;
	/** Absent: its pictures are made of words alone. */
	readonly begun: Begun | undefined;
	readonly save: SavePlan;
	readonly wish: Wish;
	readonly began: Date;
}

/** Saves the pictures of a job on any file system of the window; the history knows them. */
export function pictureSaver(job: Job, parts: Parts): JobSaver {
	const { save, wish } = job;
	const { history, journal, log, storage, clock } = parts;
	const home = wish.destination.uri;
	const embed = () => settingFor('metadata.embed', scopeOf(wish));
	const finishing = new Finishing({ ...job, isExact: wish.exact !== undefined, embed }, parts);
	return new JobSaver(finishing, {
		put: async (bytes, image, index) => {
			const ports = savePortsOf(home, log, {
				keep: async (name, file) => keepIn(storage, name, file),
				retire: async (id, path, file) => retire(id, path, file, parts),
				announce: async (id, path) => journal.publishing(index, id, path),
			});
			return savePicture({ ...image, bytes }, index, save, ports);
		},
		uriOf: (path) => home.with({ path }).toString(),
		read: async (path) => workspace.fs.readFile(home.with({ path })).then(undefined, () => undefined),
		onStored: async ({ id, uri }, image, isFound) => {
			if (isFound && (await history.find(id))) return;
			const { costUsd } = image;
			const painted = paintedFor(wish);
			await history.add({
				...finishing.recordOf(image),
				id,
				uri,
				saved: new Date(clock.now()).toISOString(),
				...(costUsd !== undefined && { costUsd }),
				...(painted && { painted }),
			});
		},
	});
}

/** A picture that another one replaces stays in Limn's own folder, and the history knows it there. */
async function retire(id: string, path: string, bytes: Uint8Array, { history, storage }: Parts): Promise<boolean> {
	const kept = await keepIn(storage, `${id}${/\.[^./]+$/.exec(path)?.[0] ?? ''}`, bytes);
	if (kept === undefined) return false;
	const entry = await history.find(id);
	if (entry) await history.add({ ...entry, uri: Uri.file(kept).toString() });
	return true;
}

/** The mask, if it can be made again of what the history notes. */
function paintedFor({ change }: Pick<Wish, 'change'>): PaintedMask | undefined {
	const painted = change?.operation === 'edit' && change.mask ? paintedOf(change.mask) : undefined;
	return painted && isNotable(painted) ? painted : undefined;
}
