import { createHash } from 'node:crypto';
import { wholeOf } from '../../src/domain/picture';
import type { Files } from '../../src/store/files';
import type { SavePlan, SavePorts } from '../../src/store/savePicture';
import type { Templates } from '../../src/store/target';

/** A save of which only the files matter. */
export function savePorts(files: Files): SavePorts {
	return {
		files,
		digest: async (content) =>
			createHash('sha256')
				.update(await wholeOf(content))
				.digest('hex'),
		uriOf: (at) => at,
		keep: async () => undefined,
		retire: async () => false,
		announce: async () => undefined,
		log: () => undefined,
	};
}

/** A save into a workspace of one folder. */
export function savePlan(
	root: string,
	templates: Templates,
	facts: Partial<SavePlan['facts']>,
	place: Partial<SavePlan['place']> = {},
): SavePlan {
	return {
		templates,
		facts: { slug: '', date: '2026-11-22', time: '10-00-00', model: 'm', provider: 'custom', ...facts },
		place: { base: root, documentFolder: root, documentBaseName: '', roots: [root], ...place },
		describe: (at) => at,
	};
}
