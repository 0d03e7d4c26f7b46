import { render } from 'preact';
import { App, SideBar } from './app';
import { host, state } from './connection';
import { serial } from './kept';
import { show } from './navigation';
import { effect } from '@preact/signals';

/** Entry of the studio, a bundle of its own that runs in the editor's webview. */
const isSideBar = document.body.dataset['place'] === 'sideBar';
render(isSideBar ? <SideBar /> : <App />, document.body);

effect(() => {
	const request = state.value?.request;
	if (!request || isSideBar || request.serial <= serial.peek()) return;
	serial.value = request.serial;
	show(request);
});

const report = (fault: unknown) => {
	const message = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
	void host.call('fault', { message: message.slice(0, 4000) }).catch(() => undefined);
};
window.addEventListener('error', ({ error }) => report(error));
window.addEventListener('unhandledrejection', ({ reason }) => report(reason));

void host.call('ready', {});
