import { Disposable, RelativePattern, Uri, workspace } from 'vscode';

/** Watches one file, wherever it is, until it is disposed of. `onDidChange`: called when it is changed, gone, or there again. */
export function follow(file: Uri, onDidChange: () => void): Disposable {
	// The whole folder: a name may have in it what a pattern reads as its own.
	const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.joinPath(file, '..'), '*'));
	const changed = (other: Uri) => {
		if (other.path === file.path) onDidChange();
	};
	return Disposable.from(
		watcher,
		watcher.onDidCreate(changed),
		watcher.onDidChange(changed),
		watcher.onDidDelete(changed),
	);
}
