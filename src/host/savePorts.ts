import type { LogOutputChannel, Uri } from 'vscode';
import type { SavePorts } from '../store/savePicture';
import { filesOf } from '../workspace/files';
import { digest } from './slices';

/** What saves beside `base`, which may be on any file system. */
export function savePortsOf(base: Uri, log: LogOutputChannel, keep: SavePorts['keep']): SavePorts {
	return {
		files: filesOf(base),
		digest,
		uriOf: (path) => base.with({ path }).toString(),
		keep,
		log: ({ fault, message }) => {
			log.error(`saving failed: ${fault}`);
			log.trace(message);
		},
	};
}
