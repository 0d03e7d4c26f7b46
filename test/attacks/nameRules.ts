import path from 'node:path';

/** Names that Windows keeps for its devices, whatever follows a point. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[. ]*(\.|$)/i;

/** What is wrong with a file's name, by the rules of NTFS, of Unix, and of those who read names. */
export function wrongName(name: string): string | undefined {
	if (name === '' || name === '.' || name === '..') return 'it is none';
	// oxlint-disable-next-line no-control-regex -- what NTFS refuses
	if (/[<>:"/\\|?*\0-\x1f]/.test(name)) return 'a letter that NTFS refuses';
	if (/[. ]$/.test(name)) return 'it ends with what Windows takes away';
	if (device.test(name)) return 'a device of Windows';
	if (name.length > 255 || Buffer.byteLength(name) > 255) return 'too long';
	if (/[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/.test(name))
		return 'a letter that nobody sees, or that turns others round';
	if (/\p{Cs}/u.test(name)) return 'half a letter';
	return undefined;
}

/** Whether a path leads out of a folder, or into what is Git's and the editor's; Windows and macOS read some names as others. */
export function leadsAstray(root: string, file: string): string | undefined {
	const steps = path.posix.relative(root, path.posix.normalize(file));
	if (steps === '..' || steps.startsWith('../') || path.posix.isAbsolute(steps)) return 'out of the workspace';
	const folders = steps.split('/').slice(0, -1);
	return folders.some(isOthers) ? 'where Git or the editor reads' : undefined;
}

function isOthers(folder: string): boolean {
	const visible = folder.replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, '').replace(/:.*$/s, '');
	return /^(\.(git|vscode)|(git|vscode)~\d)[. ]*$/i.test(visible);
}
