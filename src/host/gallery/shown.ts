import type { Uri } from 'vscode';

/** How a webview may show files. */
export interface Shown {
	/** The webview's own address of a file. */
	address(file: Uri): string;
	/** Whether it lies where the webview may look. */
	mayShow(file: Uri): boolean;
}
