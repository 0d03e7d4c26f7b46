import { known } from './cards';
import { inOrder } from './pictures';
import { idOf } from './choosing';
import { selected } from './selection';

/** Gives the editor the addresses of the picture that is dragged; of all that are selected, if it is one of them. */
export function drag(started: DragEvent): void {
	const id = idOf(started);
	if (id === undefined || !started.dataTransfer) return;
	const dragged = selected.peek().has(id) ? inOrder(selected.peek()) : [id];
	const files = dragged.flatMap((one) => known(one).peek()?.card.file ?? []);
	started.dataTransfer.effectAllowed = 'copy';
	for (const type of ['text/uri-list', 'application/vnd.code.uri-list'])
		started.dataTransfer.setData(type, files.join('\r\n'));
	started.dataTransfer.setData('text/plain', files.join('\n'));
}
