import { readFile } from 'node:fs/promises';
import { Finishing } from '../generation/finishing';
import { JobSaver } from '../generation/jobSaver';
import type { JobJournal } from '../generation/journal';
import type { PainterThread } from '../generation/painterThread';
import { digest } from '../generation/slices';
import { savePicture } from '../store/savePicture';
import { keepIn, localFiles } from './files';
import { localOf, uriOf } from './paths';
import type { Prepared } from './prepare';

interface Parts {
	readonly painter: PainterThread;
	readonly journal: JobJournal;
	/** Limn's own folder. */
	readonly home: string;
	/** Told of what went wrong. */
	readonly onFault: (fault: unknown) => void;
}

/** Saves the pictures of a job on the local disk. */
export function saver(job: Prepared, parts: Parts): JobSaver {
	const { home, journal, onFault } = parts;
	return new JobSaver(new Finishing({ ...job, isExact: false, embed: () => 'auto' }, parts), {
		put: async (bytes, image, index) =>
			savePicture({ ...image, bytes }, index, job.save, {
				files: localFiles,
				digest,
				uriOf,
				keep: async (name, file) => keepIn(home, name, file),
				retire: async () => false,
				announce: async (id, path) => journal.publishing(index, id, path),
				log: onFault,
			}),
		uriOf,
		read: async (path) => readFile(localOf(path)).catch(() => undefined),
		onStored: async () => undefined,
	});
}
