import path from 'node:path';

/** What a window opens, and what it loads besides. */
export interface WindowContents {
	/** A folder or a `.code-workspace` file. Default: an empty window. */
	readonly workspace?: string;
	/** Folders of extensions under development. */
	readonly extensionPaths?: readonly string[];
	/** A module whose `run()` is called in the extension host. */
	readonly testsPath?: string;
	/** Variables of the extension host. */
	readonly env?: Readonly<Record<string, string>>;
}

/** The address of a window of `code-server`. */
export function windowAddress(origin: string, contents: WindowContents): string {
	const address = new URL(origin);
	const { workspace } = contents;
	const kind = workspace?.endsWith('.code-workspace') === true ? 'workspace' : 'folder';
	if (workspace === undefined) address.searchParams.set('ew', 'true');
	else address.searchParams.set(kind, path.resolve(workspace));
	const payload = [
		...(contents.extensionPaths ?? []).map((file) => ['extensionDevelopmentPath', remote(address.host, file)]),
		...(contents.testsPath === undefined ? [] : [['extensionTestsPath', remote(address.host, contents.testsPath)]]),
		...(contents.env === undefined ? [] : [['extensionEnvironment', JSON.stringify(contents.env)]]),
	];
	if (payload.length > 0) address.searchParams.set('payload', JSON.stringify(payload));
	return address.href;
}

function remote(authority: string, file: string): string {
	return `vscode-remote://${authority}${encodeURI(path.resolve(file))}`;
}
