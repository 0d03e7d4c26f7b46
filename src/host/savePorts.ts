import type { LogOutputChannel, Uri } from 'vscode';
import type { SavePorts } from '../store/savePicture';
import { filesOf } from '../workspace/files';
import { digest } from '../generation/slices';

/** What saves beside `base`, which may be on any file system. `own`: what Limn keeps besides. */
export function savePortsOf(
	base: Uri,
	log: LogOutputChannel,
	own: Partial<Pick<SavePorts, 'keep' | 'retire' | 'announce'>> = {},
): SavePorts {
	return {
		files: filesOf(base),
		digest,
		uriOf: (path) => base.with({ path }).toString(),
		keep: own.keep ?? (async () => undefined),
		retire: own.retire ?? (async () => false),
		announce: own.announce ?? (async () => undefined),
		log: ({ fault, message }) => {
			log.error(`saving failed: ${fault}`);
			log.trace(message);
		},
	};
}
