import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** The first of these programs that the PATH has, as an absolute path. */
export function findOnPath(...names: string[]): string | undefined {
	const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
	const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
	return names
		.flatMap((name) => folders.flatMap((folder) => endings.map((ending) => path.resolve(folder, name + ending))))
		.find(isProgram);
}

/** Whether this is a file that may be executed. */
export function isProgram(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
}
