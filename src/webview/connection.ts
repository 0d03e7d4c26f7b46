import { signal } from '@preact/signals';
import { Client } from '../protocol/client';
import type { HostAnswers, HostParams } from '../protocol/hostMethods';
import type { ViewState } from '../protocol/views';
import type { Channel, Downward, Upward } from '../protocol/wire';

/** What the editor gives a webview. */
interface EditorApi {
	postMessage(message: Upward): void;
	getState(): unknown;
	setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

/** The one handle to the editor, kept to ourselves: it can be had once. */
export const editor = acquireVsCodeApi();

/** The latest snapshot. `undefined`: none has come yet. */
export const state = signal<ViewState | undefined>(undefined);

const channel: Channel<Upward, Downward<ViewState, never>> = {
	post: (message) => editor.postMessage(message),
	onMessage: (listener) => {
		// The editor speaks from a frame around this one, of the same origin. A page of any other is nobody.
		const listen = ({ data, origin }: MessageEvent<Downward<ViewState, never>>) => {
			if (origin === self.origin) listener(data);
		};
		window.addEventListener('message', listen);
		return () => window.removeEventListener('message', listen);
	},
};

/** Asks the host. */
export const host = new Client<HostParams, HostAnswers, ViewState>(
	channel,
	(snapshot) => (state.value = snapshot),
	Math.floor(performance.timeOrigin),
);
